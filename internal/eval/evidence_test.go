package eval

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/internal/record"
)

func soundReading() record.Reading {
	text := "“Öl,” she said, “is dear.”"
	s := func(a, b int) record.Span { return record.Span{Start: a, End: b} }
	cue := s(15, 19)
	return record.Reading{Article: record.Article{ID: "oil", Text: text}, Quotations: []record.Quotation{{
		ID: "oil:1", Parts: []record.Span{s(3, 7), s(24, 32)}, Content: []record.Span{s(3, 7), s(24, 32)}, Cue: &cue,
	}}}
}

func TestBroken(t *testing.T) {
	rd := soundReading()
	if b := Broken(&rd); len(b) > 0 {
		t.Fatalf("a sound reading: %q", b)
	}
	for _, c := range []struct {
		name, want string
		spoil      func(*record.Quotation)
	}{
		{"past the end", "no stretch", func(q *record.Quotation) { q.Cue.End = 99 }},
		{"empty", "no stretch", func(q *record.Quotation) { q.Cue.End = q.Cue.Start }},
		{"half a letter", "cut a character", func(q *record.Quotation) { q.Parts[0].Start = 4 }},
		{"parts overlap", "overlap", func(q *record.Quotation) { q.Parts[1].Start = 6 }},
		{"part outside", "outside the content", func(q *record.Quotation) { q.Content = q.Content[:1] }},
		{"no parts", "no words", func(q *record.Quotation) { q.Parts = nil }},
		{"hedge", "hedge", func(q *record.Quotation) { q.Hedges = []record.Hedge{{Span: record.Span{Start: -1, End: 3}}} }},
	} {
		rd := soundReading()
		c.spoil(&rd.Quotations[0])
		if b := strings.Join(Broken(&rd), "\n"); !strings.Contains(b, c.want) {
			t.Errorf("%s: %q", c.name, b)
		}
	}
}

func TestDocumentOffsets(t *testing.T) {
	rd := soundReading()
	print := func(start int) func(record.Reading) ([]byte, error) {
		return func(rd record.Reading) ([]byte, error) {
			return fmt.Appendf(nil, `{"text":%q,"quotations":[{"parts":[{"start":%d,"end":4,"text":"Öl,"}],"venue":{"start":null,"end":null,"text":null}}]}`,
				rd.Article.Text, start), nil
		}
	}
	w := witness{}
	w.document(&rd, print(1))
	if w.spans != 1 || len(w.broken) != 0 {
		t.Errorf("sound: %d spans, %q", w.spans, w.broken)
	}
	w = witness{}
	w.document(&rd, print(2))
	if len(w.broken) != 1 {
		t.Errorf("one off: %q", w.broken)
	}
}
