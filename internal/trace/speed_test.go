package trace

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// What makes tracing fast changes nothing that it finds: the laws of the short
// cuts.

// FuzzPlainWords: the quick way to fold plain words gives what the slow way
// gives.
func FuzzPlainWords(f *testing.F) {
	for _, s := range append(slices.Clone(stock), "I. A. Reed's U.S. fans", "cannot CANNOT can't", "[t]he [plain] f*** s--t - so", "“Ümlaut” naïve—so ’tis", "e.g. 5th c3po x", "colour apologised zxqvw") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quick := NewText(s)
		slow := &scanner{lex: lexicon(), careful: true}
		toks := slow.scan(s, nil)
		if len(toks) != quick.Len() {
			t.Fatalf("%q: %d words the quick way, %d the slow way", s, quick.Len(), len(toks))
		}
		for i := range toks {
			a, b := toks[i], quick.toks[i]
			if *a.w != *b.w {
				t.Fatalf("%q: word %d is %+v the quick way, %+v the slow way", s, i, *b.w, *a.w)
			}
			if a.w = b.w; a != b {
				t.Fatalf("%q: word %d is %+v the quick way, %+v the slow way", s, i, quick.toks[i], toks[i])
			}
		}
	})
}

// FuzzForesee: what is foreseen of two wordings is never less than what laying
// one over the other finds.
func FuzzForesee(f *testing.F) {
	for i, s := range stock {
		f.Add(s, stock[(i+1)%len(stock)])
		f.Add(s[len(s)/3:], s)
		f.Add(s[:len(s)/2]+" … "+s[len(s)*2/3:], s)
	}
	f.Add("the health care bill they'd s--t on is dead", "the healthcare bill they would shut on 's dead")
	f.Fuzz(func(t *testing.T, here, full string) {
		if len(here) > 1000 || len(full) > 1000 {
			return
		}
		x := newItem(&record.Entry{Key: 1, Quotation: "a:1", Kind: record.Direct, Words: here})
		y := newItem(&record.Entry{Key: 2, Quotation: "b:1", Kind: record.Direct, Words: full})
		if x.text.Len() == 0 || y.text.Len() == 0 || x.whole == y.whole {
			return
		}
		if p, d := foresee(x, y), lay(x, y); d.linked && (!p.possible || d.bits > p.bits+1e-3) {
			t.Errorf("%q and %q: %g bits, foreseen %v, %g", here, full, d.bits, p.possible, p.bits)
		}
	})
}

// Signs of a clarification are found whether their telltale words are looked
// for first or not.
func TestTelltale(t *testing.T) {
	for _, around := range []string{
		"The mayor later apologised for his remarks about the ferry.",
		"She has Clarified that the bees were hers",
		"“I was there,” he said, explaining his comments.",
		"A spokesman said the words attributed to him were misquoted; they were misquoted.",
		"The words were taken out of context, walked back and regretted.",
		"Nothing of the kind stands here.",
	} {
		toks := NewText(around).toks
		var want []string
		for _, s := range find(signs().clarify, toks, 0, len(toks)) {
			if len(s.value) > 8 && s.value[len(s.value)-8:] == " context" {
				want = append(want, s.words)
			}
		}
		var got []string
		for _, s := range signals(newItem(&record.Entry{Kind: record.Indirect, Words: "x", Context: around})) {
			got = append(got, s.words)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: found %q, not %q", around, got, want)
		}
	}
}

// plain is an index that does only what Index asks for.
type plain struct{ ix *Memory }

func (p plain) Postings(s []uint64) ([][]int64, error)              { return p.ix.Postings(s) }
func (p plain) AddPostings(key int64, s []uint64) error             { return p.ix.AddPostings(key, s) }
func (p plain) Entries(keys []int64) ([]record.Entry, error)        { return p.ix.Entries(keys) }
func (p plain) Link(child int64) (Link, bool, error)                { return p.ix.Link(child) }
func (p plain) SetLink(child int64, l *Link) error                  { return p.ix.SetLink(child, l) }
func (p plain) Children(parent int64) (children []int64, err error) { return p.ix.Children(parent) }

// An index in memory, any other index and a placer that is kept come to the
// same links.
func TestPlacerAndIndexesAgree(t *testing.T) {
	for seed := range uint64(3) {
		entries := world(rand.New(rand.NewPCG(seed, 21)), 60)
		want := links(placeAll(t, entries))
		one, kept := plain{NewMemory()}, plain{NewMemory()}
		pl := NewPlacer(kept)
		for _, e := range entries {
			one.ix.Put(e)
			kept.ix.Put(e)
			if _, err := Place(one, e); err != nil {
				t.Fatal(err)
			}
			if _, err := pl.Place(e); err != nil {
				t.Fatal(err)
			}
		}
		if got := links(one.ix); got != want {
			t.Error("another index:", firstDifference(want, got))
		}
		if got := links(kept.ix); got != want {
			t.Error("a placer that is kept:", firstDifference(want, got))
		}
	}
}

// The table of postings keeps what a map of lists would keep.
func TestPostingsAgreeWithMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	var p postings
	want := map[uint64][]uint32{}
	for value := range uint32(3000) {
		var hashes []uint64
		for range rng.IntN(20) {
			h := mix(rng.Uint64N(4000))
			if !slices.Contains(hashes, h) {
				hashes = append(hashes, h)
				want[h] = append(want[h], value)
			}
		}
		p.add(hashes, value, value%2 == 0)
		p.add(hashes, value, false)
	}
	for n := range uint64(4100) {
		h := mix(n)
		var got []uint32
		for ref := p.find(h); ref != 0; {
			var v uint32
			v, ref = p.next(ref)
			got = append(got, v)
		}
		slices.Reverse(got)
		if !reflect.DeepEqual(got, want[h]) {
			t.Fatalf("under %x: %v, not %v", h, got, want[h])
		}
	}
}

// Words at the ends that surely stand over each other need not be laid out:
// the alignment is the same without.
func TestAnchorsChangeNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range 20_000 {
		w := sentence(n % 2000)
		if n%3 == 0 { // the same words again and again
			w = strings.Fields(strings.Repeat("the dog and a cat ", 2+rng.IntN(3)))
			for range n % 4 {
				i, j := rng.IntN(len(w)), rng.IntN(len(w))
				w[i], w[j] = w[j], w[i]
			}
		}
		full := strings.Join(w, " ")
		if n%2 == 0 {
			full = edit(rng, w)
		}
		a, b := NewText(edit(rng, w)), NewText(full)
		if a.wholeHash() == b.wholeHash() || a.Len() == 0 || b.Len() == 0 {
			continue
		}
		var al aligner
		al.fill(a.toks, b.toks, true, sameWord)
		want := tidy(a.toks, b.toks, al.back(a.toks, b.toks, 0, 0))
		if got := align(a, b, nil); !slices.Equal(got, want) {
			t.Fatalf("%q over %q: %v, in full %v", a.Words, b.Words, got, want)
		}
	}
}
