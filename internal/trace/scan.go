package trace

import (
	"sync"

	"onrecord/internal/record"
)

// scanners are kept to be used again: a text is folded into their tokens and
// copied from there at its exact length, or read there and forgotten.
var scanners = sync.Pool{New: func() any { return &scanner{lex: lexicon()} }}

// scan folds words. The tokens are good until the scanner is used again.
func (s *scanner) scan(words string, parts []int) []token {
	s.words, s.parts, s.at, s.bracket, s.pending, s.toks = words, parts, 0, 0, 0, s.toks[:0]
	s.run()
	s.toks = joinNumerals(s.toks)
	return s.toks
}

// largestKept bounds the tokens that an idle scanner holds on to.
const largestKept = 4096

func (s *scanner) release() {
	s.words, s.parts, s.only = "", nil, nil
	if cap(s.toks) > largestKept {
		s.toks = nil
	}
	scanners.Put(s)
}

// plainWord emits the word at s.at if it is nothing but unaccented letters
// and what follows it can be no part of it: nine words in ten. The others go
// through word, which knows all that a word may be made of.
func (s *scanner) plainWord() bool {
	if s.careful {
		return false
	}
	start, i := s.at, s.at
	h, upper := uint64(fnvOffset), false
	for ; i < len(s.words); i++ {
		c := s.words[i]
		low := c | 0x20
		if low < 'a' || low > 'z' {
			break
		}
		upper = upper || c != low
		h = (h ^ uint64(low)) * fnvPrime
	}
	if i == start || !s.endsWord(start, i) {
		return false
	}
	h = mix(h)
	if s.only != nil && !s.only.has(h) {
		s.at, s.pending = i, 0
		return true
	}
	if h == hashCannot { // two words
		return false
	}
	var m mark
	if s.bracket > 0 {
		m = edited
	}
	if s.words[start] < 'a' {
		m |= capital
	}
	v := s.lex.known(h)
	if v == nil {
		v = s.strange.find(h)
	}
	s.at = i
	span := record.Span{Start: start, End: i}
	switch {
	case v != nil:
		s.push(v, span, m)
	case upper:
		s.buf = s.buf[:0]
		for _, c := range []byte(s.words[start:i]) {
			s.buf = append(s.buf, c|0x20)
		}
		s.emit(string(s.buf), span, m)
	default:
		s.emit(s.words[start:i], span, m)
	}
	return true
}

var hashCannot = hashWord("cannot")

// endsWord tells whether the letters from start to i are surely a whole word.
func (s *scanner) endsWord(start, i int) bool {
	if i == len(s.words) {
		return true
	}
	switch c := s.words[i]; {
	case c == ' ' || c == ',':
		return true
	case c == '.' || c == '-':
		return i-start > 1 // one letter may be an initial, or all that a mask shows
	case c == '*' || c == '[' || c == ']' || c == '\'' || c == '`' || '0' <= c && c <= '9':
		return false
	case c == 0xE2: // “ ” – — … are general punctuation; so are ‘ and ’
		return i+2 < len(s.words) && s.words[i+1] == 0x80 && s.words[i+2] != 0x98 && s.words[i+2] != 0x99
	default:
		return c < 0x80
	}
}

// strangers are words that the lists lack, met lately: the newer one takes the
// place of an older one.
type strangers [512]stranger

type stranger struct {
	hash uint64 // of the spelling; the word may be another (neighbour, neighbor)
	word *word
}

func (s *strangers) find(hash uint64) *word {
	if at := &s[hash%uint64(len(s))]; at.hash == hash {
		return at.word
	}
	return nil
}

func (s *strangers) add(lex *vocabulary, hash uint64, norm string, m mark) *word {
	var w *word
	if len(norm) > 4 {
		if styled := houseStyle(norm); styled != norm {
			w = lex.known(hashWord(styled))
		}
	}
	if w == nil {
		w = newWord(norm, unknownBits(m))
	}
	s[hash%uint64(len(s))] = stranger{hash, w}
	return w
}
