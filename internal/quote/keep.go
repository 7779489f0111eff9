package quote

import (
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// keep makes the candidate of a cue and the tokens [start, end) it governs.
func (f *finder) keep(c *cue, start, end int, how opens, addressee *record.Span) bool {
	if start >= end {
		return false
	}
	if w := f.d.Tokens[start].Lower; how == clauseOpen && w == "that" {
		start++
	}
	content, ok := f.trimmed(start, end)
	if !ok || f.claimed[start] {
		return false
	}
	cand := Candidate{Act: actOf(c.form.does), Cue: ptr(f.d.SpanOf(c.first, c.end)), Addressee: addressee, Shares: -1}
	cand.Source = f.sourceOf(c)
	parts, outside := f.parts(start, end)
	switch {
	case len(parts) > 0 && outside == 0:
		cand.Kind, cand.Content = record.Direct, parts
		if how == quoteOpen && !f.whole(f.d.Outermost(f.firstMarked(start, end))) && !f.introduces(start-1) {
			cand.Kind = record.Mixed
		}
		cand.Parts = parts
		cand.Reason = reason("cue before the marks", .95, cand.Cue, cand.Source)
	case len(parts) > 0:
		cand.Kind, cand.Parts, cand.Content = record.Mixed, parts, []record.Span{f.toMarks(content)}
		cand.Reason = reason("marked words in a reported clause", .9, cand.Cue, cand.Source)
	case c.form.does&marked != 0:
		return false
	default:
		cand.Kind, cand.Parts, cand.Content = record.Indirect, []record.Span{content}, []record.Span{content}
		cand.Reason = reason("reported clause after the cue", .8, cand.Cue, cand.Source)
	}
	if c.shares && cand.Source == nil {
		cand.Shares = f.lastIn(c.sentence)
	}
	f.useMarks(start, end)
	f.last = f.add(cand)
	return true
}

func actOf(d does) record.Act {
	switch {
	case d&writing != 0:
		return record.Writing
	case d&thought != 0:
		return record.Thought
	}
	return record.Speech
}

// sourceOf is the cue's subject, or for a shared one the subject of the cue
// before it in the sentence, else the first noun phrase of the sentence.
func (f *finder) sourceOf(c *cue) *record.Span {
	if c.subject != nil || !c.shares {
		return c.subject
	}
	if i := f.lastIn(c.sentence); i >= 0 {
		return f.found[i].Source
	}
	return f.mainSubject(f.d.Sentences[c.sentence], c.first)
}

// mainSubject is the noun phrase before the first finite verb of a sentence
// that no preposition governs.
func (f *finder) mainSubject(sent text.Sentence, before int) *record.Span {
	for i := sent.FirstToken; i < before; i++ {
		if f.atDepth(i) && f.has(i, prep) && i > sent.FirstToken {
			i = max(i, f.nounPhraseRight(i+1, before)-1)
			continue
		}
		if !f.atDepth(i) || f.has(i, prep|comp) && i == sent.FirstToken {
			// A clause or phrase in front: go on after its comma.
			for i < before && f.d.Of(i) != "," {
				i++
			}
			continue
		}
		if f.d.Of(i) == "(" {
			for i < before && f.d.Of(i) != ")" {
				i++
			}
			continue
		}
		end := f.nounPhraseRight(i, before)
		if end > i && f.subjectWorthy(i, end, &cue{}) {
			return f.span(i, end)
		}
	}
	return nil
}

// lastIn is the latest candidate whose cue stands in sentence s, or -1.
func (f *finder) lastIn(s int) int {
	for i := len(f.found) - 1; i >= 0; i-- {
		if c := f.found[i].Cue; c != nil {
			if int(f.d.Tokens[f.d.TokenAt(c.Start)].Sentence) == s {
				return i
			}
			return -1
		}
	}
	return -1
}
