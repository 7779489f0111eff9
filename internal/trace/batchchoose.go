package trace

import (
	"cmp"
	"slices"
	"sync"

	"onrecord/internal/record"
)

// choose is the third stage: every entry chooses its parent. Wordings are
// taken in the order in which their first entries stand, since reports of one
// day have the most in common and their texts need folding only once.
func (b *batch) choose() {
	lead := make([]uint32, len(b.entries)) // by entry: 1 + the wording that it leads
	for w := range b.wordings {
		lead[slices.Min(b.members(uint32(w)))] = uint32(w) + 1
	}
	choosers := sync.Pool{New: func() any { return newChooser(b) }}
	b.parallel(len(lead), func(lo, hi int) {
		c := choosers.Get().(*chooser)
		for _, w := range lead[lo:hi] {
			if w > 0 {
				c.wording(w - 1)
			}
		}
		choosers.Put(c)
	})
}

// chooser is the working memory of one worker.
type chooser struct {
	*batch
	items []batchItem // folded texts of late, by the place of the entry
	sums  []uint32    // by wording: what it shares, in parts of a bit
	met   []uint32    // wordings with a sum
	found []rival
	stems map[uint32]int64
	names map[string]*nameFacts
}

type batchItem struct {
	x     *item
	entry uint32
}

// choosing is one entry's choice under way.
type choosing struct {
	choice
	print printing
}

// rival is a wording that shares enough.
type rival struct{ shares, wording uint32 }

func newChooser(b *batch) *chooser {
	return &chooser{batch: b, items: make([]batchItem, 1<<14), sums: make([]uint32, len(b.wordings)), stems: map[uint32]int64{}, names: map[string]*nameFacts{}}
}

// item is the entry with its text, folded anew where it was not met of late.
func (c *chooser) item(entry uint32) *item {
	at := &c.items[entry%uint32(len(c.items))]
	if at.x == nil || at.entry != entry {
		x := newItem(&c.entries[entry])
		x.names = c.names
		*at = batchItem{x, entry}
	}
	return at.x
}

// wording lets the entries of one wording choose.
func (c *chooser) wording(w uint32) {
	c.found = c.found[:0]
	looked := false
	for k, i := range c.members(w) {
		ch := choosing{choice{child: c.item(i)}, printingOf(&c.entries[i])}
		// The very same words come before all others, the higher before the
		// lower: once one is found, nothing else can take its place.
		for _, o := range c.members(w)[:k] {
			if ch.consider(relate(ch.child, c.item(o)), c.item(o)); ch.best.parent != nil {
				break
			}
		}
		if ch.best.parent == nil || c.wordings[w].reported {
			if !looked {
				c.look(w, c.wordings[w].peer)
				looked = true
			}
			for _, r := range c.found {
				c.meet(&ch, r.wording)
			}
			c.meetStems(&ch, i)
			c.besides(i, func(o uint32) {
				if y := c.item(o); higher(y, ch.child) {
					ch.consider(relate(ch.child, y), y)
				}
			})
		}
		if ch.undated.parent != nil {
			ch.repeats = c.repeats(w, i, ch.child)
		}
		c.hang(&ch, i)
	}
}

// look finds the wordings before end that share enough with w, those that
// share most first.
func (c *chooser) look(w, end uint32) {
	for _, p := range c.lists.probes[c.lists.starts[w]:c.lists.starts[w+1]] {
		begin := p >> rowBits
		if begin == 0 {
			continue
		}
		weight := uint32(p & rowMask)
		for _, v := range c.lists.members[begin+1 : begin+1+uint64(c.lists.members[begin])] {
			if v >= end {
				break
			}
			if c.sums[v] == 0 {
				c.met = append(c.met, v)
			}
			if c.sums[v] < 1<<30 { // more than any threshold
				c.sums[v] += weight
			}
		}
	}
	c.found = c.found[:0]
	for _, v := range c.met {
		least := uint32(leastSharedLong * weight)
		if c.wordings[w].short || c.wordings[v].short {
			least = leastShared * weight
		}
		a, o := &c.wordings[w], &c.wordings[v]
		if c.sums[v] >= least && v != w && (a.whole == o.whole || sharesEnough(int64(c.sums[v]), a.size, o.size)) {
			c.found = append(c.found, rival{c.sums[v], v})
		}
		c.sums[v] = 0
	}
	c.met = c.met[:0]
	slices.SortFunc(c.found, func(x, y rival) int {
		if d := cmp.Compare(y.shares, x.shares); d != 0 {
			return d
		}
		return cmp.Compare(x.wording, y.wording)
	})
}

