package trace

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// texter is an Index that keeps the folded texts of its entries, so that they
// need not be made again.
type texter interface{ item(e *record.Entry) *item }

func itemOf(ix Index, e *record.Entry) *item {
	if t, ok := ix.(texter); ok {
		return t.item(e)
	}
	return newItem(e)
}

// Place finds the utterance that the entry belongs to and posts its words.
// The entry must already be found by ix.Entries. It returns the keys of all
// quotations whose utterance may have changed, ascending: the entry itself,
// those that now hang on it, and those they hung on before. Placing an entry
// again changes nothing; an entry that has changed goes through Forget first.
func Place(ix Index, e record.Entry) (touched []int64, err error) {
	x := itemOf(ix, &e)
	if x.text.Len() == 0 {
		return nil, nil
	}
	p := &placer{ix: ix, x: x, touched: []int64{e.Key}}
	found, err := candidates(ix, x)
	if err != nil {
		return nil, err
	}
	if err := p.post(); err != nil {
		return nil, err
	}
	best := choice{child: x}
	for _, c := range found {
		if err := p.meet(c, &best); err != nil {
			return nil, err
		}
	}
	if err := p.hang(&best); err != nil {
		return nil, err
	}
	for _, c := range p.again {
		if err := p.rehang(c); err != nil {
			return nil, err
		}
	}
	slices.Sort(p.touched)
	return slices.Compact(p.touched), nil
}

// Forget takes an entry out of its utterance, because a correction takes it
// away or changes it: those that hung on it choose anew. Call it before an
// entry is taken away, so that those who said the same again are found too; a
// changed entry is placed again afterwards. The keys whose utterance may have
// changed come back, ascending.
func Forget(ix Index, key int64) (touched []int64, err error) {
	p := &placer{ix: ix, gone: key, touched: []int64{key}}
	if l, ok, err := ix.Link(key); err != nil {
		return nil, err
	} else if ok {
		p.touched = append(p.touched, l.Parent)
		if err := ix.SetLink(key, nil); err != nil {
			return nil, err
		}
	}
	children, err := ix.Children(key)
	if err != nil {
		return nil, err
	}
	found, err := addItems(ix, nil, slices.Clone(children))
	if err != nil {
		return nil, err
	}
	repeats, err := p.repeating(key)
	if err != nil {
		return nil, err
	}
	for _, c := range append(found, repeats...) {
		if err := p.rehang(c); err != nil {
			return nil, err
		}
	}
	slices.Sort(p.touched)
	return slices.Compact(p.touched), nil
}

// repeating finds the entries that say again what the entry said, since that
// bears on the parent they may choose.
func (p *placer) repeating(key int64) ([]*item, error) {
	self, err := addItems(p.ix, nil, []int64{key})
	if err != nil || len(self) == 0 {
		return nil, err
	}
	x := self[0]
	found, err := candidates(p.ix, x)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(c *item) bool {
		_, _, d := both(x, c)
		return !d.repeated
	}), nil
}

// placer is one placing at work.
type placer struct {
	ix      Index
	x       *item
	gone    int64   // an entry that is being taken out: nobody's parent; 0: none
	again   []*item // whose parent has to be chosen anew from all candidates
	touched []int64
}

// candidates finds every entry that could be a wording of x's utterance: by
// shared shingles, then by the same words, then by content for reports.
func candidates(ix Index, x *item) ([]*item, error) {
	keys, err := byWords(ix, x.text)
	if err != nil {
		return nil, err
	}
	found, err := addItems(ix, nil, keys)
	if err != nil {
		return nil, err
	}
	more, err := byStems(ix, x, !x.quoted())
	if err != nil {
		return nil, err
	}
	if found, err = addItems(ix, found, more); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(c *item) bool { return c.Key == x.Key }), nil
}

// Sharing less than this many bits of shingles cannot lead to a link; both
// figures lie well below what similar asks for.
const (
	leastShared     = 14 // where one of the two is short
	leastSharedLong = 40
)

