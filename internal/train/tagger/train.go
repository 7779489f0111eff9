// Package tagger trains the network of package tag: forward and backward
// passes by hand, Adam, dropout. The same examples in the same order with the
// same seed give the same network.
package tagger

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"onrecord/internal/tag"
	"onrecord/internal/train/vectors"
)

// Options are the settings of one training run.
type Options struct {
	Hidden, Layers int
	Drop           Dropout
	Rate           float32 // the largest learning rate; it falls to nothing linearly
	WordRate       float32 // times Rate, for the word vectors
	Epochs         int
	Batch          int // tokens a batch, about
	Seed           uint64
	Log            io.Writer
	Check          func(*tag.Net) string // called after an epoch; its answer is logged
}

// Fresh makes an untrained network over given word vectors.
func Fresh(v *vectors.Vectors, o Options) *tag.Net {
	r := rand.New(rand.NewPCG(o.Seed, 1))
	n := &tag.Net{Sizes: tag.Sizes{Words: len(v.Words), Dim: v.Dim, Hidden: o.Hidden},
		Vocabulary: make(map[string]int32, len(v.Words)), Word: slices.Clone(v.Vec)}
	for i, w := range v.Words {
		n.Vocabulary[w] = int32(i)
	}
	level(n.Word)
	rows, cols := tag.TableSizes()
	for i := range rows {
		n.Tables = append(n.Tables, uniform(r, rows[i]*cols[i], 0.3))
	}
	for l := range o.Layers {
		var pair [2]tag.Direction
		for d := range pair {
			in, h := n.LayerInput(l), o.Hidden
			pair[d] = tag.Direction{In: uniform(r, in*4*h, xavier(in, h)), Rec: uniform(r, h*4*h, xavier(h, h)), Bias: make([]float32, 4*h)}
			for i := h; i < 2*h; i++ {
				pair[d].Bias[i] = 1 // remember, to begin with (Gers et al. 2000)
			}
		}
		n.Layers = append(n.Layers, pair)
	}
	n.Out, n.OutBias = uniform(r, 2*o.Hidden*tag.Labels, xavier(2*o.Hidden, tag.Labels)), make([]float32, tag.Labels)
	n.CRF.Trans = uniform(r, tag.Labels*tag.Labels, 0.1)
	return n
}

// level scales word vectors so that their numbers have a mean square of 0.09,
// as those of the other tables.
func level(w []float32) {
	sum := 0.0
	for _, x := range w {
		sum += float64(x) * float64(x)
	}
	scale := float32(0.3 / math.Sqrt(sum/float64(len(w))+1e-12))
	for i := range w {
		w[i] *= scale
	}
}

func xavier(in, out int) float32 { return float32(math.Sqrt(6 / float64(in+out))) }

func uniform(r *rand.Rand, n int, limit float32) []float32 {
	w := make([]float32, n)
	for i := range w {
		w[i] = (2*r.Float32() - 1) * limit
	}
	return w
}

// Train teaches a network the examples.
func Train(n *tag.Net, examples []Example, o Options) {
	t := newTrainer(n, o.Drop, o.Seed)
	t.word.rate = o.WordRate
	list := make([]*Example, 0, len(examples))
	for i := range examples {
		if len(examples[i].Tokens) <= longest {
			list = append(list, &examples[i])
		}
	}
	steps := o.Epochs * len(batches(list, o.Batch, t.random))
	start := time.Now()
	for epoch := range o.Epochs {
		loss := 0.0
		for _, b := range batches(list, o.Batch, t.random) {
			loss += t.learn(b, o.Rate*schedule(t.step, steps))
		}
		fmt.Fprintf(o.Log, "epoch %d: loss %.4f a paragraph, %s", epoch+1, loss/float64(len(list)), time.Since(start).Round(time.Second))
		if o.Check != nil {
			fmt.Fprintf(o.Log, "; %s", o.Check(n))
		}
		fmt.Fprintln(o.Log)
	}
}

// longest is the longest paragraph learnt from, in tokens; a few hundred
// paragraphs of lists and transcripts are longer.
const longest = 400

// schedule is the share of the learning rate: up over the first two per cent
// of the steps, then down to nothing.
func schedule(step, steps int) float32 {
	x := float64(step) / float64(max(steps, 1))
	return float32(min(x/0.02+0.01, 1) * max(1-x, 0))
}

// batches puts examples of about the same length together, in random order.
// Each batch holds its longest paragraph first.
func batches(list []*Example, tokens int, r *rand.Rand) [][]*Example {
	type key struct {
		e   *Example
		len float64
	}
	keys := make([]key, len(list))
	for i, e := range list {
		// Some noise, so that the same paragraphs do not meet every time.
		keys[i] = key{e, float64(len(e.Tokens)) * (0.85 + 0.3*r.Float64())}
	}
	slices.SortStableFunc(keys, func(a, b key) int {
		switch {
		case a.len < b.len:
			return -1
		case a.len > b.len:
			return 1
		}
		return 0
	})
	var out [][]*Example
	var batch []*Example
	n := 0
	for _, k := range keys {
		batch = append(batch, k.e)
		if n += len(k.e.Tokens); n >= tokens {
			out, batch, n = append(out, batch), nil, 0
		}
	}
	if len(batch) > 0 {
		out = append(out, batch)
	}
	for _, b := range out {
		slices.SortStableFunc(b, func(x, y *Example) int { return len(y.Tokens) - len(x.Tokens) })
	}
	r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}
