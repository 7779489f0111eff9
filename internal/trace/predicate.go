package trace

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
)

// The classes of grammar.txt that tell where a clause says something of its
// subject.
const (
	classAux     = 1 << iota // would, has, was
	classAdverb              // also, never, still
	classSubject             // he, they, who
	classArticle             // a, the, more
	classJoins               // but, and
)

var classes = sync.OnceValue(func() map[string]int {
	out := map[string]int{"to": classAux, "not": classAdverb, "more": classArticle, "most": classArticle, "very": classArticle}
	for _, e := range lang.For("en").List("grammar").Entries {
		c := 0
		for _, class := range strings.Fields(e.Value) {
			switch class {
			case "aux":
				c |= classAux
			case "adv", "neg":
				c |= classAdverb
			case "subj", "rel":
				c |= classSubject
			case "conj":
				c |= classJoins
			case "det":
				c |= classArticle
			}
		}
		out[e.Word] |= c
	}
	return out
})

// says tells whether the token looks like what a clause says of its subject,
// and not like what it speaks of: a participle, or the first content word
// after an auxiliary, "to" or a pronoun in the subject's place ("he would not
// *disown*", "is more *dangerous*", "was the *founder*"). A name says nothing.
func (t *Text) says(i int) bool {
	tok := &t.toks[i]
	if tok.is(capital) {
		return false
	}
	if n := len(tok.norm()); n > 4 && strings.HasSuffix(tok.norm(), "ed") || n > 5 && strings.HasSuffix(tok.norm(), "ing") {
		return true
	}
	article := false
	for j := i - 1; j >= max(0, i-3); j-- {
		word := t.toks[j].norm()
		c := classes()[word]
		switch {
		case c&classAux != 0:
			return !article || word != "to"
		case c&classSubject != 0:
			return !article
		case c&classAdverb != 0 || strings.HasSuffix(word, "ly"):
		case c&classArticle != 0:
			article = true
		default:
			return false
		}
	}
	return false
}
