//go:build !amd64

package matrix

func best() kernel { return plain }

func mulPanel(p product) { mulPanelPlain(p) }

func transpose(dst []float32, ldd int, a []float32, lda, m, n int) {
	transposePlain(dst, ldd, a, lda, m, n)
}

func axpy(dst []float32, s float32, x []float32) { axpyPlain(dst, s, x) }

func activate(x []float32, c *curve) { activatePlain(x, c) }
