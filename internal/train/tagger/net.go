package tagger

import (
	"math"
	"math/rand/v2"

	"onrecord/internal/matrix"
	"onrecord/internal/tag"
)

// Example is one paragraph to learn from.
type Example struct {
	Tokens []tag.Token
	Labels []uint8   // the right labels, where they are known
	Soft   []float32 // else a teacher's probabilities, tokens × tag.Labels
	Weight float32
}

// Dropout says which share of what is left out at random in training.
type Dropout struct{ Word, Input, Between, Output, Recurrent float32 }

// trainer is a network under training.
type trainer struct {
	net    *tag.Net
	drop   Dropout
	random *rand.Rand
	word   *sparse
	tables []*sparse
	layers [][2]*direction
	out    *param
	outB   *param
	trans  *param
	step   int

	lattice tag.Lattice
	xs      [][]float32 // the input of each layer, after dropout; then the last output
	masks   [][]float32 // the masks of xs, rows × width
	dx      [][]float32
	rowOf   []int32 // the word row of each token of the batch
	values  [][]int // the rows of the feature tables
	score   []float32
	dscore  []float32
	outP    matrix.Packed
	outT    matrix.Packed
	dsP     matrix.Packed
	yT      []float32
	pairs   []float64
}

func newTrainer(net *tag.Net, drop Dropout, seed uint64) *trainer {
	t := &trainer{net: net, drop: drop, random: rand.New(rand.NewPCG(seed, 7)),
		word: newSparse(net.Word, net.Dim), out: newParam(net.Out), outB: newParam(net.OutBias), trans: newParam(net.CRF.Trans),
		pairs: make([]float64, tag.Labels*tag.Labels)}
	_, cols := tag.TableSizes()
	for i, w := range net.Tables {
		t.tables = append(t.tables, newSparse(w, cols[i]))
	}
	for l := range net.Layers {
		var pair [2]*direction
		for d := range pair {
			pair[d] = newDirection(&net.Layers[l][d], net.LayerInput(l), net.Hidden, d == 1)
		}
		t.layers = append(t.layers, pair)
	}
	t.xs, t.masks, t.dx = make([][]float32, len(t.layers)+1), make([][]float32, len(t.layers)+1), make([][]float32, len(t.layers)+1)
	return t
}

// mask draws a dropout mask of n values: 0, or 1/(1−p).
func (t *trainer) mask(s []float32, n int, p float32) []float32 {
	s = sized(s, n)
	keep := 1 / (1 - p)
	for i := range s {
		s[i] = keep
		if t.random.Float32() < p {
			s[i] = 0
		}
	}
	return s
}

// learn takes one step on a batch, longest paragraph first, at the given
// rate, and returns the loss (nats, of the whole batch).
func (t *trainer) learn(batch []*Example, rate float32) float64 {
	s := shapeOf(batch)
	t.forward(s, batch)
	loss := t.loss(s, batch)
	t.backward(s)
	t.update(rate)
	return loss
}

// forward runs all layers; the last output is left in xs.
func (t *trainer) forward(s shape, batch []*Example) {
	t.embed(s, batch)
	for l, pair := range t.layers {
		y := zeroed(t.xs[l+1], s.rows*s.steps*2*t.net.Hidden)
		for d, dir := range pair {
			dir.mask = t.mask(dir.mask, s.rows*t.net.Hidden, t.drop.Recurrent)
			dir.forward(s, t.xs[l], y[d*t.net.Hidden:])
		}
		p := t.drop.Between
		if l == len(t.layers)-1 {
			p = t.drop.Output
		}
		t.xs[l+1] = y
		t.masks[l+1] = t.mask(t.masks[l+1], s.rows*2*t.net.Hidden, p)
		// The recurrence has read y; what goes on is masked in place, and the
		// cells keep what they need apart.
		apply(s, y, t.masks[l+1], 2*t.net.Hidden)
	}
}

func shapeOf(batch []*Example) shape {
	s := shape{rows: len(batch), steps: len(batch[0].Tokens)}
	s.active = make([]int, s.steps)
	for i := range s.active {
		for s.active[i] < s.rows && len(batch[s.active[i]].Tokens) > i {
			s.active[i]++
		}
	}
	return s
}

// apply multiplies each row by its paragraph's mask.
func apply(s shape, x, mask []float32, width int) {
	for t := range s.steps {
		for b := range s.active[t] {
			row := x[(t*s.rows+b)*width:][:width]
			for i, m := range mask[b*width:][:width] {
				row[i] *= m
			}
		}
	}
}

// embed fills the input of the first layer.
func (t *trainer) embed(s shape, batch []*Example) {
	width := t.net.Input()
	t.xs[0] = zeroed(t.xs[0], s.rows*s.steps*width)
	t.masks[0] = t.mask(t.masks[0], s.rows*width, t.drop.Input)
	n := s.rows * s.steps
	if cap(t.rowOf) < n {
		t.rowOf, t.values = make([]int32, n), make([][]int, n)
	}
	t.rowOf, t.values = t.rowOf[:n], t.values[:n]
	for b, e := range batch {
		for i := range e.Tokens {
			at := i*s.rows + b
			tok := e.Tokens[i]
			if t.random.Float32() < t.drop.Word {
				tok.Key = "" // without its ends too: context alone has to do
			}
			t.net.Embed(t.xs[0][at*width:][:width], &tok)
			t.rowOf[at] = t.net.Row(&tok)
			t.values[at] = tok.Values()
		}
	}
	apply(s, t.xs[0], t.masks[0], width)
}

