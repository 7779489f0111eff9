package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// lookAhead is how many later marks a decision about one mark may look at, so
// that a paragraph of nothing but marks takes linear time.
const lookAhead = 100

// glyph is one token that can be a quotation mark, with what its neighbours
// let it be.
type glyph struct {
	token  int
	side   side
	single bool
}

// side says what a mark can be where it stands.
type side byte

const (
	neither side = iota
	opens
	closes
	either
)

// markList holds the language's opening and closing marks.
type markList struct {
	open, close map[string]bool
}

func (d *Doc) markList() markList {
	g := markList{map[string]bool{}, map[string]bool{}}
	for _, e := range d.Lang.List("marks").Entries {
		g.open[e.Word] = true
		for _, r := range strings.Split(e.Value, "") {
			g.close[r] = true
		}
		g.close[e.Value] = true
	}
	return g
}

func single(glyph string) bool {
	return strings.ContainsAny(glyph, "'‘’‚‹›") && glyph != "''"
}

// pairMarks pairs marks within each paragraph, from the outside in, and joins
// a stretch left open with the next paragraph where that one re-opens it.
func (d *Doc) pairMarks() {
	g := d.markList()
	carried := -1 // the pair of the paragraph before that was left open
	for p := range d.Paragraphs {
		first := len(d.Marks)
		d.pairParagraph(p, g)
		carried = d.carry(first, carried, p)
	}
	d.markTokens()
}

// carry links the first pair of a paragraph to the unclosed one before it,
// and returns the pair that this paragraph leaves open.
func (d *Doc) carry(first, carried, p int) int {
	par := d.Paragraphs[p]
	if par.Kind == Passed || len(d.Marks) == first {
		if par.Kind == Passed {
			return carried
		}
		return -1
	}
	if carried >= 0 && d.Marks[first].Open.Start == par.Start && d.Marks[first].Single == d.Marks[carried].Single {
		d.Marks[first].Prev, d.Marks[carried].Next = carried, first
	}
	for m := first; m < len(d.Marks); m++ {
		if d.Marks[m].Unclosed && d.Marks[m].Outer < 0 && d.Marks[m].Inner.End == par.End {
			return m
		}
	}
	return -1
}

// sideOf says what the mark token i can be, by its glyph and its neighbours.
func (d *Doc) sideOf(i int, g markList, par Paragraph) side {
	t := d.Tokens[i]
	glyph := t.Span.Of(d.Text)
	canOpen, canClose := g.open[glyph], g.close[glyph]
	if !canOpen && !canClose {
		return neither
	}
	before, _ := utf8.DecodeLastRuneInString(d.Text[par.Start:t.Start])
	after, _ := utf8.DecodeRuneInString(d.Text[t.End:par.End])
	atStart := t.Start == par.Start || unicode.IsSpace(before) || strings.ContainsRune("([{—–-/“\"‘„«", before)
	atEnd := t.End == par.End || unicode.IsSpace(after) || strings.ContainsRune(".,;:!?)]}—–-/…", after)
	if single(glyph) {
		return d.singleSide(i, atStart, atEnd, par)
	}
	switch {
	case atStart && !atEnd:
		return opens // also a closing glyph used the wrong way round
	case atEnd && !atStart:
		return closes
	case canOpen && !canClose:
		return opens
	case canClose && !canOpen:
		return closes
	}
	return either
}

// singleSide is stricter, since nearly every ' and ’ is an apostrophe: it
// opens only at the start of a word and closes only at the end of one.
func (d *Doc) singleSide(i int, atStart, atEnd bool, par Paragraph) side {
	t := d.Tokens[i]
	glyph := t.Span.Of(d.Text)
	if atStart && !atEnd && glyph != "’" || glyph == "‘" && atStart {
		if i+1 < par.EndToken && d.Tokens[i+1].Start == t.End && elided(d.Tokens[i+1].Lower) && glyph != "‘" {
			return neither
		}
		return opens
	}
	if glyph == "‘" {
		return neither
	}
	before, _ := utf8.DecodeLastRuneInString(d.Text[par.Start:t.Start])
	after, _ := utf8.DecodeRuneInString(d.Text[t.End:par.End])
	if !atStart && !wordRune(after) {
		return closes
	}
	if strings.ContainsRune(".,!?", before) && t.Start > par.Start {
		return closes
	}
	return neither
}

// elided tells words that begin with an apostrophe in print.
func elided(w string) bool {
	switch w {
	case "em", "til", "cause", "tis", "twas", "n", "bout", "round", "cos", "kay":
		return true
	}
	return w != "" && '0' <= w[0] && w[0] <= '9' && strings.HasSuffix(w, "s")
}

// glyphsOf lists the tokens of a paragraph that can be marks.
func (d *Doc) glyphsOf(par Paragraph, g markList) (list []glyph) {
	for i := par.FirstToken; i < par.EndToken; i++ {
		if d.Tokens[i].Kind != Punct {
			continue
		}
		if s := d.sideOf(i, g, par); s != neither {
			list = append(list, glyph{i, s, single(d.Of(i))})
		}
	}
	return list
}

