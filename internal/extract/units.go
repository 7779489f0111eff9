package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// units cuts the body into lines. Where a paragraph is broken into lines of
// one width, as mail and wires do, the paragraph is the unit.
func units(text string, from int) []unit {
	var out, group []unit
	flush := func() {
		if wrapped(text, group) {
			group = []unit{newUnit(text, group[0].Start, group[len(group)-1].End)}
		}
		for i := range group {
			group[i].after = i > 0 && !ends(group[i-1].Of(text)) && group[i-1].words > 8
		}
		out = append(out, group...)
		group = group[:0:0]
	}
	for at := from; at < len(text); {
		end := lineEnd(text, at)
		u := newUnit(text, at, end)
		if u.Len() == 0 {
			flush()
		} else {
			group = append(group, u)
		}
		at = end
	}
	flush()
	return out
}

func newUnit(text string, start, end int) unit {
	line := text[start:end]
	left := strings.TrimLeftFunc(line, unicode.IsSpace)
	start += len(line) - len(left)
	line = strings.TrimRightFunc(left, unicode.IsSpace)
	fields := strings.Fields(strings.ToLower(line))
	return unit{Span: record.Span{Start: start, End: start + len(line)}, low: strings.Join(fields, " "), words: len(fields)}
}

// wrapped tells whether lines without a blank one between them are one
// paragraph: most are of about one width, and end in mid-sentence.
func wrapped(text string, group []unit) bool {
	if len(group) < 2 {
		return false
	}
	running, longest := 0, 0
	for _, u := range group {
		longest = max(longest, utf8.RuneCountInString(u.Of(text)))
	}
	if longest < 40 || longest > 120 {
		return false
	}
	for _, u := range group[:len(group)-1] {
		if !ends(u.Of(text)) && utf8.RuneCountInString(u.Of(text)) > longest*2/3 {
			running++
		}
	}
	// Two captions of the same words are of one width as well.
	return running*3 >= len(group) && group[0].low != group[1].low
}

// ends tells whether a line ends as a sentence does.
func ends(line string) bool {
	line = strings.TrimRight(line, "”’\"')] ")
	return line == "" || strings.ContainsRune(".!?:…", lastRune(line))
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
