package tagger

import (
	"onrecord/internal/matrix"
	"onrecord/internal/tag"
)

// gates of an LSTM cell: the order of tag's columns.
const gates = 4

// direction is one direction of one layer under training: its weights, and
// what the forward pass keeps for the backward one. All blocks are time-major:
// row t·rows+b is token t of paragraph b.
type direction struct {
	in, rec, bias *param
	width         int // of the input
	hidden        int
	back          bool

	inP, recP, inT, recT, dzP matrix.Packed
	z, dz                     []float32 // gates after activation, and the gradient of their sums
	c, tc                     []float32 // state, and its tanh
	hin                       []float32 // the output of the step before, masked
	xT, hT                    []float32
	mask                      []float32 // recurrent dropout, rows × hidden
}

func newDirection(d *tag.Direction, width, hidden int, back bool) *direction {
	return &direction{in: newParam(d.In), rec: newParam(d.Rec), bias: newParam(d.Bias), width: width, hidden: hidden, back: back}
}

func (d *direction) params() []*param { return []*param{d.in, d.rec, d.bias} }

// shape is the shape of a batch.
type shape struct {
	rows, steps int
	active      []int // paragraphs with a token at each step; they come first
}

func (s shape) order(back bool) func(yield func(t int) bool) {
	return func(yield func(int) bool) {
		for i := range s.steps {
			t := i
			if back {
				t = s.steps - 1 - i
			}
			if !yield(t) {
				return
			}
		}
	}
}

// forward runs the direction over x (steps·rows × width) and writes its output
// to y, whose rows are 2·hidden long.
func (d *direction) forward(s shape, x, y []float32) {
	h, g := d.hidden, gates*d.hidden
	n := s.rows * s.steps
	d.inP.Pack(d.in.w, d.width, g, false)
	d.recP.Pack(d.rec.w, h, g, false)
	d.z, d.c, d.tc, d.hin = zeroed(d.z, n*g), zeroed(d.c, n*h), zeroed(d.tc, n*h), zeroed(d.hin, n*h)
	for i := range n {
		copy(d.z[i*g:], d.bias.w)
	}
	matrix.MulAdd(d.z, g, x, d.width, n, &d.inP)
	before := -1
	for t := range s.order(d.back) {
		k := s.active[t]
		if before >= 0 {
			for b := range min(k, s.active[before]) {
				from := y[(before*s.rows+b)*2*h:][:h]
				to := d.hin[(t*s.rows+b)*h:][:h]
				for i, m := range d.mask[b*h:][:h] {
					to[i] = from[i] * m
				}
			}
		}
		matrix.MulAdd(d.z[t*s.rows*g:], g, d.hin[t*s.rows*h:], h, k, &d.recP)
		for b := range k {
			at := t*s.rows + b
			c := d.c[at*h:][:h]
			if before >= 0 && b < s.active[before] {
				copy(c, d.c[(before*s.rows+b)*h:][:h])
			}
			out := y[at*2*h:][:h]
			cell(d.z[at*g:][:g], out, c, d.tc[at*h:][:h])
		}
		for b := k; b < s.rows; b++ {
			clear(y[(t*s.rows+b)*2*h:][:h])
		}
		before = t
	}
}

// cell is tag.Cell, which keeps the tanh of the state besides.
func cell(z, h, c, tc []float32) {
	tag.Cell(z, h, c)
	copy(tc, c)
	matrix.Tanh(tc)
}

// backward takes the gradient of the output (rows 2·hidden long), adds to the
// weights' gradients, and adds the input's gradient to dx. x is the input.
func (d *direction) backward(s shape, x, dy, dx []float32) {
	h, g := d.hidden, gates*d.hidden
	n := s.rows * s.steps
	d.recT.Pack(d.rec.w, g, h, true)
	d.inT.Pack(d.in.w, g, d.width, true)
	d.dz = zeroed(d.dz, n*g)
	dh, dc := make([]float32, s.rows*h), make([]float32, s.rows*h)
	for t := range s.order(!d.back) {
		k := s.active[t]
		before := t - 1
		if d.back {
			before = t + 1
		}
		for b := range k {
			at := t*s.rows + b
			var was []float32
			if before >= 0 && before < s.steps && b < s.active[before] {
				was = d.c[(before*s.rows+b)*h:][:h]
			}
			d.cellBack(at, cellGradient{dh[b*h:][:h], dc[b*h:][:h], dy[at*2*h:][:h]}, was)
		}
		clear(dh)
		matrix.MulAdd(dh, h, d.dz[t*s.rows*g:], g, k, &d.recT)
		for i, m := range d.mask[:k*h] {
			dh[i] *= m
		}
	}
	d.xT, d.hT = sized(d.xT, n*d.width), sized(d.hT, n*h)
	matrix.Transpose(d.xT, x, n, d.width, d.width)
	matrix.Transpose(d.hT, d.hin, n, h, h)
	d.dzP.Pack(d.dz, n, g, false)
	matrix.MulAdd(d.in.g, g, d.xT, n, d.width, &d.dzP)
	matrix.MulAdd(d.rec.g, g, d.hT, n, h, &d.dzP)
	for i := range n {
		for j, v := range d.dz[i*g:][:g] {
			d.bias.g[j] += v
		}
	}
	matrix.MulAdd(dx, d.width, d.dz, g, n, &d.inT)
}

// cellGradient is the gradient that comes to a cell: of its output from the
// step after, of its state, and of its output from the layer above.
type cellGradient struct{ dh, dc, dy []float32 }

// cellBack is the backward pass of one cell at row at; was is the state
// before, nil at the first step. The gradient of the state leaves as that of
// the state before.
func (d *direction) cellBack(at int, in cellGradient, was []float32) {
	h, dh, dc, dy := d.hidden, in.dh, in.dc, in.dy
	z, dz, tc := d.z[at*4*h:][:4*h], d.dz[at*4*h:][:4*h], d.tc[at*h:][:h]
	input, forget, out, cell := z[:h], z[h:2*h], z[2*h:3*h], z[3*h:]
	for i := range h {
		g := dh[i] + dy[i]
		do := g * tc[i]
		s := dc[i] + g*out[i]*(1-tc[i]*tc[i])
		dz[i] = s * cell[i] * input[i] * (1 - input[i])
		if was != nil {
			dz[h+i] = s * was[i] * forget[i] * (1 - forget[i])
		}
		dz[2*h+i] = do * out[i] * (1 - out[i])
		dz[3*h+i] = s * input[i] * (1 - cell[i]*cell[i])
		dc[i] = s * forget[i]
	}
}

func sized(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n)
	}
	return s[:n]
}

func zeroed(s []float32, n int) []float32 {
	s = sized(s, n)
	clear(s)
	return s
}
