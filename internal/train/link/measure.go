package link

import (
	"fmt"
	"io"
	"math/rand/v2"
	"slices"

	"onrecord/internal/link"
	"onrecord/internal/text"
)

// linker is anything that ties spans.
type linker func(*text.Doc, []link.Span) []link.Attribution

// Tally counts attributions. All links right: the same contents, cue and
// source.
type Tally struct {
	Wanted, Claimed, Right int
	Content, Cue, Source   int // of the wanted with their first content's attribution: each link alone right
}

// Share of the wanted that are all right.
func (t Tally) Share() float64 { return ratio(t.Right, t.Wanted) }

// F1 of attributions that are all right.
func (t Tally) F1() float64 { return ratio(2*t.Right, t.Wanted+t.Claimed) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

// count adds one document. A claim of spurious spans alone, tied to nothing,
// is no claim.
func (t *Tally) count(d document, got []link.Attribution) {
	of := map[int]*link.Attribution{}
	known := map[int]bool{}
	for i := range got {
		for _, c := range got[i].Content {
			of[c] = &got[i]
		}
	}
	for _, k := range d.known {
		t.Wanted++
		for _, c := range k.Content {
			known[c] = true
		}
		g := of[k.Content[0]]
		content, cue, source := slices.Equal(g.Content, k.Content), slices.Equal(g.Cue, k.Cue), g.Source == k.Source
		t.Content += one(content)
		t.Cue += one(cue)
		t.Source += one(source)
		t.Right += one(content && cue && source)
	}
	for _, g := range got {
		spurious := !slices.ContainsFunc(g.Content, func(c int) bool { return known[c] })
		if !spurious || len(g.Cue) > 0 || g.Source >= 0 {
			t.Claimed++
		}
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

func measure(docs []document, l linker) Tally {
	var t Tally
	for _, d := range docs {
		t.count(d, l(d.doc, d.spans))
	}
	return t
}

// harmed are the documents, damaged with a fixed seed.
func harmed(docs []document, how Damage) []document {
	r := rand.New(rand.NewPCG(3, 11))
	out := make([]document, len(docs))
	for i, d := range docs {
		out[i] = d.damaged(how, r)
	}
	return out
}

// Measure compares a weights file with the rule of distance on PolNeAR's
// development articles, with the reference spans and with damaged ones.
func Measure(shared string, weights []byte, w io.Writer) error {
	docs, err := corpus(shared, "dev")
	if err != nil {
		return err
	}
	m, err := link.Decode(weights)
	if err != nil {
		return err
	}
	compare(docs, m, w)
	return nil
}

func compare(docs []document, m *link.Model, w io.Writer) {
	for _, set := range []struct {
		name string
		docs []document
	}{{"reference spans", docs}, {"damaged spans", harmed(docs, usual)}, {"worse spans", harmed(docs, heavy)}} {
		for _, l := range []struct {
			name string
			link linker
		}{{"distance", nearest}, {"model", m.Link}} {
			t := measure(set.docs, l.link)
			fmt.Fprintf(w, "%-16s %-9s wanted %5d claimed %5d all right %.1f%% F1 %.1f%%; content %.1f cue %.1f source %.1f\n", set.name, l.name,
				t.Wanted, t.Claimed, 100*t.Share(), 100*t.F1(), 100*ratio(t.Content, t.Wanted), 100*ratio(t.Cue, t.Wanted), 100*ratio(t.Source, t.Wanted))
		}
	}
}

// nearest is the rule of distance: a content takes the nearest cue of its
// sentence, else of its paragraph; a cue the nearest source of its sentence,
// else of its paragraph. Contents with one cue are one.
func nearest(d *text.Doc, spans []link.Span) []link.Attribution {
	var out []link.Attribution
	byCue := map[int]int{}
	for i, s := range spans {
		if s.Type != link.Content {
			continue
		}
		k := nearby(d, spans, i, link.Cue)
		if at, ok := byCue[k]; ok && k >= 0 {
			out[at].Content = append(out[at].Content, i)
			continue
		}
		a := link.Attribution{Content: []int{i}, Source: -1}
		if k >= 0 {
			byCue[k] = len(out)
			a.Cue = []int{k}
			a.Source = nearby(d, spans, k, link.Source)
		}
		out = append(out, a)
	}
	return out
}

// nearby is the nearest span of type t in the sentence of span i, else in its
// paragraph, else -1.
func nearby(d *text.Doc, spans []link.Span, i int, t link.Type) int {
	s := spans[i]
	if o := closest(spans, i, t, func(o link.Span) bool { return sameSentence(d, s, o) }); o >= 0 {
		return o
	}
	return closest(spans, i, t, func(o link.Span) bool { return d.Tokens[o.First].Paragraph == d.Tokens[s.First].Paragraph })
}

func sameSentence(d *text.Doc, a, b link.Span) bool {
	return d.Tokens[a.First].Sentence <= d.Tokens[b.End-1].Sentence && d.Tokens[b.First].Sentence <= d.Tokens[a.End-1].Sentence
}

// closest is the span of type t with the fewest tokens between it and span i,
// or -1.
func closest(spans []link.Span, i int, t link.Type, ok func(link.Span) bool) int {
	best, least := -1, 0
	for o, s := range spans {
		far := max(s.First-spans[i].End, spans[i].First-s.End)
		if s.Type == t && ok(s) && (best < 0 || far < least) {
			best, least = o, far
		}
	}
	return best
}
