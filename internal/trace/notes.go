package trace

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// tell fills in what the members say of where and when the words were said,
// and what of it does not go together.
func (o *origins) tell(u *record.Utterance) error {
	u.Reports, u.Independent = o.reports, o.texts
	for i := range u.Variants {
		u.Variants[i].Sources = o.sources[i]
		u.Variants[i].Text = o.text[i]
	}
	u.Origin = o.origin(o.index(u.Earliest))
	u.Confirmed = confirmations(u, o.report)
	u.Notes = append(u.Notes, o.rings()...)
	u.Notes = append(u.Notes, o.unborne()...)
	if n, ok := o.saidTo(); ok {
		u.Notes = append(u.Notes, n)
	}
	n, ok, err := o.disagreement()
	if err != nil {
		return err
	}
	if ok {
		u.Notes = append(u.Notes, n)
		u.Disagreements = []string{n.Text}
	}
	u.Notes = append(u.Notes, o.dates(u)...)
	return nil
}

// origin follows the credits from a member up, report by report.
func (o *origins) origin(i int) record.Origin {
	var at record.Origin
	passed := map[int]bool{}
	for {
		at.Chain = append(at.Chain, o.members[i].Quotation)
		passed[o.report[i]] = true
		next := -1
		for j, m := range o.members {
			if o.report[j] != o.report[i] {
				continue
			}
			for _, s := range o.sources[j] {
				switch s.Standing {
				case record.CreditKept:
					if k := o.index(s.Quotation); next < 0 || !passed[o.report[k]] {
						next = k
					}
				case record.CreditNotKept, record.CreditSilent, record.CreditWithout, record.CreditLater:
					at.Outlet = s.Name
				case record.CreditVenue:
					at.Venue = m.Venue
				}
			}
		}
		if next < 0 {
			return at
		}
		at.Outlet, at.Venue = "", "" // what the report up the line says counts
		if at.Ring = passed[o.report[next]]; at.Ring {
			return at
		}
		i = next
	}
}

// note is an empty note about the members.
func note(kind record.NoteKind, about ...*item) record.Note {
	n := record.Note{Kind: kind}
	for _, m := range about {
		n.Quotations = append(n.Quotations, m.Quotation)
	}
	return n
}

// printed names a report with its day: "the Gazette (4 March 2024)".
func printed(e *record.Entry) string {
	if e.Published.From.IsZero() {
		return printer(e)
	}
	return printer(e) + " (" + e.Published.From.UTC().Format("2 January 2006") + ")"
}

func printer(e *record.Entry) string {
	switch {
	case e.Outlet != "":
		return e.Outlet
	case e.Title != "":
		return "“" + e.Title + "”"
	}
	return "report " + e.Article
}

// creditOf is a source in words: "told the Gazette", as printed where the text
// is at hand.
func creditOf(s *record.Source) string {
	if s.Words != "" {
		return s.Words
	}
	return s.Kind + " " + s.Name
}

// edge is one report that has the words from another.
type edge struct {
	from, to *item
	credit   string
}

// rings finds outlets that have the words from each other, the shortest ring
// through the outlet that printed first.
func (o *origins) rings() []record.Note {
	out := map[string][]edge{}
	var order []string
	for i, m := range o.members {
		for k := range o.sources[i] {
			s := &o.sources[i][k]
			if s.Standing != record.CreditKept && s.Standing != record.CreditLater {
				continue
			}
			e := edge{m, o.members[o.index(s.Quotation)], creditOf(s)}
			from, to := outletKey(e.from.Entry), outletKey(e.to.Entry)
			if from == to || from == "" || to == "" ||
				slices.ContainsFunc(out[from], func(x edge) bool { return outletKey(x.to.Entry) == to }) {
				continue
			}
			out[from] = append(out[from], e)
			if !slices.Contains(order, from) {
				order = append(order, from)
			}
		}
	}
	var notes []record.Note
	told := map[string]bool{}
	for _, start := range order {
		ring := shortestRing(out, start)
		if len(ring) == 0 || told[start] {
			continue
		}
		var about []*item
		var parts, credits []string
		for _, e := range ring {
			told[outletKey(e.from.Entry)] = true
			about = append(about, e.from)
			credits = append(credits, e.credit)
			parts = append(parts, printed(e.from.Entry)+" credits "+printer(e.to.Entry))
		}
		n := note(record.NoteCircle, about...)
		n.Credits, n.Text = credits, strings.Join(parts, ", ")+": the credits run in a ring"
		notes = append(notes, n)
	}
	return notes
}

