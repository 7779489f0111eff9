package text

import "onrecord/internal/record"

// sentences cuts each paragraph where a sentence of the article's own voice
// ends. A quoted stretch ends a sentence only where it ends itself with a
// full stop and what follows cannot go on with it.
func (d *Doc) sentences() {
	abbreviations := d.Lang.List("abbreviations")
	for p := range d.Paragraphs {
		par := &d.Paragraphs[p]
		par.FirstSentence = len(d.Sentences)
		start := par.FirstToken
		for i := par.FirstToken; i < par.EndToken; i++ {
			end := i + 1
			if end < par.EndToken && !d.endsAt(i, abbreviations.Has) {
				continue
			}
			d.sentence(start, end, p)
			start = end
		}
		par.EndSent = len(d.Sentences)
	}
}

func (d *Doc) sentence(start, end, p int) {
	for i := start; i < end; i++ {
		d.Tokens[i].Sentence = int32(len(d.Sentences))
	}
	d.Sentences = append(d.Sentences, Sentence{
		Span:      record.Span{Start: d.Tokens[start].Start, End: d.Tokens[end-1].End},
		Paragraph: p, FirstToken: start, EndToken: end,
	})
}

// endsAt tells whether a sentence ends after token i (never the last one of
// its paragraph).
func (d *Doc) endsAt(i int, abbreviation func(string) bool) bool {
	t, next := d.Tokens[i], d.Tokens[i+1]
	if t.Mark >= 0 && next.Mark == t.Mark && !d.closesOutermost(i) {
		return false // inside a quoted stretch
	}
	if t.Kind == QuoteMark {
		if !d.closesOutermost(i) || i == 0 || !terminal(d.Of(i-1)) {
			return false
		}
		return startsSentence(d, i+1)
	}
	if !terminal(d.Of(i)) || t.Mark >= 0 {
		if t.Kind == Punct && (d.Of(i) == ")" || d.Of(i) == "]") && i > 0 && terminal(d.Of(i-1)) && t.Mark < 0 {
			return startsSentence(d, i+1)
		}
		return false
	}
	if next.Kind == Punct && (d.Of(i+1) == ")" || d.Of(i+1) == "]") {
		return false
	}
	if d.Of(i) == "." && i > 0 && d.Tokens[i-1].End == t.Start && d.Tokens[i-1].Kind == Word {
		w := d.Tokens[i-1].Lower
		if abbreviation(w) || initials(d.Of(i-1)) {
			return false
		}
	}
	if next.Start == t.End && next.Kind == Word {
		return next.Cap // "stunt.He": a missing space
	}
	return startsSentence(d, i+1)
}

// closesOutermost tells whether token i is the closing mark of an outermost pair.
func (d *Doc) closesOutermost(i int) bool {
	m := d.Tokens[i].Mark
	return m >= 0 && d.Marks[m].Outer < 0 && d.Marks[m].LastToken == i
}

func terminal(s string) bool {
	switch s {
	case ".", "!", "?", "…", "...", "....", "..":
		return true
	}
	return false
}

// startsSentence tells whether token i can begin a sentence.
func startsSentence(d *Doc, i int) bool {
	t := d.Tokens[i]
	switch {
	case t.Kind == QuoteMark:
		return d.Marks[t.Mark].FirstToken == i
	case t.Kind == Number, t.Cap:
		return true
	case t.Kind == Word:
		return false
	}
	s := d.Of(i)
	return s == "(" || s == "[" || s == "—" || s == "•" || s == "“" || s == "\""
}
