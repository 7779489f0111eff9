package tag

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The log of a span's probability has to agree with counting every labelling.
func TestSpanLogAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	c := &CRF{Trans: make([]float32, Labels*Labels)}
	for i := range c.Trans {
		c.Trans[i] = float32(r.NormFloat64())
	}
	for n := 1; n <= 4; n++ {
		scores := make([]float32, n*Labels)
		for i := range scores {
			scores[i] = float32(r.NormFloat64() * 2)
		}
		var l Lattice
		l.Run(c, scores)
		spans := map[Span]float64{}
		labellings, p := enumerate(c, scores)
		for i, labels := range labellings {
			for _, s := range spansOf(labels) {
				spans[s] += p[i]
			}
		}
		for s, want := range spans {
			near(t, "span", want, math.Exp(l.spanLog(s)))
		}
	}
}

func TestSpanLogsOfSeveral(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	tagger := New(randomNet(3), Bias{})
	a, b := randomParagraph(r, 9), randomParagraph(r, 9)
	spans := []Span{{Type: Cue, First: 2, End: 3}, {Type: Content, First: 4, End: 8}}
	both := tagger.SpanLogs([][]Token{a, b}, spans)
	for i, p := range [][]Token{a, b} {
		sum := 0.0
		for _, s := range spans {
			sum += tagger.SpanLogs([][]Token{p}, []Span{s})[0]
		}
		near(t, "sum", sum, both[i])
	}
	if both[0] == both[1] || both[0] >= 0 {
		t.Errorf("two paragraphs have the logs %v", both)
	}
}
