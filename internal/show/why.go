package show

import (
	"fmt"
	"strings"

	"onrecord/internal/record"
)

// why shows the pieces of evidence of one link, with their sum.
func (p Paper) why(list []record.Evidence, about string) {
	if len(list) == 0 {
		return
	}
	sum := 0.0
	for _, e := range list {
		sum += e.Bits
	}
	p.print(*(&block{first: 4, rest: 8}).add(quiet, fmt.Sprintf("%.1f bits%s", sum, prefixed(" ", about))))
	for _, e := range list {
		no := fmt.Sprintf("    %+7.1f  ", e.Bits)
		if e.Bits == 0 {
			no = strings.Repeat(" ", len(no))
		}
		b := (&block{first: len(no), rest: len(no) + 2, prefix: no}).add(plain, e.What)
		for i, w := range e.Words {
			sep := ", "
			if i == 0 {
				sep = ": "
			}
			b.add(quiet, sep+"“"+middle(w)+"”")
		}
		p.print(*b)
	}
}

// middle shortens a long stretch of words to its ends.
func middle(words string) string {
	const ends, long = 5, 14
	f := strings.Fields(words)
	if len(f) <= long {
		return words
	}
	return strings.Join(f[:ends], " ") + " … " + strings.Join(f[len(f)-ends:], " ")
}

// notes are what does not go together; what the answer says elsewhere is left
// out.
func (p Paper) notes(list []record.Note, said string) {
	for _, n := range list {
		if n.Text == said {
			continue
		}
		name := "Finding"
		if n.Kind == record.NoteSpeakers {
			name = "Disagreement"
		}
		p.fact(name, n.Text+" — "+strings.Join(n.Quotations[:min(len(n.Quotations), 6)], ", "))
	}
}

// confirmed says how many print the stretches of the fullest wording that not
// all print.
func (p Paper) confirmed(u *record.Utterance) {
	const shortest = 4 // bytes: an article or a pronoun tells nothing
	most := 0
	for _, c := range u.Confirmed {
		most = max(most, c.Reports)
	}
	for _, c := range u.Confirmed {
		text := strings.Trim(c.Text, " \t\n.,;:!?…-–—")
		if c.Reports == most || len(text) < shortest {
			continue
		}
		p.print(*(&block{first: 4, rest: 8}).add(quiet, fmt.Sprintf("%s: printed by %s of %s, %s", quote(middle(text)),
			Number(c.Reports), Count(u.Reports, "report", "reports"), texts(c.Independent))))
	}
}

// origin says where the credits lead from the report printed first; "" where
// they lead nowhere and there is nothing to tell.
func origin(u *record.Utterance) string {
	o := u.Origin
	if len(o.Chain) == 0 || len(o.Chain) == 1 && o.Outlet == "" && o.Venue == "" {
		return ""
	}
	if o.Ring {
		return "none: the credits of the earliest report lead back to it"
	}
	var way []string
	for _, q := range o.Chain {
		if e := member(u, q); e != nil {
			way = append(way, outletOf(e)+prefixed(", ", Date(e.Published)))
		}
	}
	s := strings.Join(way, ", from ")
	if o.Outlet != "" {
		s += ", from " + o.Outlet + " (" + notThere(u, o) + ")"
	}
	if o.Venue != "" {
		s += ", said on " + o.Venue
	}
	return s
}

// notThere says why the chain of credits ends with the outlet that its last
// report credits.
func notThere(u *record.Utterance, o record.Origin) string {
	last := member(u, o.Chain[len(o.Chain)-1])
	for i := range u.Variants {
		v := &u.Variants[i]
		if last == nil || v.Entry.Article != last.Article {
			continue
		}
		for _, s := range v.Sources {
			if s.Name == o.Outlet && s.Standing == record.CreditLater {
				return "which printed it later"
			}
		}
	}
	return "not kept with these words"
}

func texts(n int) string { return Count(n, "independent text", "independent texts") }

// answers are the earlier words of the speaker that these answer.
func (p Paper) answers(list []record.Answer) {
	for _, a := range list {
		verb := a.Kind + " of"
		b := &block{runs: asGiven(&a.Entry, []run{{words(&a.Entry), plain}}), first: 16, rest: 16, prefix: "Answers"}
		b.add(quiet, " — "+joined(", ", verb+" "+a.Utterance, a.Entry.Outlet, Date(a.Entry.Published)))
		p.print(*b)
	}
}

// credit is a source in a variant's line: the report's words, and the
// quotation they lead to.
func credit(s *record.Source) string {
	words := s.Words
	if words == "" {
		words = strings.TrimSpace(s.Kind + " " + s.Name)
	}
	switch s.Standing {
	case record.CreditKept:
		return words + ", from " + s.Quotation
	case record.CreditNotKept:
		return words + ", not kept"
	case record.CreditLater:
		return words + ", printed later: " + s.Quotation
	case record.CreditSilent, record.CreditWithout:
		return words + ", not there"
	}
	return words
}
