package link

import (
	"cmp"
	"slices"

	"onrecord/internal/text"
)

// layout is a document's spans as the choices see them. Spans are in the order
// of the text and have at least one token each; other numbers in this package
// are places in spans, unless they say otherwise.
type layout struct {
	doc    *text.Doc
	spans  []Span
	given  []int // place -> index in what Link was given
	facts  []facts
	before []gap // before[i] lies between spans i-1 and i; one more than spans
	lone   []Attribution

	// The places of each type, and for each place how many of a type stand
	// before it.
	contents, cues, sources []int
	count                   [][3]int
}

// newLayout looks once at each span and at each token between spans. Content
// spans without tokens can only stand alone; they come back in lone.
func newLayout(d *text.Doc, spans []Span) *layout {
	l := &layout{doc: d}
	for i, s := range spans {
		s.First, s.End = max(s.First, 0), min(s.End, len(d.Tokens))
		switch {
		case s.Type > Content:
		case s.First < s.End:
			l.given = append(l.given, i)
		case s.Type == Content:
			l.lone = append(l.lone, Attribution{Content: []int{i}, Source: -1})
		}
	}
	slices.SortStableFunc(l.given, func(a, b int) int {
		return cmp.Compare(max(spans[a].First, 0), max(spans[b].First, 0))
	})
	var count [3]int
	lex := lexiconOf(d.Lang)
	for place, i := range l.given {
		s := Span{spans[i].Type, max(spans[i].First, 0), min(spans[i].End, len(d.Tokens))}
		l.spans = append(l.spans, s)
		l.facts = append(l.facts, factsOf(d, lex, s))
		l.count = append(l.count, count)
		count[s.Type]++
		switch s.Type {
		case Content:
			l.contents = append(l.contents, place)
		case Cue:
			l.cues = append(l.cues, place)
		case Source:
			l.sources = append(l.sources, place)
		}
		prev := -1
		if place > 0 {
			prev = l.spans[place-1].End
		}
		l.before = append(l.before, gapOf(d, lex, prev, s.First))
	}
	prev := -1
	if n := len(l.spans); n > 0 {
		prev = l.spans[n-1].End
	}
	l.before = append(l.before, gapOf(d, lex, prev, len(d.Tokens)))
	return l
}

// near are the places in list (ascending) within left before and right after
// place at.
func near(list []int, at, left, right int) []int {
	i, found := slices.BinarySearch(list, at)
	from, to := max(i-left, 0), i
	if found {
		to++
	}
	return list[from:min(to+right, len(list))]
}

// gap is what lies between two neighbouring spans.
type gap struct {
	class      uint32 // one of the classes below
	fine       uint32 // the class, and the word where there is one word only
	words      int
	pars, sent int    // paragraphs and sentences further on
	first      uint32 // hash of the first word
	verb       bool   // a word that shows a finite verb
}

// Classes of gap, from nothing to a whole paragraph and more.
const (
	gapNone uint32 = iota
	gapComma
	gapColon
	gapDash
	gapMark
	gapOther // punctuation only
	gapOne   // one word
	gapFew   // two or three words
	gapFewComma
	gapSome // up to eight
	gapSomeComma
	gapMany
	gapSentence
	gapParagraph
	gapParagraphs
	gapEdge // the beginning or the end of the text
)

// gapOf looks at the tokens [from, to); from -1 is the beginning of the text.
// Spans may overlap; then nothing lies between.
func gapOf(d *text.Doc, lex *lexicon, from, to int) gap {
	if from < 0 || to >= len(d.Tokens) {
		return gap{class: gapEdge, fine: mix(gapEdge, 0)}
	}
	if from >= to {
		return gap{class: gapNone, fine: mix(gapNone, 0)}
	}
	a, b := &d.Tokens[from-1], &d.Tokens[to]
	g := gap{pars: int(b.Paragraph - a.Paragraph), sent: int(b.Sentence - a.Sentence)}
	var comma bool
	var word, mark uint32
	for i := from; i < to; i++ {
		t := &d.Tokens[i]
		switch {
		case t.Kind == text.QuoteMark:
			mark = max(mark, gapMark)
		case t.Kind == text.Punct:
			comma = comma || t.Lower == ","
			mark = punctClass(t.Lower, mark)
		default:
			g.words++
			word = hash(t.Lower)
			if g.words == 1 {
				g.first = word
			}
			g.verb = g.verb || lex.finite[t.Lower]
		}
	}
	g.class = g.classOf(comma, mark)
	g.fine = mix(g.class, 0)
	if g.words == 1 {
		g.fine = mix(g.class, word)
	}
	return g
}

// punctClass is the class of a gap that has a sign and before it was of class
// was: a colon tells more than a dash, a dash more than a comma.
func punctClass(sign string, was uint32) uint32 {
	now := gapOther
	switch sign {
	case ":":
		return gapColon
	case "—", "–", "--", "-":
		now = gapDash
	case ",":
		now = gapComma
	}
	if was == gapColon || was == gapDash || (was == gapComma && now == gapOther) {
		return was
	}
	return now
}

func (g *gap) classOf(comma bool, mark uint32) uint32 {
	switch {
	case g.pars > 1:
		return gapParagraphs
	case g.pars > 0:
		return gapParagraph
	case g.sent > 0:
		return gapSentence
	case g.words == 0:
		return mark
	case g.words == 1:
		return gapOne
	case g.words <= 3 && comma:
		return gapFewComma
	case g.words <= 3:
		return gapFew
	case g.words <= 8 && comma:
		return gapSomeComma
	case g.words <= 8:
		return gapSome
	}
	return gapMany
}
