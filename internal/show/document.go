package show

import (
	"fmt"
	"strings"

	"onrecord/internal/record"
)

// Document shows what one reading finds: the head of the report, each
// quotation with its facts, what was passed over, and the sum of it.
func (p Paper) Document(r record.Reading) {
	a := r.Article
	p.head(a)
	for i := range r.Quotations {
		if q := &r.Quotations[i]; q.Worded() {
			p.gap()
			p.quotation(i+1, q, a.Text)
		}
	}
	p.unworded(&r)
	if len(r.Passed) > 0 {
		p.gap()
		p.passed(r.Passed, a.Text)
	}
	p.gap()
	p.print(*new(block).add(plain, tally(r)))
}

func (p Paper) head(a record.Article) {
	title := a.Title
	if title == "" {
		title = firstLine(a.Text)
	}
	if title == "" {
		title = "(no text)"
	}
	p.print(*new(block).add(strong, title))
	facts := []string{a.Outlet, Date(a.Published)}
	if len(a.Authors) > 0 {
		facts = append(facts, "by "+strings.Join(a.Authors, ", "))
	}
	if line := joined(" · ", append(facts, a.URL)...); line != "" {
		p.print(*new(block).add(quiet, line))
	}
}

func (p Paper) quotation(n int, q *record.Quotation, text string) {
	no := fmt.Sprintf("%3d  ", n)
	b := block{first: len(no), rest: len(no), prefix: no}
	name, rest := who(q, text)
	b.add(strong, name).add(plain, rest)
	p.print(b)

	words := block{first: 7, rest: 7}
	words.runs = printed(q, text)
	p.print(words)

	kind := string(q.Kind)
	if q.Where == record.InHeadline {
		kind += ", in the headline"
	}
	if q.Act != record.Speech && q.Act != "" {
		kind += ", " + string(q.Act)
	}
	var hedges []string
	for _, h := range q.Hedges {
		hedges = append(hedges, h.Kind+": "+quote(h.Of(text)))
	}
	why := q.Reason.Rule
	if q.Speaker != nil && q.Speaker.Reason != "" {
		why = joined("; ", why, q.Speaker.Reason)
	}
	if why != "" {
		why = fmt.Sprintf("why: %s (%.2f)", why, q.Reason.Score)
	}
	p.print(*(&block{first: 7, rest: 7}).add(quiet, joined(" · ", kind, strings.Join(hedges, ", "), why, q.ID)))
}

// unworded lists what the report says of beliefs, wishes and topics: nobody's
// words, so each has one quiet line and none is set as a quotation.
func (p Paper) unworded(r *record.Reading) {
	first := true
	for i := range r.Quotations {
		q := &r.Quotations[i]
		if q.Worded() {
			continue
		}
		if first {
			p.gap()
			p.print(*new(block).add(quiet, "Also reported, without words of theirs:"))
			first = false
		}
		name := "nobody named"
		if q.Speaker != nil {
			name = q.Speaker.Name
		}
		if q.Cue != nil {
			name += " — " + q.Cue.Of(r.Article.Text)
		}
		kind := "topic"
		if q.Act == record.Thought {
			kind = string(record.Thought)
		}
		p.print(*(&block{first: 5, rest: 7}).add(quiet, name+": "+q.Words(r.Article.Text)+" ("+kind+")"))
	}
}

// who says who spoke, to whom, where, when and about whom, in one sentence.
func who(q *record.Quotation, text string) (name, rest string) {
	var b strings.Builder
	if s := q.Speaker; s == nil {
		name = "Nobody named"
	} else {
		name = s.Name
		if s.Span != nil && !strings.EqualFold(s.Span.Of(text), s.Name) {
			b.WriteString(" (“" + s.Span.Of(text) + "”)")
		}
	}
	if q.Cue != nil {
		b.WriteString(" — " + q.Cue.Of(text))
	}
	if q.Addressee != nil {
		b.WriteString(", to " + q.Addressee.Name)
	}
	if v := q.Venue; v != nil && (q.Addressee == nil || v.Name != q.Addressee.Name) {
		b.WriteString(", " + venue(v.Name, string(v.Medium)))
	}
	if s := q.Said; s != nil {
		if d := said(s.When, s.Problem); d != "" {
			b.WriteString(", " + d)
		}
	}
	if len(q.About) > 0 {
		var names []string
		for _, r := range q.About {
			names = append(names, r.Name)
		}
		b.WriteString(", about " + strings.Join(names, " and "))
	}
	return name, b.String()
}

// venue names a venue with its medium where the name does not tell it.
func venue(name, medium string) string {
	switch {
	case name == "":
		return medium
	case medium == "" || medium == string(record.Outlet) || strings.Contains(strings.ToLower(name), lastWord(medium)):
		return name
	}
	return name + " (" + medium + ")"
}

// lastWord is what a name would share with its medium: a news conference is a
// press conference.
func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }

// printed shows the reported content with the words given as said in marks.
func printed(q *record.Quotation, text string) []run {
	if q.Kind == record.Indirect {
		return []run{{q.Words(text), plain}}
	}
	var runs []run
	for i, s := range q.Parts {
		if i > 0 {
			runs = append(runs, run{" ", plain}, run{"…", quiet}, run{" ", plain})
		}
		runs = append(runs, quoted([]run{{s.Of(text), plain}})...)
	}
	return runs
}

// passed names the quoted words that are no speech, and counts the rest.
func (p Paper) passed(list []record.Passed, text string) {
	var named []string
	other := map[string]int{}
	var kinds []string
	for _, s := range list {
		switch s.Why {
		case record.WhyBoilerplate, record.WhyCaption, record.WhyEmbed, record.WhyByline:
			if other[s.Why] == 0 {
				kinds = append(kinds, s.Why)
			}
			other[s.Why]++
		default:
			named = append(named, quote(s.Of(text))+" ("+s.Why+")")
		}
	}
	for _, k := range kinds {
		named = append(named, Count(other[k], "stretch", "stretches")+" of "+k)
	}
	p.print(*(&block{rest: 2}).add(quiet, "Passed over: "+strings.Join(named, ", ")+"."))
}

func tally(r record.Reading) string {
	people := map[string]bool{}
	n, unnamed := 0, 0
	for i := range r.Quotations {
		q := &r.Quotations[i]
		if !q.Worded() {
			continue
		}
		n++
		if q.Speaker == nil {
			unnamed++
			continue
		}
		people[q.Speaker.Name] = true
	}
	if n == 0 {
		return "No quotation in this report."
	}
	s := Count(n, "quotation", "quotations")
	if len(people) > 0 {
		s += " of " + Count(len(people), "speaker", "speakers")
	}
	if unnamed > 0 {
		s += fmt.Sprintf(", %d of %d with nobody named", unnamed, n)
	}
	return s + "."
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimLeft(s, "\n"), "\n")
	return s
}

// joined joins what is not empty.
func joined(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}

// Rule stands between two reports.
func (p Paper) Rule() {
	p.gap()
	p.print(*new(block).add(quiet, strings.Repeat("─", 24)))
	p.gap()
}
