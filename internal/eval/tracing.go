package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

// tracing is one run of the tracer over the set.
type tracing struct {
	c          *requoteCase
	entries    []record.Entry
	key        []int64 // entry of each listed quotation
	tracer     Tracer
	utterances []record.Utterance
	of         map[string]int // Quotation.ID to utterance
	byKey      map[int64]*record.Entry
	kindGot    []string // of each pair
}

func (t *tracing) run(ctx context.Context, r *run) error {
	t.tracer = r.Tracer()
	t.byKey = map[int64]*record.Entry{}
	for i := range t.entries {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.byKey[t.entries[i].Key] = &t.entries[i]
		if err := t.tracer.Place(t.entries[i]); err != nil {
			return err
		}
	}
	var err error
	if t.utterances, err = t.tracer.Utterances(); err != nil {
		return err
	}
	t.of = map[string]int{}
	for i, u := range t.utterances {
		for _, v := range u.Variants {
			t.of[v.Entry.Quotation] = i
		}
	}
	t.kindGot = make([]string, len(t.c.pairs))
	for i, p := range t.c.pairs {
		if t.together(p) {
			t.kindGot[i] = t.kindOf(p)
		}
	}
	return nil
}

// group is the utterance of a listed quotation; one that was not read is a
// group of its own.
func (t *tracing) group(i int) int {
	if e := t.byKey[t.key[i]]; e != nil {
		if u, ok := t.of[e.Quotation]; ok {
			return u
		}
	}
	return -1 - i
}

func (t *tracing) together(p repeat) bool {
	return t.group(t.c.place[p.A]) == t.group(t.c.place[p.B])
}

// kindOf is the kind of edit between the two wordings, as the tracer types it.
func (t *tracing) kindOf(p repeat) string {
	a, b := t.byKey[t.key[t.c.place[p.A]]], t.byKey[t.key[t.c.place[p.B]]]
	here, full := a.Words, b.Words
	if len(here) > len(full) {
		here, full = full, here
	}
	verdict, edits, _ := t.tracer.Compare(here, full)
	switch verdict {
	case record.Exact, record.Normalised:
		return "identical"
	case record.Truncated:
		return "truncated"
	case record.NotFound: // one utterance by way of a third wording, and little in common
		return "partial_overlap"
	}
	if overlapsOnly(edits, len(here)) {
		return "partial_overlap"
	}
	return "altered"
}

// overlapsOnly tells edits at the ends only, by which each of the two wordings
// goes on, by a clause, where the other does not.
func overlapsOnly(edits []record.Edit, size int) bool {
	const clause = 3
	here, full := 0, 0
	for _, e := range edits {
		front := e.Op == record.CutFront || e.HereAt.Start == 0
		back := e.Op == record.CutEnd || e.HereAt.End == size
		if !front && !back {
			if e.Marked {
				continue
			}
			return false
		}
		here = max(here, len(strings.Fields(e.Here)))
		full = max(full, len(strings.Fields(e.Full)))
	}
	return here >= clause && full >= clause
}

// whyMissed counts the missed pairs by what stood in the way.
func (t *tracing) whyMissed() string {
	n := map[string]int{}
	for i, p := range t.c.pairs {
		if t.kindGot[i] == "" {
			n[t.why(p)]++
		}
	}
	var parts []string
	for _, why := range []string{notRead, otherPersons, otherNames, otherwise} {
		parts = append(parts, fmt.Sprintf("%d %s", n[why], why))
	}
	return strings.Join(parts, ", ")
}

const (
	notRead      = "not read"
	otherPersons = "read under different persons"
	otherNames   = "read under different names"
	otherwise    = "for other reasons"
)

