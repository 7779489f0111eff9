package quote

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// adverbialReach is how many tokens of "on Tuesday in an interview with …" may
// stand between a cue and what it governs.
const adverbialReach = 30

// right looks for the words that a cue governs to its right, and keeps them.
func (f *finder) right(c *cue) bool {
	sent := f.d.Sentences[c.sentence]
	at := c.subjectEnd
	addressee, at := f.addressee(c, at, sent.EndToken)
	start, how := f.opening(c, at, sent, addressee != nil)
	switch how {
	case nothing:
		return false
	case nextParagraph:
		f.opened = lead{*c, int(f.d.Sentences[c.sentence].Paragraph), true}
		f.opened.cue.subject = f.sourceOf(c)
		return true
	}
	end := f.contentEnd(start, sent.EndToken, how, c)
	if c.form.does&relays != 0 && how == clauseOpen && f.governedInside(start, end) {
		return false
	}
	if how == clauseOpen && start == at && addressee != nil && c.form.does&infinitive != 0 && f.d.Tokens[start].Lower == "to" {
		start = f.d.TokenAt(addressee.Start) // "requested him to …": the person is part of what is asked
	}
	return f.keep(c, start, end, how, addressee)
}

// governedInside tells whether a cue inside tokens [start, end) governs marked
// words there ("reported that Roe had said “…”").
func (f *finder) governedInside(start, end int) bool {
	for i := start; i+1 < end; i++ {
		if _, next, ok := f.formAt(i, end); ok && f.atDepth(i) && next < end && f.d.Tokens[next].Kind == text.QuoteMark {
			return true
		}
	}
	return false
}

// opened says how the words after a cue begin.
type opens byte

const (
	nothing       opens = iota
	quoteOpen           // a quoted stretch after a comma, a colon or nothing
	clauseOpen          // a clause, with or without "that"
	nextParagraph       // a colon at the paragraph's end
)

// addressee reads "told Ann Roe" and "explained to Ann Roe" after a cue.
func (f *finder) addressee(c *cue, at, limit int) (*record.Span, int) {
	if at >= limit {
		return nil, at
	}
	if c.form.does&object != 0 && f.d.Tokens[at].Kind == text.QuoteMark && f.noSpeech(f.d.Outermost(at)) == record.WhyTitle {
		m := f.d.Outermost(at) // told “Breakfast on Nine” that …
		f.pass(m, record.WhyTitle)
		return ptr(inner(f.d.Text, f.d.Marks[m].Inner)), f.d.Marks[m].LastToken + 1
	}
	if c.form.does&object != 0 && !c.inverted {
		if end := f.nounPhraseRight(at, limit); end > at && f.personLike(at, end, limit) {
			return f.span(at, end), end
		}
		return nil, at
	}
	k := at
	for k < limit && k < at+3 && (f.adverb(k) || f.has(k, timeWord)) {
		k++
	}
	if k+1 < limit && f.d.Tokens[k].Lower == "to" && c.form.does&(toParty|speech) != 0 && c.form.does&infinitive == 0 && c.form.second != "to" {
		if end := f.nounPhraseRight(k+1, limit); end > k+1 && f.personLike(k+1, end, limit) {
			return f.span(k+1, end), end
		}
	}
	return nil, at
}

// personLike refuses objects that begin the reported clause itself: "told
// him", "told the crowd that", but not "warned the plan would fail".
func (f *finder) personLike(first, end, limit int) bool {
	if end < limit && f.atDepth(end) && f.class[end]&(finite) != 0 {
		return false
	}
	w := f.d.Tokens[first].Lower
	return w != "that" && w != "it" && w != "there" && !(w == "this" && end == first+1)
}

