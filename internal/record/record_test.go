package record

import (
	"testing"
	"time"
)

func TestMeet(t *testing.T) {
	march := When{time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2025, 4, 1, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct {
		name string
		a, b When
		want When
		ok   bool
	}{
		{"a day in its month", march, Day(2025, 3, 4), Day(2025, 3, 4), true},
		{"an open end gives way", When{Until: march.Until}, When{From: march.From}, march, true},
		{"two days", Day(2025, 3, 4), Day(2025, 3, 5), When{}, false},
		{"nothing known", When{}, Day(2025, 3, 4), Day(2025, 3, 4), true},
	} {
		if got, ok := c.a.Meet(c.b); got != c.want || ok != c.ok {
			t.Errorf("%s: %v %v", c.name, got, ok)
		}
		if got, ok := c.b.Meet(c.a); got != c.want || ok != c.ok {
			t.Errorf("%s, the other way: %v %v", c.name, got, ok)
		}
	}
}

func TestFormat(t *testing.T) {
	for want, at := range map[string]time.Time{
		"":                          {},
		"2025-03-04":                time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC),
		"2025-03-04T07:12:00+01:00": time.Date(2025, 3, 4, 7, 12, 0, 0, time.FixedZone("", 3600)),
	} {
		if got := Format(at); got != want {
			t.Errorf("Format(%v) = %q, want %q", at, got, want)
		}
	}
}

func TestWordsJoinsParts(t *testing.T) {
	const text = "“We lost,” Ann Roe said, “and we knew.”"
	q := Quotation{Parts: []Span{{3, 11}, {30, 42}}}
	if got := q.Words(text); got != text[3:11]+" "+text[30:42] {
		t.Errorf("Words = %q", got)
	}
}
