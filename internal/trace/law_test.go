package trace

import (
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// FuzzTokens: tokens stand in order, inside the words, at whole characters,
// and folding never fails.
func FuzzTokens(f *testing.F) {
	for _, s := range append(slices.Clone(stock), "", "…", "[T]he [sic] sh*t -- s--t", "don’t can't won't y'all", "\xff\xfe broken", "$1,000.50 per cent", "U.S. a.m. . . . twenty-five", ":( [ ( ]", "a \u0301'\u0301 b") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at := 0
		for _, tok := range NewText(s).toks {
			if tok.span().Start < at || tok.span().End <= tok.span().Start || tok.span().End > len(s) {
				t.Fatalf("%q: token %q at %v after %d", s, tok.norm(), tok.span(), at)
			}
			if tok.norm() == "" {
				t.Fatalf("%q: empty token at %v", s, tok.span())
			}
			at = tok.span().End
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
		w = append(w, toks[i].norm())
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
