package extract

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

//go:embed hints.txt
var hintsFile string

// hint is what the names of an element tell.
type hint uint8

const (
	hintNo hint = 1 << iota
	hintByline
	hintCaption
	hintPull
	hintBody
	hintEmbed
	hintUnseen
	hintQuote // a <blockquote>
)

var hintNames = map[string]hint{
	"no": hintNo, "byline": hintByline, "caption": hintCaption, "pull": hintPull,
	"body": hintBody, "embed": hintEmbed, "unseen": hintUnseen,
}

type hintTable struct {
	single map[string]hint
	pairs  [][2]string
	of     []hint // of each pair
}

var hints = sync.OnceValue(func() *hintTable {
	t := &hintTable{single: map[string]hint{}}
	for line := range strings.Lines(hintsFile) {
		word, what, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if a, b, ok := strings.Cut(word, "+"); ok {
			t.pairs, t.of = append(t.pairs, [2]string{a, b}), append(t.of, hintNames[what])
		} else {
			t.single[word] = hintNames[what]
		}
	}
	return t
})

// hintOf reads the class and id of an element. Of one name only the first
// dozens of bytes are read: some pages put whole programs there.
func hintOf(names string) hint {
	const longest = 400
	if names == "" {
		return 0
	}
	if len(names) > longest {
		names = names[:longest]
	}
	t := hints()
	var got hint
	for _, name := range strings.Fields(names) {
		words := nameWords(name)
		for _, w := range words {
			got |= t.single[w]
		}
		if len(words) < 2 {
			continue
		}
		for i, pair := range t.pairs {
			if has(words, pair[0]) && has(words, pair[1]) {
				got |= t.of[i]
			}
		}
	}
	return got
}

func has(words []string, w string) bool {
	for _, x := range words {
		if x == w {
			return true
		}
	}
	return false
}

// nameWords cuts "articleBody__photo-credit" into its words.
func nameWords(name string) []string {
	var out []string
	start, wasLower := 0, false
	cut := func(end int) {
		if end > start {
			out = append(out, strings.ToLower(name[start:end]))
		}
	}
	for i, r := range name {
		switch {
		case r == '-' || r == '_' || r == ':' || r == '.' || r == '/' || unicode.IsDigit(r):
			cut(i)
			start, wasLower = i+1, false
		case unicode.IsUpper(r) && wasLower:
			cut(i)
			start, wasLower = i, false
		default:
			wasLower = unicode.IsLower(r)
		}
	}
	cut(len(name))
	return out
}
