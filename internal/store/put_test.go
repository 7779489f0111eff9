package store

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onrecord/internal/record"
)

// simple makes a page and a reading with one quotation, the part in marks.
func simple(id, url, text string) (record.Page, record.Reading) {
	p := record.Page{ID: id, URL: url, Form: record.PlainText, Bytes: []byte(text), Origin: "a test"}
	r := record.Reading{Article: record.Article{ID: id, URL: url, Page: url, Text: text, Published: record.Day(2030, 5, 4), Outlet: "Quay News"}}
	if r.Article.Page == "" {
		r.Article.Page = id
	}
	if id == "" {
		r.Article.ID = "d" + UtteranceID(text)[1:]
	}
	if i := strings.Index(text, "“"); i >= 0 {
		part := record.Span{Start: i + len("“"), End: strings.Index(text, "”")}
		r.Chains = []record.Chain{{ID: 0, Name: "Ilse Brandvik", Aliases: []string{"Brandvik"}, Nature: record.APerson}}
		r.Quotations = []record.Quotation{{Kind: record.Direct, Act: record.Speech, Where: record.InBody,
			Parts: []record.Span{part}, Content: []record.Span{part}, Speaker: &record.Speaker{Name: "Ilse Brandvik", Chain: 0}}}
	}
	return p, r
}

const ferry = "Ferry stays in port\n\n“We will not sail in this wind,” said Ilse Brandvik."

func TestOutcomes(t *testing.T) {
	type step struct {
		name            string
		id, url, file   string
		text            string
		outlet          string
		want            Outcome
		wantID          string
		knownBeforehand bool
		wantPage        string
	}
	const at = "https://quay.example/ferry"
	later := strings.Replace(ferry, "this wind", "such wind", 1)
	latest := strings.Replace(ferry, "this wind", "a wind like this", 1)
	steps := []step{
		{name: "first", id: "a", url: at, text: ferry, want: New, wantID: "a", wantPage: at},
		{name: "the same again", id: "a", url: at, text: ferry, want: Unchanged, wantID: "a", knownBeforehand: true},
		{name: "changed at the address", id: "a", url: at, text: later, want: NewEdition, wantID: "a~2", wantPage: at},
		{name: "the old one again", id: "a", url: at, text: ferry, want: Unchanged, wantID: "a", knownBeforehand: true},
		{name: "other id, same address", id: "b", url: at, text: latest, want: NewEdition, wantID: "b", wantPage: at},
		{name: "other id, same address, same text", id: "c", url: at, text: later, want: Unchanged, wantID: "a~2"},
		{name: "no id, same address, same text", url: at, text: later, want: Unchanged, wantID: "a~2"},
		{name: "an id without address", id: "n1", text: ferry, want: New, wantID: "n1", wantPage: "n1"},
		{name: "changed under the id", id: "n1", text: later, want: NewEdition, wantID: "n1~2", wantPage: "n1"},
		{name: "neither, but bytes that are kept", text: ferry, want: Unchanged, wantID: "a", knownBeforehand: true},
		{name: "a file", file: "/desk/notes.txt", text: "Notes\n\n“One,” she said.", want: New, wantPage: "file:/desk/notes.txt"},
		{name: "the file changed", file: "/desk/notes.txt", text: "Notes\n\n“Two,” she said.", want: NewEdition, wantPage: "file:/desk/notes.txt"},
		{name: "the id of another page", id: "a", url: "https://quay.example/other", text: "Other\n\n“Three,” she said.", want: New, wantID: "a-2", wantPage: "https://quay.example/other"},
	}
	s := fresh(t)
	for _, st := range steps {
		p, r := simple(st.id, st.url, st.text)
		p.File, p.Outlet = st.file, st.outlet
		if st.file != "" {
			r.Article.Page = "file:" + st.file
		}
		_, known, err := s.Known(p)
		if err != nil || known != st.knownBeforehand {
			t.Errorf("%s: known %v, %v", st.name, known, err)
		}
		got := put(t, s, p, r)
		if got.Outcome != st.want || (st.wantID != "" && got.ID != st.wantID) || len(got.Keys) != 1 {
			t.Errorf("%s: %v %s with %d quotations, want %v %s", st.name, got.Outcome, got.ID, len(got.Keys), st.want, st.wantID)
		}
		a, err := s.Article(got.ID)
		if err != nil {
			t.Fatal(err)
		}
		if st.wantPage != "" && a.Page != st.wantPage {
			t.Errorf("%s: page %q, want %q", st.name, a.Page, st.wantPage)
		}
	}
	if ids, err := s.Editions("a~2"); err != nil || !reflect.DeepEqual(ids, []string{"a", "a~2", "b"}) {
		t.Errorf("editions %v, %v", ids, err)
	}
	n, err := s.Searched()
	if err != nil || n.Articles != 8 || n.Outlets != 1 {
		t.Errorf("searched %+v, %v", n, err)
	}
	if since, err := s.Since(6); err != nil || !reflect.DeepEqual(since, []int64{7, 8}) {
		t.Errorf("since 6: %v, %v", since, err)
	}
}

