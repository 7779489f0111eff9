package eval

import (
	"fmt"

	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// Memory is the program's tracer over an index kept in memory, for
// Options.Tracer.
func Memory() Tracer { return &memory{ix: trace.NewMemory()} }

type memory struct{ ix *trace.Memory }

func (m *memory) Place(e record.Entry) error {
	m.ix.Put(e)
	if _, err := trace.Place(m.ix, e); err != nil {
		return fmt.Errorf("placing quotation %s: %w", e.Quotation, err)
	}
	return nil
}

func (m *memory) Utterances() ([]record.Utterance, error) {
	var out []record.Utterance
	done := map[int64]bool{}
	for _, key := range m.ix.Keys() {
		if done[key] {
			continue
		}
		members, err := trace.Members(m.ix, key)
		if err != nil {
			return nil, fmt.Errorf("listing the utterance of entry %d: %w", key, err)
		}
		for _, k := range members {
			done[k] = true
		}
		u, err := trace.Utterance(m.ix, key)
		if err != nil {
			return nil, fmt.Errorf("making the utterance of entry %d: %w", key, err)
		}
		out = append(out, u)
	}
	return out, nil
}

// Link implements telling.
func (m *memory) Link(child int64) (record.Link, bool, error) { return m.ix.Link(child) }

// Utterance implements telling.
func (m *memory) Utterance(key int64) (record.Utterance, error) { return trace.Utterance(m.ix, key) }

// Links lists every link, ascending by child.
func (m *memory) Links() ([]linked, error) {
	var out []linked
	for _, key := range m.ix.Keys() {
		l, ok, err := m.ix.Link(key)
		if err != nil {
			return nil, fmt.Errorf("looking up the link of entry %d: %w", key, err)
		}
		if !ok {
			continue
		}
		both, err := m.ix.Entries([]int64{key, l.Parent})
		if err != nil || len(both) != 2 {
			return nil, fmt.Errorf("looking up entries %d and %d: %w", key, l.Parent, err)
		}
		out = append(out, linked{child: &both[0], parent: &both[1], link: l})
	}
	return out, nil
}

func (m *memory) Check(words, by string) (record.Finding, error) {
	return trace.Check(m.ix, words, by, trace.Options{})
}

func (m *memory) Compare(words, full string) (record.Verdict, []record.Edit, []record.Alarm) {
	return trace.Compare(words, full)
}
