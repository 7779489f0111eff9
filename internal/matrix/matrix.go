// Package matrix is float32 arithmetic on one core: products of matrices,
// transposing, and the two curves of an LSTM. Assembly for AVX2 and AVX-512
// is chosen when the program starts; anywhere else plain Go does the same work.
//
// A row of a product depends on nothing but that row of the left matrix, the
// right matrix and the row added to: the terms are added in order of k by
// fused multiply-add. So it makes no difference to the last bit which rows are
// worked out together, nor whether AVX2 or AVX-512 did it. Plain Go rounds
// twice a term and differs in the last bits.
//
// Sizes that do not fit the slices make a function panic before anything is
// touched. Slices that are written must not overlap those that are read.
package matrix

import "fmt"

const (
	// panelCols is the width of a panel: two AVX-512 registers.
	panelCols = 32
	// halfCols is what the AVX2 kernel takes at once.
	halfCols = panelCols / 2
	// depthBlock rows of a panel are 64 KiB, rowBlock × depthBlock numbers of
	// the left matrix 384 KiB: both stay in a second-level cache of 1 MiB.
	depthBlock = 512
	rowBlock   = 192
)

// Packed is a k×n matrix laid out in panels for MulAdd: 32 columns a panel,
// row by row within it, the last panel filled up with zeros. The zero value is
// a 0×0 matrix.
type Packed struct {
	k, n int
	data []float32
}

// Rows is k, the number of rows.
func (p *Packed) Rows() int { return p.k }

// Cols is n, the number of columns without the padding.
func (p *Packed) Cols() int { return p.n }

// Pack lays out b, row-major k×n with rows next to each other, in p, whose
// memory it uses again. With trans b is n×k instead and is transposed while it
// is packed.
func (p *Packed) Pack(b []float32, k, n int, trans bool) {
	if trans {
		check("Pack: b", len(b), n, k, k)
	} else {
		check("Pack: b", len(b), k, n, n)
	}
	panels := (n + panelCols - 1) / panelCols
	size := panels * k * panelCols
	if cap(p.data) < size {
		p.data = make([]float32, size)
	}
	p.k, p.n, p.data = k, n, p.data[:size]
	for q := range panels {
		first := q * panelCols
		cols := min(panelCols, n-first)
		panel := p.data[q*k*panelCols : (q+1)*k*panelCols]
		if cols < panelCols {
			clear(panel)
		}
		if trans {
			transpose(panel, panelCols, b[first*k:], k, cols, k)
			continue
		}
		for i := range k {
			copy(panel[i*panelCols:i*panelCols+cols], b[i*n+first:])
		}
	}
}

// MulAdd adds a·b to c. c is m×n with ldc from one row to the next, a is m×k
// with lda from one row to the next, b is k×n.
func MulAdd(c []float32, ldc int, a []float32, lda, m int, b *Packed) {
	check("MulAdd: c", len(c), m, b.n, ldc)
	check("MulAdd: a", len(a), m, b.k, lda)
	if m == 0 || b.n == 0 || b.k == 0 {
		return
	}
	for row := 0; row < m; row += rowBlock {
		rows := min(rowBlock, m-row)
		for depth := 0; depth < b.k; depth += depthBlock {
			steps := min(depthBlock, b.k-depth)
			for first := 0; first < b.n; first += panelCols {
				mulPanel(product{
					c: c[row*ldc+first:], ldc: ldc,
					a: a[row*lda+depth:], lda: lda,
					b: b.data[first*b.k+depth*panelCols:],
					m: rows, k: steps, n: min(panelCols, b.n-first),
				})
			}
		}
	}
}

// product is one piece of MulAdd: rows of a times a part of one panel.
type product struct {
	c       []float32
	ldc     int
	a       []float32
	lda     int
	b       []float32 // k rows of 32
	m, k, n int       // all above 0; n at most 32
}

// Transpose writes the m×n matrix a, lda from one row to the next, into dst as
// n×m with rows next to each other.
func Transpose(dst, a []float32, m, n, lda int) {
	check("Transpose: a", len(a), m, n, lda)
	check("Transpose: dst", len(dst), n, m, m)
	transpose(dst, m, a, lda, m, n)
}

// Axpy adds s·x to dst. The slices are of one length.
func Axpy(dst []float32, s float32, x []float32) {
	if len(dst) != len(x) {
		panic(fmt.Sprintf("matrix: Axpy: lengths %d and %d", len(dst), len(x)))
	}
	axpy(dst, s, x)
}

// check panics unless rows of cols numbers, stride from one to the next, lie
// within a slice of the given length. It divides where a product could
// overflow.
func check(what string, length, rows, cols, stride int) {
	bad := rows < 0 || cols < 0 || stride < cols
	if !bad && rows > 0 && cols > 0 {
		bad = length < cols || rows-1 > (length-cols)/stride
	}
	if bad {
		panic(fmt.Sprintf("matrix: %s: %d×%d with stride %d does not fit %d numbers", what, rows, cols, stride, length))
	}
}
