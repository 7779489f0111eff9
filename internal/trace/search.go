package trace

import (
	"slices"
	"sync"

	"onrecord/internal/record"
)

// search is the working memory of looking for candidates, used again and
// again: look-ups are by far the most frequent thing that tracing does.
type search struct {
	hashes []uint64
	keys   []int64
	lists  tally // by list: what all the shingles that lead to it are worth
	shared tally // by key
	nums   []uint32
	near   uint64
}

var searches = sync.Pool{New: func() any { return &search{} }}

// wanted is what is looked for: words by their shingles, content words by
// their stems, or both at once.
type wanted struct {
	words  []probe
	whole  uint64 // the hash of all the words; 0: words are not looked for
	short  bool
	stems  []probe
	family uint64 // of the stems
}

// Sharing less than this many bits of shingles cannot lead to a link; both
// figures lie well below what similar asks for.
const (
	leastShared     = 14 // where one of the two is short
	leastSharedLong = 40
)

func (w *wanted) least() int64 {
	if w.short {
		return leastShared * weight
	}
	return leastSharedLong * weight
}

// find returns the keys of the entries that share enough, ascending, and
// whether key is posted under the very same words. What it returns is good
// until the next call.
func (s *search) find(ix Index, w wanted, key int64) (keys []int64, known bool, err error) {
	s.keys = s.keys[:0]
	if known, err = s.inIndex(ix, &w, key); err != nil {
		return nil, false, err
	}
	slices.Sort(s.keys)
	s.keys = slices.Compact(s.keys)
	return s.keys, known, nil
}

func (s *search) inIndex(ix Index, w *wanted, key int64) (known bool, err error) {
	s.hashes = s.hashes[:0]
	for _, p := range w.words {
		s.hashes = append(s.hashes, p.hash)
	}
	for _, p := range w.words {
		s.hashes = append(s.hashes, p.hash^tagShort)
	}
	for _, p := range w.stems {
		s.hashes = append(s.hashes, p.hash^w.family)
	}
	if w.whole != 0 {
		s.hashes = append(s.hashes, w.whole)
	}
	lists, err := ix.Postings(s.hashes)
	if err != nil {
		return false, err
	}
	n := len(w.words)
	if w.whole != 0 {
		s.keys = append(s.keys, lists[len(lists)-1]...)
		known = slices.Contains(s.keys, key)
	}
	s.add(lists[:n], w.words, w.least())
	s.add(lists[n:2*n], w.words, leastShared*weight)
	s.add(lists[2*n:2*n+len(w.stems)], w.stems, leastStems*weight)
	return known, nil
}

// add appends the keys that share at least so many bits of the probes.
func (s *search) add(lists [][]int64, probes []probe, least int64) {
	s.shared.reset()
	for i, l := range lists {
		for _, k := range l {
			s.shared.add(k, probes[i].weight())
		}
	}
	for _, at := range s.shared.used {
		if t := &s.shared.slots[at]; t.bits >= least {
			s.keys = append(s.keys, t.key)
		}
	}
}

// weight is how many parts of a bit are counted when bits are added up, in
// whole numbers so that the order cannot matter.
const weight = 1 << 16

func (p *probe) weight() int64 { return int64(p.bits * weight) }

// tally adds up what each key shares.
type tally struct {
	slots []tallied
	used  []uint32
}

type tallied struct {
	key  int64
	bits int64 // 0: empty
}

func (t *tally) reset() {
	for _, at := range t.used {
		t.slots[at] = tallied{}
	}
	t.used = t.used[:0]
}

func (t *tally) add(key, bits int64) {
	if 2*len(t.used) >= len(t.slots) {
		t.grow()
	}
	mask := uint64(len(t.slots) - 1)
	for i := uint64(key) * fnvPrime >> 7 & mask; ; i = (i + 1) & mask {
		s := &t.slots[i]
		if s.bits == 0 {
			*s = tallied{key, bits}
			t.used = append(t.used, uint32(i))
			return
		}
		if s.key == key {
			s.bits += bits
			return
		}
	}
}

func (t *tally) grow() {
	old := t.slots
	t.slots, t.used = make([]tallied, max(256, 2*len(old))), t.used[:0]
	for _, s := range old {
		if s.bits != 0 {
			t.add(s.key, s.bits)
		}
	}
}

// byWords returns the keys of texts that share enough shingles with t, and of
// those with the very same words.
func byWords(ix Index, t *Text) ([]int64, error) {
	s := searches.Get().(*search)
	defer searches.Put(s)
	w := wanted{words: t.shingles(), whole: t.wholeHash(), short: t.Len() <= shortText}
	if m, ok := ix.(*Memory); ok {
		nums, _ := s.nearby(m, &w, 0)
		return m.keysOf(nums), nil
	}
	keys, _, err := s.find(ix, w, 0)
	return slices.Clone(keys), err
}

// byStems returns the keys of the same speaker's entries, quoted or reported,
// that share content words with x.
func byStems(ix Index, x *item, quoted bool) ([]int64, error) {
	w := wanted{stems: stemProbes(x), family: stemFamily(quoted)}
	if len(w.stems) == 0 {
		return nil, nil
	}
	s := searches.Get().(*search)
	defer searches.Put(s)
	if m, ok := ix.(*Memory); ok {
		m.tell(speakerHash(x.Entry))
		nums, _ := s.nearby(m, &w, 0)
		return m.keysOf(nums), nil
	}
	keys, _, err := s.find(ix, w, 0)
	return slices.Clone(keys), err
}

// items are the folded texts of entries that were asked for lately: a bounded
// memory, in which a newer one takes the place of an older one.
type items struct {
	slots []*item
	names map[string][]string // nameWords of names met lately
}

const (
	itemMemory = 1 << 14 // about 20 MB when full
	nameMemory = 1 << 14
)

func newItems() items {
	return items{make([]*item, itemMemory), make(map[string][]string)}
}

// of returns the entry with its text folded.
func (c *items) of(e *record.Entry) *item {
	if c.slots == nil {
		return newItem(e)
	}
	at := &c.slots[mix(uint64(e.Key))%itemMemory]
	x := *at
	switch {
	case x != nil && x.Entry == e:
		return x
	case x == nil || x.Key != e.Key || x.Words != e.Words || !slices.Equal(x.Parts, e.Parts):
		x = newItem(e)
	default:
		// A correction may have changed who spoke, but not the words.
		y := &item{Entry: e, text: x.text, whole: x.whole, has: x.has, marks: x.marks}
		if x.Kind == e.Kind && x.Speaker == e.Speaker && x.Person == e.Person && x.Context == e.Context {
			y.facts = x.facts
		}
		x = y
	}
	x.names = c.names
	*at = x
	return x
}
