package trace

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"onrecord/internal/record"
)

// search is the working memory of looking for candidates, used again and
// again: look-ups are by far the most frequent thing that tracing does.
type search struct {
	hashes []uint64
	hits   []hit
	lists  tally // by list: what all the shingles that lead to it are worth
	shared tally // by key
	nums   []uint32
	walks  []walking
	near   uint64
}

// hit is one entry found: by the bits of shingles that it shares, or for
// another reason, for which it need not share any.
type hit struct {
	key    int64
	shared int64 // weight parts of a bit; enough: another reason
}

const enough = math.MaxInt64

var searches = sync.Pool{New: func() any { return &search{} }}

// wanted is what is looked for: words by their shingles, content words by
// their stems, or both at once.
type wanted struct {
	words  []probe
	whole  uint64 // the hash of all the words; 0: words are not looked for
	short  bool
	size   int64 // of words: what all shingles are worth
	stems  []probe
	family uint64   // of the stems
	who    uint64   // whose they are; 0: whoever they were posted for
	beside []uint64 // besideHashes of what may be near
	self   *looking // nil: somebody asks from outside
	asked  bool     // for what likely takes of it: the longest lists are not needed
}

// lookFor wants the texts that share shingles with t.
func lookFor(t *Text, sh []probe) wanted {
	return wanted{words: sh, whole: t.wholeHash(), short: t.Len() <= shortText, size: sizeOf(sh)}
}

// sizeOf is what all shingles of a text are worth.
func sizeOf(sh []probe) int64 {
	size := int64(0)
	for i := range sh {
		size += sh[i].weight()
	}
	return size
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

// Two texts have to share this many bits of shingles, or this part of what the
// shingles of the smaller one are worth. Of pairs that decide links (planted in
// 460,000 sentences of news) 2 in 1,000 share less, of those that it refuses
// four in five: seeing it here saves laying them out, or even loading them.
const (
	surelyShared = 150
	leastPart    = 3 // of twenty
)

// sharesEnough tells whether so many shared bits are enough for two texts whose
// shingles are worth so much.
func sharesEnough(shared, size, other int64) bool {
	return shared >= surelyShared*weight || 20*shared >= leastPart*min(size, other)
}

// find returns the entries that may share enough, ascending by key, and
// whether key is posted under the very same words. What it returns is good
// until the next call.
func (s *search) find(ix Index, w *wanted, key int64) (hits []hit, known bool, err error) {
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
	more := len(s.hashes)
	if w.whole != 0 {
		s.hashes = append(s.hashes, w.whole)
	}
	s.hashes = append(s.hashes, w.beside...)
	lists, err := ix.Postings(s.hashes)
	if err != nil {
		return nil, false, err
	}
	s.hits = s.hits[:0]
	n := len(w.words)
	for i, l := range lists[more:] {
		whole := i == 0 && w.whole != 0
		for _, k := range l {
			h := hit{key: k}
			if whole {
				h.shared = enough
				known = known || k == key
			}
			s.hits = append(s.hits, h)
		}
	}
	least := [2]int64{w.least(), leastShared * weight}
	if w.asked {
		skipped := shorten(lists[:2*n], w.words)
		least[0], least[1] = max(1, least[0]-skipped), max(1, least[1]-skipped)
		w.size -= skipped
	}
	s.add(lists[:n], w.words, least[0], false)
	s.add(lists[n:2*n], w.words, least[1], false)
	s.add(lists[2*n:2*n+len(w.stems)], w.stems, leastStems*weight, true)
	slices.SortFunc(s.hits, func(a, b hit) int { return cmp.Or(compareKeys(a.key, b.key), cmp.Compare(b.shared, a.shared)) })
	s.hits = slices.CompactFunc(s.hits, func(a, b hit) bool { return a.key == b.key })
	return s.hits, known, nil
}

// askedMost is how many postings are read for one question: the shortest lists
// first, since the longest are turns of phrase that thousands share, and what
// shares nothing else is not what was asked for.
const askedMost = 20_000

// shorten drops the longest lists, those of the probes and those of the probes
// again, beyond askedMost postings, but for one; and tells what the probes that
// were dropped are worth.
func shorten(lists [][]int64, probes []probe) (skipped int64) {
	n := len(probes)
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	size := func(i int) int { return len(lists[i]) + len(lists[n+i]) }
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(size(a), size(b)), cmp.Compare(probes[a].hash, probes[b].hash))
	})
	read := 0
	for k, i := range order {
		if read += size(i); read > askedMost && k > 0 && read > size(i) {
			lists[i], lists[n+i] = nil, nil
			skipped += probes[i].weight()
		}
	}
	return skipped
}

