package trace

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"onrecord/internal/record"
)

// What is looked at of very many is chosen by what it shares and by its date
// of print, in whatever order it arrived.
func TestLikeliestInAnyOrder(t *testing.T) {
	var want []string
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 1))
		m := NewMemory()
		var hits []hit
		for key, i := range rng.Perm(300) {
			e := record.Entry{Key: int64(key + 1), Quotation: fmt.Sprintf("n%03d:1", i), Published: record.Day(2030, 1, 1+i%25)}
			m.Put(e)
			shared := int64(20 * weight)
			if i < 150 {
				shared = enough // the very same words
			}
			hits = append(hits, hit{e.Key, shared})
		}
		got, err := likeliest(m, hits, 12, 0)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, h := range got {
			e, _ := m.Entries([]int64{h.key})
			names = append(names, e[0].Quotation)
		}
		if slices.Sort(names); want == nil {
			want = names
		}
		if len(names) != 12 || !slices.Equal(names, want) {
			t.Errorf("order %d: %v, before %v", seed, names, want)
		}
	}
}

// A few words that very many share and nothing else tells apart are no reason
// to look at any of them.
func TestTurnOfPhraseLeadsNowhere(t *testing.T) {
	hits := []hit{{1, 90 * weight}, {2, 80 * weight}}
	for k := range int64(turnsMost + 1) {
		hits = append(hits, hit{10 + k, 20 * weight})
	}
	got, err := likeliest(NewMemory(), hits, 50, 30*weight)
	if err != nil || len(got) != 2 || got[0].key != 1 || got[1].key != 2 {
		t.Errorf("%v, %v", got, err)
	}
}

// A sentence that hundreds print is found when somebody asks about a part of
// it: what they share is no turn of phrase.
func TestSentenceThatManyPrintIsFound(t *testing.T) {
	m := NewMemory()
	var hits []hit
	for k := range int64(turnsMost + 1) {
		m.Put(record.Entry{Key: k + 1, Quotation: fmt.Sprintf("n%03d:1", k), Published: record.Day(2030, 1, 1)})
		hits = append(hits, hit{k + 1, 80 * weight})
	}
	got, err := likely(m, hits, &wanted{words: []probe{{}}, size: 100 * weight}, nil)
	if err != nil || len(got) != likelyMost {
		t.Errorf("%d, %v", len(got), err)
	}
}
