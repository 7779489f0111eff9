package show

import (
	"fmt"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/view"
)

// Finding shows the answer of a check: the verdict as a sentence, then the
// words it rests on, then what was searched.
func (p Paper) Finding(f record.Finding, hits []view.Hit) {
	verdict, warn := sentence(f)
	b := new(block).add(strong, verdict)
	if warn != "" {
		b.add(plain, " ").add(alarm, warn)
	}
	p.print(*b)
	if u := f.Utterance; u != nil {
		p.evidence(f, u)
	}
	for _, h := range hits {
		p.hit(h)
	}
	p.gap()
	p.print(*new(block).add(quiet, searched(f.Searched)))
}

func (p Paper) evidence(f record.Finding, u *record.Utterance) {
	if e := f.Fullest; e != nil {
		p.gap()
		p.label("The fullest wording", source(e))
		runs, ok := overlay(e.Words, f.Edits)
		if !ok {
			runs = []run{{e.Words, plain}}
		}
		p.print(block{runs: asGiven(e, runs), first: 4, rest: 4})
		if l := p.legend(f.Edits); l != "" {
			p.print(*(&block{first: 4, rest: 4}).add(quiet, l))
		}
	}
	if f.Second != nil {
		p.gap()
		p.label("The other utterance", f.Second.ID)
		if e := member(f.Second, f.Second.Fullest); e != nil {
			p.print(block{runs: asGiven(e, []run{{words(e), plain}}), first: 4, rest: 4})
		}
	}
	p.gap()
	if s := spokenLine(u); s != "" {
		p.fact("Said", s)
	}
	if f.Earliest != nil {
		p.fact("First printed", source(f.Earliest))
	}
	p.fact("Printed by", printers(u))
	p.clarifications(u.Clarifications)
	p.answers(u.Answers)
	p.notes(u.Notes, u.Problem)
	p.why(f.Why, "on "+strings.TrimPrefix(f.Reason.Rule, "shares its words with "))
	p.fact("All of it", "onrecord trace "+u.ID)
}

// sentence is the verdict in words, and what in the change can turn the
// meaning.
func sentence(f record.Finding) (verdict, warn string) {
	whose := "Somebody's"
	speaker := "nobody named"
	if f.Utterance != nil && f.Utterance.Speaker != "" {
		speaker = f.Utterance.Speaker
		whose = speaker + possessive(speaker)
	}
	what := changes(f.Edits)
	if what != "" {
		what = ": " + what
	}
	switch f.Verdict {
	case record.Exact:
		verdict = whose + " words, as printed, and nothing is cut."
	case record.Normalised:
		verdict = whose + " words; only capitals, marks or spacing differ."
	case record.Truncated:
		verdict = whose + " words, cut" + what + "."
	case record.AlteredWords:
		verdict = whose + " words, changed" + what + "."
	case record.Spliced:
		verdict = whose + " words, run together from two utterances."
	case record.Paraphrase:
		verdict = "Reported of " + speaker + " in other words; no report prints these as a quotation."
	case record.DifferentSpeaker:
		verdict = "Printed as the words of " + speaker + ", not of " + f.By + what + "."
	default:
		verdict = "No report searched prints these words as a quotation"
		if f.By != "" {
			verdict += " of " + f.By
		}
		verdict += ". That they were not said does not follow."
	}
	return verdict, alarms(f.Alarms)
}

// alarms says what kind of change can turn the meaning.
func alarms(list []record.Alarm) string {
	if len(list) == 0 {
		return ""
	}
	words := map[record.Alarm]string{
		record.AlarmNegation: "a negation", record.AlarmNumber: "a number", record.AlarmHedge: "a hedge",
		record.AlarmCondition: "a condition", record.AlarmName: "a name",
	}
	var names []string
	for _, a := range list {
		names = append(names, words[a])
	}
	s := enumerate(names)
	is := " is"
	if len(names) > 1 {
		is = " are"
	}
	return strings.ToUpper(s[:1]) + s[1:] + is + " missing or changed: this can turn the meaning."
}

func possessive(name string) string {
	if strings.HasSuffix(name, "s") {
		return "’"
	}
	return "’s"
}

