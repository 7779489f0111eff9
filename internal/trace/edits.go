package trace

import "onrecord/internal/record"

// harm says what a difference does to somebody's words.
type harm int

const (
	harmless harm = iota // an editor's brackets
	cutting              // words left off at an end, or inside with the omission marked
	altering             // words changed, added or left out without a mark
)

// diff is one edit with the tokens it is made of.
type diff struct {
	record.Edit
	harm           harm
	a0, a1, b0, b1 int
}

// comparison is one text laid over a fuller one.
type comparison struct {
	here, full *Text
	from       *record.Entry // whose report may say round the words what they lack; nil: nobody's
	near       *around       // found when first needed
	segs       []segment
	diffs      []diff
}

// compare lays here over full and names the differences.
func compare(here, full *Text, same func(a, b *token) bool) comparison {
	c := comparison{here: here, full: full, segs: align(here, full, same)}
	for k, s := range c.segs {
		if !s.same {
			c.differ(s, k == 0, k == len(c.segs)-1)
		}
	}
	c.moves()
	return c
}

// differ names the difference of one segment: at an end, what the printing
// lacks is a cut; inside, an omission.
func (c *comparison) differ(s segment, front, end bool) {
	na, nb := s.a1-s.a0, s.b1-s.b0
	whole := front && end
	switch {
	case na == 0 && front:
		c.add(record.CutFront, s)
	case na == 0 && end:
		c.add(record.CutEnd, s)
	case na == 0:
		c.add(record.Omit, s)
	case nb == 0:
		c.add(record.Insert, s)
	case whole || !front && !end:
		c.add(record.Replace, s)
	case front:
		c.edge(segment{false, s.a0, s.a1, s.b0, s.b1 - min(na, nb)}, segment{false, s.a0, s.a1, s.b1 - min(na, nb), s.b1}, record.CutFront)
	default:
		c.edge(segment{false, s.a0, s.a1, s.b0 + min(na, nb), s.b1}, segment{false, s.a0, s.a1, s.b0, s.b0 + min(na, nb)}, record.CutEnd)
	}
}

// edge names a difference at an end where both sides have words: one or two
// words at the border are changed (a pronoun, a tense), or more of which most
// are the same in another order or round a bracket; the rest is cut. Any
// other longer stretch stands where other words stood.
func (c *comparison) edge(rest, border segment, cut record.Op) {
	const longest = 3 // words that a writer changes to fit a border
	if border.a1-border.a0 > longest && !sharedEdge(c.here.toks[border.a0:border.a1], c.full.toks[border.b0:border.b1]) {
		rest.b0, rest.b1 = min(rest.b0, border.b0), max(rest.b1, border.b1)
		ins := segment{false, border.a0, border.a1, rest.b1, rest.b1}
		if cut == record.CutEnd {
			ins.b0, ins.b1 = rest.b0, rest.b0
		}
		rest.a0, rest.a1 = border.a0, border.a0
		if cut == record.CutEnd {
			c.add(record.Insert, ins)
			rest.a0, rest.a1 = border.a1, border.a1
			c.add(cut, rest)
			return
		}
		c.add(cut, rest)
		c.add(record.Insert, ins)
		return
	}
	if cut == record.CutFront {
		rest.a0, rest.a1 = border.a0, border.a0
		c.addSome(cut, rest)
		c.add(record.Replace, border)
		return
	}
	rest.a0, rest.a1 = border.a1, border.a1
	c.add(record.Replace, border)
	c.addSome(cut, rest)
}

// sharedEdge tells whether most of the words, an editor's left out, stand in the
// others too. Only short stretches are looked at: at a border one writer
// changes little.
func sharedEdge(a, b []token) bool {
	const longest = 12
	if len(a) > longest || len(b) > longest {
		return false
	}
	own, both := 0, 0
	for i := range a {
		if a[i].is(edited) {
			continue
		}
		own++
		if count(b, a[i].id) > 0 {
			both++
		}
	}
	return 2*both > own
}

func count(toks []token, id uint64) int {
	n := 0
	for i := range toks {
		if toks[i].id == id {
			n++
		}
	}
	return n
}

func (c *comparison) addSome(op record.Op, s segment) {
	if s.b1 > s.b0 {
		c.add(op, s)
	}
}

func (c *comparison) add(op record.Op, s segment) {
	d := diff{a0: s.a0, a1: s.a1, b0: s.b0, b1: s.b1}
	a, b := c.here.toks[s.a0:s.a1], c.full.toks[s.b0:s.b1]
	d.Op = op
	d.FullAt, d.HereAt = place(c.full, s.b0, s.b1), place(c.here, s.a0, s.a1)
	d.Full, d.Here = d.FullAt.Of(c.full.Words), d.HereAt.Of(c.here.Words)
	d.Marked, d.harm = c.judge(op, a, b, s)
	c.diffs = append(c.diffs, d)
}

