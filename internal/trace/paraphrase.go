package trace

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// Reports in other words ("he would not disown X") are tied to the quoted
// words that they report ("I'm not trying to disown …") inside one speaker and
// a few days, or one report: by shared content words, and never by a search
// over everybody's words.

const (
	// stemBits is the least weight of a content word that can lead from a
	// report to the words reported.
	stemBits = 9
	// maxStems bounds the content words posted for one quotation: the rarest.
	maxStems = 32
	// reportBits is the least a report must share with the words it reports,
	// reportShare the least share of its own content words.
	reportBits  = 20
	reportShare = .55
	// reportWords is the least number of content words shared, and pairBits
	// what they must be worth where they are no more than that and none is a
	// name.
	reportWords = 2
	pairBits    = 26
	// A long report that shares four words and manyBits may add more of its
	// own: manyShare.
	manyBits  = 36
	manyShare = .5
	// What a report says of its subject must be among the words shared, not
	// only what it speaks of, unless it shares nearly all its words: of 100
	// reports tied between outlets and read, 27 were wrong, 18 of them for
	// nothing but the same subject.
	topicWords = 4
	topicShare = .9
	// lateWords is the least number of words shared by a report that is
	// printed more than two days apart.
	lateWords = 3
)

// stem is a content word without its ending, and its weight.
type stem struct {
	id   uint64
	bits float64
	name bool // a word of somebody's name
	at   int  // token
}

// stemsOf returns the distinct content stems of tokens [lo, hi), in order.
func stemsOf(t *Text, lo, hi int) []stem {
	var out []stem
	for i := lo; i < hi; i++ {
		tok := &t.toks[i]
		if !tok.isContent() || tok.norm() == "'s" {
			continue
		}
		s := stem{stemID(tok), tok.bits(), isNameAt(t, i), i}
		if !slices.ContainsFunc(out, func(o stem) bool { return o.id == s.id }) {
			out = append(out, s)
		}
	}
	return out
}

// isNameAt tells whether the token looks like a name: a capital that no
// sentence asks for.
func isNameAt(t *Text, i int) bool {
	tok := &t.toks[i]
	return tok.is(capital) && i > 0 && !tok.is(sentenceBefore)
}

func stemID(t *token) uint64 {
	return t.w.stem
}

// cutEnding takes the inflection off an English word, lightly: a report
// changes tense and number, and no more. "closest" stays apart from "close".
func cutEnding(w string) string {
	n := len(w)
	switch {
	case n < 4:
		return w
	case strings.HasSuffix(w, "ies") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ied") && n > 4:
		return w[:n-3] + "y"
	case strings.HasSuffix(w, "ing") && n > 5:
		return mute(w[:n-3])
	case strings.HasSuffix(w, "ed") && n > 4:
		return mute(w[:n-2])
	case strings.HasSuffix(w, "es") && n > 4 && strings.ContainsRune("sxzh", rune(w[n-3])):
		return w[:n-2]
	case strings.HasSuffix(w, "s") && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i':
		return mute(w[:n-1])
	}
	return mute(w)
}

// mute drops what a verb's ending doubles or takes away: "stopp", "hope".
func mute(w string) string {
	n := len(w)
	if n > 3 && w[n-1] == 'e' {
		return w[:n-1]
	}
	if n > 3 && w[n-1] == w[n-2] && !strings.ContainsRune("aeiousl", rune(w[n-1])) {
		return w[:n-1]
	}
	return w
}

// stemProbes are the keys under which the entry can be found by a report of
// it, or by the words it reports; none without a speaker.
func stemProbes(x *item) []probe {
	if !x.stemmed {
		x.stems, x.stemmed = findStemProbes(x), true
	}
	return x.stems
}

func findStemProbes(x *item) []probe {
	who := speakerHash(x.Entry)
	if who == 0 {
		return nil
	}
	stems := stemsOf(x.text, 0, x.text.Len())
	if len(stems) > maxStems {
		slices.SortStableFunc(stems, func(a, b stem) int { return cmp.Compare(b.bits, a.bits) })
		stems = stems[:maxStems]
	}
	var out []probe
	for _, s := range stems {
		if s.bits >= stemBits && !s.name {
			out = append(out, probe{combine(tagStem, who, s.id), s.bits})
		}
	}
	return out
}

// stemFamily keeps reports and quoted words apart in the index, since each
// looks for the other.
func stemFamily(quoted bool) uint64 {
	if quoted {
		return 0
	}
	return tagShort
}

// leastStems is what entries must share in content words to be looked at: one
// that is posted at all. The same stem may weigh more in one entry than in the
// other, and either may be the one that looks.
const leastStems = stemBits

