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
	if err := p.candidates(); err != nil {
		return nil, err
	}
	if err := p.post(); err != nil {
		return nil, err
	}
	for _, c := range p.found {
		if err := p.meet(c); err != nil {
			return nil, err
		}
	}
	if err := p.hang(x, p.best, p.bestParent); err != nil {
		return nil, err
	}
	slices.Sort(p.touched)
	return slices.Compact(p.touched), nil
}

// Forget takes an entry that ix.Entries no longer finds, or finds changed,
// out of its utterance: those that hung on it are placed anew. The keys that
// may have changed come back, ascending.
func Forget(ix Index, key int64) (touched []int64, err error) {
	children, err := ix.Children(key)
	if err != nil {
		return nil, err
	}
	children = slices.Clone(children)
	touched = append(touched, key)
	if l, ok, err := ix.Link(key); err != nil {
		return nil, err
	} else if ok {
		touched = append(touched, l.Parent)
		if err := ix.SetLink(key, nil); err != nil {
			return nil, err
		}
	}
	for _, c := range children {
		if err := ix.SetLink(c, nil); err != nil {
			return nil, err
		}
	}
	entries, err := ix.Entries(children)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		t, err := Place(ix, entries[i])
		if err != nil {
			return nil, err
		}
		touched = append(touched, t...)
	}
	slices.Sort(touched)
	return slices.Compact(touched), nil
}

// placer is one placing at work.
type placer struct {
	ix         Index
	x          *item
	twins      []int64 // keys with the very same words
	found      []*item // candidates, by ascending key
	best       decision
	bestParent *item
	touched    []int64
}

// candidates finds every entry that could be a wording of the same utterance:
// by shared shingles, then by the same words, then by content for reports.
func (p *placer) candidates() error {
	keys, err := byWords(p.ix, p.x.text)
	if err != nil {
		return err
	}
	p.found, err = expand(p.ix, keys, p.x.whole)
	if err != nil {
		return err
	}
	more, err := byStems(p.ix, p.x, !p.x.quoted())
	if err != nil {
		return err
	}
	if p.found, err = addItems(p.ix, p.found, more); err != nil {
		return err
	}
	p.found = slices.DeleteFunc(p.found, func(c *item) bool { return c.Key == p.x.Key })
	for _, c := range p.found {
		if c.whole == p.x.whole {
			p.twins = append(p.twins, c.Key)
		}
	}
	return nil
}

// Sharing less than this many bits of shingles cannot lead to a link; both
// figures lie well below what similar asks for.
const (
	leastShared     = 14 // where one of the two is short
	leastSharedLong = 40
)

// byWords returns the keys of texts that share enough shingles with t. Only
// one entry of each distinct text is posted under shingles; expand finds the
// others.
func byWords(ix Index, t *Text) ([]int64, error) {
	sh := t.shingles()
	hashes := make([]uint64, 0, 2*len(sh))
	for _, p := range sh {
		hashes = append(hashes, p.hash)
	}
	for _, p := range sh {
		hashes = append(hashes, p.hash^tagShort)
	}
	lists, err := ix.Postings(hashes)
	if err != nil {
		return nil, err
	}
	type hit struct {
		key  int64
		bits float64
	}
	var hits []hit
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
				hits = append(hits, hit{k, bits})
			}
		}
		least = leastShared
	}
	keys := make([]int64, 0, len(hits))
	for _, h := range hits {
		keys = append(keys, h.key)
	}
	slices.Sort(keys)
	return slices.Compact(keys), nil
}

// expand loads the entries of keys, all entries with the very same words as
// one of them, and all with the words that have the hash whole.
func expand(ix Index, keys []int64, whole uint64) ([]*item, error) {
	items, err := addItems(ix, nil, keys)
	if err != nil {
		return nil, err
	}
	wholes := []uint64{whole}
	for _, c := range items {
		wholes = append(wholes, c.whole)
	}
	slices.Sort(wholes)
	lists, err := ix.Postings(slices.Compact(wholes))
	if err != nil {
		return nil, err
	}
	var more []int64
	for _, l := range lists {
		more = append(more, l...)
	}
	return addItems(ix, items, more)
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
	hashes := []uint64{p.x.whole}
	if len(p.twins) == 0 {
		hashes = append(hashes, p.x.text.posted()...)
	}
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

// meet decides about the entry and one candidate, whichever is higher.
func (p *placer) meet(c *item) error {
	if higher(c, p.x) {
		d := relate(p.x, c)
		if d.linked && (p.bestParent == nil || better(p.x, option{d.bits, c}, option{p.best.bits, p.bestParent})) {
			p.best, p.bestParent = d, c
		}
		return nil
	}
	d := relate(c, p.x)
	if !d.linked {
		return nil
	}
	old, ok, err := p.ix.Link(c.Key)
	if err != nil {
		return err
	}
	if ok && old.Parent != p.x.Key {
		parents, err := p.ix.Entries([]int64{old.Parent})
		if err != nil {
			return err
		}
		if len(parents) == 1 && !better(c, option{d.bits, p.x}, option{old.Bits, itemOf(p.ix, &parents[0])}) {
			return nil
		}
		p.touched = append(p.touched, old.Parent)
	}
	return p.hang(c, d, p.x)
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

// hang sets the link of the child, and takes it away where there is none.
func (p *placer) hang(child *item, d decision, parent *item) error {
	old, ok, err := p.ix.Link(child.Key)
	if err != nil {
		return err
	}
	if parent == nil {
		if ok {
			p.touched = append(p.touched, old.Parent)
			return p.ix.SetLink(child.Key, nil)
		}
		return nil
	}
	l := Link{Parent: parent.Key, Bits: d.bits, Rule: d.rule, Relation: record.Same}
	if child.quoted() != parent.quoted() {
		l.Relation = record.Paraphrased
	}
	if ok && old == l {
		return nil
	}
	p.touched = append(p.touched, child.Key)
	return p.ix.SetLink(child.Key, &l)
}
