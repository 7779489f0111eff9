package link

// path describes what lies between two places, as hashes.
type path struct {
	coarse, fine uint32 // types and gaps in order
	types        uint32 // types only
	sum          uint32 // the widest gap
	words, steps int
	pars, sents  int
	between      [3]int // spans of each type
	verb         bool   // a gap holds a finite verb
}

// longest is how many spans a path looks at: a longer one is just long.
const longest = 8

// between is the path from place a to place b, a < b.
func (l *layout) between(a, b int) path {
	p := path{steps: b - a}
	for t := range p.between {
		p.between[t] = l.count[b][t] - l.count[a][t]
	}
	p.between[l.spans[a].Type]--
	p.pars = l.facts[b].par - l.facts[a].par
	p.sents = l.facts[b].sent - l.facts[a].endSent
	for i := a + 1; i <= b && i <= a+longest; i++ {
		g := &l.before[i]
		p.coarse = mix(p.coarse, g.class)
		p.fine = mix(p.fine, g.fine)
		p.sum = max(p.sum, g.class)
		p.words += g.words
		p.verb = p.verb || g.verb
		if i < b {
			t := uint32(l.spans[i].Type)
			p.coarse = mix(p.coarse, 100+t)
			p.fine = mix(mix(p.fine, 100+t), l.facts[i].begins)
			p.types = mix(p.types, t+1)
		}
	}
	return p
}

// beyond describes the spans before (step -1) or after (step 1) a place, n of
// them, with their gaps.
func (l *layout) beyond(at, step, n int) uint32 {
	h := uint32(step + 7)
	for range n {
		g := at
		if step > 0 {
			g = at + 1
		}
		h = mix(h, l.before[g].class)
		at += step
		if at < 0 || at >= len(l.spans) || l.before[g].pars > 0 {
			return h
		}
		h = mix(h, uint32(l.spans[at].Type))
	}
	return h
}

// few caps a count.
func few(n, most int) uint32 { return uint32(min(max(n, 0), most)) }

func yes(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
