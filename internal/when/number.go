package when

import (
	"strconv"
	"strings"
	"time"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// numeric reads a date that begins with a number: "2018", "4 March 2025",
// "the 1990s", "2025-03-04", "3 days ago".
func (f *finder) numeric(i int, led bool) (value, int, bool) {
	if v, next, ok := f.dayMonth(i); ok {
		return v, next, true
	}
	if v, ok := isoDate(f.lower(i)); ok {
		return v, i + 1, true
	}
	if n, _, ok := f.number(i); ok {
		if v, next, ok := f.ago(i+1, n, false); ok {
			return v, next, true
		}
	}
	if !led {
		return f.decade(i)
	}
	if v, next, ok := f.decade(i); ok {
		return v, next, true
	}
	return f.ledYear(i)
}

// dayMonth reads "4 March 2025", "4th of March".
func (f *finder) dayMonth(i int) (value, int, bool) {
	n, ok := f.ordinal(i)
	if !ok {
		return value{}, i, false
	}
	at := i + 1
	if f.lower(at) == "of" {
		at++
	}
	e, ok := f.find(at, month)
	if !ok || !f.d.Tokens[at].Cap {
		return value{}, i, false
	}
	at++
	if f.lower(at) == "." && f.d.Tokens[at].Start == f.d.Tokens[at-1].End && at+1 < f.end && f.d.Tokens[at+1].Kind == text.Number {
		at++
	}
	return f.dayOfMonth(at, time.Month(e.n), n, 0)
}

// isoDate reads 2025-03-04.
func isoDate(s string) (value, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return value{}, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		if strings.Trim(s, "0123456789-") != "" {
			return value{}, false
		}
		return value{problem: "no such day: " + s}, true
	}
	return value{when: dayOf(t)}, true
}

// decade reads "1990s" and, after the apostrophe is passed, "90s".
func (f *finder) decade(i int) (value, int, bool) {
	if i >= f.end {
		return value{}, i, false
	}
	s, ok := strings.CutSuffix(strings.ReplaceAll(f.d.Tokens[i].Lower, "'", ""), "s")
	if !ok || (len(s) != 4 && len(s) != 2) || s[len(s)-1] != '0' {
		return value{}, i, false
	}
	y, err := strconv.Atoi(s)
	if err != nil {
		return value{}, i, false
	}
	if len(s) == 2 {
		if before := f.lower(i - 1); before != "'" && before != "‘" && before != "’" && before != "the" {
			return value{}, i, false
		}
		y += 1900
		if y < 1930 {
			y += 100
		}
	}
	if y < 1000 || y > f.anchor.latestYear() {
		return value{}, i, false
	}
	return value{when: record.When{From: civil(y, 1, 1), Until: civil(y+10, 1, 1)}, coarse: true}, i + 1, true
}

// apostrophe reads "’90s".
func (f *finder) apostrophe(i int) (value, int, bool) {
	if l := f.lower(i); l != "'" && l != "‘" && l != "’" {
		return value{}, i, false
	}
	if i+1 >= f.end || f.d.Tokens[i+1].Start != f.d.Tokens[i].End {
		return value{}, i, false
	}
	return f.decade(i + 1)
}

// year reads a number that the words round it make a year, and says so when
// it cannot be one: "a 202 interview".
func (f *finder) year(i int) (value, int, bool) {
	y, digits, ok := f.number(i)
	if !ok || digits < 3 || digits > 6 {
		return value{}, i, false
	}
	if digits != 4 || y < 1000 || y > f.anchor.latestYear() {
		return noSuchYear(f.lower(i)), i + 1, true
	}
	return value{when: year(y), coarse: true}, i + 1, true
}

// ledYear reads a year after "in" or "since". A number of three or five
// digits there is a misprinted year only where nothing follows that it could
// count: "in 202 homes", "in 202 of 300 cases".
func (f *finder) ledYear(i int) (value, int, bool) {
	v, next, ok := f.year(i)
	if !ok {
		return v, i, false
	}
	if y, digits, _ := f.number(i); digits == 4 && y > f.anchor.latestYear() && y < 2200 && !f.past(i) {
		return value{when: year(y), coarse: true}, next, true // a plan: "open by the end of the line in 2035"
	}
	if v.problem != "" {
		if f.counted(i) || !f.yearly(i) {
			return value{}, i, false
		}
		return v, next, true
	}
	if f.d.Tokens[i].Lower < "1900" && (f.isCount(i) || !f.yearly(i)) {
		return value{}, i, false
	}
	return v, next, true
}

// past tells whether the words before token i lead to what has been: "since",
// "back in", or an "In" that opens the sentence.
func (f *finder) past(i int) bool {
	w := f.lower(i - 1)
	return w == "since" || w == "in" && (f.lower(i-2) == "back" || f.d.Tokens[i-1].Cap)
}

// yearly tells whether the word before token i leads to years more often than
// to amounts: "in 202", but not "over 202", "for 1500".
func (f *finder) yearly(i int) bool {
	switch f.lower(i - 1) {
	case "in", "since", "during", "until", "till", "early", "late":
		return true
	}
	return false
}

// counted tells whether the number at token i may count or measure what
// follows; a misprint is only claimed before a pause or a name.
func (f *finder) counted(i int) bool {
	if i+1 >= f.end {
		return false
	}
	t := f.d.Tokens[i+1]
	switch t.Kind {
	case text.Word, text.Number:
		return !t.Cap || i == 0 || !f.d.Tokens[i-1].Cap // "In 202 Moor said", not "in 202 Essex homes"
	}
	switch t.Lower {
	case ",", ".", ";", ":", ")", "—", "–", "?", "!":
		return t.Start > f.d.Tokens[i].End && t.Lower != "—" && t.Lower != "–"
	}
	return true
}
