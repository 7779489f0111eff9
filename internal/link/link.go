// Package link ties the source, cue and content spans of a document into
// attributions: who says what, with which words.
//
// It makes two chains of choices. First each content span, in the order of the
// text, chooses a cue near it, the attribution of the content before it (when
// that has no cue), or nothing; contents that choose one cue are one
// discontinuous content (“…,” he said. “…”). Then each attribution chooses a
// source near its cue, the source of the attribution before it, or none. Each
// choice is a maximum entropy model over the few candidates, with what the
// choices before it took as features (a maximum entropy Markov model; McCallum,
// Freitag and Pereira 2000), and each chain is decoded from left to right
// (beamWidth in choose.go).
package link

import (
	"cmp"
	"slices"

	"onrecord/internal/text"
)

// Type is what a span is.
type Type byte

// The types of span.
const (
	Source  Type = iota // the words in the speaker's place
	Cue                 // the words that say that something is said
	Content             // what is said
)

// Span is the tokens [First, End) of a Doc.
type Span struct {
	Type       Type
	First, End int
}

// Attribution is what belongs together, as indices into the spans that Link
// was given. Content is never empty and ascends.
type Attribution struct {
	Content []int
	Cue     []int   // at most one span: the training data know no cue in pieces
	Source  int     // -1: none
	Score   float32 // probability that the links are right, 0 to 1
}

// Link ties spans, which stand in the order of First, into attributions in the
// order of their first content. Every content span belongs to exactly one; a
// cue to at most one; a source may be shared. Cues and sources that nothing
// chooses are left out. Time is linear in tokens and spans.
func Link(d *text.Doc, spans []Span) []Attribution {
	return embedded().Link(d, spans)
}

// Link is the package's Link with other weights.
func (m *Model) Link(d *text.Doc, spans []Span) []Attribution {
	l := newLayout(d, spans)
	cues := m.decode(cueChoices{l})
	groups := l.grouped(cues)
	sources := m.decode(sourceChoices{l, groups})
	out := make([]Attribution, 0, len(groups))
	for i, g := range groups {
		a := Attribution{Source: -1, Score: g.score * sources[i].prob}
		for _, c := range g.contents {
			a.Content = append(a.Content, l.given[c])
		}
		slices.Sort(a.Content) // they ascend already where the spans do
		if g.cue >= 0 {
			a.Cue = []int{l.given[g.cue]}
		}
		if s := sources[i].cand; s >= 0 {
			a.Source = l.given[s]
		}
		out = append(out, a)
	}
	out = append(out, l.lone...)
	slices.SortStableFunc(out, func(a, b Attribution) int { return cmp.Compare(a.Content[0], b.Content[0]) })
	return out
}

// group is an attribution whose source is not chosen yet; numbers are those of
// the layout.
type group struct {
	contents []int
	cue      int // -1: none
	score    float32
}

// grouped joins the contents that chose one cue, or the content before.
func (l *layout) grouped(chosen []choice) []group {
	var out []group
	byCue := map[int]int{}
	for i, c := range chosen {
		at := len(out)
		if c.cand == joined && i > 0 {
			at = len(out) - 1
		} else if g, taken := byCue[c.cand]; taken && c.cand >= 0 {
			at = g
		}
		if at == len(out) {
			out = append(out, group{cue: max(c.cand, -1), score: 1})
			byCue[c.cand] = at
		}
		out[at].contents = append(out[at].contents, l.contents[i])
		out[at].score *= c.prob
	}
	return out
}
