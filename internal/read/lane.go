package read

import (
	"onrecord/internal/quote"
	"onrecord/internal/tag"
)

// Lane says how much of a report the models read.
type Lane int

// The lanes.
const (
	Full  Lane = iota // all of it
	Fast              // sentences that hold a quotation mark or a cue of speech, by the small network
	Rules             // nothing: rules alone, for comparison
)

// model is the lane's models. Rules has none, and gets those of Full.
func (l Lane) model() quote.Model {
	if l == Fast {
		return quote.Model{Tagger: tag.EmbeddedFast(), Fast: true}
	}
	return quote.Model{Tagger: tag.Embedded()}
}

// finder finds what a document quotes.
func (l Lane) finder() quote.Finder {
	if l == Rules {
		return quote.Rules{}
	}
	return l.model()
}

// Labeller labels the tokens of a passage by the lane's sequence model; nil
// where the lane has none.
func (l Lane) Labeller() func(tokens []string) []string {
	if l == Rules {
		return nil
	}
	return l.model().Label
}
