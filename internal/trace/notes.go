package trace

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// tell fills in what the members say of where and when the words were said,
// and what of it does not go together.
func (o *origins) tell(u *record.Utterance) {
	u.Reports, u.Independent = o.reports, o.texts
	for i := range u.Variants {
		u.Variants[i].Sources = o.sources[i]
		u.Variants[i].Text = o.text[i]
	}
	u.Confirmed = confirmations(u, o.report)
	u.Notes = append(u.Notes, o.rings()...)
	u.Notes = append(u.Notes, o.unborne()...)
	if n, ok := o.saidTo(); ok {
		u.Notes = append(u.Notes, n)
	}
	if n, ok := o.disagreement(); ok {
		u.Notes = append(u.Notes, n)
		u.Disagreements = []string{n.Text}
	}
	u.Notes = append(u.Notes, o.dates(u)...)
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
			if !ok {
				continue
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
			if s.Kind != creditTold || slices.ContainsFunc(to, func(x *record.Source) bool { return sameVenue(x.Name, s.Name) }) {
				continue
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

// sameVenue tells whether two names can be one venue: one outlet, or a
// programme and the one with its broadcaster, "Late Reel (Channel Six)".
func sameVenue(a, b string) bool {
	if IsOutlet(a, b, "") || IsOutlet(b, a, "") {
		return true
	}
	x, y := outletWords(a), outletWords(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	for i := 0; i+len(x) <= len(y); i++ {
		if slices.Equal(y[i:i+len(x)], x) {
			return len(x) > 0
		}
	}
	return false
}

// disagreement says who credits whom where reports differ. What a report says
// itself ("The Gazette wrote that …") is no other speaker.
func (o *origins) disagreement() (record.Note, bool) {
	var first []*item
	for _, m := range o.members {
		if m.Speaker == "" || IsOutlet(m.Speaker, m.Outlet, m.URL) {
			continue
		}
		if !slices.ContainsFunc(first, func(x *item) bool { return speakers(x.Entry, m.Entry) != otherWho }) {
			first = append(first, m)
		}
	}
	if len(first) < 2 {
		return record.Note{}, false
	}
	n := note(record.NoteSpeakers, first...)
	var parts []string
	for _, m := range first {
		n.Credits = append(n.Credits, m.Speaker)
		parts = append(parts, printer(m.Entry)+" credits "+m.Speaker)
	}
	n.Text = strings.Join(parts, ", ")
	return n, true
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

// dates takes what the members' dates have in common, and notes those that
// cannot be met: a date that is none, one after the words were printed, and
// the fewer of two that exclude each other.
func (o *origins) dates(u *record.Utterance) []record.Note {
	var notes []record.Note
	var dated []int
	first := o.firstPrint()
	for i, m := range o.members {
		switch {
		case m.Impossible != "":
			n := note(record.NoteNoSuchDate, m)
			n.Text, n.Credits = printed(m.Entry)+": "+m.Impossible, textOf(m.SaidText)
			notes = append(notes, n)
		case !m.Said.Known():
		case first != nil && !m.Said.From.Before(first.Published.From.Truncate(day).Add(2*day)):
			n := note(record.NoteAfterPrint, m, first)
			n.Text = printed(m.Entry) + " dates it " + dateWords(m.Entry) + ", after " + printed(first.Entry) + " printed it"
			n.Credits = textOf(m.SaidText)
			notes = append(notes, n)
		default:
			dated = append(dated, i)
		}
	}
	agreed := o.mostAgreed(dated)
	var told *item
	for _, i := range agreed {
		m := o.members[i]
		if told == nil {
			told, u.Said = m, m.Said
		}
		u.Said, _ = u.Said.Meet(m.Said)
	}
	for _, i := range dated {
		m := o.members[i]
		if slices.Contains(agreed, i) {
			continue
		}
		n := note(record.NoteDates, told, m)
		n.Credits = append(textOf(told.SaidText), textOf(m.SaidText)...)
		n.Text = fmt.Sprintf("%s dates it %s, %s dates it %s", printer(told.Entry), dateWords(told.Entry), printer(m.Entry), dateWords(m.Entry))
		notes = append(notes, n)
	}
	for i := range notes {
		if u.Problem == "" {
			u.Problem = notes[i].Text
		}
	}
	return notes
}

func textOf(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// firstPrint is the dated member that was printed first.
func (o *origins) firstPrint() *item {
	for _, m := range o.members {
		if !m.Published.From.IsZero() {
			return m
		}
	}
	return nil
}

// mostAgreed are the members whose dates have a moment in common that most
// independent texts allow; of two such moments the one that the earlier report
// allows. An open end allows everything on its side.
func (o *origins) mostAgreed(dated []int) []int {
	var best []int
	most := 0
	for _, i := range dated {
		moment := o.members[i].Said.From
		var agree, texts []int
		for _, j := range dated {
			w := o.members[j].Said
			if w.From.After(moment) || !w.Until.IsZero() && !moment.IsZero() && !moment.Before(w.Until) || moment.IsZero() && !w.From.IsZero() {
				continue
			}
			agree = append(agree, j)
			if g := o.groups.root(j); !slices.Contains(texts, g) {
				texts = append(texts, g)
			}
		}
		if len(texts) > most || len(texts) == most && len(agree) > 0 && len(best) > 0 && agree[0] < best[0] {
			best, most = agree, len(texts)
		}
	}
	return best
}

func dateWords(e *record.Entry) string {
	if e.SaidText != "" {
		return "“" + e.SaidText + "”"
	}
	from, until := record.Format(e.Said.From), record.Format(e.Said.Until)
	switch {
	case from == "":
		return "before " + until
	case until == "":
		return "from " + from + " on"
	}
	return from + " to " + until
}
