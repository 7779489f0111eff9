package trace

import (
	"math"
	"slices"

	"onrecord/internal/record"
)

// Looking for candidates in a Memory. Shingles of a known wording lead to the
// same list one after the other, so each list is walked only once; entries with
// the very same words stand in a ring, of which one is posted.

// nearby returns the numbers of the entries that share enough, ascending, and
// whether own is posted under these very words. What it returns is good until
// the next call.
func (s *search) nearby(m *Memory, w *wanted, own uint32) (nums []uint32, known bool) {
	s.nums = s.nums[:0]
	if w.whole != 0 {
		for ref := m.postings.find(w.whole); ref != 0; {
			var v uint32
			v, ref = m.postings.next(ref)
			known = s.ring(m, v>>classBits, own) || known
		}
	}
	s.walk(m, w.words)
	for _, at := range s.shared.used {
		t := &s.shared.slots[at]
		least := int64(leastShared * weight)
		if t.key&1 == 0 {
			least = w.least()
		}
		// The class of size is at hand, the size itself far away.
		if num := uint32(t.key >> classBits); t.bits >= least && sharesEnough(t.bits, w.size, classSizes[t.key>>1&3]) &&
			sharesEnough(t.bits, w.size, int64(m.kins[num].size)*sizeUnit) {
			s.ring(m, num, own)
		}
	}
	if len(w.stems) > 0 {
		s.walk(m, w.stems)
		for _, at := range s.shared.used {
			t := &s.shared.slots[at]
			if uint32(t.key)&1 == flagOf(w.family) && t.bits >= leastStems*weight {
				s.nums = append(s.nums, uint32(t.key>>classBits))
			}
		}
	}
	slices.Sort(s.nums)
	s.nums = slices.Compact(s.nums)
	return s.nums, known
}

// ring appends the entries that have the same words as num, which is posted,
// and tells whether own is one of them.
func (s *search) ring(m *Memory, num, own uint32) (has bool) {
	for at := num; ; {
		s.nums = append(s.nums, at)
		has = has || at == own
		if at = m.kins[at].twin - 1; at == num {
			return has
		}
	}
}

func (s *search) walk(m *Memory, probes []probe) {
	s.lists.reset()
	s.shared.reset()
	s.near = m.postings.fetch(probes)
	for i := range probes {
		if ref := m.postings.find(probes[i].hash); ref != 0 {
			s.lists.add(int64(ref), probes[i].weight())
		}
	}
	// All lists are walked side by side, so that the memory answers many of
	// them at a time.
	walks := s.walks[:0]
	for _, at := range s.lists.used {
		t := &s.lists.slots[at]
		walks = append(walks, walking{uint32(t.key), t.bits})
	}
	s.walks = walks
	for len(walks) > 0 {
		left := walks[:0]
		for _, w := range walks {
			v, rest := m.postings.next(w.ref)
			s.shared.add(int64(v), w.bits)
			if rest != 0 {
				left = append(left, walking{rest, w.bits})
			}
		}
		walks = left
	}
}

// walking is a place in a list, and what the shingles that lead to it are worth.
type walking struct {
	ref  uint32
	bits int64
}

// near is candidates in a Memory.
func (p *placing) near(m *Memory, x *item, sh []probe) (found []*item, known bool) {
	w := wanted{words: sh, whole: x.whole, short: x.text.Len() <= shortText, size: x.size(), family: stemFamily(!x.quoted())}
	if m.told(x) {
		w.stems = stemProbes(x)
	}
	nums, known := p.search.nearby(m, &w, x.num)
	if speakerHash(x.Entry) != 0 {
		nums = p.search.beside(m, x)
	}
	found = p.found[:0]
	for _, n := range nums {
		if e := m.entries[n]; e != nil && n != x.num {
			found = append(found, p.kept.at(e, n))
		}
	}
	p.found = found
	return found, known
}

// beside adds what besides tells of the entry.
func (s *search) beside(m *Memory, x *item) []uint32 {
	before := len(s.nums)
	for _, h := range besideHashes(tagFew, x.Entry) {
		if h != 0 {
			s.nearIn(m, x, h)
		}
	}
	if x.few() {
		s.nearIn(m, x, combine(tagSpeaker, speakerHash(x.Entry)))
	}
	if len(s.nums) > before {
		slices.Sort(s.nums)
		s.nums = slices.Compact(s.nums)
	}
	return s.nums
}

