package link

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/text"
)

// facts is what the choices ask of one span, as small numbers and hashes.
type facts struct {
	first, last uint32 // hashes of the first and the last word
	begins      uint32 // how it begins, see beginning
	ends        uint32 // how it ends, see ending
	follows     uint32 // the sign after it
	prev        uint32 // hash of the word before it in its paragraph
	form        uint32 // of a cue: the form of its first word
	head, act   uint32 // of a cue: its verb, and what the lexicon says of it
	size        uint32 // class of its length in tokens
	mark        int    // index of the outermost pair of marks round its first token, or -1
	par, sent   int    // paragraph and sentence of its first token
	endSent     int    // sentence of its last token
}

func factsOf(d *text.Doc, lex *lexicon, s Span) facts {
	a, z := &d.Tokens[s.First], &d.Tokens[s.End-1]
	f := facts{
		first: hash(a.Lower), last: hash(z.Lower), begins: beginning(d, lex, s), ends: ending(d, s), size: sizeClass(s.End - s.First),
		mark: d.Outermost(s.First), par: int(a.Paragraph), sent: int(a.Sentence), endSent: int(z.Sentence),
	}
	if s.End < len(d.Tokens) && d.Tokens[s.End].Paragraph == z.Paragraph {
		if t := &d.Tokens[s.End]; t.Kind == text.Punct || t.Kind == text.QuoteMark {
			f.follows = hash(t.Lower)
		} else {
			f.follows = 1
		}
	}
	if s.First > 0 && d.Tokens[s.First-1].Paragraph == a.Paragraph {
		f.prev = hash(d.Tokens[s.First-1].Lower)
	}
	if s.Type == Cue {
		f.form = formOf(a)
		f.head, f.act = lex.headOf(d, s)
	}
	return f
}

// Kinds of beginning; those of a source tell what it is.
const (
	beginsLower uint32 = iota
	beginsMarkCap
	beginsMarkLower
	beginsThat
	beginsTo
	beginsPronoun // he, she, they
	beginsRelative
	beginsDet
	beginsCap
	beginsDots
	beginsFinite // goes on with what another clause has interrupted
	beginsOther
)

func beginning(d *text.Doc, lex *lexicon, s Span) uint32 {
	t := &d.Tokens[s.First]
	switch {
	case t.Kind == text.QuoteMark || t.Lower == `"`:
		if s.First+1 < s.End && d.Tokens[s.First+1].Cap {
			return beginsMarkCap
		}
		return beginsMarkLower
	case t.Lower == "that" && s.Type == Content:
		return beginsThat
	case t.Lower == "to":
		return beginsTo
	case lex.relative[t.Lower]:
		return beginsRelative
	case lex.pronoun[t.Lower]:
		return beginsPronoun
	case lex.det[t.Lower]:
		return beginsDet
	case lex.finite[t.Lower]:
		return beginsFinite
	case t.Cap:
		return beginsCap
	case strings.HasPrefix(t.Lower, ".") || t.Lower == "…":
		return beginsDots
	case t.Kind == text.Punct:
		return beginsOther
	}
	return beginsLower
}

// ending is the last sign of a span, and whether marks close after it.
func ending(d *text.Doc, s Span) uint32 {
	i, marked := s.End-1, uint32(0)
	if t := &d.Tokens[i]; t.Kind == text.QuoteMark || t.Lower == `"` {
		marked = 16
		i--
	}
	if i < s.First {
		return marked
	}
	switch d.Tokens[i].Lower {
	case ",":
		return marked + 1
	case ".", "!", "?":
		return marked + 2
	case "…", "...", "—", "–", "--", "-":
		return marked + 3
	case ":", ";":
		return marked + 4
	}
	return marked + 5
}

// formOf tells the ending of a verb, and whether it begins a sentence.
func formOf(t *text.Token) uint32 {
	c := 8 * yes(t.Cap)
	switch w := t.Lower; {
	case t.Kind == text.Punct:
		return c
	case strings.HasSuffix(w, "ing"):
		return c + 1
	case strings.HasSuffix(w, "ed"):
		return c + 2
	case w == "to":
		return c + 3
	case strings.HasSuffix(w, "s"):
		return c + 4
	}
	return c + 5
}

// sizeClass are steps of roughly double length.
func sizeClass(n int) uint32 {
	c := uint32(0)
	for limit := 1; n > limit && c < 7; limit *= 2 {
		c++
	}
	return c
}

// lexicon is a language's words as the linker needs them.
type lexicon struct {
	verbs                          map[string]verb
	finite, pronoun, det, relative map[string]bool
}

// verb is one form of a cue verb.
type verb struct{ lemma, does uint32 }

var (
	lexMu    sync.Mutex
	lexicons = map[*lang.Lang]*lexicon{}
)

func lexiconOf(l *lang.Lang) *lexicon {
	lexMu.Lock()
	defer lexMu.Unlock()
	if x := lexicons[l]; x != nil {
		return x
	}
	x := &lexicon{map[string]verb{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	for _, e := range l.List("grammar").Entries {
		for _, c := range strings.Fields(e.Value) {
			switch c {
			case "finite", "modal", "aux", "be":
				x.finite[e.Word] = true
			case "subj", "pron":
				x.pronoun[e.Word] = true
			case "det":
				x.det[e.Word] = true
			case "rel":
				x.relative[e.Word] = true
			}
		}
	}
	for _, e := range l.List("cues").Entries {
		forms := strings.Fields(e.Word)
		for _, w := range forms {
			first, _, _ := strings.Cut(w, "_")
			if _, twice := x.verbs[first]; !twice {
				x.verbs[first] = verb{lemma: hash(forms[0]), does: hash(e.Value)}
			}
			x.finite[first] = true
		}
	}
	lexicons[l] = x
	return x
}

// headOf is the first cue verb among a cue's first words, else its last word.
func (x *lexicon) headOf(d *text.Doc, s Span) (head, does uint32) {
	const look = 6 // a cue's verb comes early: "has repeatedly said in interviews"
	for i := s.First; i < min(s.End, s.First+look); i++ {
		if v, ok := x.verbs[d.Tokens[i].Lower]; ok {
			return v.lemma, v.does
		}
	}
	return hash(d.Tokens[s.End-1].Lower), 0
}
