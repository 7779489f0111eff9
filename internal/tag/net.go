package tag

import (
	"onrecord/internal/matrix"
)

// Sizes are the sizes of a network.
type Sizes struct {
	Words  int // rows of the word table; row 0 stands for every unknown word
	Dim    int // of a word vector
	Hidden int // of each direction of each layer
}

// Input is the length of the vector of one token.
func (s Sizes) Input() int {
	n := s.Dim + Bits
	for _, t := range tables {
		n += t.dim
	}
	return n
}

// LayerInput is the length of the input of layer l.
func (s Sizes) LayerInput(l int) int {
	if l == 0 {
		return s.Input()
	}
	return 2 * s.Hidden
}

// Gates of an LSTM cell, in the order of the columns of its matrices.
const (
	gateIn = iota
	gateForget
	gateOut
	gateCell
	gates
)

// Direction is one direction of one LSTM layer.
type Direction struct {
	In   []float32 // input × (gates·hidden)
	Rec  []float32 // hidden × (gates·hidden)
	Bias []float32 // gates·hidden
}

// Net is a network: its weights, as they are trained.
type Net struct {
	Sizes
	Vocabulary map[string]int32
	Word       []float32   // Words × Dim
	Tables     [][]float32 // of each of tables: size × dim
	Layers     [][2]Direction
	Out        []float32 // (2·Hidden) × Labels
	OutBias    []float32 // Labels
	CRF        CRF
}

// TableSizes are the number of rows and columns of each feature's table.
func TableSizes() (rows, cols []int) {
	for _, t := range tables {
		rows, cols = append(rows, t.size), append(cols, t.dim)
	}
	return rows, cols
}

// Row is the row of the word table that a token has.
func (n *Net) Row(t *Token) int32 { return n.Vocabulary[t.Key] }

// Values are the rows of the feature tables that a token has.
func (t *Token) Values() []int { v := t.values(); return v[:] }

// Embed writes the input of the network for one token to x, which has the
// length Sizes.Input.
func (n *Net) Embed(x []float32, t *Token) {
	row := int(n.Row(t))
	at := copy(x, n.Word[row*n.Dim:(row+1)*n.Dim])
	for f, v := range t.values() {
		d := tables[f].dim
		at += copy(x[at:], n.Tables[f][v*d:(v+1)*d])
	}
	for b := range Bits {
		x[at+b] = float32(t.Bits >> b & 1)
	}
}

// packed is the network laid out for multiplication.
type packed struct {
	layers [][2]struct{ in, rec matrix.Packed }
	out    matrix.Packed
	first  *projection // of the first layer's input, where it is worth its memory
}

func (n *Net) pack() *packed {
	p := &packed{layers: make([][2]struct{ in, rec matrix.Packed }, len(n.Layers))}
	width := gates * n.Hidden
	for l := range n.Layers {
		for d := range n.Layers[l] {
			p.layers[l][d].in.Pack(n.Layers[l][d].In, n.LayerInput(l), width, false)
			p.layers[l][d].rec.Pack(n.Layers[l][d].Rec, n.Hidden, width, false)
		}
	}
	p.out.Pack(n.Out, 2*n.Hidden, Labels, false)
	p.first = n.project()
	return p
}

// work is the memory of one run, used again by the next.
type work struct {
	x, y, z, h, c, out []float32
	first              []float32 // see projection
}

// batch is the shape of paragraphs that are read at once, longest first: step
// by step, each step holding those that have a token there, and nothing for
// those that have ended.
type batch struct {
	active []int // paragraphs at each step
	row    []int // the first row of each step; one more than steps
}

func shapeOf(paragraphs [][]Token) batch {
	steps := len(paragraphs[0])
	s := batch{active: make([]int, steps), row: make([]int, steps+1)}
	k := len(paragraphs)
	for t := range steps {
		for len(paragraphs[k-1]) <= t {
			k--
		}
		s.active[t], s.row[t+1] = k, s.row[t]+k
	}
	return s
}

func (s batch) rows() int { return s.row[len(s.active)] }