// nearIn adds the entries of a list that are near x.
func (s *search) nearIn(m *Memory, x *item, hash uint64) {
	for ref := m.postings.find(hash); ref != 0; {
		var v uint32
		v, ref = m.postings.next(ref)
		if e := m.entries[v>>classBits]; e != nil && near(x.Entry, e) {
			s.nums = append(s.nums, v>>classBits)
		}
	}
}

// told tells whether reports without marks can meet quoted words of x's
// speaker: content words are posted only for those whom some report tells of.
// Most people are only ever quoted, and content words are as many as shingles.
func (m *Memory) told(x *item) bool {
	who := speakerHash(x.Entry)
	if who == 0 {
		return false
	}
	if m.postings.find(combine(tagTold, who)) != 0 {
		return true
	}
	if x.quoted() {
		return false
	}
	m.tell(who)
	return true
}

// tell posts the content words of all that the speaker is quoted with, once.
func (m *Memory) tell(who uint64) {
	if m.postings.find(combine(tagTold, who)) != 0 {
		return
	}
	m.postings.add([]uint64{combine(tagTold, who)}, 0, false)
	var hashes []uint64
	for ref := m.postings.find(combine(tagSpeaker, who)); ref != 0; {
		var v uint32
		v, ref = m.postings.next(ref)
		e := m.entries[v>>classBits]
		if e == nil || speakerHash(e) != who || e.Kind == record.Indirect {
			continue // dropped, somebody else's after a correction, or posted already
		}
		hashes = hashes[:0]
		for _, s := range stemProbes(m.placer.kept.at(e, v>>classBits)) {
			hashes = append(hashes, s.hash)
		}
		m.postings.add(hashes, v|flagOf(stemFamily(true)), false)
	}
}

// post makes the entry findable. fresh tells that it was not posted before.
func (p *placing) postIn(m *Memory, sh []probe) {
	x, h := p.x, &p.hashes
	v, who := x.num<<classBits, speakerHash(x.Entry)
	h.plain = h.plain[:0]
	if who != 0 && len(signals(x)) > 0 {
		h.plain = append(h.plain, combine(tagSign, who))
	}
	if who != 0 {
		h.plain = append(h.plain, combine(tagSpeaker, who))
	}
	if who != 0 && x.few() {
		h.plain = append(h.plain, besideHash(tagFew, x.Entry, 0))
	}
	m.postings.add(h.plain, v, p.fresh)
	if who != 0 && m.told(x) {
		h.stems = h.stems[:0]
		for _, s := range stemProbes(x) {
			h.stems = append(h.stems, s.hash)
		}
		m.postings.add(h.stems, v|flagOf(stemFamily(x.quoted())), p.fresh)
	}
	if !p.fresh {
		return // its words are posted
	}
	k := &m.kins[x.num]
	if ref := m.postings.find(x.whole); ref != 0 {
		first, _ := m.postings.next(ref)
		twin := &m.kins[first>>classBits]
		k.twin, twin.twin = twin.twin, x.num+1
		return
	}
	k.twin = x.num + 1
	m.postings.add([]uint64{x.whole}, v, true)
	h.words = h.words[:0]
	for _, s := range sh {
		h.words = append(h.words, s.hash)
	}
	if x.text.Len() <= shortText {
		v |= flagOf(tagShort)
	}
	k.size = uint16(min(x.size()/sizeUnit, math.MaxUint16))
	m.postings.add(h.words, v|sizeClass(int64(k.size)*sizeUnit), true)
}

// A posted value is an entry's number, two bits for the class of its size and
// one for a flag.
const (
	classBits = 3
	// sizeUnit is what sizes are counted in: half a bit.
	sizeUnit = weight / 2
)

// classSizes are the least sizes of the classes.
var classSizes = [4]int64{0, 300 * weight, 600 * weight, 1200 * weight}

func sizeClass(size int64) uint32 {
	c := uint32(len(classSizes) - 1)
	for classSizes[c] > size {
		c--
	}
	return c << 1
}

// keysOf returns the keys behind numbers.
func (m *Memory) keysOf(nums []uint32) []int64 {
	keys := make([]int64, 0, len(nums))
	for _, n := range nums {
		if m.entries[n] != nil {
			keys = append(keys, m.ids.keys[n])
		}
	}
	slices.Sort(keys)
	return keys
}

// at returns the entry of a Memory with its text folded.
func (c *items) at(e *record.Entry, num uint32) *item {
	at := &c.slots[num%itemMemory]
	x := *at
	if x == nil || x.Entry != e || x.num != num {
		x = newItem(e)
		x.num, x.names = num, c.names
		*at = x
	}
	return x
}
