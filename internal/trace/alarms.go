package trace

import (
	"slices"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// alarmOrder is the order in which alarms are given.
var alarmOrder = []record.Alarm{
	record.AlarmNegation, record.AlarmNumber, record.AlarmHedge, record.AlarmCondition, record.AlarmName,
}

// alarms names the changes that can turn the meaning. Precision comes before
// recall: a word that counts must govern words that are kept.
func (c *comparison) alarms() []record.Alarm {
	var found []record.Alarm
	for i := range c.diffs {
		found = append(found, c.raised(&c.diffs[i])...)
	}
	return joinAlarms(found, nil)
}

// raised are the alarms of one difference.
func (c *comparison) raised(d *diff) []record.Alarm {
	if d.harm == harmless || d.Op == record.Move || d.Op != record.Replace && repeats(c.full.toks, d.b0, d.b1) {
		return nil
	}
	a, b := c.here.toks[d.a0:d.a1], c.full.toks[d.b0:d.b1]
	var out []record.Alarm
	raise := func(al record.Alarm, found bool) {
		if found {
			out = append(out, al)
		}
	}
	raise(record.AlarmNegation, c.negation(d, a, b))
	raise(record.AlarmHedge, c.hedge(d, a, b))
	raise(record.AlarmCondition, c.condition(d, b))
	if d.harm == altering {
		raise(record.AlarmNumber, c.number(d, a, b))
		raise(record.AlarmName, c.name(d, a, b))
	}
	return out
}

// sign is a phrase of a list found at a place of a text.
type sign struct {
	at, end int
	value   string
	words   string
}

// find returns the phrases of the list among toks[lo:hi].
func find(list *phrases, toks []token, lo, hi int) []sign {
	var out []sign
	for i := lo; i < hi; {
		if ph, ok := list.at(toks[:hi], i); ok {
			out = append(out, sign{i, i + len(ph.toks), ph.value, ph.words})
			i += len(ph.toks)
			continue
		}
		i++
	}
	return out
}

// hedges are the signs of toks[lo:hi] by which a speaker leaves room, or does
// not. A verb with a capital beside a figure or behind a preposition is a month
// ("May 14", "4 May", "in May"), and what a determiner stands before is a noun ("what kind of").
func hedges(toks []token, lo, hi int) []sign {
	return slices.DeleteFunc(find(signs().modality, toks, lo, hi), func(s sign) bool {
		switch s.value {
		case "weak":
			return toks[s.at].is(capital) && (s.end < len(toks) && toks[s.end].is(numeral) ||
				s.at > 0 && (toks[s.at-1].is(numeral) || prepositions()[toks[s.at-1].id]))
		case "degree":
			return s.at > 0 && determiners()[toks[s.at-1].id]
		}
		return false
	})
}

// determiners are the words that begin a noun phrase or a clause, by id.
var determiners = sync.OnceValue(func() map[uint64]bool {
	out := map[uint64]bool{}
	for _, e := range lang.For("en").List("grammar").Entries {
		if strings.Contains(" "+e.Value+" ", " det ") || strings.Contains(" "+e.Value+" ", " comp ") {
			out[NewText(e.Word).toks[0].id] = true
		}
	}
	return out
})

// prepositions are the words that no modal verb follows, by id.
var prepositions = sync.OnceValue(func() map[uint64]bool {
	out := map[uint64]bool{}
	for _, e := range lang.For("en").List("grammar").Entries {
		if strings.Contains(" "+e.Value+" ", " prep ") {
			out[NewText(e.Word).toks[0].id] = true
		}
	}
	return out
})

// reach is how many words a negation or a hedge governs across.
const reach = 4

// governs tells whether the sign, in words of the full text that are gone,
// bears on words that are kept: it stands so close before them that no clause
// ends between, or, inside a short omission, has no clause of its own.
func (c *comparison) governs(d *diff, s sign) bool {
	full := c.full.toks
	if d.Op == record.CutEnd {
		return false
	}
	if d.Op == record.Omit && d.b1-d.b0 <= s.end-s.at+1 {
		return true // ", I think,": nothing else is left out
	}
	if d.b1 >= len(full) || d.b1-s.end > reach {
		return false
	}
	for i := s.end; i <= d.b1; i++ {
		if full[i].mark&(sentenceBefore|clauseBefore|gapBefore) != 0 || i < d.b1 && isJoint(&full[i]) {
			return false
		}
	}
	return true
}

// scope says of a word how far what stands round it reaches.
type scope uint8

const (
	joint  scope = 1 << iota // a new clause begins with it
	asks                     // after it "if" asks, and opens no condition
	leaves                   // after a negation it tells a reason or a manner
)

// scopes reads the list of the words that tell how far a sign reaches.
var scopes = sync.OnceValue(func() map[string]scope {
	names := map[string]scope{"joint": joint, "asks": asks, "leaves": leaves}
	out := map[string]scope{}
	for _, e := range lang.For("en").List("scope").Entries {
		for _, v := range strings.Fields(e.Value) {
			out[e.Word] |= names[v]
		}
	}
	return out
})

// isJoint tells whether a new clause begins with the word.
func isJoint(t *token) bool { return scopes()[t.norm()]&joint != 0 }

func (c *comparison) negation(d *diff, a, b []token) bool {
	full := c.full.toks
	lost, added := negations(full, d.b0, d.b1), negations(c.here.toks, d.a0, d.a1)
	switch d.Op {
	case record.Replace:
		if len(a) > 12 || len(b) > 12 {
			return false // other words altogether
		}
		// "Not possible" printed as "impossible" turns nothing.
		return (strong(lost) != strong(added)) != turned(a, b)
	case record.Insert:
		return len(a) <= 3 && strong(added)
	case record.CutEnd:
		return c.cutNegation(d, lost)
	}
	for _, s := range lost {
		if c.governs(d, s) && !c.given(full[s.at:s.end]) {
			return true
		}
	}
	return false
}

// negations are the signs of toks[lo:hi] that deny something.
func negations(toks []token, lo, hi int) []sign {
	return slices.DeleteFunc(find(signs().polarity, toks, lo, hi), func(s sign) bool { return s.value == "affirms" })
}

// strong tells whether one of the signs is a negation proper; a verb that
// denies ("refuse") has too many other words for the same thing.
func strong(list []sign) bool {
	for _, s := range list {
		if s.value != "verb" {
			return true
		}
	}
	return false
}

// cutNegation: the words break off right before the negation, at a word that
// cannot end a clause: "I am | not sure", "he would do | nothing of the sort".
func (c *comparison) cutNegation(d *diff, lost []sign) bool {
	if len(lost) == 0 || lost[0].at > d.b0 || d.b0 == 0 {
		return false
	}
	s, full := lost[0], c.full.toks
	if full[s.at].mark&(sentenceBefore|clauseBefore|gapBefore) != 0 || s.value == "verb" {
		return false
	}
	if s.end < len(full) && scopes()[full[s.end].norm()]&leaves != 0 {
		return false // "I did it | not because …" leaves what was said
	}
	return full[d.b0-1].is(function) && !c.given(full[s.at:s.end])
}

func (c *comparison) hedge(d *diff, a, b []token) bool {
	full := c.full.toks
	lost := hedges(full, d.b0, d.b1)
	kept := hedges(c.here.toks, d.a0, d.a1)
	switch d.Op {
	case record.Insert:
		return len(a) <= 2 && has(kept, "doubt", "weak")
	case record.CutEnd:
		return c.tailHedge(d, lost)
	case record.Replace:
		if len(a) > 8 || len(b) > 8 {
			return false
		}
		was, is := has(lost, "weak", "doubt", "opinion"), has(kept, "weak", "doubt", "opinion")
		return was && !is || (is || has(kept, "soft")) && has(lost, "firm") && !was || has(lost, "soft") && has(kept, "firm") || c.nearNumber(lost) && !has(kept, "number")
	}
	for _, s := range lost {
		switch s.value {
		case "firm", "soft":
			continue
		case "number":
			if s.end < d.b1 || !c.beforeNumber(s) {
				continue // the figure is gone with it
			}
		case "degree":
			if d.Op != record.Omit || d.b1-d.b0 > 3 {
				continue
			}
		}
		if c.governs(d, s) && !c.given(full[s.at:s.end]) {
			return true
		}
	}
	return false
}

// tailHedge: "It will pass, | I think": an opinion right after the kept words
// and alone at the end of its sentence.
func (c *comparison) tailHedge(d *diff, lost []sign) bool {
	if len(lost) == 0 || lost[0].at != d.b0 || c.full.toks[d.b0].is(sentenceBefore) {
		return false
	}
	s, full := lost[0], c.full.toks
	if s.value != "opinion" && s.value != "doubt" {
		return false
	}
	return s.end == len(full) || full[s.end].is(sentenceBefore)
}

func has(list []sign, values ...string) bool {
	for _, s := range list {
		for _, v := range values {
			if s.value == v {
				return true
			}
		}
	}
	return false
}

func (c *comparison) nearNumber(list []sign) bool {
	for _, s := range list {
		if s.value == "number" && c.beforeNumber(s) {
			return true
		}
	}
	return false
}

// beforeNumber tells whether a figure follows the sign: "about 500".
func (c *comparison) beforeNumber(s sign) bool {
	return s.end < len(c.full.toks) && (c.full.toks[s.end].isNumber() || c.full.toks[s.end].norm() == "a" && s.end+1 < len(c.full.toks) && c.full.toks[s.end+1].isNumber())
}

func (c *comparison) condition(d *diff, b []token) bool {
	if d.Op == record.Insert {
		return false
	}
	full := c.full.toks
	for _, s := range find(signs().condition, full, d.b0, d.b1) {
		if s.value == "time" {
			continue // too often it dates what is said; see timed
		}
		if s.at > 0 && scopes()[full[s.at-1].norm()]&asks != 0 || c.given(full[s.at:s.end]) {
			continue
		}
		switch d.Op {
		case record.CutFront:
			if c.conditionBefore(d, s) {
				return true
			}
		case record.CutEnd:
			if c.conditionAfter(d, s) {
				return true
			}
		case record.Omit:
			if s.at-d.b0 <= 2 && s.end < d.b1 {
				return true
			}
		case record.Replace:
			if len(b) <= 8 && len(find(signs().condition, c.here.toks, d.a0, d.a1)) == 0 {
				return true
			}
		}
	}
	return false
}

// conditionBefore: "If they ask, | I will go."
func (c *comparison) conditionBefore(d *diff, s sign) bool {
	full := c.full.toks
	if d.b1 >= len(full) || d.b1-s.end > 25 || s.end >= d.b1 {
		return false
	}
	for i := s.end; i <= d.b1; i++ {
		// "If it rains we stay, and I will | be glad": the clause has had its
		// consequence before the kept words begin.
		if full[i].mark&(sentenceBefore|gapBefore) != 0 || full[i].is(clauseBefore) && isJoint(&full[i]) {
			return false
		}
	}
	return !isJoint(&full[d.b1-1]) && !isJoint(&full[d.b1])
}

// conditionAfter: "I will go | if they ask."
func (c *comparison) conditionAfter(d *diff, s sign) bool {
	full := c.full.toks
	if s.at-d.b0 > 12 || d.b0 == 0 || s.end >= len(full) {
		return false
	}
	for i := d.b0; i <= s.at; i++ {
		if full[i].mark&(sentenceBefore|gapBefore) != 0 || i < s.at && isJoint(&full[i]) {
			return false
		}
	}
	return true
}

func (c *comparison) number(d *diff, a, b []token) bool {
	na, nb := numbers(a), numbers(b)
	switch d.Op {
	case record.Replace:
		if len(a) > 6 || len(b) > 6 {
			return false
		}
		return na != nb && nb != "" && (na != "" || hasFigure(b)) && !(oneOf(a) && oneOf(b)) || c.unit(d, a, b)
	case record.Omit:
		return len(b) <= 2 && onlyNumbers(b)
	case record.Insert:
		return len(a) <= 2 && onlyNumbers(a)
	case record.CutFront: // "20 | million people"
		return d.b1 < len(c.full.toks) && b[len(b)-1].isNumber() && c.full.toks[d.b1].isNumber()
	case record.CutEnd:
		return d.b0 > 0 && b[0].isNumber() && c.full.toks[d.b0-1].isNumber()
	}
	return false
}

// hasFigure tells whether there is a number proper, not only a unit.
func hasFigure(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { return t.isNumber() && !t.w.scale })
}