// judge tells whether the printer showed the edit, and what it does.
func (c *comparison) judge(op record.Op, a, b []token, s segment) (marked bool, h harm) {
	gap := c.gapAt(s)
	switch op {
	case record.CutFront, record.CutEnd:
		if c.editorsOwn(s) {
			return true, harmless
		}
		if op == record.CutEnd && s.b0 > 0 && b[0].norm() == "not" && b[0].span().Start == c.full.toks[s.b0-1].span().End {
			return false, altering // "they don't" printed as "they do": no cut goes through a word
		}
		return gap, cutting
	case record.Omit:
		switch {
		case c.editorsOwn(s): // the fuller printing's editor put them there
			return true, harmless
		case gap:
			return true, cutting
		}
	case record.Insert:
		// Words where the fuller printing itself leaves something out are no addition.
		if allEdited(a, edited) || s.b0 < len(c.full.toks) && c.full.toks[s.b0].is(gapBefore) {
			return true, harmless
		}
	case record.Replace:
		if allEdited(a, edited|partly) && allEdited(b, edited|partly) && numbers(a) == numbers(b) {
			return true, harmless // two editors' words; a figure in brackets may be the speaker's
		}
		if allEdited(a, edited|partly) != allEdited(b, edited|partly) {
			if gap && len(b) > len(a)+2 {
				return true, cutting
			}
			return true, harmless
		}
	}
	return false, altering
}

// editorsOwn tells whether what the full wording has there is a whole bracket
// of its editor's, and not a part of one.
func (c *comparison) editorsOwn(s segment) bool {
	toks := c.full.toks
	if !allEdited(toks[s.b0:s.b1], edited) {
		return false
	}
	return (s.b0 == 0 || !toks[s.b0-1].is(edited)) && (s.b1 == len(toks) || !toks[s.b1].is(edited))
}

// gapAt tells whether the words here show an omission at the segment: "…"
// before, in or right behind it, or the quotation is interrupted there.
func (c *comparison) gapAt(s segment) bool {
	toks := c.here.toks
	for i := s.a0; i < s.a1; i++ {
		if toks[i].is(gapBefore) {
			return true
		}
	}
	if s.a1 < len(toks) {
		return toks[s.a1].is(gapBefore)
	}
	return c.here.gapEnd
}

func allEdited(toks []token, how mark) bool {
	for i := range toks {
		if toks[i].mark&how == 0 {
			return false
		}
	}
	return len(toks) > 0
}

// place is the bytes of tokens [i, j); for none, the empty place before i.
func place(t *Text, i, j int) record.Span {
	switch {
	case i < j:
		return record.Span{Start: t.toks[i].span().Start, End: t.toks[j-1].span().End}
	case i < len(t.toks):
		return record.Span{Start: t.toks[i].span().Start, End: t.toks[i].span().Start}
	case i > 0:
		return record.Span{Start: t.toks[i-1].span().End, End: t.toks[i-1].span().End}
	}
	return record.Span{}
}

// moves turns an omission and an insertion of the same words into one move.
func (c *comparison) moves() {
	for i := 0; i < len(c.diffs); i++ {
		if o := &c.diffs[i]; (o.Op == record.Omit || o.Op == record.CutFront || o.Op == record.CutEnd) && !o.Marked {
			for k := range c.diffs {
				ins := &c.diffs[k]
				if ins.Op != record.Insert || ins.Marked || !c.sameTokens(ins.a0, ins.a1, o.b0, o.b1, beside(o, ins)) {
					continue
				}
				o.Op, o.harm = record.Move, altering
				o.a0, o.a1, o.Here, o.HereAt = ins.a0, ins.a1, ins.Here, ins.HereAt
				c.diffs = append(c.diffs[:k], c.diffs[k+1:]...)
				if k < i {
					i--
				}
				break
			}
		}
	}
}

// beside tells whether words were moved over a few others only: then a single
// function word is moved too, and not left out here and added there. Articles
// and prepositions stand everywhere.
func beside(o, ins *diff) bool {
	const over = 4 // words
	return o.Op == record.Omit && max(ins.b0-o.b1, o.b0-ins.b1) <= over
}

// sameTokens tells whether two stretches are the same words, enough of them
// to be more than chance: two words, or one of content, or close by one that
// is not among the commonest.
func (c *comparison) sameTokens(a0, a1, b0, b1 int, close bool) bool {
	const common = 6 // bits: the, to, of, and, a, in
	a, b := c.here.toks[a0:a1], c.full.toks[b0:b1]
	if len(a) != len(b) || len(a) == 1 && !a[0].isContent() && !(close && a[0].bits() > common) {
		return false
	}
	for i := range a {
		if a[i].id != b[i].id {
			return false
		}
	}
	return true
}

// worst is the gravest harm of the differences.
func (c *comparison) worst() harm {
	w := harmless
	for i := range c.diffs {
		w = max(w, c.diffs[i].harm)
	}
	return w
}

func (c *comparison) edits() []record.Edit {
	if len(c.diffs) == 0 {
		return nil
	}
	out := make([]record.Edit, len(c.diffs))
	for i := range c.diffs {
		out[i] = c.diffs[i].Edit
		out[i].Type = c.changeOf(&c.diffs[i])
	}
	return out
}
