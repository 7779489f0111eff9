package attribute

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/quote"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// speakers names the speaker of every quotation: by the words in the
// speaker's place, else by the quotation that it goes on with, else, in the
// headline, by the body's quotation of the same words.
func (r *resolver) speakers(found []quote.Candidate, qs []record.Quotation) {
	for i := range found {
		if found[i].Source != nil {
			qs[i].Speaker = r.bySource(*found[i].Source, &found[i])
		}
	}
	for i := range found {
		if qs[i].Speaker == nil && found[i].Shares >= 0 {
			qs[i].Speaker = carried(qs[found[i].Shares].Speaker)
		}
	}
	for i := range qs {
		r.otherThanNamed(i, qs)
		if sp := qs[i].Speaker; sp != nil && sp.Chain == record.NoChain && qs[i].Where == record.InHeadline {
			if same := r.bySameWords(i, qs); same != nil && same.Chain != record.NoChain {
				same.Span = sp.Span // "Halden Brook Chief": the body names him
				qs[i].Speaker = same
			}
		}
		if qs[i].Speaker == nil {
			qs[i].Speaker = r.bySameWords(i, qs)
		}
	}
}

// otherThanNamed gives a pronoun that was resolved to somebody whom the
// quoted words themselves name to the speaker before: people rarely call
// themselves by name (“Pryce made nine saves,” he added).
func (r *resolver) otherThanNamed(i int, qs []record.Quotation) {
	sp := qs[i].Speaker
	if i == 0 || sp == nil || sp.Span == nil || sp.Chain == record.NoChain || qs[i].Kind == record.Indirect || !isPronoun(sp.Span.Of(r.d.Text)) {
		return
	}
	before := qs[i-1].Speaker
	if before == nil || before.Chain == record.NoChain || before.Chain == sp.Chain || qs[i-1].Where != record.InBody {
		return
	}
	if g, h := r.chains[before.Chain].Gender, r.chains[sp.Chain].Gender; g != h && g != record.UnknownGender && h != record.UnknownGender {
		return
	}
	for _, c := range qs[i].Content {
		for _, hit := range r.index.In(c) {
			if hit.Chain == sp.Chain && hit.Mention.Kind == record.ByName {
				sp.Chain, sp.Name, sp.Reason = before.Chain, before.Name, "the speaker before; the words name the other"
				return
			}
		}
	}
}

func isPronoun(w string) bool {
	switch strings.ToLower(w) {
	case "he", "she", "they":
		return true
	}
	return false
}

// bySource resolves the words in the speaker's place to a chain.
func (r *resolver) bySource(s record.Span, c *quote.Candidate) *record.Speaker {
	sp := &record.Speaker{Span: &s, Name: s.Of(r.d.Text), Chain: record.NoChain, Reason: "subject of the cue"}
	if c.Cue == nil {
		sp.Reason = "named beside the marks"
	} else if c.Cue.Start < s.Start {
		sp.Reason = "named after the cue"
	}
	chain, m, ok := r.head(s)
	if !ok && c.Where == record.InHeadline && c.Cue == nil {
		return nil // no name: the body may tell
	}
	if !ok {
		chain, ok = r.owner(s)
	}
	if !ok {
		chain, ok = r.pronoun(s)
		m.Kind = record.ByPronoun
	}
	if !ok {
		chain, ok = r.aged(s)
	}
	if !ok && c.Cue != nil && c.Cue.Of(r.d.Text) == ":" {
		return nil // "the one that everybody repeats: “…”"
	}
	if !ok {
		return sp
	}
	if first := r.chains[chain].Mentions[0]; !r.named(chain) && first.Kind == record.ByDescription {
		if one, ok := r.described(first.Span); ok {
			chain, sp.Reason = one, "described; the only person named just before"
		}
	}
	sp.Chain, sp.Name = chain, r.chains[chain].Name
	if m.Kind == record.ByName && s.Contains(m.Span) {
		sp.Span = &m.Span // "singer Ann Roe": the name names the speaker
	}
	return sp
}

