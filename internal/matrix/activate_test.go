package matrix

import (
	"math"
	"testing"
)

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// grid is -100 to 100 with steps that are no round number, of a length that no
// register divides.
func grid() []float32 {
	var out []float32
	for x := float32(-100); x < 100; x += 0.00317 {
		out = append(out, x)
	}
	out = append(out, 0, float32(math.Inf(1)), float32(math.Inf(-1)), math.MaxFloat32, -math.MaxFloat32, 1e-40)
	for len(out)%16 != 13 {
		out = append(out, 0.5)
	}
	return out
}

func TestActivations(t *testing.T) {
	for _, f := range []struct {
		name string
		got  func([]float32)
		want func(float64) float64
	}{{"Sigmoid", Sigmoid, sigmoid}, {"Tanh", Tanh, math.Tanh}} {
		var plainGot []float32
		for _, name := range kernels(t) {
			use(t, name)
			in, got := grid(), grid()
			f.got(got)
			var worst, at float64
			for i, x := range in {
				d := math.Abs(float64(got[i]) - f.want(float64(x)))
				if !(d <= worst) {
					worst, at = d, float64(x)
				}
			}
			if !(worst < 1e-6) {
				t.Errorf("%s %s: off by %g at %g", name, f.name, worst, at)
			}
			if plainGot == nil {
				plainGot = got
			}
			// What is left of a difference is a last bit of the exponential.
			for i := range got {
				if d := got[i] - plainGot[i]; d > 1.3e-7 || d < -1.3e-7 {
					t.Fatalf("%s %s: %g at %g, plain %g", name, f.name, got[i], in[i], plainGot[i])
				}
			}
		}
	}
}

func TestActivationsKernelsAgree(t *testing.T) {
	if best() < avx512 {
		t.Skip("needs AVX-512")
	}
	for _, f := range []func([]float32){Sigmoid, Tanh} {
		a, b := grid(), grid()
		use(t, "avx2")
		f(a)
		use(t, "avx512")
		f(b)
		sameBits(t, "avx2 and avx512", a, b)
	}
}

// A number comes out the same wherever it stands, and what is behind the slice
// stays.
func TestActivationsAnyLength(t *testing.T) {
	for _, name := range kernels(t) {
		use(t, name)
		for n := range 40 {
			all := grid()[30000:30064]
			whole := grid()[30000:30064]
			Tanh(whole)
			Tanh(all[:n])
			for i, x := range grid()[30000:30064] {
				want := x
				if i < n {
					want = whole[i]
				}
				if all[i] != want {
					t.Fatalf("%s, %d numbers: %g at %d, want %g", name, n, all[i], i, want)
				}
			}
		}
	}
}

func TestActivationsNotANumber(t *testing.T) {
	for _, name := range kernels(t) {
		use(t, name)
		x := make([]float32, 17)
		x[3], x[16] = float32(math.NaN()), float32(math.NaN())
		Sigmoid(x)
		for i, v := range x {
			if isNaN := v != v; isNaN != (i == 3 || i == 16) {
				t.Errorf("%s: %g at %d", name, v, i)
			}
		}
	}
}
