package link

import "slices"

// sourceChoices chooses for each group of contents its source.
type sourceChoices struct {
	*layout
	groups []group
}

func (l sourceChoices) size() int { return len(l.groups) }

// anchor is where a group's source is looked for: round its cue, else round
// its first content.
func (g *group) anchor() int {
	if g.cue >= 0 {
		return g.cue
	}
	return g.contents[0]
}

func (l sourceChoices) candidates(i int, h *history) ([]int, int) {
	cands := slices.Clone(near(l.sources, l.groups[i].anchor(), sourceLeft, sourceRight))
	cands = append(cands, nothing)
	fixed := len(cands)
	if h != nil && h.cand >= 0 && !slices.Contains(cands, h.cand) {
		cands = append(cands, h.cand)
	}
	return cands, fixed
}

func (l sourceChoices) still(b *bag, i, cand int) {
	g := &l.groups[i]
	if cand < 0 {
		l.noSource(b, g)
		return
	}
	at := g.anchor()
	f, q := &l.facts[cand], &l.facts[at]
	side, p := l.path(at, cand)
	near, cued := few(p.between[Source], 2), yes(g.cue >= 0)
	order := l.order(g, cand)
	side += 2 * cued
	b.add(101, side, near)
	b.add(102, side, p.coarse)
	b.add(103, side, p.fine)
	b.add(104, side, p.types, p.sum)
	b.add(105, side, near, q.head)
	b.add(106, side, near, q.act, order)
	b.add(107, side, near, f.begins, f.size)
	b.add(108, side, p.coarse, f.begins)
	b.add(109, side, p.coarse, order)
	b.add(110, side, near, few(p.sents, 3), few(p.pars, 3))
	b.add(111, side, near, few(p.words, 10))
	b.add(112, side, few(p.between[Content], 3), few(p.between[Cue], 3), near)
	b.add(113, side, q.head, p.coarse)
	b.add(114, side, p.coarse, l.beyond(cand, -1, 2))
	b.add(115, side, p.coarse, l.beyond(cand, 1, 2))
	b.add(116, side, p.coarse, l.beyond(at, 1, 2), l.beyond(at, -1, 2))
	b.add(117, side, near, f.first, yes(p.verb))
	b.add(118, side, near, q.first, q.last)
	b.add(119, side, order, p.types)
	b.add(120, side, near, yes(f.mark >= 0 && f.mark == q.mark), yes(f.mark >= 0), yes(q.mark >= 0))
	b.add(121, side, near, f.follows, order)
	b.add(122, side, q.last, p.coarse)
	b.add(123, side, p.fine, q.first)
	b.add(126, side, p.coarse, q.form, q.prev)
	b.add(127, side, near, q.form, order)
	b.add(128, side, near, q.prev, order)
	b.add(129, side, p.coarse, q.form)
	b.add(130, side, p.types, q.form, q.prev)
	if p.steps == 1 {
		g := &l.before[max(at, cand)]
		b.add(124, side, g.first, few(g.words, 3))
		b.add(125, side, yes(g.verb), few(g.words, 6))
	}
}

// order is the order of source, cue, first and last content.
func (l sourceChoices) order(g *group, s int) uint32 {
	first, last := g.contents[0], g.contents[len(g.contents)-1]
	o := yes(s < first) + 2*yes(s < last) + 4*yes(len(g.contents) > 1)
	if g.cue >= 0 {
		o += 8*yes(g.cue < first) + 16*yes(g.cue < last) + 32*yes(s < g.cue)
	}
	return o
}

// noSource adds what speaks for a group without a source.
func (l sourceChoices) noSource(b *bag, g *group) {
	at := g.anchor()
	q := &l.facts[at]
	cued := yes(g.cue >= 0)
	left, right := l.reach(l.sources, at)
	b.add(150, cued)
	b.add(151, cued, left)
	b.add(152, cued, right)
	b.add(153, cued, left, right)
	b.add(154, q.head)
	b.add(155, q.first, q.size)
	b.add(156, q.act, yes(g.contents[0] < at), left)
	b.add(157, cued, l.beyond(at, -1, 2))
	b.add(158, cued, l.beyond(at, 1, 2))
	b.add(159, q.first, q.last)
	if at > 0 {
		b.add(160, cued, l.before[at].class, l.before[at].first)
	}
	b.add(161, cued, q.prev)
	b.add(162, q.prev, q.head)
	b.add(163, q.form, q.prev, left)
	b.add(164, q.form, left, right)
	b.add(165, q.form, q.prev, right)
}

// moving tells of the attributions before: whether they took the source, how
// many sources in between nobody would have.
func (l sourceChoices) moving(b *bag, i, cand int, h *history) {
	if h == nil {
		b.add(170, yes(cand >= 0))
		return
	}
	at, before := l.groups[i].anchor(), l.groups[i-1].anchor()
	p := l.between(min(before, at), max(before, at))
	a := &l.facts[at]
	was := uint32(2) // where the attribution before has its source
	if h.cand >= 0 {
		was = yes(h.cand > before)
	}
	if cand < 0 {
		b.add(171, yes(h.cand >= 0), p.coarse)
		b.add(172, l.free(h, at))
		b.add(173, was, p.coarse, a.form)
		b.add(174, was, p.types, a.prev, a.form)
		return
	}
	_, q := l.path(at, cand)
	side, taken := yes(cand > at), l.taken(cand, h)
	b.add(175, side, taken)
	b.add(176, side, taken, q.coarse)
	b.add(177, side, taken, was, q.coarse)
	b.add(178, side, taken, was, p.types)
	if taken == 0 {
		b.add(179, side, l.free(h, at), q.types)
		return
	}
	s, same := &l.facts[cand], yes(h.cand == cand)
	b.add(180, side, taken, same, p.coarse)
	b.add(181, side, taken, same, a.form, a.prev, q.types)
	b.add(182, side, taken, same, a.form, q.sum)
	b.add(183, side, taken, same, a.prev, few(q.sents, 1))
	b.add(184, side, taken, was, a.form, p.types)
	b.add(185, side, taken, q.types, q.sum)
	b.add(186, side, taken, s.begins, q.sum)
	b.add(187, side, taken, s.begins, q.types)
	b.add(188, side, taken, a.head)
	b.add(189, side, taken, a.first)
	b.add(190, side, taken, l.before[at].fine)
	b.add(191, side, taken, l.before[at].fine, q.types)
	b.add(192, side, taken, l.order(&l.groups[i], cand), l.order(&l.groups[i-1], cand))
}

// taken counts, up to 3, the attributions before that have source s.
func (l sourceChoices) taken(s int, h *history) uint32 {
	var count uint32
	for n := 0; h != nil && n < remembered; n, h = n+1, h.prev {
		if h.cand == s {
			count++
		}
	}
	return min(count, 3)
}

// free counts, up to 2 on each side, the sources near place at that no
// attribution before has taken.
func (l sourceChoices) free(h *history, at int) uint32 {
	var left, right uint32
	for _, s := range near(l.sources, at, 2, 2) {
		if l.taken(s, h) > 0 {
			continue
		}
		if s < at {
			left++
		} else {
			right++
		}
	}
	return left*4 + right
}
