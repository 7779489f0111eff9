package trace

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// FuzzTokens: tokens stand in order, inside the words, at whole characters,
// and folding never fails.
func FuzzTokens(f *testing.F) {
	for _, s := range append(slices.Clone(stock), "", "…", "[T]he [sic] sh*t -- s--t", "don’t can't won't y'all", "\xff\xfe broken", "$1,000.50 per cent", "U.S. a.m. . . . twenty-five", ":( [ ( ]") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, tok := range NewText(s).toks {
			if tok.span.Start < at || tok.span.End <= tok.span.Start || tok.span.End > len(s) {
				t.Fatalf("%q: token %q at %v after %d", s, tok.norm, tok.span, at)
			}
			if tok.norm == "" {
				t.Fatalf("%q: empty token at %v", s, tok.span)
			}
			at = tok.span.End
		}
	})
}

// FuzzEdits: the edits, applied to the fuller wording, give the words here.
func FuzzEdits(f *testing.F) {
	for i, s := range stock {
		f.Add(s, stock[(i+1)%len(stock)])
		f.Add(s[len(s)/3:], s)
		f.Add(s[:len(s)/2]+" … "+s[len(s)*2/3:], s)
		f.Add(s, s)
	}
	f.Add("a b [c] d", "a (x) b d c")
	f.Add("", "a")
	f.Fuzz(func(t *testing.T, here, full string) {
		if len(here) > 2000 || len(full) > 2000 {
			return
		}
		a, b := NewText(here), NewText(full)
		c := compare(a, b, sameWord)
		goneHere, goneFull := covered(a, c.diffs, false), covered(b, c.diffs, true)
		i, j := 0, 0
		for _, s := range c.segs {
			if s.a0 != i || s.b0 != j || s.a1 < i || s.b1 < j {
				t.Fatalf("here %q\nfull %q\nthe alignment leaps: %v", here, full, c.segs)
			}
			i, j = s.a1, s.b1
			x, y := a.toks[s.a0:s.a1], b.toks[s.b0:s.b1]
			if s.same && !alike(x, y) {
				t.Fatalf("here %q\nfull %q\n%q is no %q", here, full, norms(x), norms(y))
			}
			if slices.Contains(goneHere[s.a0:s.a1], s.same) || slices.Contains(goneFull[s.b0:s.b1], s.same) {
				t.Fatalf("here %q\nfull %q\nedits %+v do not lead from one to the other", here, full, c.edits())
			}
		}
		if i != a.Len() || j != b.Len() {
			t.Fatalf("here %q\nfull %q\nthe alignment ends early: %v", here, full, c.segs)
		}
		for _, e := range c.edits() {
			if e.FullAt.Of(full) != e.Full || e.HereAt.Of(here) != e.Here {
				t.Fatalf("edit %+v does not stand at its places in %q and %q", e, here, full)
			}
		}
	})
}

// covered tells of each token whether an edit covers it.
func covered(t *Text, diffs []diff, full bool) []bool {
	gone := make([]bool, t.Len())
	for i := range diffs {
		lo, hi := diffs[i].a0, diffs[i].a1
		if full {
			lo, hi = diffs[i].b0, diffs[i].b1
		}
		for k := lo; k < hi; k++ {
			gone[k] = true
		}
	}
	return gone
}

func norms(toks []token) string {
	var w []string
	for i := range toks {
		w = append(w, toks[i].norm)
	}
	return strings.Join(w, " ")
}

// alike tells whether two rows of tokens are the same words, run together or
// not.
func alike(a, b []token) bool {
	if len(a) != len(b) {
		return sameSpelling(a, b)
	}
	for i := range a {
		if !sameWord(&a[i], &b[i]) {
			return sameSpelling(a, b)
		}
	}
	return true
}

// A text compared with itself is exact, whatever it is.
func FuzzItself(f *testing.F) {
	for _, s := range stock {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := NewText(s)
		if a.Len() == 0 {
			return
		}
		if c := compare(a, NewText(s), sameWord); c.verdict() != record.Exact || len(c.diffs) > 0 {
			t.Fatalf("%q against itself: %s %+v", s, c.verdict(), c.edits())
		}
	})
}

// BenchmarkPlace places mentions of invented speech, as many wordings of as
// many utterances as a day's news may hold.
func BenchmarkPlace(b *testing.B) {
	entries := benchWorld(20000)
	b.ResetTimer()
	for b.Loop() {
		ix := NewMemory()
		for i := range entries {
			if err := ix.Place(entries[i]); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(entries))*float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
}

func BenchmarkCheck(b *testing.B) {
	entries := benchWorld(20000)
	ix := placeAll(b, entries)
	b.ResetTimer()
	for i := 0; b.Loop(); i++ {
		if _, err := Check(ix, entries[i*37%len(entries)].Words, "", Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// benchWorld makes n mentions: about one in three repeats an earlier one, cut
// or whole, as news does.
func benchWorld(n int) []record.Entry {
	rng := rand.New(rand.NewPCG(1, 2))
	words := slices.Sorted(maps.Keys(lexicon().words))
	var out []record.Entry
	for k := range n {
		e := record.Entry{
			Key: int64(k + 1), Quotation: fmt.Sprintf("r%05d:%d", k/8, k), Article: fmt.Sprintf("r%05d", k/8), Kind: record.Direct, Where: record.InBody,
			Speaker: fmt.Sprintf("Speaker %d", rng.IntN(500)), Published: record.Day(2024, time.March, 1+rng.IntN(28)),
		}
		e.Person = e.Speaker
		if k > 100 && rng.IntN(3) == 0 {
			o := out[rng.IntN(len(out))]
			w := strings.Fields(o.Words)
			if rng.IntN(2) == 0 {
				w = w[rng.IntN(len(w)/2):]
			}
			e.Words, e.Speaker, e.Person, e.Published = strings.Join(w, " "), o.Speaker, o.Person, o.Published
		} else {
			var w []string
			for range 8 + rng.IntN(30) {
				w = append(w, words[int(float64(len(words))*math.Pow(rng.Float64(), 3))])
			}
			e.Words = strings.Join(w, " ")
		}
		out = append(out, e)
	}
	return out
}
