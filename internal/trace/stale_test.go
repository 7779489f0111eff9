package trace

import (
	"testing"

	"onrecord/internal/record"
)

// A correction of the speaker leaves nothing behind: what the words are found
// by is what it would be, had the speaker been known at once.
func TestSpeakerCorrectedLeavesNothing(t *testing.T) {
	said := reportAt(1, 1, record.Direct, "We will never sell the winter herring to a scrap dealer.")
	told := reportAt(2, 1, record.Indirect, "scrap dealers would not get her herring, which she would never sell in winter")
	right := said
	right.Speaker = "Calder"
	want := links(placeAll(t, []record.Entry{right, told}))

	m := placeAll(t, []record.Entry{said, told})
	for _, key := range []int64{1, 2} {
		if _, err := Forget(m, key); err != nil {
			t.Fatal(err)
		}
	}
	m.Put(right)
	for _, e := range []record.Entry{right, told} {
		if _, err := Place(m, e); err != nil {
			t.Fatal(err)
		}
	}
	if got := links(m); got != want {
		t.Error(firstDifference(want, got))
	}
}
