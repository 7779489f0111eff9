package when

import (
	"strconv"
	"strings"
	"time"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// date reads a date at token i. led says that a preposition or "early" stands
// before it, which a bare year needs.
func (f *finder) date(i int, led bool) (value, int, bool) {
	if i >= f.end {
		return value{}, i, false
	}
	t := f.d.Tokens[i]
	if t.Kind == text.Number {
		return f.numeric(i, led)
	}
	if t.Kind != text.Word {
		return f.apostrophe(i)
	}
	if rest, ok := strings.CutPrefix(t.Lower, "mid-"); ok {
		return f.middle(i, rest)
	}
	for _, e := range f.w[t.Lower] {
		if !follows(f.d, i+1, f.end, e.rest) {
			continue
		}
		if v, next, ok := f.word(i, e, led); ok {
			return v, next, true
		}
	}
	return value{}, i, false
}

// word reads a date that begins with the list's entry e.
func (f *finder) word(i int, e entry, led bool) (value, int, bool) {
	switch e.class {
	case weekday:
		if f.d.Tokens[i].Cap {
			return f.weekday(i, e.n, "")
		}
	case month:
		if f.d.Tokens[i].Cap {
			return f.month(i, e.n, led)
		}
	case season:
		return f.season(i, e.n, led)
	case day:
		if f.d.Tokens[i].Cap && i > 0 && f.d.Tokens[i-1].Sentence == f.d.Tokens[i].Sentence && f.d.Tokens[i-1].Kind == text.Word {
			return value{}, i, false // "NBC's Today show", "USA Today"
		}
		when := record.When{}
		if f.anchor.knowsDays {
			when = dayOf(f.anchor.day.AddDate(0, 0, e.n))
		}
		return value{when: when}, f.daypart(i + 1), true
	case which:
		return f.which(i, e.word)
	case count:
		return f.ago(i+1+len(e.rest), e.n, e.n == 0)
	}
	return value{}, i, false
}

// daypart passes over "night" and the like.
func (f *finder) daypart(i int) int {
	if _, ok := f.find(i, daypart); ok {
		return i + 1
	}
	return i
}

// which reads "last week", "this morning", "last Tuesday", "next month".
func (f *finder) which(i int, word string) (value, int, bool) {
	for _, e := range f.w[f.lower(i+1)] {
		switch e.class {
		case weekday:
			if f.d.Tokens[i+1].Cap {
				return f.weekday(i+1, e.n, word)
			}
		case month:
			if f.d.Tokens[i+1].Cap {
				return value{when: f.anchor.nearMonth(time.Month(e.n), word), coarse: true}, i + 2, true
			}
		case season:
			return value{when: f.anchor.nearSeason(e.n, word), coarse: true}, i + 2, true
		case unit:
			if strings.HasSuffix(f.lower(i+1), "s") || e.word == "day" {
				return value{}, i, false // "last days"
			}
			return value{when: f.anchor.unitOf(e.word, word), coarse: true}, i + 2, true
		case daypart:
			return f.thisMorning(i, word)
		}
	}
	return value{}, i, false
}

// theWeek reads the unit of "over the weekend", "earlier in the week".
func (f *finder) theWeek(i int) (value, int, bool) {
	e, ok := f.find(i, unit)
	if !ok || f.lower(i-1) != "the" || strings.HasSuffix(f.lower(i), "s") {
		return value{}, i, false
	}
	switch e.word {
	case "weekend":
	case "week", "month", "year":
		if _, ok := f.find(i-3, part); !ok { // "earlier in the week", not "in the week"
			return value{}, i, false
		}
	default:
		return value{}, i, false
	}
	return value{when: f.anchor.unitOf(e.word, "this"), coarse: true}, i + 1, true
}

// thisMorning reads "this morning" and "last night".
func (f *finder) thisMorning(i int, word string) (value, int, bool) {
	if word == "next" || (word == "last" && f.lower(i+1) != "night" && f.lower(i+1) != "evening") {
		return value{}, i, false
	}
	if !f.anchor.knowsDays {
		return value{}, i + 2, true
	}
	back := 0
	if word == "last" {
		back = -1
	}
	return value{when: dayOf(f.anchor.day.AddDate(0, 0, back))}, i + 2, true
}

// weekday reads "Tuesday", "Tuesday night", "Tuesday last week", "Tuesday,
// March 4".
func (f *finder) weekday(i, n int, word string) (value, int, bool) {
	next := f.daypart(i + 1)
	at := next
	if f.lower(at) == "," || f.lower(at) == "the" {
		at++
	}
	if v, after, ok := f.monthDate(at); ok && v.problem == "" && !v.coarse {
		return v, after, true
	}
	at = next
	if f.lower(at) == "of" {
		at++
	}
	if e, ok := f.find(at, which); ok && f.lower(at+1) == "week" {
		w := f.anchor.unitOf("week", e.word)
		if w.Known() {
			w = dayOf(w.From.AddDate(0, 0, (n+6)%7))
		}
		return value{when: w}, at + 2, true
	}
	return value{when: f.anchor.weekdayOf(n, word)}, next, true
}

// monthDate reads a date that begins with a month's name or a day's number.
func (f *finder) monthDate(i int) (value, int, bool) {
	if i >= f.end {
		return value{}, i, false
	}
	if f.d.Tokens[i].Kind == text.Number {
		return f.dayMonth(i)
	}
	if e, ok := f.find(i, month); ok && f.d.Tokens[i].Cap {
		return f.month(i, e.n, true)
	}
	return value{}, i, false
}

// month reads "March 4, 2025", "March 2025", "Sept. 12", "November last
// year", "March". A month alone is a date only after a preposition, since May
// and March are words too.
func (f *finder) month(i, m int, led bool) (value, int, bool) {
	at := i + 1
	if f.lower(at) == "." && f.d.Tokens[at].Start == f.d.Tokens[i].End {
		at++
	}
	month := time.Month(m)
	if n, ok := f.ordinal(at); ok && !f.counts(at, n) {
		return f.dayOfMonth(at+1, month, n, f.dash(at))
	}
	if from, to, ok := f.days(at); ok {
		return f.dayOfMonth(at+1, month, from, to)
	}
	yearAt := at
	if f.lower(at) == "of" || f.lower(at) == "," {
		yearAt++
	}
	if y, digits, ok := f.number(yearAt); ok && digits == 4 && y >= 1000 && y <= f.anchor.latestYear() {
		return value{when: monthOf(y, month), coarse: true}, yearAt + 1, true
	}
	if _, digits, ok := f.number(at); ok && digits != 4 && digits > 2 && digits < 7 && !f.counted(at) {
		return noSuchYear(f.lower(at)), at + 1, true
	}
	if f.lower(at) == "of" {
		at++
	}
	if e, ok := f.find(at, which); ok && f.lower(at+1) == "year" {
		w := record.When{}
		if y := f.anchor.unitOf("year", e.word); y.Known() {
			w = monthOf(y.From.Year(), month)
		}
		return value{when: w, coarse: true}, at + 2, true
	}
	if !led {
		return value{}, i, false
	}
	end := i + 1
	if f.lower(end) == "." && end+1 < f.end && f.d.Tokens[end].Sentence == f.d.Tokens[end+1].Sentence {
		end++
	}
	return value{when: f.anchor.nearMonth(month, ""), coarse: true}, end, true
}

// counts tells "in May 50 people" from "on May 5": more than any month has
// days, and something countable after it.
func (f *finder) counts(i, n int) bool {
	return n > 31 && i+1 < f.end && f.d.Tokens[i+1].Kind == text.Word && !f.d.Tokens[i+1].Cap
}

// dash is the second day of "March 4–6", written with spaces or a dash of its
// own; 0 where there is none.
func (f *finder) dash(i int) int {
	if l := f.lower(i + 1); l != "–" && l != "-" {
		return 0
	}
	n, _ := f.ordinal(i + 2)
	return n
}

// days reads "4-6" or "4–6" in one token.
func (f *finder) days(i int) (from, to int, ok bool) {
	if i >= f.end || f.d.Tokens[i].Kind != text.Number {
		return 0, 0, false
	}
	a, b, ok := strings.Cut(strings.ReplaceAll(f.d.Tokens[i].Lower, "–", "-"), "-")
	if !ok || len(a) > 2 || len(b) > 2 {
		return 0, 0, false
	}
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	return from, to, err1 == nil && err2 == nil && from < to
}

// dayOfMonth finishes a date whose month and day are known; next is the token
// after the day. to is the last day of a range, or 0.
func (f *finder) dayOfMonth(next int, m time.Month, n, to int) (value, int, bool) {
	if to > 0 && f.lower(next) != "," && next < f.end && (f.lower(next) == "–" || f.lower(next) == "-") {
		next += 2
	}
	name := m.String() + " " + strconv.Itoa(n)
	y, end := 0, next
	at := next
	if f.lower(at) == "," {
		at++
	}
	if v, digits, ok := f.number(at); ok && digits >= 3 && (at > next || digits == 4) {
		if digits != 4 || v < 1000 || v > f.anchor.latestYear() {
			if f.counted(at) {
				return f.finishDay(m, n, to, 0, name), end, true
			}
			return noSuchYear(f.lower(at)), at + 1, true
		}
		y, end = v, at+1
		name += ", " + strconv.Itoa(v)
	}
	if f.lower(at) == "of" {
		at++
	}
	if e, ok := f.find(at, which); ok && f.lower(at+1) == "year" && f.anchor.hasYear {
		y, end = f.anchor.unitOf("year", e.word).From.Year(), at+2
	}
	return f.finishDay(m, n, to, y, name), end, true
}

func (f *finder) finishDay(m time.Month, n, to, y int, name string) value {
	test := y
	if y == 0 {
		test = 2000 // a leap year: 29 February exists
	}
	last := civil(test, m+1, 1).AddDate(0, 0, -1).Day()
	if n < 1 || n > last || to > last {
		return value{problem: "no such day: " + name}
	}
	w := record.When{}
	if y != 0 {
		w = dayOf(civil(y, m, n))
	} else {
		w = f.anchor.nearDay(m, n)
	}
	if to > n && w.Known() {
		w.Until = w.From.AddDate(0, 0, to-n+1)
	}
	return value{when: w}
}

// isCount tells a number that counts the lower-case word after it.
func (f *finder) isCount(i int) bool {
	if i+1 >= f.end {
		return false
	}
	t := f.d.Tokens[i+1]
	return t.Kind == text.Word && !t.Cap && strings.HasSuffix(t.Lower, "s") || t.Lower == "%" || t.Lower == "of" || t.Lower == "percent"
}

// season reads "summer 2018", "summer of 2018"; alone it is no date unless a
// preposition leads it.
func (f *finder) season(i, first int, led bool) (value, int, bool) {
	at := i + 1
	if f.lower(at) == "of" {
		at++
	}
	if y, digits, ok := f.number(at); ok && digits == 4 && y >= 1000 && y <= f.anchor.latestYear() {
		return value{when: seasonOf(y, first), coarse: true}, at + 1, true
	}
	if e, ok := f.find(at, which); ok && f.lower(at+1) == "year" {
		w := record.When{}
		if y := f.anchor.unitOf("year", e.word); y.Known() {
			w = seasonOf(y.From.Year(), first)
		}
		return value{when: w, coarse: true}, at + 2, true
	}
	if !led || f.lower(i) == "fall" || f.lower(i) == "spring" && f.lower(i-1) != "the" {
		return value{}, i, false
	}
	return value{when: f.anchor.nearSeason(first, ""), coarse: true}, i + 1, true
}

// middle reads "mid-2018", "mid-March".
func (f *finder) middle(i int, rest string) (value, int, bool) {
	v := value{coarse: true}
	if y, err := strconv.Atoi(rest); err == nil && len(rest) == 4 && y >= 1000 && y <= f.anchor.latestYear() {
		v.when = year(y)
	} else {
		found := false
		for _, e := range f.w[rest] {
			if e.class == month {
				found = true
				v.when = f.anchor.nearMonth(time.Month(e.n), "")
				if y, digits, ok := f.number(i + 1); ok && digits == 4 && y >= 1000 && y <= f.anchor.latestYear() {
					v.when = monthOf(y, time.Month(e.n))
					i++
				}
			}
		}
		if !found {
			return value{}, i, false
		}
	}
	v.when = f.partOf(v, "mid")
	v.coarse = false
	return v, i + 1, true
}

// ago reads the unit and "ago" after a count of n at token i.
func (f *finder) ago(i, n int, vague bool) (value, int, bool) {
	e, ok := f.find(i, unit)
	if !ok {
		return value{}, i, false
	}
	switch f.lower(i + 1) {
	case "ago":
		if vague {
			return value{vague: true}, i + 2, true
		}
		return value{when: f.anchor.ago(n, e.word)}, i + 2, true
	case "earlier", "later":
		return value{vague: true}, i + 2, true
	}
	return value{}, i, false
}
