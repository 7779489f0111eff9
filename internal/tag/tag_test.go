package tag

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomNet is an untrained network that all the same prefers some labels.
func randomNet(seed uint64) *Net {
	r := rand.New(rand.NewPCG(seed, 1))
	fill := func(n int) []float32 {
		w := make([]float32, n)
		for i := range w {
			w[i] = float32(r.NormFloat64()) * 0.4
		}
		return w
	}
	n := &Net{Sizes: Sizes{Words: 6, Dim: 5, Hidden: 7}, Vocabulary: map[string]int32{"<unk>": 0, "a": 1, "b": 2, "c": 3, "d": 4, "\"": 5}}
	n.Word = fill(n.Words * n.Dim)
	for _, t := range tables {
		n.Tables = append(n.Tables, fill(t.size*t.dim))
	}
	n.Layers = make([][2]Direction, 2)
	for _, m := range n.matrices() {
		*m.at = fill(m.len)
	}
	for i := range n.Out {
		n.Out[i] *= 6 // sure of itself, so that there are spans
	}
	return n
}

func randomParagraph(r *rand.Rand, n int) []Token {
	out := make([]Token, n)
	for i := range out {
		w := []string{"a", "b", "c", "d", "e", "\""}[r.IntN(6)]
		out[i] = Token{Key: w, Form: w, Quote: uint8(r.IntN(48)), Bits: r.Uint32() >> 4}
	}
	return out
}

// The answer for one paragraph must not depend on what is read beside it.
func TestAnswerIsIndependentOfCompany(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	tagger := New(randomNet(1), Bias{0.3, 0.3, 0.3})
	var all [][]Token
	for range 60 {
		all = append(all, randomParagraph(r, 1+r.IntN(70)))
	}
	all = append(all, nil, randomParagraph(r, 1500))
	together, scores := tagger.Tag(all), tagger.Scores(all)
	spans := 0
	for i, p := range all {
		if alone := tagger.Scores([][]Token{p})[0]; !slices.Equal(alone, scores[i]) {
			t.Fatalf("paragraph %d of %d tokens: other scores when read alone", i, len(p))
		}
		if alone := tagger.Tag([][]Token{p})[0]; !slices.Equal(alone, together[i]) {
			t.Fatalf("paragraph %d: %v alone, %v in company", i, alone, together[i])
		}
		spans += len(together[i])
	}
	if spans == 0 {
		t.Fatal("no spans at all: the test shows nothing")
	}
}

// Spans lie in order, do not overlap, and stay inside their paragraph.
func TestSpansAreSound(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	tagger := New(randomNet(2), Bias{0.05, 0.05, 0.05})
	for range 200 {
		p := randomParagraph(r, 1+r.IntN(40))
		at := 0
		for _, s := range tagger.Tag([][]Token{p})[0] {
			if s.First < at || s.End <= s.First || s.End > len(p) || s.Score <= 0 || s.Score > 1.0001 {
				t.Fatalf("span %+v after token %d in a paragraph of %d", s, at, len(p))
			}
			at = s.End
		}
	}
}

// all labellings of a short paragraph, and their probabilities, one by one.
func enumerate(c *CRF, scores []float32) (labellings [][]uint8, p []float64) {
	n := len(scores) / Labels
	var total float64
	var walk func(prefix []uint8, sum float64)
	walk = func(prefix []uint8, sum float64) {
		before := 0
		if len(prefix) > 0 {
			before = int(prefix[len(prefix)-1])
		}
		if len(prefix) == n {
			if follows(before, 0) {
				labellings, p = append(labellings, slices.Clone(prefix)), append(p, math.Exp(sum))
				total += math.Exp(sum)
			}
			return
		}
		for y := range Labels {
			if follows(before, y) {
				walk(append(prefix, uint8(y)), sum+float64(scores[len(prefix)*Labels+y]+c.Trans[before*Labels+y]))
			}
		}
	}
	walk(nil, 0)
	for i := range p {
		p[i] /= total
	}
	return labellings, p
}

// The lattice has to agree with counting every labelling.
func TestLatticeAgainstCounting(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
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
		labellings, p := enumerate(c, scores)
		marginal := make([]float64, n*Labels)
		pairs := make([]float64, Labels*Labels)
		spans := map[Span]float64{}
		for i, labels := range labellings {
			before := 0
			for t, y := range labels {
				marginal[t*Labels+int(y)] += p[i]
				pairs[before*Labels+int(y)] += p[i]
				before = int(y)
			}
			for _, s := range spansOf(labels) {
				spans[s] += p[i]
			}
		}
		got := make([]float64, Labels*Labels)
		l.AddPairs(got, 1)
		for i := range pairs {
			near(t, "pair", pairs[i], got[i])
		}
		for i := range marginal {
			near(t, "marginal", marginal[i], l.Marginal(i/Labels, i%Labels))
		}
		near(t, "log-likelihood", math.Log(p[0]), l.LogLikelihood(labellings[0]))
		ends := l.endings()
		offered := map[Span]bool{}
		for first := range n {
			for typ := range Types {
				l.spansFrom(first, Type(typ), ends, func(s Span) {
					offered[Span{Type: s.Type, First: s.First, End: s.End}] = true
					want := spans[Span{Type: s.Type, First: s.First, End: s.End}]
					near(t, "span", want, float64(s.Score))
				})
			}
		}
		for s, want := range spans {
			if want > leastEdge+1e-9 && !offered[s] {
				t.Errorf("span %+v of probability %.2f is not offered", s, want)
			}
		}
	}
}

