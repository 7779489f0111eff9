package trace

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// scales are the words and letters that multiply a figure.
var scales = sync.OnceValue(func() map[string]float64 {
	out := map[string]float64{}
	for _, e := range lang.For("en").List("scales").Entries {
		if v, err := strconv.ParseFloat(e.Value, 64); err == nil {
			out[e.Word] = v
		}
	}
	return out
})

// numbers writes the numbers among the words in one form, in which "2 million"
// is "2,000,000", "two million" and "2m"; "" where there are none.
func numbers(toks []token) string {
	var out []string
	value, open := 0.0, false
	flush := func() {
		if open {
			out = append(out, strconv.FormatFloat(value, 'f', -1, 64))
		}
		value, open = 0, false
	}
	for i := range toks {
		t := &toks[i]
		v, times, figure := figureOf(t.norm())
		switch {
		case !t.isNumber() && (t.norm() != "1" || len(toks) > 1):
			flush()
		case figure:
			flush()
			value, open = v*times, true
		case scales()[t.norm()] > 0 && open:
			value *= scales()[t.norm()]
		case scales()[t.norm()] > 0: // "a million"
			value, open = scales()[t.norm()], true
		default: // percent, dollars, 2nd
			flush()
			out = append(out, t.norm())
		}
	}
	flush()
	slices.Sort(out) // "$5" is "5 dollars"
	return strings.Join(out, " ")
}

// amountAt is how many words at the beginning make a number.
func amountAt(toks []token) int {
	n := 0
	for n < len(toks) && (toks[n].isNumber() || toks[n].norm() == "1") {
		n++
	}
	return n
}

// figures tells whether toks[i:j] are figures and the small words that join
// them to one that stays beside them: "14 or | 15", "two | and a half". The
// alarm hears bare figures only, since what is joined may be two amounts.
func figures(toks []token, i, j int) bool {
	const most = 4
	if j-i > most || !slices.ContainsFunc(toks[i:j], func(t token) bool { return amountAt([]token{t}) > 0 }) {
		return false
	}
	for k := i; k < j; k++ {
		if t := &toks[k]; !t.isNumber() && !t.is(function) {
			return false
		}
	}
	return i > 0 && toks[i-1].isNumber() || j < len(toks) && toks[j].isNumber()
}

// figureOf reads a figure and the letters that multiply it: "40", "2.5m".
func figureOf(norm string) (value, times float64, ok bool) {
	digits := strings.TrimRight(norm, "abcdefghijklmnopqrstuvwxyz")
	if value, err := strconv.ParseFloat(digits, 64); err == nil {
		if digits == norm {
			return value, 1, true
		}
		if times := scales()[norm[len(digits):]]; times > 0 {
			return value, times, true
		}
	}
	return 0, 0, false
}

// oneOf tells whether the words are "a" or "one" alone, which are one number.
func oneOf(toks []token) bool {
	return len(toks) == 1 && slices.Contains([]string{"a", "an", "1"}, toks[0].norm())
}

// unit tells whether another unit stands with the same figure: "three days",
// "three weeks".
func (c *comparison) unit(d *diff, a, b []token) bool {
	return d.Op == record.Replace && len(a) == 1 && len(b) == 1 && d.b0 > 0 && c.full.toks[d.b0-1].isNumber() &&
		units()[a[0].norm()] && units()[b[0].norm()] && !sameStem(a[0].norm(), b[0].norm()) && !forms().same(a[0].norm(), b[0].norm())
}
