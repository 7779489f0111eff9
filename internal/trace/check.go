package trace

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// Options of a check.
type Options struct {
	// Persons are the identities that the name asked about may stand for
	// (record.Person.ID). Without them the name is compared with the names
	// that reports use.
	Persons []string
	// Why asks for the evidence between the asked words and those found.
	Why bool
}

// Bits that pasted words must share with kept ones to be called found. There
// is no speaker and no date to help, and common phrases must find nothing.
const (
	foundWhole  = 15 // all the words, in a row
	foundPart   = 24 // most of the words
	foundMain   = 16 // … of which the content words: "at the end of the day we have to" is anybody's
	foundShare  = .55
	foundShort  = .66 // of fewer than a dozen words
	spliceBits  = 17  // each half of a splice
	spliceShare = .8
	spliceMain  = 11 // content words of a half that another may have said
)

// Check answers whether somebody said the words, and whether they are all of
// it. Where somebody pasted a sentence of a report with the quotation in it,
// the words inside the marks are asked about. The caller fills in Searched.
func Check(ix Index, words, by string, opts Options) (record.Finding, error) {
	f, err := checkText(ix, words, NewText(unwrap(words)), by, opts)
	if err != nil || asGood[f.Verdict] {
		return f, err
	}
	inner, parts := insideMarks(words)
	if inner == "" {
		return f, nil
	}
	g, err := checkText(ix, words, newText(inner, parts), by, opts)
	if err != nil || g.Verdict == record.NotFound || f.Verdict != record.NotFound && !asGood[g.Verdict] {
		return f, err
	}
	return g, nil
}

// asGood are the verdicts that leave nothing to look for.
var asGood = map[record.Verdict]bool{record.Exact: true, record.Normalised: true, record.Truncated: true}

func checkText(ix Index, words string, asked *Text, by string, opts Options) (record.Finding, error) {
	f := record.Finding{Asked: words, By: by, Verdict: record.NotFound}
	if asked.Len() == 0 {
		f.Reason.Rule = "there are no words in it"
		return f, nil
	}
	q := &query{ix: ix, asked: asked, by: by, opts: opts}
	all, err := q.search(asked)
	if err != nil {
		return f, err
	}
	found := slices.DeleteFunc(slices.Clone(all), func(m *match) bool { return !m.enough() })
	if len(found) == 0 {
		return f, q.rest(&f, all)
	}
	best := found[0]
	if by != "" && best.who == otherWho {
		if i := slices.IndexFunc(found, func(m *match) bool { return m.who == sameWho }); i >= 0 {
			best = found[i]
		}
	}
	return f, q.answer(&f, best)
}

const (
	// leastInside is the least number of words in marks to be asked about alone.
	leastInside = 3
	// mostOutside is the most words of a report beside them: more, and the
	// marks are somebody's own, who quotes another.
	mostOutside = 12
)

// insideMarks are the words that stand in double quotation marks inside pasted
// ones, joined, with the places where a further part begins; "" where marks
// hold all of it, or nothing.
func insideMarks(words string) (inner string, parts []int) {
	s := strings.TrimSpace(words)
	for s != "" {
		start := strings.IndexAny(s, "“\"„«")
		if start < 0 {
			break
		}
		_, size := utf8.DecodeRuneInString(s[start:])
		rest := s[start+size:]
		end := strings.IndexAny(rest, "”\"“»")
		if end < 0 {
			end = len(rest)
		}
		if inner != "" {
			inner += " "
			parts = append(parts, len(inner))
		}
		inner += strings.TrimSpace(rest[:end])
		s = rest[end:]
		if s != "" {
			_, size = utf8.DecodeRuneInString(s)
			s = s[size:]
		}
	}
	inside := len(strings.Fields(inner))
	outside := len(strings.Fields(words)) - inside
	if inside < leastInside || outside == 0 || outside > min(inside, mostOutside) {
		return "", nil
	}
	return inner, parts
}

// Compare lays asked words over the fullest wording: the part of a check that
// looks at two texts only.
func Compare(asked, full string) (record.Verdict, []record.Edit, []record.Alarm) {
	a, b := NewText(unwrap(asked)), NewText(full)
	c := compare(a, b, sameOrSlip)
	if ev := weigh(a, b, c.segs); ev.words == 0 || !similarAsked(ev, a) {
		return record.NotFound, nil, nil
	}
	return c.verdict(), c.edits(), c.alarms()
}

