package vectors

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"slices"

	"onrecord/internal/record"
	"onrecord/internal/text"
	"onrecord/internal/words"
)

// A word gets a row where it stands minCount times in the corpus, as in
// word2vec, or minLabelled times in the labelled part; of those, the maxWords
// most frequent.
const (
	minCount    = 5
	minLabelled = 2
	maxWords    = 60_000
)

// What a place of the stream holds where it holds no word of the vocabulary.
const (
	sentenceEnd = -1
	hole        = -2 // a rare word: it is not trained, but its neighbours keep their distance
)

// corpus is the text as word numbers.
type corpus struct {
	words  []string // by falling frequency, ties by word
	counts []int    // of each word
	stream []int32  // indices of words, sentenceEnd after each sentence, hole for a rare word
	tokens int      // with the rare ones
}

// covered is the part of the tokens that have a row.
func (c *corpus) covered() float64 {
	sum := 0
	for _, n := range c.counts {
		sum += n
	}
	return float64(sum) / float64(c.tokens)
}

// gatherer numbers words as they come, before it is known which are frequent.
type gatherer struct {
	number   map[string]int32
	words    []string
	counts   []int
	labelled []int // counts within the labelled part
	stream   []int32
	articles int
	tokens   int
	seen     map[uint64]bool // articles by hash: the parts of the corpus overlap
}

func newGatherer() *gatherer {
	return &gatherer{number: map[string]int32{}, seen: map[uint64]bool{}}
}

// article is what the parts of the corpus have in common.
type article struct {
	Title string `json:"title"`
	Text  string `json:"text"`
}

// file adds the articles of one file. The texts of the labelled part begin
// with their title; the others do not hold it.
func (g *gatherer) file(path string, labelled bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	dec := json.NewDecoder(bufio.NewReaderSize(z, 1<<20))
	for {
		var a article
		if err := dec.Decode(&a); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		h := fnv.New64a()
		io.WriteString(h, a.Text)
		if g.seen[h.Sum64()] {
			continue
		}
		g.seen[h.Sum64()] = true
		if !labelled && a.Title != "" {
			a.Text = a.Title + "\n\n" + a.Text
		}
		g.add(a.Text, labelled)
	}
}

// add appends the sentences of one text to the stream.
func (g *gatherer) add(s string, labelled bool) {
	g.articles++
	d := text.New(&record.Article{Text: s, Language: "en"})
	for _, sentence := range d.Sentences {
		for _, t := range d.Tokens[sentence.FirstToken:sentence.EndToken] {
			n := g.numberOf(words.Key(t.Kind, t.Lower))
			g.counts[n]++
			if labelled {
				g.labelled[n]++
			}
			g.stream = append(g.stream, n)
		}
		g.tokens += sentence.EndToken - sentence.FirstToken
		g.stream = append(g.stream, sentenceEnd)
	}
}

func (g *gatherer) numberOf(key string) int32 {
	n, known := g.number[key]
	if !known {
		n = int32(len(g.words))
		// A copy, or the table would keep every text that a word comes from.
		key = string([]byte(key))
		g.number[key] = n
		g.words = append(g.words, key)
		g.counts = append(g.counts, 0)
		g.labelled = append(g.labelled, 0)
	}
	return n
}

// corpus chooses the vocabulary and renumbers the stream by it, in place.
func (g *gatherer) corpus() *corpus {
	var chosen []int32
	for n := range g.words {
		if g.counts[n] >= minCount || g.labelled[n] >= minLabelled {
			chosen = append(chosen, int32(n))
		}
	}
	slices.SortFunc(chosen, func(a, b int32) int {
		return cmp.Or(cmp.Compare(g.counts[b], g.counts[a]), cmp.Compare(g.words[a], g.words[b]))
	})
	chosen = chosen[:min(len(chosen), maxWords)]
	c := &corpus{stream: g.stream, tokens: g.tokens}
	renumbered := make([]int32, len(g.words))
	for n := range renumbered {
		renumbered[n] = hole
	}
	for i, n := range chosen {
		renumbered[n] = int32(i)
		c.words = append(c.words, g.words[n])
		c.counts = append(c.counts, g.counts[n])
	}
	for i, n := range c.stream {
		if n != sentenceEnd {
			c.stream[i] = renumbered[n]
		}
	}
	return c
}
