package trace

import (
	"testing"

	"onrecord/internal/record"
)

// reportAt is an entry of the first days of March.
func reportAt(key int64, d int, kind record.Kind, words string) record.Entry {
	id := string(rune('a'+key)) + ":1"
	return record.Entry{Key: key, Quotation: id, Article: id[:1], Kind: kind, Words: words, Speaker: "Zoë Calder", Published: record.Day(2024, 3, d)}
}

// In a large Memory the hash of all words stands in a slot with something else
// now and then. Who has these words is found by them all the same.
func TestSharedSlotHidesNobody(t *testing.T) {
	const words = "The pilots of Larkhaven sold the herring to a dealer in winter coats"
	m := NewMemory()
	other := reportAt(1, 1, record.Direct, "My grandmother kept bees behind the bakery.")
	if err := m.Place(other); err != nil {
		t.Fatal(err)
	}
	m.postings.add([]uint64{NewText(words).wholeHash()}, 0, false)
	for k, w := range []string{words, words + " and a brass bell."} {
		if err := m.Place(reportAt(int64(k+2), 1, record.Direct, w)); err != nil {
			t.Fatal(err)
		}
	}
	if l, ok, _ := m.Link(2); !ok || l.Parent != 3 {
		t.Errorf("the shorter wording hangs on %d, want 3", l.Parent)
	}
}

// A slot may also lead to an entry that is not placed, or has no words.
func TestSharedSlotOfOneNotPlaced(t *testing.T) {
	const words = "The pilots of Larkhaven sold the herring to a dealer in winter coats"
	m := NewMemory()
	m.Put(reportAt(1, 1, record.Direct, "…"))
	m.postings.add([]uint64{NewText(words).wholeHash()}, 0, false)
	for k := range int64(2) {
		if err := m.Place(reportAt(k+2, 1, record.Direct, words)); err != nil {
			t.Fatal(err)
		}
	}
	if l, ok, _ := m.Link(3); !ok || l.Parent != 2 {
		t.Errorf("the reprint hangs on %d, want 2", l.Parent)
	}
}

// Nor is a speaker taken for one of whom something is reported already.
func TestSharedSlotHidesNoReport(t *testing.T) {
	said := reportAt(1, 1, record.Direct, "We will never sell the winter herring to a scrap dealer.")
	told := reportAt(2, 1, record.Indirect, "the winter herring would never be sold to scrap dealers")
	who := newItem(&said).speaker()
	for name, hash := range map[string]uint64{
		"the speaker": combine(tagTold, who),
		"the days":    besideHash(tagBeside, &said, 0),
	} {
		m := NewMemory()
		if err := m.Place(reportAt(3, 9, record.Direct, "My grandmother kept bees behind the bakery.")); err != nil {
			t.Fatal(err)
		}
		for i, e := range []record.Entry{said, told} {
			if hash == combine(tagTold, who) == (i == 1) {
				m.postings.add([]uint64{hash}, 0, false)
			}
			if err := m.Place(e); err != nil {
				t.Fatal(err)
			}
		}
		if l, ok, _ := m.Link(2); !ok || l.Parent != 1 {
			t.Errorf("%s: the report hangs on %d, want 1", name, l.Parent)
		}
	}
}
