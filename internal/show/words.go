package show

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

// overlay lays the words here over the full wording: what both print stands
// plain, what is cut here is bracketed, what was changed without a mark is
// braced. ok is false where the edits do not fit the full wording; the caller
// then shows both wordings.
func overlay(full string, edits []record.Edit) (runs []run, ok bool) {
	at := 0
	for _, e := range inOrder(edits) {
		s := e.FullAt
		if s.Start < at || s.End > len(full) || s.Start > s.End || strings.TrimSpace(s.Of(full)) != strings.TrimSpace(e.Full) {
			return nil, false
		}
		runs = append(runs, run{full[at:s.Start], plain})
		runs = append(runs, edited(e, s.Of(full))...)
		at = s.End
	}
	runs = append(runs, run{full[at:], plain})
	return slices.DeleteFunc(runs, func(r run) bool { return r.text == "" }), true
}

func inOrder(edits []record.Edit) []record.Edit {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b record.Edit) int {
		return cmp.Or(cmp.Compare(a.FullAt.Start, b.FullAt.Start), cmp.Compare(a.FullAt.End, b.FullAt.End))
	})
	return edits
}

// edited shows one edit in place. full keeps the space round the words.
func edited(e record.Edit, full string) []run {
	how := changed
	if e.Marked || e.Op == record.CutFront || e.Op == record.CutEnd {
		how = cut
	}
	switch e.Op {
	case record.Insert:
		return []run{{" ", plain}, {"+ " + e.Here, how}, {" ", plain}}
	case record.Replace, record.Move:
		return []run{{full + " → " + e.Here, how}}
	case record.Omit:
		if how == changed {
			return []run{{"− " + strings.TrimSpace(full), how}, {trailing(full), plain}}
		}
	}
	return []run{{full, how}}
}

func trailing(s string) string {
	return s[len(strings.TrimRightFunc(s, isSpace)):]
}

// elided shortens long stretches that are cut: a list of printers shows each
// time what stays, and only the ends of what is missing.
func elided(runs []run) []run {
	const ends, long = 3, 12
	out := slices.Clone(runs)
	for i, r := range out {
		f := strings.Fields(r.text)
		if r.style != cut || len(f) <= long {
			continue
		}
		head, tail := leading(r.text), trailing(r.text)
		out[i].text = head + strings.Join(f[:ends], " ") + " … " + strings.Join(f[len(f)-ends:], " ") + tail
	}
	return out
}

func leading(s string) string {
	return s[:len(s)-len(strings.TrimLeftFunc(s, isSpace))]
}

// quoted puts quotation marks round words, the outer ones of English print,
// unless they carry marks already.
func quoted(runs []run) []run {
	out := append([]run{{"“", plain}}, runs...)
	return append(out, run{"”", plain})
}

// legend explains the signs that a block of words used.
func (p Paper) legend(edits []record.Edit) string {
	var marked, unmarked bool
	for _, e := range edits {
		if e.Marked || e.Op == record.CutFront || e.Op == record.CutEnd {
			marked = true
		} else {
			unmarked = true
		}
	}
	cutSign, changeSign := "[ ]", "{ }"
	if p.Colour {
		cutSign, changeSign = "grey:", "underlined:"
	}
	var out []string
	if marked {
		out = append(out, cutSign+" printed elsewhere, cut here")
	}
	if unmarked {
		out = append(out, changeSign+" changed without a mark")
	}
	return strings.Join(out, "; ")
}

// changes tells the edits in words, for a verdict: "7 words before and 3
// after are missing".
func changes(edits []record.Edit) string {
	var parts []string
	var front, end string
	for _, e := range edits {
		switch e.Op {
		case record.CutFront:
			front = e.Full
		case record.CutEnd:
			end = e.Full
		}
	}
	switch {
	case front != "" && end != "":
		parts = append(parts, wordCount(front)+" before and "+wordCount(end)+" after are missing")
	case front != "":
		parts = append(parts, wordCount(front)+" before "+isAre(front)+" missing")
	case end != "":
		parts = append(parts, wordCount(end)+" after "+isAre(end)+" missing")
	}
	for _, e := range inOrder(edits) {
		if s := change(e); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) > 4 {
		parts = append(parts[:3], Count(len(parts)-3, "more change", "more changes"))
	}
	return strings.Join(parts, "; ")
}

func change(e record.Edit) string {
	how := " without a mark"
	switch {
	case e.Marked:
		how = ", marked"
	case e.Type == record.CleanUp: // nothing to blame anybody for
		how = ", a tidying"
	case e.Type == record.Inflection:
		how = ", another form"
	}
	switch e.Op {
	case record.Omit:
		return quote(e.Full) + " left out" + how
	case record.Insert:
		return quote(e.Here) + " added" + how
	case record.Replace:
		return quote(e.Full) + " became " + quote(e.Here) + how
	case record.Move:
		return quote(e.Full) + " moved" + how
	}
	return ""
}

// quote quotes a few words inside a sentence.
func quote(s string) string {
	f := strings.Fields(s)
	if len(f) > 8 {
		f = append(f[:6], "…", f[len(f)-1])
	}
	return "“" + strings.Join(f, " ") + "”"
}

func wordCount(s string) string { return Count(countWords(s), "word", "words") }

// countWords counts what has a letter or digit in it: a lone dash is no word.
func countWords(s string) int {
	n := 0
	for _, f := range strings.Fields(s) {
		if strings.ContainsFunc(f, isWordRune) {
			n++
		}
	}
	return n
}

func isAre(s string) string {
	if countWords(s) == 1 {
		return "is"
	}
	return "are"
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