func near(t *testing.T, what string, want, got float64) {
	t.Helper()
	if math.Abs(want-got) > 1e-6*(1+math.Abs(want)) {
		t.Errorf("%s: %.8f by counting, %.8f by the lattice", what, want, got)
	}
}

func spansOf(labels []uint8) []Span {
	var out []Span
	first := 0
	for i, y := range labels {
		if y == 0 {
			continue
		}
		place := int(y-1) % places
		if place == begins || place == whole {
			first = i
		}
		if place == ends || place == whole {
			out = append(out, Span{Type: Type(int(y-1) / places), First: first, End: i + 1})
		}
	}
	return out
}

// Decode has to choose the best set of spans, as trying every set shows.
func TestDecodeIsBest(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	c := &CRF{Trans: make([]float32, Labels*Labels)}
	bias := Bias{0.2, 0.1, 0.15}
	for range 30 {
		scores := make([]float32, 4*Labels)
		for i := range scores {
			scores[i] = float32(r.NormFloat64())
		}
		var l Lattice
		l.Run(c, scores)
		got := float32(0)
		for _, s := range l.Decode(bias) {
			got += s.Score - bias[s.Type]
		}
		best := float32(0)
		offers := map[Span]float32{}
		ends := l.endings()
		for first := range 4 {
			for typ := range Types {
				l.spansFrom(first, Type(typ), ends, func(s Span) {
					offers[Span{Type: s.Type, First: s.First, End: s.End}] = s.Score
				})
			}
		}
		labellings, _ := enumerate(c, scores)
		for _, labels := range labellings {
			sum := float32(0)
			for _, s := range spansOf(labels) {
				p, offered := offers[s]
				if !offered {
					sum -= 9
				}
				sum += p - bias[s.Type]
			}
			best = max(best, sum)
		}
		if math.Abs(float64(best-got)) > 1e-5 {
			t.Fatalf("chose spans worth %.5f; the best are worth %.5f", got, best)
		}
	}
}

func TestFileKeepsTheNetwork(t *testing.T) {
	n := randomNet(4)
	bias := Bias{0.31, 0.32, 0.33}
	data := Encode(n, bias)
	got, gotBias, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if gotBias != bias || got.Vocabulary["c"] != 3 || !slices.Equal(got.Out, n.Out) || !slices.Equal(got.Layers[1][1].Rec, n.Layers[1][1].Rec) {
		t.Error("the file lost something")
	}
	for i, w := range n.Word {
		if math.Abs(float64(w-got.Word[i])) > 0.01 {
			t.Fatalf("word table: %f became %f", w, got.Word[i])
		}
	}
	if again := Encode(got, gotBias); len(again) != len(data) {
		t.Errorf("%d bytes written again, %d before", len(again), len(data))
	}
	for _, cut := range []int{0, 5, len(magic) + 3, len(data) / 2, len(data) - 1} {
		if _, _, err := Decode(data[:cut]); err == nil {
			t.Errorf("a file cut at %d of %d bytes was read without complaint", cut, len(data))
		}
	}
	if _, _, err := Decode(append(slices.Clone(data), 0)); err == nil {
		t.Error("a byte too many was not noticed")
	}
}

func BenchmarkLattice(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	c := &CRF{Trans: make([]float32, Labels*Labels)}
	scores := make([]float32, 50*Labels)
	for i := range scores {
		scores[i] = float32(r.NormFloat64() * 2)
	}
	var l Lattice
	for b.Loop() {
		l.Run(c, scores)
	}
	b.ReportMetric(float64(b.N)*50/b.Elapsed().Seconds(), "tokens/s")
}

// The projection has to give the scores that the products give.
func TestProjection(t *testing.T) {
	n := randomNet(11)
	r := rand.New(rand.NewPCG(12, 1))
	paragraphs := [][]Token{randomParagraph(r, 30), randomParagraph(r, 7), randomParagraph(r, 1)}
	with, without := New(n, Bias{}), New(n, Bias{})
	if with.packed.first == nil {
		t.Fatal("a small network has no projection")
	}
	without.packed.first = nil
	with.packed.first.word = with.packed.first.word[:3*with.packed.first.width] // the other words are rare
	a, b := with.Scores(paragraphs), without.Scores(paragraphs)
	for p := range a {
		for i := range a[p] {
			if math.Abs(float64(a[p][i]-b[p][i])) > 1e-3 {
				t.Fatalf("paragraph %d: score %f by the projection, %f by the product", p, a[p][i], b[p][i])
			}
		}
	}
}
