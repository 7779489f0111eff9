// Package quote finds what a document quotes: the words said, the cue ("said",
// "according to"), and the words in the speaker's place. Who that speaker is,
// to whom and when the words were said, is package attribute's work.
//
// Rules work over tokens and paired marks; each names itself in the
// candidate's Reason. Model runs the trained models beside them.
package quote

import (
	"sort"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Candidate is something that the document quotes, before anybody is named.
type Candidate struct {
	Kind      record.Kind
	Act       record.Act
	Topic     bool // see record.Quotation
	Where     record.Where
	Parts     []record.Span
	Content   []record.Span
	Cue       *record.Span
	Source    *record.Span // the words in the speaker's place
	Addressee *record.Span // the words in the addressee's place
	Shares    int          // index of the earlier candidate whose source this one shares, or -1
	Reason    record.Reason
}

// Finder finds candidates and the quoted stretches that are no speech, both
// in order of place.
type Finder interface {
	Find(d *text.Doc) ([]Candidate, []record.Passed)
}

// Rules is the Finder that works by rules alone.
type Rules struct{}

// Find implements Finder.
func (Rules) Find(d *text.Doc) ([]Candidate, []record.Passed) {
	f := newFinder(d)
	f.rules()
	f.finish()
	return f.found, f.passed
}

func newFinder(d *text.Doc) *finder {
	f := &finder{d: d, words: lexiconOf(d.Lang), claimed: make([]bool, len(d.Tokens)), used: make([]bool, len(d.Marks)), last: -1}
	f.classify()
	return f
}

// rules reads the document paragraph by paragraph.
func (f *finder) rules() {
	for p := 0; p < len(f.d.Paragraphs); p++ {
		f.paragraph(p)
	}
	f.dropOverlaps()
}

// finder is the state of one pass over one document.
type finder struct {
	d       *text.Doc
	words   *lexicon
	class   []class // of each token
	found   []Candidate
	passed  []record.Passed
	claimed []bool // tokens that are part of some content
	used    []bool // marks that are part of a candidate or passed over
	last    int    // the candidate that a floating quotation may go on with, or -1
	opened  lead   // a cue line that ends with a colon, waiting for the next paragraph
}

// lead is a cue line such as "The Tony winner wrote:".
type lead struct {
	cue       cue
	paragraph int
	ok        bool
}

func (f *finder) classify() {
	f.class = make([]class, len(f.d.Tokens))
	for i := range f.d.Tokens {
		f.class[i] = f.words.grammar[f.d.Tokens[i].Lower]
	}
}

// paragraph reads one paragraph, sentence by sentence.
func (f *finder) paragraph(p int) {
	par := f.d.Paragraphs[p]
	if par.Kind == text.Passed {
		return
	}
	if f.block(p) {
		return
	}
	if f.attributionLine(p) {
		return
	}
	f.headlineColon(p)
	for s := par.FirstSentence; s < par.EndSent; s++ {
		f.sentence(s)
	}
	f.leadIn(p)
	f.signed(p)
	if f.opened.ok && f.opened.paragraph < p {
		f.opened.ok = false
	}
}

// sentence finds the cues of one sentence and what each governs, then settles
// the quoted stretches that no cue claims.
func (f *finder) sentence(s int) {
	sent := f.d.Sentences[s]
	cues := f.cues(sent)
	for i := range cues {
		c := &cues[i]
		if f.claimed[c.first] {
			continue // inside what somebody else says: the outer attribution is kept
		}
		if f.tags(c) && f.left(c) {
			continue
		}
		if !f.right(c) {
			f.left(c)
		}
	}
	f.according(sent)
	f.loose(sent)
}

// add keeps a candidate and returns its index.
func (f *finder) add(c Candidate) int {
	if c.Where == "" {
		c.Where = f.where(c.Parts[0])
	}
	f.found = append(f.found, c)
	for _, s := range c.Content {
		first, end := f.d.TokensIn(s)
		for i := max(first-1, 0); i < min(end+1, len(f.claimed)); i++ {
			if i >= first && i < end || f.d.Tokens[i].Kind == text.QuoteMark {
				f.claimed[i] = true
			}
		}
	}
	return len(f.found) - 1
}

func (f *finder) where(s record.Span) record.Where {
	if s.Start < f.d.Article.BodyStart {
		return record.InHeadline
	}
	return record.InBody
}

// finish puts candidates in order of place and settles what they share.
func (f *finder) finish() {
	order := make([]int, len(f.found))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool {
		return f.found[order[a]].Parts[0].Start < f.found[order[b]].Parts[0].Start
	})
	place := make([]int, len(order))
	sorted := make([]Candidate, len(order))
	for to, from := range order {
		place[from], sorted[to] = to, f.found[from]
	}
	for i := range sorted {
		if s := sorted[i].Shares; s >= 0 {
			sorted[i].Shares = place[s]
		}
	}
	f.found = sorted
	sort.SliceStable(f.passed, func(a, b int) bool { return f.passed[a].Start < f.passed[b].Start })
}

// dropOverlaps leaves no word in two quotations: of two whose parts overlap
// the surer one stays, and of two equally sure ones the first found.
func (f *finder) dropOverlaps() {
	order := make([]int, len(f.found))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return f.found[order[a]].Reason.Score > f.found[order[b]].Reason.Score })
	taken := make([]bool, len(f.d.Tokens))
	gone := make([]bool, len(f.found))
	for _, i := range order {
		gone[i] = f.takes(&f.found[i], taken)
	}
	f.take(gone)
}

// take leaves out the candidates that are gone.
func (f *finder) take(gone []bool) {
	place := make([]int, len(f.found))
	kept := f.found[:0]
	for i, c := range f.found {
		if place[i] = -1; gone[i] {
			continue
		}
		place[i] = len(kept)
		kept = append(kept, c)
	}
	for i := range kept {
		if s := kept[i].Shares; s >= 0 {
			kept[i].Shares = place[s]
		}
	}
	f.found = kept
}

// takes marks the tokens of a candidate's parts, and tells whether one of them
// was taken already; it then marks none.
func (f *finder) takes(c *Candidate, taken []bool) bool {
	for _, p := range c.Parts {
		first, end := f.d.TokensIn(p)
		for i := first; i < end; i++ {
			if taken[i] {
				return true
			}
		}
	}
	for _, p := range c.Parts {
		first, end := f.d.TokensIn(p)
		for i := first; i < end; i++ {
			taken[i] = true
		}
	}
	return false
}

// reason makes the Reason of a rule with the words that convinced it.
func reason(rule string, score float64, words ...*record.Span) record.Reason {
	r := record.Reason{Rule: rule, Score: score}
	for _, w := range words {
		if w != nil {
			r.Words = append(r.Words, *w)
		}
	}
	return r
}

func ptr(s record.Span) *record.Span { return &s }

// trimmed is the span of tokens [first, end) without commas, colons and stops
// at its ends; ok is false when nothing is left.
func (f *finder) trimmed(first, end int) (record.Span, bool) {
	for first < end && f.edge(first) {
		first++
	}
	for first < end && f.edge(end-1) {
		end--
	}
	if first >= end {
		return record.Span{}, false
	}
	return f.d.SpanOf(first, end), true
}

func (f *finder) edge(i int) bool {
	t := &f.d.Tokens[i]
	return t.Kind == text.Punct && strings.ContainsAny(f.d.Of(i), ",:;.—–-…?!")
}