// meet considers the entries of a wording that are higher than the child.
func (c *chooser) meet(ch *choosing, v uint32) {
	x := ch.child
	same := c.wordings[v].whole == x.whole
	if ch.best.parent != nil && ch.best.parent.whole == x.whole && !same {
		return
	}
	if same || !x.quoted() {
		for _, o := range c.members(v) {
			if y := c.item(o); higher(y, x) {
				ch.consider(relate(x, y), y)
			}
		}
		return
	}
	g := &c.glances[v]
	seen := viewOf(g, x)
	if seen.kept+sameDays+sameSpeaker+sameReport < bound || seen.tooFar() && ch.print.apart(g.print) {
		return
	}
	for _, o := range c.members(v) {
		bits, ok := seen.worthwhile(x.Entry, &c.entries[o])
		if best := bestLike(ch, &c.entries[o]); !ok || best.parent != nil && bits < best.bits-1 {
			continue
		}
		if y := c.item(o); higher(y, x) && c.canWin(ch, y) {
			ch.consider(relate(x, y), y)
		}
	}
}

// canWin tells whether the higher y may be linked, and better than what the
// child has. It looks at the two texts without an alignment.
func (c *chooser) canWin(ch *choosing, y *item) bool {
	if keptApart(ch.child, y) {
		return false
	}
	f := foresee(ch.child, y)
	if f.far {
		f.bits -= farApart // a torn-out piece of old words is not held against it
	}
	if !f.possible || f.bits < bound {
		return false
	}
	best := bestLike(ch, y.Entry)
	return best.parent == nil || !beaten(ch.child, option{f.bits, y}, *best)
}

// bestLike is the best so far of those with which choice.consider compares a
// parent.
func bestLike(ch *choosing, parent *record.Entry) *option {
	if parent.Published.Known() || !ch.child.Published.Known() {
		return &ch.best
	}
	return &ch.undated
}

// meetStems considers quoted words for a report that shares content words of
// their speaker. One after the other, the later one would look for the earlier
// by its own weights; so they are added up here.
func (c *chooser) meetStems(ch *choosing, entry uint32) {
	x := ch.child
	if x.quoted() {
		return
	}
	for _, p := range stemProbes(x) {
		at, _ := slices.BinarySearchFunc(c.batch.stems, p.hash, func(r stemRow, h uint64) int { return cmp.Compare(r.hash, h) })
		for ; at < len(c.batch.stems) && c.batch.stems[at].hash == p.hash; at++ {
			r := c.batch.stems[at]
			if c.entries[r.entry].Kind == record.Indirect {
				continue
			}
			if r.entry > entry {
				c.stems[r.entry] += int64(r.weight)
			} else {
				c.stems[r.entry] += p.weight()
			}
		}
	}
	for o, sum := range c.stems {
		if y := c.item(o); sum >= leastStems*weight {
			ch.consider(relate(x, y), y)
		}
	}
	clear(c.stems)
}

// repeats tells whether x says again what its speaker is known to have said
// before. It asks all that share enough, the lower ones too; only an entry that
// might hang on an undated one needs to know.
func (c *chooser) repeats(w, entry uint32, x *item) bool {
	kept := slices.Clone(c.found)
	defer func() { c.found = append(c.found[:0], kept...) }()
	c.look(w, uint32(len(c.wordings)))
	for _, r := range append(c.found, rival{wording: w}) {
		for _, o := range c.members(r.wording) {
			y := c.item(o)
			if y.Key == x.Key {
				continue
			}
			if _, _, d := both(x, y); d.repeated && later(x.Entry, y.Entry) {
				return true
			}
		}
	}
	again := false
	c.besides(entry, func(o uint32) {
		y := c.item(o)
		_, _, d := both(x, y)
		again = again || d.repeated && later(x.Entry, y.Entry)
	})
	return again
}

// hang writes the link of the entry.
func (c *chooser) hang(ch *choosing, entry uint32) {
	o, rule := ch.parent()
	if o.parent == nil {
		return
	}
	l := Link{Parent: o.parent.Key, Bits: o.bits, Rule: rule, Relation: record.Same}
	if ch.child.quoted() != o.parent.quoted() {
		l.Relation = record.Paraphrased
	}
	c.links[entry] = l
}
