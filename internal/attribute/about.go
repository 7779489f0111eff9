package attribute

import (
	"sort"
	"strings"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// abouts says whom each quotation is about: those that its content mentions,
// those that the report's own words name as its topic, and, for "we" who were
// friends, the one other person just named. Never the speaker.
func abouts(f *frame) {
	a := aboutReader{frame: f, words: f.d.Lang.List("about"), known: make([]aboutChain, len(f.chains)), outside: map[int]bool{}}
	titles := f.d.Lang.List("titles")
	for c := range f.chains {
		a.known[c] = aboutKnown(f.d.Text, &f.chains[c], titles)
	}
	for k := range f.qs {
		clear(a.outside)
		found := map[int]int{} // chain -> where it is first named
		a.inContent(k, found)
		a.inFrame(k, found)
		if len(found) == 0 {
			a.other(k, found)
		}
		f.qs[k].About = a.referents(found)
	}
}

type aboutReader struct {
	*frame
	words   *lang.List
	known   []aboutChain // by chain
	outside map[int]bool // by chain: named or described outside the quotation at hand
}

// aboutChain is what all mentions of a chain tell together.
type aboutChain struct {
	named, full bool          // by name; by a name of two words or more
	worded      []record.Span // by name or description, in order of place
}

func aboutKnown(text string, c *record.Chain, titles *lang.List) (k aboutChain) {
	for _, m := range c.Mentions {
		if m.Kind != record.ByPronoun {
			k.worded = append(k.worded, m.Span)
		}
		if m.Kind == record.ByName {
			k.named = true
			k.full = k.full || aboutFullName(m.Span.Of(text), titles)
		}
	}
	return k
}

func (a aboutReader) word(i int, class string) bool {
	v, ok := a.words.Value(a.d.Tokens[i].Lower)
	return ok && v == class
}

// referents lists the chains in the order in which they are named.
func (a aboutReader) referents(found map[int]int) []record.Referent {
	if len(found) == 0 {
		return nil
	}
	list := make([]record.Referent, 0, len(found))
	for c := range found {
		list = append(list, record.Referent{Name: a.chains[c].Name, Chain: c})
	}
	sort.Slice(list, func(i, j int) bool {
		x, y := found[list[i].Chain], found[list[j].Chain]
		return x < y || x == y && list[i].Chain < list[j].Chain
	})
	return list
}

// speaker is the chain of the speaker of k, or NoChain.
func (a aboutReader) speaker(k int) int {
	if s := a.qs[k].Speaker; s != nil {
		return s.Chain
	}
	return record.NoChain
}

// add notes a mention's chain, unless it is the speaker or nobody to speak of.
func (a aboutReader) add(k int, m chained, found map[int]int) {
	if m.chain == a.speaker(k) || !a.counts(k, m) {
		return
	}
	if at, ok := found[m.chain]; !ok || m.Start < at {
		found[m.chain] = m.Start
	}
}

// counts tells whether a mention makes its chain a referent. An organisation
// counts where it is named. Somebody whom the report knows only from inside
// this quotation, by a first name, or never by name, is nobody it can name.
func (a aboutReader) counts(k int, m chained) bool {
	c := &a.chains[m.chain]
	switch c.Nature {
	case record.AGroup:
		return false
	case record.AnOrganisation:
		return m.Kind == record.ByName && !a.pluralName(m)
	}
	known := &a.known[m.chain]
	return known.named && (known.full || a.isOutside(k, m.chain))
}

// isOutside tells whether words other than pronouns mention a chain outside
// quotation k. Most chains show it at once: by their first mention.
func (a aboutReader) isOutside(k, chain int) bool {
	if v, ok := a.outside[chain]; ok {
		return v
	}
	outside := false
	for _, s := range a.known[chain].worded {
		if outside = !aboutInside(a.qs[k].Content, s) && !aboutInside(a.qs[k].Parts, s); outside {
			break
		}
	}
	a.outside[chain] = outside
	return outside
}

// pluralName tells "the Democrats": people under a name, not one body.
func (a aboutReader) pluralName(m chained) bool {
	i := a.d.TokenAt(m.Start)
	if i >= len(a.d.Tokens) || i == 0 {
		return false
	}
	words := strings.Fields(m.Span.Of(a.d.Text))
	the := a.d.Tokens[i].Lower == "the" || a.d.Tokens[i-1].Lower == "the"
	return the && len(words) > 0 && len(words) <= 2 && strings.HasSuffix(words[len(words)-1], "s")
}

func aboutInside(spans []record.Span, s record.Span) bool {
	for _, o := range spans {
		if o.Contains(s) {
			return true
		}
	}
	return false
}

// aboutFullName tells a name of two words or more, titles not counted.
func aboutFullName(name string, titles *lang.List) bool {
	n := 0
	for _, w := range strings.Fields(name) {
		if !titles.Has(strings.ToLower(strings.Trim(w, ".,"))) {
			n++
		}
	}
	return n >= 2
}

// inContent takes whom the content mentions.
func (a aboutReader) inContent(k int, found map[int]int) {
	spans := a.qs[k].Content
	if len(spans) == 0 {
		spans = a.qs[k].Parts
	}
	for _, s := range spans {
		for _, m := range a.mentionsIn(s) {
			if p := a.qs[k].Addressee; p != nil && p.Span != nil && p.Span.Overlaps(m.Span) {
				continue // "asked him to wait": he is asked, not spoken of
			}
			if !a.owned(m) && !a.hidden(k, m) {
				a.add(k, m, found)
			}
		}
	}
}

// owned tells the object of an act that is somebody's: in "his supporting
// Moor" the words speak of him.
func (a aboutReader) owned(m chained) bool {
	i := a.d.TokenAt(m.Start)
	return m.Kind == record.ByName && i >= 2 && strings.HasSuffix(a.d.Tokens[i-1].Lower, "ing") && a.word(i-2, "owner")
}

// hidden tells a name that only belongs to a relative nobody names: in
// "Ada's mum" the words speak of the mother. A name that the report uses
// elsewhere counts all the same ("Moor's brand of politics").
func (a aboutReader) hidden(k int, m chained) bool {
	i := a.d.TokenAt(m.End)
	if m.Kind != record.ByName || i+1 >= len(a.d.Tokens) || a.d.Tokens[i].Lower != "'s" {
		return false
	}
	for _, o := range a.chains[m.chain].Mentions {
		if !aboutInside(a.qs[k].Content, o.Span) {
			return false
		}
	}
	return true
}

// inFrame takes whom the report's own words name as the topic: the object
// before marked words ("called Moor a “fool”"), "told the Gazette about
// Moor", and what it says the words hint at.
func (a aboutReader) inFrame(k int, found map[int]int) {
	q := &a.qs[k]
	s := a.sentence(k)
	_, c1, ok := a.tokens(q.Cue)
	if s < 0 || !ok {
		return
	}
	sen := a.d.Sentences[s]
	first, end, hasContent := a.content(k)
	if q.Kind == record.Mixed && hasContent && first > c1 && first <= sen.EndToken && len(found) == 0 {
		a.own(k, c1, first, found)
	}
	stop := a.nextCue(k, c1, sen.EndToken)
	for i := c1; i+1 < stop; i++ {
		if a.reported[i] || !a.word(i, "topic") || hasContent && first > c1 && i >= first {
			continue
		}
		if m, ok := a.mentionFrom(i+1, stop); ok {
			a.add(k, m, found)
		}
	}
	if hasContent && end <= sen.EndToken {
		if at := a.hint(max(c1, end), stop); at >= 0 {
			a.own(k, at, stop, found)
		}
	}
}

// own takes the mentions among the article's own words in tokens [from, to),
// leaving out whom the words were addressed to.
func (a aboutReader) own(k, from, to int, found map[int]int) {
	if from >= to {
		return
	}
	for _, m := range a.mentionsIn(a.d.SpanOf(from, to)) {
		i := a.d.TokenAt(m.Start)
		if a.reported[i] || a.addressed(k, m) {
			continue
		}
		a.add(k, m, found)
	}
}

func (a aboutReader) addressed(k int, m chained) bool {
	p := a.qs[k].Addressee
	return p != nil && (p.Chain == m.chain || p.Span != nil && p.Span.Overlaps(m.Span))
}

// nextCue is the first token of the next cue in tokens [from, end), or end.
func (a aboutReader) nextCue(k, from, end int) int {
	at := sort.Search(len(a.cues), func(i int) bool { return a.cues[i].token >= from })
	for _, c := range a.cues[at:] {
		if c.token >= end {
			break
		}
		if c.k != k {
			return c.token
		}
	}
	return end
}

// mentionFrom is the mention that begins at token i, "the" passed over.
func (a aboutReader) mentionFrom(i, end int) (chained, bool) {
	if a.reported[i] || a.marked[i] {
		return chained{}, false
	}
	for _, m := range a.mentionsIn(a.d.SpanOf(i, end)) {
		at := a.d.TokenAt(m.Start)
		return m, at == i || at == i+1 && a.d.Tokens[i].Lower == "the"
	}
	return chained{}, false
}

// hint finds "hinting at" and the like among the article's own words in
// tokens [from, end), and returns the token after it, or -1.
func (a aboutReader) hint(from, end int) int {
	for i := from; i < end; i++ {
		for n := min(creditLongest(a.words, a.d.Tokens[i].Lower), end-i); n > 0; n-- {
			if v, ok := a.words.Value(creditJoin(a.d, i, n)); ok && v == "hint" && !a.reported[i] {
				return i + n
			}
		}
	}
	return -1
}

// other finds the one other person just named, for "we", "our", "they",
// "their" in words of a bond between two.
func (a aboutReader) other(k int, found map[int]int) {
	if a.speaker(k) == record.NoChain || !a.mutual(k) {
		return
	}
	s := a.sentence(k)
	if first, _, ok := a.content(k); ok {
		s = max(s, int(a.d.Tokens[first].Sentence))
	}
	at := a.qs[k].Parts
	if len(at) == 0 {
		at = a.qs[k].Content
	}
	for back := 0; back <= aboutReach && s-back >= 0; back++ {
		c, named := a.salient(k, s-back)
		if named {
			if c >= 0 {
				found[c] = at[0].Start
			}
			return
		}
	}
}

// aboutReach is how many sentences back "just named" reaches: a lead-in, a
// quotation and the sentence that introduced it.
const aboutReach = 4

// mutual tells whether the content speaks of a bond: "we" and "friends".
func (a aboutReader) mutual(k int) bool {
	first, end, ok := a.content(k)
	if !ok {
		return false
	}
	plural, bond := false, false
	for i := first; i < end; i++ {
		if a.word(i, "plural") {
			if i+1 < end && a.word(i+1, "everybody") {
				return false
			}
			plural = true
		}
		bond = bond || a.word(i, "mutual") || i+1 < end && a.pair(i)
	}
	return plural && bond || bond && a.pluralBefore(k, first)
}

func (a aboutReader) pair(i int) bool {
	if creditLongest(a.words, a.d.Tokens[i].Lower) < 2 {
		return false
	}
	v, ok := a.words.Value(creditJoin(a.d, i, 2))
	return ok && v == "mutual"
}

// pluralBefore tells "they were “never close”": the pronoun stands before the
// marks.
func (a aboutReader) pluralBefore(k, first int) bool {
	if a.qs[k].Kind != record.Mixed {
		return false
	}
	for i := first - 1; i >= 0 && i >= first-4; i-- {
		if a.word(i, "plural") {
			return true
		}
	}
	return false
}

// salient is the person other than the speaker whom sentence s names most;
// -1 where two are named alike. named is false where nobody else is named.
// What speakers say inside marks does not count: "him" there is their own.
func (a aboutReader) salient(k, s int) (chain int, named bool) {
	count := map[int]int{}
	span := a.d.Sentences[s].Span
	for _, m := range a.mentionsIn(span) {
		c := &a.chains[m.chain]
		if m.chain == a.speaker(k) || c.Nature == record.AnOrganisation || c.Nature == record.AGroup {
			continue
		}
		if a.marked[a.d.TokenAt(m.Start)] || !a.known[m.chain].named {
			continue
		}
		count[m.chain]++
	}
	best, most, tie := -1, 0, false
	for c, n := range count {
		switch {
		case n > most:
			best, most, tie = c, n, false
		case n == most:
			tie = true
		}
	}
	if tie {
		best = -1
	}
	return best, most > 0
}
