package tag

import (
	"slices"
	"sync"
)

// Tagger labels paragraphs. It may be used by several goroutines at once.
type Tagger struct {
	net    *Net
	packed *packed
	bias   Bias
	free   sync.Pool // of *work
}

// New makes a Tagger of a trained network.
func New(n *Net, bias Bias) *Tagger { return &Tagger{net: n, packed: n.pack(), bias: bias} }

// A paragraph longer than window tokens is read in windows that overlap by
// margin on each side, so that the network takes no more memory for a sentence
// of 50,000 words than for many short ones. Labels are still chosen over the
// whole of it, which takes some 360 bytes a token.
const (
	window = 512
	margin = 64
)

// Bounds on what the network reads at once: they set the memory it takes, and
// change no answer.
const (
	batchRows   = 32
	batchTokens = 4096
)

// Tag returns the spans of each paragraph, in order of place. The answer for
// one does not depend on those beside it.
func (t *Tagger) Tag(paragraphs [][]Token) [][]Span {
	out := make([][]Span, len(paragraphs))
	var l Lattice
	for p, scores := range t.Scores(paragraphs) {
		if len(scores) > 0 {
			l.Run(&t.net.CRF, scores)
			out[p] = l.Decode(t.bias)
		}
	}
	return out
}

// piece is a stretch of a paragraph that the network reads at once; keep is
// the part of its scores that counts.
type piece struct {
	paragraph, first, end int
	keepFirst, keepEnd    int
}

// Scores returns the network's scores for each paragraph (tokens × Labels).
func (t *Tagger) Scores(paragraphs [][]Token) [][]float32 {
	out := make([][]float32, len(paragraphs))
	var pieces []piece
	for p, tokens := range paragraphs {
		if len(tokens) == 0 {
			continue
		}
		out[p] = make([]float32, len(tokens)*Labels)
		pieces = cut(pieces, p, len(tokens))
	}
	slices.SortStableFunc(pieces, func(a, b piece) int { return (b.end - b.first) - (a.end - a.first) })
	w, _ := t.free.Get().(*work)
	if w == nil {
		w = new(work)
	}
	defer t.free.Put(w)
	var batch [][]Token
	for len(pieces) > 0 {
		longest := pieces[0].end - pieces[0].first
		n := min(len(pieces), batchRows, max(batchTokens/longest, 1))
		batch = batch[:0]
		for _, c := range pieces[:n] {
			batch = append(batch, paragraphs[c.paragraph][c.first:c.end])
		}
		t.net.scores(t.packed, w, batch, func(i, token int, scores []float32) {
			if c := &pieces[i]; token >= c.keepFirst-c.first && token < c.keepEnd-c.first {
				copy(out[c.paragraph][(c.first+token)*Labels:], scores)
			}
		})
		pieces = pieces[n:]
	}
	return out
}

// cut adds the pieces of a paragraph of n tokens.
func cut(pieces []piece, paragraph, n int) []piece {
	if n <= window {
		return append(pieces, piece{paragraph, 0, n, 0, n})
	}
	const step = window - 2*margin
	for at := 0; at < n; at += step {
		end := min(at+step, n)
		pieces = append(pieces, piece{paragraph, max(at-margin, 0), min(end+margin, n), at, end})
	}
	return pieces
}
