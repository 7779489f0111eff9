package mention

import (
	"strings"
	"unicode"

	"onrecord/internal/text"
)

// titledRun tells whether the tokens from i up to j are a title and the name
// of a person, which "of" does not go on: "Sen. Rose Adair | of Oregon".
func (f *finder) titledRun(i, j int) bool {
	for k := j - 1; k >= i; k-- {
		t := &f.d.Tokens[k]
		fl := f.w[k].flags
		switch {
		case fl&title != 0 && fl&given == 0:
			return k < j-1 && f.d.Tokens[j-1].Kind == text.Word
		case fl&(orgWord|orgWeak|titlePart|thing) != 0, t.Kind == text.Word && !t.Cap:
			return false
		}
	}
	return false
}

// titledOf finds the name after a title that holds "of": token of is that
// word in "Secretary of State Rose Adair"; 0: none follows.
func (f *finder) titledOf(of, end int) int {
	for k := of + 2; k < end-1; k++ {
		if fl := f.w[k].flags; fl&given != 0 && fl&(ambiguous|place|demonym|thing) == 0 && f.w[k+1].flags&(orgWord|thing) == 0 {
			return k
		}
	}
	// Nobody's given name is known: what follows the office, two words or three.
	k := of + 1
	for k < end && !f.forename(k) {
		k++
	}
	if n := end - k; k > of+1 && (n == 2 || n == 3) && f.forename(k+1) && f.forename(end-1) {
		return k
	}
	return 0
}

// afterOffice is titledOf where token at is an "of" at all.
func (f *finder) afterOffice(at, end int) int {
	if at >= end || f.d.Tokens[at].Lower != "of" {
		return 0
	}
	return f.titledOf(at, end)
}

// forename tells a word that can be part of a name whatever else it means.
func (f *finder) forename(k int) bool { return f.w[k].flags&given != 0 || f.unknown(k) }

// trimDay takes the day that follows a name without a comma off a run: "Adair
// Monday".
func (f *finder) trimDay(i, end int) int {
	for end > i+1 && f.x.days[f.d.Tokens[end-1].Lower] {
		end--
	}
	return end
}

// calledOut tells a word in capitals before a name in ordinary letters, such
// as pages put before links: "WATCHED Adair speaks"; and
// whoever is told, before whom it is told of.
func (f *finder) calledOut(k, end int) bool {
	s := f.d.Of(k)
	if f.w[k].flags&orgName != 0 && end == k+2 && acronym(s) && f.unknown(k+1) && !acronym(f.d.Of(k+1)) && k > 0 && f.w[k-1].flags&say != 0 {
		return true // "told CNN Adair left"
	}
	return len(s) > 4 && acronym(s) && f.w[k].flags&(given|orgName|orgWord|title) == 0 &&
		strings.IndexFunc(f.d.Of(end-1), unicode.IsLower) > 0 && !f.organised(k, end)
}

// dateline tells the place that a report begins with: "HARBOUR TOWN (Wire) —".
func (f *finder) dateline(i, end int) bool {
	d := f.d
	if end >= len(d.Tokens) || d.Paragraphs[d.Tokens[i].Paragraph].FirstToken != i || !acronym(d.Of(i)) {
		return false
	}
	if d.Of(end) == "(" {
		for end++; end < len(d.Tokens) && end < i+6 && d.Of(end-1) != ")"; {
			end++
		}
	}
	if end >= len(d.Tokens) {
		return false
	}
	switch d.Of(end) {
	case "—", "–", "-", "--":
		return true
	}
	return false
}
