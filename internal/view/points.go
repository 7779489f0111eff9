package view

import (
	"unicode/utf8"

	"onrecord/internal/record"
)

// stride is the distance of two milestones in bytes: small enough that the
// walk from the nearest one is short, large enough that they cost no memory
// worth naming.
const stride = 128

// points turns byte offsets of one text into code points. It walks the text
// once and keeps a milestone every stride bytes; an ASCII text needs none. A
// byte that is no UTF-8 counts as one code point, as it does in the JSON.
type points struct {
	text  string
	ascii bool
	marks []milestone // marks[i]: the last rune boundary at or before i*stride
}

type milestone struct{ at, runes int }

func newPoints(text string) *points {
	p := &points{text: text, ascii: true}
	for i := 0; i < len(text) && p.ascii; i++ {
		p.ascii = text[i] < utf8.RuneSelf
	}
	if p.ascii {
		return p
	}
	p.marks = make([]milestone, 1, len(text)/stride+2)
	runes, last := 0, milestone{}
	for i := range text {
		for i > len(p.marks)*stride {
			p.marks = append(p.marks, last)
		}
		last = milestone{i, runes}
		runes++
	}
	for len(text) >= len(p.marks)*stride {
		p.marks = append(p.marks, last)
	}
	return p
}

// at is the number of code points before byte offset b.
func (p *points) at(b int) int {
	if p.ascii {
		return b
	}
	m := p.marks[b/stride]
	return m.runes + utf8.RuneCountInString(p.text[m.at:b])
}

func (p *points) words(s record.Span) Words {
	return Words{Start: p.at(s.Start), End: p.at(s.End), Text: s.Of(p.text)}
}

func (p *points) list(spans []record.Span) []Words {
	out := make([]Words, 0, len(spans))
	for _, s := range spans {
		out = append(out, p.words(s))
	}
	return out
}

// maybe is a place that may have no words of its own: start, end and text are
// null together.
func (p *points) maybe(s *record.Span) Place {
	if s == nil {
		return Place{}
	}
	w := p.words(*s)
	return Place{Start: &w.Start, End: &w.End, Text: &w.Text}
}
