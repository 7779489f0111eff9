package quote

import (
	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Model is the Finder that works by the trained models, with the rules beside
// them: the tagger finds the spans of sources, cues and contents, the linker
// ties them, and the rules keep what they are surer of (MODEL_CARD.md has the
// ablation).
type Model struct {
	Tagger *tag.Tagger
	Fast   bool // only sentences that hold a quotation mark or a cue of speech
	Raw    bool // scores as the models give them, for learning the calibration
	Why    bool // reasons name the words that weighed most, which takes longer
}

// Find implements Finder.
func (m Model) Find(d *text.Doc) ([]Candidate, []record.Passed) {
	f := newFinder(d)
	f.rules()
	spans, scores := m.spans(d)
	j := &joiner{finder: f, spans: spans, scores: scores, gone: map[int]int{}}
	j.owners()
	for _, a := range link.Link(d, spans) {
		j.attribution(a)
	}
	j.drop()
	f.finish()
	if m.Why {
		m.weigh(d, spans, f.found)
	}
	if !m.Raw {
		calibrate(f.found)
	}
	return f.found, f.passed
}

// spans are what the tagger finds, as spans of the document, and the
// probability of each.
func (m Model) spans(d *text.Doc) ([]link.Span, []float32) {
	var spans []link.Span
	var scores []float32
	pieces, first := m.pieces(d, Input(d))
	for p, found := range m.Tagger.Tag(pieces) {
		for _, s := range found {
			spans = append(spans, link.Span{Type: link.Type(s.Type), First: first[p] + s.First, End: first[p] + s.End})
			scores = append(scores, s.Score)
		}
	}
	return spans, scores
}
