package trace

import (
	"slices"
	"unsafe"

	"onrecord/internal/record"
)

// Memory is an Index kept in memory, for one goroutine. It numbers its entries
// as they come, so that what it keeps of each is small: postings and links are
// numbers in slices that the garbage collector need not look into.
type Memory struct {
	ids      numbering
	entries  []*record.Entry // by number; nil: dropped
	postings postings
	days     postings // the days on which a speaker speaks, and entries without one
	kins     []kin    // by number
	rules    []string
	placer   *Placer
}

// kin is how an entry stands to others: in its tree, and in the ring of those
// with the very same words. Others are given as their number + 1.
type kin struct {
	bits    float32
	parent  uint32 // 0: none
	child   uint32 // one that hangs on it, …
	sibling uint32 // … and the next one that hangs on the same; 0: none
	twin    uint32 // the next one in the ring; 0: posted under no words yet
	brief
}

// brief is what is seen of an entry at once, so that most of those that cannot
// be linked need not be loaded.
type brief struct {
	day     uint16 // of print, from 1 on; 0: unknown, or it says itself when it was said
	surname uint16 // a hash of it; 0: nobody is named
	person  uint16 // a hash of the identity; 0: unknown
	size    uint8  // of its shingles, in sizeUnit
	rule    uint8  // place in rules, and whether the link is a report's
}

const reportedRule = 1 << 7

// NewMemory returns an empty index.
func NewMemory() *Memory {
	m := &Memory{}
	m.placer = NewPlacer(m)
	return m
}

// number gives the key its number, a new one where it has none.
func (m *Memory) number(key int64) uint32 {
	id := m.ids.number(key)
	for int(id) >= len(m.kins) {
		if len(m.kins) == cap(m.kins) { // append would leave a quarter unused
			m.kins = append(make([]kin, 0, cap(m.kins)*9/8+1024), m.kins...)
		}
		m.entries = append(m.entries, nil)
		m.kins = append(m.kins, kin{})
	}
	return id
}

// Put keeps an entry so that Entries finds it. Call it before Place.
func (m *Memory) Put(e record.Entry) { m.put(&e) }

func (m *Memory) put(e *record.Entry) uint32 {
	n := m.number(e.Key)
	if m.kins[n].twin != 0 && (m.entries[n] == nil || !sameWords(m.entries[n], e)) {
		// Its old words may be what leads to others with the same: they keep
		// the old number.
		m.entries[n] = nil
		m.ids.renumber(e.Key)
		n = m.number(e.Key)
	}
	m.entries[n] = e
	return n
}

func sameWords(x, y *record.Entry) bool { return x.Words == y.Words && slices.Equal(x.Parts, y.Parts) }

// Drop takes an entry out. Call Forget before, while those who said the same
// can still be found.
func (m *Memory) Drop(key int64) {
	m.entries[m.number(key)] = nil
}

// entry returns the entry of the key; nil: there is none.
func (m *Memory) entry(key int64) *record.Entry {
	if id, ok := m.ids.find(key); ok {
		return m.entries[id]
	}
	return nil
}

// Keys returns the keys of all entries, ascending.
func (m *Memory) Keys() []int64 {
	keys := make([]int64, 0, len(m.entries))
	for _, e := range m.entries {
		if e != nil {
			keys = append(keys, e.Key)
		}
	}
	slices.Sort(keys)
	return keys
}

// Postings implements Index. A shingle of short texts stands in one slot with
// that of long ones, and a flag tells them apart; so do the stems of reports.
func (m *Memory) Postings(shingles []uint64) ([][]int64, error) {
	lists := make([][]int64, len(shingles))
	for i, s := range shingles {
		l := m.appendKeys(nil, m.postings.find(s), 0)
		l = m.appendKeys(l, m.postings.find(s^tagShort), 1)
		slices.Sort(l)
		lists[i] = slices.Compact(l)
	}
	return lists, nil
}

// appendKeys appends the keys of a list that were posted with the flag.
func (m *Memory) appendKeys(keys []int64, ref, flag uint32) []int64 {
	for ref != 0 {
		var v uint32
		if v, ref = m.postings.next(ref); v&1 == flag {
			keys = append(keys, m.ids.keys[v>>classBits])
		}
	}
	return keys
}

