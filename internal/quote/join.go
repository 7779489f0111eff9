package quote

import (
	"slices"

	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// joiner adds what the models find to what the rules have found.
type joiner struct {
	*finder
	spans  []link.Span
	scores []float32
	owner  []int       // by token: the candidate whose content holds it, or -1
	ruled  int         // how many candidates are the rules'
	named  []bool      // by token: the rules passed it over, and not as a scare quote
	gone   map[int]int // candidates that became part of another one
}

// owners notes which tokens the contents of the rules' candidates hold.
func (j *joiner) owners() {
	j.ruled = len(j.found)
	j.owner = make([]int, len(j.d.Tokens))
	for i := range j.owner {
		j.owner[i] = -1
	}
	for k := range j.found {
		j.own(k, &j.found[k])
	}
	j.named = make([]bool, len(j.d.Tokens))
	for _, p := range j.passed {
		if p.Why != record.WhyScare {
			j.mark(j.named, p.Span)
		}
	}
}

// mark sets the flags of the tokens that lie in s.
func (j *joiner) mark(flags []bool, s record.Span) {
	first, end := j.d.TokensIn(s)
	for i := first; i < end; i++ {
		flags[i] = true
	}
}

// own notes that candidate k holds the tokens of c's content.
func (j *joiner) own(k int, c *Candidate) {
	for _, s := range c.content() {
		first, end := j.d.TokensIn(s)
		for i := first; i < end; i++ {
			j.owner[i] = k
		}
	}
}

// content is the whole reported content; a candidate that gives none has its parts.
func (c *Candidate) content() []record.Span {
	if len(c.Content) > 0 {
		return c.Content
	}
	return c.Parts
}

// attribution keeps one attribution of the models: as a candidate of its own
// where the rules saw nothing, else for what the rules' candidate lacks.
func (j *joiner) attribution(a link.Attribution) {
	c, ok := j.candidate(a)
	if !ok {
		return
	}
	own, met := j.meets(&c)
	if own >= j.ruled {
		return // the words belong to an attribution of the models already
	}
	if len(met) > 1 && (c.Reason.Score < joins || !j.join(own, met, &c)) {
		return // the rules are surer that these are several
	}
	switch {
	case own < 0:
		if !j.passedOver(c.Parts) {
			j.append(c)
		}
	case j.clauses(own, &c):
		j.better(own, c)
	default:
		j.complete(own, &c)
	}
}

// passedOver tells words that the rules passed over as a title or a name:
// “Tin Roof” in "sang “Tin Roof”" is a title, whatever the cue. Scare quotes
// are another matter: beside a cue they are somebody's.
func (j *joiner) passedOver(parts []record.Span) bool {
	for _, s := range parts {
		words, passed := 0, 0
		first, end := j.d.TokensIn(s)
		for i := first; i < end; i++ {
			if k := j.d.Tokens[i].Kind; k != text.Word && k != text.Number {
				continue
			}
			words++
			if j.named[i] {
				passed++
			}
		}
		if 2*passed <= words {
			return false
		}
	}
	return true
}

// append keeps a candidate without marking its tokens as claimed: the rules
// are through.
func (j *joiner) append(c Candidate) {
	if c.Where == "" {
		c.Where = j.where(c.Parts[0])
	}
	j.own(len(j.found), &c)
	j.found = append(j.found, c)
}

// meets finds the rules' candidates that share content with c, in order of
// place, and the one among them that has a cue, or shares the most.
func (j *joiner) meets(c *Candidate) (own int, met []int) {
	own = -1
	count := map[int]int{}
	for _, s := range c.content() {
		first, end := j.d.TokensIn(s)
		for i := first; i < end; i++ {
			k := j.owner[i]
			if k < 0 {
				continue
			}
			if count[k]++; count[k] == 1 {
				met = append(met, k)
			}
			if own < 0 || count[k] > count[own] {
				own = k
			}
		}
	}
	for _, k := range met {
		if j.found[k].Cue != nil {
			return k, met
		}
	}
	return own, met
}

// join puts into one candidate what the rules took for several and the models
// for one: an utterance that its tag interrupts. It refuses where two of them
// have cues of their own.
func (j *joiner) join(own int, met []int, c *Candidate) bool {
	paragraph := j.paragraphOf(own)
	for _, k := range met {
		if k != own && (j.paragraphOf(k) != paragraph || j.found[k].Cue != nil || j.found[k].Kind == record.Indirect || j.found[k].Where != j.found[own].Where) {
			return false
		}
	}
	if j.found[own].Kind == record.Indirect {
		return false
	}
	was := &j.found[own]
	kind := was.Kind
	var parts, content []record.Span
	for _, k := range met {
		parts, content = append(parts, j.found[k].Parts...), append(content, j.found[k].content()...)
		if j.found[k].Kind == record.Mixed {
			kind = record.Mixed
		}
	}
	if c.Kind == record.Mixed && wider(c.Content, content) {
		kind, content = record.Mixed, c.Content // marked words here and there in one clause
	}
	if !was.set(parts, content) {
		return false
	}
	was.Kind = kind
	for _, k := range met {
		if k == own {
			continue
		}
		j.gone[k] = own
		if was.Source == nil {
			was.Source = j.found[k].Source
		}
	}
	for was.Shares >= 0 && slices.Contains(met, was.Shares) {
		was.Shares = j.found[was.Shares].Shares
	}
	j.own(own, was)
	return true
}

// set gives a candidate parts and content, in order of place; it refuses those
// that overlap.
func (c *Candidate) set(parts, content []record.Span) bool {
	for _, list := range [][]record.Span{parts, content} {
		slices.SortFunc(list, func(a, b record.Span) int { return a.Start - b.Start })
		for i := 1; i < len(list); i++ {
			if list[i].Start < list[i-1].End {
				return false
			}
		}
	}
	c.Parts, c.Content = parts, content
	return true
}

func (j *joiner) paragraphOf(k int) int32 {
	return j.d.Tokens[j.d.TokenAt(j.found[k].Parts[0].Start)].Paragraph
}

// drop takes out the candidates that became part of others, and what the
// rules passed over and the models did not.
func (j *joiner) drop() {
	quoted := make([]bool, len(j.d.Tokens))
	for i := range j.found {
		if c := &j.found[i]; c.Kind != record.Indirect {
			for _, s := range c.Parts {
				j.mark(quoted, s)
			}
		}
	}
	j.passed = slices.DeleteFunc(j.passed, func(p record.Passed) bool {
		first, end := j.d.TokensIn(p.Span)
		return p.Why == record.WhyScare && first < end && quoted[first] && quoted[end-1]
	})
	gone := make([]bool, len(j.found))
	for k := range j.gone {
		gone[k] = true
	}
	for i := range j.found {
		c := &j.found[i]
		for own, joined := j.gone[c.Shares]; joined; own, joined = j.gone[c.Shares] {
			c.Shares = own
		}
	}
	j.take(gone)
}

// clauses tells whether both the rules and the models have read a reported
// clause, with marked words in it or without.
func (j *joiner) clauses(own int, c *Candidate) bool {
	was := &j.found[own]
	if c.Kind == record.Mixed {
		// A report that somebody said whole sentences is told by the rules' cue
		// inside: the speaker is who said them, and the reporter a credit.
		outer := was.Cue != nil && holds(c.Content, *was.Cue)
		kind := was.Kind == record.Mixed || was.Kind == record.Direct && !outer && c.Reason.Score >= surer
		return kind && was.Where == record.InBody && wider(c.Parts, was.Parts)
	}
	return c.Kind == record.Indirect && was.Kind == record.Indirect
}

// better puts the models' reading of a reported clause in the place of the
// rules'. The cue stays as the rules have it: the verb without what modifies it.
func (j *joiner) better(own int, c Candidate) {
	was := &j.found[own]
	if c.Cue == nil && c.Source == nil {
		return
	}
	if c.Source == nil {
		c.Source, c.Shares = was.Source, was.Shares
	}
	if c.Addressee == nil {
		c.Addressee = was.Addressee
	}
	if was.Cue != nil && (c.Cue == nil || c.Cue.Contains(*was.Cue)) {
		c.Cue = was.Cue
	}
	if c.Reason.Score < fuller && holds(was.Content, c.Content[0]) && len(c.Content) == 1 {
		c.Content, c.Parts = was.Content, was.Parts // rather too much than too little
	}
	c.Where, c.Topic = was.Where, was.Topic // what the rules read as a clause is one
	*was = c
}

// wider tells whether every span of b lies in one of a.
func wider(a, b []record.Span) bool {
	for _, s := range b {
		if !holds(a, s) {
			return false
		}
	}
	return true
}

// holds tells whether one of the spans of a list holds s.
func holds(list []record.Span, s record.Span) bool {
	return slices.ContainsFunc(list, func(o record.Span) bool { return o.Contains(s) })
}

// joins is how sure the models must be of an attribution before it makes one
// quotation of what the rules took for several. On dev, .4 and .6 give the same
// and .8 loses half a point of relaxed F1 on mixed quotations.
const joins = 0.4

// surer is how sure the models must be of an attribution before its source
// takes the place of one that the rules found elsewhere, and before marked
// words that the rules took for whole sentences become part of a clause.
// fuller is how sure they must be before their content takes the place of a
// longer one. On dev .5, .65 and .8 differ by noise; of "… hear, though not one
// he telephoned", too much does less harm than too little.
const (
	surer  = 0.65
	fuller = 0.8
)

// complete gives a candidate of the rules the source and the cue that it
// lacks, the clause round its marked words, and another source where the models
// are sure of one. Words inside the quotation itself do not name its source.
func (j *joiner) complete(own int, c *Candidate) {
	was := &j.found[own]
	if c.Kind == record.Mixed && (was.Kind == record.Mixed || was.Cue == nil) && wider(c.Content, was.content()) {
		was.Kind, was.Content = record.Mixed, c.Content
		if was.Cue == nil && c.Cue != nil {
			was.Cue, was.Act = c.Cue, c.Act
		}
	}
	if was.Where == record.InHeadline {
		return // who speaks in a headline, the body knows best
	}
	if c.Source == nil || j.within(was, *c.Source) || was.Cue != nil && holds(c.Content, *was.Cue) {
		return // the last: c is whoever reports that somebody said the words
	}
	if was.Source != nil && (was.Source.Overlaps(*c.Source) || c.Reason.Score < surer) {
		return
	}
	was.Source, was.Shares = c.Source, -1
	if was.Cue == nil && c.Cue != nil {
		was.Cue, was.Act = c.Cue, c.Act
	}
}

// within tells whether s stands in a part of c, or in the same marks as one.
func (j *joiner) within(c *Candidate, s record.Span) bool {
	for _, p := range c.Parts {
		if p.Overlaps(s) {
			return true
		}
	}
	m := j.d.Outermost(j.d.TokenAt(s.Start))
	if m < 0 {
		return false
	}
	for _, p := range c.Parts {
		if j.d.Outermost(j.d.TokenAt(p.Start)) == m {
			return true
		}
	}
	return false
}
