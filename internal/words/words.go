// Package words says under which key a token is looked up in the table of word
// vectors. Training and reading share it, so that a word seen while reading
// finds the row that was trained for it.
package words

import (
	"strings"

	"onrecord/internal/text"
)

// Unknown is the key of the row that stands for every word without a row of
// its own. No token has these letters: the tokeniser parts "<" from what follows.
const Unknown = "<unk>"

// Quote is the key of every quotation mark, whatever its shape and side.
const Quote = `"`

// Key is the vocabulary key of a token of the given kind, lower being its
// Token.Lower. Quotation marks share one key: outlets differ in their shape,
// and which side a mark is on is told better by the pairing of marks. A
// number keeps its form and loses its digits ("2016" is "0000", "1,500"
// "0,000"), since the form is what tells a year from an amount.
func Key(kind text.TokenKind, lower string) string {
	switch kind {
	case text.QuoteMark:
		return Quote
	case text.Number:
		return strings.Map(zeroed, lower)
	case text.Punct:
		// A mark without a partner is punctuation to the tokeniser. A single
		// one is left alone: it is an apostrophe as often as not.
		if strings.ContainsAny(lower, "\"“”„‟«»″＂") || lower == "``" || lower == "''" {
			return Quote
		}
	}
	return lower
}

func zeroed(r rune) rune {
	if '0' <= r && r <= '9' {
		return '0'
	}
	return r
}
