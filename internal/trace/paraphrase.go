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
	reportShare = .6
	// reportWords is the least number of content words shared.
	reportWords = 2
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
		if !tok.isContent() || tok.norm == "'s" {
			continue
		}
		s := stem{stemID(tok), tok.bits, isNameAt(t, i), i}
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
	if s := cutEnding(t.norm); s != t.norm {
		return hashWord(s)
	}
	return t.id
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

// leastStems is what entries must share in content words to be looked at.
const leastStems = 11

// byStems returns the keys of the same speaker's entries, quoted or reported,
// that share content words with x.
func byStems(ix Index, x *item, quoted bool) ([]int64, error) {
	probes := stemProbes(x)
	if len(probes) == 0 {
		return nil, nil
	}
	hashes := make([]uint64, len(probes))
	for i, p := range probes {
		hashes[i] = p.hash ^ stemFamily(quoted)
	}
	lists, err := ix.Postings(hashes)
	if err != nil {
		return nil, err
	}
	shared := map[int64]float64{}
	for i, l := range lists {
		for _, k := range l {
			shared[k] += probes[i].bits
		}
	}
	var keys []int64
	for k, bits := range shared {
		if bits >= leastStems {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys, nil
}

// reports decides whether the reported clause child tells in other words what
// parent quotes.
func reports(child, parent *item) decision {
	if speakers(child.Entry, parent.Entry) != sameWho || slices.Contains(child.Apart, parent.Quotation) ||
		slices.Contains(parent.Apart, child.Quotation) {
		return decision{}
	}
	when, far := dates(child.Entry, parent.Entry)
	if far {
		return decision{}
	}
	m := reported(child.text, parent.text, shareReferents(child.Entry, parent.Entry))
	if m.words < reportWords || m.bits < reportBits || m.share < reportShare {
		return decision{}
	}
	d := decision{linked: true, rule: "a report of the words by the same speaker"}
	// Closeness of the shared words decides between two sentences that both
	// hold them; less than a link by the words themselves, always.
	d.bits = min(bound-1, m.bits*.5*m.share+when*.5+m.close)
	if child.Article == parent.Article && child.Article != "" {
		d.bits += 1
	}
	if len(signals(parent)) > 0 {
		d.bits -= 3 // words about earlier words: the earlier ones are meant
	}
	return d
}

// reportMatch is how a report and quoted words agree.
type reportMatch struct {
	words int     // content words shared, somebody's name counting as one
	bits  float64 // their weight
	share float64 // of the report's content
	close float64 // how close they stand in the quoted words, 0 to 4
}

// reported lays the content words of a report over those of the quoted words,
// one sentence or two neighbours at a time. sameReferents tells that both are
// known to be about the same people, so that a name may meet another name.
func reported(child, parent *Text, sameReferents bool) reportMatch {
	want := stemsOf(child, 0, child.Len())
	if len(want) == 0 {
		return reportMatch{}
	}
	var best reportMatch
	for _, s := range sentences(parent) {
		have := stemsOf(parent, s.lo, s.hi)
		if opposed(child, parent, s) {
			continue
		}
		m := matchStems(want, have, sameReferents)
		if m.bits+m.close > best.bits+best.close {
			best = m
		}
	}
	return best
}

func matchStems(want, have []stem, sameReferents bool) reportMatch {
	var m reportMatch
	total, first, last, plain := 0.0, -1, -1, false
	named := false
	for _, w := range want {
		weight := w.bits
		if w.name {
			weight = min(weight, 8) // names are in everything said of a person
		}
		total += weight
		for _, h := range have {
			if w.id != h.id && !(sameReferents && w.name && h.name && !named) {
				continue
			}
			if w.id != h.id {
				named = true
			}
			m.words++
			m.bits += weight
			plain = plain || !w.name
			if first < 0 || h.at < first {
				first = h.at
			}
			last = max(last, h.at)
			break
		}
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

// shareReferents tells whether both are about somebody in common.
func shareReferents(x, y *record.Entry) bool {
	for _, a := range x.About {
		if slices.Contains(y.About, a) {
			return true
		}
	}
	return false
}
