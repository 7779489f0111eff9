package quote

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// atDepth tells whether token i stands outside all marks.
func (f *finder) atDepth(i int) bool { return f.d.Tokens[i].Mark < 0 }

// has tells whether token i is in class c.
func (f *finder) has(i int, c class) bool { return f.class[i]&c != 0 }

// nounPhraseLeft finds the noun phrase that ends just before token end, not
// going before token limit. It returns its first token, or end when there is
// none. A prepositional phrase that hangs on a noun ("a spokesman for the
// ministry") is taken in.
func (f *finder) nounPhraseLeft(end, limit int) int {
	first := f.simpleLeft(end, limit)
	for first < end && first-1 > limit && f.hangs(first-1) {
		// Take "of …" in only if a noun phrase with a determiner or a name stands before it.
		before := f.simpleLeft(first-1, limit)
		if before >= first-1 || !f.headed(before, first-1) {
			break
		}
		first = before
	}
	return first
}

// hangs tells prepositions that commonly hang on a noun in front of a cue.
func (f *finder) hangs(i int) bool {
	switch f.d.Tokens[i].Lower {
	case "of", "for", "at", "with", "from", "in", "and", "to", "on", "&":
		return f.atDepth(i)
	}
	return false
}

// headed tells whether tokens [first, end) can be the head of a longer noun
// phrase: they begin with a determiner, a number or a name, or are plural.
func (f *finder) headed(first, end int) bool {
	t := &f.d.Tokens[first]
	return f.has(first, det) || t.Cap || t.Kind == text.Number || strings.HasSuffix(f.d.Tokens[end-1].Lower, "s")
}

// simpleLeft finds a noun phrase without prepositional phrases.
func (f *finder) simpleLeft(end, limit int) int {
	if end <= limit {
		return end
	}
	if i := end - 1; f.atDepth(i) && f.has(i, pron) && !f.has(i, det) {
		return i
	}
	first := end
	for i := end - 1; i >= limit; i-- {
		if !f.inPhrase(i, first, end) {
			break
		}
		first = i
		if f.has(i, det) {
			break
		}
	}
	for first < end && f.d.Tokens[first].Kind == text.Punct {
		first++
	}
	if i := end - 1; first == end && f.atDepth(i) && f.has(i, pron) {
		return i // "one wrote", "some said"
	}
	if first < end && !f.atDepth(end-1) {
		return end
	}
	return first
}

// inPhrase tells whether token i can belong to the noun phrase [first, end).
func (f *finder) inPhrase(i, first, end int) bool {
	t := &f.d.Tokens[i]
	switch {
	case t.Mark >= 0:
		// A nickname inside marks: John “Jack” Smith.
		return first < end && f.nickname(i)
	case t.Kind == text.Punct:
		s := f.d.Of(i)
		if (s == "’" || s == "'") && i > 0 && first < end && strings.HasSuffix(f.d.Tokens[i-1].Lower, "s") && f.d.Tokens[i-1].End == t.Start {
			return true // "the deckhands’ union"
		}
		return (s == "." || s == "&" || s == "/") && i+1 < end && i > 0 && f.d.Tokens[i-1].End == t.Start && f.d.Tokens[i-1].Cap || s == "&"
	case f.has(i, timeWord):
		return false
	case f.class[i]&(det) != 0:
		return first < end
	case f.class[i]&(prep|conj|comp|aux|finite|neg|rel|subj) != 0:
		return t.Cap && f.class[i]&(aux|prep) == 0 && i+1 < end && f.d.Tokens[i+1].Cap && i > f.d.SentenceOf(i).FirstToken
	case f.class[i]&adv != 0, f.adverb(i):
		return false
	case t.Lower == "'s":
		return first < end
	case f.cueVerb(i) && !t.Cap:
		return false
	}
	return true
}

// adverb tells an adverb in -ly.
func (f *finder) adverb(i int) bool {
	w := f.d.Tokens[i].Lower
	return f.has(i, adv) || (len(w) > 4 && strings.HasSuffix(w, "ly") && !f.d.Tokens[i].Cap && w != "family" && w != "ally" && w != "italy" && w != "reply")
}

