package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// treebank are the tokens of the Penn Treebank that a newspaper prints otherwise.
var treebank = map[string]string{
	"`": "‘", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "--": "—",
}

// Detokenise sets tokens of the Penn Treebank's kind as a newspaper would, and
// says where each of them stands in the text. Which way a double mark faces is
// told by counting and not by its token, which is wrong about once in ten
// (../shared/reading.md).
func Detokenise(tokens []string) (string, []record.Span) {
	spans := make([]record.Span, 0, len(tokens))
	var b strings.Builder
	glue := true // nothing stands between the last token and the next one
	open := startsOpen(tokens)
	for _, tok := range tokens {
		word := tok
		if p, ok := treebank[tok]; ok {
			word = p
		}
		if isDouble(tok) {
			word = "“"
			if open {
				word = "”"
			}
			open = !open
		}
		if !glue && !sticks(tok, word) {
			b.WriteByte(' ')
		}
		spans = append(spans, record.Span{Start: b.Len(), End: b.Len() + len(word)})
		b.WriteString(word)
		glue = strings.Contains("“‘([{$#", word)
	}
	return b.String(), spans
}

func isDouble(tok string) bool {
	return tok == "``" || tok == "''" || tok == "\"" || tok == "“" || tok == "”"
}

// startsOpen tells a passage that begins inside a quotation: its double marks
// are odd in number, and taking the first one as closing contradicts fewer of
// their tokens.
func startsOpen(tokens []string) bool {
	agree, n := 0, 0
	for _, tok := range tokens {
		if !isDouble(tok) {
			continue
		}
		opens := tok == "``" || tok == "“"
		if tok == "\"" {
			return false
		}
		if opens == (n%2 == 0) {
			agree++
		} else {
			agree--
		}
		n++
	}
	return n%2 == 1 && agree < 0
}

// sticks tells tokens that stand close to the word before them.
func sticks(tok, word string) bool {
	switch word {
	case ",", ".", ";", ":", "?", "!", "”", ")", "]", "}", "%", "'", "...", "…", "n't", "n’t":
		return true
	}
	first, size := utf8.DecodeRuneInString(tok)
	if (first != '\'' && first != '’') || len(tok) == size {
		return false
	}
	next, _ := utf8.DecodeRuneInString(tok[size:])
	return unicode.IsLower(next)
}
