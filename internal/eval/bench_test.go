//go:build unix

package eval_test

import (
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"

	"onrecord/bench/sample"
	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/quote"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// pages are n reports as plain text, always the same ones.
func pages(b *testing.B, n int) []record.Page {
	b.Helper()
	list, real, err := sample.Reports(n)
	if err != nil {
		b.Skip("no reports to measure on: ", err)
	}
	if !real {
		b.Log("the reference texts are not at hand: the example reports, over and over")
	}
	return list
}

// clock is the processor time used when the measured work began: on a machine
// that does other work too, articles per second of a core are what can be
// compared.
type clock time.Duration

func processorTime() clock {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return clock(time.Duration(u.Utime.Nano() + u.Stime.Nano()))
}

// report gives articles a second of the wall clock and of one core.
func (began clock) report(b *testing.B, articles int) {
	b.ReportMetric(float64(articles)/b.Elapsed().Seconds(), "articles/s")
	if used := time.Duration(processorTime() - began); used > 0 {
		b.ReportMetric(float64(articles)/used.Seconds(), "articles/core-s")
	}
}

// oneCore keeps the garbage collector on the core that is measured.
func oneCore(b *testing.B) {
	before := runtime.GOMAXPROCS(1)
	b.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// throughput reports what was read in n passes over the reports.
func throughput(b *testing.B, began clock, list []record.Page, n int) {
	used := time.Duration(processorTime() - began).Seconds()
	bytes, tokens := 0, 0
	for _, p := range list {
		bytes += len(p.Bytes)
		tokens += len(text.New(&record.Article{Text: string(p.Bytes), Language: "en"}).Tokens)
	}
	b.ReportMetric(float64(n*len(list))/b.Elapsed().Seconds(), "articles/s")
	if used > 0 {
		b.ReportMetric(float64(n*len(list))/used, "articles/core-s")
		b.ReportMetric(float64(n*tokens)/used, "tokens/core-s")
		b.ReportMetric(float64(n*bytes)/used/1e6, "MB/core-s")
	}
}

// BenchmarkQuotations goes from plain text to quotations and no further:
// tokens, marks, sentences, and what is quoted.
func BenchmarkQuotations(b *testing.B) {
	list := pages(b, 500)
	for _, lane := range []struct {
		name string
		quote.Finder
	}{
		{"full", quote.Model{Tagger: tag.Embedded()}},
		{"fast", quote.Model{Tagger: tag.EmbeddedFast(), Fast: true}},
		{"rules", quote.Rules{}},
	} {
		b.Run(lane.name, func(b *testing.B) {
			oneCore(b)
			b.ReportAllocs()
			n, quotations := 0, 0
			began := processorTime()
			for b.Loop() {
				for _, p := range list {
					found, _ := lane.Find(text.New(&record.Article{ID: p.ID, Text: string(p.Bytes), Language: "en"}))
					quotations += len(found)
				}
				n++
			}
			throughput(b, began, list, n)
			b.ReportMetric(float64(quotations)/float64(n*len(list)), "quotations/article")
		})
	}
}

// BenchmarkReading takes reports from plain text to their readings.
func BenchmarkReading(b *testing.B) {
	list := pages(b, 500)
	for _, lane := range []struct {
		name string
		read.Lane
	}{{"full", read.Full}, {"fast", read.Fast}, {"rules", read.Rules}} {
		b.Run(lane.name, func(b *testing.B) {
			oneCore(b)
			b.ReportAllocs()
			n, quotations := 0, 0
			began := processorTime()
			for b.Loop() {
				for _, p := range list {
					r, err := read.Page(p, lane.Lane)
					if err != nil {
						b.Fatal(err)
					}
					quotations += len(r.Quotations)
				}
				n++
			}
			throughput(b, began, list, n)
			b.ReportMetric(float64(quotations)/float64(n*len(list)), "quotations/article")
		})
	}
}

// BenchmarkTrace places the quotations of the readings into an index in memory.
func BenchmarkTrace(b *testing.B) {
	var readings []record.Reading
	for _, p := range pages(b, 500) {
		a, err := extract.Article(p)
		if err != nil {
			b.Fatal(err)
		}
		readings = append(readings, read.Article(a, read.Full))
	}
	entries := eval.Entries(readings, extract.Sum)
	n := 0
	began := processorTime()
	for b.Loop() {
		tr := eval.Memory()
		for _, e := range entries {
			if err := tr.Place(e); err != nil {
				b.Fatal(err)
			}
		}
		n += len(readings)
	}
	began.report(b, n)
	b.ReportMetric(float64(len(entries)*n/len(readings))/b.Elapsed().Seconds(), "quotations/s")
}

// BenchmarkStore takes articles from plain text to stored and traced, on one
// goroutine, as adding does for each.
func BenchmarkStore(b *testing.B) {
	list := pages(b, 500)
	b.ReportAllocs()
	n := 0
	began := processorTime()
	for b.Loop() {
		s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "bench.db"), store.Options{Create: true})
		if err != nil {
			b.Fatal(err)
		}
		keeper, err := read.NewKeeper(s)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range list {
			prepared, err := read.Prepare(p, read.Full)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := keeper.Keep(b.Context(), prepared); err != nil {
				b.Fatal(err)
			}
			n++
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
	began.report(b, n)
}
