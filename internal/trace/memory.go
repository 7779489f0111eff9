package trace

import (
	"slices"

	"onrecord/internal/record"
)

// Memory is an Index kept in memory.
type Memory struct {
	postings map[uint64][]int64
	entries  map[int64]record.Entry
	links    map[int64]Link
	children map[int64][]int64
	items    map[int64]*item
}

// NewMemory returns an empty index.
func NewMemory() *Memory {
	return &Memory{
		postings: map[uint64][]int64{},
		entries:  map[int64]record.Entry{},
		links:    map[int64]Link{},
		children: map[int64][]int64{},
		items:    map[int64]*item{},
	}
}

// Put keeps an entry so that Entries finds it. Call it before Place.
func (m *Memory) Put(e record.Entry) {
	m.entries[e.Key] = e
	delete(m.items, e.Key)
}

// Drop takes an entry out; Forget must be called afterwards.
func (m *Memory) Drop(key int64) {
	delete(m.entries, key)
	delete(m.items, key)
}

// item implements texter: a text in memory is folded once.
func (m *Memory) item(e *record.Entry) *item {
	if x := m.items[e.Key]; x != nil {
		return x
	}
	kept := *e
	x := newItem(&kept)
	m.items[e.Key] = x
	return x
}

// Keys returns the keys of all entries, ascending.
func (m *Memory) Keys() []int64 {
	keys := make([]int64, 0, len(m.entries))
	for k := range m.entries {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Postings implements Index.
func (m *Memory) Postings(shingles []uint64) ([][]int64, error) {
	lists := make([][]int64, len(shingles))
	for i, s := range shingles {
		lists[i] = m.postings[s]
	}
	return lists, nil
}

// AddPostings implements Index.
func (m *Memory) AddPostings(key int64, shingles []uint64) error {
	for _, s := range shingles {
		m.postings[s] = insert(m.postings[s], key)
	}
	return nil
}

// Entries implements Index.
func (m *Memory) Entries(keys []int64) ([]record.Entry, error) {
	out := make([]record.Entry, 0, len(keys))
	for _, k := range keys {
		if e, ok := m.entries[k]; ok {
			out = append(out, e)
		}
	}
	return out, nil
}

// Link implements Index.
func (m *Memory) Link(child int64) (Link, bool, error) {
	l, ok := m.links[child]
	return l, ok, nil
}

// SetLink implements Index.
func (m *Memory) SetLink(child int64, l *Link) error {
	if old, ok := m.links[child]; ok {
		m.children[old.Parent] = remove(m.children[old.Parent], child)
	}
	if l == nil {
		delete(m.links, child)
		return nil
	}
	m.links[child] = *l
	m.children[l.Parent] = insert(m.children[l.Parent], child)
	return nil
}

// Children implements Index.
func (m *Memory) Children(parent int64) ([]int64, error) {
	return slices.Clone(m.children[parent]), nil
}

// insert adds key to an ascending list, once.
func insert(list []int64, key int64) []int64 {
	if n := len(list); n == 0 || list[n-1] < key {
		return append(list, key)
	}
	at, found := slices.BinarySearch(list, key)
	if found {
		return list
	}
	return slices.Insert(list, at, key)
}

func remove(list []int64, key int64) []int64 {
	if at, found := slices.BinarySearch(list, key); found {
		return slices.Delete(list, at, at+1)
	}
	return list
}

// Place keeps an entry and places it.
func (m *Memory) Place(e record.Entry) error {
	m.Put(e)
	_, err := Place(m, e)
	return err
}

// Utterances puts all utterances together, in the order of their earliest
// quotations.
func (m *Memory) Utterances() ([]record.Utterance, error) {
	var out []record.Utterance
	for _, k := range m.Keys() {
		if _, hangs := m.links[k]; hangs || m.item(entryOf(m, k)).text.Len() == 0 {
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

func entryOf(m *Memory, key int64) *record.Entry {
	e := m.entries[key]
	return &e
}

// Check answers whether somebody said the words.
func (m *Memory) Check(words, by string) (record.Finding, error) {
	return Check(m, words, by, Options{})
}

// Compare says how words stand to a fuller wording.
func (m *Memory) Compare(words, full string) (record.Verdict, []record.Edit, []record.Alarm) {
	return Compare(words, full)
}
