package tagger

import "math"

// param is a block of weights with its gradient and Adam's two moments
// (Kingma and Ba 2015).
type param struct {
	w, g, m, v []float32
	rate       float32 // times the learning rate
}

func newParam(w []float32) *param {
	return &param{w: w, g: make([]float32, len(w)), m: make([]float32, len(w)), v: make([]float32, len(w)), rate: 1}
}

const (
	beta1   = 0.9
	beta2   = 0.999
	epsilon = 1e-8
)

// stride is one step against the gradient: the learning rate, what the
// gradient is multiplied by to clip it, and the number of the step, from 1.
type stride struct {
	rate, scale float32
	step        int
}

// update moves the weights [from, to) against the gradient and clears it.
func (p *param) update(from, to int, s stride) {
	c1 := float32(1 - math.Pow(beta1, float64(s.step)))
	c2 := float32(1 - math.Pow(beta2, float64(s.step)))
	rate, scale := s.rate*p.rate, s.scale
	w, g, m, v := p.w[from:to], p.g[from:to], p.m[from:to], p.v[from:to]
	for i, d := range g {
		d *= scale
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		w[i] -= rate * (m[i] / c1) / (float32(math.Sqrt(float64(v[i]/c2))) + epsilon)
		g[i] = 0
	}
}

// square is the sum of the squares of the gradient.
func square(g []float32) float64 {
	s := 0.0
	for _, d := range g {
		s += float64(d) * float64(d)
	}
	return s
}

// sparse is a table of which few rows are touched in a step.
type sparse struct {
	*param
	dim     int
	touched []int32
	seen    []bool
}

func newSparse(w []float32, dim int) *sparse {
	return &sparse{param: newParam(w), dim: dim, seen: make([]bool, len(w)/dim)}
}

// add adds d to the gradient of a row.
func (s *sparse) add(row int32, d []float32) {
	if !s.seen[row] {
		s.seen[row] = true
		s.touched = append(s.touched, row)
	}
	g := s.g[int(row)*s.dim:][:s.dim]
	for i, x := range d {
		g[i] += x
	}
}

func (s *sparse) square() float64 {
	sum := 0.0
	for _, row := range s.touched {
		sum += square(s.g[int(row)*s.dim:][:s.dim])
	}
	return sum
}

// update moves the touched rows only; the others keep their moments.
func (s *sparse) update(by stride) {
	for _, row := range s.touched {
		s.param.update(int(row)*s.dim, (int(row)+1)*s.dim, by)
		s.seen[row] = false
	}
	s.touched = s.touched[:0]
}
