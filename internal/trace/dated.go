package trace

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onrecord/internal/record"
)

// dates takes what the members' dates have in common, and notes those that
// cannot be met: a date that is none, one after the words were printed, and
// the fewer of two that exclude each other.
func (o *origins) dates(u *record.Utterance) []record.Note {
	var notes dateNotes
	var dated []int
	first := o.firstPrint()
	for i, m := range o.members {
		switch {
		case m.Impossible != "":
			notes.add(record.NoteNoSuchDate, nil, m, func() string { return printed(m.Entry) + ": " + m.Impossible })
		case !m.Said.Known() || u.Variants[i].Relation == record.Stitched: // a splice may be dated by its other half
		case first != nil && !m.Said.From.Before(first.Published.From.Truncate(day).Add(2*day)):
			notes.add(record.NoteAfterPrint, nil, m, func() string {
				return printed(m.Entry) + " dates it " + dateWords(m.Entry) + ", after " + printed(first.Entry) + " printed it"
			})
		default:
			dated = append(dated, i)
		}
	}
	agreed := o.mostAgreed(dated)
	var told *item
	for _, i := range agreed {
		m := o.members[i]
		if told == nil {
			told, u.Said = m, m.Said
		}
		if both, ok := u.Said.Meet(m.Said); ok {
			u.Said = both // else two hours of one day: the earlier report's
		}
	}
	for _, i := range dated {
		if m := o.members[i]; told != nil && !slices.Contains(agreed, i) {
			notes.add(record.NoteDates, told, m, func() string {
				return fmt.Sprintf("%s dates it %s, %s dates it %s", printer(told.Entry), dateWords(told.Entry), printer(m.Entry), dateWords(m.Entry))
			})
		}
	}
	if len(notes.list) > 0 {
		u.Problem = notes.list[0].Text
	}
	return notes.list
}

// dateNotes are notes about dates; those of one date are one note.
type dateNotes struct {
	list []record.Note
	at   map[dateKey]int
}

type dateKey struct {
	kind record.NoteKind
	said record.When
	none string
}

func (d *dateNotes) add(kind record.NoteKind, told, m *item, text func() string) {
	key := dateKey{kind, wholeDays(m.Said), m.Impossible}
	if i, ok := d.at[key]; ok {
		d.list[i].Quotations = append(d.list[i].Quotations, m.Quotation)
		d.list[i].Credits = append(d.list[i].Credits, textOf(m.SaidText)...)
		return
	}
	n := record.Note{Kind: kind, Text: text()}
	for _, x := range []*item{told, m} {
		if x != nil {
			n.Quotations = append(n.Quotations, x.Quotation)
			n.Credits = append(n.Credits, textOf(x.SaidText)...)
		}
	}
	if d.at == nil {
		d.at = map[dateKey]int{}
	}
	d.at[key] = len(d.list)
	d.list = append(d.list, n)
}

func textOf(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// firstPrint is the dated member that was printed first.
func (o *origins) firstPrint() *item {
	for _, m := range o.members {
		if !m.Published.From.IsZero() {
			return m
		}
	}
	return nil
}

// mostAgreed are the members whose dates have a moment in common that most
// independent texts allow; of two such moments the one that the earlier report
// allows. An open end allows everything on its side.
func (o *origins) mostAgreed(dated []int) []int {
	spans := make([]record.When, len(dated))
	var moments []time.Time
	for k, i := range dated {
		spans[k] = wholeDays(o.members[i].Said)
		if !slices.ContainsFunc(moments, spans[k].From.Equal) {
			moments = append(moments, spans[k].From)
		}
	}
	var best []int
	most := 0
	for _, moment := range moments {
		var agree []int
		texts := map[int]bool{}
		for k, i := range dated {
			if holds(spans[k], moment) {
				agree = append(agree, i)
				texts[o.groups.root(i)] = true
			}
		}
		if len(texts) > most || len(texts) == most && len(agree) > 0 && len(best) > 0 && agree[0] < best[0] {
			best, most = agree, len(texts)
		}
	}
	return best
}

// holds tells whether an interval holds a moment; the zero moment lies before
// all others.
func holds(w record.When, moment time.Time) bool {
	if moment.IsZero() {
		return w.From.IsZero()
	}
	return !w.From.After(moment) && (w.Until.IsZero() || moment.Before(w.Until))
}

// wholeDays widens an interval to the days that it lies in: "on Wednesday
// morning" and "early on Wednesday" are one date.
func wholeDays(w record.When) record.When {
	if !w.From.IsZero() {
		w.From = w.From.Truncate(day)
	}
	if up := w.Until.Truncate(day); !w.Until.IsZero() && !up.Equal(w.Until) {
		w.Until = up.Add(day)
	}
	return w
}

// daysOf are the days of an interval whose beginning is known.
func daysOf(w record.When) string {
	first := w.From.UTC().Format("2 January 2006")
	if w.Until.IsZero() {
		return "from " + first
	}
	last := w.Until.Add(-1).UTC().Format("2 January 2006")
	if last == first {
		return first
	}
	return first + " to " + last
}

// dateWords is a date as the report gives it, with the day that is meant where
// the words name none.
func dateWords(e *record.Entry) string {
	if e.SaidText != "" {
		words := "“" + e.SaidText + "”"
		if !strings.ContainsAny(e.SaidText, "0123456789") && !e.Said.From.IsZero() {
			words += " (" + daysOf(e.Said) + ")"
		}
		return words
	}
	from, until := record.Format(e.Said.From), record.Format(e.Said.Until)
	switch {
	case from == "":
		return "before " + until
	case until == "":
		return "from " + from + " on"
	}
	return from + " to " + until
}
