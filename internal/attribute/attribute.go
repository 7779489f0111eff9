// Package attribute makes Quotations of what package quote found: who speaks
// (the words in the speaker's place resolved to a chain of mentions), to
// whom, in which venue, when, how hedged, about whom, and whom the report
// credits. One file answers one question.
package attribute

import (
	"strconv"

	"onrecord/internal/mention"
	"onrecord/internal/quote"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Resolve attributes the candidates of a document. Candidates and the
// quotations returned are in order of place; ids count from 1.
func Resolve(d *text.Doc, chains []record.Chain, found []quote.Candidate) []record.Quotation {
	qs := make([]record.Quotation, len(found))
	for i, c := range found {
		qs[i] = record.Quotation{
			ID: d.Article.ID + ":" + strconv.Itoa(i+1), Kind: c.Kind, Act: c.Act, Topic: c.Topic, Where: c.Where,
			Parts: c.Parts, Content: c.Content, Cue: c.Cue, Reason: c.Reason,
		}
	}
	r := resolver{d: d, chains: chains, index: mention.NewIndex(d, chains)}
	r.speakers(found, qs)
	r.addressees(found, qs)
	around := frameOf(d, chains, qs)
	venues(around)
	saidDates(around)
	hedges(around)
	abouts(around)
	credits(around)
	return qs
}

// resolver holds what the questions about persons share.
type resolver struct {
	d      *text.Doc
	chains []record.Chain
	index  *mention.Index
	folded []string // words of each quotation, for comparing; made when first needed
}
