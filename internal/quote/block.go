package quote

import (
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// block reads the paragraphs that stand under a cue line such as "The Tony
// winner wrote:" without marks. The page may set them off itself; else the
// first paragraph is taken, and more while they speak in the first person.
func (f *finder) block(p int) bool {
	if !f.opened.ok || f.opened.paragraph+1 != f.unpassed(p) {
		return false
	}
	par := f.d.Paragraphs[p]
	if par.Kind == text.Headline || f.d.Tokens[par.FirstToken].Kind == text.QuoteMark {
		return false
	}
	c := f.opened.cue
	f.opened.ok = false
	cand := Candidate{Kind: record.Block, Act: actOf(c.form.does), Cue: ptr(f.d.SpanOf(c.first, c.end)), Source: c.subject, Shares: -1}
	cand.Reason = reason("set off after a cue and a colon", .9, cand.Cue, cand.Source)
	for q := p; q < len(f.d.Paragraphs) && f.belongs(q, q == p); q++ {
		cand.Parts = append(cand.Parts, f.d.Paragraphs[q].Span)
		f.passMarks(f.d.Paragraphs[q])
	}
	cand.Content = cand.Parts
	f.last = f.add(cand)
	return true
}

// unpassed is p less the passed-over paragraphs (an embed, say) that stand
// between it and the cue line.
func (f *finder) unpassed(p int) int {
	q := p
	for q-1 > f.opened.paragraph && f.d.Paragraphs[q-1].Kind == text.Passed {
		q--
	}
	return q
}

// belongs tells whether paragraph q goes on with a block quotation.
func (f *finder) belongs(q int, first bool) bool {
	par := f.d.Paragraphs[q]
	if first {
		return true
	}
	if par.Kind != text.Body || f.claimed[par.FirstToken] {
		return false
	}
	if par.SetOff && f.d.Paragraphs[q-1].SetOff {
		return true
	}
	return !par.SetOff && !f.d.Paragraphs[q-1].SetOff && f.firstPerson(par) && f.d.Tokens[par.FirstToken].Kind != text.QuoteMark
}

// firstPerson tells whether "I" or "my" stands outside marks.
func (f *finder) firstPerson(par text.Paragraph) bool {
	for i := par.FirstToken; i < par.EndToken; i++ {
		if f.atDepth(i) && (f.d.Of(i) == "I" || f.d.Tokens[i].Lower == "my" || f.d.Tokens[i].Lower == "me") {
			return true
		}
	}
	return false
}

// passMarks keeps marks inside a block from being read on their own.
func (f *finder) passMarks(par text.Paragraph) {
	for i := par.FirstToken; i < par.EndToken; i++ {
		if m := f.d.Outermost(i); m >= 0 {
			f.used[m] = true
		}
		f.claimed[i] = true
	}
}

// attributionLine reads a short paragraph that only names the source of the
// quotation before it ("— Commissioner Jane Roe") or after it ("And from
// Chair Bob Hall:").
func (f *finder) attributionLine(p int) bool {
	par := f.d.Paragraphs[p]
	n := par.EndToken - par.FirstToken
	if n < 2 || n > 12 || par.Kind == text.Headline {
		return false
	}
	if f.dash(par.FirstToken) && f.last >= 0 {
		return f.signature(p)
	}
	if f.d.Of(par.EndToken-1) != ":" || p+1 >= len(f.d.Paragraphs) {
		return false
	}
	for i := par.FirstToken; i < par.EndToken; i++ {
		if _, _, ok := f.formAt(i, par.EndToken); ok && !f.d.Tokens[i].Cap {
			return false // a cue line like any other
		}
	}
	first := par.FirstToken
	for first < par.EndToken && (f.has(first, conj|adv) || f.d.Tokens[first].Lower == "from") {
		first++
	}
	end := f.nounPhraseRight(first, par.EndToken)
	next := f.d.Paragraphs[p+1]
	if end == first || !f.d.Tokens[end-1].Cap || f.d.Tokens[next.FirstToken].Kind != text.QuoteMark || end < par.EndToken-8 {
		return false
	}
	colon := par.EndToken - 1
	f.opened = lead{cue: cue{first: colon, end: colon + 1, sentence: int(f.d.Tokens[colon].Sentence), form: form{does: speech}, subject: f.span(first, end)}, paragraph: p, ok: true}
	return true
}

// leadIn reads a paragraph that ends with a colon and has no cue verb before
// quoted words in the next one ("She let the board have it on Saturday:"):
// the subject of its last sentence speaks.
func (f *finder) leadIn(p int) {
	par := f.d.Paragraphs[p]
	if f.opened.ok && f.opened.paragraph == p || par.Kind == text.Headline || f.d.Of(par.EndToken-1) != ":" || p+1 >= len(f.d.Paragraphs) {
		return
	}
	colon := par.EndToken - 1
	if next := f.d.Paragraphs[p+1]; f.d.Tokens[next.FirstToken].Kind != text.QuoteMark || !f.atDepth(colon) {
		return
	}
	source := f.mainSubject(f.d.SentenceOf(colon), colon)
	if source == nil {
		return
	}
	f.opened = lead{cue: cue{first: colon, end: colon + 1, sentence: int(f.d.Tokens[colon].Sentence), form: form{does: speech}, subject: source}, paragraph: p, ok: true}
}

// headlineColon reads a headline "Roe: the ferry must stay", where the colon is
// the cue. What stands before it must be a name that the body uses.
func (f *finder) headlineColon(p int) {
	par := f.d.Paragraphs[p]
	if par.Kind != text.Headline {
		return
	}
	for i := par.FirstToken + 1; i < min(par.EndToken-3, par.FirstToken+6); i++ {
		if f.d.Of(i) != ":" {
			continue
		}
		if f.d.Tokens[i+1].Kind == text.QuoteMark || f.claimed[i+1] || !f.namedInBody(i-1, par.EndToken) {
			return
		}
		first := f.nounPhraseLeft(i, par.FirstToken)
		content, ok := f.trimmed(i+1, par.EndToken)
		if first != par.FirstToken || !ok || !f.clauseLike(i+1, par.EndToken) {
			return
		}
		c := Candidate{Kind: record.Indirect, Act: record.Speech, Parts: []record.Span{content}, Content: []record.Span{f.toMarks(content)},
			Cue: ptr(f.d.Tokens[i].Span), Source: f.span(first, i), Shares: -1}
		if parts, _ := f.parts(i+1, par.EndToken); len(parts) > 0 {
			c.Kind, c.Parts = record.Mixed, parts
		}
		c.Reason = reason("name and colon in the headline", .7, c.Cue, c.Source)
		f.useMarks(i+1, par.EndToken)
		f.add(c)
		return
	}
}

// namedInBody tells whether token i, which stands before token end, is a name:
// the text after end has it with a capital inside a sentence, and never without.
func (f *finder) namedInBody(i, end int) bool {
	seen := false
	for k := end; k < len(f.d.Tokens); k++ {
		t := &f.d.Tokens[k]
		if t.Lower != f.d.Tokens[i].Lower {
			continue
		}
		if !t.Cap {
			return false
		}
		seen = seen || k != f.d.SentenceOf(k).FirstToken
	}
	return seen
}

// signature gives the source of a line "— Jane Roe" to the quotation before it.
func (f *finder) signature(p int) bool {
	par := f.d.Paragraphs[p]
	c := &f.found[f.last]
	if c.Cue != nil && c.Cue.Of(f.d.Text) != ":" || c.Parts[len(c.Parts)-1].End > par.Start || p == 0 || !f.d.Paragraphs[p-1].Span.Overlaps(c.Parts[len(c.Parts)-1]) {
		return false
	}
	end := f.nounPhraseRight(par.FirstToken+1, par.EndToken)
	if end == par.FirstToken+1 {
		return false
	}
	c.Source = f.span(par.FirstToken+1, end)
	c.Cue, c.Shares = ptr(f.d.Tokens[par.FirstToken].Span), -1
	c.Reason = reason("name on the line after", .9, c.Source)
	return true
}

// signatureWords is how many tokens may follow the dash of “…” — Ann Roe, Larkhaven.
const signatureWords = 9

// signed reads a paragraph of nothing but marked words and, after a dash, who
// signs them: “We want our ferry back.” — Ann Roe.
func (f *finder) signed(p int) {
	par := f.d.Paragraphs[p]
	if par.Kind == text.Headline || par.EndToken-par.FirstToken < 4 {
		return
	}
	m := f.d.Outermost(par.FirstToken)
	if m < 0 || f.d.Marks[m].Unclosed {
		return
	}
	dash := f.d.Marks[m].LastToken + 1
	if dash+1 >= par.EndToken || par.EndToken-dash > signatureWords || !f.dash(dash) || !f.d.Tokens[dash+1].Cap {
		return
	}
	for i := dash + 1; i < par.EndToken; i++ {
		if f.has(i, finite) || f.d.Tokens[i].Kind == text.QuoteMark {
			return // the sentence goes on after its dash
		}
	}
	end := f.nounPhraseRight(dash+1, par.EndToken)
	for i := len(f.found) - 1; i >= 0 && end > dash+1; i-- {
		c := &f.found[i]
		if f.d.Marks[m].Inner.Contains(c.Parts[0]) {
			if c.Source == nil && c.Cue == nil {
				c.Source, c.Shares = f.span(dash+1, end), -1
				c.Reason = reason("signed after a dash", .9, c.Source)
			}
			return
		}
	}
}
