// Package link trains the linker of internal/link on PolNeAR and measures it.
package link

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// document is an article with its spans and what belongs together.
type document struct {
	doc   *text.Doc
	spans []link.Span
	known []link.Attribution
}

// annotated is one article of PolNeAR; offsets are code points.
type annotated struct {
	Text        string `json:"text"`
	Annotations []struct {
		Attributions []struct {
			Source  [][2]int `json:"source"`
			Cue     [][2]int `json:"cue"`
			Content [][2]int `json:"content"`
		} `json:"attributions"`
	} `json:"annotations"`
}

// corpus reads one part of PolNeAR, "train" or "dev", from the folder of the
// reference data. A missing file is fs.ErrNotExist.
func corpus(shared, part string) ([]document, error) {
	f, err := os.Open(filepath.Join(shared, "data", "polnear", part+".jsonl.gz"))
	if err != nil {
		return nil, fmt.Errorf("opening PolNeAR: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("unpacking PolNeAR: %w", err)
	}
	dec := json.NewDecoder(bufio.NewReaderSize(z, 1<<20))
	var out []document
	for {
		var a annotated
		if err := dec.Decode(&a); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading PolNeAR %s: %w", part, err)
		}
		if len(a.Annotations) > 0 {
			out = append(out, a.document())
		}
	}
}

// document takes the first annotator's spans. An attribution without content
// leaves its spans behind, tied to nothing.
func (a *annotated) document() document {
	article := &record.Article{Text: a.Text, Language: "en"}
	if end := strings.IndexByte(a.Text, '\n'); end > 0 {
		article.BodyStart = end + 1 // the first line is the headline
	}
	d := document{doc: text.New(article)}
	p := &projection{doc: d.doc, number: map[link.Span]int{}}
	for i := range a.Text {
		p.bytes = append(p.bytes, i)
	}
	p.bytes = append(p.bytes, len(a.Text))
	used := map[int]bool{} // contents and cues belong to one attribution
	for _, x := range a.Annotations[0].Attributions {
		k := link.Attribution{Source: -1}
		for _, s := range p.all(link.Content, x.Content) {
			if !used[s] {
				k.Content = append(k.Content, s)
				used[s] = true
			}
		}
		for _, s := range p.all(link.Cue, x.Cue) {
			if !used[s] {
				k.Cue = append(k.Cue, s)
				used[s] = true
			}
		}
		if sources := p.all(link.Source, x.Source); len(sources) > 0 {
			k.Source = sources[0]
		}
		if len(k.Content) > 0 {
			d.known = append(d.known, k)
		}
	}
	d.spans = p.spans
	return d.sorted()
}

// projection turns spans of code points into spans of tokens, each once.
type projection struct {
	doc    *text.Doc
	bytes  []int // code point -> byte
	spans  []link.Span
	number map[link.Span]int
}

// all are the numbers of the spans that hold the tokens that overlap.
func (p *projection) all(t link.Type, pairs [][2]int) []int {
	var out []int
	for _, x := range pairs {
		start, end := p.bytes[min(x[0], len(p.bytes)-1)], p.bytes[min(x[1], len(p.bytes)-1)]
		s := link.Span{Type: t, First: p.doc.TokenAt(start), End: p.doc.TokenAt(end)}
		if s.End < len(p.doc.Tokens) && p.doc.Tokens[s.End].Start < end {
			s.End++
		}
		if s.First >= s.End {
			continue
		}
		n, known := p.number[s]
		if !known {
			n = len(p.spans)
			p.spans = append(p.spans, s)
			p.number[s] = n
		}
		out = append(out, n)
	}
	return out
}

// sorted puts the spans in the order of the text and renumbers what is known.
func (d document) sorted() document {
	order := make([]int, len(d.spans))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(d.spans[a].First, d.spans[b].First) })
	spans, now := make([]link.Span, len(order)), make([]int, len(order))
	for i, o := range order {
		spans[i], now[o] = d.spans[o], i
	}
	out := document{doc: d.doc, spans: spans}
	for _, k := range d.known {
		a := link.Attribution{Content: renumber(k.Content, now), Cue: renumber(k.Cue, now), Source: -1}
		if k.Source >= 0 {
			a.Source = now[k.Source]
		}
		out.known = append(out.known, a)
	}
	return out
}

func renumber(list, now []int) []int {
	var out []int
	for _, i := range list {
		out = append(out, now[i])
	}
	slices.Sort(out)
	return out
}
