package quote

import (
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Label labels the tokens of one passage as the published comparison does: O,
// or B- or I- with source, cue or content; content includes its marks. The
// passage is set as a newspaper would, read, and the spans found are laid back
// over the tokens.
func (m Model) Label(tokens []string) []string {
	body, places := text.Detokenise(tokens)
	d := text.New(&record.Article{Text: body, Language: "en"})
	labels := make([]string, len(tokens))
	for i := range labels {
		labels[i] = "O"
	}
	spans, _ := m.spans(d)
	at := 0
	for _, s := range spans {
		first, end := d.Tokens[s.First].Start, d.Tokens[s.End-1].End
		for at < len(places) && places[at].End <= first {
			at++
		}
		before := "B-"
		for ; at < len(places) && places[at].Start < end; at++ {
			labels[at] = before + tag.Type(s.Type).String()
			before = "I-"
		}
	}
	return labels
}
