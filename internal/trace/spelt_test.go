package trace

import (
	"testing"

	"onrecord/internal/record"
)

// What is foreseen of two texts is never less than what laying one over the
// other finds, however many words two houses run together.
func TestForeseenIsEnough(t *testing.T) {
	for _, pair := range [][2]string{
		{"I am sorry, and the boat house deckhand for the sea wall was a free-for-all of the harbour from the start.",
			"I am sorry, and the boathouse deck hand for the seawall was a free for all of the harbour from the start."},
		{"The boathouse is a boat that is a house, and the herring are gone.",
			"The boat house is a boat that is a house, and the herring are gone."},
	} {
		a := reportAt(1, 1, record.Direct, pair[0])
		b := reportAt(2, 1, record.Direct, pair[1])
		x, y := newItem(&a), newItem(&b)
		for _, at := range [][2]*item{{x, y}, {y, x}} {
			f, d := foresee(at[0], at[1]), lay(at[0], at[1])
			if d.linked && (!f.possible || f.bits < d.bits-1e-3) {
				t.Errorf("%.40q: %v bits foreseen, %v found", at[0].Words, f.bits, d.bits)
			}
		}
	}
}

// All at once and one after the other agree on words run together, too.
func TestBatchAgreesOnSpelling(t *testing.T) {
	a := reportAt(1, 1, record.Direct, "I am sorry, and the boat house deckhand for the sea wall was a free-for-all of the harbour from the start.")
	b := reportAt(2, 1, record.Direct, "I am sorry, and the boathouse deck hand for the seawall was a free for all of the harbour from the start.")
	a.Published, a.Said = record.Day(2025, 1, 20), record.Day(2025, 1, 8)
	entries := []record.Entry{a, b}
	if want, got := links(placeAll(t, entries)), batched(entries, 1); got != want {
		t.Error(firstDifference(want, got))
	}
}
