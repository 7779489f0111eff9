package trace

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// stock is invented speech that the laws below cut, change and shuffle.
var stock = []string{
	"The harbour wall will not hold another winter unless we find the money before the first frost, and I have told the council so three times.",
	"I think the orchestra may lose about forty players, but nobody has asked me to sign anything yet.",
	"We never promised a second bridge. We promised a ferry, a timetable and a roof over the bench.",
	"My grandmother kept bees behind the bakery, and she would have laughed at every word of that report.",
	"If the referee had blown his whistle, thirty children would have gone home without their shoes.",
	"You cannot teach a violin to swim, and you cannot teach this committee to read a balance sheet.",
}

// world is n entries made of the stock: whole, cut, changed, by two speakers,
// on several days, some without a date.
func world(rng *rand.Rand, n int) []record.Entry {
	var out []record.Entry
	for k := range n {
		w := strings.Fields(stock[rng.IntN(len(stock))])
		switch rng.IntN(6) {
		case 0:
			w = w[rng.IntN(len(w)/2):]
		case 1:
			w = w[:len(w)/2+rng.IntN(len(w)/2)]
		case 2:
			i := rng.IntN(len(w) - 3)
			w = slices.Delete(slices.Clone(w), i, i+1+rng.IntN(2))
		case 3:
			i := rng.IntN(len(w) - 4)
			w = w[i : i+4]
		case 4:
			w = append(slices.Clone(w), strings.Fields(stock[rng.IntN(len(stock))])...)
		}
		e := record.Entry{
			Key: int64(k + 1), Quotation: fmt.Sprintf("r%02d:%d", rng.IntN(n), k), Kind: record.Direct, Where: record.InBody,
			Words: strings.Join(w, " "), Outlet: fmt.Sprintf("Outlet %d", k%7),
		}
		e.Article, _, _ = strings.Cut(e.Quotation, ":")
		if rng.IntN(5) > 0 {
			e.Published = record.Day(2024, time.March, 1+rng.IntN(4)+60*rng.IntN(2))
		}
		if rng.IntN(4) > 0 {
			e.Speaker = []string{"Mara Quill", "Deven Oake"}[rng.IntN(2)]
			e.Person = e.Speaker
		}
		if rng.IntN(8) == 0 {
			e.Kind = record.Indirect
		}
		out = append(out, e)
	}
	return out
}

func placeAll(t testing.TB, entries []record.Entry) *Memory {
	ix := NewMemory()
	for _, e := range entries {
		ix.Put(e)
		if _, err := Place(ix, e); err != nil {
			t.Fatal(err)
		}
	}
	return ix
}

// links is the forest, written out.
func links(ix *Memory) string {
	var b strings.Builder
	for _, k := range ix.Keys() {
		l, ok, _ := ix.Link(k)
		fmt.Fprintln(&b, k, ok, l)
	}
	return b.String()
}

func utterances(t testing.TB, ix *Memory) string {
	var b strings.Builder
	for _, k := range ix.Keys() {
		u, err := Utterance(ix, k)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%d %+v\n", k, u)
	}
	return b.String()
}

// The order of arrival does not change the utterances.
func TestOrderOfArrival(t *testing.T) {
	for seed := range uint64(5) {
		rng := rand.New(rand.NewPCG(seed, 7))
		entries := world(rng, 50)
		first := placeAll(t, entries)
		want, wantAll := links(first), utterances(t, first)
		for range 3 {
			rng.Shuffle(len(entries), func(i, j int) { entries[i], entries[j] = entries[j], entries[i] })
			again := placeAll(t, entries)
			if got := links(again); got != want {
				t.Fatalf("seed %d: another order, other links:\n%s", seed, firstDifference(want, got))
			}
			if got := utterances(t, again); got != wantAll {
				t.Fatalf("seed %d: another order, other utterances:\n%s", seed, firstDifference(wantAll, got))
			}
		}
	}
}

func firstDifference(a, b string) string {
	x, y := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "- " + x[i] + "\n+ " + y[i]
		}
	}
	return "one is longer"
}

// Placing again changes nothing, and says so.
func TestPlaceTwice(t *testing.T) {
	entries := world(rand.New(rand.NewPCG(3, 3)), 50)
	ix := placeAll(t, entries)
	want := links(ix)
	for _, e := range entries {
		touched, err := Place(ix, e)
		if err != nil {
			t.Fatal(err)
		}
		if len(touched) != 1 || touched[0] != e.Key {
			t.Errorf("placing %d again touched %v", e.Key, touched)
		}
	}
	if got := links(ix); got != want {
		t.Error(firstDifference(want, got))
	}
}

// Taking entries out leaves what placing the others alone gives.
func TestForget(t *testing.T) {
	entries := world(rand.New(rand.NewPCG(5, 5)), 60)
	ix := placeAll(t, entries)
	var rest []record.Entry
	for i, e := range entries {
		if i%3 > 0 {
			rest = append(rest, e)
			continue
		}
		if _, err := Forget(ix, e.Key); err != nil {
			t.Fatal(err)
		}
		ix.Drop(e.Key)
	}
	if want, got := links(placeAll(t, rest)), links(ix); got != want {
		t.Error(firstDifference(want, got))
	}
}

// Links lead to an entry higher in the fixed order, so there are no rings.
func TestForestHasNoRings(t *testing.T) {
	ix := placeAll(t, world(rand.New(rand.NewPCG(9, 9)), 80))
	for _, k := range ix.Keys() {
		l, ok, _ := ix.Link(k)
		if !ok {
			continue
		}
		child, parent := ix.entry(k), ix.entry(l.Parent)
		if !higher(newItem(parent), newItem(child)) {
			t.Errorf("%d hangs on %d, which is not higher", k, l.Parent)
		}
	}
}