func TestReadingComesBack(t *testing.T) {
	s := fresh(t)
	p, r := newInventor(5).report("r1", 4)
	r.Passed = []record.Passed{{Span: record.Span{Start: 0, End: 4}, Why: record.WhyTitle}}
	r.Article.Passed = []record.Passed{{Span: record.Span{Start: 2, End: 4}, Why: record.WhyCaption}}
	r.Article.SetOff = []record.Span{{Start: 9, End: 30}}
	zone := r.Article.Published.From
	r.Article.Published = record.When{From: zone, Until: zone.AddDate(0, 1, 0)}
	q := &r.Quotations[0]
	q.Said = &record.Said{Problem: "no such year: 303", When: record.When{Until: zone}}
	q.Hedges = []record.Hedge{{Span: record.Span{Start: 1, End: 3}, Kind: "allegedly"}}
	q.Venue = &record.Venue{Name: "a harbour meeting", Medium: record.Speaking}
	q.About = []record.Referent{{Name: "the wind", Chain: record.NoChain}, {Name: names[1], Chain: 1}}
	q.Credits = []record.Credit{{Name: "the Gazette", Kind: "told"}}
	r.Quotations[1].Speaker = nil
	added := put(t, s, p, r)
	r.Article.Edition = 1
	got, err := s.Reading(added.ID)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, r) {
		t.Errorf("came back changed: %s", cmp.Diff(r, got))
	}
	one, article, err := s.Quotation("r1:3")
	if err != nil || !reflect.DeepEqual(one, r.Quotations[2]) || article.Text != r.Article.Text {
		t.Errorf("quotation r1:3: %+v, %v", one, err)
	}
	for _, id := range []string{"r1:0", "r1:9", "r1", "r1:02", "nobody:1", ""} {
		if _, _, err := s.Quotation(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("quotation %q: %v", id, err)
		}
	}
}

func TestBytesAreKept(t *testing.T) {
	html := []byte("<html><body><p>" + strings.Repeat("The wind rose again. ", 40) + "</p></body></html>")
	noise := make([]byte, 300)
	for i := range noise {
		noise[i] = byte(i * 97)
	}
	for name, b := range map[string][]byte{"html": html, "noise": noise, "text": []byte("Wind\x00 rises\n\nIt rose \xff."), "empty": nil} {
		s := fresh(t)
		p, r := simple("x", "", "Wind\x00 rises\n\nIt rose \xff.")
		p.Bytes, p.Authors, p.File = b, []string{"Una Pell"}, "/desk/x"
		put(t, s, p, r)
		err := s.EachKept(context.Background(), func(k Kept) error {
			if len(k.Page.Bytes) == 0 {
				k.Page.Bytes = nil
			}
			if !reflect.DeepEqual(k.Page, p) {
				t.Errorf("%s: %+v, want %+v", name, k.Page, p)
			}
			return nil
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAllOrNothing(t *testing.T) {
	s := fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	p, r := simple("a", "", ferry)
	err := s.Within(ctx, func() error {
		a := put(t, s, p, r)
		if err := s.AddPostings(a.Keys[0], []uint64{1 << 40}); err != nil {
			return err
		}
		cancel() // Ctrl-C in the middle of a report
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
	if _, err := s.Article("a"); !errors.Is(err, ErrNotFound) {
		t.Errorf("half a report is kept: %v", err)
	}
	lists, err := s.Postings([]uint64{1 << 40})
	if err != nil || lists[0] != nil {
		t.Errorf("postings of an interrupted report: %v, %v", lists, err)
	}
	if got := put(t, s, p, r); got.Outcome != New || got.Number != 1 {
		t.Errorf("after an interruption: %+v", got)
	}
}