// unwrap takes off the white space and one pair of quotation marks that
// somebody pasted along.
func unwrap(s string) string {
	s = strings.TrimSpace(s)
	for _, p := range [][2]string{{"“", "”"}, {"\"", "\""}, {"‘", "’"}, {"'", "'"}, {"«", "»"}, {"„", "“"}, {"''", "''"}, {"``", "''"}} {
		if len(s) > len(p[0])+len(p[1]) && strings.HasPrefix(s, p[0]) && strings.HasSuffix(s, p[1]) {
			return strings.TrimSpace(s[len(p[0]) : len(s)-len(p[1])])
		}
	}
	return s
}

// verdict of the words here against the full ones.
func (c *comparison) verdict() record.Verdict {
	switch c.worst() {
	case altering:
		return record.AlteredWords
	case cutting:
		return record.Truncated
	}
	if strings.TrimSpace(c.here.Words) == strings.TrimSpace(c.full.Words) {
		return record.Exact
	}
	return record.Normalised
}

// query is one check at work.
type query struct {
	ix    Index
	asked *Text
	by    string
	opts  Options
}

// match is one kept quotation that shares words with the asked ones.
type match struct {
	*item
	c   comparison
	ev  evidence
	who whoSaid
	n   int // tokens asked
}

// search finds the kept quotations that share words with t, the best first.
func (q *query) search(t *Text) ([]*match, error) {
	items, err := byWords(q.ix, t, q.speakers(t))
	if err != nil {
		return nil, err
	}
	out := make([]*match, 0, len(items))
	for _, x := range items {
		m := &match{item: x, c: compare(t, x.text, sameOrSlip), n: t.Len()}
		m.ev = weigh(t, x.text, m.c.segs)
		m.ev.cover = m.ev.eff / worthOf(t.toks)
		m.who = q.isBy(x.Entry)
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b *match) int {
		return cmp.Or(cmp.Compare(b.ev.eff, a.ev.eff), cmp.Compare(a.c.worst(), b.c.worst()),
			compareEntries(a.Entry, b.Entry))
	})
	return out, nil
}

// speakers stand for those whom the name asked about may mean, as speakers of
// the words.
func (q *query) speakers(t *Text) []*item {
	if q.by == "" {
		return nil
	}
	out := []*item{{Entry: &record.Entry{Speaker: q.by}, text: t}}
	for _, id := range q.opts.Persons {
		out = append(out, &item{Entry: &record.Entry{Speaker: q.by, Person: id}, text: t})
	}
	return out
}

// isBy compares an entry's speaker with the one asked about.
func (q *query) isBy(e *record.Entry) whoSaid {
	if q.by == "" || e.Person == "" && e.Speaker == "" {
		return unknownWho
	}
	if slices.Contains(q.opts.Persons, e.Person) && e.Person != "" || e.Person == q.by || sameName(e.Speaker, q.by) {
		return sameWho
	}
	return otherWho
}

// beside tells who speaks in the other half of a splice with the match: of
// the one asked about nobody else's words count; else it is compared with the
// speaker of the first half.
func (q *query) beside(first *match) func(*record.Entry) whoSaid {
	return func(e *record.Entry) whoSaid {
		if q.by != "" {
			return q.isBy(e)
		}
		if who := speakers(first.Entry, e); who != otherWho {
			return who
		}
		return unknownWho
	}
}

// besides tells whether the match can be the other half of a splice: words of
// the same speaker, or words that are not just anybody's.
func (m *match) besides(who whoSaid) bool {
	return who == sameWho || who == unknownWho && m.ev.main >= spliceMain
}

// enough tells whether the words shared are more than chance.
func (m *match) enough() bool {
	if m.n <= 2 {
		return m.whole == m.c.here.wholeHash()
	}
	if m.ev.cover > .99 && len(m.c.segs) <= 3 && m.ev.run == m.n && m.text.Len() == m.n {
		return true // a kept quotation with exactly these words
	}
	return similarAsked(m.ev, m.c.here)
}

