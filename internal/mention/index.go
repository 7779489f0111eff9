package mention

import (
	"slices"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Hit is one mention and the chain it belongs to.
type Hit struct {
	record.Mention
	Chain int
}

// Index finds mentions by place.
type Index struct {
	d     *text.Doc
	hits  []Hit // by start, the longer first
	long  int   // length of the longest
	boxes []run
}

// NewIndex makes the index of a document's chains.
func NewIndex(d *text.Doc, chains []record.Chain) *Index {
	x := &Index{d: d, boxes: boxes(d)}
	for c := range chains {
		for _, m := range chains[c].Mentions {
			x.hits = append(x.hits, Hit{m, c})
			x.long = max(x.long, m.Len())
		}
	}
	slices.SortStableFunc(x.hits, func(a, b Hit) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	return x
}

// from is the first hit that starts at or after byte at.
func (x *Index) from(at int) int {
	n, _ := slices.BinarySearchFunc(x.hits, at, func(h Hit, at int) int { return h.Start - at })
	return n
}

// At is the mention that names what span s holds: the mention of these very
// words, else the one at the head of s (the first that s holds and no other
// mention of s holds), else the innermost that covers or overlaps s.
func (x *Index) At(s record.Span) (chain int, m record.Mention, ok bool) {
	best, rank := -1, 0
	for i := x.from(s.Start - x.long); i < len(x.hits) && x.hits[i].Start < s.End; i++ {
		h := &x.hits[i]
		if !h.Overlaps(s) {
			continue
		}
		r := 1
		switch {
		case h.Span == s:
			r = 5
		case s.Contains(h.Span) && !(h.Kind == record.ByPronoun && h.End < s.End):
			r = 4
		case h.Contains(s):
			r = 3
		case s.Contains(h.Span):
			r = 2
		}
		if r > rank || r == rank && r == 3 {
			best, rank = i, r
		}
	}
	if best < 0 {
		if h, ok := x.behindBox(s); ok {
			return h.Chain, h.Mention, true
		}
		return record.NoChain, record.Mention{}, false
	}
	return x.hits[best].Chain, x.hits[best].Mention, true
}

// In returns the mentions that lie wholly inside s, in order of place.
func (x *Index) In(s record.Span) []Hit {
	var out []Hit
	for i := x.from(s.Start); i < len(x.hits) && x.hits[i].Start < s.End; i++ {
		if x.hits[i].End <= s.End {
			out = append(out, x.hits[i])
		}
	}
	return out
}

// Before is the last mention that ends at or before byte at.
func (x *Index) Before(at int) (Hit, bool) {
	for i := x.from(at) - 1; i >= 0; i-- {
		if x.hits[i].End <= at {
			return x.hits[i], true
		}
	}
	return Hit{}, false
}

// All returns every mention, in order of place.
func (x *Index) All() []Hit { return x.hits }
