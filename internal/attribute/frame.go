package attribute

import (
	"sort"
	"strings"

	"onrecord/internal/lang"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// frame is the article's own voice round its quotations: which words
// are its own, where each quotation's cue stands, and who is mentioned where.
// Venue, date, hedges, referents and credits are all read from there.
type frame struct {
	d        *text.Doc
	chains   []record.Chain
	qs       []record.Quotation
	reported []bool // by token: inside the content of some quotation
	marked   []bool // by token: inside words given as said
	clauses  *lang.List
	cues     []placedCue   // of all quotations, in order of place
	given    []int         // by quotation: the sentence in which it is given, or -1
	inside   map[int][]int // by sentence: the quotations given there
	mentions []chained
}

// chained is a mention with the chain that it belongs to.
type chained struct {
	record.Mention
	chain int
}

func frameOf(d *text.Doc, chains []record.Chain, qs []record.Quotation) *frame {
	f := &frame{d: d, chains: chains, qs: qs, clauses: d.Lang.List("clauses"),
		reported: make([]bool, len(d.Tokens)), marked: make([]bool, len(d.Tokens))}
	for k := range qs {
		if !qs[k].Worded() {
			continue // a belief or a topic is told in the article's own voice
		}
		for _, s := range qs[k].Content {
			f.cover(f.reported, s)
		}
		for _, s := range qs[k].Parts {
			f.cover(f.reported, s)
			if qs[k].Kind != record.Indirect {
				f.cover(f.marked, s)
			}
		}
	}
	for c := range chains {
		for _, m := range chains[c].Mentions {
			f.mentions = append(f.mentions, chained{m, c})
		}
	}
	f.place()
	sort.SliceStable(f.mentions, func(i, j int) bool { return f.mentions[i].Start < f.mentions[j].Start })
	return f
}

// placedCue is the first token of the cue of quotation k.
type placedCue struct{ token, k int }

// place finds the sentence and the cue of each quotation once: a document may
// have thousands.
func (f *frame) place() {
	f.given, f.inside = make([]int, len(f.qs)), map[int][]int{}
	for k := range f.qs {
		if f.given[k] = -1; !f.qs[k].Worded() {
			continue
		}
		f.given[k] = f.sentenceOf(k)
		f.inside[f.given[k]] = append(f.inside[f.given[k]], k)
		if first, _, ok := f.tokens(f.qs[k].Cue); ok {
			f.cues = append(f.cues, placedCue{first, k})
		}
	}
	sort.SliceStable(f.cues, func(i, j int) bool { return f.cues[i].token < f.cues[j].token })
}

// cuesIn lists the cues that begin in tokens [a, b).
func (f *frame) cuesIn(a, b int) []placedCue {
	from := sort.Search(len(f.cues), func(i int) bool { return f.cues[i].token >= a })
	to := from
	for to < len(f.cues) && f.cues[to].token < b {
		to++
	}
	return f.cues[from:to]
}

func (f *frame) cover(flags []bool, s record.Span) {
	first, end := f.d.TokensIn(s)
	for i := first; i < end; i++ {
		flags[i] = true
	}
}

// tokens is the token range of a span; ok is false where there is none.
func (f *frame) tokens(s *record.Span) (first, end int, ok bool) {
	if s == nil || s.Len() <= 0 {
		return 0, 0, false
	}
	first, end = f.d.TokensIn(*s)
	return first, end, first < end
}

// sentence is the sentence in which quotation k is given: that of its cue,
// else of its speaker, else of its words; -1 where there is none.
func (f *frame) sentence(k int) int { return f.given[k] }

func (f *frame) sentenceOf(k int) int {
	q := &f.qs[k]
	if first, _, ok := f.tokens(q.Cue); ok {
		return int(f.d.Tokens[first].Sentence)
	}
	if q.Speaker != nil {
		if first, _, ok := f.tokens(q.Speaker.Span); ok {
			return int(f.d.Tokens[first].Sentence)
		}
	}
	if first, _, ok := f.content(k); ok {
		return int(f.d.Tokens[first].Sentence)
	}
	return -1
}

// nearby is how far from a quotation its venue and credits are looked for, in
// tokens: one sentence may hold thousands of quotations, and reading all of it
// for each would cost its square. Few sentences are half as long.
const nearby = 256

// near is the part of a sentence that stands near quotation k: near its cue or
// its words where it is given in that sentence, else near the end that is
// closer to it.
func (f *frame) near(k int, sen text.Sentence) (first, end int) {
	from, to := sen.FirstToken, sen.EndToken
	at := -1
	if a, _, ok := f.tokens(f.qs[k].Cue); ok {
		at = a
	} else if a, _, ok := f.content(k); ok {
		at = a
	}
	if at < 0 {
		return from, min(to, from+2*nearby)
	}
	at = min(max(at, from), to)
	return max(from, at-nearby), min(to, at+nearby)
}

// content is the token range from the first word of the content to the last.
func (f *frame) content(k int) (first, end int, ok bool) {
	q := &f.qs[k]
	list := q.Content
	if len(list) == 0 {
		list = q.Parts
	}
	if len(list) == 0 {
		return 0, 0, false
	}
	return f.tokens(&record.Span{Start: list[0].Start, End: list[len(list)-1].End})
}

// sameSpeaker tells whether quotations j and k have one speaker.
func (f *frame) sameSpeaker(j, k int) bool {
	a, b := f.qs[j].Speaker, f.qs[k].Speaker
	if a == nil || b == nil {
		return false
	}
	if a.Chain != record.NoChain && b.Chain != record.NoChain {
		return a.Chain == b.Chain
	}
	return a.Name != "" && a.Name == b.Name
}

// is tells whether token i is of a class of clause words.
func (f *frame) is(i int, class string) bool {
	v, ok := f.clauses.Value(f.d.Tokens[i].Lower)
	return ok && v == class
}

// speakerMention tells whether the sentence s mentions the speaker of k in the
// article's own words.
func (f *frame) speakerMention(k int, s record.Span) bool {
	q := &f.qs[k]
	if q.Speaker == nil {
		return false
	}
	for _, m := range f.mentionsIn(s) {
		if m.chain == q.Speaker.Chain {
			return true
		}
	}
	return false
}

// mentionsIn lists the mentions that lie wholly inside s.
func (f *frame) mentionsIn(s record.Span) []chained {
	i := sort.Search(len(f.mentions), func(i int) bool { return f.mentions[i].Start >= s.Start })
	j := i
	for j < len(f.mentions) && f.mentions[j].Start < s.End {
		j++
	}
	list := f.mentions[i:j]
	if n := len(list); n > 0 && list[n-1].End > s.End {
		list = list[:n-1]
	}
	return list
}

// attached tells whether an adverbial at tokens [a, b) of the sentence of k
// belongs to the act of saying, and not to a noun or a clause beside it.
func (f *frame) attached(k, a, b int) bool {
	q := &f.qs[k]
	sen := f.d.Sentences[f.sentence(k)]
	c0, c1, ok := f.tokens(q.Cue)
	if !ok {
		return true
	}
	s0, s1 := c0, c0
	if q.Speaker != nil {
		if x, y, ok := f.tokens(q.Speaker.Span); ok && x >= sen.FirstToken && y <= sen.EndToken {
			s0, s1 = x, y
		}
	}
	switch {
	case a < min(s0, c0):
		return f.opens(k, sen, [4]int{a, b, min(s0, c0)})
	case a >= c1:
		return f.trails(k, c1, a)
	case a >= s1 && b <= c0:
		return !f.parenthesis(s1, a)
	}
	return a >= c0 && a < c1
}

// introduced tells whether the article's own words lead to quotation k: a cue
// or words in the speaker's place. Without them a date or "the debate" in the
// sentence belongs to what is told, not to the telling.
func (f *frame) introduced(k int) bool {
	q := &f.qs[k]
	return q.Cue != nil || q.Speaker != nil && q.Speaker.Span != nil
}

// opens tells whether an adverbial before the subject, at at[2], sets the
// scene for the cue: it opens the sentence, stands in an opening clause that
// a comma ends, or leads straight to the subject.
func (f *frame) opens(k int, sen text.Sentence, at [4]int) bool {
	a, b, subject := at[0], at[1], at[2]
	first := max(sen.FirstToken, a-nearby)
	for first < a && (f.d.Tokens[first].Kind != text.Word || f.reported[first] || f.joining(first)) {
		first++
	}
	if a == first {
		return true
	}
	for i := first; i < a; i++ {
		if (f.is(i, "relative") || f.is(i, "question")) && !f.reported[i] {
			return false
		}
	}
	comma := b < subject && f.d.Tokens[b].Lower == ","
	if b == subject || comma && b+1 == subject {
		return true
	}
	if f.otherCue(k, b, subject) {
		return false
	}
	if !f.is(first, "subordinate") && !f.is(first, "opening") {
		return false
	}
	for i := b; i < subject; i++ {
		if f.d.Tokens[i].Lower == "," {
			return i+1 >= subject || !f.joining(i+1)
		}
	}
	return false
}

// joining tells "and", "but", "so": words that begin another clause.
func (f *frame) joining(i int) bool {
	switch f.d.Tokens[i].Lower {
	case "and", "but", "so", "then", "or", "yet":
		return true
	}
	return false
}

// otherCue tells whether another quotation's cue stands in tokens [a, b).
func (f *frame) otherCue(k, a, b int) bool {
	for _, c := range f.cuesIn(a, b) {
		if c.k != k && (f.qs[k].Cue == nil || *f.qs[c.k].Cue != *f.qs[k].Cue) {
			return true
		}
	}
	return false
}

// parenthesis tells whether what stands between the speaker's words and an
// adverbial opens a clause of its own: ", who left in 2018,".
func (f *frame) parenthesis(from, a int) bool {
	for i := from; i < a; i++ {
		if f.is(i, "relative") || f.d.Tokens[i].Lower == "," && i+1 < a {
			return true
		}
	}
	return false
}

// trails tells whether an adverbial after the cue still belongs to it.
func (f *frame) trails(k, from, a int) bool {
	if f.otherCue(k, from, a) {
		return false
	}
	comma := false
	for i := from; i < a; i++ {
		if f.reported[i] {
			comma = false
			continue
		}
		t := f.d.Tokens[i]
		if f.is(i, "relative") || f.is(i, "reason") {
			return false
		}
		if comma && (strings.HasSuffix(t.Lower, "ed") || strings.HasSuffix(t.Lower, "ing")) && !f.is(i, "subordinate") && !f.is(i, "opening") {
			return false // "said Ann Lee, elected in 2018"
		}
		comma = t.Lower == ","
	}
	_, end, ok := f.content(k)
	if ok && a >= end && end > from && a-end > 3 {
		return false // far behind the words
	}
	return true
}
