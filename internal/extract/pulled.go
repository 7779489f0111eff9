package extract

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"onrecord/internal/record"
)

// PullQuotes finds the words that a page sets large beside its text: elements
// whose class says so. They are no part of the article's text, since they
// repeat it, or should. Words in marks are given without them and without what
// stands outside (the speaker's name).
func PullQuotes(p record.Page) []string {
	if p.Form != record.HTML {
		return nil
	}
	var out []string
	z := html.NewTokenizer(bytes.NewReader(p.Bytes))
	depth := 0 // of elements inside the pull quote, itself counted; 0: outside
	var words strings.Builder
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken:
			name, hasAttr := z.TagName()
			if depth > 0 && !voids[atom.Lookup(name)] {
				depth++
				words.WriteByte(' ')
			} else if depth == 0 && hasAttr && classed(z) {
				depth = 1
				words.Reset()
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if depth == 0 || voids[atom.Lookup(name)] {
				continue
			}
			words.WriteByte(' ')
			if depth--; depth == 0 {
				if w := marked(strings.Join(strings.Fields(words.String()), " ")); w != "" && !slices.Contains(out, w) {
					out = append(out, w)
				}
			}
		case html.TextToken:
			if depth > 0 {
				words.Write(z.Text())
			}
		}
	}
}

// classed tells whether the tag at hand has a class of pull quotes.
func classed(z *html.Tokenizer) bool {
	for {
		key, val, more := z.TagAttr()
		if string(key) == "class" {
			c := strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(string(val)))
			if strings.Contains(c, "pullquote") {
				return true
			}
		}
		if !more {
			return false
		}
	}
}

// marked are the words inside the first pair of marks, all of them where there
// is none.
func marked(s string) string {
	for _, p := range [][2]string{{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"‘", "’"}} {
		if _, rest, ok := strings.Cut(s, p[0]); ok {
			if i := strings.LastIndex(rest, p[1]); i > 0 {
				return strings.TrimSpace(rest[:i])
			}
		}
	}
	return s
}
