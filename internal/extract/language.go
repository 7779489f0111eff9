package extract

import (
	"strings"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"

	"onrecord/internal/lang"
)

// So many bytes tell the language, and fewer than shortest do not: under that
// whatlanggo, which compares trigrams, takes Dutch for Afrikaans and the like.
const (
	shortest = 200
	enough   = 1200
)

// language is what the page declares, else what its words look like, else the
// language that the program knows best.
func language(declared, body string) string {
	if code := tag(declared); code != "" {
		return code
	}
	body = strings.TrimSpace(body)
	if len(body) < shortest {
		return lang.Fallback
	}
	if len(body) > enough {
		cut := enough
		for !utf8.RuneStart(body[cut]) {
			cut--
		}
		body = body[:cut]
	}
	if looksEnglish(body) {
		return "en"
	}
	info := whatlanggo.Detect(body)
	if code := info.Lang.Iso6391(); code != "" && info.IsReliable() {
		return code
	}
	return lang.Fallback
}

// looksEnglish spares most texts the comparison of trigrams, which takes
// longer than all the rest of reading them. Of English prose these four words
// are one in seven; no other language has even two of them in such numbers.
func looksEnglish(body string) bool {
	n, hits := 0, 0
	for w := range strings.FieldsSeq(body) {
		n++
		switch w {
		case "the", "of", "and", "to":
			hits++
		}
	}
	return hits >= 3 && hits*16 >= n
}

// tag reads the value of a lang attribute: "en", "en_GB", "EN-us"; nothing
// where it has another shape.
func tag(s string) string {
	s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
	first, rest, _ := strings.Cut(s, "-")
	if len(first) < 2 || len(first) > 3 || len(s) > 12 {
		return ""
	}
	for _, r := range first {
		if r|0x20 < 'a' || r|0x20 > 'z' {
			return ""
		}
	}
	first = strings.ToLower(first)
	if len(rest) == 2 {
		return first + "-" + strings.ToUpper(rest)
	}
	return first
}