// shortestRing is the shortest way from an outlet back to itself.
func shortestRing(out map[string][]edge, start string) []edge {
	ways := [][]edge{nil}
	seen := map[string]bool{}
	for len(ways) > 0 {
		way := ways[0]
		ways = ways[1:]
		at := start
		if len(way) > 0 {
			at = outletKey(way[len(way)-1].to.Entry)
		}
		for _, e := range out[at] {
			to := outletKey(e.to.Entry)
			next := append(slices.Clone(way), e)
			if to == start {
				return next
			}
			if !seen[to] {
				seen[to] = true
				ways = append(ways, next)
			}
		}
	}
	return nil
}

// unborne are the credits that what is kept does not bear out, those of one
// outlet together.
func (o *origins) unborne() []record.Note {
	kinds := map[record.Standing]record.NoteKind{record.CreditWithout: record.NoteWithout, record.CreditLater: record.NoteLater,
		record.CreditSilent: record.NoteNotKept, record.CreditNotKept: record.NoteNotKept}
	var notes []record.Note
	at := map[string]int{}
	for i, m := range o.members {
		for k := range o.sources[i] {
			s := &o.sources[i][k]
			kind, ok := kinds[s.Standing]
			if !ok || s.Standing == record.CreditWithout && !m.quoted() {
				continue // a report in other words lacks them anyhow
			}
			key := string(s.Standing) + " " + strings.Join(outletWords(s.Name), " ")
			if j, seen := at[key]; seen {
				notes[j].Quotations = append(notes[j].Quotations, m.Quotation)
				notes[j].Credits = append(notes[j].Credits, creditOf(s))
				continue
			}
			at[key] = len(notes)
			n := note(kind, m)
			n.Credits, n.Text = []string{creditOf(s)}, o.unborneText(m, s)
			notes = append(notes, n)
		}
	}
	return notes
}

func (o *origins) unborneText(m *item, s *record.Source) string {
	text := printed(m.Entry) + " credits " + s.Name + "; "
	switch s.Standing {
	case record.CreditWithout:
		return text + "what is kept of it quotes " + m.Speaker + " in those days, and not with these words (" + strings.Join(s.Others[:min(3, len(s.Others))], ", ") + ")"
	case record.CreditLater:
		return text + "the kept report of it with these words was printed later (" + s.Quotation + ")"
	case record.CreditSilent:
		return text + "none of its kept reports of those days has these words"
	}
	return text + "nothing of it is kept"
}

// saidTo finds two reports that say the words were said to two.
func (o *origins) saidTo() (record.Note, bool) {
	var first []*item
	var to []*record.Source
	for i, m := range o.members {
		for k := range o.sources[i] {
			s := &o.sources[i][k]
			if s.Kind != creditTold || namesNone(s.Name) {
				continue
			}
			if slices.ContainsFunc(first, func(x *item) bool { return broadcasts(x.Entry) != broadcasts(m.Entry) }) ||
				slices.ContainsFunc(to, func(x *record.Source) bool { return sameVenue(x.Name, s.Name) }) {
				continue // a programme may be that of the broadcaster
			}
			first, to = append(first, m), append(to, s)
		}
	}
	if len(first) < 2 {
		return record.Note{}, false
	}
	n := note(record.NoteVenues, first...)
	var parts []string
	for i, m := range first {
		n.Credits = append(n.Credits, creditOf(to[i]))
		parts = append(parts, printed(m.Entry)+" says to "+to[i].Name)
	}
	n.Text = "whom it was said to: " + strings.Join(parts, ", ")
	return n, true
}

func broadcasts(e *record.Entry) bool { return e.Medium == record.Broadcast }