// byWords returns the keys of texts that share enough shingles with t, and of
// those with the very same words.
func byWords(ix Index, t *Text) ([]int64, error) {
	sh := t.shingles()
	hashes := make([]uint64, 0, 2*len(sh)+1)
	for _, p := range sh {
		hashes = append(hashes, p.hash)
	}
	for _, p := range sh {
		hashes = append(hashes, p.hash^tagShort)
	}
	hashes = append(hashes, t.wholeHash())
	lists, err := ix.Postings(hashes)
	if err != nil {
		return nil, err
	}
	keys := slices.Clone(lists[2*len(sh)])
	least := float64(leastSharedLong)
	if t.Len() <= shortText {
		least = leastShared
	}
	for family := range 2 {
		shared := map[int64]float64{}
		for i := range sh {
			for _, k := range lists[family*len(sh)+i] {
				shared[k] += sh[i].bits
			}
		}
		for k, bits := range shared {
			if bits >= least {
				keys = append(keys, k)
			}
		}
		least = leastShared
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// addItems loads the entries that are not among the items, and returns all by
// ascending key.
func addItems(ix Index, items []*item, keys []int64) ([]*item, error) {
	if len(keys) == 0 {
		return items, nil
	}
	have := make(map[int64]bool, len(items))
	for _, c := range items {
		have[c.Key] = true
	}
	var missing []int64
	for _, k := range keys {
		if !have[k] {
			have[k] = true
			missing = append(missing, k)
		}
	}
	if len(missing) == 0 {
		return items, nil
	}
	slices.Sort(missing)
	entries, err := ix.Entries(missing)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		items = append(items, itemOf(ix, &entries[i]))
	}
	slices.SortFunc(items, func(a, b *item) int { return compareKeys(a.Key, b.Key) })
	return items, nil
}

func compareKeys(a, b int64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// post makes the entry findable.
func (p *placer) post() error {
	hashes := append(p.x.text.posted(), p.x.whole)
	for _, s := range stemProbes(p.x) {
		hashes = append(hashes, s.hash^stemFamily(p.x.quoted()))
	}
	if who := speakerHash(p.x.Entry); who != 0 && len(signals(p.x)) > 0 {
		hashes = append(hashes, combine(tagSign, who))
	}
	slices.Sort(hashes)
	return p.ix.AddPostings(p.x.Key, slices.Compact(hashes))
}

// speakerHash stands for the speaker: the person, else the name; 0: unknown.
func speakerHash(e *record.Entry) uint64 {
	switch {
	case e.Person != "":
		return hashWord(e.Person)
	case e.Speaker != "":
		return hashWord(strings.ToLower(e.Speaker))
	}
	return 0
}

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

// both decides about two entries in the direction in which they could hang,
// and tells which of the two is the child.
func both(x, c *item) (child, parent *item, d decision) {
	child, parent = x, c
	if higher(x, c) {
		child, parent = c, x
	}
	return child, parent, relate(child, parent)
}

// meet decides about the entry and one candidate, whichever is higher.
func (p *placer) meet(c *item, own *choice) error {
	child, parent, d := both(p.x, c)
	if d.repeated {
		if later(p.x.Entry, c.Entry) {
			own.repeats = true
		} else {
			p.again = append(p.again, c)
		}
		return nil
	}
	if child == p.x {
		own.consider(d, parent)
		return nil
	}
	old, ok, err := p.ix.Link(c.Key)
	if err != nil {
		return err
	}
	if !d.linked && (!ok || old.Parent != p.x.Key) {
		return nil
	}
	if ok && old.Parent == p.x.Key || c.Published.Known() && !p.x.Published.Known() {
		p.again = append(p.again, c)
		return nil
	}
	ch := choice{child: c}
	ch.consider(d, p.x)
	if ok {
		parents, err := p.ix.Entries([]int64{old.Parent})
		if err != nil {
			return err
		}
		if len(parents) == 1 && !better(c, option{d.bits, p.x}, option{old.Bits, itemOf(p.ix, &parents[0])}) {
			return nil
		}
	}
	return p.hang(&ch)
}

// rehang chooses the parent of c among all its candidates.
func (p *placer) rehang(c *item) error {
	found, err := candidates(p.ix, c)
	if err != nil {
		return err
	}
	ch := choice{child: c}
	for _, o := range found {
		if o.Key == p.gone {
			continue
		}
		child, parent, d := both(c, o)
		if d.repeated && later(c.Entry, o.Entry) {
			ch.repeats = true
		} else if child == c {
			ch.consider(d, parent)
		}
	}
	return p.hang(&ch)
}

// relate is decide, with the tier for reports in other words after it.
func relate(child, parent *item) decision {
	d := decide(child, parent)
	if !d.linked && !child.quoted() && parent.quoted() {
		if para := reports(child, parent); para.linked {
			return para
		}
	}
	return d
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

// hang sets the link of the child to the parent chosen, and takes it away
// where there is none.
func (p *placer) hang(c *choice) error {
	old, ok, err := p.ix.Link(c.child.Key)
	if err != nil {
		return err
	}
	o, rule := c.parent()
	if o.parent == nil {
		if ok {
			p.touched = append(p.touched, c.child.Key, old.Parent)
			return p.ix.SetLink(c.child.Key, nil)
		}
		return nil
	}
	l := Link{Parent: o.parent.Key, Bits: o.bits, Rule: rule, Relation: record.Same}
	if c.child.quoted() != o.parent.quoted() {
		l.Relation = record.Paraphrased
	}
	if ok && old == l {
		return nil
	}
	if ok {
		p.touched = append(p.touched, old.Parent)
	}
	p.touched = append(p.touched, c.child.Key)
	return p.ix.SetLink(c.child.Key, &l)
}