// pronoun gives a pronoun in the speaker's place that no chain holds to the
// person named last before it in its paragraph.
func (r *resolver) pronoun(s record.Span) (int, bool) {
	if w := strings.ToLower(s.Of(r.d.Text)); w != "he" && w != "she" {
		return 0, false
	}
	par := r.d.Paragraphs[r.d.Tokens[r.d.TokenAt(s.Start)].Paragraph]
	hits := r.index.In(record.Span{Start: par.Start, End: s.Start})
	for i := len(hits) - 1; i >= 0; i-- {
		h := hits[i]
		if h.Mention.Kind == record.ByName && r.chains[h.Chain].Nature == record.APerson && r.d.Tokens[r.d.TokenAt(h.Mention.Start)].Mark < 0 {
			return h.Chain, true
		}
	}
	return 0, false
}

// aged gives "the 41-year-old" to the person whom the report calls "Ann Roe, 41,".
func (r *resolver) aged(s record.Span) (int, bool) {
	words := s.Of(r.d.Text)
	age, found := strings.CutSuffix(words, "-year-old")
	if !found {
		return 0, false
	}
	age = age[strings.LastIndexByte(age, ' ')+1:]
	for id := range r.chains {
		for _, m := range r.chains[id].Mentions {
			if m.Kind == record.ByName && r.chains[id].Nature == record.APerson && strings.HasPrefix(r.d.Text[m.End:], ", "+age+",") {
				return id, true
			}
		}
	}
	return 0, false
}

// named tells whether any mention of the chain is a name.
func (r *resolver) named(chain int) bool {
	for _, m := range r.chains[chain].Mentions {
		if m.Kind == record.ByName {
			return true
		}
	}
	return false
}

// described gives a definite description that nothing else in the report ties
// to anybody ("the Rovers coach") to the only person named before it in
// its paragraph, or else in one of the two before.
func (r *resolver) described(s record.Span) (int, bool) {
	if w, _, _ := strings.Cut(strings.ToLower(s.Of(r.d.Text)), " "); w != "the" && w != "his" && w != "her" {
		return 0, false
	}
	p := int(r.d.Tokens[r.d.TokenAt(s.Start)].Paragraph)
	for near := 0; p >= 0 && near < 3; p-- {
		par := r.d.Paragraphs[p]
		if par.Kind == text.Passed {
			continue
		}
		near++
		one := record.NoChain
		for _, h := range r.index.In(record.Span{Start: par.Start, End: min(par.End, s.Start)}) {
			if h.Mention.Kind != record.ByName || r.chains[h.Chain].Nature != record.APerson || r.d.Tokens[r.d.TokenAt(h.Mention.Start)].Mark >= 0 {
				continue
			}
			if one != record.NoChain && one != h.Chain {
				return 0, false
			}
			one = h.Chain
		}
		if one != record.NoChain {
			return one, true
		}
	}
	return 0, false
}

// head finds the mention that words in a speaker's or addressee's place stand
// for: one that covers them all, else a name at their end, else the first.
func (r *resolver) head(s record.Span) (int, record.Mention, bool) {
	chain, m, ok := r.index.At(s)
	if ok && m.Span.Contains(s) {
		return chain, m, true
	}
	hits := r.index.In(s)
	for _, h := range hits {
		if h.Mention.Kind == record.ByName && h.Mention.End == s.End && !r.afterPreposition(s, h.Mention.Start) {
			return h.Chain, h.Mention, true
		}
	}
	for _, h := range hits {
		if h.Mention.Kind != record.ByPronoun && !r.afterPreposition(s, h.Mention.Start) && r.heads(h.Mention.End, s) {
			return h.Chain, h.Mention, true
		}
	}
	return 0, record.Mention{}, false
}

// afterPreposition tells whether a preposition stands inside s before byte at:
// the mention hangs on another noun ("a spokesman for Ann Roe").
func (r *resolver) afterPreposition(s record.Span, at int) bool {
	for _, w := range strings.Fields(r.d.Text[s.Start:max(s.Start, at)]) {
		switch strings.ToLower(w) {
		case "of", "for", "at", "from", "with", "in", "to", "by":
			return true
		}
	}
	return false
}