// why is what stood between the two sides of a missed pair.
func (t *tracing) why(p repeat) string {
	a, b := t.byKey[t.key[t.c.place[p.A]]], t.byKey[t.key[t.c.place[p.B]]]
	switch {
	case a == nil || b == nil:
		return notRead
	case a.Person != "" && b.Person != "" && a.Person != b.Person:
		return otherPersons
	case a.Speaker != "" && b.Speaker != "" && !sharesWord(a.Speaker, b.Speaker):
		return otherNames
	}
	return otherwise
}

// asListed tells whether both quotations of a pair were read as they are
// listed: only then is the kind of edit the same question. The list has every
// pair of marks by itself; the program joins the parts of an interrupted
// quotation.
func (t *tracing) asListed(p repeat) bool {
	for _, s := range []side{p.A, p.B} {
		i := t.c.place[s]
		e := t.byKey[t.key[i]]
		if e == nil || !slices.Equal(lettersOf(e.Words), lettersOf(t.c.words[i])) {
			return false
		}
	}
	return true
}

// lettersOf are the letters and digits of s, which marks do not change.
func lettersOf(s string) []rune {
	var out []rune
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			out = append(out, unicode.ToLower(c))
		}
	}
	return out
}

// report prints and keeps the scores.
func (t *tracing) report(r *run, prefix, title string) {
	c := t.c
	found, kinds := map[string]*tally{}, map[string]*tally{}
	for _, k := range append([]string{"all"}, repeatKinds...) {
		found[k], kinds[k] = &tally{}, &tally{}
	}
	for i, p := range c.pairs {
		for _, k := range []string{"all", p.Kind} {
			found[k].wanted++
			if t.kindGot[i] != "" {
				found[k].found++
				if t.asListed(p) {
					kinds[k].claimed++
					kinds[k].right += one(t.kindGot[i] == p.Kind)
				}
			}
		}
	}
	groups := clusters{want: c.want, got: make([]int, len(c.listed))}
	missing := 0
	for i := range c.listed {
		groups.got[i] = t.group(i)
		missing += one(t.key[i] == 0)
	}
	links := groups.pairs(func(i, j int) bool { return c.listed[i].ID != c.listed[j].ID })
	tab := &table{title: title, columns: []string{"", "pairs", "found", "R", "read as listed", "kind right"}}
	for _, k := range append([]string{"all"}, repeatKinds...) {
		recall, kind := percent(found[k].recall()), percent(kinds[k].precision())
		if k == "all" {
			recall = r.keep(prefix+"recall", found[k].recall())
			if prefix != "" { // of all pairs, not only of those read as listed
				kind = r.keep(prefix+"kind", kinds[k].precision())
			}
		}
		tab.row(k, count(found[k].wanted), count(found[k].found), recall, count(kinds[k].claimed), kind)
	}
	r.print(tab)
	precision, recall := links.precision(), found["all"].recall()
	bp, br := groups.bcubed()
	right, of, earlier := t.earliest()
	tab = &table{columns: []string{"", "P", "R", "F1"}}
	tab.row("pairs", percent(precision), percent(recall), r.keep(prefix+"f1", harmonic(precision, recall)))
	tab.row("B-cubed", percent(bp), percent(br), r.keep(prefix+"bcubed", harmonic(bp, br)))
	if asRead := t.asRead(); prefix == "" {
		links = asRead.pairs(func(i, j int) bool { return c.listed[i].ID != c.listed[j].ID })
		bp, br = asRead.bcubed()
		tab.row("pairs, as read", r.keep("as_read.precision", links.precision()), percent(recall),
			r.keep("as_read.f1", harmonic(links.precision(), recall)))
		tab.row("B-cubed, as read", percent(bp), percent(br), r.keep("as_read.bcubed", harmonic(bp, br)))
	}
	r.print(tab)
	r.line("  earliest printer right: %s of %d utterances (%d more name an earlier printing that is not listed)",
		r.keep(prefix+"earliest", ratio(right, of)), of, earlier)
	r.line("  pairs missed: %s", t.whyMissed())
	r.line("  listed quotations not read at all: %d of %d; entries traced: %d in %d utterances",
		missing, len(c.listed), len(t.entries), len(t.utterances))
}

