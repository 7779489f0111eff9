package trace

import (
	"math"
	"slices"
	"strings"
	"time"

	"onrecord/internal/record"
)

// The weights are in bits, after Fellegi and Sunter (1969): what a fact adds
// to the belief that two quotations are one utterance. Speaker and date were
// measured on planted edits (+7/-5 and +4/-2); the others were set by reading
// the misses on news of 2012 to 2018 and on the planted million.
const (
	bound = 30 // bits that link
	// The shares are whole parts of 64 as the words' bits are, so that sums of
	// them are exact: the same words weigh the same, in whatever order they are
	// added up, and no parent is better than another by a rounding.
	contentShare = 42. / 64
	// functionShare is lower: function words come in stock runs.
	functionShare = 27. / 64
	// sameSpeaker is what the speaker is worth to a piece that stands whole in
	// other quoted words of those days, in another report: a headline's three
	// words. To everything else it is worth less by inPart.
	sameSpeaker  = 15
	inPart       = -8
	otherSpeaker = -5
	sameReport   = 6
	sameDays     = 4
	sameWeek     = 1
	sameMonth    = -6
	farApart     = -55
	datedBack    = 4
	datedWide    = -6 // … to a time as wide as a year: he said much in a year
	saidConflict = -10
	// What the words alone must be worth where two reports name different
	// speakers for them: overrule for overruleMany words and overruleFew for
	// overruleWords in the same days, overruleLate where they are days apart.
	// Of 27 links between two names worth 40 to 60, all in the same days, 26
	// were one utterance.
	overrule      = 42
	overruleMany  = 9
	overruleFew   = 50
	overruleWords = 7
	overruleLate  = 61
	// Up to brokenWords in pieces no longer than half of them must be as good
	// as whole.
	brokenWords  = 8
	brokenRegion = .95
	brokenGap    = 3
	// passageRun and passageBits are what two texts of one speaker and the same
	// days must share, in words and worth, to be of one speech; unnamedRun and
	// unnamedBits where the speaker of one is not known.
	passageRun  = 7
	passageBits = 36
	unnamedRun  = 9
	unnamedBits = 60
	// reportedShare is the least share of a report that must stand in its
	// parent, reportedWhole that of one whose source may be another.
	reportedShare = .33
	reportedWhole = .75
)

// higher is the fixed order in which only a later one hangs on an earlier
// one: quoted words before reported ones, longer before shorter, then the
// earlier printed.
func higher(x, y *item) bool {
	if x.quoted() != y.quoted() {
		return x.quoted()
	}
	if x.text.Len() != y.text.Len() {
		return x.text.Len() > y.text.Len()
	}
	return before(x.Entry, y.Entry)
}

// before orders entries by print date, unknown dates last, then by quotation.
func before(x, y *record.Entry) bool { return compareEntries(x, y) < 0 }

func compareEntries(x, y *record.Entry) int {
	if c := compareTimes(x.Published.From, y.Published.From); c != 0 {
		return c
	}
	return compareIDs(x.Quotation, y.Quotation)
}

func compareTimes(a, b time.Time) int {
	switch {
	case a.Equal(b):
		return 0
	case a.IsZero():
		return 1
	case b.IsZero():
		return -1
	}
	return a.Compare(b)
}

// compareIDs orders "a:2" before "a:10".
func compareIDs(a, b string) int {
	i, j := strings.LastIndexByte(a, ':'), strings.LastIndexByte(b, ':')
	if i >= 0 && i == j && a[:i] == b[:j] && len(a) != len(b) {
		return len(a) - len(b)
	}
	return strings.Compare(a, b)
}

// decision is what two entries alone say about each other.
type decision struct {
	linked   bool
	repeated bool // the same speaker's same words on another day
	bits     float64
	rule     string
}

// evidence is what an alignment shows.
type evidence struct {
	words  int     // tokens kept
	run    int     // the longest run of them
	gap    int     // inside, how many words more one has in one place than the other
	eff    float64 // their worth in bits
	main   float64 // … without the function words
	region float64 // share of the stretch they could share that they do share
	cover  float64 // share of the shorter text
	child  float64 // share of the child
	torn   bool    // the later printed is torn out of the middle of a sentence of the other
}

// worth is what a token adds to the belief that two texts are one.
func worth(t *token) float64 { return t.w.worth }

func worthOf(toks []token) float64 {
	sum := 0.0
	for i := range toks {
		sum += worth(&toks[i])
	}
	return sum
}

