package mention

import (
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// clue is a sign of what a capitalised name stands for.
type clue uint16

const (
	titled    clue = 1 << iota // a title stands before it
	speaks                     // subject of a verb of speech
	described                  // a role noun before it, or an apposition after it
	whoAfter                   // "…, who"
	theBefore                  // "the …", "his …"
	midway                     // seen where a capital means something
	plain                      // seen midway without "the"
	served                     // "spokesman for …", "head of …"
	acts                       // a finite verb seems to follow
	located                    // "in …", "the island of …"
	qualifies                  // seen only before a noun that it qualifies: "Trump Tower"
)

// candidate is a run of capitals that may be a name.
type candidate struct {
	first, core, end int // tokens: with the title, without it, end exclusive
	key              string
	clues            clue
	start            bool // begins its sentence or quoted stretch
	quoted           bool // fills a pair of marks: a title of a work, most likely
	title            record.Gender
	field            uint8
	nick             string // a nickname in marks inside the name
	forename         int    // token of a given name that only a box behind the name tells; else 0
}

// candidates finds the runs of capitals, title-case paragraphs last, since
// what is a name in them is known only from the others.
func (f *finder) candidates() {
	var late []text.Paragraph
	for p := range f.d.Paragraphs {
		par := f.d.Paragraphs[p]
		if par.Kind == text.Passed || f.byline(par) {
			continue
		}
		if f.inCapitals(par) {
			late = append(late, par)
			continue
		}
		f.runs(par)
	}
	f.judge()
	for _, par := range late {
		f.titleRuns(par)
	}
}

func (f *finder) runs(par text.Paragraph) {
	for i := par.FirstToken; i < par.EndToken; {
		if !f.begins(i, par.EndToken) || f.boxed(i) {
			i++
			continue
		}
		end := f.trimDay(i, f.extend(i, par.EndToken))
		if next, ok := f.nickname(i, end, par.EndToken); ok {
			c := f.candidate(i, next)
			c.nick = f.d.Of(end + 1)
			f.add(c)
			i = next
			continue
		}
		f.add(f.candidate(i, end))
		i = end
	}
}

// begins tells whether token i can begin a name.
func (f *finder) begins(i, limit int) bool {
	t := &f.d.Tokens[i]
	if t.Kind != text.Word || !t.Cap {
		return false
	}
	fl := f.w[i].flags
	if fl&function == 0 {
		return true
	}
	return fl&given != 0 && i+1 < limit && f.d.Tokens[i+1].Cap && f.d.Tokens[i+1].Kind == text.Word &&
		f.w[i+1].flags&function == 0
}

// extend is the end of the run of capitals that begins at token i.
func (f *finder) extend(i, limit int) int {
	d := f.d
	org := false
	j := i + 1
	org = f.w[i].flags&(orgWord|orgWeak|title) != 0
	for j < limit {
		t := &d.Tokens[j]
		if t.Mark != d.Tokens[i].Mark || t.Sentence != d.Tokens[i].Sentence || f.boxed(j) {
			break
		}
		fl := f.w[j].flags
		switch {
		case t.Kind == text.Word && t.Cap && (fl&function == 0 || fl&given != 0 || fl&particle != 0):
			org = org || fl&(orgWord|orgWeak|title) != 0
			j++
			continue
		case t.Kind == text.Punct && d.Of(j) == "." && f.dotted(j) && (f.w[j-1].flags&suffix != 0 || j+1 < limit && d.Tokens[j+1].Cap):
			j++
			continue
		case fl&particle != 0 && f.joined(j, limit) > 0:
			j = f.joined(j, limit)
			continue
		case org && (t.Lower == "of" || t.Lower == "for" || t.Lower == "on" || t.Lower == "&") && !f.titledRun(i, j):
			if k := f.joined(j, limit); k > 0 && !(t.Lower == "on" && f.w[k].flags&demonym != 0) {
				j = k
				continue
			}
		case t.Lower == "&" && j+1 < limit && f.begins(j+1, limit) && d.Tokens[i].Kind == text.Word:
			// "Harrow & Sons", not "Rose Adair & Tom Finch"
			if f.w[i].flags&given == 0 && f.w[j+1].flags&given == 0 {
				j++
				continue
			}
		}
		break
	}
	for j > i+1 && d.Tokens[j-1].Kind == text.Punct && f.w[j-2].flags&suffix == 0 {
		j--
	}
	return j
}

// joined is the token after a small word (and "the") that joins two parts of
// a name, or 0.
func (f *finder) joined(j, limit int) int {
	for k := j + 1; k < limit && k <= j+2; k++ {
		t := &f.d.Tokens[k]
		if t.Kind == text.Word && t.Cap && f.w[k].flags&function == 0 {
			return k
		}
		if t.Lower != "the" && f.w[k].flags&particle == 0 {
			break
		}
	}
	return 0
}

// dotted tells whether the full stop at token j belongs to the word before it.
func (f *finder) dotted(j int) bool {
	return f.d.Tokens[j-1].End == f.d.Tokens[j].Start &&
		f.w[j-1].flags&(title|titlePart|suffix|particle) != 0 && len(f.d.Tokens[j-1].Lower) <= 5
}

// nickname joins a name to its second half across a nickname in marks:
// Roy “Buster” Hale.
func (f *finder) nickname(i, end, limit int) (int, bool) {
	d := f.d
	if end+3 >= limit || d.Tokens[end].Kind != text.QuoteMark || d.Tokens[end+2].Kind != text.QuoteMark ||
		f.w[i].flags&given == 0 || !d.Tokens[end+1].Cap {
		return 0, false
	}
	n := end + 3
	if d.Tokens[n].Kind != text.Word || !d.Tokens[n].Cap || f.w[n].flags&function != 0 {
		return 0, false
	}
	return n + 1, true
}

// candidate strips titles and adjectives from a run and gathers its clues.
func (f *finder) candidate(i, end int) candidate {
	c := candidate{first: i, core: i, end: end}
	last := -1
	for k := i; k < end-1; k++ {
		fl := f.w[k].flags
		next := f.w[k+1].flags
		if fl&title != 0 && (fl&given == 0 || next&given != 0) || fl&role != 0 && next&given != 0 && fl&given == 0 {
			last = k
		}
	}
	if last >= 0 {
		c.core = last + 1
		for c.core < end && f.d.Tokens[c.core].Kind == text.Punct {
			c.core++
		}
		c.clues |= titled
		c.title = f.w[last].gender
		c.field = f.w[last].field
		c.first = last
		if f.w[last].flags&title == 0 {
			c.first = c.core // "Rapper Joe Finch": a description before the name
		}
		for c.first < c.core && c.first > i && (f.w[c.first-1].flags&(title|titlePart) != 0 || f.d.Tokens[c.first-1].Kind == text.Punct) {
			c.first--
		}
	} else if k := f.hiddenForename(i, end); k > i {
		c.core, c.first = k, k
		c.clues |= described
	} else {
		for c.core < end-1 && f.strips(c.core, end) {
			c.core++
		}
		c.first = c.core
	}
	if c.core >= end || f.organised(c.core, end) && f.w[end-1].flags&given == 0 || f.d.Tokens[c.core].Lower == "of" {
		if k := f.afterOffice(c.core, end); k > 0 {
			c.core, c.clues = k, titled // "Governor of Elm County Rose Adair"
		} else {
			c.first, c.core, c.clues, c.title = i, i, 0, 0 // "General Motors": no title at all
		}
	}
	c.start = f.opensStretch(i)
	if f.dateline(i, end) {
		c.clues |= located
	}
	if !c.start || c.core > i {
		c.clues |= midway
	}
	f.surroundings(&c)
	if c.clues&(midway|theBefore) == midway {
		c.clues |= plain
	}
	c.key = f.key(c.core, c.end)
	f.wholeInBox(&c)
	return c
}

// hiddenForename finds the given name in a run that begins with something
// else: "Scientologist Rose Adair".
func (f *finder) hiddenForename(i, end int) int {
	if f.w[i].flags&given != 0 || initial(f.d.Of(i)) || f.organised(i, end) {
		return i
	}
	for k := i + 1; k < end-1; k++ {
		if fl := f.w[k].flags; fl&given != 0 && fl&(ambiguous|place|demonym) == 0 && f.unknown(k+1) && f.w[k-1].flags&(thing|particle) == 0 {
			return k
		}
	}
	return i
}

// strips tells a word before a name that is no part of it: "American",
// "Former"; an adjective alone may be one ("Big Finch").
func (f *finder) strips(k, end int) bool {
	fl := f.w[k].flags
	if fl&given != 0 {
		return false
	}
	return fl&(demonym|titlePart) != 0 || fl&adj != 0 && end-k > 2 || f.calledOut(k, end)
}

// key is the name as it is compared: lower case, one space between words.
func (f *finder) key(first, end int) string {
	if end == first+1 {
		return f.d.Tokens[first].Lower
	}
	var b strings.Builder
	for k := first; k < end; k++ {
		t := &f.d.Tokens[k]
		if t.Kind == text.QuoteMark || k > first && f.d.Tokens[k-1].Kind == text.QuoteMark && k+1 < end && f.d.Tokens[k+1].Kind == text.QuoteMark {
			continue // a nickname
		}
		if k > first && t.Kind != text.Punct {
			b.WriteByte(' ')
		}
		b.WriteString(t.Lower)
	}
	return b.String()
}

// organised tells whether a run holds a word that makes it an organisation.
func (f *finder) organised(first, end int) bool {
	for k := first; k < end; k++ {
		fl := f.w[k].flags
		if fl&orgWord != 0 && (k > first || end == first+1 || fl&given == 0) || fl&orgWeak != 0 && k == end-1 && k > first {
			return true
		}
	}
	return false
}

// opensStretch tells whether token i stands where any word has a capital.
func (f *finder) opensStretch(i int) bool {
	s := f.d.SentenceOf(i)
	if i == s.FirstToken {
		return true
	}
	p := &f.d.Tokens[i-1]
	if p.Kind == text.QuoteMark {
		return f.d.Marks[p.Mark].FirstToken == i-1
	}
	switch f.d.Of(i - 1) {
	case ".", "!", "?", "…", ":", "-", "—", "–", "•", "*", "|", "/":
		return true
	}
	return false
}

// surroundings gathers the clues round a candidate.
func (f *finder) surroundings(c *candidate) {
	d := f.d
	if c.first > 0 {
		prev := &d.Tokens[c.first-1]
		fl := f.w[c.first-1].flags
		switch {
		case fl&det != 0 && fl&sub == 0 && prev.Lower != "both" && prev.Lower != "all" && prev.Kind == text.Word:
			c.clues |= theBefore
		case fl&role != 0 && fl&plural == 0 && !f.isPunct(c.first-1) && (!prev.Cap || f.opensStretch(c.first-1)):
			c.clues |= described
			c.field = f.w[c.first-1].field
			c.title = f.w[c.first-1].gender
		}
		if k := c.first - 2; k >= 0 && (prev.Lower == "of" || prev.Lower == "for" || prev.Lower == "at") && f.w[k].flags&role != 0 {
			c.clues |= served
		}
		if k := c.first - 2; prev.Lower == "in" || k >= 0 && prev.Lower == "of" && f.w[k].flags&(thing|role) == thing {
			c.clues |= located
		}
		if fl&say != 0 && c.first > 1 && f.afterWords(c.first-1) {
			c.clues |= speaks
		}
		if prev.Kind == text.QuoteMark && c.end < len(d.Tokens) {
			m := d.Marks[prev.Mark]
			e := c.end
			for e < m.LastToken && d.Tokens[e].Kind == text.Punct {
				e++
			}
			c.quoted = m.FirstToken == c.first-1 && e >= m.LastToken && !m.Unclosed
		}
	}
	if c.end >= len(d.Tokens) || d.Tokens[c.end].Paragraph != d.Tokens[c.core].Paragraph {
		return
	}
	f.after(c)
}

// afterWords tells whether a verb of speech at token v follows words said:
// “…,” said X.
func (f *finder) afterWords(v int) bool {
	k := v - 1
	if k >= 0 && f.w[k].flags&adv != 0 {
		k--
	}
	if k < 0 {
		return false
	}
	return f.d.Tokens[k].Kind == text.QuoteMark || f.d.Of(k) == "," && f.d.Tokens[v].Sentence == f.d.Tokens[k].Sentence
}

func (f *finder) after(c *candidate) {
	d := f.d
	j := c.end
	if f.w[j].flags&adv != 0 && j+1 < len(d.Tokens) {
		j++
	}
	fl := f.w[j].flags
	next := &d.Tokens[c.end]
	if f.actsAt(c.end) {
		c.clues |= acts
	}
	switch {
	case fl&say != 0 && !d.Tokens[j].Cap && fl&(role|thing) == 0:
		c.clues |= speaks
	case next.Kind == text.Word && !next.Cap && f.w[c.end].flags&(thing|role|orgWord|orgWeak) != 0 && f.w[c.end].flags&function == 0:
		c.clues |= qualifies
	case next.Lower == "'s" && f.workAt(c.end+1):
		c.clues |= described // "Finch’s “Long Way Down”": somebody who makes things
	case next.Lower == "who":
		c.clues |= whoAfter
	}
	if next.Lower == "of" && f.organisationAt(c.end+1) {
		c.clues |= described // "Finch of the Harrow Trust"
	}
	if d.Of(c.end) != "," && d.Of(c.end) != "(" || c.end+1 >= len(d.Tokens) {
		return
	}
	k := c.end + 1
	if d.Tokens[k].Kind == text.Number && len(d.Tokens[k].Lower) <= 2 && k+1 < len(d.Tokens) && d.Tokens[k+1].Kind == text.Punct {
		c.clues |= described // an age
		return
	}
	if d.Tokens[k].Lower == "who" || d.Tokens[k].Lower == "whose" {
		c.clues |= whoAfter
	}
	if h, ok := f.apposition(c.end); ok {
		c.clues |= described
		if c.title == record.UnknownGender {
			c.title = f.w[h].gender
		}
		c.field = f.w[h].field
	}
}

// organisationAt tells whether the name of an organisation seems to begin at
// token i.
func (f *finder) organisationAt(i int) bool {
	if i < len(f.d.Tokens) && f.d.Tokens[i].Lower == "the" {
		i++
	}
	for k := i; k < len(f.d.Tokens) && k < i+4 && f.d.Tokens[k].Cap; k++ {
		if f.w[k].flags&(orgWord|orgName) != 0 {
			return true
		}
	}
	return false
}

// workAt tells whether a title of a work in marks begins at token i.
func (f *finder) workAt(i int) bool {
	d := f.d
	if i+1 >= len(d.Tokens) || d.Tokens[i].Kind != text.QuoteMark || d.Tokens[i].Mark < 0 {
		return false
	}
	m := &d.Marks[d.Tokens[i].Mark]
	return m.FirstToken == i && m.LastToken-i < 9 && d.Tokens[i+1].Cap
}

// apposition finds the head of an apposition that begins after the comma at
// token i: "…, a doctor from Elm Town, …".
func (f *finder) apposition(i int) (head int, ok bool) {
	d := f.d
	for k := i + 1; k < len(d.Tokens) && k < i+9; k++ {
		fl := f.w[k].flags
		if d.Tokens[k].Kind != text.Word || fl&(say|aux|prep|sub|pronoun|conj) != 0 && fl&(role|det) == 0 {
			break
		}
		if fl&role != 0 && fl&plural == 0 && !(k+1 < len(d.Tokens) && (f.w[k+1].flags&role != 0 || d.Tokens[k+1].Cap)) {
			return k, true
		}
	}
	return 0, false
}

func (f *finder) isPunct(i int) bool {
	return f.d.Tokens[i].Kind == text.Punct || f.d.Tokens[i].Kind == text.QuoteMark
}

// inCapitals tells a line in title case or all capitals: there a capital says
// nothing.
func (f *finder) inCapitals(par text.Paragraph) bool {
	if par.EndToken-par.FirstToken > 30 {
		return false
	}
	caps, small := 0, 0
	for i := par.FirstToken; i < par.EndToken; i++ {
		t := &f.d.Tokens[i]
		if t.Kind != text.Word || t.Mark >= 0 && (t.Cap || par.Kind != text.Body) || f.w[i].flags&(det|prep|conj|particle) != 0 || t.Lower[0] == '\'' {
			continue
		}
		if t.Cap {
			caps++
		} else {
			small++
		}
	}
	return caps >= 3 && small*4 <= caps
}

// byline tells a line that names the writers: they are not in the report.
func (f *finder) byline(par text.Paragraph) bool {
	n := par.EndToken - par.FirstToken
	if n > 14 || n < 2 {
		return false
	}
	line := par.Span.Of(f.d.Text)
	if f.d.Tokens[par.FirstToken].Lower == "by" && !strings.HasSuffix(line, ".") {
		for i := par.FirstToken + 1; i < par.EndToken; i++ {
			t := &f.d.Tokens[i]
			if t.Kind == text.Word && !t.Cap && f.w[i].flags&(conj|prep|particle|det|role) == 0 {
				return false
			}
		}
		return true
	}
	for _, a := range f.d.Article.Authors {
		if a != "" && strings.HasPrefix(line, a) && n <= 10 && !strings.HasSuffix(line, ".") {
			return true
		}
	}
	return false
}

// acronym tells a word of capitals only.
func acronym(s string) bool {
	if utf8.RuneCountInString(s) < 2 {
		return false
	}
	for _, r := range s {
		if r < 'A' || r > 'Z' {
			return false
		}
	}
	return true
}
