package record

import "time"

// When is an interval of civil time, Until exclusive. Its width is the
// precision: a day known to the day is 24 hours wide. A zero end is unknown.
type When struct{ From, Until time.Time }

// Known tells whether either end is known.
func (w When) Known() bool { return !w.From.IsZero() || !w.Until.IsZero() }

// Day is the interval of one civil day.
func Day(y int, m time.Month, d int) When {
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return When{t, t.AddDate(0, 0, 1)}
}

// Meet is the part that two intervals share; ok is false when they share
// nothing. An unknown end gives way to a known one.
func (w When) Meet(o When) (m When, ok bool) {
	m = w
	if m.From.IsZero() || o.From.After(m.From) {
		m.From = o.From
	}
	if m.Until.IsZero() || (!o.Until.IsZero() && o.Until.Before(m.Until)) {
		m.Until = o.Until
	}
	if !m.From.IsZero() && !m.Until.IsZero() && !m.From.Before(m.Until) {
		return When{}, false
	}
	return m, true
}

// Format writes one end of an interval: a date where it falls on midnight
// UTC, an RFC 3339 time otherwise, and "" where it is unknown.
func Format(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Equal(t.Truncate(24 * time.Hour)):
		return t.UTC().Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
