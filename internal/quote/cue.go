package quote

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// cue is one place where a sentence says that somebody says something.
type cue struct {
	first, end   int // tokens of the cue itself
	sentence     int
	form         form
	subject      *record.Span // the words in the speaker's place; nil when shared
	subjectFirst int          // first token of the subject; the cue's own where it has none
	subjectEnd   int          // end token of an inverted subject, else the cue's own end
	inverted     bool         // "said Ann Roe"
	shares       bool         // the subject stands at an earlier cue, or is the sentence's own
}

// cues lists the cue verbs of a sentence that stand outside marks and have a
// subject, in order of place.
func (f *finder) cues(sent text.Sentence) []cue {
	var list []cue
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if !f.atDepth(i) || f.d.Tokens[i].Kind != text.Word {
			continue
		}
		fm, end, ok := f.formAt(i, sent.EndToken)
		if !ok {
			continue
		}
		if _, _, inner := f.formAt(end, sent.EndToken); inner && end < sent.EndToken && f.participleAt(end) {
			// "Roe explains saying …": the inner cue governs the words.
			i = end
			fm, end, _ = f.formAt(i, sent.EndToken)
		}
		c := cue{first: i, end: end, sentence: int(f.d.Tokens[i].Sentence), form: fm, subjectFirst: i, subjectEnd: end}
		if f.subject(&c, sent, len(list) > 0) {
			list = append(list, c)
			i = end - 1
		}
	}
	return list
}

// participleAt tells a cue verb in -ing at token i.
func (f *finder) participleAt(i int) bool {
	for _, fm := range f.words.cues[f.d.Tokens[i].Lower] {
		if fm.participle && fm.second == "" {
			return true
		}
	}
	return false
}

// formAt reads a cue verb at token i.
func (f *finder) formAt(i, limit int) (form, int, bool) {
	if i >= limit {
		return form{}, 0, false
	}
	for _, fm := range f.words.cues[f.d.Tokens[i].Lower] {
		if fm.second == "" {
			return fm, i + 1, true
		}
		if i+1 < limit && f.d.Tokens[i+1].Lower == fm.second {
			return fm, i + 2, true
		}
	}
	return form{}, 0, false
}

// subject finds the words in the speaker's place and tells whether the verb
// can be a cue at all.
func (f *finder) subject(c *cue, sent text.Sentence, coordinated bool) bool {
	i, negated, auxiliary := f.backOverAuxiliaries(c.first, sent.FirstToken)
	if negated && f.d.Tokens[c.first].Lower != "deny" {
		return f.invertedSubject(c, sent)
	}
	if i > sent.FirstToken && !f.passive(c, auxiliary) && f.leftSubject(c, sent, i) {
		return true
	}
	if f.invertedSubject(c, sent) {
		return true
	}
	if auxiliary != "" && f.passive(c, auxiliary) {
		return false
	}
	return f.sharedSubject(c, sent, i, coordinated)
}

// backOverAuxiliaries steps left from a verb over auxiliaries and adverbs. It
// returns the token after the last one passed by, whether a negation stood
// there, and the last auxiliary's word.
func (f *finder) backOverAuxiliaries(i, limit int) (at int, negated bool, auxiliary string) {
	for i > limit && f.atDepth(i-1) {
		k := i - 1
		switch {
		case f.has(k, neg):
			negated = true
		case f.has(k, aux) && !(f.d.Tokens[k].Cap && k > limit):
			if auxiliary == "" {
				auxiliary = f.d.Tokens[k].Lower
			}
			if f.has(k, modal) {
				negated = true // "might say": nothing was said
			}
		case f.d.Tokens[k].Lower == "'s" && k > limit && (f.has(k-1, subj)):
		case f.adverb(k):
		case f.d.Tokens[i].Kind == text.Word && f.participleAt(i) && k > limit && len(f.words.cues[f.d.Tokens[k].Lower]) > 0:
		default:
			return i, negated, auxiliary
		}
		i = k
	}
	return i, negated, auxiliary
}

// passive tells "was told", "is said", "were asked": the subject is not the
// one who speaks. "is saying" is none.
func (f *finder) passive(c *cue, auxiliary string) bool {
	if auxiliary == "" || c.form.participle {
		return false
	}
	return f.words.grammar[auxiliary]&be != 0
}

// leftSubject takes the noun phrase before token i as the subject, looking
// through an apposition between commas and a relative "who".
func (f *finder) leftSubject(c *cue, sent text.Sentence, i int) bool {
	if c.form.does&noun != 0 && c.form.base && f.nounLike(c, i) {
		return false
	}
	if f.has(i-1, rel) {
		i--
		if i > sent.FirstToken && f.d.Of(i-1) == "," {
			i--
		}
		if i <= sent.FirstToken {
			return false // "Who said …" has nobody before it
		}
	}
	if c.form.participle && i == c.first && (f.has(i-1, obj) || f.d.Tokens[i-1].Lower == "her") && f.atDepth(i-1) {
		c.subject, c.subjectFirst = f.span(i-1, i), i-1 // "the tape has her saying"
		return true
	}
	i = f.beforeBracket(i, sent.FirstToken)
	first := f.nounPhraseLeft(i, sent.FirstToken)
	if first < i && f.subjectWorthy(first, i, c) {
		c.subject, c.subjectFirst = f.span(first, i), first
		return true
	}
	if i <= sent.FirstToken || !f.commaBefore(i) || i != c.first && !f.adverbsOnly(i, c.first) {
		return false
	}
	return f.overApposition(c, sent, i-1)
}

