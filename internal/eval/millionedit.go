package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// edits are the twelve kinds in which the world of the planted million alters
// a sentence. Each is given at least eight words.
var edits = []struct {
	kind string
	make func(m *mill, words string) string
}{
	{"cut at the end", func(m *mill, words string) string {
		w := strings.Fields(words)
		return closed(w[:4+m.rng.IntN(len(w)-5)])
	}},
	{"cut at the front", func(m *mill, words string) string {
		w := strings.Fields(words)
		return strings.Join(w[2+m.rng.IntN(len(w)-5):], " ")
	}},
	{"cut at both ends", func(m *mill, words string) string {
		w := strings.Fields(words)
		n := 4 + m.rng.IntN(len(w)-5)
		at := 1 + m.rng.IntN(len(w)-n-1)
		return closed(w[at : at+n])
	}},
	{"headline fragment", func(m *mill, words string) string {
		w := strings.Fields(words)
		n := 3 + m.rng.IntN(4)
		at := m.rng.IntN(len(w) - n + 1)
		return closed(w[at : at+n])
	}},
	{"marked omission", func(m *mill, words string) string { return m.leaveOut(words, 6, "…") }},
	{"unmarked omission", func(m *mill, words string) string { return m.leaveOut(words, 4) }},
	{"one word replaced", func(m *mill, words string) string { return m.replace(words, 1) }},
	{"two words replaced", func(m *mill, words string) string { return m.replace(words, 2) }},
	{"words inserted", func(m *mill, words string) string {
		w := strings.Fields(words)
		return strings.Join(slices.Insert(w, inside(m.rng, w), m.foreign(1+m.rng.IntN(3))...), " ")
	}},
	{"editor's brackets", func(m *mill, words string) string {
		w := strings.Fields(words)
		at := inside(m.rng, w)
		switch put := "[" + strings.Join(m.foreign(1+m.rng.IntN(2)), " ") + "]"; m.rng.IntN(3) {
		case 0: // a word explained
			w = slices.Insert(w, at, put)
		case 1: // a word put in the place of another
			w[at] = put
		default: // the word itself, set right in its ending
			w[at] = "[" + strings.Trim(w[at], ",.;:") + "]"
		}
		return strings.Join(w, " ")
	}},
	{"negated", func(m *mill, words string) string {
		w := strings.Fields(words)
		return strings.Join(slices.Insert(w, inside(m.rng, w), "not"), " ")
	}},
	{"a quarter edited", func(m *mill, words string) string {
		w := strings.Fields(words)
		at := m.rng.Perm(len(w))[:len(w)/4]
		slices.Sort(at)
		for _, i := range slices.Backward(at) {
			switch m.rng.IntN(4) {
			case 0:
				w = slices.Delete(w, i, i+1)
			case 1:
				w = slices.Insert(w, i, m.foreign(1)...)
			default:
				w[i] = m.foreign(1)[0]
			}
		}
		return strings.Join(w, " ")
	}},
}

// fragmentKind is the place of the headline fragments in edits.
const fragmentKind int8 = 3

// inside is a place with at least one word before it and one behind.
func inside(rng *rand.Rand, w []string) int { return 1 + rng.IntN(len(w)-2) }

// closed joins words that are cut off before their end: no comma is left
// hanging.
func closed(w []string) string { return strings.TrimRight(strings.Join(w, " "), ",;:—–- ") }

// leaveOut drops one to most words inside and sets mark in their place.
func (m *mill) leaveOut(words string, most int, mark ...string) string {
	w := strings.Fields(words)
	n := 1 + m.rng.IntN(min(most, len(w)-4))
	at := 2 + m.rng.IntN(len(w)-n-3)
	return strings.Join(slices.Replace(w, at, at+n, mark...), " ")
}

// replace puts words of other sentences in the place of n words.
func (m *mill) replace(words string, n int) string {
	w := strings.Fields(words)
	for _, at := range m.rng.Perm(len(w))[:n] {
		old := w[at]
		for w[at] == old || bare(w[at]) == bare(old) {
			w[at] = m.foreign(1)[0]
		}
	}
	return strings.Join(w, " ")
}

// foreign are n words in a row of another sentence, without the punctuation
// round them.
func (m *mill) foreign(n int) []string {
	for {
		w := strings.Fields(m.sentences[m.rng.IntN(len(m.sentences))])
		at := m.rng.IntN(len(w) - n + 1)
		out := slices.Clone(w[at : at+n])
		for i := range out {
			out[i] = bare(out[i])
		}
		if !slices.Contains(out, "") {
			return out
		}
	}
}
