//go:build unix

package trace

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"onrecord/internal/record"
)

// The planted world: made-up utterances of words drawn as often as the
// frequency table says, each printed a few times within days, whole or with
// one of twelve kinds of edit, by speakers that are right in 85 of 100.

// drawn draws words by their frequency.
var drawn = sync.OnceValue(func() func(*rand.Rand) string {
	words := make([]string, 0, len(lexicon().words))
	for w := range lexicon().words {
		words = append(words, w)
	}
	slices.Sort(words)
	sums, sum := make([]float64, len(words)), 0.0
	for i, w := range words {
		sum += math.Exp2(-lexicon().words[w].bits)
		sums[i] = sum
	}
	return func(rng *rand.Rand) string {
		return words[min(sort.SearchFloat64s(sums, rng.Float64()*sum), len(words)-1)]
	}
})

// sentence is what utterance u says: 8 to 45 words, some in front of a comma.
func sentence(u int) []string {
	rng := rand.New(rand.NewPCG(uint64(u), 11))
	draw := drawn()
	w := make([]string, 8+rng.IntN(38))
	for i := range w {
		w[i] = draw(rng)
		switch {
		case i == len(w)-1:
			w[i] += "."
		case rng.IntN(9) == 0:
			w[i] += ","
		}
	}
	w[0] = strings.ToUpper(w[0][:1]) + w[0][1:]
	return w
}

// edit is the sentence as a printer alters it, by one of twelve kinds.
func edit(rng *rand.Rand, w []string) string {
	n := len(w)
	at := 1 + rng.IntN(n-2)
	w = slices.Clone(w)
	switch rng.IntN(12) {
	case 0: // cut at the end
		w = w[:max(4, n-1-rng.IntN(n/2))]
	case 1: // cut at the beginning
		w = w[min(n-4, 1+rng.IntN(n/2)):]
	case 2: // cut at both ends
		w = w[n/4 : n-n/4]
	case 3: // a headline's fragment
		w = w[at:min(n, at+3+rng.IntN(4))]
	case 4: // a marked omission
		w = slices.Replace(w, at, min(n-1, at+1+rng.IntN(6)), "…")
	case 5: // an unmarked omission
		w = slices.Delete(w, at, min(n-1, at+1+rng.IntN(4)))
	case 6: // a word replaced
		w[at] = drawn()(rng)
	case 7: // two words replaced
		w[at], w[n-1-at/2] = drawn()(rng), drawn()(rng)
	case 8: // words added
		w = slices.Insert(w, at, drawn()(rng), drawn()(rng))
	case 9: // an editor's brackets
		w[at] = "[" + w[at] + "]"
	case 10: // negated
		w = slices.Insert(w, at, "not")
	case 11: // a quarter of the words changed
		for range n / 4 {
			w[rng.IntN(n)] = drawn()(rng)
		}
	}
	return strings.Join(w, " ")
}

// planted calls place with n mentions in the order of their print dates.
func planted(n int, place func(e record.Entry)) {
	type mention struct{ utterance, first, day int32 }
	rng := rand.New(rand.NewPCG(5, 8))
	all := make([]mention, 0, n)
	for u := 0; len(all) < n; u++ {
		day := rng.IntN(max(1, n/1400))
		for k := range 1 + rng.IntN(7) {
			if len(all) < n {
				all = append(all, mention{int32(u), int32(k), int32(day + rng.IntN(3))})
			}
		}
	}
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	slices.SortStableFunc(all, func(a, b mention) int { return int(a.day - b.day) })
	for i, m := range all {
		w := sentence(int(m.utterance))
		e := record.Entry{
			Key: int64(i + 1), Article: fmt.Sprintf("r%d", i), Quotation: fmt.Sprintf("r%d:1", i), Kind: record.Direct,
			Where: record.InBody, Published: record.Day(2020, time.March, 1+int(m.day)), Words: strings.Join(w, " "),
			Speaker: fmt.Sprintf("Speaker %c%d", 'A'+m.utterance%26, m.utterance/40),
		}
		if m.first > 0 && rng.IntN(5) > 0 {
			e.Words = edit(rng, w)
		}
		if rng.IntN(100) >= 85 {
			e.Speaker = fmt.Sprintf("Speaker Z%d", rng.IntN(1000))
		}
		e.Person = e.Speaker
		place(e)
	}
}

// BenchmarkPlace places a planted world of ten thousand, a hundred thousand
// and, unless -short, a million mentions; ten million where ONRECORD_BENCH_LARGE
// is set. Only placing is timed.
func BenchmarkPlace(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}, {"10M", 10_000_000}} {
		b.Run(size.name, func(b *testing.B) {
			if testing.Short() && size.n > 100_000 {
				b.Skip("a million mentions take a minute")
			}
			if size.n > 1_000_000 && os.Getenv("ONRECORD_BENCH_LARGE") == "" {
				b.Skip("ten million mentions take ten minutes and 14 GB")
			}
			for b.Loop() {
				benchPlace(b, size.n)
			}
		})
	}
}

// processorTime is what this process has used: on a machine that does other
// work too, mentions a second of one core are what can be compared.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func benchPlace(b *testing.B, n int) {
	ix := NewMemory()
	took := make([]time.Duration, 0, n)
	var wall, used time.Duration
	var batch []record.Entry // placed together, so that the clocks cost little
	planted(n, func(e record.Entry) {
		ix.Put(e)
		if batch = append(batch, e); len(batch) < 1000 {
			return
		}
		began, before := time.Now(), processorTime()
		for _, e := range batch {
			start := time.Now()
			if _, err := Place(ix, e); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
		wall, used = wall+time.Since(began), used+processorTime()-before
		batch = batch[:0]
	})
	slices.Sort(took)
	b.ReportMetric(0, "ns/op") // it holds the making of the world
	b.ReportMetric(float64(n)/wall.Seconds(), "mentions/s")
	b.ReportMetric(float64(n)/used.Seconds(), "mentions/core-s")
	b.ReportMetric(float64(took[n*99/100].Nanoseconds())/1000, "p99-µs")
	b.ReportMetric(float64(ix.Size())/float64(n), "bytes/text")
}

func BenchmarkCheck(b *testing.B) {
	var asked []string
	ix := NewMemory()
	planted(20_000, func(e record.Entry) {
		asked = append(asked, e.Words)
		if err := ix.Place(e); err != nil {
			b.Fatal(err)
		}
	})
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, err := Check(ix, asked[i*37%len(asked)], "", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