func onlyNumbers(toks []token) bool {
	for i := range toks {
		if !toks[i].isNumber() {
			return false
		}
	}
	return len(toks) > 0
}

// name: another name stands where a name stood.
func (c *comparison) name(d *diff, a, b []token) bool {
	if d.Op != record.Replace || len(a) > 4 || len(b) > 4 {
		return false
	}
	return c.otherName(a, b)
}

// otherName tells whether a word with a capital stands where another one does,
// or, in a text without capitals, any word.
func (c *comparison) otherName(a, b []token) bool {
	lower := !anyCapital(c.here.toks)
	for i := range b {
		t := &b[i]
		first := t.is(sentenceBefore) || t.span().Start == c.full.toks[0].span().Start
		if !t.is(capital) || !t.isContent() || t.isNumber() || first && t.bits() < 14 {
			continue
		}
		for k := range a {
			u := &a[k]
			if u.isContent() && !u.isNumber() && (u.is(capital) || lower && len(a) == len(b)) && !related(t.norm(), u.norm()) {
				return true
			}
		}
	}
	return false
}

func anyCapital(toks []token) bool {
	for i := range toks {
		if toks[i].is(capital) {
			return true
		}
	}
	return false
}

// related tells whether two words look like forms of one: "American",
// "Americans"; "China", "Chinese". All but the last letter of the shorter
// agrees.
func related(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	short := min(len(a), len(b))
	return n >= 4 && n >= short-1 || n >= 3 && n == short
}
