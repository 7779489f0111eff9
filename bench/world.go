//go:build unix

package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"onrecord/bench/sample"
	"onrecord/internal/read"
	"onrecord/internal/record"
)

// The world of made-up reports: people who do not exist say sentences that
// nobody said. Words follow each other as they do in the sample, so that
// common turns of phrase are as common as in news; a sentence is printed by
// one report or by some in the days that follow, whole or altered; a few stock
// phrases are everybody's.

const (
	worldPeople   = 50_000
	worldOutlets  = 400
	stockPhrases  = 200
	stockShare    = .01 // of all quotations
	reprintShare  = .45 // of the others, where something is left to reprint
	wrongSpeaker  = .03 // of reprints
	worldYears    = 10
	sampleReports = 8000
)

// world makes reports one after the other; the same seed makes the same ones.
type world struct {
	rng    *rand.Rand
	chain  *chain
	people []string
	share  []float64 // cumulated, by person
	stock  []saying
	phrase []float64 // cumulated, by stock phrase
	live   []*saying // printed again in the days to come
	made   int
	size   int
	asked  asker
}

// saying is what somebody says, and how many reports will still print it.
type saying struct {
	words  []string
	person int
	left   int
}

func newWorld(seed uint64, size int) (*world, error) {
	c, err := newChain(seed)
	if err != nil {
		return nil, err
	}
	w := &world{rng: rand.New(rand.NewPCG(seed, 1)), chain: c, size: size}
	for i := range worldPeople {
		w.people = append(w.people, inventName(i))
	}
	w.share = falling(worldPeople, 10)
	for range stockPhrases {
		w.stock = append(w.stock, saying{words: c.sentence(w.rng, 5, 11)})
	}
	w.phrase = falling(stockPhrases, 1)
	w.asked.rng = rand.New(rand.NewPCG(seed, 2))
	return w, nil
}

// falling are cumulated shares that fall as 1/(rank+offset), as those of words
// and of people in the news do.
func falling(n int, offset float64) []float64 {
	out, sum := make([]float64, n), 0.0
	for i := range out {
		sum += 1 / (float64(i) + 1 + offset)
		out[i] = sum
	}
	return out
}

func draw(rng *rand.Rand, shares []float64) int {
	return min(sort.SearchFloat64s(shares, rng.Float64()*shares[len(shares)-1]), len(shares)-1)
}

var syllables = strings.Fields("ka lo mi ren tu sal vor dim pe ost na gra bel wu shi tor en al qui fen")

// inventName makes the name of person i: some share a surname.
func inventName(i int) string {
	first := syllables[i%20] + syllables[i/20%20] + syllables[i/3%7]
	last := syllables[i/7%20] + syllables[i/140%20] + syllables[i/2800%20] + "sen"
	return strings.ToUpper(first[:1]) + first[1:] + " " + strings.ToUpper(last[:1]) + last[1:]
}

// chain makes sentences: each word follows the one before it as often as it
// does in the sample.
type chain struct {
	words  []string
	ids    []int32
	places []int32 // in the order of the words that stand there
	first  []int32 // of a word's places
	begins []int32 // where sentences begin
}

func newChain(seed uint64) (*chain, error) {
	pages, real, err := sample.Reports(sampleReports)
	if err != nil {
		return nil, err
	}
	var text []string
	for _, p := range pages {
		text = append(text, strings.Fields(strings.NewReplacer("\"", "", "“", "", "”", "").Replace(string(p.Bytes)))...)
		if !real && len(text) > 1000 {
			break
		}
	}
	if !real {
		text = inventText(rand.New(rand.NewPCG(seed, 3)), text)
	}
	c := &chain{}
	known := map[string]int32{}
	for i, x := range text {
		if !strings.ContainsFunc(x, unicode.IsLetter) {
			x = "and" // marks and numbers alone make no sentence
		}
		id, ok := known[x]
		if !ok {
			id = int32(len(c.words))
			known[x] = id
			c.words = append(c.words, x)
		}
		c.ids = append(c.ids, id)
		if i > 0 && strings.HasSuffix(text[i-1], ".") && len(text[i-1]) > 3 {
			c.begins = append(c.begins, int32(i))
		}
	}
	c.first = make([]int32, len(c.words)+1)
	for _, id := range c.ids {
		c.first[id+1]++
	}
	for i := range c.words {
		c.first[i+1] += c.first[i]
	}
	next := slices.Clone(c.first)
	c.places = make([]int32, len(c.ids))
	for i, id := range c.ids {
		c.places[next[id]] = int32(i)
		next[id]++
	}
	return c, nil
}

// inventText stands in for the sample where the reference texts are not at
// hand: invented words, some everywhere and most rare, between those of the
// examples.
func inventText(rng *rand.Rand, known []string) []string {
	rank := falling(60_000, 20)
	var out []string
	for i := range 1_500_000 {
		word := known[rng.IntN(len(known))]
		if i%2 == 0 {
			n := draw(rng, rank)
			word = syllables[n%20] + syllables[n/20%20] + syllables[n/400%20] + syllables[n/8000%20]
		}
		if rng.IntN(18) == 0 {
			word = strings.TrimRight(word, ".,") + "."
		}
		out = append(out, word)
	}
	return out
}

