package trace

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// gravity is the place of a change in the fixed order, 0 the gravest.
var gravity = func() map[record.Change]int {
	m := map[record.Change]int{}
	for i, c := range record.Changes {
		m[c] = i
	}
	return m
}()

// graver is the graver of two changes.
func graver(x, y record.Change) record.Change {
	if gravity[y] < gravity[x] {
		return y
	}
	return x
}

// gravest is the gravest change of the edits; without any the words are the
// same.
func gravest(edits []record.Edit) record.Change {
	worst := record.Verbatim
	for i := range edits {
		worst = graver(worst, edits[i].Type)
	}
	return worst
}

const (
	// distant is how many words left out at one place make two places of it:
	// some two sentences.
	distant = 30
	// fusing is how many words must be left out across the end of a sentence
	// before the two sentences count as run together; fewer are a false start.
	fusing = 5
	// freshHedge is how many words may come with a hedge that the printer put
	// in; in a longer addition it belongs to the words that are added.
	freshHedge = 5
)

// layOver lays the words of m over those of the fullest wording and says how
// they differ. Whether they run on with another utterance it cannot know.
func layOver(v *record.Variant, m, best *item, c *comparison) {
	c.from = m.Entry
	v.Change = record.Verbatim
	if m.quoted() != best.quoted() {
		v.Change = record.TurnedIndirect
	}
	if speakersOf(m, best) == otherWho {
		v.Change = record.OtherSpeaker
	}
	if m.quoted() != best.quoted() && len(c.diffs) > 0 {
		v.Relation = record.Paraphrased
		return
	}
	v.Edits, v.Alarms = c.edits(), c.alarms()
	v.Change = graver(v.Change, gravest(v.Edits))
	switch c.worst() {
	case cutting:
		v.Relation = record.Trimmed
	case altering:
		v.Relation = record.Altered
		if extends(c) {
			v.Relation = record.Trimmed
		}
	}
}

// Lay lays the words of one entry over those of a fuller one, as an utterance
// lays its variants over the fullest wording.
func Lay(here, full record.Entry) record.Variant {
	m, best := newItem(&here), newItem(&full)
	c := compare(m.text, best.text, sameWord)
	v := record.Variant{Entry: here, Relation: record.Same}
	layOver(&v, m, best, &c)
	return v
}

// changeOf says what one difference does to the words: the gravest of what
// the alarms and the words themselves tell.
func (c *comparison) changeOf(d *diff) record.Change {
	change := c.shape(d)
	for _, al := range c.raised(d) {
		change = graver(change, record.Warned[al])
	}
	return change
}

// shape is what a difference does, by where it stands, whether the printer
// showed it, and what its words are.
func (c *comparison) shape(d *diff) record.Change {
	a, b := c.here.toks[d.a0:d.a1], c.full.toks[d.b0:d.b1]
	switch d.Op {
	case record.CutFront, record.CutEnd:
		switch {
		case repeats(c.full.toks, d.b0, d.b1):
			return record.CleanUp
		case c.timed(d):
			return record.ConditionLost
		case c.qualified(d):
			return record.HedgeChanged
		}
		return record.Cut
	case record.Move:
		if len(b) == 1 && units()[b[0].norm()] { // "$20", "20 dollars"
			return record.CleanUp
		}
		return record.Moved
	case record.Omit:
		return c.omitted(d, b)
	case record.Insert:
		return c.inserted(d, a)
	}
	switch {
	case d.Marked && d.harm == cutting:
		return record.MarkedOmission
	case d.Marked:
		return record.MarkedInsertion
	}
	return c.replaced(d, a, b)
}

func (c *comparison) omitted(d *diff, b []token) record.Change {
	switch {
	case d.Marked && d.harm == harmless: // the bracket of another printer
		return record.MarkedInsertion
	case d.Marked:
		return record.MarkedOmission
	case c.fuses(d):
		return record.Splice
	case repeats(c.full.toks, d.b0, d.b1):
		return record.CleanUp
	case figures(c.full.toks, d.b0, d.b1):
		return record.NumberChanged
	case !says(b):
		return record.CleanUp
	}
	return record.Omission
}

// fuses tells whether words left out without a mark make one stretch of two
// distant places: of the beginning of one sentence and the end of another, or
// of two passages with much between them.
func (c *comparison) fuses(d *diff) bool {
	full := c.full.toks
	if d.b1-d.b0 >= distant {
		return true
	}
	if d.b1-d.b0 < fusing || d.b1 >= len(full) {
		return false
	}
	whole := full[d.b0].is(sentenceBefore) && full[d.b1].is(sentenceBefore) // sentences, and no more
	ends := slices.ContainsFunc(full[d.b0:d.b1+1], func(t token) bool { return t.is(sentenceBefore) })
	return ends && !whole && !c.here.toks[d.a1].is(sentenceBefore)
}

func (c *comparison) inserted(d *diff, a []token) record.Change {
	own := slices.DeleteFunc(slices.Clone(a), func(t token) bool { return t.is(edited) })
	front, end := d.a0 == 0, d.a1 == c.here.Len()
	switch {
	case len(own) == 0:
		return record.MarkedInsertion
	case d.Marked: // the fuller wording shows that it leaves something out there
		return record.MarkedOmission
	case len(own) <= freshHedge && has(hedges(own, 0, len(own)), "weak", "doubt", "opinion"):
		// No alarm for an opinion or a longer addition: who adds one makes the
		// statement weaker, and mostly the fuller wording has lost it.
		return record.HedgeChanged
	case !front && !end && c.denies(d):
		return record.Polarity
	case repeats(c.here.toks, d.a0, d.a1):
		return record.CleanUp
	case figures(c.here.toks, d.a0, d.a1):
		return record.NumberChanged
	case !says(own):
		return record.CleanUp
	case (front || end) && !c.cutAt(front) && !c.tagged(d, front):
		return record.Cut // it is the fuller wording that stops there
	}
	return record.Insertion
}

