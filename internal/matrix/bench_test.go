package matrix

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

func BenchmarkMulAdd(b *testing.B) {
	for _, s := range [][3]int{
		{1, 256, 512}, {4, 256, 512}, {8, 256, 512}, {16, 256, 512}, {17, 256, 512}, {32, 128, 512}, {64, 256, 1024},
		{2000, 300, 1024}, {2000, 256, 13}, {20000, 512, 128}, {512, 20000, 256},
	} {
		m, k, n := s[0], s[1], s[2]
		for _, name := range kernels(b) {
			b.Run(fmt.Sprintf("%dx%dx%d/%s", m, k, n, name), func(b *testing.B) {
				use(b, name)
				rng := rand.New(rand.NewPCG(1, 1))
				x, y, c := numbers(rng, m*k), numbers(rng, k*n), make([]float32, m*n)
				var p Packed
				p.Pack(y, k, n, false)
				for b.Loop() {
					MulAdd(c, n, x, k, m, &p)
				}
				flop := 2 * float64(m) * float64(k) * float64(n) * float64(b.N)
				b.ReportMetric(flop/b.Elapsed().Seconds()/1e9, "GFLOP/s")
			})
		}
	}
}

func BenchmarkPack(b *testing.B) {
	const k, n = 256, 1024
	y := make([]float32, k*n)
	for _, trans := range []bool{false, true} {
		b.Run(fmt.Sprintf("trans=%v", trans), func(b *testing.B) {
			b.SetBytes(4 * k * n)
			var p Packed
			for b.Loop() {
				p.Pack(y, k, n, trans)
			}
		})
	}
}

func BenchmarkTranspose(b *testing.B) {
	const m, n = 2000, 256
	a, dst := make([]float32, m*n), make([]float32, m*n)
	for _, name := range kernels(b) {
		b.Run(name, func(b *testing.B) {
			use(b, name)
			b.SetBytes(4 * m * n)
			for b.Loop() {
				Transpose(dst, a, m, n, n)
			}
		})
	}
}

func BenchmarkTanh(b *testing.B) {
	x := make([]float32, 4096)
	for _, name := range kernels(b) {
		b.Run(name, func(b *testing.B) {
			use(b, name)
			for b.Loop() {
				Tanh(x)
			}
			b.ReportMetric(b.Elapsed().Seconds()*1e9/float64(b.N)/float64(len(x)), "ns/number")
		})
	}
}
