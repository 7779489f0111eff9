package ask

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// pages are three reports of one quarrel.
func pages() []record.Page {
	page := func(id, day, outlet, text string) record.Page {
		return record.Page{ID: id, Outlet: outlet, Published: day, Title: "The quarrel of " + id, Form: record.PlainText, Bytes: []byte(text), Origin: id}
	}
	return []record.Page{
		page("scene", "2022-03-04", "Harbour Gazette", "The producers met in the old customs house until midnight.\n\n“If they cut that scene, I would burn the whole studio down, honestly, and Jon Vale can watch,” Mira Dahl told the Harbour Gazette."),
		page("burn", "2022-03-05", "Pop Tally", "“I would burn the whole studio down,” Mira Dahl told the Harbour Gazette."),
		page("vale", "2022-03-06", "Pop Tally", "“Mira Dahl has never read a script to its last page,” Jon Vale replied."),
	}
}

func filled(t *testing.T, order []record.Page) *read.Index {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, filepath.Join(t.TempDir(), "story.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	k, err := read.NewKeeper(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range order {
		prepared, err := read.Prepare(p, read.Full)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := k.Keep(ctx, prepared); err != nil {
			t.Fatal(err)
		}
	}
	ix, err := read.NewIndex(s)
	if err != nil {
		t.Fatal(err)
	}
	return ix
}

