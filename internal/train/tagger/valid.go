package tagger

import (
	"fmt"

	"onrecord/internal/quote"
	"onrecord/internal/tag"
	"onrecord/internal/text"
	"onrecord/internal/train/corpus"
)

// Validation judges networks by the published comparison's passages: exact
// spans, micro over all of them.
type Validation struct {
	input  [][]tag.Token
	place  [][]int // of each token of the program: the passage's token it begins in
	length []int
	want   [][]tag.Span
}

// NewValidation prepares passages for judging.
func NewValidation(instances []corpus.Instance) *Validation {
	v := &Validation{}
	for _, in := range instances {
		body, spans := text.Detokenise(in.Tokens)
		d := corpus.Passage(body)
		var tokens []tag.Token
		for _, p := range quote.Input(d) {
			tokens = append(tokens, p...)
		}
		place := make([]int, len(d.Tokens))
		at := 0
		for i, t := range d.Tokens {
			for at+1 < len(spans) && spans[at].End <= t.Start {
				at++
			}
			place[i] = at
		}
		v.input, v.place = append(v.input, tokens), append(v.place, place)
		v.length = append(v.length, len(in.Tokens))
		v.want = append(v.want, spansOf(in.Labels))
	}
	return v
}

func spansOf(labels []string) []tag.Span {
	var out []tag.Span
	for i := 0; i < len(labels); i++ {
		for t, name := range []string{"source", "cue", "content"} {
			if labels[i] != "B-"+name {
				continue
			}
			end := i + 1
			for end < len(labels) && labels[end] == "I-"+name {
				end++
			}
			out = append(out, tag.Span{Type: tag.Type(t), First: i, End: end})
		}
	}
	return out
}

// Score is the exact-span F1 of each type, and their mean.
type Score struct {
	F1   [tag.Types]float64
	P, R [tag.Types]float64
	Mean float64
}

func (s Score) String() string {
	return fmt.Sprintf("source %.1f (P %.1f R %.1f), cue %.1f (%.1f %.1f), content %.1f (%.1f %.1f), mean %.2f",
		s.F1[0], s.P[0], s.R[0], s.F1[1], s.P[1], s.R[1], s.F1[2], s.P[2], s.R[2], s.Mean)
}

// Judge scores what find says of the passages.
func (v *Validation) Judge(find func([][]tag.Token) [][]tag.Span) Score {
	var right, claimed, wanted [tag.Types]int
	for i, spans := range find(v.input) {
		type span struct {
			t          tag.Type
			first, end int
		}
		want := map[span]bool{}
		for _, s := range v.want[i] {
			want[span{s.Type, s.First, s.End}] = true
			wanted[s.Type]++
		}
		for _, s := range spans {
			claimed[s.Type]++
			end := v.length[i]
			if s.End < len(v.place[i]) {
				end = v.place[i][s.End]
			}
			if want[span{s.Type, v.place[i][s.First], end}] {
				right[s.Type]++
			}
		}
	}
	var s Score
	for t := range tag.Types {
		s.P[t] = 100 * float64(right[t]) / float64(max(claimed[t], 1))
		s.R[t] = 100 * float64(right[t]) / float64(max(wanted[t], 1))
		if right[t] > 0 {
			s.F1[t] = 2 * s.P[t] * s.R[t] / (s.P[t] + s.R[t])
		}
		s.Mean += s.F1[t] / float64(tag.Types)
	}
	return s
}
