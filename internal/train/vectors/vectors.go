// Package vectors trains word vectors on the news of the reference data: for
// each word, dim numbers such that words used alike lie close together. The
// sequence tagger starts from them, since the labelled reports are too few to
// teach it the words.
//
// The method is the structured skip-gram of Ling, Dyer, Black and Trancoso
// ("Two/Too Simple Adaptations of Word2Vec for Syntax Problems", NAACL 2015),
// with the negative sampling of Mikolov et al. (2013): a word predicts each of
// its neighbours with weights of their own for each place, so that the order
// of words, which tells a source from what it said, shapes the vectors.
package vectors

import (
	"fmt"
	"io"
	"path/filepath"
	"time"
)

// Options say what to train on and how. Zero values stand for the defaults.
type Options struct {
	Shared string    // folder of the reference data
	Dim    int       // numbers for each word; 100
	Passes int       // times over the corpus; 3
	Seed   uint64    // of every draw; the same seed and data give the same bytes
	Log    io.Writer // progress, one line at a time; nil for silence
}

// Vectors hold one row of Dim numbers for each word: row i is
// Vec[i*Dim : (i+1)*Dim]. Row 0 is words.Unknown, the others follow by falling
// frequency.
type Vectors struct {
	Words  []string
	Vec    []float32 // len(Words) × Dim
	Dim    int
	Tokens int // of the corpus they were trained on
}

const (
	defaultDim    = 100
	defaultPasses = 3
)

// parts of the corpus, in the order in which they are read. The development
// part of PolNeAR is left out: the tagger is judged by it.
var parts = []string{"data/bulk/articles.jsonl.gz", "data/requote/articles.jsonl.gz", labelled}

// labelled is the part whose words the tagger will certainly meet.
const labelled = "data/polnear/train.jsonl.gz"

// Train reads the corpus and trains the vectors, on one core. On one kind of
// processor the same options and data give the same bytes. It fails where a
// part of the corpus is missing or malformed, or holds no word often enough.
func Train(o Options) (*Vectors, error) {
	if o.Dim == 0 {
		o.Dim = defaultDim
	}
	if o.Passes == 0 {
		o.Passes = defaultPasses
	}
	if o.Dim < 0 || o.Passes < 0 {
		return nil, fmt.Errorf("train vectors: %d numbers a word, %d passes", o.Dim, o.Passes)
	}
	if o.Log == nil {
		o.Log = io.Discard
	}
	began := time.Now()
	g := newGatherer()
	for _, p := range parts {
		if err := g.file(filepath.Join(o.Shared, filepath.FromSlash(p)), p == labelled); err != nil {
			return nil, fmt.Errorf("train vectors: %w", err)
		}
	}
	c := g.corpus()
	if len(c.words) == 0 {
		return nil, fmt.Errorf("train vectors: no word stands %d times in the corpus", minCount)
	}
	fmt.Fprintf(o.Log, "%d articles, %d tokens, %d words cover %.2f %% of them, %.0f s\n",
		g.articles, c.tokens, len(c.words), 100*c.covered(), time.Since(began).Seconds())
	m := newModel(c, o)
	for pass := range o.Passes {
		m.pass(pass)
		fmt.Fprintf(o.Log, "pass %d of %d, %.0f s\n", pass+1, o.Passes, time.Since(began).Seconds())
	}
	return m.vectors(), nil
}