func TestCheck(t *testing.T) {
	ix := filled(t, pages())
	for _, c := range []struct {
		words, by string
		want      record.Verdict
		places    int
	}{
		{"I would burn the whole studio down", "", record.Truncated, 0},
		{"I would burn the whole studio down", "Dahl", record.Truncated, 0},
		{"I would burn the whole studio down", "Jon Vale", record.DifferentSpeaker, 0},
		{"Mira Dahl has never read a script to its last page", "", record.Normalised, 0},
		{"the producers met in the old customs house until midnight", "", record.NotFound, 1},
		{"seven lighthouses were painted yellow overnight", "", record.NotFound, 0},
		{"", "", record.NotFound, 0},
	} {
		f, places, err := Check(ix, c.words, c.by, Depth{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Verdict != c.want || len(places) != c.places {
			t.Errorf("%q by %q: %s and %d places, want %s and %d", c.words, c.by, f.Verdict, len(places), c.want, c.places)
		}
		if f.Searched.Articles != 3 || f.Searched.Outlets != 2 {
			t.Errorf("searched %+v, want 3 reports of 2 outlets", f.Searched)
		}
		for _, p := range places {
			if got := p.Span.Of(p.Article.Text); !strings.EqualFold(got, c.words) {
				t.Errorf("the place found says %q", got)
			}
		}
	}
}

// The same utterance is reached by words, by any quotation, and by the id of
// each of its members; and the order of arrival does not matter to it.
func TestUtteranceByAnyName(t *testing.T) {
	ix := filled(t, pages())
	reversed := pages()
	slices.Reverse(reversed)
	other := filled(t, reversed)
	want, found, err := Utterance(ix, "burn the whole studio down", Depth{})
	if err != nil || !found || len(want.Variants) != 2 {
		t.Fatalf("found %v with %d printings, %v; want 2", found, len(want.Variants), err)
	}
	refs := []string{want.ID}
	for _, v := range want.Variants {
		refs = append(refs, v.Entry.Quotation, store.UtteranceID(v.Entry.Quotation))
	}
	for _, ref := range refs {
		for _, x := range []*read.Index{ix, other} {
			got, found, err := Utterance(x, ref, Depth{})
			if err != nil || !found || got.ID != want.ID || got.Fullest != want.Fullest || len(got.Variants) != 2 {
				t.Errorf("%s leads to %s (%v, %v), want %s", ref, got.ID, found, err, want.ID)
			}
		}
	}
	for _, ref := range []string{"u0000000000", "nobody:1", "words that stand nowhere at all"} {
		if _, found, err := Utterance(ix, ref, Depth{}); found || err != nil {
			t.Errorf("%q: found %v, %v; want nothing", ref, found, err)
		}
	}
}

func TestIsID(t *testing.T) {
	for ref, want := range map[string]bool{"u0a1b2c3d4e": true, "d41c:3": true, "https://a.example/x~2:12": true,
		"umbrella": false, "he said: 3": false, "at 9:": false, ":4": false, "it ended 3:2 at last": false} {
		if got := IsID(ref); got != want {
			t.Errorf("IsID(%q) = %v", ref, got)
		}
	}
}

func TestBetween(t *testing.T) {
	x, missing, err := Between(filled(t, pages()), "Jon Vale", "Dahl", Depth{})
	if err != nil || missing != "" {
		t.Fatalf("missing %q, %v", missing, err)
	}
	if x.A.Name != "Jon Vale" || x.B.Name != "Mira Dahl" || len(x.Turns) != 2 {
		t.Fatalf("%s and %s in %d turns, want Jon Vale and Mira Dahl in 2", x.A.Name, x.B.Name, len(x.Turns))
	}
	if x.Turns[0].Speaker != "Mira Dahl" || x.Turns[1].ReplyTo != x.Turns[0].ID {
		t.Errorf("%s begins, and the second answers %q; want Mira Dahl to begin and Jon Vale to answer", x.Turns[0].Speaker, x.Turns[1].ReplyTo)
	}
	if _, missing, _ := Between(filled(t, nil), "Jon Vale", "Dahl", Depth{}); missing != "Jon Vale" {
		t.Errorf("in an empty store %q is missing, want Jon Vale", missing)
	}
}

// Who answers whom: by the report's words before the quotation, in its tag or
// in the paragraph that leads up to it; a third voice in between is answered
// first, and whoever names the other without answering answers nobody.
func TestBetweenReplies(t *testing.T) {
	page := func(id, day, text string) record.Page {
		return record.Page{ID: id, Outlet: "Harbour Gazette", Published: day, Title: "The quarrel, part " + id, Form: record.PlainText, Bytes: []byte("The quarrel, part " + id + "\n\n" + text), Origin: id}
	}
	ix := filled(t, []record.Page{
		page("1", "2022-03-04", "“Jon Vale could not direct traffic on an empty road,” Mira Dahl told reporters on the pier.\n\n“It was never my road,” Jon Vale fired back."),
		page("2", "2022-03-06", "“Mira Dahl has a fine memory for other people’s scripts,” Jon Vale told the council.\n\nAsked about his words at the ferry, Ms. Dahl put down her bag.\n\n“I remember every page he never wrote,” Dahl said."),
		page("3", "2022-03-08", "“Mira Dahl may keep the studio and its rats,” Jon Vale said at dinner.\n\n“The soup is getting cold for everybody,” the cook, Otto Brandt, said.\n\n“Then bring the bread, and bring it soon,” Mira Dahl responded."),
		page("4", "2022-06-30", "“Jon Vale taught me where to stand,” Mira Dahl said in a speech."),
	})
	x, _, err := Between(ix, "Mira Dahl", "Jon Vale", Depth{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i, turn := range x.Turns {
		words := strings.Join(strings.Fields(turn.Variants[0].Entry.Words)[:3], " ")
		reply := "-"
		for j := range x.Turns[:i] {
			if x.Turns[j].ID == turn.ReplyTo {
				reply = strings.Repeat("·", j+1) + " " + turn.Sign.Text
			}
		}
		got = append(got, turn.By+": "+words+": "+reply)
	}
	want := []string{
		"Mira Dahl: Jon Vale could: -",
		"Jon Vale: It was never: · fired back",
		"Jon Vale: Mira Dahl has: -",
		"Mira Dahl: I remember every: ··· asked about",
		"Jon Vale: Mira Dahl may: -",
		"Mira Dahl: Jon Vale taught: -",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestBetweenSentences(t *testing.T) {
	full := "We sold it. We never liked it! And then it rained."
	cut := func(op record.Op, words string) record.Edit {
		at := strings.Index(full, words)
		return record.Edit{Op: op, Full: words, FullAt: record.Span{Start: at, End: at + len(words)}}
	}
	for _, c := range []struct {
		edits []record.Edit
		want  bool
	}{
		{nil, true},
		{[]record.Edit{cut(record.CutFront, "We sold it.")}, true},
		{[]record.Edit{cut(record.CutFront, "We sold it")}, true},
		{[]record.Edit{cut(record.CutFront, "We sold it."), cut(record.CutEnd, " And then it rained.")}, true},
		{[]record.Edit{cut(record.CutEnd, "! And then it rained.")}, true},
		{[]record.Edit{cut(record.CutEnd, " liked it! And then it rained.")}, false},
		{[]record.Edit{cut(record.CutFront, "We sold it. We")}, false},
		{[]record.Edit{cut(record.Omit, "never")}, false},
		{[]record.Edit{{Op: record.CutEnd, Full: "x", FullAt: record.Span{Start: 40, End: 400}}}, false},
	} {
		if got := (Headline{Full: full, Edits: c.edits}).betweenSentences(); got != c.want {
			t.Errorf("%+v: %v, want %v", c.edits, got, c.want)
		}
	}
}

// Two words say too little for the tracer; inside a quotation they are cut out
// of it all the same, and words like them are not.
func TestCheckFewWords(t *testing.T) {
	ix := filled(t, []record.Page{{ID: "w1", Published: "2022-03-04", Title: "Council votes", Form: record.PlainText, Bytes: []byte("“We will keep the old ferry until spring,” Mayor Ilse Varn said.")}})
	f, hits, err := Check(ix, "old ferry", "", Depth{})
	if err != nil || f.Verdict != record.Truncated || len(hits) != 0 || len(f.Edits) != 2 {
		t.Errorf("%s with %d edits and %d passages, %v", f.Verdict, len(f.Edits), len(hits), err)
	}
	if f, _, err := Check(ix, "new ferry", "", Depth{}); err != nil || f.Verdict != record.NotFound {
		t.Errorf("words like them: %s, %v", f.Verdict, err)
	}
}

// A few words are found in the body to the letter, and a part that begins a
// sentence behind its tag is a whole sentence.
func TestShortHeadlinesAndPartsAreFound(t *testing.T) {
	full := "We will paint it. I mean it,"
	if cut, ok := wordFor("I mean it", full); !ok || len(cut) != 1 || cut[0].Full != "We will paint it" {
		t.Errorf("%+v, %v", cut, ok)
	}
	if _, ok := wordFor("mean i", full); ok {
		t.Error("half a word was found")
	}
	text := "“We lost it,” he said. “Nobody rang,” he added, “not even Ilse.”"
	var parts []record.Span
	for _, w := range []string{"We lost it,", "Nobody rang,", "not even Ilse."} {
		at := strings.Index(text, w)
		parts = append(parts, record.Span{Start: at, End: at + len(w)})
	}
	if got := sentenceParts(&record.Quotation{Parts: parts}, text); len(got) != 1 || got[0] != len("We lost it, ") {
		t.Errorf("%v", got)
	}
}