// AddPostings implements Index.
func (m *Memory) AddPostings(key int64, shingles []uint64) error {
	m.postings.add(shingles, m.number(key)<<classBits, false)
	return nil
}

// flagOf is the flag of a family.
func flagOf(tag uint64) uint32 {
	if tag != 0 {
		return 1
	}
	return 0
}

// Entries implements Index.
func (m *Memory) Entries(keys []int64) ([]record.Entry, error) {
	out := make([]record.Entry, 0, len(keys))
	for _, k := range keys {
		if e := m.entry(k); e != nil {
			out = append(out, *e)
		}
	}
	return out, nil
}

// Link implements Index.
func (m *Memory) Link(child int64) (Link, bool, error) {
	id, ok := m.ids.find(child)
	if !ok {
		return Link{}, false, nil
	}
	l, ok := m.link(id)
	return l, ok, nil
}

// link is the link of the entry with a number.
func (m *Memory) link(id uint32) (Link, bool) {
	k := &m.kins[id]
	if k.parent == 0 {
		return Link{}, false
	}
	l := Link{Parent: m.ids.keys[k.parent-1], Bits: float64(k.bits), Rule: m.rules[k.rule&^reportedRule], Relation: record.Same}
	if k.rule&reportedRule != 0 {
		l.Relation = record.Paraphrased
	}
	return l, true
}

// SetLink implements Index.
func (m *Memory) SetLink(child int64, l *Link) error {
	id := m.number(child)
	m.unhang(id)
	if l == nil {
		return nil
	}
	parent := m.number(l.Parent)
	rule := slices.Index(m.rules, l.Rule)
	if rule < 0 {
		rule = len(m.rules)
		m.rules = append(m.rules, l.Rule)
	}
	k := &m.kins[id]
	k.bits, k.parent, k.rule = float32(l.Bits), parent+1, uint8(rule)
	if l.Relation == record.Paraphrased {
		k.rule |= reportedRule
	}
	k.sibling, m.kins[parent].child = m.kins[parent].child, id+1
	return nil
}

// unhang takes the entry from its parent.
func (m *Memory) unhang(id uint32) {
	k := &m.kins[id]
	if k.parent == 0 {
		return
	}
	at := &m.kins[k.parent-1].child
	for *at != id+1 {
		at = &m.kins[*at-1].sibling
	}
	*at, k.parent, k.sibling = k.sibling, 0, 0
}

// Children implements Index.
func (m *Memory) Children(parent int64) ([]int64, error) {
	id, ok := m.ids.find(parent)
	if !ok {
		return nil, nil
	}
	var out []int64
	for c := m.kins[id].child; c != 0; c = m.kins[c-1].sibling {
		out = append(out, m.ids.keys[c-1])
	}
	slices.Sort(out)
	return out, nil
}

// Place keeps an entry and places it.
func (m *Memory) Place(e record.Entry) error {
	_, err := m.placer.place(m.placer.kept.at(&e, m.put(&e)))
	return err
}

// Utterances puts all utterances together, in the order of their earliest
// quotations.
func (m *Memory) Utterances() ([]record.Utterance, error) {
	var out []record.Utterance
	for _, k := range m.Keys() {
		if _, hangs, _ := m.Link(k); hangs || m.placer.item(m.entry(k)).text.Len() == 0 {
			continue
		}
		u, err := Utterance(m, k)
		if err != nil {
			return nil, err
		}
		out = append(out, u)
	}
	slices.SortFunc(out, func(a, b record.Utterance) int {
		return compareEntries(&a.Variants[0].Entry, &b.Variants[0].Entry)
	})
	return out, nil
}

// Check answers whether somebody said the words.
func (m *Memory) Check(words, by string) (record.Finding, error) {
	return Check(m, words, by, Options{})
}

// Compare says how words stand to a fuller wording.
func (m *Memory) Compare(words, full string) (record.Verdict, []record.Edit, []record.Alarm) {
	return Compare(words, full)
}

// Size is the number of bytes that the index keeps beside the entries
// themselves: what grows with every text.
func (m *Memory) Size() int {
	return m.postings.size() + m.days.size() + cap(m.kins)*int(unsafe.Sizeof(kin{})) + cap(m.ids.keys)*8 + len(m.ids.slots)*4
}
