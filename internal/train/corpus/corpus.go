// Package corpus reads the labelled reports that the models learn from, and
// the passages they are judged by.
package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"onrecord/internal/quote"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Paragraph is what one annotator marked in one paragraph.
type Paragraph struct {
	Tokens []tag.Token
	Labels []uint8
	Copies int // how many annotators read the report
}

// annotated is one report of PolNeAR; offsets are code points.
type annotated struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Text        string `json:"text"`
	Annotations []struct {
		Attributions []map[string]json.RawMessage `json:"attributions"`
	} `json:"annotations"`
}

// Doc is a text as the program sees it when it comes as plain text: the first
// line is the headline.
func Doc(body string) *text.Doc {
	a := &record.Article{Text: body, Language: "en"}
	if n := strings.IndexByte(body, '\n'); n > 0 {
		a.BodyStart = n + 1
	}
	return text.New(a)
}

// Passage is a text without a headline.
func Passage(body string) *text.Doc { return text.New(&record.Article{Text: body, Language: "en"}) }

// Labelled reads the training reports below shared, paragraph by paragraph,
// once for each annotator.
func Labelled(shared string) ([]Paragraph, error) {
	var out []Paragraph
	err := Lines(filepath.Join(shared, "data/polnear/train.jsonl.gz"), func(a annotated) error {
		d := Doc(a.Text)
		input := quote.Input(d)
		at := offsets(a.Text)
		for _, n := range a.Annotations {
			labels := make([]uint8, len(d.Tokens))
			for _, x := range n.Attributions {
				for typ, name := range []string{"source", "cue", "content"} {
					var spans [][2]int
					if err := json.Unmarshal(x[name], &spans); err != nil {
						return fmt.Errorf("reading the %s of an attribution in %s: %w", name, a.ID, err)
					}
					for _, s := range spans {
						if s[0] < 0 || s[1] < s[0] || s[1] >= len(at) {
							return fmt.Errorf("%s: the %s %v lies outside the text", a.ID, name, s)
						}
						mark(d, labels, tag.Type(typ), record.Span{Start: at[s[0]], End: at[s[1]]})
					}
				}
			}
			for p, par := range d.Paragraphs {
				if len(input[p]) > 0 {
					out = append(out, Paragraph{input[p], labels[par.FirstToken:par.EndToken], len(a.Annotations)})
				}
			}
		}
		return nil
	})
	return out, err
}

// offsets are the byte offsets of the code points of s, and of its end.
func offsets(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

// mark labels the tokens that share a byte with s, paragraph by paragraph.
func mark(d *text.Doc, labels []uint8, typ tag.Type, s record.Span) {
	first := d.TokenAt(s.Start)
	end := first
	for end < len(d.Tokens) && d.Tokens[end].Start < s.End {
		end++
	}
	for first < end {
		stop := min(end, d.Paragraphs[d.Tokens[first].Paragraph].EndToken)
		write(labels[first:stop], typ)
		first = stop
	}
}

// write labels the first run of tokens that no earlier span has: few spans of
// the reference overlap, and one of them has to give way.
func write(labels []uint8, typ tag.Type) {
	for len(labels) > 0 && labels[0] != 0 {
		labels = labels[1:]
	}
	n := 0
	for n < len(labels) && labels[n] == 0 {
		n++
	}
	tag.Write(labels[:n], []tag.Span{{Type: typ, First: 0, End: n}}[:min(n, 1)])
}

// errEnough ends the reading of a file early.
var errEnough = errors.New("enough")

// Unlabelled reads the first reports that nobody marked, paragraph by
// paragraph.
func Unlabelled(shared string, limit int) ([][]tag.Token, error) {
	var out [][]tag.Token
	n := 0
	err := Lines(filepath.Join(shared, "data/bulk/articles.jsonl.gz"), func(a struct{ Title, Text string }) error {
		if n++; n > limit {
			return errEnough
		}
		for _, p := range quote.Input(Doc(a.Title + "\n" + a.Text)) {
			if len(p) > 0 {
				out = append(out, p)
			}
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}

// Instance is a tokenised passage of the published comparison.
type Instance struct {
	Tokens []string `json:"tokens"`
	Labels []string `json:"labels"`
}

// Instances reads the validation passages.
func Instances(shared string) ([]Instance, error) {
	var out []Instance
	err := Lines(filepath.Join(shared, "data/polnear/cofenet-valid.jsonl.gz"), func(in Instance) error {
		out = append(out, in)
		return nil
	})
	return out, err
}

// Lines calls f with each line of a gzipped file of JSON lines.
func Lines[T any](path string, f func(T) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("reading the training data: %w", err)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return fmt.Errorf("unpacking %s: %w", path, err)
	}
	r := bufio.NewReaderSize(z, 1<<20)
	dec := json.NewDecoder(r)
	for {
		var v T
		if err := dec.Decode(&v); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if err := f(v); err != nil {
			return err
		}
	}
}
