package trace

import "slices"

// choice is the choosing of one parent among candidates. What it comes to
// depends on the set of candidates and not on their order.
type choice struct {
	child   *item
	best    option
	rule    string
	undated option // the best of the undated ones
	rule2   string
	repeats bool // the child says again what it is known to have said before
}

// consider takes in what is decided about the child and a candidate.
func (c *choice) consider(d decision, parent *item) {
	if !d.linked {
		return
	}
	o := option{d.bits, parent}
	if parent.Published.Known() || !c.child.Published.Known() {
		if c.best.parent == nil || better(c.child, o, c.best) {
			c.best, c.rule = o, d.rule
		}
		return
	}
	if c.undated.parent == nil || better(c.child, o, c.undated) {
		c.undated, c.rule2 = o, d.rule
	}
}

// parent is the best parent. A report without a date cannot say which of two
// occasions it prints: it goes with the first, so the second does not hang on
// it.
func (c *choice) parent() (option, string) {
	if c.undated.parent != nil && !c.repeats && (c.best.parent == nil || better(c.child, c.undated, c.best)) {
		return c.undated, c.rule2
	}
	return c.best, c.rule
}

// sort brings the likeliest parents to the front, so that the others need no
// second look. The outcome does not depend on it.
func (p *placing) sort(found []*item) {
	slices.SortFunc(found, func(a, b *item) int {
		if same := a.whole == p.x.whole; same != (b.whole == p.x.whole) {
			if same {
				return -1
			}
			return 1
		}
		if higher(a, b) {
			return -1
		}
		return 1
	})
}

// settle is both for the entry and a candidate, unless what can be seen
// without an alignment tells that it cannot change anything: lost.
func (p *placing) settle(c *item, own *choice) (child, parent *item, d decision, lost bool, err error) {
	x := p.x
	if c.whole == x.whole || !c.quoted() || !x.quoted() || keptApart(x, c) {
		child, parent, d = both(x, c)
		return child, parent, d, false, nil
	}
	child, parent = x, c
	if higher(x, c) {
		child, parent = c, x
	}
	f := foresee(child, parent)
	if !f.possible {
		return child, parent, d, p.fresh, nil
	}
	if p.fresh && !f.far {
		rival, err := p.rival(child, c, own)
		if err != nil || rival.parent != nil && beaten(child, option{f.bits, parent}, rival) {
			return child, parent, d, true, err
		}
	}
	return child, parent, lay(child, parent), false, nil
}

// beaten tells whether a parent of at most these bits is surely worse than the
// rival. Bits that agree but for rounding are the same.
func beaten(child *item, atMost, rival option) bool {
	rounding := 1e-4 + 1e-6*rival.bits
	return rival.parent.whole == child.whole || atMost.bits < rival.bits-rounding ||
		atMost.bits <= rival.bits+rounding && !higher(atMost.parent, rival.parent)
}

// rival is what the child hangs on so far, where it is known at little cost.
func (p *placing) rival(child, c *item, own *choice) (option, error) {
	dated, alike := c.Published.Known() || !p.x.Published.Known(), p.x.Published.Known() || !c.Published.Known()
	_, cheap := p.ix.(*Memory)
	switch {
	case child == p.x && dated:
		return own.best, nil
	case child == p.x:
		return own.undated, nil
	case !alike || !cheap:
		return option{}, nil
	}
	l, ok, err := p.link(c)
	if err != nil || !ok {
		return option{}, err
	}
	parents, err := p.load([]int64{l.Parent})
	if err != nil || len(parents) == 0 {
		return option{}, err
	}
	return option{l.Bits, parents[0]}, nil
}

// option is a possible parent and the evidence for it.
type option struct {
	bits   float64
	parent *item
}

// better orders two possible parents: the very same words first, so that only
// the earliest printer of a fragment chooses where all its reprints belong;
// then more evidence, then the higher one.
func better(child *item, x, y option) bool {
	if a, b := x.parent.whole == child.whole, y.parent.whole == child.whole; a != b {
		return a
	}
	if x.bits != y.bits && x.parent.whole != child.whole {
		return x.bits > y.bits
	}
	return higher(x.parent, y.parent)
}