// opening finds where the reported words begin after a cue: past adverbs and
// prepositional phrases, at a mark, a colon, "that", or a bare clause.
func (f *finder) opening(c *cue, at int, sent text.Sentence, addressed bool) (int, opens) {
	for k := at; k < min(sent.EndToken, at+adverbialReach); k++ {
		t := &f.d.Tokens[k]
		switch {
		case t.Kind == text.QuoteMark && f.d.Marks[t.Mark].FirstToken == k:
			if k == c.end && c.form.does&naming != 0 {
				return 0, nothing
			}
			if f.used[t.Mark] || k > at && !f.introduces(k-1) && c.form.does&marked == 0 && !f.embeddedAfter(c, at, k) {
				return 0, nothing
			}
			if k == at || f.introduces(k-1) {
				return k, quoteOpen
			}
			return f.afterObject(at, k), quoteOpen
		case t.Mark >= 0:
			return 0, nothing
		case f.d.Of(k) == ":":
			if c.form.base && c.form.does&noun != 0 {
				return 0, nothing // "Kettle recall: …" in a headline
			}
			if k+1 >= sent.EndToken {
				if f.d.Paragraphs[sent.Paragraph].EndToken == k+1 {
					return k, nextParagraph
				}
				return 0, nothing
			}
			if f.d.Tokens[k+1].Kind == text.QuoteMark {
				return k + 1, quoteOpen
			}
			return k + 1, clauseOpen
		case f.complementiser(k, at, c):
			if f.question(sent) || k > at && !addressed && f.objectAt(at) {
				return 0, nothing
			}
			return k, clauseOpen
		case k > at && f.anotherCue(k):
			return 0, nothing
		case c.form.does&infinitive != 0 && t.Lower == "to" && (k == at) && (addressed || c.form.does&object == 0):
			return k, clauseOpen
		case f.d.Of(k) == "," || f.d.Of(k) == "—" || f.d.Of(k) == "–" || f.d.Of(k) == "--":
			if k+1 < sent.EndToken && f.d.Tokens[k+1].Kind == text.QuoteMark && !f.used[f.d.Tokens[k+1].Mark] {
				return k + 1, quoteOpen
			}
			if c.inverted && k-at < 20 || f.parenthesis(k, sent) {
				continue // an apposition to the speaker, or an aside
			}
			return 0, nothing
		case k == at && c.form.does&bare != 0 && f.clauseLike(k, sent.EndToken) && !c.inverted:
			if f.question(sent) || f.relative(c, sent) {
				return 0, nothing
			}
			return k, clauseOpen
		case k > at && c.form.does&bare != 0 && f.timeOnly(at, k) && !c.inverted && f.clauseLike(k, sent.EndToken):
			return k, clauseOpen
		}
	}
	return 0, nothing
}

// question tells whether the report's own sentence asks something: nothing
// was said then.
func (f *finder) question(sent text.Sentence) bool {
	return f.d.Of(sent.EndToken-1) == "?" && f.atDepth(sent.EndToken-1)
}

// relative tells "what he said", "the things which she said": the clause
// after the cue is not what was said.
func (f *finder) relative(c *cue, sent text.Sentence) bool {
	k := c.subjectFirst - 1
	if k < sent.FirstToken {
		return false
	}
	switch f.d.Tokens[k].Lower {
	case "what", "whatever", "which", "whom":
		return true
	}
	return false
}

// objectAt tells whether the cue has a plain object at token at, so that a
// "that" after it belongs to the object ("explained a remark that …").
func (f *finder) objectAt(at int) bool {
	return f.atDepth(at) && f.d.Tokens[at].Kind == text.Word && !f.has(at, prep|timeWord|comp|conj) && !f.adverb(at) &&
		!(at+1 < len(f.d.Tokens) && f.has(at+1, timeWord)) // "this week"
}

// anotherCue tells a further cue verb between a cue and its words, which then
// governs them itself.
func (f *finder) anotherCue(k int) bool {
	if !f.atDepth(k) || f.d.Tokens[k].Cap {
		return false
	}
	for _, fm := range f.words.cues[f.d.Tokens[k].Lower] {
		if fm.second == "" && fm.does&(noun|marked) == 0 && !fm.base {
			return true
		}
	}
	return false
}

