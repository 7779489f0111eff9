package when

import (
	"time"

	"onrecord/internal/record"
)

// anchor is the day of print that relative words count from.
type anchor struct {
	day       time.Time // midnight of the day of print; zero: unknown
	year      int       // the year of print; zero: unknown
	hasYear   bool
	knowsDays bool
}

// anchorOf takes the day from the publication as it is given, in its own
// zone: what a paper calls today is its own day.
func anchorOf(w record.When) anchor {
	if w.From.IsZero() {
		return anchor{}
	}
	y, m, d := w.From.Date()
	a := anchor{year: y, hasYear: true, day: civil(y, m, d), knowsDays: true}
	if w.Until.IsZero() {
		return a
	}
	if w.Until.Sub(w.From) > 48*time.Hour {
		a.knowsDays, a.day = false, time.Time{}
		a.hasYear = w.Until.Add(-time.Nanosecond).Year() == y
	}
	return a
}

// latestYear is the last year that can be one in a report: two years after
// print, since reports announce; without a day of print, 2100.
func (a anchor) latestYear() int {
	if a.hasYear {
		return a.year + 2
	}
	return 2100
}

func dayOf(t time.Time) record.When { return record.When{From: t, Until: t.AddDate(0, 0, 1)} }

func monthOf(y int, m time.Month) record.When {
	return record.When{From: civil(y, m, 1), Until: civil(y, m+1, 1)}
}

// seasonOf is the quarter that a northern season word means, from its first
// month on; winter belongs to the year it begins in.
func seasonOf(y, first int) record.When {
	return record.When{From: civil(y, time.Month(first), 1), Until: civil(y, time.Month(first+3), 1)}
}

// monday is the first day of the week round t.
func monday(t time.Time) time.Time { return t.AddDate(0, 0, -(int(t.Weekday())+6)%7) }

// weekdayOf is the last such day on or before the day of print ("last": before it).
func (a anchor) weekdayOf(n int, word string) record.When {
	if !a.knowsDays {
		return record.When{}
	}
	back := (int(a.day.Weekday()) - n + 7) % 7
	switch {
	case word == "next":
		return dayOf(a.day.AddDate(0, 0, 7-back))
	case word == "last" && back == 0:
		back = 7
	}
	return dayOf(a.day.AddDate(0, 0, -back))
}

// nearMonth is the month on or before print ("last": before it).
func (a anchor) nearMonth(m time.Month, word string) record.When {
	if !a.knowsDays {
		return record.When{}
	}
	y := a.year
	if m > a.day.Month() || (word == "last" && m == a.day.Month()) {
		y--
	}
	if word == "next" {
		y++
	}
	return monthOf(y, m)
}

// nearDay is the day of a month on or before print; 29 February goes back to
// a leap year.
func (a anchor) nearDay(m time.Month, d int) record.When {
	if !a.knowsDays {
		return record.When{}
	}
	for y := a.year; y > a.year-9; y-- {
		t := civil(y, m, d)
		if t.Month() == m && !t.After(a.day) {
			return dayOf(t)
		}
	}
	return record.When{}
}

// nearSeason is the season that "last", "this" or a bare season word means.
func (a anchor) nearSeason(first int, word string) record.When {
	if !a.knowsDays {
		return record.When{}
	}
	for y := a.year + 1; ; y-- {
		s := seasonOf(y, first)
		if s.From.After(a.day) && word != "next" {
			continue
		}
		if word == "last" && s.Until.After(a.day) {
			continue
		}
		if word == "next" && y > a.year && seasonOf(y-1, first).From.After(a.day) {
			continue
		}
		return s
	}
}

// unitOf is what "last week", "this year", "next month" means.
func (a anchor) unitOf(unit, word string) record.When {
	step := map[string]int{"last": -1, "this": 0, "next": 1}[word]
	if unit == "year" && a.hasYear {
		return year(a.year + step)
	}
	if unit == "decade" && a.hasYear {
		y := a.year/10*10 + 10*step
		return record.When{From: civil(y, 1, 1), Until: civil(y+10, 1, 1)}
	}
	if !a.knowsDays {
		return record.When{}
	}
	switch unit {
	case "week":
		m := monday(a.day).AddDate(0, 0, 7*step)
		return record.When{From: m, Until: m.AddDate(0, 0, 7)}
	case "weekend":
		return a.weekend(step)
	case "month":
		return monthOf(a.year, a.day.Month()+time.Month(step))
	}
	return record.When{}
}

// weekend is Saturday and Sunday: this one, if print falls on it, or the one
// before; "last" is always one that is over.
func (a anchor) weekend(step int) record.When {
	saturday := monday(a.day).AddDate(0, 0, 5)
	if saturday.After(a.day) && step <= 0 {
		saturday = saturday.AddDate(0, 0, -7)
	} else if step < 0 {
		saturday = saturday.AddDate(0, 0, -7)
	} else if step > 0 && !saturday.After(a.day) {
		saturday = saturday.AddDate(0, 0, 7)
	}
	return record.When{From: saturday, Until: saturday.AddDate(0, 0, 2)}
}

// ago is the interval that "three weeks ago" means: as wide as its unit, since
// nobody who counts in weeks counts days.
func (a anchor) ago(n int, unit string) record.When {
	if unit == "year" && a.hasYear {
		return year(a.year - n)
	}
	if unit == "decade" && a.hasYear {
		y := a.year - 10*n
		return record.When{From: civil(y-5, 1, 1), Until: civil(y+5, 1, 1)}
	}
	if !a.knowsDays {
		return record.When{}
	}
	switch unit {
	case "day":
		return dayOf(a.day.AddDate(0, 0, -n))
	case "week":
		mid := a.day.AddDate(0, 0, -7*n)
		return record.When{From: mid.AddDate(0, 0, -3), Until: mid.AddDate(0, 0, 4)}
	case "month":
		return monthOf(a.year, a.day.Month()-time.Month(n))
	}
	return record.When{}
}

// partOf takes the early, middle or late part of a coarse interval, generously
// (halves), or what has passed of it by the day of print ("earlier this week").
func (f *finder) partOf(v value, place string) record.When {
	w := v.when
	if place == "" || !v.coarse || w.From.IsZero() || w.Until.IsZero() {
		return w
	}
	quarter := func(n int) time.Time {
		days := int(w.Until.Sub(w.From).Hours()/24+0.5) * n / 4
		return w.From.AddDate(0, 0, days)
	}
	switch place {
	case "early":
		w.Until = quarter(2)
	case "late":
		w.From = quarter(2)
	case "mid":
		w.From, w.Until = quarter(1), quarter(3)
	case "sofar":
		end := f.anchor.day.AddDate(0, 0, 1)
		if f.anchor.knowsDays && w.From.Before(end) && end.Before(w.Until) {
			w.Until = end
		}
	}
	return w
}
