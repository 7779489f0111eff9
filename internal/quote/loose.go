package quote

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// looseWords is how many words a quoted stretch inside a sentence without a
// cue must have to be kept as somebody's words; shorter ones are mostly scare
// quotes (read by eye in PolNeAR train).
const looseWords = 5

// loose settles the quoted stretches of a sentence that no cue claims: they
// go on with the quotation before them, stand for themselves, or are no speech.
func (f *finder) loose(sent text.Sentence) {
	alone := f.alone(sent)
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		t := &f.d.Tokens[i]
		if t.Kind != text.QuoteMark {
			continue
		}
		m := f.d.Outermost(i)
		i = f.d.Marks[m].LastToken
		if f.used[m] {
			continue
		}
		f.settle(m, sent, alone)
	}
}

// settle decides about one loose stretch; alone says that nothing unmarked
// stands in its sentence.
func (f *finder) settle(m int, sent text.Sentence, alone bool) {
	mk := &f.d.Marks[m]
	headline := f.d.Paragraphs[sent.Paragraph].Kind == text.Headline
	why := f.noSpeech(m)
	switch {
	case mk.Prev >= 0 && f.continues(m):
		return
	case alone && f.d.Paragraphs[sent.Paragraph].Kind == text.Body && f.length(m) > 0:
		f.floating(m, sent)
	case !headline && why == "" && f.whole(m) && mk.FirstToken > sent.FirstToken && f.d.Of(mk.FirstToken-1) == ":":
		f.afterColon(m, sent)
	case headline && f.length(m) >= 3 && (why == "" || why == record.WhyTitle && f.length(m) >= 4):
		f.keepLoose(m, "quoted in the headline", .7)
	case why != "":
		f.pass(m, why)
	case f.length(m) < looseWords && !f.sentenceLike(m):
		f.pass(m, record.WhyScare)
	default:
		f.keepLoose(m, "marked words without a cue", .5)
	}
}

// sentenceLike tells a short stretch that is a sentence all the same: it begins
// with a capital, has a finite verb and ends with its own full stop.
func (f *finder) sentenceLike(m int) bool {
	mk := &f.d.Marks[m]
	if mk.Unclosed || f.length(m) < 3 || !f.whole(m) || !strings.ContainsAny(f.d.Of(mk.LastToken-1), ".!?") {
		return false
	}
	for i := mk.FirstToken + 1; i < mk.LastToken; i++ {
		if f.has(i, finite) {
			return true
		}
	}
	return false
}

// afterColon keeps marked words after a colon that no cue governs directly
// ("What she said, in full, was: “…”"): the sentence's cue or subject speaks.
func (f *finder) afterColon(m int, sent text.Sentence) {
	before := len(f.found)
	f.keepLoose(m, "marks after a colon", .7)
	if len(f.found) == before {
		return
	}
	c := &f.found[before]
	colon := f.d.Marks[m].FirstToken - 1
	c.Kind, c.Cue = record.Direct, ptr(f.d.Tokens[colon].Span)
	for _, q := range f.cues(sent) {
		if q.subject != nil && q.end <= colon {
			c.Source, c.Cue, c.Act = q.subject, ptr(f.d.SpanOf(q.first, q.end)), actOf(q.form.does)
		}
	}
	if c.Source == nil {
		c.Source = f.mainSubject(sent, colon)
	}
	f.last = before
}

// alone tells whether marked words make up a sentence: nothing but punctuation
// stands outside marks.
func (f *finder) alone(sent text.Sentence) bool {
	for i := sent.FirstToken; i < sent.EndToken; i++ {
		if f.atDepth(i) && f.d.Tokens[i].Kind != text.Punct {
			return false
		}
	}
	return true
}

// continues joins a paragraph that re-opens its marks to the quotation that
// the paragraph before left open.
func (f *finder) continues(m int) bool {
	prev := f.d.Marks[m].Prev
	for i := range f.found {
		c := &f.found[i]
		n := len(c.Parts)
		if c.Kind != record.Indirect && c.Parts[n-1].End <= f.d.Marks[prev].Inner.End && c.Parts[n-1].Start >= f.d.Marks[prev].Inner.Start {
			f.join(c, m)
			f.last = i
			return true
		}
	}
	return false
}