// commaBefore tells whether a comma stands before token i, outside or just
// inside a closing mark ("…, who won for “Tin Roof,” said").
func (f *finder) commaBefore(i int) bool {
	if f.d.Of(i-1) == "," {
		return true
	}
	return i >= 2 && f.d.Tokens[i-1].Kind == text.QuoteMark && f.d.Of(i-2) == "," && f.noSpeech(f.d.Outermost(i-1)) != ""
}

// adverbsOnly tells whether tokens [i, end) are adverbs and auxiliaries.
func (f *finder) adverbsOnly(i, end int) bool {
	for ; i < end; i++ {
		if !f.adverb(i) && !f.has(i, aux) {
			return false
		}
	}
	return true
}

// overApposition finds the subject in "Hugh Hill, a doctor, said": comma is
// the second comma.
func (f *finder) overApposition(c *cue, sent text.Sentence, comma int) bool {
	if f.d.Of(comma) != "," {
		comma++ // a title's closing mark: look into the apposition from there
	}
	for k := comma - 1; k > sent.FirstToken && comma-k < 25; k-- {
		if m := f.d.Outermost(k); m >= 0 {
			if f.noSpeech(m) == "" {
				return false
			}
			k = f.d.Marks[m].FirstToken // the title of a work in the apposition
			continue
		}
		if f.d.Of(k) != "," {
			continue
		}
		first := f.nounPhraseLeft(k, sent.FirstToken)
		named := first < k && (f.d.Tokens[k-1].Cap || f.has(first, det) && (first == sent.FirstToken || f.d.Tokens[first-1].Kind == text.QuoteMark))
		if named && f.subjectWorthy(first, k, c) && !f.prepositional(first, sent) {
			c.subject, c.subjectFirst = f.span(first, k), first
			if f.has(first, det) && f.nameOnly(k+1, comma) {
				c.subject = f.span(k+1, comma) // "the mayor, Lucien Bastide, said"
			}
			return true
		}
	}
	return false
}

// beforeBracket steps left over a short bracket: "Ann Roe (R-Ohio) said".
func (f *finder) beforeBracket(i, limit int) int {
	if i <= limit {
		return i
	}
	if s := f.d.Of(i - 1); s != ")" && s != "]" {
		return i
	}
	for k := i - 2; k > limit && k > i-12; k-- {
		if s := f.d.Of(k); s == "(" || s == "[" {
			return k
		}
	}
	return i
}

// nameOnly tells whether tokens [first, end) are capitalised words alone.
func (f *finder) nameOnly(first, end int) bool {
	for i := first; i < end; i++ {
		if t := &f.d.Tokens[i]; !f.atDepth(i) || !t.Cap && f.d.Of(i) != "." {
			return false
		}
	}
	return first+1 < end
}

// prepositional tells whether a preposition stands before token first.
func (f *finder) prepositional(first int, sent text.Sentence) bool {
	return first > sent.FirstToken && f.has(first-1, prep)
}

// nounLike tells whether a word such as "claims" or "report" is a noun here:
// a determiner, a possessive or a preposition stands before it.
func (f *finder) nounLike(c *cue, i int) bool {
	if i <= 0 {
		return true
	}
	k := i - 1
	return f.has(k, det|prep|conj) || f.d.Tokens[k].Lower == "'s"
}

// subjectWorthy refuses what cannot speak: first persons outside marks (the
// report's own voice), bare "it" and "there", and lower-case words alone that
// are no plural and follow a preposition.
func (f *finder) subjectWorthy(first, end int, c *cue) bool {
	w := f.d.Tokens[end-1].Lower
	switch w {
	case "i", "we", "you", "it", "there", "that", "this", "which", "what", "to", "'s":
		return false
	}
	if end-first == 1 && !f.d.Tokens[first].Cap && !f.has(first, pron) {
		// a bare noun: "sources said", "police said"
		if c.form.does&bare == 0 {
			return false
		}
		// "sources said", "analysts say", but not "say" after any lone noun
		return !c.form.base || c.form.does&noun == 0 && strings.HasSuffix(w, "s")
	}
	return true
}

// invertedSubject takes the noun phrase after the verb: “…,” said Ann Roe.
func (f *finder) invertedSubject(c *cue, sent text.Sentence) bool {
	if c.first == sent.FirstToken || c.form.participle || c.form.base || c.form.does&object != 0 {
		return false
	}
	k := c.first - 1
	afterWords := f.d.Tokens[k].Kind == text.QuoteMark || f.d.Of(k) == "," || !f.atDepth(k)
	if !afterWords {
		return false
	}
	end := f.nounPhraseRight(c.end, sent.EndToken)
	if end == c.end || !f.subjectWorthy(c.end, end, c) || f.has(c.end, obj) {
		return false
	}
	if end < sent.EndToken && f.atDepth(end) && f.class[end]&(finite|aux) != 0 {
		return false // "…, said the car was": the phrase is the content's subject
	}
	c.subject, c.subjectEnd, c.inverted = f.span(c.end, end), end, true
	return true
}

// sharedSubject tells whether a verb without a subject of its own takes the
// one before it: "… and said", ", saying", "went on to say".
func (f *finder) sharedSubject(c *cue, sent text.Sentence, i int, coordinated bool) bool {
	if i <= sent.FirstToken {
		return false
	}
	k := i - 1
	switch {
	case f.has(k, conj) && (coordinated || !c.form.base):
	case f.d.Of(k) == "," && c.form.participle:
	case f.d.Of(k) == "," && coordinated && !c.form.base && c.form.does&noun == 0:
	case c.form.participle && coordinated:
	case c.form.participle && f.d.Tokens[k].Kind == text.Word && c.end < sent.EndToken && f.d.Of(c.end) == ":":
	case f.d.Tokens[k].Lower == "to" && c.form.base && c.form.does&noun == 0:
	default:
		return false
	}
	c.shares = true
	return true
}
