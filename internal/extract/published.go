package extract

import (
	"regexp"
	"strings"
	"time"

	"onrecord/internal/record"
)

// The years a report can carry. The oldest newspaper is of 1605; a year
// outside is a misprint. The end does not depend on today: the same page must
// read the same tomorrow.
const (
	firstYear = 1600
	lastYear  = 2100
)

// timeLayouts know the second, or the minute; dayLayouts know the day.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05.999Z0700",
	"2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 MST",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon Jan 2 15:04:05 MST 2006",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "20060102T150405Z",
	"January 2, 2006 15:04:05", "January 2, 2006 3:04 PM", "January 2, 2006, 3:04 PM", "January 2, 2006 at 3:04 PM",
	"Jan 2, 2006 3:04 PM", "Jan 2, 2006, 3:04 PM", "2 January 2006 15:04", "2 January 2006, 15:04",
}

var dayLayouts = []string{
	time.DateOnly, "2006/01/02", "20060102", "January 2, 2006", "January 2 2006", "Jan 2, 2006", "Jan. 2, 2006", "Jan 2 2006",
	"2 January 2006", "2 Jan 2006", "2 Jan. 2006", "Monday, January 2, 2006", "Mon, January 2, 2006", "Mon, Jan 2, 2006",
	"Monday 2 January 2006", "Monday, 2 January 2006", "Mon 2 Jan 2006", "Mon, 2 Jan 2006",
}

var (
	spaces    = regexp.MustCompile(`\s+`)
	dayInside = regexp.MustCompile(`(?i)\b(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.?,? \d{4}|\d{4}-\d{2}-\d{2})\b`)
	ordinal   = regexp.MustCompile(`(\d)(?:st|nd|rd|th)\b`)
	saysTime  = regexp.MustCompile(`\d:\d\d`)
)

// published reads a date as senders and pages write it: a day is that day, a
// time the second it names, in its own zone. What is no date is unknown.
func published(s string) record.When {
	s = strings.TrimSpace(spaces.ReplaceAllString(strings.Trim(s, "\x00"), " "))
	if s == "" || len(s) > 200 {
		return record.When{}
	}
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return second(t)
		}
	}
	if w := day(s); w.Known() {
		return w
	}
	if w := monthOrYear(s); w.Known() {
		return w
	}
	// "Published: Tuesday, March 4th, 2025 at 9 a.m.": the day is sure, and
	// what stands round it is not worth guessing at.
	s = ordinal.ReplaceAllString(s, "$1")
	s = strings.ReplaceAll(s, "Sept ", "Sep ")
	s = strings.ReplaceAll(s, "Sept. ", "Sep ")
	if found := dayInside.FindAllString(s, -1); len(found) > 0 {
		return day(found[0])
	}
	return record.When{}
}

// monthOrYear reads "2018-10" and "2018": all that is known, and no more.
func monthOrYear(s string) record.When {
	if t, err := time.Parse("2006-01", s); err == nil && t.Year() >= firstYear && t.Year() < lastYear {
		return record.When{From: t, Until: t.AddDate(0, 1, 0)}
	}
	if t, err := time.Parse("2006", s); err == nil && t.Year() >= firstYear && t.Year() < lastYear {
		return record.When{From: t, Until: t.AddDate(1, 0, 0)}
	}
	return record.When{}
}

func day(s string) record.When {
	for _, layout := range dayLayouts {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= firstYear && t.Year() < lastYear {
			return record.Day(t.Date())
		}
	}
	return record.When{}
}

func second(t time.Time) record.When {
	if t.Year() < firstYear || t.Year() >= lastYear {
		return record.When{}
	}
	t = t.Truncate(time.Second)
	if _, offset := t.Zone(); offset == 0 {
		t = t.UTC()
	}
	return record.When{From: t, Until: t.Add(time.Second)}
}

// printed reads the date of a page's own metadata. Many systems that know
// only the day print midnight; a second of midnight is therefore read as the
// day it begins.
func printed(s string) record.When {
	w := published(s)
	if w.Known() && saysTime.MatchString(s) && w.From.Hour() == 0 && w.From.Minute() == 0 && w.From.Second() == 0 {
		return record.Day(w.From.Date())
	}
	return w
}
