package view

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"onrecord/internal/record"
)

// report is a small report whose text has letters of one to four bytes.
const report = "Café row: “No curtain” 🎭\n\nMira Dahl, la régisseuse, said in 2019: “No curtain,” and left."

func span(t testing.TB, text, words string, nth int) record.Span {
	t.Helper()
	at := 0
	for range nth {
		i := strings.Index(text[at:], words)
		if i < 0 {
			t.Fatalf("%q does not stand in the text %d times", words, nth)
		}
		at += i + len(words)
	}
	return record.Span{Start: at - len(words), End: at}
}

func reading(t testing.TB) record.Reading {
	year := record.When{From: time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	who, cue, when := span(t, report, "Mira Dahl", 1), span(t, report, "said", 1), span(t, report, "in 2019", 1)
	words := span(t, report, "No curtain,", 1)
	return record.Reading{
		Article: record.Article{ID: "d1", Outlet: "The Pier <&> Post", Title: "Café row: “No curtain” 🎭", Text: report,
			BodyStart: strings.Index(report, "Mira"), Language: "en", Published: record.When{Until: time.Date(2020, 5, 4, 9, 30, 0, 0, time.UTC)}},
		Passed: []record.Passed{{Span: span(t, report, "Café", 1), Why: record.WhyTitle}},
		Chains: []record.Chain{{ID: 0, Name: "Mira Dahl", Mentions: []record.Mention{{Span: who, Kind: record.ByName}}}},
		Quotations: []record.Quotation{
			{ID: "d1:1", Kind: record.Direct, Act: record.Speech, Where: record.InHeadline,
				Parts: []record.Span{span(t, report, "No curtain", 1)}, Content: []record.Span{span(t, report, "No curtain", 1)},
				Venue: &record.Venue{Name: "Stage Left", Medium: record.Podcast}},
			{ID: "d1:2", Kind: record.Direct, Act: record.Speech, Where: record.InBody,
				Parts: []record.Span{words}, Content: []record.Span{words}, Cue: &cue,
				Speaker:   &record.Speaker{Span: &who, Name: "Mira Dahl", Chain: 0, Reason: "subject of the cue"},
				Addressee: &record.Party{Name: "reporters", Chain: record.NoChain},
				About:     []record.Referent{{Name: "Mira Dahl", Chain: 0}},
				Said:      &record.Said{Span: &when, When: year, Problem: "no such year: 202"},
				Hedges:    []record.Hedge{{Span: cue, Kind: "reportedly"}},
				Reason:    record.Reason{Rule: "speaker, cue, words", Score: 0.98765, Words: []record.Span{cue}}},
		},
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got); UPDATE=1 writes it anew:\n%s", name, d)
	}
}

func line(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, v); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n != 1 || !strings.HasSuffix(b.String(), "\n") {
		t.Errorf("%d line ends; one object is one line", n)
	}
	return b.String()
}

func TestRead(t *testing.T) {
	golden(t, "read.json", line(t, Read(reading(t))))
}

// Every start and end leads back to its text when counted in code points.
func TestReadOffsetsAreCodePoints(t *testing.T) {
	d := Read(reading(t))
	runes := []rune(d.Text)
	n := 0
	check := func(w Words) {
		n++
		if got := string(runes[w.Start:w.End]); got != w.Text {
			t.Errorf("[%d,%d) is %q, want %q", w.Start, w.End, got, w.Text)
		}
	}
	for _, q := range d.Quotations {
		for _, w := range append(append([]Words{}, q.Parts...), q.Content...) {
			check(w)
		}
		if q.Speaker != nil {
			check(Words{*q.Speaker.Start, *q.Speaker.End, *q.Speaker.Text})
		}
	}
	if n < 4 {
		t.Errorf("only %d spans were looked at", n)
	}
	if got := string(runes[d.BodyStart:][:4]); got != "Mira" {
		t.Errorf("the body starts with %q", got)
	}
}

