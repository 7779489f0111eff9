package trace

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// Placer places entries in one index, one after the other. It remembers the
// folded texts of entries that it has met lately and works in the same memory
// again, so one that is kept is faster than Place.
type Placer struct {
	ix     Index
	kept   items
	search search
	hashes hashes
	found  []*item
	words  []probe
}

// NewPlacer returns a placer for the index. It may be used from one goroutine.
func NewPlacer(ix Index) *Placer { return &Placer{ix: ix, kept: newItems()} }

// placerOf is the index's own placer, or one for one call, which remembers
// nothing.
func placerOf(ix Index) *Placer {
	if m, ok := ix.(*Memory); ok {
		return m.placer
	}
	return &Placer{ix: ix}
}

// item is the entry with its words folded.
func (pl *Placer) item(e *record.Entry) *item {
	if m, ok := pl.ix.(*Memory); ok {
		if n, ok := m.ids.find(e.Key); ok && m.entries[n] == e {
			return pl.kept.at(e, n)
		}
	}
	return pl.kept.of(e)
}

// Place finds the utterance that the entry belongs to and posts its words.
// The entry must already be found by ix.Entries. It returns the keys of all
// quotations whose utterance may have changed, ascending: the entry itself,
// those that now hang on it, and those they hung on before. Placing an entry
// again changes nothing; an entry that has changed goes through Forget first.
func Place(ix Index, e record.Entry) (touched []int64, err error) {
	return placerOf(ix).Place(e)
}

// Place is the function Place in the placer's index.
func (pl *Placer) Place(e record.Entry) (touched []int64, err error) {
	if m, ok := pl.ix.(*Memory); ok {
		if kept := m.entry(e.Key); kept != nil {
			return pl.place(pl.item(kept))
		}
		m.Put(e)
		return pl.place(pl.item(m.entry(e.Key)))
	}
	own := e
	return pl.place(pl.item(&own))
}

func (pl *Placer) place(x *item) (touched []int64, err error) {
	if x.text.Len() == 0 {
		return nil, nil
	}
	p := &placing{Placer: pl, x: x, touched: []int64{x.Key}}
	pl.words = x.text.appendShingles(pl.words[:0])
	sh := pl.words
	if x.sized == 0 {
		x.setSize(sh)
	}
	found, known, err := p.candidates(x, sh)
	if err != nil {
		return nil, err
	}
	p.fresh = !known
	if err := p.post(sh); err != nil {
		return nil, err
	}
	best := choice{child: x}
	p.sort(found)
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
	p := &placing{Placer: placerOf(ix), gone: key, touched: []int64{key}}
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
	found, err := addItems(ix, nil, children)
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
func (p *placing) repeating(key int64) ([]*item, error) {
	self, err := addItems(p.ix, nil, []int64{key})
	if err != nil || len(self) == 0 {
		return nil, err
	}
	x := self[0]
	found, _, err := p.candidates(x, x.text.shingles())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(found, func(c *item) bool {
		_, _, d := both(x, c)
		return !d.repeated
	}), nil
}

// placing is one placing at work.
type placing struct {
	*Placer
	x       *item
	fresh   bool    // x was never posted: it has no link, and nothing hangs on it
	gone    int64   // an entry that is being taken out: nobody's parent; 0: none
	again   []*item // whose parent has to be chosen anew from all candidates
	touched []int64
}

// candidates finds every entry that could be a wording of x's utterance: by
// shared shingles, by the same words, and by content for reports. known tells
// whether x is posted already.
func (p *placing) candidates(x *item, sh []probe) (found []*item, known bool, err error) {
	if m, ok := p.ix.(*Memory); ok {
		found, known = p.near(m, x, sh)
		return found, known, nil
	}
	w := wanted{words: sh, whole: x.whole, short: x.text.Len() <= shortText, size: x.size(),
		stems: stemProbes(x), family: stemFamily(!x.quoted())}
	few := besideHashes(tagFew, x.Entry)
	w.beside = append(w.beside, few[:]...)
	if x.few() {
		all := besideHashes(tagBeside, x.Entry)
		w.beside = append(w.beside, all[:]...)
	}
	hits, known, err := p.search.find(p.ix, &w, x.Key)
	if err != nil {
		return nil, false, err
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return h.key == x.Key })
	found, err = p.load(keysOf(hits))
	return sift(x, found, hits), known, err
}

