package matrix

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// kernels lists what this processor can do, plain first.
func kernels(t testing.TB) []string {
	t.Helper()
	return slices.Clone(kernelNames[:best()+1])
}

func use(t testing.TB, name string) {
	t.Helper()
	before, err := Use(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { current = kernel(slices.Index(kernelNames[:], before)) })
}

func numbers(rng *rand.Rand, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = float32(rng.NormFloat64())
	}
	return out
}

// shape is a product with room to spare between the rows.
type shape struct {
	m, k, n, lda, ldc int
	trans             bool
	a, b, c           []float32
}

func newShape(rng *rand.Rand, m, k, n int) shape {
	s := shape{m: m, k: k, n: n, lda: k + rng.IntN(4), ldc: n + rng.IntN(4), trans: rng.IntN(2) == 0}
	// The last row ends with the slice: nothing behind it may be needed.
	s.a = numbers(rng, (m-1)*s.lda+k)
	s.b = numbers(rng, k*n)
	s.c = numbers(rng, (m-1)*s.ldc+n)
	return s
}

func (s shape) String() string {
	return fmt.Sprintf("m=%d k=%d n=%d lda=%d ldc=%d trans=%v", s.m, s.k, s.n, s.lda, s.ldc, s.trans)
}

func (s shape) at(i, j int) float32 {
	if s.trans {
		return s.b[j*s.k+i]
	}
	return s.b[i*s.n+j]
}

// run returns c with the product added, by the kernel of that name.
func (s shape) run(t testing.TB, name string) []float32 {
	t.Helper()
	before, err := Use(name)
	if err != nil {
		t.Fatal(err)
	}
	var p Packed
	p.Pack(s.b, s.k, s.n, s.trans)
	c := slices.Clone(s.c)
	MulAdd(c, s.ldc, s.a, s.lda, s.m, &p)
	if _, err := Use(before); err != nil {
		t.Fatal(err)
	}
	return c
}

// want is the product in float64, and the sum of the sizes of its terms.
func (s shape) want(i, j int) (sum, size float64) {
	sum = float64(s.c[i*s.ldc+j])
	size = math.Abs(sum)
	for d := range s.k {
		term := float64(s.a[i*s.lda+d]) * float64(s.at(d, j))
		sum += term
		size += math.Abs(term)
	}
	return sum, size
}

func randomShapes(rng *rand.Rand) []shape {
	var out []shape
	for m := 1; m <= 40; m++ {
		out = append(out, newShape(rng, m, 1+rng.IntN(70), 1+rng.IntN(100)))
	}
	for _, n := range []int{1, 13, 16, 17, 31, 32, 33, 48, 64} {
		out = append(out, newShape(rng, 1+rng.IntN(20), 1+rng.IntN(40), n))
	}
	// Beyond one block of rows and of depth.
	out = append(out, newShape(rng, rowBlock+9, 5, 13), newShape(rng, 3, 2*depthBlock+7, 45),
		newShape(rng, rowBlock+1, depthBlock+1, 33))
	return out
}

func TestMulAdd(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, s := range randomShapes(rng) {
		for _, name := range kernels(t) {
			got := s.run(t, name)
			for i := range s.m {
				for j := range s.ldc {
					at := i*s.ldc + j
					if at >= len(got) {
						break
					}
					if j >= s.n {
						if got[at] != s.c[at] {
							t.Fatalf("%s %v: wrote between the rows at %d,%d", name, s, i, j)
						}
						continue
					}
					want, size := s.want(i, j)
					if d := math.Abs(float64(got[at]) - want); !(d <= 2e-6*size) {
						t.Fatalf("%s %v: %d,%d is %g, want %g", name, s, i, j, got[at], want)
					}
				}
			}
		}
	}
}

// A row comes out the same to the last bit whatever rows stand beside it.
func TestMulAddRowAlone(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, s := range randomShapes(rng) {
		for _, name := range kernels(t) {
			all := s.run(t, name)
			for i := range s.m {
				row := s
				row.m = 1
				row.a, row.c = s.a[i*s.lda:], s.c[i*s.ldc:]
				sameBits(t, fmt.Sprintf("%s %v row %d", name, s, i), row.run(t, name)[:s.n], all[i*s.ldc:i*s.ldc+s.n])
			}
		}
	}
}

func TestMulAddKernelsAgree(t *testing.T) {
	if best() < avx512 {
		t.Skip("needs AVX-512")
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, s := range randomShapes(rng) {
		sameBits(t, s.String(), s.run(t, "avx2"), s.run(t, "avx512"))
	}
}

func sameBits(t *testing.T, what string, a, b []float32) {
	t.Helper()
	if len(a) != len(b) {
		t.Fatalf("%s: %d and %d numbers", what, len(a), len(b))
	}
	for i := range a {
		if math.Float32bits(a[i]) != math.Float32bits(b[i]) {
			t.Fatalf("%s: at %d %g and %g", what, i, a[i], b[i])
		}
	}
}

// Memory used again leaves nothing of the matrix before.
func TestPackAgain(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, name := range kernels(t) {
		use(t, name)
		var again Packed
		again.Pack(numbers(rng, 50*70), 50, 70, false)
		for _, trans := range []bool{false, true} {
			b := numbers(rng, 20*45)
			var fresh Packed
			fresh.Pack(b, 20, 45, trans)
			again.Pack(b, 20, 45, trans)
			if again.Rows() != 20 || again.Cols() != 45 {
				t.Errorf("%d×%d, want 20×45", again.Rows(), again.Cols())
			}
			sameBits(t, name, again.data, fresh.data)
		}
	}
}

func TestTranspose(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	for _, name := range kernels(t) {
		use(t, name)
		for range 200 {
			m, n := 1+rng.IntN(40), 1+rng.IntN(40)
			lda := n + rng.IntN(3)
			a := numbers(rng, (m-1)*lda+n)
			got := make([]float32, m*n)
			Transpose(got, a, m, n, lda)
			for i := range m {
				for j := range n {
					if got[j*m+i] != a[i*lda+j] {
						t.Fatalf("%s %d×%d lda %d: wrong at %d,%d", name, m, n, lda, i, j)
					}
				}
			}
		}
	}
}

func TestAxpy(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	for _, name := range kernels(t) {
		use(t, name)
		for n := range 100 {
			a, b := numbers(rng, n), numbers(rng, n)
			got := slices.Clone(a)
			Axpy(got, -1.5, b)
			for i := range got {
				want := float64(a[i]) - 1.5*float64(b[i])
				if math.Abs(float64(got[i])-want) > 1e-6*(math.Abs(want)+1) {
					t.Errorf("%s: Axpy of %d is %g at %d, want %g", name, n, got[i], i, want)
				}
			}
		}
	}
}

func TestUse(t *testing.T) {
	before := Kernel()
	if _, err := Use("abacus"); err == nil {
		t.Error("a kernel of no known name was taken")
	}
	if Kernel() != before {
		t.Errorf("an error changed the kernel from %s to %s", before, Kernel())
	}
	for _, name := range kernels(t) {
		use(t, name)
		if Kernel() != name {
			t.Errorf("Kernel is %s, want %s", Kernel(), name)
		}
	}
	if best() < avx512 {
		if _, err := Use("avx512"); err == nil {
			t.Error("AVX-512 was taken by a processor without it")
		}
	}
}
