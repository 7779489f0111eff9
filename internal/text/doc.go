// Package text makes a Doc of an Article: paragraphs, quotation marks paired
// within them, tokens, and then sentences. The order matters: a sentence
// cannot be split before the marks are paired, because a full stop inside
// “Stop. Now,” ends nothing outside it; and marks cannot be paired across a
// missing one without paragraphs. So: paragraphs, tokens, marks, sentences.
package text

import (
	"sort"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// Doc is an Article seen as paragraphs, tokens, marks and sentences. All spans
// are bytes of the article's Text; token and sentence numbers index the slices.
type Doc struct {
	Article    *record.Article
	Text       string
	Lang       *lang.Lang
	Paragraphs []Paragraph
	Tokens     []Token
	Marks      []Mark
	Sentences  []Sentence
}

// ParagraphKind says what a paragraph is.
type ParagraphKind byte

// The kinds of paragraph.
const (
	Body     ParagraphKind = iota
	Headline               // the title
	Heading                // a line of its own in the body with no full stop at its end
	Passed                 // boilerplate, caption, embed: no quotation is looked for here
)

// Paragraph is a stretch between line ends. Ranges are half open.
type Paragraph struct {
	record.Span
	Kind                   ParagraphKind
	SetOff                 bool // the page sets it off as quoted (<blockquote>)
	FirstToken, EndToken   int
	FirstSentence, EndSent int
}

// TokenKind says what a token is.
type TokenKind byte

// The kinds of token.
const (
	Word TokenKind = iota
	Number
	Punct
	QuoteMark // a quotation mark that is part of a pair
)

// Token is a word, a number or a mark; what lies between tokens is white
// space. "Legend’s" is two tokens, "Legend" and "’s"; "don’t" is one.
type Token struct {
	record.Span
	Kind      TokenKind
	Cap       bool   // begins with an upper-case letter
	Paragraph int32  // index in Doc.Paragraphs
	Sentence  int32  // index in Doc.Sentences
	Mark      int32  // innermost pair of marks round the token (the marks themselves included), or -1
	Lower     string // lower case, ’ written as '
}

// Mark is a pair of quotation marks within one paragraph.
type Mark struct {
	Open, Close           record.Span // Close is empty (Start == End) where the closing mark is missing
	Inner                 record.Span // what stands between, marks excluded
	FirstToken, LastToken int         // the tokens of the marks themselves; without a close: the last token inside
	Outer                 int         // the pair round this one, or -1
	Single                bool
	Unclosed              bool // no closing mark in the paragraph
	Next                  int  // the pair in the next paragraph that goes on with this one, or -1
	Prev                  int  // the pair in the paragraph before that this one goes on with, or -1
}

// Sentence is one sentence of the article's own voice: quoted stretches do
// not end it, whatever they hold.
type Sentence struct {
	record.Span
	Paragraph            int
	FirstToken, EndToken int
}

// New makes the Doc of an article.
func New(a *record.Article) *Doc {
	d := &Doc{Article: a, Text: a.Text, Lang: lang.For(a.Language)}
	d.paragraphs()
	d.tokenise()
	d.pairMarks()
	d.sentences()
	return d
}

// TokenAt is the index of the first token that ends after byte offset at;
// len(d.Tokens) when there is none.
func (d *Doc) TokenAt(at int) int {
	return sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > at })
}

// TokensIn is the half-open range of tokens that lie wholly inside s.
func (d *Doc) TokensIn(s record.Span) (first, end int) {
	first = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Start >= s.Start })
	end = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > s.End })
	return first, max(first, end)
}

// SpanOf covers the tokens [first, end).
func (d *Doc) SpanOf(first, end int) record.Span {
	return record.Span{Start: d.Tokens[first].Start, End: d.Tokens[end-1].End}
}

// Outermost is the outermost pair of marks round token i, or -1.
func (d *Doc) Outermost(i int) int {
	m := int(d.Tokens[i].Mark)
	for m >= 0 && d.Marks[m].Outer >= 0 {
		m = d.Marks[m].Outer
	}
	return m
}

// SentenceOf is the sentence that holds token i.
func (d *Doc) SentenceOf(i int) Sentence { return d.Sentences[d.Tokens[i].Sentence] }

// Of returns the words of a token.
func (d *Doc) Of(i int) string { return d.Tokens[i].Span.Of(d.Text) }

// paragraphs cuts the text at line ends. Passed paragraphs are those that
// extract found to be boilerplate.
func (d *Doc) paragraphs() {
	for start := 0; start < len(d.Text); {
		end := start
		for end < len(d.Text) && d.Text[end] != '\n' {
			end++
		}
		if s, ok := trim(d.Text, record.Span{Start: start, End: end}); ok {
			d.Paragraphs = append(d.Paragraphs, Paragraph{Span: s, Kind: d.kindOf(s), SetOff: within(d.Article.SetOff, s)})
		}
		start = end + 1
	}
}

func (d *Doc) kindOf(s record.Span) ParagraphKind {
	for _, p := range d.Article.Passed {
		if p.Span.Overlaps(s) && p.Span.Len() > s.Len()/2 {
			return Passed
		}
	}
	if s.Start < d.Article.BodyStart {
		return Headline
	}
	if isHeading(s.Of(d.Text)) {
		return Heading
	}
	return Body
}

func within(list []record.Span, s record.Span) bool {
	for _, o := range list {
		if o.Contains(s) {
			return true
		}
	}
	return false
}