// printers counts who printed it how, each number with its base.
func printers(u *record.Utterance) string {
	pages, whole, cutHere, alteredHere, reported, copies := map[string]bool{}, 0, 0, 0, 0, 0
	for _, v := range u.Variants {
		// Two editions of one page are one printer.
		page := v.Entry.Page
		if page == "" {
			page = v.Entry.Article
		}
		pages[page] = true
		switch v.Relation {
		case record.Same:
			whole++
		case record.Trimmed:
			cutHere++
		case record.Paraphrased:
			reported++
		default:
			alteredHere++
		}
		if v.Copy {
			copies++
		}
	}
	n := len(u.Variants)
	s := Count(len(pages), "report", "reports") + ", "
	if u.Reports > 1 {
		s += texts(u.Independent) + ", "
	}
	s += Count(n, "quotation", "quotations")
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{whole, "whole"}, {cutHere, "cut"}, {alteredHere, "altered"}, {reported, "in other words"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%s of %s %s", Number(c.n), Number(n), c.what))
		}
	}
	s += ": " + strings.Join(parts, ", ")
	if copies > 0 {
		s += fmt.Sprintf("; of them %s copied from another report", Number(copies))
	}
	return s
}

func spokenLine(u *record.Utterance) string {
	return joined(", ", said(u.Said, u.Problem), venue(u.Venue, string(u.Medium)))
}

// clarifications are the later words, one line an utterance: that several
// reports print them is told in its own trace.
func (p Paper) clarifications(list []record.Clarification) {
	seen := map[string]bool{}
	for _, c := range list {
		if c.Utterance != "" && seen[c.Utterance+c.Kind] {
			continue
		}
		seen[c.Utterance+c.Kind] = true
		e := c.Entry
		kind := c.Kind
		if kind == "" {
			kind = "clarification"
		}
		b := &block{runs: asGiven(&e, []run{{words(&e), plain}}), first: 16, rest: 16, prefix: "Later"}
		b.add(quiet, " — "+joined(", ", kind, e.Outlet, Date(e.Published), e.URL))
		p.print(*b)
		p.why(c.Why, c.Entry.Quotation+" on "+c.Of)
	}
}

func (p Paper) hit(h view.Hit) {
	a := h.Article
	p.gap()
	p.label("In running text, not in a quotation", joined(", ", a.Outlet, Date(a.Published), a.URL, a.ID))
	before, after := around(a.Text, h.Span)
	b := (&block{first: 4, rest: 4}).add(quiet, before).add(strong, h.Span.Of(a.Text)).add(quiet, after)
	p.print(*b)
}

// around is the rest of the paragraph on both sides, at most some 160 bytes.
func around(text string, s record.Span) (before, after string) {
	const most = 160
	from := strings.LastIndexByte(text[:s.Start], '\n') + 1
	if s.Start-from > most {
		if i := strings.IndexByte(text[s.Start-most:s.Start], ' '); i >= 0 {
			from = s.Start - most + i
			before = "…"
		}
	}
	until := len(text)
	if i := strings.IndexByte(text[s.End:], '\n'); i >= 0 {
		until = s.End + i
	}
	if until-s.End > most {
		if i := strings.LastIndexByte(text[s.End:s.End+most], ' '); i >= 0 {
			return before + text[from:s.Start], text[s.End:s.End+i] + "…"
		}
	}
	return before + text[from:s.Start], text[s.End:until]
}

func searched(s record.Searched) string {
	if s.Articles == 0 {
		return "Searched: nothing, the store holds no reports yet. Add some: onrecord add FILE"
	}
	line := "Searched: " + Count(s.Articles, "report", "reports")
	if s.Outlets > 0 {
		line += " of " + Count(s.Outlets, "outlet", "outlets")
	}
	if d := days(s.Period); d != "" {
		line += ", printed " + d
	}
	return line + "."
}

// source says where and when an entry was printed.
func source(e *record.Entry) string {
	s := joined(", ", e.Outlet, Date(e.Published), e.URL)
	if s == "" && e.Title != "" {
		s = quote(e.Title)
	}
	if s == "" {
		s = e.Article
	}
	if e.Where == record.InHeadline {
		s += " (headline)"
	}
	return s
}

func member(u *record.Utterance, quotation string) *record.Entry {
	for i := range u.Variants {
		if u.Variants[i].Entry.Quotation == quotation {
			return &u.Variants[i].Entry
		}
	}
	return nil
}

// label heads a block of words.
func (p Paper) label(what, where string) {
	b := (&block{rest: 4}).add(strong, what)
	if where != "" {
		b.add(quiet, " — "+where)
	}
	p.print(*b)
}

// fact is one line of a name and what is known.
func (p Paper) fact(name, value string) {
	p.print(*(&block{first: 16, rest: 16, prefix: name}).add(plain, value))
}

func enumerate(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}
