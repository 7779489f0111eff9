package trace

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// dates takes what the members' dates have in common, and notes those that
// cannot be met: a date that is none, one after the words were printed, and
// the fewer of two that exclude each other.
func (o *origins) dates(u *record.Utterance) []record.Note {
	var notes []record.Note
	var dated []int
	first := o.firstPrint()
	for i, m := range o.members {
		switch {
		case m.Impossible != "":
			n := note(record.NoteNoSuchDate, m)
			n.Text, n.Credits = printed(m.Entry)+": "+m.Impossible, textOf(m.SaidText)
			notes = append(notes, n)
		case !m.Said.Known() || u.Variants[i].Relation == record.Stitched: // a splice may be dated by its other half
		case first != nil && !m.Said.From.Before(first.Published.From.Truncate(day).Add(2*day)):
			n := note(record.NoteAfterPrint, m, first)
			n.Text = printed(m.Entry) + " dates it " + dateWords(m.Entry) + ", after " + printed(first.Entry) + " printed it"
			n.Credits = textOf(m.SaidText)
			notes = append(notes, n)
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
		m := o.members[i]
		if slices.Contains(agreed, i) {
			continue
		}
		n := note(record.NoteDates, told, m)
		n.Credits = append(textOf(told.SaidText), textOf(m.SaidText)...)
		n.Text = fmt.Sprintf("%s dates it %s, %s dates it %s", printer(told.Entry), dateWords(told.Entry), printer(m.Entry), dateWords(m.Entry))
		notes = append(notes, n)
	}
	for i := range notes {
		if u.Problem == "" {
			u.Problem = notes[i].Text
		}
	}
	return notes
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
	var best []int
	most := 0
	for _, i := range dated {
		moment := wholeDays(o.members[i].Said).From
		var agree, texts []int
		for _, j := range dated {
			w := wholeDays(o.members[j].Said)
			if w.From.After(moment) || !w.Until.IsZero() && !moment.IsZero() && !moment.Before(w.Until) || moment.IsZero() && !w.From.IsZero() {
				continue
			}
			agree = append(agree, j)
			if g := o.groups.root(j); !slices.Contains(texts, g) {
				texts = append(texts, g)
			}
		}
		if len(texts) > most || len(texts) == most && len(agree) > 0 && len(best) > 0 && agree[0] < best[0] {
			best, most = agree, len(texts)
		}
	}
	return best
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
