package tagger

import (
	"onrecord/internal/tag"
)

// softenAtOnce is how many paragraphs a teacher sees in one call.
const softenAtOnce = 2000

// Soften lets a teacher label paragraphs that nobody has marked: each token
// gets the probability of each label. A student that learns from these does
// better than one that learns from labels alone (Hinton, Vinyals and Dean
// 2015, "Distilling the knowledge in a neural network").
func Soften(teacher *tag.Net, paragraphs [][]tag.Token, weight float32) []Example {
	const L = tag.Labels
	tagger := tag.New(teacher, tag.Bias{})
	var out []Example
	for from := 0; from < len(paragraphs); from += softenAtOnce {
		some := paragraphs[from:min(from+softenAtOnce, len(paragraphs))]
		scores := tagger.Scores(some)
		var l tag.Lattice
		for i, p := range some {
			if len(p) > longest {
				continue
			}
			l.Run(&teacher.CRF, scores[i])
			soft := make([]float32, len(p)*L)
			for t := range p {
				for y := range L {
					soft[t*L+y] = float32(l.Marginal(t, y))
				}
			}
			out = append(out, Example{Tokens: p, Soft: soft, Weight: weight})
		}
	}
	return out
}
