package eval

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// inventedSpeech are sentences that no run of six words joins.
var inventedSpeech = []string{
	"The harbour wall will not hold another winter unless we find the money before the first frost.",
	"My grandmother kept forty hives behind the bakery and sold the honey by the spoon.",
	"Nobody asked the orchestra whether it wanted to play on a barge in February.",
	"We promised a ferry, a timetable and a roof over the bench at the landing.",
	"You cannot teach a committee to read its own balance sheet with a violin.",
	"Thirty children went home without their shoes because the referee forgot his whistle.",
	"If the bridge opens in May, I will walk across it on my hands.",
	"The kettles left our factory with the wrong lids, and we knew it on Monday.",
}

func TestWorldIsMadeAsItSays(t *testing.T) {
	all := newMill(manySentences(), 3).make(4000)
	if len(all) != 4000 {
		t.Fatalf("%d mentions", len(all))
	}
	firsts, named, kinds := map[int32]minted{}, 0, map[int8]int{}
	for i, m := range all {
		if m.Key != int64(i+1) || i > 0 && m.Published.From.Before(all[i-1].Published.From) {
			t.Fatalf("mention %d stands out of order", i)
		}
		if m.kind == firstPrint {
			firsts[m.utterance] = m
		}
		kinds[m.kind]++
	}
	speakers := map[int32]map[string]int{}
	for _, m := range all {
		first, ok := firsts[m.utterance]
		if !ok {
			t.Fatalf("utterance %d has no first printing", m.utterance)
		}
		if days := m.Published.From.Sub(first.Published.From).Hours() / 24; days < 0 || days > daysAfter {
			t.Errorf("%s is printed %v days after the first", m.Article, days)
		}
		if (m.kind < 0) != (m.Words == first.Words) && m.kind < 0 {
			t.Errorf("%s is no reprint of %q: %q", m.Article, first.Words, m.Words)
		}
		if speakers[m.utterance] == nil {
			speakers[m.utterance] = map[string]int{}
		}
		speakers[m.utterance][m.Speaker]++
		if (m.Person == "") != (m.Speaker == "" || slices.Contains(descriptions, m.Speaker)) {
			t.Errorf("%s: speaker %q, person %q", m.Article, m.Speaker, m.Person)
		}
	}
	for _, by := range speakers {
		most := 0
		for _, n := range by {
			most = max(most, n)
		}
		named += most
	}
	if share := float64(named) / float64(len(all)); share < .83 || share > .93 {
		t.Errorf("%.2f of the mentions name the speaker that most of the utterance's name", share)
	}
	for k := range edits {
		if n := kinds[int8(k)]; n < 100 {
			t.Errorf("%s: only %d", edits[k].kind, n)
		}
	}
	if again := newMill(manySentences(), 3).make(4000); !reflect.DeepEqual(again, all) {
		t.Error("the same seed makes another world")
	}
}

// manySentences are enough different sentences for a small world, of made-up
// words.
func manySentences() []string {
	m := newMill(nil, 9)
	var out []string
	for range 2000 {
		var w []string
		for range 8 + m.rng.IntN(15) {
			w = append(w, strings.ToLower(m.name(1+m.rng.IntN(2))))
		}
		out = append(out, "So "+strings.Join(w, " ")+".")
	}
	return out
}

func TestEditsDoWhatTheySay(t *testing.T) {
	m := newMill(inventedSpeech, 1)
	for range 200 {
		for _, s := range inventedSpeech {
			n := len(strings.Fields(s))
			for k, e := range edits {
				here := e.make(m, s)
				w := strings.Fields(here)
				size, plain := len(w), strings.Contains(s, here)
				bad := here == s || size < 3
				switch k {
				case 0, 1, 2:
					bad = bad || !plain || size < 4 || (k == 0) != strings.HasPrefix(s, here) || k == 1 && !strings.HasSuffix(s, here)
				case 3:
					bad = bad || !plain || size > 6
				case 4:
					bad = bad || !strings.Contains(here, " … ")
				case 5:
					bad = bad || size >= n
				case 6, 7:
					bad = bad || size != n
				case 8, 10:
					bad = bad || size <= n
				case 9:
					bad = bad || !strings.Contains(here, "[")
				}
				if bad {
					t.Fatalf("%s of %q: %q", e.kind, s, here)
				}
			}
		}
	}
}

func TestPlainSentences(t *testing.T) {
	got := plainSentences([]printed{
		{Text: "Mr. Tarn went to the harbour with forty empty baskets. Nobody asked him why.\n“It is mine,” he said of the ferry, the boat and all the nets."},
		{Text: "Then Mr. Tarn went to the harbour with forty empty baskets again? The kettles left our factory with the wrong lids!"},
	})
	want := []string{"Mr. Tarn went to the harbour with forty empty baskets.", "The kettles left our factory with the wrong lids!"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// The score of links that a reader can count: two utterances, one mention
// missed, one fragment under the wrong one.
func TestMillionScore(t *testing.T) {
	w := &worldTraced{all: []minted{
		{utterance: 1, kind: firstPrint}, {utterance: 1, kind: reprint}, {utterance: 1, kind: fragmentKind},
		{utterance: 2, kind: firstPrint}, {utterance: 2, kind: 0},
	}}
	p := w.score([]record.Link{{}, {Parent: 1, Rule: "same"}, {Parent: 4, Rule: "same"}, {}, {}})
	if f := p.fragments(); f != (tally{right: 0, claimed: 1, found: 0, wanted: 1}) {
		t.Errorf("fragments %+v", f)
	}
	if c := p.clusters().contingency(); c != (tally{right: 1, claimed: 2, found: 1, wanted: 4}) {
		t.Errorf("pairs %+v", c)
	}
	var lines []string
	for _, row := range p.kinds("").rows {
		lines = append(lines, strings.Join(row, " "))
	}
	want := []string{"verbatim 1 100.0 100.0 100.0", "cut at the end 1 100.0 0.0 0.0", "headline fragment 1 0.0 0.0 0.0"}
	if !slices.Equal(lines, want) {
		t.Errorf("%q", lines)
	}
}

// The million is measured from a folder of articles, and says that placing and
// batch agree.
func TestMillionRuns(t *testing.T) {
	shared := t.TempDir()
	var articles []any
	for i, s := range manySentences() {
		articles = append(articles, printed{ID: fmt.Sprint(i), Text: s})
	}
	put(t, shared, bulkArticles, articles...)
	var out bytes.Buffer
	o := Options{Sets: []string{"million"}, Shared: shared, Limit: 300,
		Article: func(record.Page) (record.Article, error) { return record.Article{}, nil },
		Read:    func(record.Article) record.Reading { return record.Reading{} }}
	if err := Run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "links that differ: 0") {
		t.Error(out.String())
	}
}
