package trace

import (
	"slices"
	"strings"
	"time"

	"onrecord/internal/record"
)

// Where words come from: what each report credits is looked for among the
// members of its utterance. A credit that leads to a member ties the two into
// one text; so do near copies and the editions of one page. What is left apart
// are independent texts.

// Shelf is what an Index may have besides: which outlets are kept, and what a
// person said. Without it, what no member has is not kept.
type Shelf interface {
	// OutletsNamed returns the names of kept outlets that hold the word, in order.
	OutletsNamed(word string) ([]string, error)
	// ByPerson returns the keys of what a person said, printed between two dates.
	ByPerson(person string, from, until time.Time) ([]int64, error)
	// Person returns a person by id.
	Person(id string) (record.Person, error)
}

// origins is what the members of one utterance say of where they have it from.
type origins struct {
	ix      Index
	members []*item
	sources [][]record.Source // for each member
	report  []int             // for each member, the number of its report
	reports int
	at      map[string]int // the place of a member, by quotation
	outlets []record.Entry // an entry of each outlet
	outlet  []int          // for each member, which of them is its own
	fits    map[string][]fit
	groups  *joiner
	text    []int // for each member, the number of its independent text, from 1; 0: of none
	texts   int
}

// findOrigins looks at the members, the earliest printed first.
func findOrigins(ix Index, members []*item) (*origins, error) {
	o := &origins{ix: ix, members: members, sources: make([][]record.Source, len(members)), groups: newJoiner(len(members)),
		at: map[string]int{}, fits: map[string][]fit{}}
	o.countReports()
	o.countOutlets()
	o.joinCopies()
	unkept := map[string]int{}
	for i, m := range members {
		for k, c := range m.Credits {
			s, err := o.follow(m, c)
			if err != nil {
				return nil, err
			}
			if k < len(m.Credited) {
				s.Words = m.Credited[k]
			}
			o.sources[i] = append(o.sources[i], s)
			switch s.Standing {
			case record.CreditKept, record.CreditLater:
				o.groups.join(i, o.index(s.Quotation))
			case record.CreditNotKept, record.CreditUnclear: // those that credit one unkept outlet print its text
				if len(s.Others) > 0 {
					continue
				}
				name := strings.Join(outletWords(s.Name), " ")
				if first, seen := unkept[name]; seen {
					o.groups.join(i, first)
				} else {
					unkept[name] = i
				}
			}
		}
	}
	o.numberTexts()
	return o, nil
}

// joinCopies puts together what stands in one report, or in near copies.
func (o *origins) joinCopies() {
	first := make([]int, 0, o.reports) // a member of each report
	for i, m := range o.members {
		if r := o.report[i]; r < len(first) {
			o.groups.join(i, first[r])
		} else {
			first = append(first, i)
		}
		if m.ArticleSum == 0 {
			continue
		}
		for _, j := range first {
			if record.Near(m.ArticleSum, o.members[j].ArticleSum) {
				o.groups.join(i, j)
			}
		}
	}
}

// countOutlets numbers the outlets: names are laid over each once.
func (o *origins) countOutlets() {
	seen := map[[2]string]int{}
	for i, m := range o.members {
		o.at[m.Quotation] = i
		key := [2]string{m.Outlet, hostOf(m.URL)}
		n, known := seen[key]
		if !known {
			n = len(seen)
			seen[key] = n
			o.outlets = append(o.outlets, *m.Entry)
		}
		o.outlet = append(o.outlet, n)
	}
}

// fit is how well a name fits the outlet of member i.
func (o *origins) fit(name string, i int) fit {
	list, known := o.fits[name]
	if !known {
		for k := range o.outlets {
			list = append(list, outletFit(name, o.outlets[k].Outlet, o.outlets[k].URL))
		}
		o.fits[name] = list
	}
	return list[o.outlet[i]]
}

// numberTexts numbers the groups that have a text of their own: a report that
// is from nowhere else, or the report of an outlet that is not kept. A ring of
// credits has none, and neither has a credit that nothing bears out.
func (o *origins) numberTexts() {
	elsewhere := make([]bool, o.reports)
	own := map[int]bool{}
	for i := range o.members {
		for _, s := range o.sources[i] {
			switch s.Standing {
			case record.CreditOwn, record.CreditVenue:
			case record.CreditNotKept, record.CreditUnclear:
				if len(s.Others) > 0 {
					elsewhere[o.report[i]] = true // one of those, whichever
					continue
				}
				own[o.groups.root(i)] = true
				elsewhere[o.report[i]] = true
			default:
				elsewhere[o.report[i]] = true
			}
		}
	}
	for i := range o.members {
		if !elsewhere[o.report[i]] {
			own[o.groups.root(i)] = true
		}
	}
	o.text = make([]int, len(o.members))
	numbers := map[int]int{}
	for i := range o.members {
		r := o.groups.root(i)
		if !own[r] {
			continue
		}
		if numbers[r] == 0 {
			numbers[r] = len(numbers) + 1
		}
		o.text[i] = numbers[r]
	}
	o.texts = len(numbers)
}

// creditTold is the kind of a credit that names whom the words were said to.
const creditTold = "told"

// follow looks for the report that a credit of member m names.
func (o *origins) follow(m *item, c record.Credit) (record.Source, error) {
	s := record.Source{Credit: c}
	before, after, clear := o.named(m, c.Name)
	switch {
	case isOwn(c.Name, m.Entry) && (before == nil || c.Kind == creditTold):
		s.Standing = record.CreditOwn
	case !clear:
		s.Standing, s.Others = record.CreditUnclear, o.fitting(m, c.Name)
	case namesNone(c.Name):
		s.Standing = record.CreditUnclear
	case before != nil:
		s.Standing, s.Quotation = record.CreditKept, before.Quotation
	case after != nil:
		s.Standing, s.Quotation = record.CreditLater, after.Quotation
	case c.Kind == creditTold && isPlace(m.Medium) && strings.EqualFold(c.Name, m.Venue):
		s.Standing = record.CreditVenue
	default:
		return s, o.onShelf(&s, m)
	}
	return s, nil
}

