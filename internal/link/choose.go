package link

import (
	"cmp"
	"math"
	"slices"
)

// Candidates that are no span.
const (
	nothing = -1
	joined  = -2 // of a content: it goes on with the content before, which has no cue
)

// choice is what was chosen at one step, and the probability the model gave it.
type choice struct {
	cand int
	prob float32
}

// chain is a row of choices, each among few candidates, each seeing those
// before it.
type chain interface {
	size() int
	// candidates of step i: first those that do not depend on earlier
	// choices, fixed in number, then those that do.
	candidates(i int, h *history) (cands []int, fixed int)
	// still adds the features of a candidate that no earlier choice changes,
	// moving the others.
	still(b *bag, i, cand int)
	moving(b *bag, i, cand int, h *history)
}

// history is the choices so far, the last one first.
type history struct {
	cand int
	prob float32
	prev *history
	sum  float64 // log probability of the whole row
}

// beamWidth is how many rows of choices are kept. On held-out training articles
// with damaged spans 4 gains a quarter of a point on 1, and 8 nothing more.
const beamWidth = 4

// decode chooses for all steps of a chain.
func (m *Model) decode(c chain) []choice {
	n := c.size()
	beam := []*history{nil}
	var b bag
	var base []float32
	for i := range n {
		var next []*history
		base = base[:0]
		for _, h := range beam {
			cands, fixed := c.candidates(i, h)
			for _, cand := range cands[len(base):max(fixed, len(base))] {
				b.reset()
				c.still(&b, i, cand)
				base = append(base, m.score(b.ids))
			}
			next = append(next, m.extend(c, i, h, cands, base[:fixed])...)
		}
		slices.SortStableFunc(next, func(x, y *history) int { return cmp.Compare(y.sum, x.sum) })
		beam = next[:min(len(next), beamWidth)]
	}
	out := make([]choice, n)
	for i, h := n-1, beam[0]; i >= 0; i, h = i-1, h.prev {
		out[i] = choice{h.cand, h.prob}
	}
	return out
}

// extend is one row with each of its candidates. base are the scores of the
// still features of the fixed candidates.
func (m *Model) extend(c chain, i int, h *history, cands []int, base []float32) []*history {
	var b bag
	scores := make([]float64, len(cands))
	top := math.Inf(-1)
	for j, cand := range cands {
		b.reset()
		if j >= len(base) {
			c.still(&b, i, cand)
		}
		c.moving(&b, i, cand, h)
		scores[j] = float64(m.score(b.ids))
		if j < len(base) {
			scores[j] += float64(base[j])
		}
		top = max(top, scores[j])
	}
	var total, before float64
	for j := range scores {
		scores[j] -= top
		total += math.Exp(scores[j])
	}
	if h != nil {
		before = h.sum
	}
	out := make([]*history, len(cands))
	for j, cand := range cands {
		lp := scores[j] - math.Log(total)
		out[j] = &history{cand: cand, prob: float32(math.Exp(lp)), prev: h, sum: before + lp}
	}
	return out
}

// bag collects hashed features.
type bag struct{ ids []uint32 }

func (b *bag) reset() { b.ids = b.ids[:0] }

// add adds one feature: a template's number and its values.
func (b *bag) add(template uint32, values ...uint32) {
	h := mix(0x9e3779b9, template)
	for _, v := range values {
		h = mix(h, v)
	}
	b.ids = append(b.ids, h&(Buckets-1))
}

// mix is one round of MurmurHash3's 32-bit body and its finish.
func mix(h, v uint32) uint32 {
	v *= 0xcc9e2d51
	v = v<<15 | v>>17
	h ^= v * 0x1b873593
	h = h<<13 | h>>19
	h = h*5 + 0xe6546b64
	h ^= h >> 16
	h *= 0x85ebca6b
	return h ^ h>>13
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}