// add appends the keys that share at least so many bits of the probes.
func (s *search) add(lists [][]int64, probes []probe, least int64, other bool) {
	s.shared.reset()
	for i, l := range lists {
		for _, k := range l {
			s.shared.add(k, probes[i].weight())
		}
	}
	for _, at := range s.shared.used {
		t := &s.shared.slots[at]
		switch {
		case t.bits < least:
		case other:
			s.hits = append(s.hits, hit{t.key, enough})
		default:
			s.hits = append(s.hits, hit{t.key, t.bits})
		}
	}
}

// sift drops the items that do not share enough of their shingles with x after
// all, nor are a few common words beside it. Both are ascending by key.
func sift(x *item, items []*item, hits []hit) []*item {
	at := 0
	return slices.DeleteFunc(items, func(c *item) bool {
		for hits[at].key < c.Key {
			at++
		}
		shared := hits[at].shared
		if shared == enough && c.whole != x.whole && c.speaker() != x.speaker() {
			shared = sharedWords(x, c) // posted when it was held to be the speaker's
		}
		return (shared == 0 || !sharesEnough(shared, x.size(), c.size())) && !besides(x, c)
	})
}

// sharedWords is what find counts for the words of two entries; 0: too little.
func sharedWords(x, c *item) (shared int64) {
	has := map[uint64]bool{}
	for _, p := range c.text.shingles() {
		has[p.hash] = true
	}
	for _, p := range x.text.shingles() {
		if has[p.hash] {
			shared += p.weight()
		}
	}
	w := wanted{short: x.text.Len() <= shortText || c.text.Len() <= shortText}
	if shared < w.least() {
		return 0
	}
	return shared
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

// byWords returns the entries that share enough shingles with t, and those with
// the very same words, by ascending key; of many those that share most, and
// beside them those of the speakers that share most.
func byWords(ix Index, t *Text, speakers []*item) ([]*item, error) {
	w := lookFor(t, t.shingles())
	w.asked = true
	return lookUp(ix, &w, speakers)
}

func lookUp(ix Index, w *wanted, speakers []*item) ([]*item, error) {
	s := searches.Get().(*search)
	defer searches.Put(s)
	if m, ok := ix.(*Memory); ok {
		nums, _ := s.nearby(m, w)
		return addItems(ix, nil, m.keysOf(nums))
	}
	hits, _, err := s.find(ix, w, 0)
	if err != nil {
		return nil, err
	}
	if len(w.words) == 0 {
		s.weighStems(hits)
	}
	if hits, err = likely(ix, hits, w, speakers); err != nil {
		return nil, err
	}
	items, err := addItems(ix, nil, keysOf(hits))
	at := 0
	return slices.DeleteFunc(items, func(c *item) bool {
		for hits[at].key < c.Key {
			at++
		}
		return !sharesEnough(hits[at].shared, w.size, c.size())
	}), err
}

func keysOf(hits []hit) []int64 {
	keys := make([]int64, len(hits))
	for i := range hits {
		keys[i] = hits[i].key
	}
	return keys
}

// byStems returns the same speaker's entries, quoted or reported, that share
// content words with x.
func byStems(ix Index, x *item, quoted bool) ([]*item, error) {
	w := wanted{stems: stemProbes(x), family: stemFamily(quoted)}
	if len(w.stems) == 0 {
		return nil, nil
	}
	if m, ok := ix.(*Memory); ok {
		m.tell(speakerHash(x.Entry))
	}
	return lookUp(ix, &w, nil)
}

// items are the folded texts of entries that were asked for lately: a bounded
// memory, in which a newer one takes the place of an older one.
type items struct {
	slots []*item
	names map[string]*nameFacts // of names met lately
}

const (
	itemMemory = 1 << 14 // about 20 MB when full
	nameMemory = 1 << 14
)

func newItems() items {
	return items{make([]*item, itemMemory), make(map[string]*nameFacts)}
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
