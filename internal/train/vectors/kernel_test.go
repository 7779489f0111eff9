package vectors

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The unrolled loops do what plain ones do, at every length.
func TestKernels(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for n := range 40 {
		draw := func() []float32 {
			x := make([]float32, n)
			for i := range x {
				x[i] = r.Float32() - 0.5
			}
			return x
		}
		in, row, change := draw(), draw(), draw()
		product := 0.0
		wantRow, wantChange := make([]float32, n), make([]float32, n)
		for i := range n {
			product += float64(in[i]) * float64(row[i])
			wantRow[i], wantChange[i] = row[i]+0.5*in[i], change[i]+0.5*row[i]
		}
		if got := float64(dot(in, row)); math.Abs(got-product) > 1e-5 {
			t.Errorf("dot of %d: %g, want %g", n, got, product)
		}
		step(in, row, change, 0.5)
		add(in, row)
		for i := range n {
			if row[i] != wantRow[i] || change[i] != wantChange[i] {
				t.Errorf("step of %d, at %d: %g and %g, want %g and %g", n, i, row[i], change[i], wantRow[i], wantChange[i])
			}
		}
	}
}

func TestAdd(t *testing.T) {
	x, y := make([]float32, 11), make([]float32, 11)
	for i := range x {
		x[i], y[i] = float32(i), float32(100*i)
	}
	add(x, y)
	for i := range x {
		if x[i] != float32(101*i) {
			t.Errorf("at %d: %g", i, x[i])
		}
	}
}

func TestSigmoid(t *testing.T) {
	for x := -8.0; x <= 8; x += 0.01 {
		if got, want := float64(sigmoid(float32(x))), 1/(1+math.Exp(-x)); math.Abs(got-want) > 0.003 {
			t.Errorf("sigmoid(%.2f) = %g, want %g", x, got, want)
		}
	}
}

func TestAlias(t *testing.T) {
	weights := []float64{5, 0.5, 1, 3, 0.5}
	a := newAlias(weights)
	random := rand.NewPCG(3, 4)
	const draws = 200_000
	seen := make([]int, len(weights))
	for range draws {
		seen[a.draw(random.Uint64())]++
	}
	for i, w := range weights {
		if got := 10 * float64(seen[i]) / draws; math.Abs(got-w) > 0.05 {
			t.Errorf("number %d has weight %.3f, want %g", i, got, w)
		}
	}
}

func BenchmarkPair(b *testing.B) {
	m := newModel(&corpus{words: []string{"a", "b", "c"}, counts: []int{5, 5, 5}, tokens: 15}, Options{Dim: 100, Passes: 1})
	m.rate = firstRate
	for b.Loop() {
		m.pair(m.in[:m.dim], m.out[0], 1)
	}
}
