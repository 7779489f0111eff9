package trace

import (
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// around is what a report says in its own voice round the words it quotes,
// and may say what they lack ("said he may “be guilty”").
type around struct {
	clause  *Text // the clause round quoted words, with them; nil: there is none
	outside *Text // the rest of the sentence that they stand in
}

// aroundOf finds what stands round the words of the entry.
func aroundOf(e *record.Entry) *around {
	a := &around{}
	if e.Content != "" && e.Content != e.Words {
		a.clause = NewText(e.Content)
	}
	if s := restOfSentence(e); s != "" {
		a.outside = NewText(s)
	}
	return a
}

// restOfSentence is what the sentence of the words holds before and after
// them, "" where the context does not hold the words.
func restOfSentence(e *record.Entry) string {
	first, last := e.Words, e.Words
	if n := len(e.Parts); n > 1 {
		head, tail := e.Parts[0].Len(), e.Parts[n-1].Len()
		if head > len(e.Words) || tail > len(e.Words) {
			return ""
		}
		first, last = e.Words[:head], e.Words[len(e.Words)-tail:]
	}
	at := strings.Index(e.Context, first)
	if at < 0 || first == "" {
		return ""
	}
	end := strings.Index(e.Context[at:], last)
	if end < 0 {
		return ""
	}
	before, after := e.Context[:at], e.Context[at+end+len(last):]
	if stops(last) {
		after = ""
	}
	return sentenceTail(before) + " " + sentenceHead(after)
}

// stops tells whether a sentence ends with the words, whatever marks follow.
func stops(words string) bool {
	words = strings.TrimRight(words, "\"'”’»)] ")
	return words == "" || strings.ContainsAny(words[len(words)-1:], ".!?\n")
}

// sentenceTail is what stands behind the last end of a sentence.
func sentenceTail(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '\n' || s[i] == ' ' && stops(s[:i]) {
			return s[i+1:]
		}
	}
	return s
}

// sentenceHead is what stands before the first end of a sentence.
func sentenceHead(s string) string {
	for i, c := range s {
		if c == '\n' || strings.ContainsRune(".!?", c) && endsThere(s[i+utf8.RuneLen(c):]) {
			return s[:i]
		}
	}
	return s
}

// endsThere tells whether a full stop before rest ends a sentence: marks and
// a space follow, or nothing.
func endsThere(rest string) bool {
	rest = strings.TrimLeft(rest, "\"'”’»)]")
	return rest == "" || rest[0] == ' ' || rest[0] == '\n'
}

// given tells whether the report's own words round the quotation supply the
// sign that the quoted words lack. A pronoun may be another one there.
func (c *comparison) given(sign []token) bool {
	if c.from == nil {
		return false
	}
	if c.near == nil {
		c.near = aroundOf(c.from)
	}
	return c.supplies(sign, func(t *token) bool {
		return c.near.clause != nil && countLike(c.near.clause.toks, t) > countLike(c.here.toks, t)
	}) || c.supplies(sign, func(t *token) bool {
		return c.near.outside != nil && countLike(c.near.outside.toks, t) > 0
	})
}

func (c *comparison) supplies(sign []token, has func(*token) bool) bool {
	some := false
	for i := range sign {
		if isPerson(sign[i]) {
			continue
		}
		if !has(&sign[i]) {
			return false
		}
		some = true
	}
	return some
}

// countLike counts the word in any of its forms.
func countLike(toks []token, t *token) int {
	n := 0
	for i := range toks {
		u := &toks[i]
		if u.id == t.id || forms().same(t.norm(), u.norm()) || t.isContent() && u.isContent() && sameStem(t.norm(), u.norm()) {
			n++
		}
	}
	return n
}