// tagged tells whether words beyond an end of the fuller wording belong so
// closely to what stands there that they were put on: a few, with no mark
// between.
func (c *comparison) tagged(d *diff, front bool) bool {
	const few = 4
	at := d.a0
	if front {
		at = d.a1
	}
	return d.a1-d.a0 <= few && at < c.here.Len() && c.here.toks[at].mark&(sentenceBefore|clauseBefore|gapBefore) == 0
}

// timed tells whether what is left off begins with "when" and tells of no past
// time: that is mostly a condition. No alarm: a tense is a weak sign.
func (c *comparison) timed(d *diff) bool {
	full := c.full.toks
	for _, s := range find(signs().condition, full, d.b0, d.b1) {
		if s.value != "time" || c.given(full[s.at:s.end]) || slices.ContainsFunc(full[s.end:d.b1], isPast) {
			continue
		}
		if d.Op == record.CutFront && c.conditionBefore(d, s) || d.Op == record.CutEnd && s.at == d.b0 && c.conditionAfter(d, s) {
			return true
		}
	}
	return false
}

// isPast tells whether a word looks like a past tense.
func isPast(t token) bool {
	return past().Has(t.norm()) || t.isContent() && strings.HasSuffix(t.norm(), "ed")
}

// qualified tells whether an adverb of degree is left off right before the
// words that it weakens: "essentially | abolish". No alarm: it is a matter of
// degree.
func (c *comparison) qualified(d *diff) bool {
	full := c.full.toks
	for _, s := range hedges(full, d.b0, d.b1) {
		if s.value == "degree" && d.Op == record.CutFront && s.end == d.b1 && d.b1 < len(full) &&
			full[d.b1].mark&(sentenceBefore|clauseBefore|gapBefore) == 0 && !c.given(full[s.at:s.end]) {
			return true
		}
	}
	return false
}

// denies tells whether words put in bring a negation that bears on the words
// behind them. The alarm hears only the shortest: in more words the negation
// may be of a clause that the fuller printing left out.
func (c *comparison) denies(d *diff) bool {
	here := c.here.toks
	for _, s := range negations(here, d.a0, d.a1) {
		if s.value == "verb" || d.a1 >= len(here) || d.a1-s.end > reach {
			continue
		}
		if !slices.ContainsFunc(here[s.end:d.a1+1], func(t token) bool { return t.mark&(sentenceBefore|clauseBefore|gapBefore) != 0 || isJoint(&t) }) {
			return true
		}
	}
	return false
}

// cutAt tells whether words of the fuller wording are left off at the same
// end: then others stand in their place.
func (c *comparison) cutAt(front bool) bool {
	op := record.CutEnd
	if front {
		op = record.CutFront
	}
	return slices.ContainsFunc(c.diffs, func(d diff) bool { return d.Op == op })
}

// repeats tells whether toks[i:j] say again what stands right before or
// behind them: "we will, we will".
func repeats(toks []token, i, j int) bool {
	n := j - i
	same := func(k int) bool {
		for x := range n {
			if toks[i+x].id != toks[k+x].id {
				return false
			}
		}
		return true
	}
	return n > 0 && (i >= n && same(i-n) || j+n <= len(toks) && same(j))
}

// replaced looks into words that stand for other words: what is common to
// both sides in another form is laid side by side, and what is left over
// between is judged for itself.
func (c *comparison) replaced(d *diff, a, b []token) record.Change {
	if permuted(a, b) {
		return record.Moved
	}
	r := replacement{
		c: c, front: d.a0 == 0, end: d.a1 == c.here.Len(),
		gap:    c.gapAt(segment{false, d.a0, d.a1, d.b0, d.b1}),
		change: record.Verbatim,
	}
	if len(a) <= 8 && len(b) <= 8 && weaker(a, b) {
		return record.HedgeChanged
	}
	r.judge(a, b)
	if r.change == record.Verbatim { // the same words otherwise run together
		return record.CleanUp
	}
	if r.change == record.Omission && c.fuses(d) {
		return record.Splice
	}
	return r.change
}

// permuted tells whether the words are the same in another order.
func permuted(a, b []token) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if count(a, a[i].id) != count(b, a[i].id) {
			return false
		}
	}
	return true
}

// weaker tells whether one side leaves room and the other none. The alarm is
// silent where the printer's words leave more room than the speaker's. "Can"
// printed as "could" is mostly a tense.
func weaker(a, b []token) bool {
	return leavesRoom(a, b) != leavesRoom(b, a)
}

func leavesRoom(toks, instead []token) bool {
	return slices.ContainsFunc(hedges(toks, 0, len(toks)), func(s sign) bool {
		return has([]sign{s}, "weak", "doubt", "opinion") &&
			!slices.ContainsFunc(instead, func(t token) bool { return forms().same(t.norm(), toks[s.at].norm()) })
	})
}
