package link

import "slices"

// How many cues on each side of a content, and sources on each side of a cue,
// are candidates. In the training articles all but 8 of 23,288 contents have
// their cue within two, and all but 3 of 18,360 cues their source.
const (
	cuesLeft, cuesRight     = 3, 3
	sourceLeft, sourceRight = 3, 2
)

// remembered is how many earlier choices a choice looks back on.
const remembered = 8

// cueChoices chooses for each content its cue.
type cueChoices struct{ *layout }

func (l cueChoices) size() int { return len(l.contents) }

func (l cueChoices) candidates(i int, h *history) ([]int, int) {
	cands := slices.Clone(near(l.cues, l.contents[i], cuesLeft, cuesRight))
	cands = append(cands, nothing)
	fixed := len(cands)
	if h != nil && h.cand < 0 {
		cands = append(cands, joined)
	} else if h != nil && !slices.Contains(cands, h.cand) {
		cands = append(cands, h.cand)
	}
	return cands, fixed
}

func (l cueChoices) still(b *bag, i, cand int) {
	c := l.contents[i]
	switch cand {
	case nothing:
		l.noCue(b, c)
	case joined:
		l.join(b, l.contents[i-1], c)
	default:
		l.cue(b, c, cand)
	}
}

// cue adds what speaks for and against cue k for content c. The first number
// of a feature names its template; the two chains share the buckets, so no two
// templates share a number.
func (l cueChoices) cue(b *bag, c, k int) {
	f, q := &l.facts[c], &l.facts[k]
	side, p := l.path(c, k)
	far := l.beyond(k, 1, 2+int(side)) // who else might want a cue after the content
	near := few(p.between[Cue], 2)
	b.add(1, side, near)
	b.add(2, side, p.coarse)
	b.add(3, side, p.fine)
	b.add(4, side, p.types, p.sum)
	b.add(5, side, near, q.head)
	b.add(6, side, near, q.act, f.begins)
	b.add(7, side, near, f.begins, f.ends)
	b.add(8, side, p.coarse, f.begins, f.ends)
	b.add(9, side, p.coarse, far)
	b.add(10, side, p.types, p.sum, f.ends, far)
	b.add(11, side, few(p.sents, 3), few(p.pars, 3), near)
	b.add(12, side, few(p.words/2, 10), near)
	b.add(13, side, few(p.between[Content], 3), few(p.between[Source], 3), near)
	b.add(14, side, yes(f.mark >= 0), yes(f.mark >= 0 && f.mark == q.mark), yes(q.mark >= 0), near)
	b.add(15, side, q.head, p.coarse)
	b.add(16, side, q.last, f.begins, near)
	b.add(17, side, q.head, f.first)
	b.add(18, side, q.follows, near, f.begins)
	b.add(19, side, yes(p.verb), near, few(p.words, 6))
	b.add(20, side, p.coarse, l.beyond(c, -1, 2), l.beyond(c, 1, 2))
	b.add(21, side, p.coarse, l.beyond(min(c, k), -1, 2), l.beyond(max(c, k), 1, 2))
	b.add(22, side, f.ends, f.follows, near)
	b.add(23, side, q.first, q.size, near)
	b.add(24, side, p.coarse, f.size)
	b.add(25, side, f.follows, f.ends, far, p.types)
	b.add(26, side, near, q.form, q.prev)
	b.add(27, side, p.coarse, q.form, f.begins)
	b.add(28, side, near, f.prev, f.begins)
}

// path is what lies between content or cue at and the other place; side is 1
// where the other stands after it.
func (l *layout) path(at, other int) (side uint32, p path) {
	if other > at {
		return 1, l.between(at, other)
	}
	return 0, l.between(other, at)
}

// noCue adds what speaks for a content without a cue.
func (l cueChoices) noCue(b *bag, c int) {
	f := &l.facts[c]
	left, right := l.reach(l.cues, c)
	b.add(30)
	b.add(31, f.begins, f.ends)
	b.add(32, left)
	b.add(33, right)
	b.add(34, left, right)
	b.add(35, l.beyond(c, -1, 2), l.beyond(c, 1, 2))
	b.add(36, uint32(l.doc.Paragraphs[f.par].Kind), f.begins)
	b.add(37, f.size, yes(f.mark >= 0))
	b.add(38, l.beyond(c, -1, 1), f.begins)
	b.add(39, l.beyond(c, 1, 1), f.ends)
}

// reach is the shape of the paths to the nearest of list on both sides.
func (l *layout) reach(list []int, at int) (left, right uint32) {
	around := near(list, at, 1, 1)
	left, right = 1, 1
	for _, o := range around {
		_, p := l.path(at, o)
		if o < at {
			left = mix(2, p.coarse)
		} else if o > at {
			right = mix(3, p.coarse)
		}
	}
	return left, right
}

