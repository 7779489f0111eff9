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
// whether the one that looks is posted under these very words. What it returns is good until
// the next call.
func (s *search) nearby(m *Memory, w *wanted) (nums []uint32, known bool) {
	s.nums = s.nums[:0]
	if w.whole != 0 {
		for ref := m.postings.find(w.whole); ref != 0; {
			var v uint32
			v, ref = m.postings.next(ref)
			known = s.ring(m, v>>classBits, w.self) || known
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
			s.ring(m, num, w.self)
		}
	}
	if len(w.stems) > 0 {
		s.walk(m, w.stems)
		for _, at := range s.shared.used {
			t := &s.shared.slots[at]
			if uint32(t.key)&1 != flagOf(w.family) || t.bits < leastStems*weight {
				continue
			}
			num := uint32(t.key >> classBits)
			if e := m.entries[num]; e != nil && (w.who == 0 || speakerHash(e) == w.who) {
				s.nums = append(s.nums, num)
			}
		}
	}
	slices.Sort(s.nums)
	s.nums = slices.Compact(s.nums)
	return s.nums, known
}

// ring appends the entries that have the same words as num, which is posted,
// and tells whether the one that looks is one of them. self is that one; nil:
// somebody asks from outside.
func (s *search) ring(m *Memory, num uint32, self *looking) (has bool) {
	for at := num; ; {
		k := &m.kins[at]
		if k.twin == 0 {
			return has // no words of it are posted: two hashes share a slot
		}
		if self == nil || !self.brief.apart(&k.brief) {
			s.nums = append(s.nums, at)
		}
		has = has || self != nil && at == self.num
		if at = k.twin - 1; at == num {
			return has
		}
	}
}

// looking is an entry that looks for others.
type looking struct {
	num   uint32
	brief brief
}

// apart tells surely that two entries cannot be linked, nor one repeat the
// other: two people are named, and the days of print are more than a week
// apart (see judge).
func (b *brief) apart(o *brief) bool {
	if b.surname == o.surname || b.surname == 0 || o.surname == 0 || b.day == 0 || o.day == 0 {
		return false
	}
	if b.person == o.person && b.person != 0 {
		return false
	}
	gap := int(b.day) - int(o.day)
	return gap > 8 || gap < -8
}

// briefOf is what is seen of an entry at once.
func (x *item) briefOf() brief {
	b := brief{size: uint8(x.size() / sizeUnit)}
	if !x.Published.From.IsZero() && !x.Said.Known() {
		const epoch = 25567 // days from 1900 to 1970
		if d := x.Published.From.Unix()/86400 + epoch; d > 0 && d <= math.MaxUint16 {
			b.day = uint16(d)
		}
	}
	if x.Speaker != "" {
		b.surname = x.called().surname
	}
	if x.Person != "" {
		b.person = uint16(x.speaker()) | 1
	}
	return b
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
		w.stems, w.who = stemProbes(x), x.speaker()
	}
	w.self = &looking{x.num, x.briefOf()}
	nums, known := p.search.nearby(m, &w)
	if x.speaker() != 0 {
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
		for _, h := range besideHashes(tagBeside, x.Entry) {
			if h != 0 {
				s.nearIn(m, x, h)
			}
		}
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
	who := x.speaker()
	if who == 0 {
		return false
	}
	if m.days.find(combine(tagTold, who)) != 0 {
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
	if m.days.find(combine(tagTold, who)) != 0 {
		return
	}
	m.days.add([]uint64{combine(tagTold, who)}, 0, false)
	for ref := m.days.find(combine(tagSpeaker, who)); ref != 0; {
		var v uint32
		v, ref = m.days.next(ref)
		if v&1 == 1 { // an entry without a date
			m.tellOf(v>>classBits, who)
			continue
		}
		for at := m.postings.find(combine(tagBeside, who, uint64(v>>classBits))); at != 0; {
			v, at = m.postings.next(at)
			m.tellOf(v>>classBits, who)
		}
	}
}

// tellOf posts the content words of one entry, if its speaker is quoted.
func (m *Memory) tellOf(num uint32, who uint64) {
	e := m.entries[num]
	if e == nil || speakerHash(e) != who || e.Kind == record.Indirect {
		return // dropped, somebody else's after a correction, or posted already
	}
	var hashes []uint64
	for _, s := range stemProbes(m.placer.kept.at(e, num)) {
		hashes = append(hashes, s.hash)
	}
	m.postings.add(hashes, num<<classBits|flagOf(stemFamily(true)), false)
}

// postSpeaker posts an entry under its speaker and the days, and the days under
// the speaker.
func (m *Memory) postSpeaker(x *item, who uint64) {
	of, v := combine(tagSpeaker, who), x.num<<classBits
	beside := besideHash(tagBeside, x.Entry, 0)
	switch {
	case x.Published.From.IsZero():
		m.days.add([]uint64{of}, v|1, false)
	case m.days.find(beside) == 0: // not in postings, where millions of shingles may share its slot
		m.days.add([]uint64{of}, uint32(bucketOf(x.Entry))<<classBits, false)
		m.days.add([]uint64{beside}, 0, false)
	}
	if beside != 0 {
		m.postings.add([]uint64{beside}, v, false)
	}
}

// post makes the entry findable. fresh tells that it was not posted before.
func (p *placing) postIn(m *Memory, sh []probe) {
	x, h := p.x, &p.hashes
	v, who := x.num<<classBits, x.speaker()
	h.plain = h.plain[:0]
	if who != 0 && len(signals(x)) > 0 {
		h.plain = append(h.plain, combine(tagSign, who))
	}
	if who != 0 {
		m.postSpeaker(x, who)
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
	k := &m.kins[x.num]
	rule := k.rule
	k.brief = x.briefOf()
	k.rule = rule
	if !p.fresh {
		return // its words are posted
	}
	if num, ok := m.sameWhole(x); ok {
		twin := &m.kins[num]
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
	m.postings.add(h.words, v|sizeClass(int64(k.size)*sizeUnit), true)
}

// sameWhole finds the number of an entry that is posted and has the very same
// words as x. What else stands in the slot of their hash has other words: joined
// to it, x would be found by none of its own.
func (m *Memory) sameWhole(x *item) (num uint32, ok bool) {
	for ref := m.postings.find(x.whole); ref != 0; {
		var v uint32
		v, ref = m.postings.next(ref)
		for at := v >> classBits; m.kins[at].twin != 0; {
			if e := m.entries[at]; e != nil { // those dropped tell nothing
				if m.placer.kept.at(e, at).whole == x.whole {
					return at, true
				}
				break
			}
			if at = m.kins[at].twin - 1; at == v>>classBits {
				break
			}
		}
	}
	return 0, false
}

// A posted value is an entry's number, two bits for the class of its size and
// one for a flag.
const (
	classBits = 3
	// sizeUnit is what sizes are counted in: eight bits, up to some 2,000.
	sizeUnit = 8 * weight
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
