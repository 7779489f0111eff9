// Package tag is the sequence model: it labels the tokens of a paragraph as
// source, cue and content of attributions. It knows nothing of documents;
// package quote makes its input and reads its spans.
//
// The network is a bidirectional LSTM over word vectors and small learned
// tables, with a conditional random field on top (Huang, Xu and Yu 2015,
// "Bidirectional LSTM-CRF models for sequence tagging"). MODEL_CARD.md says
// how it was trained and what else was tried.
package tag

// Type is what a span is.
type Type byte

// The types, in the order of their labels.
const (
	Source Type = iota
	Cue
	Content
	Types int = iota
)

var typeNames = [Types]string{"source", "cue", "content"}

func (t Type) String() string { return typeNames[t] }

// A token's label is 0 outside any span, or 1 + 4·type + place: whether the
// token begins a span, lies inside, ends it, or is all of it. Four places
// beat the usual two by about one point of F1 (../shared/reading.md).
const (
	begins = iota
	inside
	ends
	whole
	places
)

// Labels is the number of labels.
const Labels = 1 + places*Types

func label(t Type, place int) int { return 1 + places*int(t) + place }

// Span is a labelled stretch of tokens, half open.
type Span struct {
	Type       Type
	First, End int
	Score      float32 // the probability of exactly this span
}

// Write writes the labels of spans that do not overlap into labels, one a token.
func Write(labels []uint8, spans []Span) {
	clear(labels)
	for _, s := range spans {
		if s.End == s.First+1 {
			labels[s.First] = uint8(label(s.Type, whole))
			continue
		}
		for i := s.First; i < s.End; i++ {
			labels[i] = uint8(label(s.Type, inside))
		}
		labels[s.First] = uint8(label(s.Type, begins))
		labels[s.End-1] = uint8(label(s.Type, ends))
	}
}

// follows tells whether label b may stand right after label a; before the
// first token and after the last one stands label 0.
func follows(a, b int) bool {
	open := func(l int) bool { return l > 0 && ((l-1)%places == begins || (l-1)%places == inside) }
	goesOn := func(l int) bool { return l > 0 && ((l-1)%places == inside || (l-1)%places == ends) }
	if open(a) {
		return goesOn(b) && (a-1)/places == (b-1)/places
	}
	return !goesOn(b)
}
