package ask

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// Exchange is what two people said about and to each other.
type Exchange struct {
	A, B  record.Person
	Also  []record.Person // others that the names could mean
	Turns []Turn
}

// Turn is one utterance of an exchange.
type Turn struct {
	record.Utterance
	By      string // the name of the one who speaks, A's or B's
	To      string // the other one's name, where the words were addressed to him or her
	ReplyTo string // the utterance that this one answers
	Sign    Sign   // the words that say that it is an answer
}

// Between finds what two people said about and to each other, in order of
// when it was said. A name may be any that the reports use, or the id of a
// person. People of one and the same name are taken together, and named in
// Also with the others that a name could mean; missing is the name that nobody
// goes by.
func Between(ix *read.Index, a, b string, d Depth) (x Exchange, missing string, err error) {
	var sides [2][]record.Person
	for i, name := range []string{a, b} {
		people, err := meant(ix, name)
		if err != nil {
			return x, "", err
		}
		if len(people) == 0 {
			return x, name, nil
		}
		for _, p := range people {
			if p.Name == people[0].Name {
				sides[i] = append(sides[i], p)
			}
		}
		x.Also = append(x.Also, people[1:]...)
	}
	x.A, x.B = sides[0][0], sides[1][0]
	if err := x.fill(ix, sides, d); err != nil {
		return x, "", err
	}
	slices.SortStableFunc(x.Turns, func(s, t Turn) int {
		return cmp.Or(compareMoments(moment(s), moment(t)), inPrint(s, t))
	})
	return x, "", x.answers(ix)
}

// fill finds the turns of both.
func (x *Exchange) fill(ix *read.Index, sides [2][]record.Person, d Depth) error {
	var all [2][]record.Entry
	var err error
	for i := range sides {
		if all[i], err = spoken(ix, sides[i]); err != nil {
			return err
		}
	}
	r := &reports{ix: ix}
	for i := range sides {
		turns, err := said(r, all[i], sides[1-i], sharedReports(all[1-i]))
		if err != nil {
			return err
		}
		for j := range turns {
			turns[j].By = sides[i][0].Name
			if err := complete(ix, &turns[j].Utterance, d); err != nil {
				return err
			}
		}
		x.Turns = append(x.Turns, turns...)
	}
	return nil
}

func sharedReports(list []record.Entry) map[string]bool {
	in := map[string]bool{}
	for i := range list {
		in[list[i].Article] = true
	}
	return in
}

// meant finds who may be meant by an id or a name, the likeliest first.
func meant(ix *read.Index, name string) ([]record.Person, error) {
	p, err := ix.Person(name)
	if err == nil {
		return []record.Person{p}, nil
	}
	if !missing(err) {
		return nil, err
	}
	return ix.PeopleNamed(name)
}

// spoken are all quotations of somebody.
func spoken(ix *read.Index, who []record.Person) ([]record.Entry, error) {
	var keys []int64
	for _, p := range who {
		own, err := ix.ByPerson(p.ID, time.Time{}, time.Time{})
		if err != nil {
			return nil, err
		}
		keys = append(keys, own...)
	}
	return ix.Entries(keys)
}

// said are the utterances of one about or to the other: those that name the
// other, and those by which a report lets one answer the other.
func said(r *reports, entries []record.Entry, other []record.Person, shared map[string]bool) ([]Turn, error) {
	seen := map[string]bool{}
	var out []Turn
	for i := range entries {
		e := &entries[i]
		about, to := concerns(e, other)
		if !about && !to && shared[e.Article] {
			var err error
			if about, err = r.answersOne(e, other); err != nil {
				return nil, err
			}
		}
		if !about && !to {
			continue
		}
		u, err := trace.Utterance(r.ix, e.Key)
		if err != nil {
			return nil, err
		}
		if u.ID == "" || seen[u.ID] {
			continue
		}
		seen[u.ID] = true
		t := Turn{Utterance: u}
		if slices.ContainsFunc(u.Variants, func(v record.Variant) bool { _, to := concerns(&v.Entry, other); return to }) {
			t.To = other[0].Name
		}
		out = append(out, t)
	}
	return out, nil
}

// concerns tells whether a quotation is about somebody, or addressed to him
// or her.
func concerns(e *record.Entry, who []record.Person) (about, to bool) {
	for _, p := range who {
		for _, a := range e.About {
			about = about || a == p.ID || called(p, a)
		}
		to = to || e.Addressee != "" && called(p, e.Addressee)
	}
	return about, to
}

func called(p record.Person, name string) bool {
	return strings.EqualFold(p.Name, name) ||
		slices.ContainsFunc(p.Aliases, func(a string) bool { return strings.EqualFold(a, name) })
}

// moment is when a turn was said as far as is known, else when it was first
// printed: it cannot have been said later.
func moment(t Turn) time.Time {
	if !t.Said.From.IsZero() {
		return t.Said.From
	}
	first := printed(t)
	if !t.Said.Until.IsZero() && (first.IsZero() || t.Said.Until.Before(first)) {
		return t.Said.Until
	}
	return first
}

// compareMoments puts what nobody dates last.
func compareMoments(a, b time.Time) int {
	if a.IsZero() != b.IsZero() {
		if a.IsZero() {
			return 1
		}
		return -1
	}
	return a.Compare(b)
}

func printed(t Turn) time.Time {
	if e := earliest(t); e != nil {
		return e.Published.From
	}
	return time.Time{}
}

func earliest(t Turn) *record.Entry {
	for i := range t.Variants {
		if e := &t.Variants[i].Entry; e.Quotation == t.Earliest {
			return e
		}
	}
	return nil
}

// inPrint orders turns of which no date tells which was first: those of one
// report as it prints them.
func inPrint(s, t Turn) int {
	a, b := earliest(s), earliest(t)
	if a == nil || b == nil {
		return cmp.Compare(s.ID, t.ID)
	}
	return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(start(a), start(b)), cmp.Compare(s.ID, t.ID))
}

func start(e *record.Entry) int {
	if len(e.Parts) == 0 {
		return 0
	}
	return e.Parts[0].Start
}
