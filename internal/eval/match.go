package eval

import (
	"cmp"
	"slices"
	"unicode"

	"onrecord/internal/record"
)

// ruler measures spans of one text by the characters that carry words: white
// space and quotation marks weigh nothing, since annotators and programs
// disagree about them and readers do not care.
type ruler []int32 // ruler[i]: weighing characters before byte i

func newRuler(text string) ruler {
	r := make(ruler, len(text)+1)
	n := int32(0)
	last := 0
	for i, c := range text {
		for ; last <= i; last++ {
			r[last] = n
		}
		if !unicode.IsSpace(c) && !isMark(c) {
			n++
		}
	}
	for ; last <= len(text); last++ {
		r[last] = n
	}
	return r
}

// isMark tells quotation marks, apostrophes among them: they cannot be told
// apart without reading.
func isMark(c rune) bool {
	switch c {
	case '"', '\'', '`', '“', '”', '„', '‟', '‘', '’', '‚', '‛', '«', '»', '‹', '›':
		return true
	}
	return false
}

// weight is the number of weighing characters in spans, each counted once.
func (r ruler) weight(spans []record.Span) int {
	n := 0
	for _, s := range merged(spans) {
		n += int(r[s.End] - r[s.Start])
	}
	return n
}

// shared is the number of weighing characters that a and b share.
func (r ruler) shared(a, b []record.Span) int {
	n := 0
	a, b = merged(a), merged(b)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		start, end := max(a[i].Start, b[j].Start), min(a[i].End, b[j].End)
		if start < end {
			n += int(r[end] - r[start])
		}
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	return n
}

// same tells whether a and b cover the same weighing characters. Two empty
// lists are the same.
func (r ruler) same(a, b []record.Span) bool {
	n := r.shared(a, b)
	return n == r.weight(a) && n == r.weight(b)
}

// merged sorts spans and joins those that overlap.
func merged(spans []record.Span) []record.Span {
	if len(spans) < 2 {
		return spans
	}
	s := slices.Clone(spans)
	slices.SortFunc(s, func(a, b record.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	out := s[:1]
	for _, next := range s[1:] {
		last := &out[len(out)-1]
		if next.Start <= last.End {
			last.End = max(last.End, next.End)
		} else {
			out = append(out, next)
		}
	}
	return out
}

// pairing is one possible match of a wanted and a claimed item.
type pairing struct{ want, got, shared, union int }

// match pairs wanted and claimed contents one to one, those that share most
// first; a pair shares at least least of its union. Ties go to the smaller
// union, then to what stands first. The result has, for each wanted item, the
// index of the claimed one, or -1.
func (r ruler) match(want, got [][]record.Span, least float64) []int {
	var all []pairing
	for i, w := range want {
		weight := r.weight(w)
		for j, g := range got {
			n := r.shared(w, g)
			if n == 0 {
				continue
			}
			p := pairing{i, j, n, weight + r.weight(g) - n}
			if float64(p.shared) >= least*float64(p.union) {
				all = append(all, p)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pairing) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.union, b.union),
			cmp.Compare(a.want, b.want), cmp.Compare(a.got, b.got))
	})
	pairs := slices.Repeat([]int{-1}, len(want))
	taken := make([]bool, len(got))
	for _, p := range all {
		if pairs[p.want] < 0 && !taken[p.got] {
			pairs[p.want], taken[p.got] = p.got, true
		}
	}
	return pairs
}