// join adds what speaks for content c going on with content o, which has no
// cue.
func (l cueChoices) join(b *bag, o, c int) {
	f, e := &l.facts[c], &l.facts[o]
	p := l.between(o, c)
	b.add(40)
	b.add(41, p.coarse)
	b.add(42, p.types, p.sum)
	b.add(43, f.begins, e.begins, e.ends)
	b.add(44, f.begins, e.ends, p.coarse)
	b.add(45, few(p.sents, 2), few(p.pars, 2), f.begins)
	b.add(46, few(p.words, 8))
}

// moving tells of the choices before: how often the cue is taken, whether the
// content before took it, how many cues in between nobody would have.
func (l cueChoices) moving(b *bag, i, cand int, h *history) {
	c := l.contents[i]
	if h == nil {
		b.add(60, yes(cand >= 0))
		return
	}
	before := l.contents[i-1]
	p := l.between(before, c)
	if cand >= 0 {
		left, right := l.takers(i, cand, h)
		t := turn{h, before, c, yes(cand > c), left*4 + right}
		if h.cand == cand {
			l.goesOn(b, cand, p, t)
		} else {
			l.changes(b, cand, p, t)
		}
		return
	}
	kind, was := uint32(-cand), l.standing(before, h.cand)
	b.add(61, kind, was)
	b.add(62, kind, was, p.coarse)
	b.add(63, kind, was, l.facts[c].begins, l.facts[before].ends)
	b.add(64, kind, l.orphans(h, c))
}

// turn is one content c after another, before, and a cue on one side of c that
// so many contents have taken.
type turn struct {
	h           *history
	before, c   int
	side, taken uint32
}

// goesOn adds the features of content c having the cue of the content before;
// p lies between the two.
func (l cueChoices) goesOn(b *bag, cue int, p path, t turn) {
	f, e := &l.facts[t.c], &l.facts[t.before]
	b.add(66, t.side, t.taken)
	b.add(67, t.side, t.taken, p.coarse)
	b.add(68, t.side, t.taken, p.fine)
	b.add(69, t.side, t.taken, f.begins, e.ends)
	b.add(70, t.side, t.taken, yes(f.mark >= 0), yes(e.mark >= 0), few(p.sents, 2))
	b.add(71, t.side, t.taken, f.begins, p.coarse, e.begins)
	b.add(72, t.side, t.taken, f.begins, l.beyond(t.c, 1, 2))
	b.add(73, t.side, t.taken, l.facts[cue].head)
	b.add(74, t.side, t.taken, p.coarse, l.beyond(t.c, 1, 3))
	b.add(75, t.side, few(p.sents, 2), few(p.pars, 2), f.begins)
}

// changes adds the features of content c having another cue than the content
// before; p lies between the two contents.
func (l cueChoices) changes(b *bag, cue int, p path, t turn) {
	f := &l.facts[t.c]
	was := l.standing(t.before, t.h.cand)
	_, q := l.path(t.c, cue)
	b.add(80, t.side, t.taken)
	b.add(81, t.side, t.taken, l.orphans(t.h, cue), was)
	b.add(82, t.side, t.taken, was, p.coarse)
	b.add(83, t.side, t.taken, l.orphans(t.h, cue), q.coarse)
	b.add(84, t.side, t.taken, f.begins, q.types, q.sum)
	b.add(85, t.side, t.taken, l.beyond(cue, 1, 2), q.types)
	if t.taken > 0 { // back to an earlier cue, across another attribution
		b.add(86, t.side, t.taken, f.first)
		b.add(87, t.side, t.taken, f.begins, yes(p.sents > 0), was)
		b.add(88, t.side, t.taken, f.begins, q.types)
		b.add(89, t.side, t.taken, f.prev, q.types)
	}
}

// standing is where the cue of a content stands.
func (l cueChoices) standing(content, cue int) uint32 {
	switch {
	case cue == joined:
		return 0
	case cue < 0:
		return 1
	case cue < content:
		return 2
	}
	return 3
}

// takers counts, up to 2 each, the contents on the left and on the right of
// cue k that have taken it.
func (l cueChoices) takers(i, k int, h *history) (left, right uint32) {
	for n := 1; h != nil && n <= remembered; n, h = n+1, h.prev {
		if h.cand != k {
			continue
		}
		if l.contents[i-n] < k {
			left = min(left+1, 2)
		} else {
			right = min(right+1, 2)
		}
	}
	return left, right
}

// orphans counts, up to 3, the cues after the last one taken and before place
// to; 4 where place to stands before the last one taken.
func (l cueChoices) orphans(h *history, to int) uint32 {
	for n := 0; h != nil && n < remembered; n, h = n+1, h.prev {
		if h.cand < 0 {
			continue
		}
		if to < h.cand {
			return 4
		}
		return few(l.count[to][Cue]-l.count[h.cand][Cue]-1, 3)
	}
	return 5
}
