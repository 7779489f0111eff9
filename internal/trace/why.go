package trace

import (
	"strings"

	"onrecord/internal/record"
)

// Why takes the decision about two quotations apart: what the shared words,
// the speakers, the dates and the report add to the belief that child tells
// the same utterance as parent, in bits. The pieces add up to what decide
// says, or, for a report in other words, to what reports says. None where the
// two are not linked.
func Why(child, parent *record.Entry) []record.Evidence {
	x, y := newItem(child), newItem(parent)
	if d := decide(x, y); d.linked || d.repeated {
		return whyWords(x, y)
	}
	if x.quoted() || !y.quoted() || !reports(x, y).linked {
		return nil
	}
	return whyReport(x, y)
}

// Bits is the sum of the pieces.
func Bits(why []record.Evidence) float64 {
	sum := 0.0
	for _, e := range why {
		sum += e.Bits
	}
	return sum
}

// whyWords are the pieces of a link by the words themselves, in the order of
// judge.
func whyWords(x, y *item) []record.Evidence {
	segs := align(x.text, y.text, nil)
	ev := weigh(x.text, y.text, segs)
	if x.whole == y.whole && x.text.Len() == y.text.Len() {
		ev = evidence{words: x.text.Len(), eff: x.total(), region: 1, cover: 1}
		segs = []segment{{same: true, a1: x.text.Len(), b1: y.text.Len()}}
	} else {
		ev.torn = tornOut(x, y, segs)
	}
	out := []record.Evidence{{What: "shared words", Bits: ev.eff, Words: stretches(x.text, segs, true)}}
	if d := -10 * (1 - ev.region); d < 0 {
		out = append(out, record.Evidence{What: "other words where they could agree", Bits: d, Words: stretches(x.text, segs, false)})
	}
	if d := -min(stockWorth(x.text), stockWorth(y.text)); d < 0 && speakersOf(x, y) != sameWho {
		out = append(out, record.Evidence{What: "phrases that anybody says", Bits: d})
	}
	when, far := dates(x.Entry, y.Entry)
	if far && ev.torn && when != saidConflict {
		out = append(out, record.Evidence{What: "cut out of the middle of a clause, so the later date of print does not count"})
		when = 0
	}
	out = appendDates(out, x.Entry, y.Entry, when)
	if x.Article == y.Article && x.Article != "" {
		out = append(out, record.Evidence{What: "the same report", Bits: sameReport})
	}
	switch speakersOf(x, y) {
	case sameWho:
		piece := record.Evidence{What: "the same speaker, and a whole piece of the words", Bits: sameSpeaker, Words: speakerWords(x.Entry, y.Entry)}
		if when < sameWeek || !wholePiece(x, y, ev) {
			piece.What, piece.Bits = "the same speaker", sameSpeaker+inPart
		}
		out = append(out, piece)
	case otherWho:
		out = append(out, record.Evidence{What: "another speaker", Bits: otherSpeaker, Words: speakerWords(x.Entry, y.Entry)})
	case unknownWho:
		out = append(out, record.Evidence{What: unknownSpeaker(x.Entry, y.Entry), Words: speakerWords(x.Entry, y.Entry)})
	}
	return out
}

// appendDates adds what dates found, with the words of the dates that were
// compared.
func appendDates(out []record.Evidence, x, y *record.Entry, bits float64) []record.Evidence {
	e := record.Evidence{Bits: bits}
	switch bits {
	case 0:
		return out
	case saidConflict:
		e.What = "said on two dates"
		e.Words = datesGiven(x, y)
	case farApart:
		e.What = "printed more than a month apart"
	case sameMonth:
		e.What = "printed more than a week apart"
	case sameWeek:
		e.What = "printed within a week"
	default:
		e.What = "printed within two days"
		if x.Published.From.Sub(y.Published.From).Abs() > 2*day {
			e.What = "dated back to the other report"
			e.Words = datesGiven(x, y)
		}
	}
	return append(out, e)
}

func datesGiven(x, y *record.Entry) []string {
	var out []string
	for _, e := range []*record.Entry{x, y} {
		if e.Said.Known() {
			out = append(out, strings.NewReplacer("“", "", "”", "").Replace(dateWords(e)))
		}
	}
	return out
}

// speakerWords are the names that the two reports use, the same one once.
func speakerWords(x, y *record.Entry) []string {
	var out []string
	for _, e := range []*record.Entry{x, y} {
		if e.Speaker != "" && (len(out) == 0 || out[0] != e.Speaker) {
			out = append(out, e.Speaker)
		}
	}
	return out
}

// unknownSpeaker says why two speakers cannot be compared.
func unknownSpeaker(x, y *record.Entry) string {
	switch {
	case x.Speaker == "" || y.Speaker == "":
		return "a speaker is not named"
	case isDescription(x.Speaker) || isDescription(y.Speaker):
		return "a speaker goes by a description"
	}
	return "the speakers have one name and may be two people"
}

