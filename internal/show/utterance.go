package show

import (
	"fmt"
	"strings"

	"onrecord/internal/record"
)

// Utterance shows one act of speech and everyone who printed it, in order of
// print.
func (p Paper) Utterance(u record.Utterance) {
	speaker := u.Speaker
	if speaker == "" {
		speaker = "Nobody named"
	}
	p.print(*new(block).add(strong, speaker).add(plain, prefixed(", ", spokenLine(&u))).add(quiet, " — "+u.ID))
	full := member(&u, u.Fullest)
	if full != nil {
		p.gap()
		p.label("The fullest wording", source(full))
		p.print(block{runs: asGiven(full, []run{{words(full), plain}}), first: 4, rest: 4})
		p.confirmed(&u)
	}
	p.gap()
	p.fact("Printed by", printers(&u))
	if s := origin(&u); s != "" {
		p.fact("Origin", s)
	}
	var all []record.Edit
	for i := range u.Variants {
		p.gap()
		p.variant(&u.Variants[i], full, u.Earliest)
		all = append(all, u.Variants[i].Edits...)
	}
	if l := p.legend(all); l != "" {
		p.gap()
		p.print(*new(block).add(quiet, l))
	}
	if len(u.Clarifications)+len(u.Notes)+len(u.Answers) > 0 {
		p.gap()
	}
	p.clarifications(u.Clarifications)
	p.answers(u.Answers)
	p.notes(u.Notes, u.Problem)
}

func (p Paper) variant(v *record.Variant, full *record.Entry, earliest string) {
	e := &v.Entry
	var notes []string
	if e.Quotation == earliest {
		notes = append(notes, "first printed")
	}
	if v.Copy {
		notes = append(notes, "a copy of another report")
	}
	for i := range v.Sources {
		notes = append(notes, credit(&v.Sources[i]))
	}
	day := Date(e.Published)
	if day == "" {
		day = "undated"
	}
	where := ""
	if e.Where == record.InHeadline {
		where = "in the headline"
	}
	b := (&block{rest: 4}).add(plain, day+", ").add(strong, outletOf(e)).
		add(plain, ": "+joined(", ", relation(v.Relation), doing(v), where)).
		add(quiet, prefixed(" · ", joined(" · ", append(notes, e.Quotation, e.URL)...)))
	p.print(*b)
	if w := alarms(v.Alarms); w != "" {
		p.print(*(&block{first: 4, rest: 4}).add(alarm, w))
	}
	if full != nil && e.Quotation == full.Quotation {
		p.why(v.Why, "on "+v.Parent)
		return
	}
	runs := []run{{e.Words, plain}}
	if full != nil && v.Relation != record.Paraphrased {
		if over, ok := overlay(full.Words, v.Edits); ok {
			runs = elided(over)
		}
	}
	if v.Relation != record.Paraphrased {
		runs = asGiven(e, runs)
	}
	p.print(block{runs: runs, first: 4, rest: 4})
	p.why(v.Why, "on "+v.Parent)
}

// asGiven puts quotation marks about words that a report quotes, and none
// about what it says in its own.
func asGiven(e *record.Entry, runs []run) []run {
	if e.Kind == record.Indirect {
		return runs
	}
	return quoted(runs)
}

// words are an entry's words as the report prints them: each part of a
// quotation that is interrupted in marks of its own.
func words(e *record.Entry) string {
	if e.Kind == record.Indirect || len(e.Parts) < 2 {
		return e.Words
	}
	var parts []string
	rest := e.Words
	for _, p := range e.Parts[:len(e.Parts)-1] {
		n := p.Len()
		if n >= len(rest) || rest[n] != ' ' {
			return e.Words // the words are not the parts
		}
		parts, rest = append(parts, rest[:n]), rest[n+1:]
	}
	return strings.Join(append(parts, rest), "” “")
}

// relation says how a variant stands to the fullest wording.
func relation(r record.Relation) string {
	switch r {
	case record.Same:
		return "whole"
	case record.Trimmed:
		return "cut"
	case record.Paraphrased:
		return "in other words"
	}
	return string(r)
}

func outletOf(e *record.Entry) string {
	if e.Outlet != "" {
		return e.Outlet
	}
	if e.Title != "" {
		return quote(e.Title)
	}
	return e.Article
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// Turn is one utterance of an exchange between two people.
type Turn struct {
	record.Utterance
	By      string // the name of the one who speaks
	To      string // the other one, where the words were addressed to him or her
	ReplyTo string // the utterance that this one answers
	Sign    Sign   // the words that say that it is an answer
}

// Sign is words of a report beside a quotation.
type Sign struct{ Quotation, Text string }

// Between shows what two people said about and to each other, one line an
// utterance, in order of when it was said.
func (p Paper) Between(a, b string, turns []Turn) {
	if len(turns) == 0 {
		p.Line(fmt.Sprintf("No kept quotation of %s is about %s, nor the other way round.", a, b))
		return
	}
	number := map[string]int{}
	for i, t := range turns {
		number[t.ID] = i + 1
		p.turn(i+1, t, number[t.ReplyTo])
	}
	p.gap()
	p.print(*new(block).add(quiet, tallyTurns(turns)))
}

func (p Paper) turn(n int, t Turn, reply int) {
	given := ""
	e := member(&t.Utterance, t.Fullest)
	if e == nil {
		e = member(&t.Utterance, t.Earliest)
	}
	if e != nil {
		given = words(e)
	}
	day := Date(t.Said)
	if first := member(&t.Utterance, t.Earliest); day == "" && first != nil && first.Published.Known() {
		day = "printed " + Date(first.Published)
	}
	if day == "" {
		day = "undated"
	}
	no := fmt.Sprintf("%3d  ", n)
	b := (&block{first: len(no), rest: len(no), prefix: no}).add(quiet, day+" · ").add(strong, t.By)
	if t.To != "" {
		b.add(plain, " to "+t.To)
	}
	if e != nil && e.Kind == record.Indirect {
		b.add(plain, ": "+given) // the report's words: nobody is quoted with them
	} else {
		b.add(plain, ": “"+given+"”")
	}
	notes := []string{venue(t.Venue, string(t.Medium)), Count(len(t.Variants), "printing", "printings"), t.ID}
	if reply > 0 {
		sign := ""
		if t.Sign.Text != "" {
			sign = " (" + quote(t.Sign.Text) + ")"
		}
		notes = append([]string{fmt.Sprintf("answers %d%s", reply, sign)}, notes...)
	}
	if t.Problem != "" {
		notes = append(notes, said(record.When{}, t.Problem))
	}
	p.print(*b.add(quiet, " — "+joined(" · ", notes...)))
	for i := range t.Variants {
		if v := &t.Variants[i]; len(v.Why) > 0 {
			p.why(v.Why, v.Entry.Quotation+" on "+v.Parent)
		}
	}
}

func tallyTurns(turns []Turn) string {
	count := map[string]int{}
	var names []string
	for _, t := range turns {
		if count[t.By] == 0 {
			names = append(names, t.By)
		}
		count[t.By]++
	}
	var parts []string
	for _, n := range names {
		parts = append(parts, fmt.Sprintf("%d of %d by %s", count[n], len(turns), n))
	}
	return Count(len(turns), "utterance", "utterances") + ": " + strings.Join(parts, ", ") + "."
}
