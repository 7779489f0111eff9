package view

import (
	"strconv"
	"strings"
)

func quotationRow(l QuotationLine) []string {
	var texts, about, hedges []string
	for _, p := range l.Parts {
		texts = append(texts, p.Text)
	}
	for _, r := range l.About {
		about = append(about, r.Name)
	}
	for _, h := range l.Hedges {
		hedges = append(hedges, h.Kind)
	}
	var cue, speaker, person, words, addressee, venue, medium, saidFrom, saidUntil, saidText, start, end string
	if l.Cue != nil {
		cue = l.Cue.Text
	}
	if s := l.Speaker; s != nil {
		speaker, person, words = s.Name, s.Person, text(s.Text)
	}
	if a := l.Addressee; a != nil {
		addressee = a.Name
	}
	if v := l.Venue; v != nil {
		venue, medium = v.Name, v.Medium
	}
	if s := l.Said; s != nil {
		saidFrom, saidUntil, saidText = text(s.From), text(s.Until), text(s.Text)
	}
	if n := len(l.Parts); n > 0 {
		start, end = number(l.Parts[0].Start), number(l.Parts[n-1].End)
	}
	from, until := bounds(l.Published)
	return []string{l.ID, l.Article, l.URL, l.Outlet, from, until, l.Kind, l.Act, l.Where, strings.Join(texts, " "),
		cue, speaker, person, words, addressee, venue, medium, strings.Join(about, "; "), saidFrom, saidUntil,
		saidText, strings.Join(hedges, "; "), l.Utterance, l.Reason.Rule,
		strconv.FormatFloat(l.Reason.Score, 'f', -1, 64), start, end, strconv.FormatBool(l.Topic)}
}

func utteranceRows(l UtteranceLine) [][]string {
	var saidFrom, saidUntil string
	if l.Said != nil {
		saidFrom, saidUntil = text(l.Said.From), text(l.Said.Until)
	}
	rows := make([][]string, 0, len(l.Members))
	for _, m := range l.Members {
		var ops []string
		for _, e := range m.Edits {
			op := e.Op
			if e.Marked {
				op += " (marked)"
			}
			ops = append(ops, op)
		}
		var start, end string
		if n := len(m.Parts); n > 0 {
			start, end = number(m.Parts[0].Start), number(m.Parts[n-1].End)
		}
		from, until := bounds(m.Published)
		rows = append(rows, []string{l.ID, l.Speaker, l.Person, saidFrom, saidUntil, l.Earliest, l.Fullest,
			m.Quotation, m.Article, m.URL, m.Outlet, from, until, m.Relation, strings.Join(ops, "; "), start, end, m.Change})
	}
	return rows
}

func bounds(i *Interval) (from, until string) {
	if i == nil {
		return "", ""
	}
	return text(i.From), text(i.Until)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func number(n int) string { return strconv.Itoa(n) }
