package ask

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/internal/lang"
	"onrecord/internal/read"
	"onrecord/internal/record"
)

// Sign is words of a report beside a quotation that say that it is an answer:
// "responded", "asked about".
type Sign struct{ Quotation, Text string }

const (
	// replyDays is how long after words an answer to them is looked for.
	replyDays = 60
	// leadReach is how far before a quotation, in bytes, a report's own words
	// lead up to it.
	leadReach = 400
)

// reports remembers the reports that were asked about.
type reports struct {
	ix    *read.Index
	known map[string]*report
}

// report is the text of a report and its quotations in order of place.
type report struct {
	text   string
	quotes []record.Entry
}

func (r *reports) of(article string) (*report, error) {
	if p := r.known[article]; p != nil {
		return p, nil
	}
	a, err := r.ix.Article(article)
	if err != nil {
		return nil, err
	}
	keys, err := r.ix.Keys(article)
	if err != nil {
		return nil, err
	}
	p := &report{text: a.Text}
	if p.quotes, err = r.ix.Entries(keys); err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.quotes, func(a, b record.Entry) int { return cmp.Compare(start(&a), start(&b)) })
	if r.known == nil {
		r.known = map[string]*report{}
	}
	r.known[article] = p
	return p, nil
}

// before is what somebody else is last quoted or reported to have said before
// a quotation; nil where there is nothing.
func (p *report) before(e *record.Entry) *record.Entry {
	var last *record.Entry
	for i := range p.quotes {
		q := &p.quotes[i]
		if start(q) >= start(e) {
			break
		}
		if q.Where == e.Where && q.Person != "" && q.Person != e.Person && !q.Topic && q.Act != record.Thought {
			last = q
		}
	}
	return last
}

// answersOne tells whether a report lets e answer one of the others: its own
// words say that it is an answer, and the words quoted before are theirs.
func (r *reports) answersOne(e *record.Entry, others []record.Person) (bool, error) {
	if e.Kind == record.Indirect {
		return false, nil
	}
	p, err := r.of(e.Article)
	if err != nil {
		return false, err
	}
	if _, ok := p.sign(e); !ok {
		return false, nil
	}
	last := p.before(e)
	return last != nil && slices.ContainsFunc(others, func(o record.Person) bool { return o.ID == last.Person }), nil
}

// sign finds the words that say that a quotation is an answer: in the report's
// words round it, or in those that lead up to it since the quotation before.
func (p *report) sign(e *record.Entry) (string, bool) {
	if w, ok := replyIn(strings.Replace(e.Context, e.Words, " ", 1)); ok {
		return w, true
	}
	at := start(e)
	if at > len(p.text) || e.Where == record.InHeadline {
		return "", false
	}
	from := max(0, at-leadReach)
	for i := range p.quotes {
		if q := &p.quotes[i]; q.Kind != record.Indirect && len(q.Parts) > 0 {
			if end := q.Parts[len(q.Parts)-1].End; end <= at {
				from = max(from, end)
			}
		}
	}
	lead := p.text[from:at]
	// At most the paragraph before: what stands further off leads to something else.
	if i := strings.LastIndex(strings.TrimRight(lead, "\n\"“‘«' "), "\n\n"); i >= 0 {
		if j := strings.LastIndex(lead[:i], "\n\n"); j >= 0 {
			lead = lead[j:]
		}
	}
	return replyIn(lead)
}

// replyIn finds a word of answering among a report's own words.
func replyIn(words string) (string, bool) {
	around := " " + strings.ToLower(strings.Join(strings.Fields(words), " ")) + " "
	for _, s := range lang.For(lang.Fallback).List("reply").Entries {
		if at := strings.Index(around, s.Word); at > 0 && !letter(around[at-1]) && !letter(around[at+len(s.Word)]) {
			return s.Word, true
		}
	}
	return "", false
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' }

// answers notes which turn answers which: a report says that the words are a
// reply. The words answered are those that the report prints before, or else
// what the other said shortly before.
func (x *Exchange) answers(ix *read.Index) error {
	r := &reports{ix: ix}
	for i := range x.Turns {
		t := &x.Turns[i]
		for j := range t.Variants {
			e := &t.Variants[j].Entry
			p, err := r.of(e.Article)
			if err != nil {
				return err
			}
			words, ok := p.sign(e)
			if !ok {
				continue
			}
			if before := x.answered(i, p.before(e)); before != nil {
				t.ReplyTo, t.Sign = before.ID, Sign{e.Quotation, words}
				break
			}
		}
	}
	return nil
}

// answered is the turn that turn i answers: that of the words printed before
// it, else the latest one of the other within replyDays.
func (x *Exchange) answered(i int, printedBefore *record.Entry) *Turn {
	t := &x.Turns[i]
	if printedBefore != nil {
		for j := range x.Turns {
			o := &x.Turns[j]
			if o.By != t.By && slices.ContainsFunc(o.Variants, func(v record.Variant) bool { return v.Entry.Key == printedBefore.Key }) {
				return o
			}
		}
	}
	for j := i - 1; j >= 0; j-- {
		o := &x.Turns[j]
		if o.By == t.By {
			continue
		}
		if near(printed(*o), printed(*t)) {
			return o
		}
		return nil
	}
	return nil
}

func near(a, b time.Time) bool {
	return a.IsZero() || b.IsZero() || b.Sub(a) <= replyDays*24*time.Hour
}
