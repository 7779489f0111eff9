package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"onrecord/internal/record"
)

// fromText lays out a plain text: with a title sent beside it, the title, a
// blank line and the text as it is; without one, the text as it is, its first
// line the headline. A text of one line is all body.
func fromText(a *record.Article, p record.Page) {
	text := decode(p.Bytes)
	if p.Title != "" {
		a.Title = p.Title
		a.Text = p.Title + "\n\n" + text
		a.BodyStart = len(p.Title) + 2
		return
	}
	a.Text = text
	a.Title, a.BodyStart = headline(text)
}

// headline finds the first line that is not blank, and where the next such
// line begins.
func headline(text string) (title string, body int) {
	for at := 0; at < len(text); {
		end := lineEnd(text, at)
		line := strings.TrimSpace(text[at:end])
		switch {
		case line == "":
		case title == "":
			title = line
		default:
			return title, at
		}
		at = end
	}
	return "", 0
}

// lineEnd is where the line that begins at at ends, its line end included.
func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(text)
}

// decode reads bytes that name no character set: UTF-8 as it stands, or with its
// broken bytes shown as �; else
// UTF-16 where a byte order mark says so, else Windows-1252, in which every
// byte means something.
func decode(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	if len(data) >= 2 && (data[0] == 0xFF && data[1] == 0xFE || data[0] == 0xFE && data[1] == 0xFF) {
		out, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		if err == nil {
			return string(out)
		}
	}
	if mostlyUTF8(data) {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	out, err := charmap.Windows1252.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "\uFFFD")
	}
	return string(out)
}

// mostlyUTF8 tells a UTF-8 text with a few broken bytes from one in another
// encoding: most of what is not ASCII are whole UTF-8 characters, which other
// encodings hardly ever form by chance.
func mostlyUTF8(data []byte) bool {
	whole, broken := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			broken++
		case n > 1:
			whole++
		}
		data = data[n:]
	}
	return whole > 2*broken
}
