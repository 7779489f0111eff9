package matrix

func mulPanelPlain(p product) {
	for i := range p.m {
		var acc [panelCols]float32
		row := p.c[i*p.ldc : i*p.ldc+p.n]
		copy(acc[:], row)
		for d, x := range p.a[i*p.lda : i*p.lda+p.k] {
			b := (*[panelCols]float32)(p.b[d*panelCols:])
			for j := range acc {
				acc[j] += x * b[j]
			}
		}
		copy(row, acc[:])
	}
}

// transposePlain writes the m×n matrix a into dst, n×m with stride ldd.
func transposePlain(dst []float32, ldd int, a []float32, lda, m, n int) {
	for i := range m {
		for j, x := range a[i*lda : i*lda+n] {
			dst[j*ldd+i] = x
		}
	}
}

func dotPlain(a, b []float32) float32 {
	var sum [4]float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		sum[0] += a[i] * b[i]
		sum[1] += a[i+1] * b[i+1]
		sum[2] += a[i+2] * b[i+2]
		sum[3] += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		sum[0] += a[i] * b[i]
	}
	return (sum[0] + sum[1]) + (sum[2] + sum[3])
}

func axpyPlain(dst []float32, s float32, x []float32) {
	x = x[:len(dst)]
	for i := range dst {
		dst[i] += s * x[i]
	}
}