// heads tells whether a mention that ends at byte end can be the head of the
// phrase s: it ends there, or a preposition, a bracket or a comma follows.
// "MSNBC host" is not MSNBC, "Roe's lawyer" not Roe.
func (r *resolver) heads(end int, s record.Span) bool {
	rest := strings.TrimSpace(r.d.Text[end:max(end, s.End)])
	if rest == "" || strings.ContainsAny(rest[:1], ",(—") {
		return true
	}
	w, _, _ := strings.Cut(rest, " ")
	switch strings.ToLower(w) {
	case "of", "for", "at", "from", "with", "in", "and", "who":
		return true
	}
	return false
}

// carried is a speaker whose words stand at an earlier quotation.
func carried(from *record.Speaker) *record.Speaker {
	if from == nil {
		return nil
	}
	return &record.Speaker{Name: from.Name, Chain: from.Chain, Reason: "carried on from the quotation before"}
}

// sameWordsMost is how many quotations a document may have for each of them to
// be compared with all the others; no report comes near it.
const sameWordsMost = 500

// bySameWords names the speaker of marked words that nobody is credited with:
// the one who says the same words in the body, else, in the headline, the only
// person that the headline names.
func (r *resolver) bySameWords(k int, qs []record.Quotation) *record.Speaker {
	if len(qs) > sameWordsMost && qs[k].Where != record.InHeadline {
		return nil
	}
	q, words := &qs[k], r.wordsOf(k, qs)
	for i := range qs {
		o := &qs[i]
		if i != k && o.Where == record.InBody && o.Speaker != nil && says(r.wordsOf(i, qs), words) {
			return &record.Speaker{Name: o.Speaker.Name, Chain: o.Speaker.Chain, Reason: "says the same words in the body"}
		}
	}
	if q.Where != record.InHeadline {
		return nil
	}
	one, at := -1, record.Span{}
	for _, h := range r.index.In(record.Span{Start: 0, End: r.d.Article.BodyStart}) {
		if r.chains[h.Chain].Nature != record.APerson || h.Mention.Kind != record.ByName || q.Parts[0].Contains(h.Mention.Span) {
			continue
		}
		if one >= 0 && one != h.Chain {
			return nil
		}
		if one < 0 {
			one, at = h.Chain, h.Mention.Span
		}
	}
	if one < 0 {
		return nil
	}
	return &record.Speaker{Span: &at, Name: r.chains[one].Name, Chain: one, Reason: "the only person named in the headline"}
}

// says tells whether body holds the words of a headline: as they stand, or in
// order with at most three in ten lost or changed.
func says(body, headline string) bool {
	if strings.Contains(body, headline) {
		return true
	}
	a, b := strings.Fields(body), strings.Fields(headline)
	if len(b) < 4 || len(a) > 400 {
		return false
	}
	row := make([]int, len(a)+1) // longest common subsequence
	for _, w := range b {
		corner := 0
		for i := range a {
			up := row[i+1]
			if a[i] == w {
				row[i+1] = corner + 1
			} else {
				row[i+1] = max(up, row[i])
			}
			corner = up
		}
	}
	return row[len(a)]*10 >= len(b)*7
}

// wordsOf is the words of quotation i, folded; made once.
func (r *resolver) wordsOf(i int, qs []record.Quotation) string {
	if r.folded == nil {
		r.folded = make([]string, len(qs))
	}
	if r.folded[i] == "" {
		r.folded[i] = folded(qs[i].Words(r.d.Text))
	}
	return r.folded[i]
}

// folded is words in lower case with single spaces between, letters and
// digits alone, so that the same words compare equal in any typography.
func folded(s string) string {
	b := make([]byte, 0, len(s))
	gap := false
	for _, c := range s {
		switch {
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			if gap && len(b) > 0 {
				b = append(b, ' ')
			}
			gap = false
			b = utf8.AppendRune(b, unicode.ToLower(c))
		case c != '\'' && c != '’':
			gap = true
		}
	}
	return string(b)
}
