package eval

import (
	_ "embed"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

//go:embed words.txt
var wordsFile string

// uses maps a use ("negation") to its words, from words.txt.
var uses = func() map[string]map[string]bool {
	m := map[string]map[string]bool{}
	for line := range strings.Lines(wordsFile) {
		word, use, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if m[use] == nil {
			m[use] = map[string]bool{}
		}
		m[use][word] = true
	}
	return m
}()

// wordSpans are the runs of letters and digits in text, with the apostrophes,
// hyphens and full stops inside them: "don't", "R-Wis", "U.S".
func wordSpans(text string) []record.Span {
	var out []record.Span
	start := -1
	for i, c := range text {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if start < 0 {
				start = i
			}
		case start >= 0 && strings.ContainsRune("'’-.,", c) && insideWord(text[i:], c):
		case start >= 0:
			out = append(out, record.Span{Start: start, End: i})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, record.Span{Start: start, End: len(text)})
	}
	return out
}

// insideWord tells whether rest, which begins with the joiner c, goes on with
// a letter or digit; a comma joins digits only.
func insideWord(rest string, c rune) bool {
	for i, next := range rest {
		if i == 0 {
			continue
		}
		if c == ',' {
			return unicode.IsDigit(next)
		}
		return unicode.IsLetter(next) || unicode.IsDigit(next)
	}
	return false
}

// head is the head word of the name or noun phrase at s: the last word before
// a preposition, a relative pronoun, a comma or a bracket. ok is false where s
// holds no word.
func head(text string, s record.Span) (h record.Span, ok bool) {
	phrase := s.Of(text)
	last := 0
	for _, w := range wordSpans(phrase) {
		if ok && (strings.ContainsAny(phrase[last:w.Start], ",(;:—") || uses["preposition"][strings.ToLower(w.Of(phrase))]) {
			break
		}
		h, ok, last = record.Span{Start: s.Start + w.Start, End: s.Start + w.End}, true, w.End
	}
	if word := h.Of(text); ok {
		for _, possessive := range []string{"'s", "’s"} {
			h.End -= len(word) - len(strings.TrimSuffix(word, possessive))
		}
	}
	return h, ok
}