// loss fills dscore with the gradient of the scores. For a paragraph with
// known labels it is that of the negative log-likelihood; for a teacher's
// probabilities that of the likelihood expected under them, in which the
// scores of one label after another are left alone; the loss told is then the
// cross-entropy token by token.
func (t *trainer) loss(s shape, batch []*Example) float64 {
	const L = tag.Labels
	n, wide := s.rows*s.steps, 2*t.net.Hidden
	t.score, t.dscore = sized(t.score, n*L), zeroed(t.dscore, n*L)
	for i := range n {
		copy(t.score[i*L:], t.outB.w)
	}
	t.outP.Pack(t.out.w, wide, L, false)
	matrix.MulAdd(t.score, L, t.xs[len(t.layers)], wide, n, &t.outP)
	clear(t.pairs)
	total := 0.0
	var one []float32
	for b, e := range batch {
		one = one[:0]
		for i := range e.Tokens {
			one = append(one, t.score[(i*s.rows+b)*L:][:L]...)
		}
		t.lattice.Run(&t.net.CRF, one)
		total += float64(e.Weight) * t.gradient(s, b, e)
	}
	for i, p := range t.pairs {
		t.trans.g[i] += float32(p)
	}
	return total
}

// gradient adds one paragraph's part to dscore and pairs, and returns its loss.
func (t *trainer) gradient(s shape, b int, e *Example) float64 {
	const L = tag.Labels
	loss := 0.0
	before := 0
	weight := e.Weight / float32(s.rows)
	for i := range e.Tokens {
		d := t.dscore[(i*s.rows+b)*L:][:L]
		for y := range L {
			p := t.lattice.Marginal(i, y)
			want := 0.0
			if e.Labels != nil {
				if int(e.Labels[i]) == y {
					want = 1
				}
			} else {
				want = float64(e.Soft[i*L+y])
			}
			if e.Labels == nil && want > 0 {
				loss -= want * math.Log(max(p, 1e-12))
			}
			d[y] = weight * float32(p-want)
		}
		if e.Labels != nil {
			y := int(e.Labels[i])
			t.pairs[before*L+y] -= float64(weight)
			before = y
		}
	}
	if e.Labels != nil {
		t.lattice.AddPairs(t.pairs, float64(weight))
		loss = -t.lattice.LogLikelihood(e.Labels)
	}
	return loss
}

// backward runs the gradient of the scores back to every weight.
func (t *trainer) backward(s shape) {
	const L = tag.Labels
	n, wide := s.rows*s.steps, 2*t.net.Hidden
	last := len(t.layers)
	t.dx[last] = zeroed(t.dx[last], n*wide)
	t.outT.Pack(t.out.w, L, wide, true)
	matrix.MulAdd(t.dx[last], wide, t.dscore, L, n, &t.outT)
	t.yT = sized(t.yT, n*wide)
	matrix.Transpose(t.yT, t.xs[last], n, wide, wide)
	t.dsP.Pack(t.dscore, n, L, false)
	matrix.MulAdd(t.out.g, L, t.yT, n, wide, &t.dsP)
	for i := range n {
		for j, v := range t.dscore[i*L:][:L] {
			t.outB.g[j] += v
		}
	}
	for l := last - 1; l >= 0; l-- {
		apply(s, t.dx[l+1], t.masks[l+1], wide)
		width := t.net.LayerInput(l)
		t.dx[l] = zeroed(t.dx[l], n*width)
		for d, dir := range t.layers[l] {
			dir.backward(s, t.xs[l], t.dx[l+1][d*t.net.Hidden:], t.dx[l])
		}
	}
	t.scatter(s)
}

// scatter hands the input's gradient to the tables it was looked up in.
func (t *trainer) scatter(s shape) {
	width := t.net.Input()
	apply(s, t.dx[0], t.masks[0], width)
	for i := range s.steps {
		for b := range s.active[i] {
			at := i*s.rows + b
			d := t.dx[0][at*width:][:width]
			t.word.add(t.rowOf[at], d[:t.net.Dim])
			from := t.net.Dim
			for f, v := range t.values[at] {
				dim := t.tables[f].dim
				t.tables[f].add(int32(v), d[from:from+dim])
				from += dim
			}
		}
	}
}

// clip is the largest norm of a gradient (Pascanu, Mikolov and Bengio 2013).
const clip = 5.0

func (t *trainer) dense() []*param {
	list := []*param{t.out, t.outB, t.trans}
	for _, pair := range t.layers {
		for _, d := range pair {
			list = append(list, d.params()...)
		}
	}
	return list
}

// update moves all weights by Adam.
func (t *trainer) update(rate float32) {
	t.step++
	sum := t.word.square()
	for _, s := range t.tables {
		sum += s.square()
	}
	dense := t.dense()
	for _, p := range dense {
		sum += square(p.g)
	}
	by := stride{rate: rate, scale: 1, step: t.step}
	if norm := math.Sqrt(sum); norm > clip {
		by.scale = float32(clip / norm)
	}
	for _, p := range dense {
		p.update(0, len(p.w), by)
	}
	t.word.update(by)
	for _, s := range t.tables {
		s.update(by)
	}
}
