// Package mention finds everybody that an article refers to: names,
// descriptions and pronouns, in coreference chains. It works by rules over
// tokens and word lists, from the sure to the unsure: names of two words and
// more first, then the parts of names, then descriptions and pronouns from
// left to right.
package mention

import (
	"slices"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// finder is the state of one reading.
type finder struct {
	d       *text.Doc
	x       *lexicon
	w       []word // what the lists know of each token
	names   []candidate
	entries map[string]*entry
	keys    []string // of entries, in order
	parts   map[string]bool
	refs    []referent
	items   []item
	byWord  map[string][]int // word of a name -> referents
	byHead  map[string][]int // noun that describes -> referents
	voice   []int            // for each sentence: how many of the article's own began before it
	bounds  []int            // for each token: how many clause boundaries lie before it
	boxes   []run            // behind names, by other hands
	voices  map[int]int      // outermost pair of marks -> referent whose words they hold, or -1
}

// Find returns the chains of everybody the article refers to, in order of
// first place; Chain.ID is the index.
func Find(d *text.Doc) []record.Chain {
	f := &finder{d: d, x: lexiconOf(d.Lang), entries: map[string]*entry{}, parts: map[string]bool{}, voices: map[int]int{},
		byWord: map[string][]int{}, byHead: map[string][]int{}}
	f.w = make([]word, len(d.Tokens))
	f.items = make([]item, 0, len(d.Tokens)/8)
	f.names = make([]candidate, 0, len(d.Tokens)/16)
	for i := range d.Tokens {
		f.w[i] = f.x.words[d.Tokens[i].Lower]
		if d.Tokens[i].Kind == text.Number && strings.HasSuffix(d.Tokens[i].Lower, "-year-old") {
			f.w[i] = word{flags: role, field: f.x.fields["public"]}
		}
		if len(d.Tokens[i].Lower) == 2 && d.Of(i) == "US" {
			f.w[i] = word{flags: place}
		}
	}
	f.countBoundaries()
	f.boxes = boxes(d)
	f.candidates()
	f.nameRefs()
	f.descriptions()
	slices.SortStableFunc(f.items, func(a, b item) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return a.end - b.end
	})
	f.sentences()
	for i := range f.items {
		f.items[i].role = f.standingOf(&f.items[i])
	}
	f.evidence()
	f.resolve()
	return f.chains()
}

// sentences counts the sentences of the article's own voice: a paragraph of
// quoted words lies between nobody and "he added".
func (f *finder) sentences() {
	f.voice = make([]int, len(f.d.Sentences))
	n := 0
	for s := range f.d.Sentences {
		sen := f.d.Sentences[s]
		if s > 0 && (f.d.Tokens[sen.FirstToken].Mark < 0 || f.d.Outermost(sen.EndToken-1) != f.d.Outermost(sen.FirstToken)) {
			n++
		}
		f.voice[s] = n
	}
}

// chains makes records of the referents. One without a name is kept where it
// speaks or is referred to again.
func (f *finder) chains() []record.Chain {
	type place struct {
		ref   int
		first int
	}
	count := make([]int, len(f.refs))
	speaking := make([]bool, len(f.refs))
	start := make([]int, len(f.refs))
	for i := range f.items {
		it := &f.items[i]
		if it.ref < 0 {
			continue
		}
		if count[it.ref] == 0 {
			start[it.ref] = it.first
		}
		count[it.ref]++
		speaking[it.ref] = speaking[it.ref] || it.speaks
	}
	var order []place
	for k := range f.refs {
		if count[k] > 0 && (f.refs[k].named > 0 || speaking[k] || count[k] > 1) {
			order = append(order, place{k, start[k]})
		}
	}
	slices.SortStableFunc(order, func(a, b place) int { return a.first - b.first })
	out := make([]record.Chain, len(order))
	number := make([]int, len(f.refs))
	for k := range number {
		number[k] = -1
	}
	for n, p := range order {
		r := &f.refs[p.ref]
		number[p.ref] = n
		out[n] = record.Chain{ID: n, Name: r.name, Aliases: without(r.aliases, r.name), Nature: r.nature, Gender: r.gender,
			Mentions: make([]record.Mention, 0, count[p.ref])}
	}
	for i := range f.items {
		it := &f.items[i]
		if it.ref < 0 || number[it.ref] < 0 {
			continue
		}
		c := &out[number[it.ref]]
		m := record.Mention{Span: f.d.SpanOf(it.first, it.end), Kind: it.kind}
		if n := len(c.Mentions); n > 0 && c.Mentions[n-1].Span == m.Span {
			continue
		}
		c.Mentions = append(c.Mentions, m)
	}
	return out
}

func without(list []string, s string) []string {
	var out []string
	for _, x := range list {
		if x != s {
			out = append(out, x)
		}
	}
	return out
}
