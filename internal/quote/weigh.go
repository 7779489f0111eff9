package quote

import (
	"cmp"
	"slices"

	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Bounds on the weighing of one candidate, so that it takes the same time in
// a report of any length: how many words are taken away, one at a time, and
// how many tokens of the paragraph on each side of the candidate's middle are
// read again for each.
const (
	mostWeighed = 60
	weighReach  = 128
)

// wordsShown is how many words a reason names.
const wordsShown = 3

// weigh puts into the reasons of the model's candidates the words that weighed
// most: those without which the probability of the candidate's spans falls
// most, when each in turn is replaced by an unknown word (leaving one out; Li,
// Monroe and Jurafsky 2016, "Understanding neural networks through
// representation erasure"). A rule's candidates keep the words that the rule
// names. The models read each candidate's paragraph again some sixty times.
func (m Model) weigh(d *text.Doc, spans []link.Span, found []Candidate) {
	w := &weigher{d: d, tagger: m.Tagger, input: Input(d)}
	for _, s := range spans {
		w.spans = append(w.spans, tag.Span{Type: tag.Type(s.Type), First: s.First, End: s.End})
	}
	for i := range found {
		if c := &found[i]; c.Reason.Rule == byModel {
			if words := w.heaviest(c); len(words) > 0 {
				c.Reason.Words = words
			}
		}
	}
}

// weigher holds what the candidates of one document are weighed by.
type weigher struct {
	d      *text.Doc
	tagger *tag.Tagger
	input  [][]tag.Token // by paragraph
	spans  []tag.Span    // what the tagger found, in tokens of the document
}

// fall is how much less probable the spans are without a token.
type fall struct {
	token int
	by    float64
}

// heaviest are the words that weighed most for a candidate, in order of place.
func (w *weigher) heaviest(c *Candidate) []record.Span {
	spans := w.of(c)
	var falls []fall
	for len(spans) > 0 {
		p := w.d.Tokens[spans[0].First].Paragraph
		n := 1
		for n < len(spans) && w.d.Tokens[spans[n].First].Paragraph == p {
			n++
		}
		falls = append(falls, w.falls(int(p), spans[:n])...)
		spans = spans[n:]
	}
	slices.SortStableFunc(falls, func(a, b fall) int { return cmp.Compare(b.by, a.by) })
	falls = falls[:min(len(falls), wordsShown)]
	slices.SortFunc(falls, func(a, b fall) int { return cmp.Compare(a.token, b.token) })
	var out []record.Span
	for _, f := range falls {
		if f.by > 0 {
			out = append(out, w.d.SpanOf(f.token, f.token+1))
		}
	}
	return out
}

// of are the tagger's spans that a candidate was made of, in order of place.
func (w *weigher) of(c *Candidate) []tag.Span {
	parts := [tag.Types][]record.Span{tag.Content: c.content()}
	if c.Source != nil {
		parts[tag.Source] = []record.Span{*c.Source}
	}
	if c.Cue != nil {
		parts[tag.Cue] = []record.Span{*c.Cue}
	}
	var out []tag.Span
	for _, s := range w.spans {
		if own := w.d.SpanOf(s.First, s.End); slices.ContainsFunc(parts[s.Type], own.Overlaps) {
			out = append(out, s)
		}
	}
	return out
}

// falls takes the words near the spans of one paragraph away, one at a time.
func (w *weigher) falls(paragraph int, spans []tag.Span) []fall {
	par := w.d.Paragraphs[paragraph]
	middle := spans[0].First
	for _, s := range spans {
		if s.Type == tag.Cue {
			middle = s.First
		}
	}
	first, end := max(par.FirstToken, middle-weighReach), min(par.EndToken, middle+weighReach)
	tokens := w.input[paragraph][first-par.FirstToken : end-par.FirstToken]
	var near []tag.Span
	for _, s := range spans {
		if s.First >= first && s.End <= end {
			near = append(near, tag.Span{Type: s.Type, First: s.First - first, End: s.End - first})
		}
	}
	try := w.tried(spans, middle)
	try = slices.DeleteFunc(try, func(i int) bool { return i < first || i >= end })
	copies := [][]tag.Token{tokens}
	for _, i := range try {
		copies = append(copies, without(tokens, i-first))
	}
	logs := w.tagger.SpanLogs(copies, near)
	out := make([]fall, len(try))
	for k, i := range try {
		out[k] = fall{i, logs[0] - logs[k+1]}
	}
	return out
}

// without is a copy of tokens with an unknown word in the place of token i.
func without(tokens []tag.Token, i int) []tag.Token {
	out := slices.Clone(tokens)
	t := tokens[i]
	out[i] = tag.Token{Quote: t.Quote, Gap: t.Gap, Place: t.Place}
	return out
}

// tried are the words in the sentences of the spans' ends, the nearest to the
// middle first.
func (w *weigher) tried(spans []tag.Span, middle int) []int {
	var out []int
	seen := map[int]bool{}
	for _, s := range spans {
		for _, edge := range []int{s.First, s.End - 1} {
			n := int(w.d.Tokens[edge].Sentence)
			if seen[n] {
				continue
			}
			seen[n] = true
			for i := w.d.Sentences[n].FirstToken; i < w.d.Sentences[n].EndToken; i++ {
				if w.d.Tokens[i].Kind == text.Word {
					out = append(out, i)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmp.Compare(max(a-middle, middle-a), max(b-middle, middle-b))
	})
	return out[:min(len(out), mostWeighed)]
}