// cueVerb tells whether token i is a form of a cue verb that is hardly ever
// anything but a verb.
func (f *finder) cueVerb(i int) bool {
	for _, c := range f.words.cues[f.d.Tokens[i].Lower] {
		if c.second == "" && c.does&(noun|marked) == 0 {
			return true
		}
	}
	return false
}

// nickname tells whether token i is part of a short quoted stretch between
// two capitalised words: John “Jack” Smith.
func (f *finder) nickname(i int) bool {
	m := f.d.Outermost(i)
	if m < 0 {
		return false
	}
	mk := &f.d.Marks[m]
	a, b := mk.FirstToken-1, mk.LastToken+1
	if mk.LastToken-mk.FirstToken > 4 || a < 0 || b >= len(f.d.Tokens) || mk.Unclosed {
		return false
	}
	return f.d.Tokens[a].Cap && f.d.Tokens[b].Cap && f.d.Tokens[b].Kind == text.Word && f.d.Tokens[a].Kind == text.Word &&
		f.d.Tokens[a].Sentence == f.d.Tokens[b].Sentence && !f.cueVerb(a) && f.class[a] == 0 &&
		f.d.Tokens[mk.FirstToken+1].Cap && f.d.Tokens[a].Lower != "'s"
}

// nounPhraseRight finds the noun phrase that begins at token first, not going
// to limit or beyond. It returns its end, or first when there is none.
func (f *finder) nounPhraseRight(first, limit int) int {
	if first >= limit || !f.atDepth(first) {
		return first
	}
	if f.has(first, pron) && !f.has(first, det) {
		return first + 1
	}
	i := first
	for i < limit && f.atDepth(i) && f.has(i, det) {
		i++
	}
	start, names := i, false
	for ; i < limit; i++ {
		t := &f.d.Tokens[i]
		if !f.atDepth(i) {
			if f.nickname(i) {
				continue
			}
			break
		}
		if !f.continuesRight(i, start, limit, names) {
			break
		}
		names = names || t.Cap
	}
	if i == start {
		return first
	}
	return f.hangRight(i, limit)
}

// continuesRight tells whether token i goes on with the noun phrase that
// began at start; names tells whether a capitalised word was seen in it.
func (f *finder) continuesRight(i, start, limit int, names bool) bool {
	t := &f.d.Tokens[i]
	switch {
	case t.Kind == text.Punct:
		s := f.d.Of(i)
		return s == "&" || s == "." && i > start && i+1 < limit && f.d.Tokens[i-1].End == t.Start && f.d.Tokens[i-1].Cap && f.d.Tokens[i+1].Cap
	case f.has(i, timeWord):
		return false
	case t.Lower == "'s":
		return i > start
	case f.class[i]&(det|prep|conj|comp|aux|finite|neg|rel|subj|adv|obj) != 0:
		return t.Cap && i > start && f.has(i, det)
	case names && !t.Cap && t.Kind == text.Word && f.d.Tokens[i-1].Lower != "'s":
		return false // "told Ann Roe reporters": a name ends its phrase
	case f.adverb(i):
		return false
	case i > start && !t.Cap && strings.HasSuffix(t.Lower, "ed") && i+1 < limit && (f.class[i+1]&(det|prep|pron) != 0 || f.d.Tokens[i+1].Kind == text.Number || f.d.Tokens[i+1].Cap):
		return false // a verb: "the study followed 90 adults"
	}
	return true
}

// hangRight takes in "of …" and "for …" after a noun phrase that ends at i.
func (f *finder) hangRight(i, limit int) int {
	for i+1 < limit && f.atDepth(i) {
		switch f.d.Tokens[i].Lower {
		case "of", "for":
		case "and", "&":
			// "told Ann Roe and Bob Hall"
			if !f.d.Tokens[i+1].Cap || !f.d.Tokens[i-1].Cap {
				return i
			}
		default:
			return i
		}
		end := f.nounPhraseRight(i+1, limit)
		if end == i+1 {
			return i
		}
		i = end
	}
	return i
}

// span is the span of tokens [first, end), without a final possessive.
func (f *finder) span(first, end int) *record.Span {
	if end-1 > first && f.d.Tokens[end-1].Lower == "'s" {
		end--
	}
	return ptr(f.d.SpanOf(first, end))
}
