// Package when reads words such as "in November last year" and says which
// interval of civil time they mean, counted from the day the report was
// printed. The width of the interval is the precision: nothing is made more
// exact than the words are. Words that need a day of print, in a report that
// has none, keep their words and have an unknown interval.
package when

import (
	"strconv"
	"time"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Bound says how the words before a date bind it.
type Bound byte

// The bounds.
const (
	At    Bound = iota // "in 2018", "on Tuesday", "yesterday": it dates what is told
	Since              // "since 2018", "after Tuesday": what is told goes on from there
	Until              // "by Friday", "before 2018"
	Other              // "the budget of 2018", "for Monday"
)

// Expr is one expression of time in a text.
type Expr struct {
	Span       record.Span
	First, End int         // its tokens
	When       record.When // unknown where the words do not say, or nothing tells the day of print
	Problem    string      // "no such year: 202"
	Bound      Bound
	Vague      bool // "recently", "later that day"
	Event      bool // the date belongs to a noun of an utterance: "in a 2020 interview"
	Possessive bool // "Tuesday's", of something that is no utterance
}

// Find returns the expressions of time among the tokens [first, end), in
// order of place, counted from the article's day of print.
func Find(d *text.Doc, first, end int) []Expr {
	f := &finder{d: d, w: wordsOf(d.Lang), first: max(first, 0), end: min(end, len(d.Tokens))}
	f.anchor = anchorOf(d.Article.Published)
	for i := f.first; i < f.end; {
		x, next, ok := f.parse(i)
		if !ok {
			i++
			continue
		}
		f.found = append(f.found, x)
		i = next
	}
	return f.found
}

type finder struct {
	d          *text.Doc
	w          words
	anchor     anchor
	first, end int
	found      []Expr
}

// value is what a date means before the words round it are looked at.
type value struct {
	when    record.When
	problem string
	vague   bool
	coarse  bool // a month, a year, a season: "early" takes a part of it
}

// parse reads an expression that begins at token i.
func (f *finder) parse(i int) (Expr, int, bool) {
	bound, k, led := f.lead(i)
	if x, next, ok := f.dated(i, k, led); ok {
		x.Bound = bound
		return x, next, true
	}
	if _, next, ok := f.w.at(f.d, i, f.end, vague); ok {
		return f.expr(i, next, value{vague: true}), next, true
	}
	at, place := k, ""
	if e, next, ok := f.w.at(f.d, at, f.end, part); ok {
		place, at = e.word, next
		if e2, after, again := f.lead(at); again { // "early on Sunday", "early in 2018"
			bound, led, at = e2, true, after
		}
	}
	if f.lower(at) == "the" && (led || place != "") {
		at++
	}
	if e, next, ok := f.w.at(f.d, at, f.end, part); ok && place == "" { // "in the late 1990s", "in early 2018"
		place, at = e.word, next
	}
	v, next, ok := f.date(at, led || place != "")
	if !ok && at > k {
		v, next, ok = f.theWeek(at)
	}
	if !ok {
		return Expr{}, i, false
	}
	start := i
	if !led && place == "" {
		start = at
	}
	v.when = f.partOf(v, place)
	x := f.expr(start, next, bounded(v, bound))
	x.Bound = bound
	return f.possessive(x), x.End, true
}

// lead reads the words before a date: "back in", "since".
func (f *finder) lead(i int) (Bound, int, bool) {
	e, next, ok := f.w.at(f.d, i, f.end, lead)
	if !ok {
		return At, i, false
	}
	switch e.word {
	case "at":
		return At, next, true
	case "since":
		return Since, next, true
	case "until":
		return Until, next, true
	}
	return Other, next, true
}

// bounded cuts an interval open on the side that the words leave open.
func bounded(v value, b Bound) value {
	switch b {
	case Since:
		v.when = record.When{From: v.when.From}
	case Until:
		v.when = record.When{Until: v.when.Until}
	}
	return v
}

func (f *finder) expr(i, next int, v value) Expr {
	return Expr{Span: f.d.SpanOf(i, next), First: i, End: next, When: v.when, Problem: v.problem, Vague: v.vague}
}

// possessive looks at what follows: "Tuesday's interview" dates an utterance,
// "Tuesday's storm" does not.
func (f *finder) possessive(x Expr) Expr {
	if f.lower(x.End) != "'s" && f.lower(x.End) != "'" {
		return x
	}
	if next, ok := f.event(x.End + 1); ok {
		x.End, x.Event = next, true
		x.Span = f.d.SpanOf(x.First, next)
		return x
	}
	x.Possessive = true
	return x
}

// dated reads "in a 2020 interview", "a November 2020 speech": a date between
// a determiner and a noun for an utterance. k is the token after the lead.
func (f *finder) dated(i, k int, led bool) (Expr, int, bool) {
	at := k
	if e, next, ok := f.w.at(f.d, k, f.end, count); ok && e.n == 1 && next == k+1 {
		at = next
	} else if _, next, ok := f.w.at(f.d, k, f.end, determiner); ok {
		at = next
	}
	if at == k && !led {
		return Expr{}, i, false
	}
	v, next, ok := f.date(at, false)
	if !ok {
		if v, next, ok = f.year(at); !ok {
			return Expr{}, i, false
		}
	}
	noun, ok := f.event(next)
	if !ok {
		return Expr{}, i, false
	}
	x := f.expr(i, noun, v)
	x.Event = true
	return x, noun, true
}

// event finds the noun of an utterance at token i, or after a few words that
// tell its kind: "radio interview", "CNN interview".
func (f *finder) event(i int) (next int, ok bool) {
	for k := i; k < f.end && k < i+4; k++ {
		_, isBetween := f.find(k, between)
		if _, ok := f.find(k, event); ok {
			if _, more := f.find(k+1, event); !isBetween || !more {
				return k + 1, true
			}
			continue
		}
		if t := f.d.Tokens[k]; !isBetween && (t.Kind != text.Word || !t.Cap) {
			return i, false
		}
	}
	return i, false
}

func (f *finder) find(i int, c class) (entry, bool) {
	e, _, ok := f.w.at(f.d, i, f.end, c)
	return e, ok
}

func (f *finder) lower(i int) string {
	if i < 0 || i >= f.end {
		return ""
	}
	return f.d.Tokens[i].Lower
}

// number is the value of token i where it is digits and nothing else.
func (f *finder) number(i int) (n, digits int, ok bool) {
	if i >= f.end || f.d.Tokens[i].Kind != text.Number {
		return 0, 0, false
	}
	s := f.d.Tokens[i].Lower
	for k := 0; k < len(s); k++ {
		if s[k] < '0' || s[k] > '9' || k > 8 {
			return 0, 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, len(s), err == nil
}

// ordinal reads "4", "4th", "21st" as a day of a month.
func (f *finder) ordinal(i int) (n int, ok bool) {
	if i >= f.end || f.d.Tokens[i].Kind != text.Number {
		return 0, false
	}
	s := f.d.Tokens[i].Lower
	digits := 0
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		digits++
	}
	switch s[digits:] {
	case "", "st", "nd", "rd", "th":
	default:
		return 0, false
	}
	if digits == 0 || digits > 2 {
		return 0, false
	}
	n, err := strconv.Atoi(s[:digits])
	return n, err == nil
}

func noSuchYear(s string) value { return value{problem: "no such year: " + s} }

func year(y int) record.When {
	return record.When{From: civil(y, time.January, 1), Until: civil(y+1, time.January, 1)}
}

func civil(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