// sentence makes one of so many words.
func (c *chain) sentence(rng *rand.Rand, least, most int) []string {
	n := least + rng.IntN(most-least+1)
	at := c.begins[rng.IntN(len(c.begins))]
	out := make([]string, 0, n)
	for len(out) < n {
		id := c.ids[at]
		out = append(out, strings.TrimRight(c.words[id], ".?!"))
		at = c.places[c.first[id]+int32(rng.IntN(int(c.first[id+1]-c.first[id])))]
		if at++; int(at) >= len(c.ids) {
			at = c.begins[0]
		}
	}
	return out
}

// next is what the next quotation says and who is named as its speaker.
func (w *world) next() (words []string, person int) {
	if w.rng.Float64() < stockShare {
		p := draw(w.rng, w.phrase)
		w.asked.note("a phrase that everybody uses", w.stock[p].words, "")
		return w.stock[p].words, draw(w.rng, w.share)
	}
	if len(w.live) > 0 && w.rng.Float64() < reprintShare {
		i := w.rng.IntN(len(w.live))
		s := w.live[i]
		if s.left--; s.left <= 0 {
			w.live[i] = w.live[len(w.live)-1]
			w.live = w.live[:len(w.live)-1]
		}
		person = s.person
		if w.rng.Float64() < wrongSpeaker {
			person = draw(w.rng, w.share)
		}
		return alter(w.rng, w.chain, s.words), person
	}
	s := &saying{words: w.chain.sentence(w.rng, 8, 40), person: draw(w.rng, w.share)}
	// One in two is printed once, one in a hundred more than forty times.
	s.left = int(math.Pow(w.rng.Float64(), -.8)) - 1
	if s.left = min(s.left, 300); s.left > 0 {
		w.live = append(w.live, s)
	}
	w.asked.say(s.words, w.people[s.person])
	return s.words, s.person
}

// alter is how a printer gives the words: half of them as they are.
func alter(rng *rand.Rand, c *chain, words []string) []string {
	n := len(words)
	at := 1 + rng.IntN(n-2)
	words = slices.Clone(words)
	switch rng.IntN(12) {
	case 0, 1:
		return words[:max(4, n-1-rng.IntN(n/2))]
	case 2:
		return words[min(n-4, 1+rng.IntN(n/2)):]
	case 3:
		return words[at-1 : min(n, at+3+rng.IntN(4))]
	case 4:
		return slices.Replace(words, at, min(n-1, at+1+rng.IntN(5)), "…")
	case 5:
		words[at] = c.words[c.ids[rng.IntN(len(c.ids))]]
	}
	return words
}

// report makes the next report and its reading.
func (w *world) report() read.Prepared {
	n := w.made
	w.made++
	rng := w.rng
	id := fmt.Sprintf("m%07d", n)
	outlet := rng.IntN(worldOutlets)
	day := record.Day(2020, time.January, 1+n*worldYears*365/max(w.size, 1))
	title := strings.Join(w.chain.sentence(rng, 6, 10), " ")
	p := record.Page{ID: id, URL: fmt.Sprintf("https://outlet-%d.example/%s", outlet, id), Outlet: fmt.Sprintf("Outlet %d", outlet),
		Title: title, Published: record.Format(day.From), Form: record.PlainText, Origin: id}
	d := draft{title: title, chains: map[int]int{}}
	d.text.WriteString(title + "\n\n")
	for range 1 + rng.IntN(3) {
		told := w.chain.sentence(rng, 12, 30)
		w.asked.note("running text", told, "")
		d.text.WriteString(strings.Join(told, " ") + ". ")
		words, person := w.next()
		d.quote(strings.Join(words, " "), person, w.people[person])
	}
	d.text.WriteString(strings.Join(w.chain.sentence(rng, 12, 30), " ") + ".\n")
	text := d.text.String()
	p.Bytes = []byte(text[len(title)+2:])
	d.reading.Article = record.Article{ID: id, Page: p.URL, URL: p.URL, Outlet: p.Outlet, Title: title, Published: day,
		Language: "en", Text: text, BodyStart: len(title) + 2}
	return read.Prepared{Page: p, Reading: d.reading, Sum: rng.Uint64()}
}

// draft is a report on its way.
type draft struct {
	title   string
	text    strings.Builder
	reading record.Reading
	chains  map[int]int // person -> chain
}

// quote prints words and who said them.
func (d *draft) quote(words string, person int, name string) {
	c, ok := d.chains[person]
	if !ok {
		c = len(d.reading.Chains)
		d.chains[person] = c
		d.reading.Chains = append(d.reading.Chains, record.Chain{ID: c, Name: name, Nature: record.APerson})
	}
	d.text.WriteString("“")
	at := record.Span{Start: d.text.Len(), End: d.text.Len() + len(words)}
	d.text.WriteString(words + ",” said ")
	who := record.Span{Start: d.text.Len(), End: d.text.Len() + len(name)}
	cue := record.Span{Start: who.Start - len("said "), End: who.Start - 1}
	d.text.WriteString(name + ".\n\n")
	chain := &d.reading.Chains[c]
	chain.Mentions = append(chain.Mentions, record.Mention{Span: who, Kind: record.ByName})
	d.reading.Quotations = append(d.reading.Quotations, record.Quotation{
		Kind: record.Direct, Act: record.Speech, Where: record.InBody, Parts: []record.Span{at}, Content: []record.Span{at}, Cue: &cue,
		Speaker: &record.Speaker{Span: &who, Name: name, Chain: c, Reason: "subject of the cue"},
		Reason:  record.Reason{Rule: "marks", Score: .9, Words: []record.Span{cue}},
	})
}