func similarAsked(ev evidence, asked *Text) bool {
	cover := ev.eff / worthOf(asked.toks)
	if cover > .99 && ev.run == asked.Len() {
		return ev.eff >= foundWhole
	}
	least := foundShare
	if asked.Len() < 12 {
		least = foundShort
	}
	if cover < .8 && ev.run < 4 {
		return false
	}
	return ev.eff >= foundPart && (ev.main >= foundMain || cover >= .8) && cover >= least && ev.region >= .5 && ev.run >= 3
}

// answer fills in the finding from the best match.
func (q *query) answer(f *record.Finding, best *match) error {
	u, err := Utterance(q.ix, best.Key)
	if err != nil {
		return err
	}
	f.Utterance = &u
	base := best.c
	for i := range u.Variants {
		e := &u.Variants[i].Entry
		if e.Quotation == u.Fullest {
			f.Fullest = e
			base = q.against(best, placerOf(q.ix).item(e), &u)
		}
		if e.Quotation == u.Earliest {
			f.Earliest = e
		}
	}
	f.Edits, f.Alarms, f.Verdict = base.edits(), base.alarms(), base.verdict()
	f.Reason = record.Reason{Rule: "shares its words with " + best.Quotation, Score: min(1, best.ev.cover)}
	if f.Fullest != nil && f.Fullest.Kind == record.Indirect || !best.quoted() && f.Verdict == record.AlteredWords {
		f.Verdict, f.Edits, f.Alarms = record.Paraphrase, nil, nil
		f.Reason.Rule = best.Quotation + " reports it in these words, without quoting"
	}
	if f.Verdict == record.AlteredWords {
		if err := q.splice(f, &base, best); err != nil {
			return err
		}
	}
	if q.opts.Why {
		f.Why = whyFound(best, q.by)
	}
	if best.who == otherWho {
		f.Verdict = record.DifferentSpeaker
		f.Reason.Rule = "the words are " + best.Speaker + "'s"
	}
	return nil
}

// against chooses what the asked words are compared with: the fullest
// wording, unless they stand in a kept wording that goes on beyond its end.
func (q *query) against(best *match, full *item, u *record.Utterance) comparison {
	base := compare(q.asked, full.text, sameOrSlip)
	if best.Quotation == full.Quotation || best.c.worst() >= base.worst() || best.quoted() != full.quoted() {
		return base
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		if v.Entry.Key == best.Key && v.Relation == record.Trimmed && slices.ContainsFunc(v.Edits, inserts) {
			return best.c
		}
	}
	return base
}

func inserts(e record.Edit) bool { return e.Op == record.Insert && !e.Marked }

// splice looks whether what the utterance lacks are words of another one.
func (q *query) splice(f *record.Finding, base *comparison, best *match) error {
	members, err := Members(q.ix, best.Key)
	if err != nil {
		return err
	}
	other, err := foreign(q.ix, base, members, q.beside(best))
	if err != nil || other == nil {
		return err
	}
	second, err := Utterance(q.ix, other.Key)
	if err != nil {
		return err
	}
	f.Verdict, f.Second = record.Spliced, &second
	f.Reason.Rule = "runs words of " + best.Quotation + " together with words of " + other.Quotation
	f.Alarms = joinAlarms(f.Alarms, other.c.alarms())
	return nil
}

func joinAlarms(a, b []record.Alarm) []record.Alarm {
	var out []record.Alarm
	for _, al := range alarmOrder {
		if slices.Contains(a, al) || slices.Contains(b, al) {
			out = append(out, al)
		}
	}
	return out
}

// foreign finds another utterance that holds a stretch which the full wording
// lacks, nearly whole; the match is that of the stretch.
func foreign(ix Index, c *comparison, members []int64, who func(*record.Entry) whoSaid) (*match, error) {
	for i := range c.diffs {
		d := &c.diffs[i]
		if d.harm != altering || d.Op != record.Insert && d.Op != record.Replace {
			continue
		}
		if d.a1-d.a0 < 4 || worthOf(c.here.toks[d.a0:d.a1]) < spliceBits {
			continue
		}
		q := &query{ix: ix, asked: NewText(d.HereAt.Of(c.here.Words))}
		found, err := q.search(q.asked)
		if err != nil {
			return nil, err
		}
		var best *match // the longest of those that hold it: it shows what is cut
		for _, m := range found {
			if m.ev.cover >= spliceShare && m.ev.eff >= spliceBits && !slices.Contains(members, m.Key) && m.besides(who(m.Entry)) &&
				(best == nil || m.text.Len() > best.text.Len()) {
				best = m
			}
		}
		if best != nil {
			return best, nil
		}
	}
	return nil, nil
}

