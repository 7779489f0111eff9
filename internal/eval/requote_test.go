package eval

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/internal/record"
)

// put writes lines of JSON as a gzip file of a shared folder.
func put(t *testing.T, shared, name string, lines ...any) {
	t.Helper()
	path := filepath.Join(shared, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	enc := json.NewEncoder(z)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// listedSide is the side of a listed pair that holds words of an article.
func listedSide(t *testing.T, a printed, words string) side {
	t.Helper()
	at := strings.Index(a.Text, words)
	if at < 0 {
		t.Fatalf("%q does not stand in %s", words, a.ID)
	}
	start := utf8.RuneCountInString(a.Text[:at])
	return side{ID: a.ID, Date: a.Date, Start: start, End: start + utf8.RuneCountInString(words)}
}

// readMarks reads every pair of curly marks as a direct quotation.
func readMarks(a record.Article) record.Reading {
	rd := record.Reading{Article: a}
	for at := 0; ; {
		open := strings.Index(a.Text[at:], "“")
		if open < 0 {
			return rd
		}
		s := record.Span{Start: at + open + len("“")}
		s.End = s.Start + strings.Index(a.Text[s.Start:], "”")
		at = s.End
		rd.Quotations = append(rd.Quotations, record.Quotation{
			ID: a.ID + ":" + string(rune('1'+len(rd.Quotations))), Kind: record.Direct,
			Parts: []record.Span{s}, Content: []record.Span{s},
		})
	}
}

func requoteShared(t *testing.T) string {
	shared := t.TempDir()
	a := printed{ID: "gull", Source: "The Gull", Date: "2024-03-02", Title: "Ferry – sold",
		Text: "Zoë Calder said: “We sold the ferry because nobody rowed.” “It is gone,” she added."}
	b := printed{ID: "tide", Source: "The Tide", Date: "2024-03-01", Title: "No ferry",
		Text: "“We sold the ferry” was all that she said. “It is gone,” said another."}
	c := printed{ID: "reef", Source: "The Reef", Date: "2024-03-03", Title: "Row",
		Text: "Calder: “nobody rowed”. Tarn: no comment."}
	put(t, shared, requoteArticles, a, b, c)
	put(t, shared, requotePairs,
		repeat{"truncated", listedSide(t, a, "We sold the ferry because nobody rowed."), listedSide(t, b, "We sold the ferry")},
		repeat{"altered", listedSide(t, a, "We sold the ferry because nobody rowed."), listedSide(t, c, "nobody rowed")},
		repeat{"identical", listedSide(t, a, "It is gone,"), listedSide(t, c, "no comment")})
	return shared
}

func figuresOf(r *run) map[string]float64 {
	m := map[string]float64{}
	for _, f := range r.figures {
		m[f.name] = f.value
	}
	return m
}

// newRun is a run for tests of one set.
func newRun(t *testing.T, shared, set string, out *strings.Builder) *run {
	t.Helper()
	o := Options{Article: plainArticle, Read: readMarks, Tracer: func() Tracer { return &words{} }}
	return &run{Options: o, w: out, shared: shared, set: set, readAll: map[string][]record.Reading{}}
}

// Three listed pairs: the tracer finds two, types one of them rightly, and the
// third has a side that is not read.
func TestRequote(t *testing.T) {
	var out strings.Builder
	r := newRun(t, requoteShared(t), "requote", &out)
	if err := requote(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	got := figuresOf(r)
	near(t, "recall", got["requote.recall"], 2.0/3)
	near(t, "kind", got["requote.given.kind"], 0.5)
	// The listed quotations: gull 1, tide 1, reef 1, gull 2, reef “no comment”.
	// Claimed: three pairs among the first three, all right.
	near(t, "precision", got["requote.as_read.precision"], 1)
	near(t, "F1", got["requote.f1"], 0.8)
	// B-cubed: all pure; the fourth and fifth are half of their group each.
	near(t, "B-cubed", got["requote.bcubed"], harmonic(1, (3*1+2*0.5)/5))
	// The fake tracer calls its first entry the earliest: gull, a day late.
	near(t, "earliest", got["requote.earliest"], 0)
	if !strings.Contains(out.String(), "not read at all: 1 of 5") {
		t.Errorf("table:\n%s", out.String())
	}
}

func TestQuotedOnly(t *testing.T) {
	if got := quotedOnly("We sold it,” she said. “It is gone."); got != "We sold it, It is gone." {
		t.Errorf("got %q", got)
	}
}

func TestOverlapsOnly(t *testing.T) {
	here, full := "it is gone and nobody rowed at all", "we sold the ferry and it is gone"
	size := len(here)
	front := record.Edit{Op: record.CutFront, Full: "we sold the ferry and"}
	back := record.Edit{Op: record.Insert, Here: "and nobody rowed at all", HereAt: record.Span{Start: 11, End: size}}
	inner := record.Edit{Op: record.Replace, Here: "is", Full: "was", HereAt: record.Span{Start: 3, End: 5}}
	if !overlapsOnly([]record.Edit{front, back}, size) {
		t.Errorf("%q and %q overlap only", here, full)
	}
	if overlapsOnly([]record.Edit{front}, size) || overlapsOnly([]record.Edit{front, inner, back}, size) {
		t.Error("a cut, or a change inside, is more than an overlap")
	}
}

func TestEntries(t *testing.T) {
	rd := readMarks(record.Article{ID: "gull", Text: "Ferry\n\nA row.\n\nZoë Ann Calder: “We sold it.” She left.\n\nEnd.", BodyStart: 7})
	q := &rd.Quotations[0]
	q.Speaker = &record.Speaker{Name: "Zoë Ann Calder", Chain: 0}
	rd.Chains = []record.Chain{{Name: "Zoë Ann Calder", Nature: record.APerson,
		Mentions: []record.Mention{{Span: span(t, rd.Article.Text, "Zoë Ann Calder"), Kind: record.ByName}}}}
	e := Entries([]record.Reading{rd, rd}, nil)
	if len(e) != 2 || e[0].Key != 1 || e[1].Key != 2 {
		t.Fatalf("entries: %+v", e)
	}
	if e[0].Words != "We sold it." || e[0].Context != "A row.\n\nZoë Ann Calder: “We sold it.” She left." {
		t.Errorf("entry: %+v", e[0])
	}
	if e[0].Speaker != "Zoë Ann Calder" || e[0].Person == "" || e[0].Person != e[1].Person {
		t.Errorf("person: %q and %q", e[0].Person, e[1].Person)
	}
	q.Speaker.Chain = record.NoChain
	if e := Entries([]record.Reading{rd}, func(string) uint64 { return 9 }); e[0].Person != "" || e[0].ArticleSum != 9 {
		t.Errorf("no chain, no person: %+v", e[0])
	}
}
