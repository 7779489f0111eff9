package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// inventor makes up reports: people who do not exist say sentences of words
// that mean nothing, in the lengths and frequencies of real news.
type inventor struct{ r *rand.Rand }

func newInventor(seed uint64) inventor { return inventor{rand.New(rand.NewPCG(seed, 7))} }

var syllables = strings.Fields("ka lo mi ren tu sal vor dim pe ost na gra bel wu shi tor en al qui fen")

func (v inventor) word() string {
	// Zipf by squaring: a few words are everywhere.
	x := v.r.Float64()
	n := int(x * x * x * 6000)
	w := syllables[n%20] + syllables[n/20%20]
	if n >= 400 {
		w += syllables[n/400%20]
	}
	return w
}

func (v inventor) sentence(words int) string {
	var b strings.Builder
	for i := range words {
		w := v.word()
		if i == 0 {
			w = strings.ToUpper(w[:1]) + w[1:]
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return b.String()
}

var names = []string{"Ilse Brandvik", "Tomasz Ferreira-Okoye", "Nadia Quell", "Corin Asante", "Père Zoë Larimée", "Bo Lindqvist"}

// report makes a report with so many quotations of about 20 words.
func (v inventor) report(id string, quotations int) (record.Page, record.Reading) {
	title := v.sentence(8)
	var b strings.Builder
	b.WriteString(title + "\n\n")
	r := record.Reading{}
	for i, name := range names {
		r.Chains = append(r.Chains, record.Chain{ID: i, Name: name, Nature: record.APerson, Gender: record.Feminine})
	}
	for i := range quotations {
		b.WriteString(v.sentence(12) + ". “")
		words := v.sentence(12 + v.r.IntN(16))
		at := record.Span{Start: b.Len(), End: b.Len() + len(words)}
		b.WriteString(words + ",” said ")
		who := v.r.IntN(len(names))
		name := record.Span{Start: b.Len(), End: b.Len() + len(names[who])}
		cue := record.Span{Start: name.Start - 5, End: name.Start - 1}
		b.WriteString(names[who] + ".\n\n")
		r.Chains[who].Mentions = append(r.Chains[who].Mentions, record.Mention{Span: name, Kind: record.ByName})
		r.Quotations = append(r.Quotations, record.Quotation{
			ID: fmt.Sprintf("%s:%d", id, i+1), Kind: record.Direct, Act: record.Speech, Where: record.InBody,
			Parts: []record.Span{at}, Content: []record.Span{at}, Cue: &cue,
			Speaker: &record.Speaker{Span: &name, Name: names[who], Chain: who, Reason: "subject of the cue"},
			Reason:  record.Reason{Rule: "marks", Score: 0.9, Words: []record.Span{cue}},
		})
	}
	text := b.String()
	published := record.Day(2031, time.March, 1+v.r.IntN(28))
	r.Article = record.Article{
		ID: id, URL: "https://harbour.example/" + id, Page: "https://harbour.example/" + id, Outlet: "The Harbour Lantern",
		Title: title, Authors: []string{"Una Pell"}, Published: published, Language: "en", Text: text, BodyStart: len(title) + 2,
	}
	p := record.Page{
		ID: id, URL: r.Article.URL, Outlet: r.Article.Outlet, Title: title, Published: record.Format(published.From),
		Form: record.PlainText, Bytes: []byte(text[len(title)+2:]), Origin: "invented report " + id,
	}
	return p, r
}

// shingles are three words each, as the tracer's are.
func shingles(words string) []uint64 {
	w := strings.Fields(strings.ToLower(words))
	var out []uint64
	for i := 0; i+3 <= len(w); i++ {
		h := fnv.New64a()
		h.Write([]byte(strings.Join(w[i:i+3], " ")))
		out = append(out, h.Sum64())
	}
	return out
}

func open(t testing.TB, path string, opt Options) *Store {
	t.Helper()
	s, err := Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func fresh(t testing.TB) *Store {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "onrecord.db"), Options{Create: true})
}

func put(t testing.TB, s *Store, p record.Page, r record.Reading) Added {
	t.Helper()
	a, err := s.Put(context.Background(), p, r, Extra{Sum: uint64(len(p.Bytes))})
	if err != nil {
		t.Fatal(err)
	}
	return a
}
