package attribute

import (
	"sort"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
	"onrecord/internal/when"
)

// saidDates says when each quotation was said, where words date the saying
// and not something that it tells of. The day of print alone dates nothing.
func saidDates(f *frame) {
	qs := f.qs
	found := map[int][]when.Expr{} // by sentence
	for k := range qs {
		if x, ok := f.saidHere(k, found); ok {
			qs[k].Said = saidOf(x)
		} else if x, ok := f.saidBefore(k, found); ok {
			qs[k].Said = saidOf(x)
		} else if k > 0 && qs[k-1].Said != nil && f.saidGoesOn(k) {
			qs[k].Said = &record.Said{When: qs[k-1].Said.When, Problem: qs[k-1].Said.Problem}
		}
	}
}

func saidOf(x when.Expr) *record.Said {
	s := x.Span
	return &record.Said{Span: &s, When: x.When, Problem: x.Problem}
}

// saidIn lists the expressions of time of a sentence, read once.
func (f *frame) saidIn(s int, found map[int][]when.Expr) []when.Expr {
	list, ok := found[s]
	if !ok {
		sen := f.d.Sentences[s]
		list = when.Find(f.d, sen.FirstToken, sen.EndToken)
		found[s] = list
	}
	return list
}

// saidHere looks in the sentence of the cue. What says the most wins: a date
// before "recently", the first before the others.
func (f *frame) saidHere(k int, found map[int][]when.Expr) (when.Expr, bool) {
	s := f.sentence(k)
	if s < 0 || !f.introduced(k) {
		return when.Expr{}, false
	}
	var best when.Expr
	shared := false // another cue stands between the best one and this cue
	list := f.saidIn(s, found)
	first, end := f.near(k, f.d.Sentences[s])
	from := sort.Search(len(list), func(i int) bool { return list[i].First >= first })
	for _, x := range list[from:] {
		if x.First >= end {
			break
		}
		if !f.dates(x) || !f.attached(k, x.First, x.End) || f.saidOfObject(k, x) {
			continue
		}
		other := f.saidForOther(k, x)
		if best.End == 0 || best.Vague && !x.Vague || shared && !other {
			best, shared = x, other
		}
	}
	return best, best.End > 0
}

// saidForOther tells whether another cue stands between an expression and the
// cue of k: "On Monday Moor said …; on Friday she wrote …".
func (f *frame) saidForOther(k int, x when.Expr) bool {
	c, _, ok := f.tokens(f.qs[k].Cue)
	return ok && x.End <= c && f.otherCue(k, x.End, c)
}

// dates tells whether an expression can date an act of speech at all: it
// stands in the article's own words and does not lie after the day of print.
func (f *frame) dates(x when.Expr) bool {
	if f.d.Outermost(x.First) >= 0 { // a title: “This Week”
		return false
	}
	if x.Bound != when.At || x.Possessive || f.reported[x.First] || f.reported[x.End-1] {
		return false
	}
	if x.First > 0 {
		// "in an interview published on Friday" dates the printing
		if class, _ := f.clauses.Value(f.d.Tokens[x.First-1].Lower); class == "printing" {
			return false
		}
	}
	printed := f.d.Article.Published
	return printed.Until.IsZero() || x.When.From.IsZero() || x.When.From.Before(printed.Until)
}

// saidOfObject tells a date of the thing that is given a name: "called the
// 2016 meeting in June a “stunt”".
func (f *frame) saidOfObject(k int, x when.Expr) bool {
	q := &f.qs[k]
	_, c1, ok := f.tokens(q.Cue)
	if !ok || len(q.Parts) == 0 || x.First < c1 || x.Span.Start > q.Parts[0].Start {
		return false
	}
	class, ok := f.clauses.Value(strings.ToLower(q.Cue.Of(f.d.Text)))
	return ok && class == "naming"
}

// saidGoesOn tells a quotation that goes on with the one before: no cue of
// its own, or one such as "added".
func (f *frame) saidGoesOn(k int) bool {
	if !f.carriesOn(k) || f.sentence(k) == f.sentence(k-1) && f.qs[k].Cue != nil {
		return false
	}
	if f.qs[k].Cue == nil {
		return true
	}
	class, ok := f.clauses.Value(strings.ToLower(f.qs[k].Cue.Of(f.d.Text)))
	return ok && class == "continuing"
}

// saidBefore takes the date that opens the sentence before, in the same
// paragraph, where that sentence tells what the same speaker did or said.
func (f *frame) saidBefore(k int, found map[int][]when.Expr) (when.Expr, bool) {
	s := f.sentence(k)
	if s <= 0 || f.d.Sentences[s-1].Paragraph != f.d.Sentences[s].Paragraph {
		return when.Expr{}, false
	}
	list := f.saidIn(s-1, found)
	if len(list) == 0 || !f.dates(list[0]) {
		return when.Expr{}, false
	}
	opening := f.d.Sentences[s-1].FirstToken
	if list[0].First != opening && !(f.is(opening, "opening") && f.clause(opening, list[0].First)) {
		return when.Expr{}, false
	}
	return list[0], f.speaksIn(k, s-1) || f.subjectOf(k, s-1, list[0].End)
}

// clause tells whether tokens a and b stand in one clause.
func (f *frame) clause(a, b int) bool {
	for i := a; i < b; i++ {
		if f.d.Tokens[i].Kind == text.Punct {
			return false
		}
	}
	return true
}

// speaksIn tells whether the speaker of k is quoted in sentence s.
func (f *frame) speaksIn(k, s int) bool {
	for j := k - 1; j >= 0 && j >= k-4; j-- {
		if f.sentence(j) == s && f.sameSpeaker(j, k) {
			return true
		}
	}
	return false
}

// subjectOf tells whether the first mention in sentence s, from token a on, is
// of the speaker of k.
func (f *frame) subjectOf(k, s, a int) bool {
	sen := f.d.Sentences[s]
	if f.qs[k].Speaker == nil || f.qs[k].Speaker.Chain == record.NoChain || a >= sen.EndToken {
		return false
	}
	for _, m := range f.mentionsIn(f.d.SpanOf(a, sen.EndToken)) {
		return m.chain == f.qs[k].Speaker.Chain
	}
	return false
}
