//go:build unix

package eval

import (
	"slices"
	"syscall"
	"testing"
	"time"

	"onrecord/internal/trace"
)

// BenchmarkMillion places the planted million one after the other: sentences of
// the bulk articles, altered as eval million alters them. Only placing is timed.
func BenchmarkMillion(b *testing.B) {
	r := &run{shared: Shared()}
	articles, err := lines[printed](r, bulkArticles, 0)
	if err != nil {
		b.Skip(err)
	}
	sentences := plainSentences(articles)
	for _, size := range []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}} {
		if testing.Short() && size.n > 100_000 {
			continue
		}
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				placeMillion(b, newMill(sentences, floorSeed).make(size.n))
			}
		})
	}
}

func placeMillion(b *testing.B, all []minted) {
	const together = 1000 // so that the clocks cost little
	ix := trace.NewMemory()
	took := make([]time.Duration, 0, len(all))
	var used time.Duration
	for some := range slices.Chunk(all, together) {
		before := coreTime()
		for i := range some {
			start := time.Now()
			if err := ix.Place(some[i].Entry); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(start))
		}
		used += coreTime() - before
	}
	slices.Sort(took)
	b.ReportMetric(0, "ns/op") // it holds the making of the world
	b.ReportMetric(float64(len(all))/used.Seconds(), "mentions/core-s")
	b.ReportMetric(float64(took[len(all)*99/100].Nanoseconds())/1000, "p99-µs")
	b.ReportMetric(float64(ix.Size())/float64(len(all)), "bytes/text")
}

// coreTime is the processor time that this process has used.
func coreTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
