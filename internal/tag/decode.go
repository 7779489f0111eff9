package tag

import "math"

// Bias is how probable a span has to be before claiming it raises the
// expected F1: about half the F1 reached (Lipton, Elkan and Naryanaswamy 2014,
// "Optimal thresholding of classifiers to maximize F1 measure"). Chosen per
// type on held-out training reports.
type Bias [Types]float32

// Bounds on the candidates of one paragraph, so that time stays linear in its
// length: a span starts and ends where that has at least this probability, and
// at most so many ends are tried for one start.
const (
	leastEdge = 0.02
	mostEnds  = 48
)

// Decode chooses the spans that do not overlap and whose probabilities, each
// less its type's bias, add up to the most: the whole spans are weighed, not
// one token's label after another.
func (l *Lattice) Decode(bias Bias) []Span {
	var best chooser
	best.init(l.n)
	ends := l.endings()
	for first := range l.n {
		best.pass(first)
		for t := range Types {
			l.spansFrom(first, Type(t), ends, func(s Span) {
				best.offer(s, s.Score-bias[t])
			})
		}
	}
	return best.spans()
}

// endings lists for each type the tokens at which a span of two tokens or
// more may end.
func (l *Lattice) endings() [Types][]int {
	var out [Types][]int
	for t := range Types {
		for i := range l.n {
			if l.Marginal(i, label(Type(t), ends)) >= leastEdge {
				out[t] = append(out[t], i)
			}
		}
	}
	return out
}

// spansFrom offers every probable span of type t that begins at token first.
func (l *Lattice) spansFrom(first int, t Type, endings [Types][]int, offer func(Span)) {
	if p := l.Marginal(first, label(t, whole)); p >= leastEdge {
		offer(Span{t, first, first + 1, float32(p)})
	}
	b, in, e := label(t, begins), label(t, inside), label(t, ends)
	if l.Marginal(first, b) < leastEdge {
		return
	}
	list := endings[t]
	for k, tried := after(list, first), 0; k < len(list) && tried < mostEnds; k, tried = k+1, tried+1 {
		last := list[k]
		p := l.alpha[first*Labels+b] * l.emit[last*Labels+e] * l.scale[last] * l.beta[last*Labels+e]
		if last == first+1 {
			p *= l.step[b*Labels+e]
		} else {
			// inner counts one step too many: the first one comes from the beginning.
			stay := l.inner[t][last] - l.inner[t][first+1] - math.Log(l.step[in*Labels+in])
			p *= l.step[b*Labels+in] * l.step[in*Labels+e] * math.Exp(stay)
		}
		if p >= leastEdge {
			offer(Span{t, first, last + 1, float32(min(p, 1))})
		}
	}
}

// after is the index of the first element of a sorted list above x.
func after(list []int, x int) int {
	lo, hi := 0, len(list)
	for lo < hi {
		if mid := (lo + hi) / 2; list[mid] <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// chooser finds the best set of spans that do not overlap, from left to right.
type chooser struct {
	gain []float32 // best sum over the tokens before i
	last []Span    // the span that ends there, when one does (End > First)
}

func (c *chooser) init(n int) {
	c.gain = make([]float32, n+1)
	c.last = make([]Span, n+1)
}

// pass settles token first: whatever was best before it stays so after it.
func (c *chooser) pass(first int) {
	if first > 0 && c.gain[first-1] >= c.gain[first] {
		c.gain[first], c.last[first] = c.gain[first-1], Span{}
	}
}

func (c *chooser) offer(s Span, gain float32) {
	if g := c.gain[s.First] + gain; gain > 0 && g > c.gain[s.End] {
		c.gain[s.End], c.last[s.End] = g, s
	}
}

func (c *chooser) spans() []Span {
	c.pass(len(c.gain) - 1)
	var out []Span
	for at := len(c.gain) - 1; at > 0; {
		s := c.last[at]
		if s.End == 0 {
			at--
			continue
		}
		out = append(out, s)
		at = s.First
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