// earliest judges the first printer of each reference group: the day of print
// of the group's first quotation must be the day of the utterance's earliest.
// An earlier one that is not listed cannot be judged.
func (t *tracing) earliest() (right, of, unlisted int) {
	type group struct {
		first string
		in    map[int]int // members by utterance
	}
	groups := map[int]*group{}
	for i, w := range t.c.want {
		g := groups[w]
		if g == nil {
			g = &group{in: map[int]int{}}
			groups[w] = g
		}
		if d := t.c.listed[i].Date; g.first == "" || d < g.first {
			g.first = d
		}
		g.in[t.group(i)]++
	}
	for _, g := range groups {
		utterance, most := -1, 1
		for u, n := range g.in {
			if u >= 0 && (n > most || n == most && u < utterance) {
				utterance, most = u, n
			}
		}
		if utterance < 0 {
			continue
		}
		u := &t.utterances[utterance]
		day := ""
		for _, v := range u.Variants {
			if v.Entry.Quotation == u.Earliest {
				day = record.Format(v.Entry.Published.From)
			}
		}
		switch {
		case day == "" || day > g.first:
			of++
		case day == g.first:
			of++
			right++
		default:
			unlisted++
		}
	}
	return right, of, unlisted
}

// asRead groups the listed quotations with one more thing known: those that
// the program reads as parts of one quotation (interrupted, or going on over
// paragraphs) are one in the reference too. Otherwise joining them rightly
// would count against the tracer once for every pair of parts.
func (t *tracing) asRead() clusters {
	groups := newForest(len(t.c.listed))
	first := map[int64]int{}
	byWant := map[int]int{}
	got := make([]int, len(t.c.listed))
	for i, w := range t.c.want {
		if j, ok := byWant[w]; ok {
			groups.join(i, j)
		}
		byWant[w] = i
		if j, ok := first[t.key[i]]; ok && t.key[i] != 0 {
			groups.join(i, j)
		}
		first[t.key[i]] = i
		got[i] = t.group(i)
	}
	return clusters{want: groups.groups(), got: got}
}

// errors prints samples of pairs missed, of pairs joined that are not listed
// together, and of kinds of edit mistaken.
func (t *tracing) errors(r *run, prefix string) {
	if r.Errors <= 0 {
		return
	}
	var errs []mistake
	for i, p := range t.c.pairs {
		a, b := t.c.place[p.A], t.c.place[p.B]
		switch {
		case t.kindGot[i] == "":
			errs = append(errs, mistake{prefix + "missed " + p.Kind + ", " + t.why(p), t.sideOf(a) + "\n      " + t.sideOf(b)})
		case t.kindGot[i] != p.Kind:
			errs = append(errs, mistake{prefix + p.Kind + " taken for " + t.kindGot[i], t.sideOf(a) + "\n      " + t.sideOf(b)})
		}
	}
	rng := rand.New(rand.NewPCG(r.Seed, 2))
	for _, i := range rng.Perm(len(t.c.listed)) {
		for j := range i {
			if t.c.want[i] != t.c.want[j] && t.group(i) == t.group(j) && t.c.listed[i].ID != t.c.listed[j].ID {
				errs = append(errs, mistake{prefix + "joined", t.sideOf(j) + "\n      " + t.sideOf(i)})
				break
			}
		}
	}
	r.printErrors(errs)
}

func (t *tracing) sideOf(i int) string {
	s := t.c.listed[i]
	if e := t.byKey[t.key[i]]; e != nil {
		return fmt.Sprintf("%s %s %s [%s %s] “%s”", s.ID, s.Date, e.Speaker, e.Kind, e.Person, clip(e.Words, 300))
	}
	return fmt.Sprintf("%s %s %d-%d not read", s.ID, s.Date, s.Start, s.End)
}
