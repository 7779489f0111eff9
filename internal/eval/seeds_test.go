package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"onrecord/internal/record"
)

const seedText = "Ferry sold\n\nSubscribe now!\n\n“We sold it in March,” Zoë Calder told The Gull in 2019. Her song “Row Away” was sung."

// seedShared is a reference of one document, and the reading that equals it.
func seedShared(t *testing.T) (string, record.Reading) {
	t.Helper()
	words := span(t, seedText, "We sold it in March,")
	start := utf8.RuneCountInString(seedText[:words.Start])
	end := start + utf8.RuneCountInString(words.Of(seedText))
	gold := `{"documents":[{"file":"seeds/ferry.txt","quotations":[{"id":"a1","kind":"direct","parts":["We sold it in March,"],` +
		`"spans":[[` + count(start) + `,` + count(end) + `]],"speaker":"Zoë Calder","mention":"Zoë Calder","cue":"told",` +
		`"addressee":"The Gull","venue":"The Gull","said_at":"2019"}],"not_quotations":["Row Away"],"boilerplate":["Subscribe now!"]}]}`
	shared := t.TempDir()
	for name, data := range map[string]string{"gold/seeds.json": gold, "seeds/ferry.txt": seedText} {
		path := filepath.Join(shared, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	at := func(w string) *record.Span { s := span(t, seedText, w); return &s }
	year := record.When{From: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	return shared, record.Reading{
		Article: record.Article{ID: "ferry", Text: seedText},
		Passed:  []record.Passed{{Span: *at("Subscribe now!"), Why: record.WhyBoilerplate}, {Span: *at("“Row Away”"), Why: record.WhyTitle}},
		Quotations: []record.Quotation{{
			ID: "ferry:1", Kind: record.Direct, Where: record.InBody, Parts: []record.Span{words}, Content: []record.Span{words},
			Cue: at("told"), Speaker: &record.Speaker{Span: at("Zoë Calder"), Name: "zoë calder"},
			Addressee: &record.Party{Name: "The Gull"}, Venue: &record.Venue{Name: "the gull"}, Said: &record.Said{Span: at("in 2019"), When: year},
		}},
	}
}

func TestSeedsAllRight(t *testing.T) {
	shared, rd := seedShared(t)
	var out strings.Builder
	r := newRun(t, shared, "seeds", &out)
	r.Read = func(record.Article) record.Reading { return rd }
	if err := seeds(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	for name, v := range figuresOf(r) {
		if v != 1 {
			t.Errorf("%s = %v\n%s", name, v, out.String())
		}
	}
}

// Each spoiled field costs its own column, and its miss is told.
func TestSeedsMisses(t *testing.T) {
	for _, c := range []struct {
		column, line string
		spoil        func(*record.Reading)
	}{
		{"found", `a1 found: want "We sold it in March," got ""`, func(rd *record.Reading) { rd.Quotations = nil }},
		{"kind", `a1 kind: want "direct" got "mixed"`, func(rd *record.Reading) { rd.Quotations[0].Kind = record.Mixed }},
		{"speaker", `got "The Gull"`, func(rd *record.Reading) { rd.Quotations[0].Speaker.Name = "The Gull" }},
		{"addressee", `want "The Gull" got ""`, func(rd *record.Reading) { rd.Quotations[0].Addressee = nil }},
		{"about", `got "odile marsh"`, func(rd *record.Reading) { rd.Quotations[0].About = []record.Referent{{Name: "Odile Marsh"}} }},
		{"said", `want "2019" got ""`, func(rd *record.Reading) { rd.Quotations[0].Said = nil }},
		{"said", `[2019-01-01, 2019-01-02)`, func(rd *record.Reading) { rd.Quotations[0].Said.When = record.Day(2019, 1, 1) }},
		{"boilerplate", `boilerplate: want "Subscribe now!"`, func(rd *record.Reading) { rd.Passed = rd.Passed[1:] }},
		{"passed_over", `passed over: want "Row Away"`, func(rd *record.Reading) { rd.Passed = rd.Passed[:1] }},
		{"nothing_else", `ferry:2 nothing else`, func(rd *record.Reading) {
			rd.Quotations = append(rd.Quotations, record.Quotation{ID: "ferry:2", Parts: []record.Span{{Start: 0, End: 5}}})
		}},
	} {
		shared, rd := seedShared(t)
		c.spoil(&rd)
		var out strings.Builder
		r := newRun(t, shared, "seeds", &out)
		r.Read = func(record.Article) record.Reading { return rd }
		if err := seeds(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		if v, ok := figuresOf(r)["seeds."+c.column]; !ok || v == 1 {
			t.Errorf("%s = %v", c.column, v)
		}
		if !strings.Contains(out.String(), c.line) {
			t.Errorf("%s: no line %q in\n%s", c.column, c.line, out.String())
		}
	}
}

// A year that cannot be must be told as a problem, and date nothing.
func TestSaidRight(t *testing.T) {
	text := "In a 202 interview she said so."
	s := span(t, text, "In a 202 interview")
	g := goldQuotation{SaidText: "In a 202 interview"}
	for _, c := range []struct {
		said  *record.Said
		right bool
	}{
		{nil, false},
		{&record.Said{Span: &s}, false},
		{&record.Said{Span: &s, Problem: "no such year: 202"}, true},
		{&record.Said{Span: &s, Problem: "no such year: 202", When: record.Day(202, 1, 1)}, false},
	} {
		if right, _ := saidRight(g, &record.Quotation{Said: c.said}, text); right != c.right {
			t.Errorf("%+v is right: %v", c.said, right)
		}
	}
	if right, _ := saidRight(goldQuotation{}, &record.Quotation{Said: &record.Said{}}, text); right {
		t.Error("a date that the reference does not give is right")
	}
}
