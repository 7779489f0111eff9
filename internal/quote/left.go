package quote

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// left looks for the words that a cue governs to its left: “…,” she said, or
// a clause before a comma. What follows the tag within the sentence is joined.
func (f *finder) left(c *cue) bool {
	sent := f.d.Sentences[c.sentence]
	edge := c.subjectFirst
	if c.inverted {
		edge = c.first
	}
	if c.shares || edge <= sent.FirstToken {
		return false
	}
	start := f.unclaimed(sent.FirstToken, edge)
	last := edge - 1
	if start >= edge || !f.endsReported(last, sent) {
		return false
	}
	parts, outside := f.parts(start, edge)
	addressee, after := f.addressee(c, c.subjectEnd, sent.EndToken)
	cand := Candidate{Act: actOf(c.form.does), Cue: ptr(f.d.SpanOf(c.first, c.end)), Source: c.subject, Addressee: addressee, Shares: -1}
	switch {
	case len(parts) > 0 && outside == 0:
		cand.Kind, cand.Parts, cand.Content = record.Direct, parts, parts
		cand.Reason = reason("tag after the marks", .97, cand.Cue, cand.Source)
		f.joinAfter(&cand, after, sent)
	case c.form.does&(bare|that) == 0 || c.form.does&marked != 0:
		return false
	case len(parts) == 0 && !f.closesSentence(after, sent):
		return false
	case !c.inverted && edge-start < 5 && len(parts) == 0 && after+2 < sent.EndToken && f.d.Of(after) == ",":
		if !f.roundTag(&cand, start, edge, after, sent) {
			return false
		}
	default:
		start = f.afterDateline(start, edge)
		content, ok := f.trimmed(start, edge)
		if !ok || f.d.Tokens[start].Kind == text.Punct || !f.hasVerb(start, edge) {
			return false
		}
		content = f.toMarks(content)
		cand.Kind, cand.Parts, cand.Content = record.Indirect, []record.Span{content}, []record.Span{content}
		cand.Reason = reason("clause before the tag", .8, cand.Cue, cand.Source)
		if len(parts) > 0 {
			cand.Kind, cand.Parts = record.Mixed, parts
			cand.Reason.Rule = "marked words in a clause before the tag"
		}
	}
	f.useMarks(start, edge)
	f.last = f.add(cand)
	return true
}

// tags tells whether a cue is the tag of the marked words before it: “…,” she
// said. What stands to its right then only goes on with these.
func (f *finder) tags(c *cue) bool {
	edge := c.subjectFirst
	if c.inverted {
		edge = c.first
	}
	k := edge - 1
	if c.shares || k < 1 || f.d.Tokens[k].Kind != text.QuoteMark || f.claimed[k] || f.noSpeech(f.d.Outermost(k)) != "" && f.length(f.d.Outermost(k)) > 1 {
		return false
	}
	switch f.d.Of(k - 1) {
	case ",", "?", "!", "—", "–", "…":
		return true
	}
	return false
}

// roundTag reads a clause that its tag interrupts ("Roe, he acknowledged, had
// not asked"): two parts.
func (f *finder) roundTag(cand *Candidate, start, edge, after int, sent text.Sentence) bool {
	a, ok := f.trimmed(start, edge)
	b, more := f.trimmed(after, f.contentEnd(after+1, sent.EndToken, clauseOpen, &cue{}))
	if !ok || !more {
		return false
	}
	cand.Kind, cand.Parts = record.Indirect, []record.Span{a, f.toMarks(b)}
	cand.Content = cand.Parts
	cand.Reason = reason("clause round the tag", .7, cand.Cue, cand.Source)
	first, end := f.d.TokensIn(b)
	f.useMarks(first, end)
	return true
}

// afterDateline steps over "LARKHAVEN (Northline) —" at the start of a report.
func (f *finder) afterDateline(start, limit int) int {
	w := f.d.Of(start)
	if len(w) < 3 || strings.ToUpper(w) != w || f.d.Tokens[start].Kind != text.Word {
		return start
	}
	for i := start + 1; i < min(limit, start+12); i++ {
		if f.dash(i) {
			return i + 1
		}
	}
	return start
}

// unclaimed is the first token of [start, end) after whatever is claimed.
func (f *finder) unclaimed(start, end int) int {
	for i := end - 1; i >= start; i-- {
		if f.claimed[i] {
			start = i + 1
			break
		}
	}
	for start < end && (f.edge(start) || f.d.Tokens[start].Kind == text.QuoteMark && f.used[f.d.Tokens[start].Mark]) {
		start++
	}
	return start
}

// endsReported tells whether token last can end reported words before a tag.
func (f *finder) endsReported(last int, sent text.Sentence) bool {
	t := &f.d.Tokens[last]
	if t.Kind == text.QuoteMark || !f.atDepth(last) {
		return true
	}
	switch f.d.Of(last) {
	case ",", "—", "–", "--", "?", "!":
		// "the firm that, she says, made it": an aside, and not the end of it
		return last > sent.FirstToken && !f.has(last-1, comp|prep|rel|conj)
	}
	return false
}

