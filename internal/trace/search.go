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
	lists  [][]int64
	room   []int64
	keys   []int64
	shared tally
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

// find returns the keys of the entries that share enough, ascending, and
// whether key is posted under the very same words. What it returns is good
// until the next call.
func (s *search) find(ix Index, w wanted, key int64) (keys []int64, known bool, err error) {
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
	if m, ok := ix.(*Memory); ok {
		s.lists, s.room = m.gather(s.lists[:0], s.room[:0], s.hashes)
	} else if s.lists, err = ix.Postings(s.hashes); err != nil {
		return nil, false, err
	}
	n := len(w.words)
	s.keys = s.keys[:0]
	if w.whole != 0 {
		s.keys = append(s.keys, s.lists[len(s.lists)-1]...)
		known = slices.Contains(s.keys, key)
	}
	least := float64(leastSharedLong)
	if w.short {
		least = leastShared
	}
	s.add(s.lists[:n], w.words, least)
	s.add(s.lists[n:2*n], w.words, leastShared)
	s.add(s.lists[2*n:2*n+len(w.stems)], w.stems, leastStems)
	slices.Sort(s.keys)
	s.keys = slices.Compact(s.keys)
	return s.keys, known, nil
}

// add appends the keys that share at least so many bits of the probes.
func (s *search) add(lists [][]int64, probes []probe, least float64) {
	s.shared.reset()
	for i, l := range lists {
		for _, k := range l {
			s.shared.add(k, probes[i].bits)
		}
	}
	for _, at := range s.shared.used {
		if t := &s.shared.slots[at]; t.bits >= least {
			s.keys = append(s.keys, t.key)
		}
	}
}

// tally adds up what each key shares.
type tally struct {
	slots []tallied
	used  []uint32
}

type tallied struct {
	key  int64
	bits float64 // 0: empty
}

func (t *tally) reset() {
	for _, at := range t.used {
		t.slots[at] = tallied{}
	}
	t.used = t.used[:0]
}

func (t *tally) add(key int64, bits float64) {
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
	keys, _, err := s.find(ix, wanted{words: t.shingles(), whole: t.wholeHash(), short: t.Len() <= shortText}, 0)
	return slices.Clone(keys), err
}

// byStems returns the keys of the same speaker's entries, quoted or reported,
// that share content words with x.
func byStems(ix Index, x *item, quoted bool) ([]int64, error) {
	probes := stemProbes(x)
	if len(probes) == 0 {
		return nil, nil
	}
	s := searches.Get().(*search)
	defer searches.Put(s)
	keys, _, err := s.find(ix, wanted{stems: probes, family: stemFamily(quoted)}, 0)
	return slices.Clone(keys), err
}

// items are the folded texts of entries that were asked for lately: a bounded
// memory, in which a newer one takes the place of an older one.
type items struct{ slots []*item }

const itemMemory = 1 << 14 // about 25 MB when full

func newItems() items { return items{make([]*item, itemMemory)} }

// of returns the entry with its text folded.
func (c *items) of(e *record.Entry) *item {
	if c.slots == nil {
		return newItem(e)
	}
	at := &c.slots[mix(uint64(e.Key))%itemMemory]
	x := *at
	switch {
	case x == nil || x.Key != e.Key || x.Words != e.Words || !slices.Equal(x.Parts, e.Parts):
		*at = newItem(e)
	case x.Entry == e:
	default:
		// A correction may have changed who spoke, but not the words.
		y := &item{Entry: e, text: x.text, whole: x.whole}
		if x.Kind == e.Kind && x.Speaker == e.Speaker && x.Person == e.Person && x.Context == e.Context {
			y.facts = x.facts
		}
		*at = y
	}
	return *at
}
