package vectors

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"onrecord/internal/words"
)

// The settings of word2vec (Mikolov et al. 2013).
const (
	firstRate = 0.025
	lastRate  = firstRate * 1e-4
	negatives = 5
	negPower  = 0.75 // of a word's frequency, for drawing negatives
	window    = 5    // words to each side

	// Frequent words are passed over by chance, at these frequencies and
	// above. As neighbours they are passed over less: "that" or a comma beside
	// a word says how the word is used, which is what the tagger wants to know.
	centreSample    = 1e-4
	neighbourSample = 1e-3

	// rarest is how many of the rarest words are averaged for words.Unknown.
	rarest = 2_000
)

// tables is how many output tables there are: one for each place from -3 to
// +3, and one for the places further off.
const tables = 7

// tableOf says which output table a neighbour at distance off, −window to
// +window and not 0, is predicted with.
func tableOf(off int) int {
	switch {
	case off < -3 || off > 3:
		return tables - 1
	case off < 0:
		return off + 3
	}
	return off + 2
}

// model is the state of training.
type model struct {
	c         *corpus
	dim       int
	passes    int
	log       io.Writer
	in        []float32         // the vectors: words × dim
	out       [tables][]float32 // the weights of neighbours: words × dim each
	centre    []uint32          // chance of a word to be kept as centre, in 2^-32
	neighbour []uint32          // … as neighbour
	negative  alias
	random    *rand.PCG
	rate      float32
	change    []float32 // of the centre's vector, for one neighbour
	kept      []bool    // of the sentence at hand, as neighbours
}

func newModel(c *corpus, o Options) *model {
	m := &model{
		c: c, dim: o.Dim, passes: o.Passes, log: o.Log,
		in:     make([]float32, len(c.words)*o.Dim),
		random: rand.NewPCG(o.Seed, 0x9e3779b97f4a7c15),
		change: make([]float32, o.Dim),
	}
	for t := range m.out {
		m.out[t] = make([]float32, len(c.words)*o.Dim)
	}
	for i := range m.in {
		u := float32(m.random.Uint64()>>40) / (1 << 24)
		m.in[i] = (u - 0.5) / float32(o.Dim)
	}
	weights := make([]float64, len(c.counts))
	for i, n := range c.counts {
		f := float64(n) / float64(c.tokens)
		m.centre = append(m.centre, keep(f, centreSample))
		m.neighbour = append(m.neighbour, keep(f, neighbourSample))
		weights[i] = math.Pow(float64(n), negPower)
	}
	m.negative = newAlias(weights)
	return m
}

// keep is word2vec's chance of keeping a word of frequency f, in 2^-32.
func keep(f, sample float64) uint32 {
	p := math.Sqrt(sample/f) + sample/f
	return uint32(min(p, 1) * math.MaxUint32)
}

// pass goes once over the corpus, number pass counted from 0.
func (m *model) pass(pass int) {
	stream := m.c.stream
	const reports = 4
	next := len(stream) / reports
	for start := 0; start < len(stream); {
		end := start
		for stream[end] != sentenceEnd {
			end++
		}
		done := (float64(pass) + float64(start)/float64(len(stream))) / float64(m.passes)
		m.rate = float32(max(firstRate*(1-done), lastRate))
		m.sentence(stream[start:end])
		start = end + 1
		if start > next {
			fmt.Fprintf(m.log, "%.0f %%\n", 100*done)
			next += len(stream) / reports
		}
	}
}

// sentence trains each kept word of s on its kept neighbours. Words passed
// over leave their place empty: in word2vec the others close up, which would
// blur the distances that the tables stand for.
func (m *model) sentence(s []int32) {
	m.kept = m.kept[:0]
	for _, w := range s {
		m.kept = append(m.kept, w >= 0 && uint32(m.random.Uint64()>>32) <= m.neighbour[w])
	}
	for i, w := range s {
		if w < 0 || uint32(m.random.Uint64()>>32) > m.centre[w] {
			continue
		}
		in := m.in[int(w)*m.dim:][:m.dim]
		for j := max(0, i-window); j <= min(i+window, len(s)-1); j++ {
			if j != i && m.kept[j] {
				m.pair(in, m.out[tableOf(j-i)], s[j])
			}
		}
	}
}

// pair takes one step: away from negatives drawn by chance, towards the
// neighbour that is there. in is the centre's vector, out the table of the
// neighbour's place.
func (m *model) pair(in, out []float32, neighbour int32) {
	clear(m.change)
	for k := range negatives + 1 {
		w, target := neighbour, float32(1)
		if k > 0 {
			if w = m.negative.draw(m.random.Uint64()); w == neighbour {
				continue
			}
			target = 0
		}
		row := out[int(w)*m.dim:][:m.dim]
		step(in, row, m.change, (target-sigmoid(dot(in, row)))*m.rate)
	}
	add(in, m.change)
}

// vectors is the result: the centre vectors, after a row for unknown words.
func (m *model) vectors() *Vectors {
	unknown := make([]float32, m.dim)
	few := min(rarest, len(m.c.words))
	for i := len(m.c.words) - few; i < len(m.c.words); i++ {
		add(unknown, m.in[i*m.dim:][:m.dim])
	}
	for i := range unknown {
		unknown[i] /= float32(few)
	}
	return &Vectors{
		Words:  append([]string{words.Unknown}, m.c.words...),
		Vec:    append(unknown, m.in...),
		Dim:    m.dim,
		Tokens: m.c.tokens,
	}
}
