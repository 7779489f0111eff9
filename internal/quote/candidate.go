package quote

import (
	"slices"
	"strings"

	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// candidate makes a candidate of an attribution. It fails where nothing is
// left of the content, or where the attribution stands inside marked words:
// the outer attribution is kept.
func (j *joiner) candidate(a link.Attribution) (Candidate, bool) {
	c := Candidate{Shares: -1}
	score := a.Score
	outside := 0
	for _, k := range a.Content {
		s := j.spans[k]
		score *= j.scores[k]
		content, ok := j.clean(s.First, s.End)
		if !ok {
			continue
		}
		if n := len(c.Content); n > 0 && content.Start < c.Content[n-1].End {
			continue // both were widened to the same marks
		}
		parts, n := j.parts(j.d.TokenAt(content.Start), j.d.TokenAt(content.End-1)+1)
		outside += n
		c.Content = append(c.Content, content)
		c.Parts = append(c.Parts, parts...)
	}
	if len(c.Content) == 0 {
		return c, false
	}
	told := Told{Content: c.Content}
	if len(a.Cue) > 0 {
		cue := j.spans[a.Cue[0]]
		if j.d.Tokens[cue.First].Mark >= 0 && j.d.Outermost(cue.First) == j.d.Outermost(j.d.TokenAt(c.Content[0].Start)) {
			return c, false
		}
		if s, ok := j.trimmed(cue.First, cue.End); ok {
			c.Cue = &s
		} else {
			c.Cue = ptr(j.d.SpanOf(cue.First, cue.End))
		}
		told.Cue = []record.Span{*c.Cue}
	}
	if a.Source >= 0 {
		s := j.spans[a.Source]
		if t, ok := j.trimmed(s.First, s.End); ok {
			c.Source = &t
			told.Source = []record.Span{t}
		}
	}
	if j.names(&c) {
		return c, false
	}
	c.kind(outside)
	c.Topic = c.Kind == record.Indirect && !j.reported(&c)
	if c.Act = ActOf(j.d, told); c.Act == record.Thought && c.Kind == record.Direct {
		c.Act = record.Speech // "plans to say", "wondered": whole sentences in marks are given as said
	}
	c.Reason = reason(byModel, float64(score), c.Cue, c.Source)
	return c, true
}

// names tells "the ledger, which she calls “the umbrella stand,”": a name for a
// thing, and nothing said.
func (j *joiner) names(c *Candidate) bool {
	if c.Cue == nil {
		return false
	}
	first, end := j.d.TokensIn(*c.Cue)
	for i := first; i < end; i++ {
		if f, _, ok := j.formAt(i, end); ok && f.does&naming != 0 {
			return slices.ContainsFunc(c.Content, func(s record.Span) bool {
				a, b := j.d.TokensIn(s)
				return b == a+1 && j.has(a, rel)
			})
		}
	}
	return false
}

// kind tells direct, mixed and indirect by how much of the content is marked.
func (c *Candidate) kind(outside int) {
	switch {
	case len(c.Parts) == 0:
		c.Kind, c.Parts = record.Indirect, c.Content
	case outside == 0:
		c.Kind, c.Content = record.Direct, c.Parts
	default:
		c.Kind = record.Mixed
	}
}

// clean takes from a content span the "that" before it and the punctuation at
// its ends, and widens it to the marks it is cut off from. It fails where no
// word is left.
func (j *joiner) clean(first, end int) (record.Span, bool) {
	if first+1 < end && j.d.Tokens[first].Lower == "that" {
		first++
	}
	s, ok := j.trimmed(first, end)
	if !ok || !slices.ContainsFunc(j.d.Tokens[first:end], func(t text.Token) bool { return t.Kind <= text.Number }) {
		return s, false
	}
	return j.toMarks(s), true
}

// reported tells whether an indirect content reports what somebody's words
// say, a clause, or only names what they were about ("praised the plan"): it
// begins as a clause does, has a finite verb, or its cue is one that takes a
// bare clause ("said the EPA overstepped").
func (j *joiner) reported(c *Candidate) bool {
	if c.Cue != nil {
		first, end := j.d.TokensIn(*c.Cue)
		for i := first; i < end; i++ {
			if j.has(i, neg) || strings.HasSuffix(j.d.Tokens[i].Lower, "n't") {
				return false // "did not say whether": nothing was said
			}
		}
		for i := end - 1; i >= first; i-- {
			if f, _, ok := j.formAt(i, end); ok {
				if f.does&bare != 0 {
					return true
				}
				break // "posted tweets explaining": the last one governs
			}
		}
	}
	for _, s := range c.Content {
		first, end := j.d.TokensIn(s)
		if first > 0 && j.has(first-1, comp) {
			return true
		}
		for i := first; i < end; i++ {
			w := j.d.Tokens[i].Lower
			if j.has(i, finite|aux|be|modal) || i == first && (j.has(i, comp|rel) || w == "to") || strings.HasSuffix(w, "n't") {
				return true
			}
		}
	}
	return false
}
