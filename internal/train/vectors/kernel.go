package vectors

import "math"

// The loops below go by eights, over slices that shrink: the compiler then
// sees that no index is out of bounds, and four sums at once hide the time
// that an addition takes. All slices of one call have the same length.

// dot is the inner product of x and y.
func dot(x, y []float32) float32 {
	var a, b, c, d float32
	for len(x) >= 8 && len(y) >= 8 {
		a += x[0]*y[0] + x[4]*y[4]
		b += x[1]*y[1] + x[5]*y[5]
		c += x[2]*y[2] + x[6]*y[6]
		d += x[3]*y[3] + x[7]*y[7]
		x, y = x[8:], y[8:]
	}
	for i := range min(len(x), len(y)) {
		a += x[i] * y[i]
	}
	return (a + b) + (c + d)
}

// step adds g·row to change, and then g·in to row.
func step(in, row, change []float32, g float32) {
	for len(in) >= 4 && len(row) >= 4 && len(change) >= 4 {
		r0, r1, r2, r3 := row[0], row[1], row[2], row[3]
		change[0] += g * r0
		change[1] += g * r1
		change[2] += g * r2
		change[3] += g * r3
		row[0] = r0 + g*in[0]
		row[1] = r1 + g*in[1]
		row[2] = r2 + g*in[2]
		row[3] = r3 + g*in[3]
		in, row, change = in[4:], row[4:], change[4:]
	}
	for i := range min(len(in), len(row), len(change)) {
		change[i] += g * row[i]
		row[i] += g * in[i]
	}
}

// add adds y to x.
func add(x, y []float32) {
	for len(x) >= 4 && len(y) >= 4 {
		x[0] += y[0]
		x[1] += y[1]
		x[2] += y[2]
		x[3] += y[3]
		x, y = x[4:], y[4:]
	}
	for i := range min(len(x), len(y)) {
		x[i] += y[i]
	}
}

// The logistic function from a table, as in word2vec, but finer: beyond
// ±reach it is taken as 0 or 1, which ends the training of what is certain.
const (
	reach  = 6
	fine   = 1 << 9 // steps for each unit
	middle = reach * fine
)

var logistic = func() (t [2*middle + 1]float32) {
	for i := range t {
		t[i] = float32(1 / (1 + math.Exp(-float64(i-middle)/fine)))
	}
	return t
}()

func sigmoid(x float32) float32 {
	switch {
	case x >= reach:
		return 1
	case x <= -reach:
		return 0
	}
	return logistic[int(x*fine+middle+0.5)]
}
