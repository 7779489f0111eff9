package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// trim takes white space off both ends; ok is false when nothing is left.
func trim(text string, s record.Span) (record.Span, bool) {
	for s.Start < s.End {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
			break
		}
		s.Start += n
	}
	for s.Start < s.End {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
			break
		}
		s.End -= n
	}
	return s, s.Start < s.End
}

// isHeading tells a short line without the end of a sentence: a subheading.
func isHeading(s string) bool {
	if len(s) > 90 || strings.Count(s, " ") > 11 {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if strings.ContainsRune(".!?:;,…\"”’'»)", last) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first) || unicode.IsDigit(first)
}

// tokenise walks each paragraph once.
func (d *Doc) tokenise() {
	d.Tokens = make([]Token, 0, len(d.Text)/5+8)
	for p := range d.Paragraphs {
		par := &d.Paragraphs[p]
		par.FirstToken = len(d.Tokens)
		for at := par.Start; at < par.End; {
			r, n := rune(d.Text[at]), 1
			if r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(d.Text[at:par.End])
			}
			if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
				at += n
				continue
			}
			at = d.token(at, par.End, r, n, int32(p))
		}
		par.EndToken = len(d.Tokens)
	}
}

// token adds the token at byte at, whose first rune is r, and returns its end.
func (d *Doc) token(at, limit int, r rune, n int, par int32) int {
	end, kind := at+n, Punct
	switch {
	case wordRune(r) || ((r == '@' || r == '#') && startsWord(d.Text[at+n:limit])):
		end = d.wordEnd(at+n, limit)
		kind = Word
		if unicode.IsDigit(r) {
			kind = Number
		}
	case r == '.':
		for end < limit && d.Text[end] == '.' {
			end++
		}
	case r == '-':
		for end < limit && d.Text[end] == '-' {
			end++
		}
	case (r == '`' || r == '\'') && end < limit && rune(d.Text[end]) == r:
		end++
	}
	word := d.Text[at:end]
	if kind == Word {
		if cut := clitic(word); cut > 0 {
			d.add(at, at+cut, kind, r, par)
			d.add(at+cut, end, kind, '\'', par)
			return end
		}
	}
	d.add(at, end, kind, r, par)
	return end
}

func (d *Doc) add(start, end int, kind TokenKind, first rune, par int32) {
	d.Tokens = append(d.Tokens, Token{
		Span: record.Span{Start: start, End: end}, Kind: kind, Cap: unicode.IsUpper(first),
		Paragraph: par, Mark: -1, Lower: lower(d.Text[start:end]),
	})
}

// lower folds case and writes ’ as ', without a copy where nothing changes.
func lower(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || ('A' <= c && c <= 'Z') {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	return strings.ReplaceAll(strings.ToLower(s), "’", "'")
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

func startsWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return wordRune(r)
}

// wordEnd finds the end of the word whose first rune ends at byte at. Inside
// a word, one of ' ’ - . , & * / _ joins when a letter or digit follows it:
// don’t, well-known, U.S, 1,000, R&B, sh*t. A full stop is kept after a
// single capital that another follows (U.S.).
func (d *Doc) wordEnd(at, limit int) int {
	start := at - 1
	for start > 0 && !utf8.RuneStart(d.Text[start]) {
		start--
	}
	for at < limit {
		r, n := utf8.DecodeRuneInString(d.Text[at:limit])
		if wordRune(r) {
			at += n
			continue
		}
		if !strings.ContainsRune("'’-.,&*/_@‑", r) {
			break
		}
		if at+n >= limit || !startsWord(d.Text[at+n:limit]) {
			if r == '.' && initials(d.Text[start:at]) {
				at += n
			}
			if r == '*' {
				at = stars(d.Text, at, limit)
				continue
			}
			break
		}
		if !d.joins(r, at, n) {
			break
		}
		at += n
	}
	return at
}

// joins tells whether the rune r at byte at joins the word before it to the
// letter or digit after it.
func (d *Doc) joins(r rune, at, n int) bool {
	digit := func(i int) bool { return i >= 0 && i < len(d.Text) && '0' <= d.Text[i] && d.Text[i] <= '9' }
	switch r {
	case ',':
		return digit(at-1) && digit(at+n)
	case '.':
		// "stunt.He" is two words, "U.S", "v2.1" and "example.com" one.
		next, _ := utf8.DecodeRuneInString(d.Text[at+n:])
		return digit(at-1) || !unicode.IsUpper(next) || initials(d.Text[lastBreak(d.Text, at):at])
	case '/', '_', '@':
		return true
	}
	return true
}

// lastBreak is where the run of word characters and full stops before at begins.
func lastBreak(s string, at int) int {
	for from := at; at > 0 && from-at <= longestInitials; {
		r, n := utf8.DecodeLastRuneInString(s[:at])
		if !wordRune(r) && r != '.' {
			break
		}
		at -= n
	}
	return at
}

// stars passes over the asterisks of a masked word ("s***").
func stars(s string, at, limit int) int {
	for at < limit && s[at] == '*' {
		at++
	}
	return at
}

// longestInitials bounds, in bytes, what can be initials ("U.S.S.R").
const longestInitials = 14

// initials tells "U.S", "J", "a.m": single letters with full stops between.
func initials(s string) bool {
	if len(s) > longestInitials {
		return false
	}
	letters := 0
	for i, part := range strings.Split(s, ".") {
		r, n := utf8.DecodeRuneInString(part)
		if n == 0 || n != len(part) || !unicode.IsLetter(r) {
			return false
		}
		letters = i + 1
	}
	if letters == 1 {
		r, _ := utf8.DecodeRuneInString(s)
		return unicode.IsUpper(r) && r != 'I'
	}
	return letters > 1
}

// clitic is the length of the word before a final ’s, ’re, ’ve, ’ll, ’d or
// ’m, or 0. The clitic becomes a token of its own, so that a name's span ends
// with the name.
func clitic(w string) int {
	for _, c := range [...]string{"s", "re", "ve", "ll", "d", "m", "S"} {
		if !strings.HasSuffix(w, c) {
			continue
		}
		rest := w[:len(w)-len(c)]
		if strings.HasSuffix(rest, "’") {
			return len(rest) - len("’")
		}
		if strings.HasSuffix(rest, "'") {
			return len(rest) - 1
		}
	}
	return 0
}
