package matrix

import "golang.org/x/sys/cpu"

func best() kernel {
	switch {
	case !cpu.X86.HasAVX2 || !cpu.X86.HasFMA:
		return plain
	case !cpu.X86.HasAVX512F:
		return avx2
	}
	return avx512
}

// The most rows a kernel takes at once, as many as its registers hold.
const (
	avx2Rows   = 6
	avx512Rows = 8
)

// mulAVX2 adds rows × k of a times k × 16 of b to c; 1 to 6 rows, k above 0.
// Strides are in numbers; rows of b lie 32 apart.
//
//go:noescape
func mulAVX2(c *float32, ldc int, a *float32, lda int, b *float32, k, rows int)

// mulAVX512 is the same with k × 32 of b, for 1 to 8 rows.
//
//go:noescape
func mulAVX512(c *float32, ldc int, a *float32, lda int, b *float32, k, rows int)

// transpose8 writes an 8×8 piece of a, transposed, to dst.
//
//go:noescape
func transpose8(dst *float32, ldd int, a *float32, lda int)

//go:noescape
func axpyAVX2(dst *float32, s float32, x *float32, n int)

// activateAVX2 takes n numbers, a multiple of 8 above 0.
//
//go:noescape
func activateAVX2(x *float32, n int, c *curve)

// activateAVX512 takes n numbers, a multiple of 16 above 0.
//
//go:noescape
func activateAVX512(x *float32, n int, c *curve)

func mulPanel(p product) {
	if current == plain {
		mulPanelPlain(p)
		return
	}
	most := avx2Rows
	if wide(p) {
		most = avx512Rows
	}
	// Fewer than four rows leave the multipliers waiting for each other, so
	// all tiles are made of nearly one height rather than the last one low.
	for tiles := (p.m + most - 1) / most; tiles > 0; tiles-- {
		rows := p.m / tiles
		mulTile(p, rows)
		p.m -= rows
		if p.m > 0 {
			p.c, p.a = p.c[rows*p.ldc:], p.a[rows*p.lda:]
		}
	}
}

// wide says whether a panel is for AVX-512. Half of one is left to AVX2, which
// has the same result.
func wide(p product) bool { return current == avx512 && p.n > halfCols }

// mulTile does the first rows of p. A panel that is not full goes through a
// copy of c with room for what is padding.
func mulTile(p product, rows int) {
	// The last look before the assembly, at the far end of what it reads.
	_, _ = p.a[(rows-1)*p.lda+p.k-1], p.b[p.k*panelCols-1]
	if p.n == panelCols || p.n == halfCols {
		mulFull(p.c[:(rows-1)*p.ldc+p.n], p.ldc, p, rows)
		return
	}
	var full [avx512Rows * panelCols]float32
	for i := range rows {
		copy(full[i*panelCols:], p.c[i*p.ldc:i*p.ldc+p.n])
	}
	mulFull(full[:], panelCols, p, rows)
	for i := range rows {
		copy(p.c[i*p.ldc:i*p.ldc+p.n], full[i*panelCols:])
	}
}

// mulFull works out 32 columns, or 16 where no more are asked for.
func mulFull(c []float32, ldc int, p product, rows int) {
	if wide(p) {
		mulAVX512(&c[0], ldc, &p.a[0], p.lda, &p.b[0], p.k, rows)
		return
	}
	mulAVX2(&c[0], ldc, &p.a[0], p.lda, &p.b[0], p.k, rows)
	if p.n > halfCols {
		mulAVX2(&c[halfCols], ldc, &p.a[0], p.lda, &p.b[halfCols], p.k, rows)
	}
}

// transpose writes the m×n matrix a into dst, n×m with stride ldd.
func transpose(dst []float32, ldd int, a []float32, lda, m, n int) {
	if m == 0 || n == 0 {
		return
	}
	if current == plain {
		transposePlain(dst, ldd, a, lda, m, n)
		return
	}
	_, _ = a[(m-1)*lda+n-1], dst[(n-1)*ldd+m-1]
	m8, n8 := m&^7, n&^7
	for i := 0; i < m8; i += 8 {
		for j := 0; j < n8; j += 8 {
			transpose8(&dst[j*ldd+i], ldd, &a[i*lda+j], lda)
		}
	}
	if n8 < n && m8 > 0 {
		transposePlain(dst[n8*ldd:], ldd, a[n8:], lda, m8, n-n8)
	}
	if m8 < m {
		transposePlain(dst[m8:], ldd, a[m8*lda:], lda, m-m8, n)
	}
}

func axpy(dst []float32, s float32, x []float32) {
	if current == plain || len(x) == 0 {
		axpyPlain(dst, s, x)
		return
	}
	axpyAVX2(&dst[0], s, &x[0], len(x))
}

func activate(x []float32, c *curve) {
	if current == plain {
		activatePlain(x, c)
		return
	}
	if n := len(x) &^ (lanes - 1); n > 0 {
		activateFull(x[:n], c)
		x = x[n:]
	}
	if len(x) > 0 {
		var rest [lanes]float32
		copy(rest[:], x)
		activateFull(rest[:], c)
		copy(x, rest[:])
	}
}

// activateFull takes whole registers of numbers, at least one.
func activateFull(x []float32, c *curve) {
	if current == avx512 {
		activateAVX512(&x[0], len(x), c)
	} else {
		activateAVX2(&x[0], len(x), c)
	}
}
