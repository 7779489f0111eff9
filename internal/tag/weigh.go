package tag

import "math"

// unlikely stands for the log of a probability too small to write.
const unlikely = -700

// SpanLogs is, for each paragraph, the log of the probability of each of
// spans under it, added up; spans lie inside every one of the paragraphs.
func (t *Tagger) SpanLogs(paragraphs [][]Token, spans []Span) []float64 {
	out := make([]float64, len(paragraphs))
	var l Lattice
	for p, scores := range t.Scores(paragraphs) {
		if len(scores) == 0 {
			continue
		}
		l.Run(&t.net.CRF, scores)
		for _, s := range spans {
			out[p] += l.spanLog(s)
		}
	}
	return out
}

// spanLog is the log of the probability of exactly this span, whatever stands
// beside it.
func (l *Lattice) spanLog(s Span) float64 {
	if s.End == s.First+1 {
		return log(l.Marginal(s.First, label(s.Type, whole)))
	}
	b, in, e, last := label(s.Type, begins), label(s.Type, inside), label(s.Type, ends), s.End-1
	sum := log(l.alpha[s.First*Labels+b])
	before := b
	for i := s.First + 1; i < last; i++ {
		sum += log(l.step[before*Labels+in]) + log(l.emit[i*Labels+in]) + log(l.scale[i])
		before = in
	}
	sum += log(l.step[before*Labels+e]) + log(l.emit[last*Labels+e]) + log(l.scale[last])
	return max(sum+log(l.beta[last*Labels+e]), unlikely)
}

func log(x float64) float64 {
	if x <= 0 {
		return unlikely
	}
	return max(math.Log(x), unlikely)
}