func utterance() record.Utterance {
	full := record.Entry{Quotation: "d1:2", Article: "d1", URL: "https://pier.example/1", Outlet: "The Pier Post", Title: "Row",
		Published: record.Day(2020, 5, 4), Where: record.InBody, Words: "No curtain, no play.", Speaker: "Mira Dahl",
		Parts: []record.Span{{Start: 0, End: 5}}, Credits: []record.Credit{{Name: "Stage Left", Kind: "told"}}}
	cut := full
	cut.Quotation, cut.Article, cut.Words, cut.Where = "d2:1", "d2", "No curtain", record.InHeadline
	cut.Credits = nil
	return record.Utterance{ID: "u0123456789", Speaker: "Mira Dahl", Person: "mira-dahl", Problem: "no such year: 202",
		Earliest: "d1:2", Fullest: "d1:2", Venue: "Stage Left", Medium: record.Podcast,
		Variants: []record.Variant{
			{Entry: full, Relation: record.Same, Change: record.Verbatim},
			{Entry: cut, Relation: record.Trimmed, Edits: []record.Edit{{Op: record.CutEnd, Full: ", no play.", Type: record.ConditionLost}}, Change: record.ConditionLost, Alarms: []record.Alarm{record.AlarmCondition}},
		},
		Clarifications: []record.Clarification{{Entry: full, Of: "d2:1", Kind: "clarification", Utterance: "u9876543210"}},
	}
}

func TestTraceAndFinding(t *testing.T) {
	u := utterance()
	golden(t, "trace.json", line(t, Utterance(u)))
	f := record.Finding{Asked: "No curtain", Verdict: record.Truncated, Utterance: &u, Fullest: &u.Variants[0].Entry,
		Earliest: &u.Variants[0].Entry, Edits: u.Variants[1].Edits,
		Searched: record.Searched{Articles: 2, Outlets: 1, Period: record.Day(2020, 5, 4)}}
	golden(t, "found.json", line(t, Found(f, nil)))
	none := record.Finding{Asked: "Burn it", Verdict: record.NotFound}
	golden(t, "not_found.json", line(t, Found(none, []Hit{{record.Article{ID: "d1", Text: report}, span(t, report, "régisseuse", 1)}})))
}

func TestExportLines(t *testing.T) {
	r := reading(t)
	x := Export{Text: func(string) (string, error) { return "“é” is here", nil }}
	var b strings.Builder
	q := x.Quotation(&r.Article, &r.Quotations[1], func(int) string { return "mira-dahl" }, "u0123456789")
	b.WriteString(line(t, q))
	x = Export{Text: x.Text}
	u, err := x.Utterance(utterance())
	if err != nil {
		t.Fatal(err)
	}
	b.WriteString(line(t, u))
	if got := u.Members[0].Parts[0]; got != (Range{0, 2}) {
		t.Errorf("parts of a member are %v; bytes 0 to 5 are two code points", got)
	}
	p := PersonOf(record.Person{ID: "mira-dahl", Name: "Mira Dahl", Nature: record.APerson})
	b.WriteString(line(t, p))
	a := Article(&r.Article)
	b.WriteString(line(t, a))
	golden(t, "export.jsonl", b.String())
	for kind, l := range map[string]any{"quotations": q, "utterances": u, "people": p, "articles": a} {
		for _, row := range Rows(l) {
			if len(row) != len(Columns[kind]) {
				t.Errorf("a row of %s has %d cells for %d columns", kind, len(row), len(Columns[kind]))
			}
		}
	}
	if n := len(Rows(u)); n != 2 {
		t.Errorf("an utterance with two printers has %d rows", n)
	}
}

func FuzzPoints(f *testing.F) {
	f.Add(report, 17)
	f.Add(strings.Repeat("é", 200), 256)
	f.Add("broken \xff\xfe bytes "+strings.Repeat("a", 130)+"\xf0\x9f", 140)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, text string, at int) {
		if at < 0 || at > len(text) || (at < len(text) && !utf8.RuneStart(text[at])) {
			t.Skip()
		}
		if got, want := newPoints(text).at(at), utf8.RuneCountInString(text[:at]); got != want {
			t.Errorf("at(%d) = %d, want %d", at, got, want)
		}
	})
}
