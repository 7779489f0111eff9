package ask

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onrecord/internal/lang"
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
	To      string // the other one's name, where the words were addressed to him or her
	ReplyTo string // the utterance that this one answers
	Sign    Sign   // the words that say that it is an answer
}

// Sign is words of a report beside a quotation.
type Sign struct{ Quotation, Text string }

// replyDays is how long after words an answer to them is looked for.
const replyDays = 60

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
	for i := range sides {
		turns, err := said(ix, sides[i], sides[1-i], d)
		if err != nil {
			return x, "", err
		}
		x.Turns = append(x.Turns, turns...)
	}
	slices.SortStableFunc(x.Turns, func(s, t Turn) int {
		return cmp.Or(moment(s).Compare(moment(t)), inPrint(s, t))
	})
	x.answers()
	return x, "", nil
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

// said are the utterances of one about or to the other.
func said(ix *read.Index, who, other []record.Person, d Depth) ([]Turn, error) {
	var keys []int64
	for _, p := range who {
		own, err := ix.ByPerson(p.ID, time.Time{}, time.Time{})
		if err != nil {
			return nil, err
		}
		keys = append(keys, own...)
	}
	entries, err := ix.Entries(keys)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []Turn
	for i := range entries {
		about, to := concerns(&entries[i], other)
		if !about && !to {
			continue
		}
		u, err := trace.Utterance(ix, entries[i].Key)
		if err != nil {
			return nil, err
		}
		if u.ID == "" || seen[u.ID] {
			continue
		}
		seen[u.ID] = true
		if err := complete(ix, &u, d); err != nil {
			return nil, err
		}
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

// answers notes which turn answers which: the report says that the words are
// a reply, and the other spoke shortly before.
func (x *Exchange) answers() {
	for i := range x.Turns {
		t := &x.Turns[i]
		sign, ok := replies(t.Utterance)
		if !ok {
			continue
		}
		for j := i - 1; j >= 0; j-- {
			before := &x.Turns[j]
			if before.Speaker == t.Speaker {
				continue
			}
			if !near(printed(*before), printed(*t)) {
				break
			}
			t.ReplyTo, t.Sign = before.ID, sign
			break
		}
	}
}

func near(a, b time.Time) bool {
	return a.IsZero() || b.IsZero() || b.Sub(a) <= replyDays*24*time.Hour
}

// replies tells whether a report's own words round the quotation say that it
// is an answer, and which words.
func replies(u record.Utterance) (Sign, bool) {
	signs := lang.For(lang.Fallback).List("reply").Entries
	for _, v := range u.Variants {
		around := " " + strings.ToLower(strings.Join(strings.Fields(strings.Replace(v.Entry.Context, v.Entry.Words, " ", 1)), " ")) + " "
		for _, s := range signs {
			if at := strings.Index(around, s.Word); at > 0 && !letter(around[at-1]) && !letter(around[at+len(s.Word)]) {
				return Sign{v.Entry.Quotation, s.Word}, true
			}
		}
	}
	return Sign{}, false
}

func letter(b byte) bool { return b >= 'a' && b <= 'z' }