// introduces tells a comma, colon or dash, which brings whole quoted words.
func (f *finder) introduces(k int) bool {
	s := f.d.Of(k)
	return s == "," || s == ":" || s == "—" || s == "–" || s == "--" || s == "…"
}

// embeddedAfter tells whether a quoted stretch at token k, with unmarked words
// between it and the cue, still belongs to the cue: “said it was “a disgrace””.
func (f *finder) embeddedAfter(c *cue, at, k int) bool {
	if c.form.does&(bare|that) == 0 {
		return false
	}
	for i := at; i < k; i++ {
		if f.has(i, comp|rel) {
			return false
		}
	}
	return k-at <= 12 && !f.prepOnly(at, k)
}

// prepOnly tells whether tokens [at, k) are one prepositional phrase, so that
// the marks after it stand directly under the cue: said in the “Late Reel” …
func (f *finder) prepOnly(at, k int) bool { return f.has(at, prep) }

// afterObject is where mixed content begins: at the object after the cue.
func (f *finder) afterObject(at, k int) int {
	for at < k && (f.adverb(at)) {
		at++
	}
	return at
}

// complementiser tells "that" after a cue, or "how", "why", "whether", "what".
func (f *finder) complementiser(k, at int, c *cue) bool {
	if c.form.does&(that|bare) == 0 {
		return false
	}
	switch f.d.Tokens[k].Lower {
	case "that":
		return true
	case "how", "why", "whether", "what", "where", "who":
		return k == at || f.timeOnly(at, k)
	case "if":
		return k == at && f.d.Tokens[c.first].Lower != "said"
	}
	return false
}

// parenthesis tells a comma that begins an aside closed by another comma
// within a few tokens: "said, however, that".
func (f *finder) parenthesis(k int, sent text.Sentence) bool {
	for i := k + 1; i < min(sent.EndToken, k+5); i++ {
		if f.d.Of(i) == "," {
			return true
		}
		if f.d.Of(i-1) == "," && i-1 != k {
			return true
		}
		if !f.atDepth(i) {
			return false
		}
	}
	// the second comma of an aside
	for i := k - 1; i > max(sent.FirstToken, k-5); i-- {
		if f.d.Of(i) == "," {
			return true
		}
	}
	return false
}

// timeOnly tells whether tokens [at, k) say only when: "on Tuesday", "later".
func (f *finder) timeOnly(at, k int) bool {
	for i := at; i < k; i++ {
		if !f.has(i, timeWord) && !f.adverb(i) && f.d.Tokens[i].Lower != "on" {
			return false
		}
	}
	return true
}

// clauseLike tells whether a clause can begin at token k: a noun phrase and,
// soon after, something that shows a finite verb.
func (f *finder) clauseLike(k, limit int) bool {
	if k >= limit || !f.atDepth(k) || f.d.Tokens[k].Kind == text.Punct || f.class[k]&(prep|conj|aux|neg|timeWord) != 0 || f.d.Tokens[k].Lower == "to" {
		return false
	}
	if w := f.d.Tokens[k].Lower; f.has(k, subj) {
		// "it" and "you" are objects as often: "said it on the radio"
		return w != "it" && w != "you" || k+1 < limit && f.atDepth(k+1) && !f.has(k+1, prep|conj|timeWord|comp) && f.d.Tokens[k+1].Kind == text.Word
	}
	for i := k + 1; i < min(limit, k+14); i++ {
		if !f.atDepth(i) {
			continue
		}
		if f.class[i]&(finite) != 0 {
			return true
		}
		w := f.d.Tokens[i].Lower
		if !f.d.Tokens[i].Cap && f.d.Tokens[i].Kind == text.Word && len(w) > 3 && (strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "s") && i > k+1) {
			return true
		}
	}
	return false
}

