package ask

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// Headline is how one quotation of a headline, or a pull quote, stands to the
// body.
type Headline struct {
	Quotation *record.Quotation // in the headline; nil for a pull quote that stands beside the text
	Pull      bool              // it is a pull quote
	Body      *record.Quotation // the body's quotation of the words; nil: there is none
	Words     string            // as the headline prints them
	Full      string            // as the body prints them
	begins    []int             // where in Full a part begins a sentence of its own
	Verdict   record.Verdict
	Edits     []record.Edit
	Alarms    []record.Alarm
}

// Whole tells whether the headline's words stand whole in the body. Whole
// sentences of a longer quotation are whole: only what cuts into a sentence,
// or takes away what turns the meaning, is a finding.
func (h Headline) Whole() bool {
	switch h.Verdict {
	case record.Exact, record.Normalised:
		return true
	case record.Truncated:
		return len(h.Alarms) == 0 && h.betweenSentences()
	}
	return false
}

// betweenSentences tells whether all that is missing are whole sentences at
// the ends.
func (h Headline) betweenSentences() bool {
	full := h.Full
	for _, e := range h.Edits {
		s := e.FullAt
		if s.Start < 0 || s.End > len(full) || s.Start > s.End {
			return false
		}
		before := full[:s.Start] + leadingMarks(e.Full)
		switch e.Op {
		case record.CutFront:
			if !endsSentence(s.Of(full)+leadingMarks(full[s.End:])) && !slices.Contains(h.begins, len(full)-len(strings.TrimLeft(full[s.End:], " ,"))) {
				return false
			}
		case record.CutEnd:
			if !endsSentence(before) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// leadingMarks are the marks that a cut begins with: they may be those that
// end the sentence before it.
func leadingMarks(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune(".!?…”’\"'", r) })
	if i < 0 {
		return s
	}
	return s[:i]
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \n\t”’\"')")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, "…")
}

// pullRule is the rule by which the reading knows a pull quote, or a
// subheading in marks.
const pullRule = "pull quote"

// Headlines lays each quotation of the headline, and each pull quote, over
// those of the body. pulled are the pull quotes that stand beside the text.
func Headlines(r record.Reading, pulled []string) []Headline {
	var out []Headline
	text := r.Article.Text
	for i := range r.Quotations {
		q := &r.Quotations[i]
		pull := q.Reason.Rule == pullRule
		if !q.Worded() || q.Kind == record.Indirect || q.Where != record.InHeadline && !pull {
			continue
		}
		h := Headline{Quotation: q, Pull: pull, Words: q.Words(text), Verdict: record.NotFound}
		h.overBody(&r)
		if pull && h.Verdict == record.NotFound {
			continue // a subheading in marks: somebody's question, a word spoken of
		}
		out = append(out, h)
	}
	for _, words := range pulled {
		h := Headline{Pull: true, Words: words, Verdict: record.NotFound}
		h.overBody(&r)
		out = append(out, h)
	}
	return out
}

// overBody lays the words over each of the body's quotations.
func (h *Headline) overBody(r *record.Reading) {
	for i := range r.Quotations {
		if b := &r.Quotations[i]; b.Where != record.InHeadline && b.Reason.Rule != pullRule && b.Worded() {
			h.meet(b, r.Article.Text)
		}
	}
}

// ranks orders the verdicts from the best on.
var ranks = map[record.Verdict]int{
	record.Exact: 0, record.Normalised: 1, record.Truncated: 2, record.AlteredWords: 3, record.Spliced: 4, record.Paraphrase: 5, record.NotFound: 6,
}

// meet keeps the body's quotation where it is nearer than the ones before.
func (h *Headline) meet(b *record.Quotation, text string) {
	full := b.Words(text)
	v, edits, alarms := trace.Compare(h.Words, full)
	if cut, ok := wordFor(h.Words, full); v == record.NotFound && ok {
		if v, edits = record.Truncated, cut; len(cut) == 0 {
			v = record.Normalised
		}
	}
	if v != record.NotFound && b.Kind == record.Indirect {
		v, edits, alarms = record.Paraphrase, nil, nil
	}
	if ranks[v] > ranks[h.Verdict] || v == h.Verdict && (h.Body != nil || v == record.NotFound) {
		return
	}
	h.Body, h.Full, h.Verdict, h.Edits, h.Alarms = b, full, v, edits, alarms
	h.begins = sentenceParts(b, text)
}

// sentenceParts are the places in a quotation's words where a part begins
// behind a tag that ends its sentence (“…,” he said. “My brother …”).
func sentenceParts(q *record.Quotation, text string) []int {
	var out []int
	at := 0
	for i, p := range q.Parts {
		if i > 0 && endsSentence(strings.TrimRight(text[q.Parts[i-1].End:p.Start], " \n“‘\"'")) {
			out = append(out, at)
		}
		at += p.End - p.Start + 1
	}
	return out
}

// wordFor finds words in a quotation to the letter, too few to be told by
// what they share; case and the marks at their ends do not count.
func wordFor(words, full string) (cut []record.Edit, ok bool) {
	words, low := strings.ToLower(strings.Trim(words, " .,;:!?“”\"")), strings.ToLower(full)
	if len(low) != len(full) || !strings.Contains(words, " ") {
		return nil, false
	}
	at := strings.Index(low, words)
	if at < 0 {
		return nil, false
	}
	before, _ := utf8.DecodeLastRuneInString(full[:at])
	after, _ := utf8.DecodeRuneInString(full[at+len(words):])
	if unicode.IsLetter(before) || unicode.IsLetter(after) || unicode.IsDigit(before) || unicode.IsDigit(after) {
		return nil, false
	}
	return cutOut(full[at:at+len(words)], full), true
}