// pairParagraph pairs the marks of one paragraph with a stack.
func (d *Doc) pairParagraph(p int, g markList) {
	par := d.Paragraphs[p]
	var stack []int
	list := d.glyphsOf(par, g)
	for k, m := range list {
		top := d.openOf(stack, m.single)
		if m.side == either {
			m.side = opens
			if top >= 0 {
				m.side = closes
			}
		}
		if m.side == closes {
			// A stray close, or an apostrophe, ends nothing.
			if top >= 0 && !(m.single && d.possessive(list[k:], par)) {
				d.close(stack, top, m.token)
				stack = stack[:top]
			}
			continue
		}
		if top >= 0 && !nests(list[k:]) {
			d.giveUp(stack[top:], m.token)
			stack = stack[:top]
		}
		stack = append(stack, d.open(m.token, stack, m.single))
	}
	d.giveUp(stack, par.EndToken)
	d.sweep(par)
}

// giveUp settles the pairs still open before token end: an outermost double
// mark is a quotation whose close is missing; the others were none (an
// apostrophe, or a mark with nothing after it).
func (d *Doc) giveUp(open []int, end int) {
	for _, m := range open {
		mk := &d.Marks[m]
		if mk.Single && !d.opensParagraph(mk) || mk.Outer >= 0 || mk.FirstToken+1 >= end {
			d.drop(m)
			continue
		}
		d.endUnclosed(m, end)
	}
}

// opensParagraph tells an opening single mark of its own shape at the start of
// a paragraph, which is no apostrophe.
func (d *Doc) opensParagraph(mk *Mark) bool {
	t := &d.Tokens[mk.FirstToken]
	return t.Start == d.Paragraphs[t.Paragraph].Start && mk.Open.Of(d.Text) == "‘"
}

// openOf is the place in the stack of the innermost open mark of the same
// kind (single or double), or -1.
func (d *Doc) openOf(stack []int, sg bool) int {
	for k := len(stack) - 1; k >= 0; k-- {
		if d.Marks[stack[k]].Single == sg {
			return k
		}
	}
	return -1
}

func (d *Doc) open(i int, stack []int, sg bool) int {
	outer := -1
	if len(stack) > 0 {
		outer = stack[len(stack)-1]
	}
	t := d.Tokens[i]
	d.Marks = append(d.Marks, Mark{Open: t.Span, Inner: record.Span{Start: t.End, End: t.End},
		FirstToken: i, LastToken: i, Outer: outer, Single: sg, Next: -1, Prev: -1})
	return len(d.Marks) - 1
}

// close ends the pair at place top of the stack with token i; pairs opened
// inside it and still open were none.
func (d *Doc) close(stack []int, top, i int) {
	for k := len(stack) - 1; k > top; k-- {
		d.drop(stack[k])
	}
	m := &d.Marks[stack[top]]
	m.Close, m.LastToken, m.Inner.End = d.Tokens[i].Span, i, d.Tokens[i].Start
}

// endUnclosed ends a pair without a closing mark before token end.
func (d *Doc) endUnclosed(m, end int) {
	mk := &d.Marks[m]
	mk.Unclosed = true
	mk.LastToken = end - 1
	mk.Inner.End = d.Tokens[mk.LastToken].End
	mk.Close = record.Span{Start: mk.Inner.End, End: mk.Inner.End}
}

// drop marks a pair as none; sweep takes it out.
func (d *Doc) drop(m int) { d.Marks[m].FirstToken = -1 }

// nests tells whether the opening mark that list begins with, of a kind that
// is open already, begins a nested quotation (enough closing marks follow for
// both) or shows that the first was never closed.
func nests(list []glyph) bool {
	need := 2
	for _, m := range list[1:min(len(list), lookAhead)] {
		if m.single != list[0].single {
			continue
		}
		switch m.side {
		case opens:
			need++
		case closes:
			if need--; need == 0 {
				return true
			}
		}
	}
	return false
}

// possessive tells the apostrophe of "workers’ rights", which list begins
// with, from a closing mark: it follows an s, a lower-case word follows it,
// and a better closing mark comes later in the paragraph.
func (d *Doc) possessive(list []glyph, par Paragraph) bool {
	i := list[0].token
	t := d.Tokens[i]
	if i == par.FirstToken || !strings.HasSuffix(d.Tokens[i-1].Lower, "s") || d.Tokens[i-1].End != t.Start {
		return false
	}
	if i+1 >= par.EndToken || d.Tokens[i+1].Kind != Word || d.Tokens[i+1].Start == t.End {
		return false
	}
	for _, m := range list[1:min(len(list), lookAhead)] {
		if m.single {
			return m.side == closes
		}
	}
	return false
}

// sweep takes dropped pairs of a paragraph out and renumbers.
func (d *Doc) sweep(par Paragraph) {
	first := len(d.Marks)
	for first > 0 && d.Marks[first-1].Open.Start >= par.Start {
		first--
	}
	renumber := map[int]int{-1: -1}
	kept := d.Marks[:first]
	for m := first; m < len(d.Marks); m++ {
		mk := d.Marks[m]
		if mk.FirstToken < 0 {
			renumber[m] = renumbered(renumber, mk.Outer)
			continue
		}
		mk.Outer = renumbered(renumber, mk.Outer)
		renumber[m] = len(kept)
		kept = append(kept, mk)
	}
	d.Marks = kept
}

func renumbered(m map[int]int, k int) int {
	if n, ok := m[k]; ok {
		return n
	}
	return k
}

// markTokens tells each token the innermost pair round it.
func (d *Doc) markTokens() {
	for m := range d.Marks {
		mk := &d.Marks[m]
		for i := mk.FirstToken; i <= mk.LastToken; i++ {
			d.Tokens[i].Mark = int32(m) // later pairs are nested deeper
		}
		d.Tokens[mk.FirstToken].Kind = QuoteMark
		if !mk.Unclosed {
			d.Tokens[mk.LastToken].Kind = QuoteMark
		}
	}
}