// weigh sums up an alignment. Where both texts go on beyond what they share,
// the shorter of the two remainders speaks against them; where only one does,
// it is a cut and speaks for nothing.
func weigh(a, b *Text, segs []segment) evidence {
	var ev evidence
	against, styled := 0.0, 0.0
	for k, s := range segs {
		x, y := worthOf(a.toks[s.a0:s.a1]), worthOf(b.toks[s.b0:s.b1])
		if s.same {
			ev.words += s.a1 - s.a0
			ev.run = max(ev.run, s.a1-s.a0)
			if onlySpelt(a.toks[s.a0:s.a1], b.toks[s.b0:s.b1]) {
				styled += min(x, y)
			} else {
				ev.eff += min(x, y)
			}
			for i := s.a0; i < s.a1; i++ {
				if a.toks[i].isContent() {
					ev.main += worth(&a.toks[i])
				}
			}
			continue
		}
		against += min(x, y)
		if k > 0 && k < len(segs)-1 {
			ev.gap = max(ev.gap, s.a1-s.a0-s.b1+s.b0, s.b1-s.b0-s.a1+s.a0)
			skipped := .25 * math.Abs(x-y)
			if s.a1 < len(a.toks) && a.toks[s.a1].is(gapBefore) || s.b1 < len(b.toks) && b.toks[s.b1].is(gapBefore) {
				skipped *= .2
			}
			against += min(skipped, 12)
		}
	}
	ev.eff += min(styled, spelt) // what foresee allows for them
	if ev.eff > 0 {
		ev.region = ev.eff / (ev.eff + against)
		ev.child = ev.eff / worthOf(a.toks)
		ev.cover = ev.eff / min(worthOf(a.toks), worthOf(b.toks))
	}
	return ev
}

// onlySpelt tells whether two runs that are the same are so in another house
// style alone (sameSpelling).
func onlySpelt(a, b []token) bool {
	if len(a) != len(b) {
		return true
	}
	if len(a) > 4 {
		return false
	}
	for i := range a {
		if !sameWord(&a[i], &b[i]) {
			return true
		}
	}
	return false
}

// decide tells whether child repeats parent. It looks at these two and at
// nothing else, so the order of arrival cannot change its answer.
func decide(child, parent *item) decision {
	if keptApart(child, parent) {
		return decision{}
	}
	if child.text.Len() == 0 || parent.text.Len() == 0 {
		return decision{}
	}
	if child.whole == parent.whole && child.text.Len() == parent.text.Len() {
		return judge(child, parent, evidence{words: child.text.Len(), run: child.text.Len(), eff: child.total(), region: 1, cover: 1, child: 1})
	}
	if !foresee(child, parent).possible {
		return decision{}
	}
	return lay(child, parent)
}

// keptApart tells whether a person said that the two are not one utterance.
func keptApart(x, y *item) bool {
	return slices.Contains(x.Apart, y.Quotation) || slices.Contains(y.Apart, x.Quotation)
}

// lay is the part of decide that lays one text over the other.
func lay(child, parent *item) decision {
	var room [8]segment // on the stack
	segs := appendAlign(room[:0], child.text, parent.text, nil)
	ev := weigh(child.text, parent.text, segs)
	ev.torn = tornOut(child, parent, segs)
	d := judge(child, parent, ev)
	if d.linked && quotesItself(parent, child, ev) {
		return decision{}
	}
	return d
}

// quotesItself tells whether x is later words about the earlier ones, which
// they hold ("I said that …. It was a joke."): an answer, and no fuller wording.
func quotesItself(x, earlier *item, ev evidence) bool {
	return later(x.Entry, earlier.Entry) && ev.eff <= .6*worthOf(x.text.toks) && looksBack(x)
}

// tornOut tells whether the child, printed later, holds one stretch of the
// parent that begins in the middle of a clause. Nobody says the same words
// again from the middle of a clause on: it is the old quotation, cut.
func tornOut(child, parent *item, segs []segment) bool {
	if len(segs) < 2 || len(segs) > 3 || segs[0].same || !later(child.Entry, parent.Entry) {
		return false
	}
	s := segs[1]
	if !s.same || s.a0 > 0 || s.a1 < child.text.Len() {
		return false
	}
	// "But we'll see" begins a clause too: the word that joins it belongs to
	// the sentence before.
	if classes()[parent.text.toks[s.b0-1].norm()]&classJoins != 0 {
		return false
	}
	return parent.text.toks[s.b0].mark&(sentenceBefore|clauseBefore|gapBefore) == 0
}

