package quote

import (
	"strings"
	"unicode"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// parts lists the quoted stretches of tokens [start, end), titles left out,
// and counts the words outside them.
func (f *finder) parts(start, end int) (parts []record.Span, outside int) {
	for i := start; i < end; i++ {
		m := f.d.Outermost(i)
		if m < 0 {
			if f.d.Tokens[i].Kind <= text.Number && !(f.has(i, conj) && len(parts) > 0) {
				outside++
			}
			continue
		}
		mk := &f.d.Marks[m]
		i = mk.LastToken
		if why := f.noSpeech(m); why != "" && !(i+1 >= end && mk.FirstToken == start) {
			outside++
			continue
		}
		if mk.Inner.Len() > 0 {
			parts = append(parts, inner(f.d.Text, mk.Inner))
		}
	}
	return parts, outside
}

// inner is a quoted stretch without white space at its ends.
func inner(s string, sp record.Span) record.Span {
	t := sp.Of(s)
	sp.Start += len(t) - len(strings.TrimLeftFunc(t, unicode.IsSpace))
	sp.End -= len(t) - len(strings.TrimRightFunc(t, unicode.IsSpace))
	return sp
}

func (f *finder) firstMarked(start, end int) int {
	for i := start; i < end; i++ {
		if f.d.Tokens[i].Mark >= 0 {
			return i
		}
	}
	return start
}

// toMarks widens a span so that it does not end between a stretch and its mark.
func (f *finder) toMarks(s record.Span) record.Span {
	first, end := f.d.TokensIn(s)
	if first < end {
		if m := f.d.Outermost(end - 1); m >= 0 {
			s.End = max(s.End, f.d.Marks[m].Close.End)
		}
		if m := f.d.Outermost(first); m >= 0 {
			s.Start = min(s.Start, f.d.Marks[m].Open.Start)
		}
	}
	return s
}

// useMarks takes the stretches of tokens [start, end) off the list of loose
// ones, and passes over those that are no speech.
func (f *finder) useMarks(start, end int) {
	for i := start; i < end; i++ {
		m := f.d.Outermost(i)
		if m < 0 {
			continue
		}
		i = f.d.Marks[m].LastToken
		if why := f.noSpeech(m); why != "" && !f.used[m] && !(i+1 >= end && f.d.Marks[m].FirstToken == start) {
			f.pass(m, why)
		}
		f.used[m] = true
	}
}

// pass keeps a quoted stretch as passed over.
func (f *finder) pass(m int, why string) {
	f.used[m] = true
	if s := f.d.Marks[m].Inner; s.Len() > 0 {
		f.passed = append(f.passed, record.Passed{Span: inner(f.d.Text, s), Why: why})
	}
}