// floating keeps a stretch that stands for itself. In the paragraph of an
// attributed direct quotation it is the rest of that one; else it is a
// quotation of its own whose source is carried on.
func (f *finder) floating(m int, sent text.Sentence) {
	if f.opened.ok && f.opened.paragraph+1 == sent.Paragraph {
		f.afterLead(m)
		return
	}
	if f.length(m) < 12 && sent.EndToken-sent.FirstToken == f.d.Paragraphs[sent.Paragraph].EndToken-f.d.Paragraphs[sent.Paragraph].FirstToken && f.pulled(m) {
		f.keepLoose(m, "pull quote", .5)
		return
	}
	if f.last >= 0 {
		c := &f.found[f.last]
		par := f.d.Paragraphs[sent.Paragraph]
		here := par.Span.Contains(c.Parts[len(c.Parts)-1])
		if here && c.Kind == record.Direct && c.Where == record.InBody {
			f.join(c, m)
			return
		}
	}
	before := len(f.found)
	f.keepLoose(m, "marks standing alone", .8)
	if f.last = len(f.found) - 1; f.last >= before && f.found[f.last].Source == nil {
		f.found[f.last].Shares = f.carriedFrom(f.last, sent)
	}
}

// pulled tells a subheading or a pull quote in marks: a short paragraph of its
// own without the full stop that running text has.
func (f *finder) pulled(m int) bool {
	mk := &f.d.Marks[m]
	if mk.Unclosed || mk.Prev >= 0 {
		return false
	}
	switch f.d.Of(mk.LastToken - 1) {
	case ".", ",", "!", "…", "...":
		return false
	}
	return mk.Single || f.d.Of(mk.LastToken-1) != "?"
}

// tagInside finds the tag that an unclosed mark has swallowed (“We lost, Roe
// said.) and keeps the words before it.
func (f *finder) tagInside(m int) bool {
	mk := f.d.Marks[m]
	for i := mk.LastToken; i > mk.FirstToken+2; i-- {
		fm, end, ok := f.formAt(i, mk.LastToken+1)
		if !ok || fm.participle || fm.base || fm.does&(noun|marked) != 0 {
			continue
		}
		for k := i - 1; k > max(mk.FirstToken+1, i-6); k-- {
			if f.d.Of(k) != "," || !(f.d.Tokens[k+1].Cap || f.has(k+1, subj)) || k+1 == i {
				continue
			}
			words := record.Span{Start: mk.Inner.Start, End: f.d.Tokens[k].End}
			c := Candidate{Kind: record.Direct, Act: actOf(fm.does), Parts: []record.Span{words}, Content: []record.Span{words},
				Cue: ptr(f.d.SpanOf(i, end)), Source: ptr(f.d.SpanOf(k+1, i)), Shares: -1}
			c.Reason = reason("tag after an unclosed mark", .7, c.Cue, c.Source)
			f.add(c)
			return true
		}
	}
	return false
}

// carriedFrom is the candidate whose source a floating quotation shares: the
// latest one with a source in the same paragraph or the one before it.
func (f *finder) carriedFrom(self int, sent text.Sentence) int {
	from := f.d.Paragraphs[max(0, sent.Paragraph-2)].Start
	for i := self - 1; i >= 0; i-- {
		c := &f.found[i]
		if c.Parts[0].Start < from || c.Where != record.InBody {
			continue
		}
		if c.Source != nil || c.Shares >= 0 {
			return i
		}
	}
	return -1
}

// afterLead keeps a quoted paragraph after "The Tony winner wrote:".
func (f *finder) afterLead(m int) {
	c := &f.opened.cue
	s := inner(f.d.Text, f.d.Marks[m].Inner)
	cand := Candidate{Kind: record.Direct, Act: actOf(c.form.does), Parts: []record.Span{s}, Content: []record.Span{s}, Cue: ptr(f.d.SpanOf(c.first, c.end)), Source: c.subject, Shares: -1}
	cand.Reason = reason("cue and colon before the paragraph", .95, cand.Cue, cand.Source)
	f.used[m] = true
	f.opened.ok = false
	f.last = f.add(cand)
}

// keepLoose keeps a stretch without a cue.
func (f *finder) keepLoose(m int, rule string, score float64) {
	s := inner(f.d.Text, f.d.Marks[m].Inner)
	if s.Len() == 0 {
		return
	}
	kind := record.Mixed
	if f.whole(m) && f.length(m) > 3 {
		kind = record.Direct
	}
	f.used[m] = true
	if f.d.Marks[m].Unclosed && f.d.Marks[m].Next < 0 && f.tagInside(m) {
		return
	}
	c := Candidate{Kind: kind, Act: record.Speech, Parts: []record.Span{s}, Content: []record.Span{s}, Shares: -1, Reason: reason(rule, score)}
	if f.where(s) == record.InHeadline {
		c.Source = f.headlineSource(m)
	}
	f.add(c)
}