// closesSentence tells whether only adverbials follow the tag.
func (f *finder) closesSentence(at int, sent text.Sentence) bool {
	for k := at; k < sent.EndToken; k++ {
		if !f.atDepth(k) {
			return false
		}
		if f.d.Of(k) == "." || f.d.Of(k) == ";" {
			return true
		}
		if f.d.Of(k) == "," {
			return true
		}
		if k == at && f.d.Tokens[k].Kind == text.Word && !f.has(k, prep|timeWord|adv|comp) && !f.adverb(k) {
			return false
		}
	}
	return true
}

// hasVerb tells whether something finite stands in tokens [start, end).
func (f *finder) hasVerb(start, end int) bool {
	for i := start; i < end; i++ {
		if !f.atDepth(i) {
			return true
		}
	}
	return f.clauseLike(start, end) || f.clauseLike(min(start+1, end-1), end)
}

// joinAfter joins quoted stretches that follow the tag in its sentence and,
// while nothing else is said there, in the sentences after it in the paragraph.
func (f *finder) joinAfter(cand *Candidate, at int, sent text.Sentence) {
	for k := at; k < sent.EndToken; k++ {
		t := &f.d.Tokens[k]
		if f.anotherCue(k) {
			return // "…,” she said, adding later, “…”: words of another moment
		}
		if t.Kind != text.QuoteMark || f.d.Marks[t.Mark].FirstToken != k || f.used[t.Mark] {
			continue
		}
		m := f.d.Outermost(k)
		if f.introduces(k-1) && f.noSpeech(m) == "" || f.whole(m) && f.noSpeech(m) == "" && f.length(m) > 3 {
			f.join(cand, m)
		}
		k = f.d.Marks[m].LastToken
	}
}

// join adds a quoted stretch to a candidate as a further part.
func (f *finder) join(cand *Candidate, m int) {
	s := inner(f.d.Text, f.d.Marks[m].Inner)
	if s.Len() == 0 {
		return
	}
	f.used[m] = true
	cand.Parts = append(cand.Parts, s)
	cand.Content = cand.Parts
	for i := f.d.Marks[m].FirstToken; i <= f.d.Marks[m].LastToken; i++ {
		f.claimed[i] = true
	}
}

// length is the number of words of a quoted stretch.
func (f *finder) length(m int) (n int) {
	mk := &f.d.Marks[m]
	for i := mk.FirstToken; i <= mk.LastToken; i++ {
		if f.d.Tokens[i].Kind <= text.Number {
			n++
		}
	}
	return n
}

// according finds "according to Ann Roe" and "per Ann Roe": the rest of the
// clause is what she says.
func (f *finder) according(sent text.Sentence) {
	for i := sent.FirstToken; i+1 < sent.EndToken; i++ {
		if !f.atDepth(i) || f.claimed[i] {
			continue
		}
		end := 0
		switch {
		case f.d.Tokens[i].Lower == "according" && f.d.Tokens[i+1].Lower == "to":
			end = i + 2
		case f.d.Tokens[i].Lower == "per" && (i == sent.FirstToken || f.d.Of(i-1) == "," && (f.d.Tokens[i+1].Cap || f.has(i+1, det))):
			end = i + 1
		default:
			continue
		}
		source := f.nounPhraseRight(end, sent.EndToken)
		if source == end {
			continue
		}
		f.keepAccording(sent, i, end, source)
		i = source
	}
}

// afterApposition steps from the comma after "According to the head" over an
// apposition ("Ann Roe,"), where a name stands between two commas.
func (f *finder) afterApposition(comma int, sent text.Sentence) int {
	end := f.nounPhraseRight(comma+1, sent.EndToken)
	if comma < sent.EndToken && end > comma+1 && end < sent.EndToken && f.d.Of(end) == "," && f.d.Tokens[comma+1].Cap {
		return end
	}
	return comma
}

// keepAccording keeps what stands before or after "according to" (tokens
// [first, end)) and its noun phrase, which ends at source.
func (f *finder) keepAccording(sent text.Sentence, first, end, source int) {
	start, stop := f.unclaimed(sent.FirstToken, first), first
	if first-start < 5 {
		if source < sent.EndToken && f.d.Of(source) != "," {
			return
		}
		start, stop = f.afterApposition(source, sent), sent.EndToken
	}
	if start >= stop {
		return
	}
	if f.claimed[start] {
		return
	}
	content, ok := f.trimmed(start, stop)
	if !ok || content.Len() < 12 {
		return
	}
	content = f.toMarks(content)
	cand := Candidate{Kind: record.Indirect, Act: record.Speech, Cue: ptr(f.d.SpanOf(first, end)), Source: f.span(end, source),
		Parts: []record.Span{content}, Content: []record.Span{content}, Shares: -1}
	cand.Reason = reason("according to", .85, cand.Cue, cand.Source)
	if parts, outside := f.parts(start, stop); len(parts) > 0 {
		cand.Kind, cand.Parts = record.Mixed, parts
		if outside == 0 {
			cand.Kind, cand.Content = record.Direct, parts
		}
	}
	f.useMarks(start, stop)
	f.last = f.add(cand)
}
