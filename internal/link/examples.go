package link

import (
	"slices"

	"onrecord/internal/text"
)

// Example is one choice as training sees it: the hashed features of each
// candidate, and which is right.
type Example struct {
	Features [][]uint32
	Right    int
}

// Examples are the choices of a document whose attributions are known, each
// seeing right choices before it. Choices whose right candidate is out of
// reach are left out.
func Examples(d *text.Doc, spans []Span, known []Attribution) []Example {
	l := newLayout(d, spans)
	place := map[int]int{}
	for p, i := range l.given {
		place[i] = p
	}
	of := map[int]int{} // place of a content -> number in known
	for n, a := range known {
		for _, c := range a.Content {
			if p, ok := place[c]; ok {
				of[p] = n
			}
		}
	}
	cues := l.rightCues(of, known, place)
	out := examples(cueChoices{l}, cues)
	chosen := make([]choice, len(cues))
	for i, k := range cues {
		chosen[i] = choice{cand: k, prob: 1}
	}
	groups := l.grouped(chosen)
	sources := make([]int, len(groups))
	for i, g := range groups {
		sources[i] = nothing
		if n, ok := of[g.contents[0]]; ok && known[n].Source >= 0 {
			if s, ok := place[known[n].Source]; ok {
				sources[i] = s
			}
		}
	}
	return append(out, examples(sourceChoices{l, groups}, sources)...)
}

// rightCues is the right choice of each content.
func (l *layout) rightCues(of map[int]int, known []Attribution, place map[int]int) []int {
	out := make([]int, len(l.contents))
	for i, c := range l.contents {
		out[i] = nothing
		n, ok := of[c]
		if !ok {
			continue
		}
		for _, k := range known[n].Cue {
			if p, ok := place[k]; ok {
				out[i] = p
			}
		}
		if out[i] == nothing && i > 0 && out[i-1] < 0 {
			if o, ok := of[l.contents[i-1]]; ok && o == n {
				out[i] = joined
			}
		}
	}
	return out
}

// examples walks a chain along the right choices.
func examples(c chain, right []int) []Example {
	var out []Example
	var h *history
	var b bag
	for i, r := range right {
		cands, _ := c.candidates(i, h)
		if at := slices.Index(cands, r); at >= 0 {
			e := Example{Right: at}
			for _, cand := range cands {
				b.reset()
				c.still(&b, i, cand)
				c.moving(&b, i, cand, h)
				e.Features = append(e.Features, slices.Clone(b.ids))
			}
			out = append(out, e)
		}
		h = &history{cand: r, prob: 1, prev: h}
	}
	return out
}