// headlineSource reads “…” - Ann Roe, and Ann Roe: “…”.
func (f *finder) headlineSource(m int) *record.Span {
	mk := &f.d.Marks[m]
	sent := f.d.SentenceOf(mk.FirstToken)
	par := f.d.Paragraphs[sent.Paragraph]
	after := mk.LastToken + 1
	if after+1 < par.EndToken && f.dash(after) {
		if end := f.nounPhraseRight(after+1, par.EndToken); end > after+1 && f.d.Tokens[after+1].Cap {
			return f.span(after+1, f.nameEnd(after+1, end))
		}
	}
	if before := mk.FirstToken - 1; before > par.FirstToken && f.d.Of(before) == ":" {
		if first := f.nounPhraseLeft(before, par.FirstToken); first < before {
			return f.span(first, before)
		}
	}
	return nil
}

func (f *finder) dash(i int) bool {
	s := f.d.Of(i)
	switch s {
	case "-", "–", "—", "―", "--", "|":
		return true
	}
	return false
}

// nameEnd cuts a capitalised run in a headline at its first verb-like word.
func (f *finder) nameEnd(first, end int) int {
	for i := first + 1; i < end; i++ {
		if !f.d.Tokens[i].Cap || len(f.words.cues[f.d.Tokens[i].Lower]) > 0 {
			return i
		}
	}
	return end
}

// A stretch of up to shortTitle words in title case is a title; a longer one,
// up to longTitle, only where a word beside it says so.
const (
	shortTitle = 9
	longTitle  = 20
)

// noSpeech tells why a quoted stretch is no speech, or "".
func (f *finder) noSpeech(m int) string {
	mk := &f.d.Marks[m]
	n := f.length(m)
	if n == 0 {
		return record.WhyUnmatched
	}
	if f.nickname(mk.FirstToken) {
		return record.WhyNickname
	}
	if n > longTitle {
		return ""
	}
	title := f.titleCase(m)
	if n > shortTitle {
		if title && f.beside(m) == "title" { // her book “…: … and the Age of …”
			return record.WhyTitle
		}
		return ""
	}
	if why := f.beside(m); why != "" && (title || why == "term" || why == "nickname") {
		return longWhy(why)
	}
	if title && f.d.Paragraphs[f.d.Tokens[mk.FirstToken].Paragraph].Kind != text.Headline && !f.capsSentence(m) {
		return record.WhyTitle
	}
	return ""
}

func longWhy(why string) string {
	switch why {
	case "slogan":
		return record.WhySlogan
	case "term":
		return record.WhyTerm
	case "nickname":
		return record.WhyNickname
	}
	return record.WhyTitle
}

// beside looks for a word next to the marks that shows no speech.
func (f *finder) beside(m int) string {
	mk := &f.d.Marks[m]
	for k := mk.FirstToken - 1; k >= max(0, mk.FirstToken-2); k-- {
		if b, ok := f.words.beside[f.d.Tokens[k].Lower]; ok && b.before && f.d.Tokens[k].Sentence == f.d.Tokens[mk.FirstToken].Sentence {
			return b.why
		}
		if f.d.Tokens[k].Kind == text.Punct && f.d.Of(k) != "," {
			break
		}
	}
	if k := mk.LastToken + 1; k < len(f.d.Tokens) && f.d.Tokens[k].Sentence == f.d.Tokens[mk.FirstToken].Sentence {
		if b, ok := f.words.beside[f.d.Tokens[k].Lower]; ok && b.after {
			return b.why
		}
	}
	return ""
}

// titleCase tells whether every word but small ones begins with a capital.
func (f *finder) titleCase(m int) bool {
	mk := &f.d.Marks[m]
	words, caps := 0, 0
	for i := mk.FirstToken + 1; i <= mk.LastToken; i++ {
		t := &f.d.Tokens[i]
		if t.Kind != text.Word || strings.HasPrefix(t.Lower, "'") {
			if s := f.d.Of(i); s == "?" || s == "!" || t.Kind == text.Punct && s == "." {
				if i < mk.LastToken-1 {
					return false
				}
			}
			continue
		}
		words++
		switch {
		case t.Cap:
			caps++
		case words > 1 && len(t.Lower) <= 4 && f.class[i] != 0:
		default:
			return false
		}
	}
	return caps > 0 && (words == caps || caps > 1)
}

// capsSentence tells a one-word or short answer that is speech in spite of
// its capital: it ends a sentence inside the marks (“Never.” “No!”).
func (f *finder) capsSentence(m int) bool {
	mk := &f.d.Marks[m]
	if mk.Unclosed || mk.LastToken-1 <= mk.FirstToken || f.length(m) > 2 {
		return false
	}
	s := f.d.Of(mk.LastToken - 1)
	k := mk.FirstToken - 1
	return (s == "." || s == "!" || s == "?") && k >= 0 && f.introduces(k)
}
