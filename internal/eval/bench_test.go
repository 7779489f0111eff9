//go:build unix

package eval_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// bulk is the first n articles of the bulk set, as plain-text pages.
func bulk(b *testing.B, n int) []record.Page {
	b.Helper()
	f, err := os.Open(filepath.Join(eval.Shared(), "data", "bulk", "articles.jsonl.gz"))
	if err != nil {
		b.Skip("no bulk set in the shared folder")
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	dec := json.NewDecoder(bufio.NewReader(z))
	var pages []record.Page
	for len(pages) < n && dec.More() {
		var a struct{ ID, URL, Outlet, Title, Published, Text string }
		if err := dec.Decode(&a); err != nil {
			b.Fatal(err)
		}
		pages = append(pages, record.Page{ID: a.ID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Published: a.Published,
			Form: record.PlainText, Bytes: []byte(a.Text)})
	}
	return pages
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

// BenchmarkPipeline takes articles from plain text to their readings.
func BenchmarkPipeline(b *testing.B) {
	pages := bulk(b, 500)
	b.ReportAllocs()
	n, quotations := 0, 0
	began := processorTime()
	for b.Loop() {
		for _, p := range pages {
			rd, err := read.Page(p)
			if err != nil {
				b.Fatal(err)
			}
			n++
			quotations += len(rd.Quotations)
		}
	}
	began.report(b, n)
	b.ReportMetric(float64(quotations)/float64(n), "quotations/article")
}

// BenchmarkTrace places the quotations of the readings into an index in memory.
func BenchmarkTrace(b *testing.B) {
	var readings []record.Reading
	for _, p := range bulk(b, 500) {
		a, err := extract.Article(p)
		if err != nil {
			b.Fatal(err)
		}
		readings = append(readings, read.Article(a))
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
	pages := bulk(b, 500)
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
		for _, p := range pages {
			prepared, err := read.Prepare(p)
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
