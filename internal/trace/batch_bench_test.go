//go:build unix

package trace

import (
	"fmt"
	"testing"
	"time"

	"onrecord/internal/record"
)

// BenchmarkBatch links the planted world of BenchmarkPlace at once, on one core
// and on two.
func BenchmarkBatch(b *testing.B) {
	for _, size := range []struct {
		name string
		n    int
	}{{"10k", 10_000}, {"100k", 100_000}, {"1M", 1_000_000}} {
		for workers := 1; workers <= 2; workers++ {
			b.Run(fmt.Sprintf("%s/%d", size.name, workers), func(b *testing.B) {
				if testing.Short() && size.n > 100_000 {
					b.Skip("a million mentions take half a minute")
				}
				var entries []record.Entry
				planted(size.n, func(e record.Entry) { entries = append(entries, e) })
				b.ResetTimer()
				for b.Loop() {
					began, before := time.Now(), processorTime()
					Batch(entries, workers)
					b.ReportMetric(float64(size.n)/time.Since(began).Seconds(), "mentions/s")
					b.ReportMetric(float64(size.n)/(processorTime()-before).Seconds(), "mentions/core-s")
				}
			})
		}
	}
}
