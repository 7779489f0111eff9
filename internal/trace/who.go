package trace

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// What reports say of who spoke and when, and how far two of them agree.

type whoSaid int

const (
	unknownWho whoSaid = iota
	sameWho
	otherWho
)

// speakers compares who is said to have spoken: by identity where both have
// one, else by name ("Doe" may be "Jane Doe"). A description ("a spokesman")
// may be anybody.
func speakers(x, y *record.Entry) whoSaid {
	return speakersOf(&item{Entry: x}, &item{Entry: y})
}

func speakersOf(x, y *item) whoSaid {
	switch {
	case x.Person != "" && x.Person == y.Person:
		return sameWho
	case x.Speaker == "" || y.Speaker == "":
		if x.Person != "" && y.Person != "" {
			return otherWho
		}
		return unknownWho
	case x.Speaker == y.Speaker || mayShareSurname(x.Speaker, y.Speaker) && sameNames(x.called().words, y.called().words):
		if x.Person != "" && y.Person != "" && !shortForm(x.Speaker, y.Speaker) {
			return unknownWho // namesakes, or one person known as two
		}
		return sameWho
	case x.called().described || y.called().described:
		return unknownWho
	}
	return otherWho
}

// isDescription tells whether a speaker is known by no name: a pronoun that
// nobody was found for, or words of which the head of the English description
// has no capital ("a spokesman", "our colleagues at the Gull").
func isDescription(name string) bool {
	if len(name) < longestPronoun && pronouns()[strings.ToLower(name)] {
		return true
	}
	for _, behind := range []string{" of ", " for ", " at ", " by ", " to ", " from ", " in ", " with ", ", "} {
		if at := strings.Index(name, behind); at > 0 {
			name = name[:at]
		}
	}
	at := strings.LastIndexByte(name, ' ') + 1
	r, _ := utf8.DecodeRuneInString(name[at:])
	return unicode.IsLower(r)
}

// longestPronoun is longer than any pronoun ("yourselves").
const longestPronoun = 16

// mayShareSurname tells whether the last words of two names may be the same:
// surely not where they end in different plain letters.
func mayShareSurname(x, y string) bool {
	a, b := x[len(x)-1]|0x20, y[len(y)-1]|0x20
	if a < 'a' || a > 'z' || b < 'a' || b > 'z' || a == b {
		return true
	}
	return endsJunior(x) || endsJunior(y)
}

func endsJunior(name string) bool {
	return len(name) > 2 && (name[len(name)-1] == 'r' || name[len(name)-1] == 'R') && name[len(name)-3] == ' '
}

const day = 24 * time.Hour

// dates weighs when the two were printed and when they say it was said. far
// tells that it must have been said on two days, unless the words say more.
func dates(x, y *record.Entry) (bits float64, far bool) {
	if x.Article == y.Article && x.Article != "" {
		return 0, false
	}
	if x.Said.Known() && y.Said.Known() {
		if _, meet := x.Said.Meet(y.Said); !meet {
			return saidConflict, true
		}
	}
	if x.Published.From.IsZero() || y.Published.From.IsZero() {
		return 0, false
	}
	gap := x.Published.From.Sub(y.Published.From).Abs()
	switch {
	case gap <= 2*day:
		return sameDays, false
	case backTo(x, y):
		return datedBits(x), false
	case backTo(y, x):
		return datedBits(y), false
	case gap <= 7*day:
		return sameWeek, false
	case gap <= 30*day:
		return sameMonth, true
	}
	return farApart, true
}

// datedBits weighs that x dates the words back to when the other was printed.
func datedBits(x *record.Entry) float64 {
	if x.Said.Until.Sub(x.Said.From) > 62*day {
		return datedWide
	}
	return datedBack
}

// backTo tells whether the later report x says that the words were said at
// about the time when y was printed.
func backTo(x, y *record.Entry) bool {
	if x.Said.Until.IsZero() || x.Said.From.IsZero() || !x.Said.From.Before(x.Published.From.Add(-2*day)) {
		return false
	}
	window := record.When{From: y.Published.From.Add(-3 * day), Until: y.Published.From.Add(2 * day)}
	if y.Said.Known() {
		window = y.Said
	}
	_, meet := x.Said.Meet(window)
	return meet
}
