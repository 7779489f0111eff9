package tag

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"onrecord/internal/matrix"
)

// mixture is about n tokens in paragraphs as long as those of reports, their
// words drawn from the vocabulary.
func mixture(net *Net, n int) (paragraphs [][]Token, tokens int) {
	var words []string
	for w := range net.Vocabulary {
		words = append(words, w)
	}
	slices.Sort(words)
	r := rand.New(rand.NewPCG(5, 6))
	for tokens < n {
		p := make([]Token, 5+r.IntN(80))
		for i := range p {
			w := words[r.IntN(len(words))]
			p[i] = Token{Key: w, Form: w, Quote: uint8(r.IntN(48)), Bits: r.Uint32() >> 4}
		}
		paragraphs, tokens = append(paragraphs, p), tokens+len(p)
	}
	return paragraphs, tokens
}

// BenchmarkTag labels documents of the length of a short item, a report and a
// long report, by each kernel that the processor has.
func BenchmarkTag(b *testing.B) {
	for _, tagger := range []struct {
		name string
		*Tagger
	}{{"full", Embedded()}, {"fast", EmbeddedFast()}} {
		benchmarkTag(b, tagger.name, tagger.Tagger)
	}
}

func benchmarkTag(b *testing.B, name string, tagger *Tagger) {
	for _, n := range []int{100, 1000, 10_000} {
		paragraphs, tokens := mixture(tagger.net, n)
		for _, kernel := range []string{"plain", "avx2", "avx512"} {
			before, err := matrix.Use(kernel)
			if err != nil {
				continue
			}
			b.Run(fmt.Sprintf("%s/%d/%s", name, n, kernel), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					tagger.Tag(paragraphs)
				}
				b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
			})
			if _, err := matrix.Use(before); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkLoad makes a Tagger of the bytes inside the program, as the first
// report that is read does.
func BenchmarkLoad(b *testing.B) {
	for name, data := range map[string][]byte{"full": model, "fast": fastModel} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				n, bias, err := Decode(data)
				if err != nil {
					b.Fatal(err)
				}
				New(n, bias)
			}
		})
	}
}
