package read

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
)

var update = flag.Bool("update", false, "write what the reading finds into the cases")

// Each case is a report and the record of it that a careful reader would
// write, side by side. After a change of rules run with -update and look at
// the difference by eye.
func TestReadings(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			arc, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for i := 0; i+1 < len(arc.Files); i += 2 {
				report, want := &arc.Files[i], &arc.Files[i+1]
				got := written(readCase(t, report), strings.HasPrefix(filepath.Base(file), "thoughts"))
				if *update {
					want.Data = []byte(got)
					continue
				}
				if diff := cmp.Diff(strings.TrimSpace(string(want.Data)), strings.TrimSpace(got)); diff != "" {
					t.Errorf("%s (-want +got)\n%s", report.Name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(file, txtar.Format(arc), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// readCase reads a report; its name may carry the day of print: "name 2025-03-05".
func readCase(t *testing.T, f *txtar.File) record.Reading {
	t.Helper()
	name, printed, _ := strings.Cut(f.Name, " ")
	r, err := Page(record.Page{ID: name, Published: printed, Form: record.PlainText, Bytes: []byte(strings.TrimSuffix(string(f.Data), "\n"))}, Full)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// written is a reading as lines that a person can check: the words said, and
// where all is set the beliefs and topics as well.
func written(r record.Reading, all bool) string {
	var b strings.Builder
	text := r.Article.Text
	words := func(s *record.Span) string {
		if s == nil {
			return ""
		}
		return " [" + s.Of(text) + "]"
	}
	for _, q := range r.Quotations {
		if !q.Worded() && !all {
			continue
		}
		fmt.Fprintf(&b, "%s %s", q.Kind, q.Act)
		if q.Topic {
			b.WriteString(" topic")
		}
		if q.Where == record.InHeadline {
			b.WriteString(" headline")
		}
		if q.Speaker != nil {
			fmt.Fprintf(&b, "; by %s%s", q.Speaker.Name, words(q.Speaker.Span))
		}
		if q.Cue != nil {
			fmt.Fprintf(&b, "; cue%s", words(q.Cue))
		}
		if q.Addressee != nil {
			fmt.Fprintf(&b, "; to %s", q.Addressee.Name)
		}
		if q.Venue != nil {
			fmt.Fprintf(&b, "; in %s (%s)", q.Venue.Name, q.Venue.Medium)
		}
		if q.Said != nil {
			fmt.Fprintf(&b, "; said%s %s..%s", words(q.Said.Span), record.Format(q.Said.When.From), record.Format(q.Said.When.Until))
			if q.Said.Problem != "" {
				fmt.Fprintf(&b, " (%s)", q.Said.Problem)
			}
		}
		for _, h := range q.Hedges {
			fmt.Fprintf(&b, "; %s", h.Kind)
		}
		for i, a := range q.About {
			fmt.Fprintf(&b, "%s%s", [2]string{"; about ", ", "}[min(i, 1)], a.Name)
		}
		b.WriteByte('\n')
		for _, p := range q.Parts {
			fmt.Fprintf(&b, "    “%s”\n", p.Of(text))
		}
	}
	for _, p := range r.Passed {
		fmt.Fprintf(&b, "passed over, %s: %s\n", p.Why, p.Of(text))
	}
	return b.String()
}

// check holds the laws of a reading: every span lies in the text and on rune
// boundaries, parts never overlap and lie in order, parts lie inside content.
func check(t *testing.T, r record.Reading) {
	t.Helper()
	text := r.Article.Text
	in := func(what string, s record.Span) {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
			t.Fatalf("%s %v outside the text of %d bytes", what, s, len(text))
		}
		for _, at := range []int{s.Start, s.End} {
			if at < len(text) && text[at]&0xC0 == 0x80 {
				t.Fatalf("%s %v cuts a rune", what, s)
			}
		}
	}
	at := -1
	for _, q := range r.Quotations {
		if len(q.Parts) == 0 || len(q.Content) == 0 {
			t.Fatalf("%s has no words", q.ID)
		}
		if q.Parts[0].Start < at {
			t.Fatalf("%s is out of order", q.ID)
		}
		at = q.Parts[0].Start
		for i, p := range q.Parts {
			in("part", p)
			if i > 0 && p.Start < q.Parts[i-1].End {
				t.Fatalf("%s: parts overlap", q.ID)
			}
			inside := false
			for _, c := range q.Content {
				inside = inside || c.Contains(p)
			}
			if !inside {
				t.Fatalf("%s: part %v outside its content %v", q.ID, p, q.Content)
			}
		}
		for _, c := range q.Content {
			in("content", c)
		}
		for _, s := range spans(&q) {
			in("span", *s)
		}
	}
	for i, p := range r.Passed {
		in("passed", p.Span)
		if i > 0 && p.Start < r.Passed[i-1].Start {
			t.Fatal("passed out of order")
		}
	}
	for _, c := range r.Chains {
		for _, m := range c.Mentions {
			in("mention", m.Span)
		}
	}
}

// spans lists the optional spans of a quotation that are there.
func spans(q *record.Quotation) (all []*record.Span) {
	for _, s := range []*record.Span{q.Cue} {
		if s != nil {
			all = append(all, s)
		}
	}
	if q.Speaker != nil && q.Speaker.Span != nil {
		all = append(all, q.Speaker.Span)
	}
	if q.Addressee != nil && q.Addressee.Span != nil {
		all = append(all, q.Addressee.Span)
	}
	if q.Venue != nil && q.Venue.Span != nil {
		all = append(all, q.Venue.Span)
	}
	if q.Said != nil && q.Said.Span != nil {
		all = append(all, q.Said.Span)
	}
	for i := range q.Hedges {
		all = append(all, &q.Hedges[i].Span)
	}
	return all
}

// FuzzPage holds the laws for any text, and that reading twice gives the same.
func FuzzPage(f *testing.F) {
	f.Add("“We lost,” Ann Roe said. “We did.”\n\nShe told the Gazette that “it” was over, adding: “No.”")
	f.Add("Roe wrote:\n\nI never said it.\n\n— Ann Roe")
	f.Add("And from Chair Bob Hall:\n\n\"According to me, per Ann, said\"")
	f.Add("“A.\n\n“B said that “C” and said “")
	f.Add("He said, she said, told told that that: ''``")
	f.Fuzz(func(t *testing.T, s string) {
		page := record.Page{ID: "f", Form: record.PlainText, Bytes: []byte(s)}
		r, err := Page(page, Full)
		if err != nil {
			return
		}
		check(t, r)
		again, _ := Page(page, Full)
		if diff := cmp.Diff(r, again); diff != "" {
			t.Fatal("two readings differ", diff)
		}
	})
}
