package trace

import (
	"math"

	"onrecord/internal/record"
)

// glance is what is kept of a wording, so that most of those that share a stock
// phrase with another need no second look at their words: what all words are
// worth, and one bit for each of them.
type glance struct {
	worth float64
	words [8]uint64
	wild  bool // it has a word that may stand for any other
	print printing
}

// printing is when and where entries were printed: the first and the last day,
// all days where one of them has no date or says when the words were said, and
// one bit for each of their articles, within which days do not count.
type printing struct {
	from, to int32
	articles uint64
}

func printingOf(e *record.Entry) printing {
	p := printing{math.MinInt32, math.MaxInt32, 1 << (hashWord(e.Article) & 63)}
	if !e.Published.From.IsZero() && !e.Said.Known() {
		p.from = int32(e.Published.From.Unix() / int64(day.Seconds()))
		p.to = p.from
	}
	return p
}

func (p printing) with(o printing) printing {
	return printing{min(p.from, o.from), max(p.to, o.to), p.articles | o.articles}
}

// apart tells whether all of one was printed more than a month from all of the
// other, and nothing of the two in one article.
func (p printing) apart(o printing) bool {
	const month = 31 // days, one more for the hours of a day
	return p.articles&o.articles == 0 && (int64(p.from)-int64(o.to) > month || int64(o.from)-int64(p.to) > month)
}

func (b *batch) glanceAt(x *item, w uint32) glance {
	g := glance{worth: x.total(), print: printingOf(x.Entry)}
	for _, i := range b.members(w) {
		g.print = g.print.with(printingOf(&b.entries[i]))
	}
	for i := range x.text.toks {
		t := &x.text.toks[i]
		g.words[t.id>>6&7] |= 1 << (t.id & 63)
		g.wild = g.wild || t.is(wild)
	}
	return g
}

// holds bounds from above what those words of x are worth that the wording has
// too. lone is how many it surely lacks, but for their spelling.
func (g *glance) holds(x *item) (kept float64, lone int) {
	if g.wild {
		return x.total(), 0
	}
	for i := range x.text.toks {
		t := &x.text.toks[i]
		if g.words[t.id>>6&7]&(1<<(t.id&63)) != 0 || t.is(wild) || t.w.stretches {
			kept += worth(t)
		} else {
			lone++
		}
	}
	if lone > 0 {
		kept += spelt
	}
	return kept, lone
}

// view is a glance at a wording from a shorter one.
type view struct {
	kept, smaller float64
	whole         bool // the shorter may stand in it as it is
}

func viewOf(g *glance, x *item) view {
	kept, lone := g.holds(x)
	smaller := min(g.worth, x.total())
	// Words that house style tells apart are four at most (sameSpelling).
	return view{min(kept, smaller), smaller, lone == 0 || x.text.Len() <= 4}
}

// tooFar tells whether what the child may share with the wording is too little
// for words that were printed so far apart.
func (v view) tooFar() bool {
	return !v.whole && (v.kept+farApart+sameSpeaker < bound || v.kept < .9*v.smaller)
}

// worthwhile tells whether the child can be linked to the higher entry, as far
// as the glance and the dates tell, and what it can get at most.
func (v view) worthwhile(child, parent *record.Entry) (bits float64, ok bool) {
	when, far := dates(child, parent)
	if far && v.whole && when != saidConflict {
		when = 0 // it may be torn out of the old words
	}
	bits = v.kept + when + sameSpeaker
	if child.Article == parent.Article {
		bits += sameReport
	}
	return bits, bits >= bound && (when != farApart || v.kept >= .9*v.smaller)
}
