package quote

import (
	"onrecord/internal/tag"
	"onrecord/internal/text"
	"onrecord/internal/words"
)

// Input is what the network sees of a document: the tokens of each paragraph,
// none for those passed over.
func Input(d *text.Doc) [][]tag.Token {
	in := inputter{d: d, words: lexiconOf(d.Lang), all: make([]tag.Token, len(d.Tokens))}
	in.forms()
	in.cues()
	out := make([][]tag.Token, len(d.Paragraphs))
	for p, par := range d.Paragraphs {
		if par.Kind == text.Passed {
			continue
		}
		in.marks(par)
		in.places(par)
		out[p] = in.all[par.FirstToken:par.EndToken]
	}
	return out
}

// inputter fills the network's view of a document.
type inputter struct {
	d     *text.Doc
	words *lexicon
	all   []tag.Token
}

// forms fills what a word is by itself.
func (in *inputter) forms() {
	for i := range in.d.Tokens {
		t := &in.d.Tokens[i]
		bits := uint32(in.words.grammar[t.Lower])
		for _, f := range in.words.cues[t.Lower] {
			if f.second != "" && (i+1 == len(in.d.Tokens) || in.d.Tokens[i+1].Lower != f.second) {
				continue
			}
			bits |= uint32(f.does) << 15
			if f.participle {
				bits |= 1 << 27
			}
		}
		in.all[i] = tag.Token{Key: words.Key(t.Kind, t.Lower), Form: in.d.Of(i), Bits: bits}
	}
}

// cueBits are the word classes of cues.
const cueBits = uint32(speech|writing|thought) << 15

// cues fills the nearest cue before and after each token of a sentence.
func (in *inputter) cues() {
	for _, s := range in.d.Sentences {
		last := -1
		for i := s.FirstToken; i < s.EndToken; i++ {
			if in.all[i].Bits&cueBits != 0 {
				last = i
			}
			in.all[i].Left = in.toCue(i, last)
		}
		last = -1
		for i := s.EndToken - 1; i >= s.FirstToken; i-- {
			if in.all[i].Bits&cueBits != 0 {
				last = i
			}
			in.all[i].Right = in.toCue(i, last)
		}
	}
}

// toCue is the distance and the class of the cue at token c as seen from
// token i; 0 where there is none.
func (in *inputter) toCue(i, c int) uint8 {
	if c < 0 {
		return 0
	}
	class := uint8(0)
	switch does := does(in.all[c].Bits >> 15); {
	case does&speech != 0:
		class = 1
	case does&writing != 0:
		class = 2
	case does&thought != 0:
		class = 3
	}
	if in.d.Outermost(c) >= 0 {
		class += 4
	}
	return 1 + near(max(i-c, c-i))*8 + class
}

// near puts a distance into one of seven classes.
func near(n int) uint8 {
	switch {
	case n <= 2:
		return uint8(n)
	case n <= 4:
		return 3
	case n <= 8:
		return 4
	case n <= 16:
		return 5
	}
	return 6
}

// marks fills where the tokens of a paragraph stand to its quotation marks.
func (in *inputter) marks(par text.Paragraph) {
	closed := -1
	for i := par.FirstToken; i < par.EndToken; i++ {
		m := in.d.Outermost(i)
		if m >= 0 {
			in.all[i].Quote = in.quoted(i, &in.d.Marks[m])
			closed = i
			continue
		}
		if closed >= 0 {
			in.all[i].Gap = 1 + near(i-closed)
		}
	}
	opened := -1
	for i := par.EndToken - 1; i >= par.FirstToken; i-- {
		if in.d.Outermost(i) >= 0 {
			opened = i
			continue
		}
		if opened >= 0 {
			in.all[i].Gap += 8 * (1 + near(opened-i))
		}
	}
}

// quoted is where token i stands within the pair m: which part of it, how long
// it is, and whether one of its ends is missing or elsewhere.
func (in *inputter) quoted(i int, m *text.Mark) uint8 {
	part := uint8(3)
	switch t := in.d.Tokens[i]; {
	case t.Start == m.Open.Start:
		part = 1
	case m.Close.Start < m.Close.End && t.Start == m.Close.Start:
		part = 5
	case i == m.FirstToken+1:
		part = 2
	case i == m.LastToken-1 && !m.Unclosed:
		part = 4
	}
	size := uint8(0)
	switch n := m.LastToken - m.FirstToken; {
	case n > 12:
		size = 3
	case n > 6:
		size = 2
	case n > 3:
		size = 1
	}
	v := part + 6*size
	if m.Unclosed || m.Prev >= 0 {
		v += 24
	}
	return v
}

// places fills in which paragraph and sentence the tokens stand.
func (in *inputter) places(par text.Paragraph) {
	kind := uint8(2)
	switch par.Kind {
	case text.Headline:
		kind = 0
	case text.Heading:
		kind = 1
	}
	if par.SetOff {
		kind = 3
	}
	for s := par.FirstSentence; s < par.EndSent; s++ {
		sent := in.d.Sentences[s]
		nth := min(s-par.FirstSentence, 2)
		for i := sent.FirstToken; i < sent.EndToken; i++ {
			at := 2
			if i == sent.FirstToken {
				at = 0
			} else if i == sent.EndToken-1 {
				at = 1
			}
			in.all[i].Place = kind + 4*uint8(3*nth+at)
		}
	}
}