// contentEnd finds the end of the reported words that begin at token start.
func (f *finder) contentEnd(start, limit int, how opens, c *cue) int {
	i := start
	for ; i < limit; i++ {
		if m := f.d.Outermost(i); m >= 0 {
			i = f.d.Marks[m].LastToken
			if how == quoteOpen && start == f.d.Marks[m].FirstToken && f.whole(m) {
				// Directly quoted words end with their mark, unless the tag
				// only interrupts them.
				return f.moreMarks(i+1, limit)
			}
			if f.clauseEndsAfter(m, limit) {
				return i + 1
			}
			continue
		}
		if i > start && f.turns(i, limit, c) {
			break
		}
	}
	return i
}

// clauseEndsAfter tells whether a reported clause ends with the stretch m: a
// comma stands inside the closing mark, or a comma and a participle follow
// ("…”, referring to the vote").
func (f *finder) clauseEndsAfter(m, limit int) bool {
	mk := &f.d.Marks[m]
	if mk.LastToken-1 > mk.FirstToken && f.d.Of(mk.LastToken-1) == "," {
		k := mk.LastToken + 1
		return k >= limit || f.d.Tokens[k].Kind != text.QuoteMark && !(f.has(k, conj) && k+1 < limit && f.d.Tokens[k+1].Kind == text.QuoteMark)
	}
	k := mk.LastToken + 1
	return k+1 < limit && f.d.Of(k) == "," && strings.HasSuffix(f.d.Tokens[k+1].Lower, "ing")
}

// moreMarks goes on over quoted stretches that follow directly.
func (f *finder) moreMarks(i, limit int) int {
	for i < limit && f.d.Tokens[i].Kind == text.QuoteMark && f.d.Marks[f.d.Tokens[i].Mark].FirstToken == i {
		i = f.d.Marks[f.d.Tokens[i].Mark].LastToken + 1
	}
	return i
}

// turns tells whether token i ends the reported clause: a coordinated cue
// ("and said that", ", but added"), a participle (", saying"), or ", according to".
func (f *finder) turns(i, limit int, c *cue) bool {
	t := &f.d.Tokens[i]
	if f.d.Of(i) == ";" {
		return true
	}
	comma := f.d.Of(i) == ","
	k := i
	if comma {
		k++
	}
	if k < limit && f.d.Tokens[k].Lower == "according" {
		return true
	}
	if k < limit && f.has(k, conj) {
		k++
	} else if !comma {
		return false
	}
	if t.Mark >= 0 {
		return false
	}
	for k < limit && f.adverb(k) {
		k++
	}
	if k >= limit {
		return false
	}
	if k > i && f.has(k, subj) && k+1 < limit {
		k++ // "…, and he urged …"
	}
	fm, end, ok := f.formAt(k, limit)
	if !ok || !f.atDepth(k) || fm.base || end >= limit {
		return false
	}
	if fm.participle {
		return comma && k == i+1 && f.governs(end, limit)
	}
	return f.governs(end, limit) && (fm.does&noun == 0 || !comma)
}

// governs tells whether what follows a coordinated verb looks like reported
// words: "that", a mark, a colon, a pronoun, a person.
func (f *finder) governs(k, limit int) bool {
	t := &f.d.Tokens[k]
	switch {
	case t.Kind == text.QuoteMark, f.d.Of(k) == ":", t.Lower == "that", f.has(k, subj), f.d.Of(k) == ",":
		return true
	}
	return f.has(k, obj) || t.Cap || f.has(k, det) && f.clauseLike(k, limit)
}

// whole tells whether a quoted stretch is a complete utterance in itself: it
// begins with a capital, a digit or an ellipsis.
func (f *finder) whole(m int) bool {
	mk := &f.d.Marks[m]
	for i := mk.FirstToken + 1; i <= mk.LastToken; i++ {
		t := &f.d.Tokens[i]
		if t.Kind == text.Word || t.Kind == text.Number {
			return t.Cap || t.Kind == text.Number
		}
		if s := f.d.Of(i); s == "…" || s == "..." {
			return true
		}
	}
	return false
}