// scores runs the network over a batch of paragraphs, longest first, and
// calls emit with the scores of each token. Each row of each product is summed
// in the same order whatever stands beside it, so that a paragraph's scores do
// not depend on the batch.
func (n *Net) scores(p *packed, w *work, paragraphs [][]Token, emit func(paragraph, token int, scores []float32)) {
	s := shapeOf(paragraphs)
	in := n.Sizes.Input()
	w.x = sized(w.x, s.rows()*max(in, 2*n.Hidden))
	if p.first != nil {
		p.first.fill(w, s, paragraphs)
	} else {
		for b, tokens := range paragraphs {
			for t := range tokens {
				n.Embed(w.x[(s.row[t]+b)*in:][:in], &tokens[t])
			}
		}
	}
	for l := range n.Layers {
		w.y = sized(w.y, s.rows()*max(in, 2*n.Hidden))
		for d := range 2 {
			n.direction(w, &p.layers[l][d].in, &p.layers[l][d].rec, pass{
				y: w.y[d*n.Hidden:], bias: n.Layers[l][d].Bias, in: n.LayerInput(l), batch: s, back: d == 1, projected: l == 0 && p.first != nil})
		}
		w.x, w.y = w.y, w.x
	}
	w.out = sized(w.out, s.rows()*Labels)
	for i := range s.rows() {
		copy(w.out[i*Labels:], n.OutBias)
	}
	matrix.MulAdd(w.out, Labels, w.x, 2*n.Hidden, s.rows(), &p.out)
	for b, tokens := range paragraphs {
		for t := range tokens {
			emit(b, t, w.out[(s.row[t]+b)*Labels:][:Labels])
		}
	}
}

// sized returns s with length n, its content undefined.
func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}

// pass is one run of one direction over a batch.
type pass struct {
	y     []float32 // output, written at the stride 2·hidden
	bias  []float32
	in    int
	batch batch
	back  bool
	// The input's part of the gates stands in work.first already.
	projected bool
}

// chunkRows is how many rows of gates are made at once: what their products
// write stays in the second-level cache until the steps read it. On reports of
// 1,000 tokens that gains about a tenth.
const chunkRows = 192

// direction runs one direction of a layer over w.x. The input's part of the
// gates is made for many steps in one product; only the state's part goes step
// by step.
func (n *Net) direction(w *work, in, rec *matrix.Packed, p pass) {
	width, h := gates*n.Hidden, n.Hidden
	most := p.batch.active[0]
	w.h, w.c = sized(w.h, most*h), sized(w.c, most*h)
	clear(w.h)
	clear(w.c)
	steps := len(p.batch.active)
	for done := 0; done < steps; {
		first, end := p.batch.chunk(done, p.back)
		done += end - first
		n.inputs(w, in, p, [2]int{p.batch.row[first], p.batch.row[end]})
		for i := range end - first {
			t := first + i
			if p.back {
				t = end - 1 - i
			}
			k, row := p.batch.active[t], p.batch.row[t]
			z := w.z[(row-p.batch.row[first])*width:][:k*width]
			matrix.MulAdd(z, width, w.h, h, k, rec)
			for b := range k {
				Cell(z[b*width:(b+1)*width], w.h[b*h:(b+1)*h], w.c[b*h:(b+1)*h])
				copy(p.y[(row+b)*2*h:], w.h[b*h:(b+1)*h])
			}
		}
	}
}

// chunk is the next steps to take, after done of them, in the direction's
// order: at least one, and no more than chunkRows hold.
func (s batch) chunk(done int, back bool) (first, end int) {
	steps := len(s.active)
	if back {
		end = steps - done
		first = end - 1
		for first > 0 && s.row[end]-s.row[first-1] <= chunkRows {
			first--
		}
		return first, end
	}
	first = done
	end = first + 1
	for end < steps && s.row[end+1]-s.row[first] <= chunkRows {
		end++
	}
	return first, end
}

// inputs writes the input's part of the gates of some rows to w.z.
func (n *Net) inputs(w *work, in *matrix.Packed, p pass, rows [2]int) {
	width := gates * n.Hidden
	count := rows[1] - rows[0]
	w.z = sized(w.z, count*width)
	if p.projected {
		from := 0
		if p.back {
			from = width
		}
		for i := range count {
			copy(w.z[i*width:][:width], w.first[(rows[0]+i)*2*width+from:])
		}
		return
	}
	for i := range count {
		copy(w.z[i*width:][:width], p.bias)
	}
	matrix.MulAdd(w.z, width, w.x[rows[0]*p.in:], p.in, count, in)
}

// Cell does one step of an LSTM cell: z holds the sums of its gates and gets
// their values; h and c are its output and state.
func Cell(z, h, c []float32) {
	n := len(h)
	matrix.Sigmoid(z[:gateCell*n])
	matrix.Tanh(z[gateCell*n:])
	in, forget, cell := z[gateIn*n:][:n], z[gateForget*n:][:n], z[gateCell*n:][:n]
	c = c[:n]
	for i := range c {
		c[i] = forget[i]*c[i] + in[i]*cell[i]
	}
	copy(h, c)
	matrix.Tanh(h)
	for i, o := range z[gateOut*n:][:n] {
		h[i] *= o
	}
}