// load returns the entries of the keys with their texts, in their order.
func (pl *Placer) load(keys []int64) ([]*item, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	out := make([]*item, 0, len(keys))
	if m, ok := pl.ix.(*Memory); ok {
		for _, k := range keys {
			if n, ok := m.ids.find(k); ok && m.entries[n] != nil {
				out = append(out, pl.kept.at(m.entries[n], n))
			}
		}
		return out, nil
	}
	entries, err := pl.ix.Entries(keys)
	if err != nil {
		return nil, err
	}
	for i := range entries {
		out = append(out, pl.item(&entries[i]))
	}
	return out, nil
}

// addItems loads the entries that are not among the items, and returns all by
// ascending key.
func addItems(ix Index, items []*item, keys []int64) ([]*item, error) {
	missing := make([]int64, 0, len(keys))
	for _, k := range keys {
		if !slices.ContainsFunc(items, func(c *item) bool { return c.Key == k }) {
			missing = append(missing, k)
		}
	}
	slices.Sort(missing)
	more, err := placerOf(ix).load(slices.Compact(missing))
	if err != nil {
		return nil, err
	}
	items = append(items, more...)
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

// link is the index's Link of an entry that is at hand.
func (pl *Placer) link(x *item) (Link, bool, error) {
	if m, ok := pl.ix.(*Memory); ok {
		l, ok := m.link(x.num)
		return l, ok, nil
	}
	return pl.ix.Link(x.Key)
}

// hashes are what an entry is posted under, by family.
type hashes struct {
	plain, words, stems []uint64
	short, family       uint64 // the tags of words and stems
}

// post makes the entry findable.
func (p *placing) post(sh []probe) error {
	if m, ok := p.ix.(*Memory); ok {
		p.postIn(m, sh)
		return nil
	}
	h := &p.hashes
	h.plain = append(h.plain[:0], p.x.whole)
	if who := speakerHash(p.x.Entry); who != 0 && len(signals(p.x)) > 0 {
		h.plain = append(h.plain, combine(tagSign, who))
	}
	if beside := besideHash(tagBeside, p.x.Entry, 0); beside != 0 {
		h.plain = append(h.plain, beside)
		if p.x.few() {
			h.plain = append(h.plain, besideHash(tagFew, p.x.Entry, 0))
		}
	}
	h.words, h.short = h.words[:0], 0
	for _, s := range sh {
		h.words = append(h.words, s.hash)
	}
	if p.x.text.Len() <= shortText {
		h.short = tagShort
	}
	h.stems, h.family = h.stems[:0], stemFamily(p.x.quoted())
	for _, s := range stemProbes(p.x) {
		h.stems = append(h.stems, s.hash)
	}
	for _, s := range h.words {
		h.plain = append(h.plain, s^h.short)
	}
	for _, s := range h.stems {
		h.plain = append(h.plain, s^h.family)
	}
	return p.ix.AddPostings(p.x.Key, h.plain)
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
func (p *placing) meet(c *item, own *choice) error {
	child, parent, d, lost, err := p.settle(c, own)
	if lost || err != nil {
		return err
	}
	if d.repeated {
		if later(p.x.Entry, c.Entry) {
			own.repeats = true
			return nil
		}
		return p.repeatsNow(c)
	}
	if child == p.x {
		own.consider(d, parent)
		return nil
	}
	if !d.linked && p.fresh {
		return nil // and c cannot hang on x already
	}
	old, ok, err := p.link(c)
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
		parents, err := p.load([]int64{old.Parent})
		if err != nil {
			return err
		}
		if len(parents) == 1 && !better(c, option{d.bits, p.x}, option{old.Bits, parents[0]}) {
			return nil
		}
	}
	return p.hang(&ch)
}

// repeatsNow takes in that c says again what x said before it. That bears on
// an undated parent alone (choice.parent), so only one that hangs on such has
// to choose anew: a stock phrase printed a thousand times stays cheap.
func (p *placing) repeatsNow(c *item) error {
	if !c.Published.Known() {
		return nil
	}
	l, ok, err := p.link(c)
	if err != nil || !ok {
		return err
	}
	parents, err := p.load([]int64{l.Parent})
	if err != nil {
		return err
	}
	if len(parents) == 1 && !parents[0].Published.Known() {
		p.again = append(p.again, c)
	}
	return nil
}

// rehang chooses the parent of c among all its candidates.
func (p *placing) rehang(c *item) error {
	found, _, err := p.candidates(c, c.text.shingles())
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

// hang sets the link of the child to the parent chosen, and takes it away
// where there is none.
func (p *placing) hang(c *choice) error {
	var old Link
	var ok bool
	if c.child != p.x || !p.fresh {
		var err error
		if old, ok, err = p.link(c.child); err != nil {
			return err
		}
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
