package trace

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// batched is the forest that Batch makes, written out as links does.
func batched(entries []record.Entry, workers int) string {
	at := map[int64]int{}
	for i := range entries {
		at[entries[i].Key] = i
	}
	all := Batch(entries, workers)
	var b strings.Builder
	for k := int64(1); k <= int64(len(entries)); k++ {
		l := all[at[k]]
		fmt.Fprintln(&b, k, l.Rule != "", l)
	}
	return b.String()
}

// All at once gives the very links of one after the other, however many work.
func TestBatchAgreesWithPlacing(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 31))
		entries := world(rng, 20+rng.IntN(100))
		for range rng.IntN(4) { // a person has looked at some
			i, j := rng.IntN(len(entries)), rng.IntN(len(entries))
			entries[i].Apart = append(entries[i].Apart, entries[j].Quotation)
		}
		want := links(placeAll(t, entries))
		for workers := 1; workers <= 3; workers++ {
			if got := batched(entries, workers); got != want {
				t.Fatalf("seed %d, %d workers:\n%s", seed, workers, firstDifference(want, got))
			}
		}
	}
}
