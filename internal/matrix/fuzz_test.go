package matrix

import (
	"math"
	"strings"
	"testing"
)

// FuzzBounds calls with any sizes: a call panics with a message of ours, or it
// touches nothing outside the slices it was given.
func FuzzBounds(f *testing.F) {
	f.Add(int16(3), int16(4), int16(5), int16(4), int16(5), int16(0), true)
	f.Add(int16(8), int16(1), int16(32), int16(1), int16(32), int16(-1), false)
	f.Add(int16(7), int16(9), int16(13), int16(12), int16(40), int16(1), false)
	f.Add(int16(-1), int16(2), int16(16), int16(2), int16(16), int16(0), false)
	f.Add(int16(2), int16(3), int16(17), int16(2), int16(16), int16(9), true)
	f.Fuzz(func(t *testing.T, m, k, n, lda, ldc, slack int16, trans bool) {
		fold := func(v int16, by int) int { return int(v) % by }
		rows, depth, cols := fold(m, 70), fold(k, 70), fold(n, 110)
		sa, sc, more := fold(lda, 130), fold(ldc, 130), fold(slack, 10)
		for _, name := range kernels(t) {
			use(t, name)
			a, aOK := guarded(max(0, (rows-1)*sa+depth+more))
			b, bOK := guarded(max(0, depth*cols+more))
			c, cOK := guarded(max(0, (rows-1)*sc+cols+more))
			var p Packed
			if expected(t, func() { p.Pack(b, depth, cols, trans) }) {
				expected(t, func() { MulAdd(c, sc, a, sa, rows, &p) })
			}
			expected(t, func() { Transpose(c, a, rows, depth, sa) })
			expected(t, func() { Axpy(c, 2, a) })
			Tanh(c)
			if !aOK() || !bOK() || !cOK() {
				t.Errorf("%s: %d×%d×%d wrote outside", name, rows, depth, cols)
			}
			for i, x := range p.data {
				if x != x {
					t.Fatalf("%s: packing read outside at %d", name, i)
				}
			}
			for i, x := range c {
				if x != x {
					t.Fatalf("%s: %d×%d×%d read outside at %d", name, rows, depth, cols, i)
				}
			}
		}
	})
}

// guarded is a slice of ones in the middle of NaNs; ok says whether all around
// it are still there.
func guarded(n int) (middle []float32, ok func() bool) {
	const guard = 300
	all := make([]float32, n+2*guard)
	for i := range all {
		all[i] = float32(math.NaN())
	}
	middle = all[guard : guard+n : guard+n]
	for i := range middle {
		middle[i] = 1
	}
	return middle, func() bool {
		for i, x := range all {
			if (i < guard || i >= guard+n) && x == x {
				return false
			}
		}
		return true
	}
}

// expected says whether f came back; a panic that is not our own fails.
func expected(t *testing.T, f func()) (done bool) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			if s, ok := r.(string); !ok || !strings.HasPrefix(s, "matrix: ") {
				t.Errorf("panic: %v", r)
			}
		}
	}()
	f()
	return true
}

func TestChecks(t *testing.T) {
	var p Packed
	p.Pack(make([]float32, 12), 3, 4, false)
	c, a := make([]float32, 8), make([]float32, 6)
	for name, f := range map[string]func(){
		"short b":       func() { new(Packed).Pack(make([]float32, 11), 3, 4, false) },
		"short trans":   func() { new(Packed).Pack(make([]float32, 11), 3, 4, true) },
		"negative":      func() { new(Packed).Pack(nil, -1, 0, false) },
		"overflow":      func() { new(Packed).Pack(a, math.MaxInt/2+1, 4, false) },
		"short c":       func() { MulAdd(c[:7], 4, a, 3, 2, &p) },
		"short a":       func() { MulAdd(c, 4, a[:5], 3, 2, &p) },
		"narrow c":      func() { MulAdd(c, 3, a, 3, 2, &p) },
		"narrow a":      func() { MulAdd(c, 4, a, 2, 2, &p) },
		"wide stride":   func() { MulAdd(c, math.MaxInt/2+1, a, 3, 2, &p) },
		"negative rows": func() { MulAdd(c, 4, a, 3, -2, &p) },
		"short dst":     func() { Transpose(c[:5], a, 2, 3, 3) },
		"short source":  func() { Transpose(c, a[:5], 2, 3, 3) },
		"axpy":          func() { Axpy(a, 1, c) },
	} {
		if expected(t, f) {
			t.Errorf("%s: no panic", name)
		}
	}
}

// Nothing to do is done without looking at the slices.
func TestEmpty(t *testing.T) {
	for _, name := range kernels(t) {
		use(t, name)
		var p Packed
		MulAdd(nil, 0, nil, 0, 5, &p)
		p.Pack(nil, 0, 40, true)
		c := []float32{1, 2}
		MulAdd(c, 40, nil, 0, 0, &p)
		Transpose(nil, nil, 0, 3, 3)
		Axpy(nil, 1, nil)
		Sigmoid(nil)
		if c[0] != 1 || c[1] != 2 {
			t.Errorf("%s: %v", name, c)
		}
	}
}