// named finds the reports among the members that a name in m's report stands
// for: the best one printed no later, and the first one printed later. clear
// is false where the name fits two outlets equally.
func (o *origins) named(m *item, name string) (before, after *item, clear bool) {
	best, clear := noFit, true
	for i, x := range o.members {
		f := o.fit(name, i)
		if f == noFit || f < best || sameReportAs(x.Entry, m.Entry) {
			continue
		}
		known := before
		if known == nil {
			known = after
		}
		switch {
		case f > best:
			best, before, after, clear = f, nil, nil, true
		case known != nil && outletKey(known.Entry) != outletKey(x.Entry):
			clear = false
		}
		switch {
		case printedLater(x.Entry, m.Entry):
			if after == nil {
				after = x
			}
		case before == nil || betterSource(x, before):
			before = x
		}
	}
	return before, after, clear
}

// fitting are the members whose outlet the name fits.
func (o *origins) fitting(m *item, name string) []string {
	var out []string
	for i, x := range o.members {
		if !sameReportAs(x.Entry, m.Entry) && o.fit(name, i) > noFit {
			out = append(out, x.Quotation)
		}
	}
	return out
}

func sameReportAs(x, y *record.Entry) bool {
	return x.Article == y.Article && x.Article != "" || x.Page == y.Page && x.Page != ""
}

// aboutDays is how long before the words were first printed a report counts
// as one of those days.
const aboutDays = 7

// longestInitials is how many letters a name has that may be initials.
const longestInitials = 4

// onShelf looks for the credited outlet among all that is kept.
func (o *origins) onShelf(s *record.Source, m *item) error {
	s.Standing = record.CreditNotKept
	shelf, ok := o.ix.(Shelf)
	words := outletWords(s.Name)
	if !ok || len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	if len(words) == 1 && len(last) <= longestInitials {
		last = "" // "AP" stands in no name that it is the initials of
	}
	outlets, err := shelf.OutletsNamed(last)
	if err != nil {
		return err
	}
	best := noFit
	for _, outlet := range outlets {
		best = max(best, outletFit(s.Name, outlet, ""))
	}
	switch best {
	case noFit:
		return nil
	case looseFit: // "the Times" need not be the Times that is kept
		s.Standing = record.CreditUnclear
		return nil
	}
	s.Standing = record.CreditSilent
	first := o.members[0].Published.From
	if m.Person == "" || first.IsZero() || m.Published.From.IsZero() {
		return nil
	}
	keys, err := shelf.ByPerson(m.Person, first.Add(-aboutDays*day), m.Published.From.Truncate(day).Add(day))
	if err != nil {
		return err
	}
	entries, err := o.ix.Entries(keys)
	if err != nil {
		return err
	}
	for i := range entries {
		e := &entries[i]
		if !e.Published.From.IsZero() && !sameReportAs(e, m.Entry) && IsOutlet(s.Name, e.Outlet, e.URL) {
			s.Standing = record.CreditWithout
			s.Others = append(s.Others, e.Quotation)
		}
	}
	slices.SortFunc(s.Others, compareIDs)
	return nil
}

// isPlace tells a medium that anybody can hear or read at first hand.
func isPlace(m record.Medium) bool {
	switch m {
	case record.Podcast, record.Broadcast, record.Statement, record.Conference, record.Post, record.Speaking, record.Court, record.Document:
		return true
	}
	return false
}

// betterSource prefers the fuller and then the earlier report of one outlet.
func betterSource(x, y *item) bool {
	if x.text.Len() != y.text.Len() {
		return x.text.Len() > y.text.Len()
	}
	return before(x.Entry, y.Entry)
}

// printedLater tells whether x was printed on a later day than y. What bears
// no date was not.
func printedLater(x, y *record.Entry) bool {
	if x.Published.From.IsZero() || y.Published.From.IsZero() {
		return false
	}
	return x.Published.From.Truncate(day).After(y.Published.From.Truncate(day))
}

// index is the place of a member.
func (o *origins) index(quotation string) int {
	if i, ok := o.at[quotation]; ok {
		return i
	}
	return -1
}

// countReports numbers the reports: the editions of a page are one.
func (o *origins) countReports() {
	o.report = make([]int, len(o.members))
	seen := map[string]int{}
	for i, m := range o.members {
		key := m.Page
		if key == "" {
			key = m.Article
		}
		if key == "" {
			key = m.Quotation
		}
		if _, ok := seen[key]; !ok {
			seen[key] = len(seen)
		}
		o.report[i] = seen[key]
	}
	o.reports = len(seen)
}

// joiner puts things together into groups.
type joiner struct{ up []int }

func newJoiner(n int) *joiner {
	j := &joiner{make([]int, n)}
	for i := range j.up {
		j.up[i] = i
	}
	return j
}

func (j *joiner) root(i int) int {
	for j.up[i] != i {
		j.up[i] = j.up[j.up[i]]
		i = j.up[i]
	}
	return i
}

// join puts the groups of two things together; the earlier one leads.
func (j *joiner) join(a, b int) {
	if a < 0 || b < 0 {
		return
	}
	a, b = j.root(a), j.root(b)
	j.up[max(a, b)] = min(a, b)
}
