// Package show writes what the program finds for a person at a terminal:
// calm sentences, wrapped to the width, words in their context with the cut
// part shown. Colour carries no fact of its own: without it brackets say the
// same. It never says that words are true or untrue, only what was searched
// and what was found.
package show

import (
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// Paper is where things are shown.
type Paper struct {
	W      io.Writer
	Width  int  // columns; 0 is unknown and means 80
	Colour bool // colour is allowed
}

// style says what a stretch of words is, not how it looks.
type style byte

const (
	plain   style = iota
	strong        // who, and verdicts
	quiet         // facts beside the words
	cut           // printed elsewhere and cut here: [ ]
	changed       // changed without a mark: { }
	alarm         // a change that can turn the meaning
)

// codes are the terminal's codes: bold, grey, grey, amber underlined, red.
var codes = map[style]string{
	strong: "\x1b[1m", quiet: "\x1b[2m", cut: "\x1b[90m", changed: "\x1b[4;33m", alarm: "\x1b[31m",
}

// run is a stretch of text of one style.
type run struct {
	text  string
	style style
}

// block is runs that are wrapped together.
type block struct {
	runs   []run
	first  int    // indent of the first line
	rest   int    // indent of the others
	prefix string // stands in the first indent
}

func (b *block) add(s style, text string) *block {
	if text != "" {
		b.runs = append(b.runs, run{text, s})
	}
	return b
}

// Line writes one paragraph of plain words.
func (p Paper) Line(text string) { p.print(block{runs: []run{{text, plain}}}) }

func (p Paper) gap() { _, _ = io.WriteString(p.W, "\n") }

// word is what stands between two spaces; it may change style inside.
type word struct {
	pieces []run
	width  int
}

// print wraps a block to the paper's width. Where colour is off, cut and
// changed words get their brackets here, so that both ways show the same.
func (p Paper) print(b block) {
	width := p.Width
	if width <= 0 {
		width = 80
	}
	var out strings.Builder
	out.WriteString(p.indent(b))
	var line []run
	col, fresh := b.first, true
	for _, w := range p.words(b.runs) {
		if !fresh && col+1+w.width > width {
			p.paint(&out, line)
			out.WriteString("\n" + strings.Repeat(" ", b.rest))
			line, col, fresh = line[:0], b.rest, true
		}
		if !fresh {
			line = space(line, w.pieces[0].style)
			col++
		}
		line = append(line, w.pieces...)
		col += w.width
		fresh = false
	}
	p.paint(&out, line)
	out.WriteByte('\n')
	_, _ = io.WriteString(p.W, out.String())
}

// space puts a space between two words: of their style where they share it,
// so that an underline runs through.
func space(line []run, next style) []run {
	s := plain
	if n := len(line); n > 0 && line[n-1].style == next {
		s = next
	}
	return append(line, run{" ", s})
}

func (p Paper) indent(b block) string {
	pad := b.first - uniseg.StringWidth(b.prefix)
	if pad < 0 {
		pad = 0
	}
	return b.prefix + strings.Repeat(" ", pad)
}

// paint writes one line, each stretch of one style with one code.
func (p Paper) paint(out *strings.Builder, line []run) {
	now := plain
	for _, r := range line {
		if p.Colour && r.style != now {
			if codes[now] != "" {
				out.WriteString("\x1b[0m")
			}
			out.WriteString(codes[r.style])
			now = r.style
		}
		out.WriteString(r.text)
	}
	if p.Colour && codes[now] != "" {
		out.WriteString("\x1b[0m")
	}
}

// words splits runs at white space. Line ends inside quoted words are spaces
// here: the terminal shows what was said, not how it was set.
func (p Paper) words(runs []run) []word {
	var out []word
	open := false // the last word has not ended yet
	for _, r := range p.bracketed(runs) {
		for i, f := range strings.FieldsFunc(safe(r.text), isSpace) {
			if i == 0 && open && !startsWithSpace(r.text) {
				last := &out[len(out)-1]
				last.pieces = append(last.pieces, run{f, r.style})
				last.width += uniseg.StringWidth(f)
			} else {
				out = append(out, word{[]run{{f, r.style}}, uniseg.StringWidth(f)})
			}
			open = true
		}
		if endsWithSpace(r.text) || (open && strings.TrimSpace(r.text) == "") {
			open = false
		}
	}
	return out
}

// bracketed puts the brackets that stand for colour where there is none.
func (p Paper) bracketed(runs []run) []run {
	if p.Colour {
		return runs
	}
	out := make([]run, 0, len(runs))
	for _, r := range runs {
		switch r.style {
		case cut:
			r.text = hug(r.text, "[", "]")
		case changed:
			r.text = hug(r.text, "{", "}")
		}
		out = append(out, r)
	}
	return out
}

// hug puts brackets round the words and leaves the space outside.
func hug(s, open, shut string) string {
	t := strings.TrimFunc(s, isSpace)
	at := strings.Index(s, t)
	return s[:at] + open + t + shut + s[at+len(t):]
}

func isSpace(r rune) bool {
	return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' || r == '\u2028' || r == '\u2029'
}

func startsWithSpace(s string) bool {
	return strings.TrimLeftFunc(s, isSpace) != s
}

func endsWithSpace(s string) bool {
	return strings.TrimRightFunc(s, isSpace) != s
}

// safe takes out control characters, so that a report cannot write on the
// terminal of the person who reads it.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isSpace(r):
			return r
		case r < 0x20, r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, s)
}