// sameVenue tells whether two names can be one venue: one outlet, or a
// programme and the one with its broadcaster, "Late Reel (Channel Six)",
// "Channel Six's Late Reel".
func sameVenue(a, b string) bool {
	if IsOutlet(a, b, "") || IsOutlet(b, a, "") {
		return true
	}
	x, y := venueWords(a), venueWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return !slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

// venueWords are all words of a venue's name.
func venueWords(name string) []string {
	return outletWords(strings.NewReplacer("(", " ", ")", " ", "-", " ").Replace(name))
}

// disagreement says who credits whom where reports differ. What a report says
// itself ("The Gazette wrote that …"), and an organisation for which somebody
// speaks, are no other speakers.
func (o *origins) disagreement() (record.Note, bool, error) {
	var first []*item
	for _, m := range o.members {
		if m.Speaker == "" || IsOutlet(m.Speaker, m.Outlet, m.URL) {
			continue
		}
		if !slices.ContainsFunc(first, func(x *item) bool {
			return speakers(x.Entry, m.Entry) != otherWho || oneSpelling(x.Speaker, m.Speaker)
		}) {
			first = append(first, m)
		}
	}
	first, err := o.onlyPeople(first)
	if err != nil || len(first) < 2 {
		return record.Note{}, false, err
	}
	n := note(record.NoteSpeakers, first...)
	var parts []string
	for _, m := range first {
		n.Credits = append(n.Credits, m.Speaker)
		parts = append(parts, printer(m.Entry)+" credits "+m.Speaker)
	}
	n.Text = strings.Join(parts, ", ")
	return n, true, nil
}

// onlyPeople leaves those who go by a whole name and are not known to be no
// person: what is less is more often a misreading than a disagreement.
func (o *origins) onlyPeople(list []*item) ([]*item, error) {
	if len(list) < 2 {
		return nil, nil
	}
	shelf, hasPeople := o.ix.(Shelf)
	var out []*item
	for _, m := range list {
		name := m.Speaker
		if hasPeople && m.Person != "" {
			p, err := shelf.Person(m.Person)
			if err != nil {
				return nil, err
			}
			if p.Nature != record.APerson {
				continue
			}
			name = p.Name
		}
		words := strings.Fields(name)
		if len(words) < 2 || slices.ContainsFunc(words, isDescription) {
			continue
		}
		out = append(out, m)
	}
	return out, nil
}

// oneSpelling tells whether two names can be one: all words of the shorter
// stand in the longer, but for a letter.
func oneSpelling(a, b string) bool {
	x, y := nameWords(a), nameWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	return !slices.ContainsFunc(x, func(w string) bool {
		return !slices.ContainsFunc(y, func(v string) bool { return w == v || len(w) > 4 && oneEdit(w, v) })
	})
}

// confirmations cut the fullest wording where its printers change, and count
// them for each stretch. A report in other words confirms no word.
func confirmations(u *record.Utterance, report []int) []record.Confirmed {
	full := ""
	for i := range u.Variants {
		if u.Variants[i].Entry.Quotation == u.Fullest {
			full = u.Variants[i].Entry.Words
		}
	}
	bounds := []int{0, len(full)}
	for i := range u.Variants {
		for _, e := range u.Variants[i].Edits {
			if e.FullAt.End > e.FullAt.Start && e.FullAt.End <= len(full) {
				bounds = append(bounds, e.FullAt.Start, e.FullAt.End)
			}
		}
	}
	slices.Sort(bounds)
	bounds = slices.Compact(bounds)
	var out []record.Confirmed
	for k := 1; k < len(bounds); k++ {
		at := record.Span{Start: bounds[k-1], End: bounds[k]}
		if strings.TrimFunc(at.Of(full), notWord) == "" {
			continue // marks and spaces between two cuts
		}
		c := record.Confirmed{At: at, Text: at.Of(full)}
		var reports, texts []int
		for i := range u.Variants {
			v := &u.Variants[i]
			if v.Relation == record.Paraphrased || slices.ContainsFunc(v.Edits, func(e record.Edit) bool { return e.FullAt.Overlaps(at) }) {
				continue
			}
			if !slices.Contains(reports, report[i]) {
				reports = append(reports, report[i])
			}
			if v.Text > 0 && !slices.Contains(texts, v.Text) {
				texts = append(texts, v.Text)
			}
		}
		c.Reports, c.Independent = len(reports), len(texts)
		if n := len(out); n > 0 && out[n-1].Reports == c.Reports && out[n-1].Independent == c.Independent && out[n-1].At.End == at.Start {
			out[n-1].At.End = at.End
			out[n-1].Text = out[n-1].At.Of(full)
			continue
		}
		out = append(out, c)
	}
	return out
}

func notWord(r rune) bool { return !isWord(r) }