// reports decides whether the reported clause child tells in other words what
// parent quotes.
func reports(child, parent *item) decision {
	if speakersOf(child, parent) != sameWho || slices.Contains(child.Apart, parent.Quotation) ||
		slices.Contains(parent.Apart, child.Quotation) {
		return decision{}
	}
	when, far := dates(child.Entry, parent.Entry)
	if far || datedBefore(child.Entry, parent.Entry) {
		return decision{}
	}
	m := reported(child.text, parent.text, referents(child.Entry, parent.Entry), nil)
	if !m.enough() || when == sameWeek && m.words < lateWords {
		return decision{}
	}
	d := decision{linked: true, rule: "a report of the words by the same speaker"}
	// Closeness of the shared words decides between two sentences that both
	// hold them; less than a link by the words themselves, always.
	d.bits = min(bound-1, m.bits*.5*m.share+when*.5+m.close)
	if child.Article == parent.Article && child.Article != "" {
		d.bits += 1
	}
	if looksBack(parent) {
		d.bits -= 3 // words about earlier words: the earlier ones are meant
	}
	d.bits = rounded(d.bits)
	return d
}

// datedBefore tells whether the report dates what was said to long before the
// other's words were printed, which were printed as news.
func datedBefore(report, x *record.Entry) bool {
	const old = 30 * day
	return !report.Said.Until.IsZero() && !x.Said.Known() && x.Published.Known() && report.Said.Until.Add(old).Before(x.Published.From)
}

// reportMatch is how a report and quoted words agree.
type reportMatch struct {
	words int     // content words shared, somebody's name counting as one
	bits  float64 // their weight
	share float64 // of the report's content
	close float64 // how close they stand in the quoted words, 0 to 4
	at    []int   // the report's tokens that are shared
	named bool    // one of them is somebody's name
	told  bool    // what the report says of its subject is shared too
}

func (m reportMatch) enough() bool {
	if !m.told && (m.words < topicWords || m.share < topicShare) {
		return false
	}
	if m.words <= reportWords && !m.named && m.bits < pairBits {
		return false
	}
	return m.words >= reportWords && m.bits >= reportBits && m.share >= reportShare ||
		m.words >= 4 && m.bits >= manyBits && m.share >= manyShare
}

// reported lays the content words of a report over those of the quoted words,
// one sentence at a time. names are the words of the names of those whom both
// are known to be about: one of them may meet another ("Jane", "Doe"). shared
// takes the words shared, for explanations; nil where nobody asks.
func reported(child, parent *Text, names []uint64, shared *[]stem) reportMatch {
	want := stemsOf(child, 0, child.Len())
	if len(want) == 0 {
		return reportMatch{}
	}
	var best reportMatch
	for _, s := range sentences(parent) {
		if opposed(child, parent, s) {
			continue
		}
		var found *[]stem
		if shared != nil {
			found = new([]stem)
		}
		m := matchStems(want, stemsOf(parent, s.lo, s.hi), names, found)
		m.told = slices.ContainsFunc(m.at, child.says)
		if m.bits+m.close > best.bits+best.close {
			best = m
			if shared != nil {
				*shared = *found
			}
		}
	}
	return best
}

const (
	// nameBits is what a shared name is worth: names stand in everything that
	// is said of somebody. A report's name that the quoted words lack counts
	// half against it: speech has a pronoun there.
	nameBits = 8
)

// matchStems adds the words shared to found, where it is there, each with the
// weight it has here.
func matchStems(want, have []stem, names []uint64, found *[]stem) reportMatch {
	var m reportMatch
	total, first, last, plain := 0.0, -1, -1, false
	for _, w := range want {
		isName := w.name || slices.Contains(names, w.id)
		weight := w.bits
		if isName {
			weight = min(weight, nameBits)
		}
		at := -1
		for _, h := range have {
			if w.id == h.id || isName && !m.named && slices.Contains(names, w.id) && slices.Contains(names, h.id) {
				at = h.at
				break
			}
		}
		if at < 0 {
			if isName {
				weight /= 2
			}
			total += weight
			continue
		}
		total += weight
		m.words++
		m.bits += weight
		m.at = append(m.at, w.at)
		if found != nil {
			*found = append(*found, stem{w.id, weight, isName, w.at})
		}
		m.named = m.named || isName
		plain = plain || !isName
		if first < 0 || at < first {
			first = at
		}
		last = max(last, at)
	}
	if !plain {
		return reportMatch{}
	}
	m.share = m.bits / total
	m.close = 4 / float64(1+max(0, last-first-m.words))
	return m
}

type extent struct{ lo, hi int }

// sentences are the token ranges of the sentences of a text.
func sentences(t *Text) []extent {
	var out []extent
	lo := 0
	for i := 1; i <= t.Len(); i++ {
		if i == t.Len() || t.toks[i].is(sentenceBefore) {
			out = append(out, extent{lo, i})
			lo = i
		}
	}
	return out
}

// opposed tells whether one of the two is negated and the other is not.
func opposed(child, parent *Text, s extent) bool {
	return negated(child, 0, child.Len()) != negated(parent, s.lo, s.hi)
}

func negated(t *Text, lo, hi int) bool {
	for _, s := range find(signs().polarity, t.toks, lo, hi) {
		if s.value != "verb" && s.words != "only" {
			return true
		}
	}
	return false
}

// referents are the words of the names of those whom both entries are about.
func referents(x, y *record.Entry) []uint64 {
	var out []uint64
	for _, a := range x.About {
		if !slices.Contains(y.About, a) {
			continue
		}
		t := NewText(a)
		for i := range t.toks {
			out = append(out, stemID(&t.toks[i]))
		}
	}
	return out
}