// splicedWith tells which other utterance of the same speaker a kept wording
// runs on with; nil: none.
func splicedWith(ix Index, m *item, c *comparison, members []*item) (*match, error) {
	keys := make([]int64, len(members))
	for i := range members {
		keys[i] = members[i].Key
	}
	return foreign(ix, c, keys, func(e *record.Entry) whoSaid {
		// A splice is not printed before what it runs together, and what a
		// person keeps apart from these words has them all the same.
		if printedLater(e, m.Entry) || slices.ContainsFunc(members, func(x *item) bool { return keptApart(x, &item{Entry: e}) }) {
			return otherWho
		}
		return speakers(m.Entry, e)
	})
}

// rest tries what is left when no kept quotation holds most of the words: two
// that hold a half each, then a report in other words.
func (q *query) rest(f *record.Finding, all []*match) error {
	done, err := q.halves(f, all)
	if err != nil || done {
		return err
	}
	return q.inOtherWords(f)
}

// halves finds a splice of which neither half is most of the words.
func (q *query) halves(f *record.Finding, all []*match) (bool, error) {
	tried := map[int64]bool{}
	for _, m := range all {
		if m.ev.eff < spliceBits || m.ev.run < 4 || q.by != "" && m.who == otherWho {
			continue
		}
		root, err := Root(q.ix, m.Key)
		if err != nil {
			return false, err
		}
		if tried[root] {
			continue // of an utterance, the wording that has most of it is enough
		}
		if tried[root] = true; len(tried) > halvesMost {
			return false, nil
		}
		members, err := Members(q.ix, m.Key)
		if err != nil {
			return false, err
		}
		other, err := foreign(q.ix, &m.c, members, q.beside(m))
		if err != nil {
			return false, err
		}
		if other == nil || m.ev.eff+other.ev.eff < spliceShare*worthOf(q.asked.toks) {
			continue
		}
		if err := q.answer(f, m); err != nil {
			return false, err
		}
		return f.Verdict == record.Spliced || f.Verdict == record.DifferentSpeaker, nil
	}
	return false, nil
}

// inOtherWords looks for the speaker's words that the asked ones report.
func (q *query) inOtherWords(f *record.Finding) error {
	f.Verdict, f.Utterance, f.Fullest, f.Earliest, f.Second, f.Edits, f.Alarms = record.NotFound, nil, nil, nil, nil, nil, nil
	f.Reason = record.Reason{}
	if q.by == "" {
		return nil
	}
	ids := append(slices.Clone(q.opts.Persons), "")
	var best *item
	var bestBits float64
	for _, id := range ids {
		x := &item{Entry: &record.Entry{Kind: record.Indirect, Words: q.asked.Words, Person: id, Speaker: q.by}, text: q.asked}
		for _, quoted := range []bool{true, false} {
			items, err := byStems(q.ix, x, quoted)
			if err != nil {
				return err
			}
			for _, t := range items {
				if d := reports(x, t); d.linked && (best == nil || d.bits > bestBits || d.bits == bestBits && higher(t, best)) {
					best, bestBits = t, d.bits
				}
			}
		}
	}
	if best == nil {
		return nil
	}
	u, err := Utterance(q.ix, best.Key)
	if err != nil {
		return err
	}
	f.Utterance, f.Verdict = &u, record.Paraphrase
	f.Reason = record.Reason{Rule: "says in other words what " + best.Quotation + " has", Score: min(1, bestBits/bound)}
	for i := range u.Variants {
		if e := &u.Variants[i].Entry; e.Quotation == u.Fullest {
			f.Fullest = e
		}
		if e := &u.Variants[i].Entry; e.Quotation == u.Earliest {
			f.Earliest = e
		}
	}
	return nil
}
