package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/lang"
)

// between stands between the names of one byline.
var between = regexp.MustCompile(`\s*(?:;|\||&|\s/\s|,?\s+(?:and|with)\s+|,)\s*`)

// splitNames makes single names of what a sender or a page gives as authors.
// A list is taken as it is, name by name; a single string may hold several
// ("A, B and C") and what they do ("Staff Writer").
func splitNames(given []string) []string {
	var out []string
	add := func(name string) {
		name = strings.TrimSpace(spaces.ReplaceAllString(name, " "))
		if name == "" {
			return
		}
		for _, have := range out {
			if strings.EqualFold(have, name) {
				return
			}
		}
		out = append(out, name)
	}
	if len(given) != 1 {
		for _, g := range given {
			add(g)
		}
		return out
	}
	words := boilerplateOf("en")
	for _, name := range between.Split(words.withoutBy(strings.TrimSpace(given[0])), -1) {
		if !words.isRole(name) {
			add(name)
		}
	}
	return out
}

// withoutBy takes "By" off the front of a byline.
func (b *patterns) withoutBy(s string) string {
	for _, by := range b.by {
		if len(s) > len(by) && strings.EqualFold(s[:len(by)], by) && (s[len(by)] == ' ' || s[len(by)] == ':') {
			return strings.TrimLeft(s[len(by):], " :")
		}
	}
	return s
}

// isRole tells whether words say what somebody does, not who it is: "Staff
// Writer", "Political Editor".
func (b *patterns) isRole(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	for _, w := range words {
		if b.role[strings.Trim(w, ".,")] {
			return true
		}
	}
	return false
}

// looksLikeName tells whether words have the shape of a person's name.
func looksLikeName(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 5 || len(s) > 60 || strings.ContainsAny(s, "0123456789@:/“”\"?!()") {
		return false
	}
	upper := 0
	for _, w := range words {
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			upper++
		}
	}
	return upper >= 2 && upper*2 > len(words)
}

// bylineNames reads the names of a printed byline, "By Jane Roe and Ann Poe,
// Staff Writers"; nothing where the words have another shape. Only words that
// begin with "By" are believed without needBy being told off.
func (b *patterns) bylineNames(s string, needBy bool) []string {
	s = strings.TrimSpace(spaces.ReplaceAllString(s, " "))
	rest := b.withoutBy(s)
	if len(rest) > 160 || (needBy && rest == s) {
		return nil
	}
	var names []string
	for _, part := range between.Split(rest, -1) {
		switch {
		case part == "" || b.isRole(part):
		case looksLikeName(part):
			names = append(names, part)
		case len(names) == 0:
			return nil
		}
	}
	return names
}

func boilerplateOf(code string) *patterns { return load(lang.For(code)) }
