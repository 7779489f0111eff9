package show

import (
	"fmt"
	"strings"
	"time"

	"onrecord/internal/record"
)

const (
	dayForm   = "2 January 2006"
	monthForm = "January 2006"
)

// Date says when, as exactly as it is known: "4 March 2022", "November 2021",
// "2018", "before 4 March 2022"; "" where nothing is known.
func Date(w record.When) string {
	_, d := date(w)
	return d
}

// On is Date with its preposition: "on 4 March 2022", "in November 2021".
func On(w record.When) string {
	prep, d := date(w)
	return strings.TrimSpace(prep + " " + d)
}

// date splits the preposition that only a sentence needs from the date.
func date(w record.When) (prep, d string) {
	from, until := w.From, w.Until
	switch {
	case !w.Known():
		return "", ""
	case from.IsZero():
		return "", "before " + until.Format(dayForm)
	case until.IsZero():
		return "", "on or after " + from.Format(dayForm)
	}
	last := until.Add(-time.Nanosecond)
	switch {
	case sameDay(from, last):
		return "on", from.Format(dayForm)
	case from.Day() == 1 && until.Equal(from.AddDate(0, 1, 0)):
		return "in", from.Format(monthForm)
	case from.YearDay() == 1 && until.Equal(from.AddDate(1, 0, 0)):
		return "in", from.Format("2006")
	case from.YearDay() == 1 && until.Equal(from.AddDate(10, 0, 0)) && from.Year()%10 == 0:
		return "in", "the " + from.Format("2006") + "s"
	}
	return "", "between " + shorter(from, last) + " and " + last.Format(dayForm)
}

// shorter leaves out the year, and the month, that the other date repeats.
func shorter(t, other time.Time) string {
	switch {
	case t.Year() != other.Year():
		return t.Format(dayForm)
	case t.Month() != other.Month():
		return t.Format("2 January")
	}
	return t.Format("2")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}

// Span of days searched: "4 January to 9 June 2022".
func days(w record.When) string {
	if w.From.IsZero() || w.Until.IsZero() {
		return Date(w)
	}
	last := w.Until.Add(-time.Nanosecond)
	if sameDay(w.From, last) {
		return last.Format(dayForm)
	}
	return shorter(w.From, last) + " to " + last.Format(dayForm)
}

// said puts date and problem together: "year misprinted: 202".
func said(w record.When, problem string) string {
	var parts []string
	if w.Known() {
		parts = append(parts, On(w))
	}
	if problem != "" {
		if year, ok := strings.CutPrefix(problem, "no such year: "); ok {
			problem = "year misprinted: " + year
		}
		parts = append(parts, problem)
	}
	return strings.Join(parts, "; ")
}

// Count writes a number with its noun and thousands apart: "1,204 reports".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Number writes n with its thousands apart.
func Number(n int) string {
	if n < 0 {
		return "-" + Number(-n)
	}
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", Number(n/1000), n%1000)
}
