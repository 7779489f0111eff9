package link

import (
	"math/rand/v2"

	"onrecord/internal/link"
)

// Damage is how often a span is harmed, each a share of 1: what a sequence
// model gets wrong, so that the linker learns to live with it.
type Damage struct {
	Drop     float64 // the span is missed
	Shift    float64 // a boundary moves by one to three tokens
	Split    float64 // a content falls apart
	Spurious float64 // a span beside it that is none
}

// Two measures of harm, guessed at from what sequence models with exact F1
// near 75 and near 60 do.
var (
	usual = Damage{Drop: 0.12, Shift: 0.12, Split: 0.03, Spurious: 0.06}
	heavy = Damage{Drop: 0.25, Shift: 0.2, Split: 0.06, Spurious: 0.15}
)

// damaged is the document with its spans harmed. A spurious span belongs to no
// attribution; both pieces of a split content belong to it.
func (d document) damaged(how Damage, r *rand.Rand) document {
	n := document{doc: d.doc}
	parts := make([][]int, len(d.spans)) // number -> numbers in n
	add := func(s link.Span) int {
		n.spans = append(n.spans, s)
		return len(n.spans) - 1
	}
	for i, s := range d.spans {
		end := len(d.doc.Tokens)
		if i+1 < len(d.spans) {
			end = max(d.spans[i+1].First, s.End)
		}
		if r.Float64() >= how.Drop {
			if r.Float64() < how.Shift {
				s = shifted(s, end, r)
			}
			if s.Type == link.Content && s.End-s.First > 5 && r.Float64() < how.Split {
				at := s.First + 1 + r.IntN(s.End-s.First-3)
				parts[i] = append(parts[i], add(link.Span{Type: link.Content, First: s.First, End: at}))
				s.First = at + r.IntN(2)
			}
			parts[i] = append(parts[i], add(s))
		}
		if free := end - s.End; free > 2 && r.Float64() < how.Spurious {
			first := s.End + 1 + r.IntN(free-2)
			t := link.Type(r.IntN(3))
			size := 1 + r.IntN(2)
			if t == link.Content {
				size = 3 + r.IntN(10)
			}
			add(link.Span{Type: t, First: first, End: min(first+size, end)})
		}
	}
	for _, k := range d.known {
		a := link.Attribution{Source: -1}
		for _, c := range k.Content {
			a.Content = append(a.Content, parts[c]...)
		}
		for _, c := range k.Cue {
			a.Cue = append(a.Cue, parts[c]...)
		}
		if k.Source >= 0 && len(parts[k.Source]) > 0 {
			a.Source = parts[k.Source][0]
		}
		if len(a.Content) > 0 {
			n.known = append(n.known, a)
		}
	}
	return n.sorted()
}

// shifted moves one end of a span, not past limit and not to nothing.
func shifted(s link.Span, limit int, r *rand.Rand) link.Span {
	by := 1 + r.IntN(3)
	switch r.IntN(4) {
	case 0:
		s.First = min(s.First+by, s.End-1)
	case 1:
		s.End = max(s.End-by, s.First+1)
	case 2:
		s.End = max(s.End, min(s.End+by, limit))
	case 3:
		s.First = max(s.First-by, 0)
	}
	return s
}