// judge adds what is known of speakers and dates to what the words show.
func judge(child, parent *item, ev evidence) decision {
	text := ev.eff - 10*(1-ev.region)
	who := speakersOf(child, parent)
	when, far := dates(child.Entry, parent.Entry)
	if !similar(ev, mayBreak(child, parent, who, when)) && !samePassage(child, parent, ev, who, when) {
		return decision{}
	}
	if who != sameWho {
		text -= min(stockWorth(child.text), stockWorth(parent.text))
	}
	if far && ev.torn && when != saidConflict {
		when, far = 0, false
	}
	d := decision{bits: text + when, rule: "the same words"}
	if child.Article == parent.Article && child.Article != "" {
		d.bits += sameReport
		d.rule = "the same words in the same report"
	}
	switch who {
	case sameWho:
		d.bits += sameSpeaker
		if when < sameWeek || !wholePiece(child, parent, ev) {
			d.bits += inPart
		}
		d.rule += " by the same speaker"
	case otherWho:
		// Two people can say the same thing. Only words too many for chance,
		// printed in the same days, are one utterance that two reports credit
		// to different people.
		d.bits += otherSpeaker
		d.bits = rounded(d.bits)
		d.linked = overruled(ev, text, when) && child.Article != parent.Article
		return d
	}
	if !child.quoted() && !toldAlike(ev, who, text) {
		return decision{}
	}
	// Words that go on differently on another day were said on another day.
	d.bits = rounded(d.bits)
	d.linked = d.bits >= bound && (when != farApart || ev.cover >= .9)
	d.repeated = !d.linked && who == sameWho && far && text+sameSpeaker+inPart >= bound && ev.cover >= .7
	return d
}

// rounded makes bits what an index may keep of them, so that a decision made
// now and one read back are the same.
func rounded(bits float64) float64 { return float64(float32(bits)) }

// toldAlike tells whether a report in other words tells what its parent tells.
// Its words are the reporter's, so that two sources who are not known to be
// one need nearly the whole of it in common ("officials said", "analysts ask
// whether"), and a phrase that the report holds beside much else is not what
// it reports.
func toldAlike(ev evidence, who whoSaid, text float64) bool {
	if who == sameWho {
		return ev.child >= reportedShare
	}
	return text >= overruleLate && ev.child >= reportedWhole
}

// stockWorth is what the phrases in the text are worth that anybody says.
func stockWorth(t *Text) float64 {
	sum := 0.0
	for i := 0; i < len(t.toks); i++ {
		if p, ok := signs().stock.at(t.toks, i); ok {
			sum += worthOf(t.toks[i : i+len(p.toks)])
			i += len(p.toks) - 1
		}
	}
	return sum
}

// wholePiece tells whether the shorter of two quoted wordings, three words at
// least, stands in the longer as it is, and the two in different reports. A
// reporter's own words are no such piece: they may be anybody's. Read by eye,
// 48 of the 54 links that this alone makes in the news of the reference are
// right.
func wholePiece(child, parent *item, ev evidence) bool {
	return ev.words >= 3 && ev.region > .999 && ev.cover > .999 && child.quoted() && parent.quoted() && child.Article != parent.Article
}

// overruled tells whether the words are too many for chance to put them into
// two mouths.
func overruled(ev evidence, text, when float64) bool {
	if ev.region < .75 || ev.cover < .85 {
		return false
	}
	switch {
	case text >= overruleLate:
		return when >= sameWeek
	case text >= overruleFew:
		return when >= sameWeek && ev.words >= overruleWords
	}
	return when >= sameDays && ev.words >= overruleMany && text >= overrule
}

// similar tells whether two texts can be wordings of one: the shorter mostly
// stands in the longer, or the end of one is the beginning of the other.
// mayBreak tells that a few words may be broken in two by a few others.
func similar(ev evidence, mayBreak bool) bool {
	switch {
	case ev.words <= 3:
		return ev.cover > .999 && ev.region > .999
	case (!mayBreak || ev.gap > brokenGap) && ev.words <= brokenWords && 2*ev.run <= ev.words+1:
		// Broken by more words, or of two people, or at another time, they are
		// those of another sentence.
		return ev.region >= brokenRegion
	case ev.words <= 6:
		return ev.region >= .72 && ev.cover >= .72
	case ev.cover < .6:
		return ev.region >= .75 && ev.run >= 6
	}
	return ev.region >= .55
}

// mayBreak tells whether a few words may be broken in two by others: quoted
// words of one speaker and the same days.
func mayBreak(child, parent *item, who whoSaid, when float64) bool {
	return who == sameWho && child.quoted() && parent.quoted() && (when >= sameDays || child.Article == parent.Article)
}

// samePassage tells whether two texts share so long a run of words that they
// are of one speech, though each goes on where the other does not: a printer
// picks his sentences, and joins them over the words of attribution. It needs
// the same days, since speakers repeat themselves.
func samePassage(child, parent *item, ev evidence, who whoSaid, when float64) bool {
	if !child.quoted() || !parent.quoted() || when < sameDays && child.Article != parent.Article {
		return false
	}
	switch who {
	case sameWho:
		return ev.run >= passageRun && ev.eff >= passageBits
	case unknownWho:
		return ev.run >= unnamedRun && ev.eff >= unnamedBits
	}
	return false
}
