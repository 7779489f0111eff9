package tagger

import (
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"onrecord/internal/tag"
	"onrecord/internal/train/vectors"
)

// invented makes paragraphs of random tokens with random spans.
func invented(seed uint64, lengths ...int) []Example {
	r := rand.New(rand.NewPCG(seed, 3))
	var out []Example
	for _, n := range lengths {
		e := Example{Tokens: make([]tag.Token, n), Labels: make([]uint8, n), Weight: 1}
		for i := range e.Tokens {
			w := string(rune('a' + r.IntN(4)))
			e.Tokens[i] = tag.Token{Key: w, Form: w, Quote: uint8(r.IntN(4)), Bits: r.Uint32() & 7}
		}
		var spans []tag.Span
		for at := r.IntN(3); at < n; {
			end := min(at+1+r.IntN(4), n)
			spans = append(spans, tag.Span{Type: tag.Type(r.IntN(tag.Types)), First: at, End: end})
			at = end + r.IntN(3)
		}
		tag.Write(e.Labels, spans)
		out = append(out, e)
	}
	return out
}

func smallNet(layers int) *tag.Net {
	r := rand.New(rand.NewPCG(9, 9))
	v := &vectors.Vectors{Words: []string{"<unk>", "a", "b", "c"}, Dim: 3, Vec: uniform(r, 12, 1)}
	return Fresh(v, Options{Hidden: 5, Layers: layers, Seed: 4})
}

// The gradients by hand have to be those that small changes of the weights show.
func TestGradients(t *testing.T) {
	for _, layers := range []int{1, 2} {
		net := smallNet(layers)
		tr := newTrainer(net, Dropout{}, 1)
		examples := invented(5, 7, 4, 1)
		batch := []*Example{&examples[0], &examples[1], &examples[2]}
		loss := func() float64 {
			s := forwardOnly(tr, batch)
			return tr.loss(s, batch) / float64(len(batch))
		}
		loss()
		for _, p := range tr.dense() {
			clear(p.g)
		}
		tr.loss(shapeOf(batch), batch)
		tr.backward(shapeOf(batch))
		blocks := map[string]*param{"out": tr.out, "bias": tr.outB, "transitions": tr.trans, "words": tr.word.param, "suffixes": tr.tables[0].param, "quote": tr.tables[4].param}
		for l, pair := range tr.layers {
			for d, dir := range pair {
				name := string(rune('0'+l)) + string(rune('0'+d))
				blocks["in"+name], blocks["rec"+name], blocks["b"+name] = dir.in, dir.rec, dir.bias
			}
		}
		grads := map[string][]float32{} // asking for the loss adds to them
		for name, p := range blocks {
			grads[name] = slices.Clone(p.g)
		}
		for name, p := range blocks {
			checked := 0
			for i, g := range grads[name] {
				if g == 0 || checked > 20 {
					continue
				}
				checked++
				const h = 1e-2
				was := p.w[i]
				p.w[i] = was + h
				up := loss()
				p.w[i] = was - h
				down := loss()
				p.w[i] = was
				if want := (up - down) / (2 * h); math.Abs(want-float64(g)) > 2e-3+0.02*math.Abs(want) {
					t.Errorf("%d layers, %s[%d]: gradient %.5f, the loss says %.5f", layers, name, i, g, want)
				}
			}
			if checked == 0 {
				t.Errorf("%s: no gradient at all", name)
			}
		}
	}
}

// forwardOnly runs the layers without learning.
func forwardOnly(tr *trainer, batch []*Example) shape {
	s := shapeOf(batch)
	tr.forward(s, batch)
	return s
}

// The trainer and the tagger have to see the same scores.
func TestScoresAreTheTaggers(t *testing.T) {
	net := smallNet(2)
	tr := newTrainer(net, Dropout{}, 1)
	examples := invented(6, 9, 6, 6, 2)
	var batch []*Example
	var paragraphs [][]tag.Token
	for i := range examples {
		batch = append(batch, &examples[i])
		paragraphs = append(paragraphs, examples[i].Tokens)
	}
	s := forwardOnly(tr, batch)
	tr.loss(s, batch)
	for b, scores := range tag.New(net, tag.Bias{}).Scores(paragraphs) {
		for i := range paragraphs[b] {
			for y := range tag.Labels {
				want, got := tr.score[(i*s.rows+b)*tag.Labels+y], scores[i*tag.Labels+y]
				if math.Abs(float64(want-got)) > 1e-5 {
					t.Fatalf("paragraph %d, token %d, label %d: %f in training, %f in reading", b, i, y, want, got)
				}
			}
		}
	}
}

// A network must be able to learn a few examples by heart, and two runs must
// give the same weights.
func TestLearnsAndRepeats(t *testing.T) {
	examples := invented(8, 9, 7, 5, 8)
	o := Options{Hidden: 12, Layers: 1, Rate: 0.02, WordRate: 1, Epochs: 150, Batch: 12, Seed: 3, Log: io.Discard}
	train := func() *tag.Net {
		r := rand.New(rand.NewPCG(9, 9))
		n := Fresh(&vectors.Vectors{Words: []string{"<unk>", "a", "b", "c"}, Dim: 3, Vec: uniform(r, 12, 1)}, o)
		Train(n, examples, o)
		return n
	}
	a, b := train(), train()
	for i, w := range a.Out {
		if w != b.Out[i] {
			t.Fatal("two runs differ")
		}
	}
	tagger := tag.New(a, tag.Bias{0.4, 0.4, 0.4})
	for _, e := range examples {
		got := make([]uint8, len(e.Tokens))
		tag.Write(got, tagger.Tag([][]tag.Token{e.Tokens})[0])
		for i := range got {
			if got[i] != e.Labels[i] {
				t.Errorf("token %d: label %d, learnt %d", i, got[i], e.Labels[i])
			}
		}
	}
}
