package mention

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Some pages put a box behind a name: the whole name again, headlines that
// nothing parts from it, and a word that leads on. A scraper leaves all of it
// in the sentence: "Senator Adair Rose Ann AdairHarbour vote put off MORE
// (R-Ore.) said". The words of the box are nobody's; what follows goes on
// about the name before it.

// boxEnd is the word that ends such a box, and boxReach how many tokens it may
// be away.
const (
	boxEnd   = "MORE"
	boxReach = 90
)

// span of tokens, end exclusive.
type run struct{ first, end int }

// boxes finds the boxes of a document, in order of place.
func boxes(d *text.Doc) []run {
	if !strings.Contains(d.Text, boxEnd) {
		return nil
	}
	var out []run
	for p := range d.Paragraphs {
		par := &d.Paragraphs[p]
		from := par.FirstToken
		for i := par.FirstToken; i < par.EndToken; i++ {
			if t := &d.Tokens[i]; t.Kind != text.Word || !t.Cap || !seamed(d.Of(i)) {
				continue
			}
			k := repeats(d, from, i)
			if k < 0 {
				continue
			}
			end := i + 1
			for j := end; !strings.HasSuffix(d.Of(i), boxEnd) && j < par.EndToken && j < i+boxReach; j++ {
				if d.Of(j) == boxEnd {
					end = j + 1
					break
				}
			}
			out = append(out, run{k + 1, end})
			i, from = end-1, end
		}
	}
	return out
}

// seamed tells whether a capital follows a small letter inside a word.
func seamed(w string) bool {
	small := false
	for _, r := range w {
		if small && unicode.IsUpper(r) {
			return true
		}
		small = unicode.IsLower(r)
	}
	return false
}

// repeats finds the first token before token i that the first part of token i says
// again: the "Adair" of "Rose Adair Rose Ann AdairHarbour"; -1: none.
func repeats(d *text.Doc, from, i int) int {
	w, found := d.Of(i), -1
	for k := i - 1; k >= from && k > i-10; k-- {
		t := &d.Tokens[k]
		if t.Kind == text.QuoteMark || t.Kind == text.Word && !t.Cap {
			break
		}
		s := d.Of(k)
		if t.Kind != text.Word || len(s) < 3 || len(s) >= len(w) || !strings.HasPrefix(w, s) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(w[len(s):])
		if unicode.IsUpper(next) {
			found = k
		}
	}
	return found
}

// boxed tells whether token i lies in a box.
func (f *finder) boxed(i int) bool {
	for _, b := range f.boxes {
		if b.first <= i && i < b.end {
			return true
		}
	}
	return false
}

// wholeInBox takes the given name of a surname alone from the box behind it.
func (f *finder) wholeInBox(c *candidate) {
	if c.end != c.core+1 {
		return
	}
	for _, b := range f.boxes {
		if t := &f.d.Tokens[b.first]; b.first == c.end && t.Kind == text.Word && f.w[b.first].flags&given != 0 {
			c.forename = b.first
			c.key = t.Lower + " " + c.key
			c.clues |= titled
			return
		}
	}
}

// behindBox is the mention right before the box that span s overlaps.
func (x *Index) behindBox(s record.Span) (Hit, bool) {
	for _, b := range x.boxes {
		if box := x.d.SpanOf(b.first, b.end); box.Overlaps(s) {
			h, ok := x.Before(box.Start)
			return h, ok && box.Start-h.End <= 1
		}
	}
	return Hit{}, false
}
