package matrix

// mulPanelPlain does 8 columns at a time, whose sums a processor can keep in
// registers. Columns of padding are worked out and left behind.
func mulPanelPlain(p product) {
	for i := range p.m {
		row, a := p.c[i*p.ldc:i*p.ldc+p.n], p.a[i*p.lda:i*p.lda+p.k]
		for j := 0; j < p.n; j += 8 {
			var acc [8]float32
			copy(acc[:], row[j:])
			mulEight(&acc, a, p.b[j:])
			copy(row[j:], acc[:])
		}
	}
}

// mulEight adds a times 8 columns of a panel to acc.
func mulEight(acc *[8]float32, a, b []float32) {
	c0, c1, c2, c3 := acc[0], acc[1], acc[2], acc[3]
	c4, c5, c6, c7 := acc[4], acc[5], acc[6], acc[7]
	for d, x := range a {
		w := (*[8]float32)(b[d*panelCols:])
		c0 += x * w[0]
		c1 += x * w[1]
		c2 += x * w[2]
		c3 += x * w[3]
		c4 += x * w[4]
		c5 += x * w[5]
		c6 += x * w[6]
		c7 += x * w[7]
	}
	*acc = [8]float32{c0, c1, c2, c3, c4, c5, c6, c7}
}

// transposePlain writes the m×n matrix a into dst, n×m with stride ldd.
func transposePlain(dst []float32, ldd int, a []float32, lda, m, n int) {
	for i := range m {
		for j, x := range a[i*lda : i*lda+n] {
			dst[j*ldd+i] = x
		}
	}
}

func axpyPlain(dst []float32, s float32, x []float32) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += s * x[i]
	}
}