// stretches are the runs of words of t that the segments share, or do not.
func stretches(t *Text, segs []segment, same bool) []string {
	var out []string
	for _, s := range segs {
		if s.same == same && s.a1 > s.a0 {
			out = append(out, place(t, s.a0, s.a1).Of(t.Words))
		}
	}
	return out
}

// whyReport are the pieces of a link by a report in other words: each shared
// content word counts half its weight, times the share of the report's content
// that is shared.
func whyReport(x, y *item) []record.Evidence {
	var shared []stem
	m := reported(x.text, y.text, referents(x.Entry, y.Entry), &shared)
	var out []record.Evidence
	for _, w := range shared {
		at := x.text.toks[w.at].span()
		out = append(out, record.Evidence{What: "shared content word", Bits: w.bits * .5 * m.share, Words: []string{at.Of(x.text.Words)}})
	}
	out = append(out, record.Evidence{What: "how close they stand in the quoted words", Bits: m.close})
	when, _ := dates(x.Entry, y.Entry)
	n := len(out)
	if out = appendDates(out, x.Entry, y.Entry, when); len(out) > n {
		out[n].Bits *= .5
	}
	if over := Bits(out) - (bound - 1); over > 0 {
		out = append(out, record.Evidence{What: "a report never counts as much as the words themselves", Bits: -over})
	}
	if x.Article == y.Article && x.Article != "" {
		out = append(out, record.Evidence{What: "the same report", Bits: 1})
	}
	if looksBack(y) {
		out = append(out, record.Evidence{What: "the quoted words are themselves about earlier ones", Bits: -3})
	}
	return out
}

// whyAnswer are the pieces of what ties later words to the earlier ones that
// they speak of.
func whyAnswer(x, t *item, a answer) []record.Evidence {
	out := []record.Evidence{{What: "a sign that earlier words are meant", Words: []string{a.sign.words}}}
	for _, s := range a.stems {
		out = append(out, record.Evidence{What: "shared content word", Bits: s.bits, Words: []string{x.text.toks[s.at].span().Of(x.text.Words)}})
	}
	if x.Article == t.Article {
		out = append(out, record.Evidence{What: "the same report", Bits: sameReport})
	}
	if !t.quoted() {
		out = append(out, record.Evidence{What: "the earlier words are not quoted", Bits: -2 * sameReport})
	}
	if looksBack(t) {
		out = append(out, record.Evidence{What: "the earlier words speak of earlier ones themselves", Bits: -2 * sameReport})
	}
	return out
}

// Explain fills in why each variant and each clarification of an utterance is
// linked: it costs an alignment a variant, so only on demand.
func Explain(ix Index, u *record.Utterance) error {
	entries := map[string]*record.Entry{}
	for i := range u.Variants {
		entries[u.Variants[i].Entry.Quotation] = &u.Variants[i].Entry
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		if parent := entries[v.Parent]; parent != nil {
			v.Why = Why(&v.Entry, parent)
			v.Bits = Bits(v.Why)
		}
	}
	for i := range u.Clarifications {
		c := &u.Clarifications[i]
		of := entries[c.Of]
		if of == nil {
			continue
		}
		c.Why = whyLater(&c.Entry, of, c.Kind)
	}
	return nil
}

// whyLater are the pieces for words of another day about, or like, these.
func whyLater(e, of *record.Entry, kind string) []record.Evidence {
	x, t := newItem(e), newItem(of)
	if kind == repetition {
		lo, hi := x, t
		if higher(x, t) {
			lo, hi = t, x
		}
		return whyWords(lo, hi)
	}
	if a := answers(x, t); a.target != nil {
		return whyAnswer(x, t, a)
	}
	if sigs := signals(x); len(sigs) > 0 {
		return []record.Evidence{
			{What: "a sign that earlier words are meant", Words: []string{sigs[0].words}},
			{What: "printed beside the older words"},
		}
	}
	return nil
}

// whyFound are the pieces between the words somebody asked about and the kept
// quotation they were found in. Words alone decide here: there is no date, and
// the speaker changes the verdict and not the weight.
func whyFound(m *match, by string) []record.Evidence {
	out := []record.Evidence{{What: "shared words", Bits: m.ev.eff, Words: stretches(m.c.here, m.c.segs, true)}}
	if other := stretches(m.c.here, m.c.segs, false); len(other) > 0 {
		out = append(out, record.Evidence{What: "asked words that it has not", Words: other})
	}
	switch m.who {
	case sameWho:
		out = append(out, record.Evidence{What: "the speaker asked about", Words: speakerWords(&record.Entry{Speaker: by}, m.Entry)})
	case otherWho:
		out = append(out, record.Evidence{What: "another speaker than asked about", Words: []string{by, m.Speaker}})
	}
	return out
}
