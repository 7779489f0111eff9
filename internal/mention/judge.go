package mention

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// sort of thing that a name stands for.
type sort byte

const (
	unjudged sort = iota
	nobody        // a place, a work, a thing, an ordinary word with a capital
	somebody
	body // an organisation
)

// entry is what the whole article shows about one name.
type entry struct {
	clues clue
	sort  sort
	at    int // index of the first candidate
	words int
	bare  bool // seen at least once where it does not only qualify a noun
}

// add notes a candidate and what it shows about its name.
func (f *finder) add(c candidate) {
	n := 0
	for k := c.core; k < c.end; k++ {
		if f.d.Tokens[k].Kind == text.Word {
			n++
		}
	}
	if c.forename > 0 {
		n++
	}
	e := f.entries[c.key]
	if e == nil {
		e = &entry{at: len(f.names), words: n}
		f.entries[c.key] = e
		f.keys = append(f.keys, c.key)
	}
	if !c.quoted {
		e.clues |= c.clues &^ qualifies
	}
	e.bare = e.bare || c.clues&qualifies == 0 && !c.quoted
	f.names = append(f.names, c)
}

// judge decides for every name what it stands for, long names first: a
// surname alone is somebody when the whole name is.
func (f *finder) judge() {
	for _, k := range f.keys {
		e := f.entries[k]
		if e.words > 1 {
			e.sort = f.judgeLong(f.names[e.at], e)
			f.learn(e, f.names[e.at])
		}
	}
	for i := range f.names {
		f.shorten(&f.names[i])
	}
	for _, k := range f.keys {
		e := f.entries[k]
		if e.words == 1 && e.sort == unjudged {
			e.sort = f.judgeShort(f.names[e.at], e)
		}
	}
	for _, k := range f.keys {
		if e := f.entries[k]; e.words > 1 && e.sort == unjudged {
			e.sort = f.judgeAgain(f.names[e.at], e)
			f.learn(e, f.names[e.at])
		}
	}
}

// learn keeps the parts of a person's name, so that a part alone is known.
func (f *finder) learn(e *entry, c candidate) {
	if e.sort != somebody {
		return
	}
	for k := c.core; k < c.end; k++ {
		if t := &f.d.Tokens[k]; t.Kind == text.Word && len(t.Lower) > 2 && f.w[k].flags&(suffix|particle) == 0 {
			f.parts[t.Lower] = true
		}
	}
}

func (f *finder) judgeLong(c candidate, e *entry) sort {
	first, last := f.w[c.core], f.w[c.end-1]
	strong := e.clues&(titled|described|speaks|whoAfter) != 0
	the := e.clues&(theBefore|plain) == theBefore
	forename := first.flags&given != 0 && (first.flags&(ambiguous|place|demonym) == 0 || strong || c.core > c.first || !c.start || f.unknown(c.core+1))
	switch {
	case f.x.places[c.key]:
		return f.placeOr(e)
	case f.d.Tokens[c.core].Lower == "st" && e.clues&(speaks|described) == 0: // a church, a school, a town
		return nobody
	case strings.Contains(f.d.Of(c.end-1), "/"): // who took the picture: "Rose Adair/AP"
		return nobody
	case f.organised(c.core, c.end):
		if strong && forename && e.words == 2 && !the && last.flags&orgWeak != 0 {
			return somebody
		}
		return body
	case last.flags&thing != 0 && e.clues&(titled|described) == 0:
		if forename && strong && first.flags&place == 0 && e.words == 2 {
			return somebody
		}
		return nobody
	case e.clues&titled != 0:
		return somebody
	case last.flags&(role|title) != 0 && last.flags&given == 0 && first.flags&given == 0:
		return nobody
	case last.flags&(demonym|plural) != 0 || first.flags&thing != 0 && first.flags&given == 0:
		return nobody
	case forename && !the, initial(f.d.Of(c.core)) && first.flags&place == 0:
		return somebody
	case e.clues&served != 0 && first.flags&given == 0 && last.flags&given == 0:
		return body
	case the:
		return unjudged
	case strong && first.flags&(demonym|place) == 0:
		return somebody
	case f.syllables(c.end-1) && e.words == 2 && first.flags&^particle == 0:
		return somebody
	case last.flags&given != 0 && last.flags&(ambiguous|place) == 0 && first.flags&(demonym|place) == 0:
		return somebody
	}
	return unjudged
}

// unknown tells that no list knows the word at token i.
func (f *finder) unknown(i int) bool {
	return i < len(f.w) && f.w[i].flags&^(given|ambiguous) == 0 && f.d.Tokens[i].Kind == text.Word
}

// syllables tells the second part of a name such as "Chi-wai" or "Joo-Ho".
func (f *finder) syllables(i int) bool {
	a, b, ok := strings.Cut(f.d.Tokens[i].Lower, "-")
	return ok && f.d.Tokens[i].Cap && len(a) >= 2 && len(a) <= 5 && len(b) >= 2 && len(b) <= 5 && !strings.Contains(b, "-") &&
		f.x.words[a].flags&function == 0 && f.x.words[b].flags&function == 0
}

// judgeAgain looks at a long name nobody knew once the short ones are known:
// one whose surname stands alone elsewhere is a person.
func (f *finder) judgeAgain(c candidate, e *entry) sort {
	t := &f.d.Tokens[c.end-1]
	s := f.entries[t.Lower]
	if s != nil && s.bare && s.clues&(midway|speaks|acts) != 0 && f.w[c.end-1].flags&(demonym|place|orgName|orgWord|role) == 0 &&
		e.clues&theBefore == 0 && s.clues&theBefore == 0 && e.words <= 3 {
		s.sort = somebody
		return somebody
	}
	return nobody
}

// placeOr takes a place that speaks for those who govern there.
func (f *finder) placeOr(e *entry) sort {
	if e.clues&speaks != 0 {
		return body
	}
	return nobody
}

func (f *finder) judgeShort(c candidate, e *entry) sort {
	w := f.w[c.core]
	t := f.d.Of(c.core)
	known := f.parts[c.key]
	strong := e.clues&(titled|described|whoAfter) != 0
	switch {
	case f.people(c.core) && w.flags&given == 0 && !known:
		return nobody
	case f.office(c.core) && !known:
		return nobody
	case e.clues&titled != 0:
		return somebody
	case known && (w.flags&(demonym|orgWord) == 0 || e.clues&midway != 0):
		return somebody
	case w.flags&orgName != 0:
		return body
	case w.flags&place != 0 && (!strong || w.flags&given == 0): // ", who" may go on about somebody "of California"
		return f.placeOr(e)
	case w.flags&(demonym|thing|function|title|titlePart) != 0:
		return nobody
	case w.flags&given != 0 && (w.flags&ambiguous == 0 || strong && e.clues&midway != 0) && e.clues&theBefore == 0:
		return somebody
	case w.flags&(role|orgWord|orgWeak) != 0:
		return nobody
	case e.clues&(speaks|located) == located:
		return nobody
	case acronym(t):
		if e.clues&(speaks|theBefore) != 0 {
			return body
		}
		return nobody
	case strong && e.clues&midway != 0 && e.clues&theBefore == 0:
		return somebody
	case e.clues&(speaks|served) != 0 && e.clues&midway != 0:
		return body
	}
	return nobody
}

// people tells a word for a people, one or many of it.
func (f *finder) people(i int) bool {
	return (f.w[i].flags|f.x.words[strings.TrimSuffix(f.d.Tokens[i].Lower, "s")].flags)&demonym != 0
}

// office tells a title that ends another and names nobody: "the Attorney
// General"; Mr. King may be anybody.
func (f *finder) office(i int) bool {
	fl := f.w[i].flags
	return fl&title != 0 && fl&given == 0 && i > 0 && f.w[i-1].flags&(titlePart|title) != 0 && f.w[i-1].gender == record.UnknownGender
}

// longest is how many tokens the name that ends a run of capitals can have.
const longest = 12

// shorten drops leading words that only stood before a known name with a
// capital of their own: "Yesterday Adair", "Nominee Adair".
func (f *finder) shorten(c *candidate) {
	e := f.entries[c.key]
	fl := f.w[c.core].flags
	led := fl&(role|title) != 0 && fl&given == 0 // "Nominee Adair"
	last := f.w[c.end-1].flags
	if e == nil || e.words < 2 || e.sort == body && last&(orgWord|orgWeak|orgName|place|thing|demonym) != 0 ||
		e.sort == somebody && !led && (fl&given != 0 || !c.start) {
		return
	}
	for k := max(c.core+1, c.end-longest); k < c.end; k++ {
		if f.d.Tokens[k].Kind != text.Word {
			continue
		}
		key := f.key(k, c.end)
		o := f.entries[key]
		if o != nil && o.sort == somebody || k == c.end-1 && f.parts[key] &&
			(f.w[k-1].flags&(role|demonym|adv|title|thing|orgWord) != 0 || c.start && e.clues&midway == 0 && e.sort != somebody) {
			c.core, c.key = k, key
			if !led || k > c.first+1 {
				c.first = k
			}
			if o == nil {
				f.entries[key] = &entry{at: len(f.names), words: 1, sort: somebody, bare: true, clues: midway}
				f.keys = append(f.keys, key)
			}
			return
		}
	}
}

// titleRuns finds names in a line where every word has a capital: those that
// the rest of the article knows, and those that begin with a given name.
func (f *finder) titleRuns(par text.Paragraph) {
	done := par.FirstToken // where the name before ends
	for i := par.FirstToken; i < par.EndToken; {
		t := &f.d.Tokens[i]
		if t.Kind != text.Word || !t.Cap || f.w[i].flags&function != 0 && f.w[i].flags&given == 0 {
			i++
			continue
		}
		end := f.longestKnown(i, par.EndToken)
		if end == 0 {
			end = f.guessTitled(i, par.EndToken)
		}
		if end == 0 {
			i++
			continue
		}
		c := candidate{first: i, core: i, end: end, clues: midway}
		for c.first > done && f.w[c.first-1].flags&title != 0 && f.d.Tokens[c.first-1].Cap {
			c.first--
			c.title = f.w[c.first].gender
		}
		c.key = f.key(c.core, c.end)
		if f.entries[c.key] == nil {
			f.add(c)
			e := f.entries[c.key]
			e.sort = somebody
			f.learn(e, c)
		} else {
			f.names = append(f.names, c)
		}
		i, done = end, end
	}
}

// longestKnown is the end of the longest known name that begins at token i.
func (f *finder) longestKnown(i, limit int) int {
	for end := min(i+5, limit); end > i; end-- {
		if f.d.Tokens[end-1].Kind != text.Word {
			continue
		}
		e := f.entries[f.key(i, end)]
		if e != nil && (e.sort == somebody || e.sort == body) {
			return end
		}
		if end == i+1 && f.parts[f.d.Tokens[i].Lower] && f.w[i].flags&(function|say|verb) == 0 {
			f.entries[f.d.Tokens[i].Lower] = &entry{at: len(f.names), words: 1, sort: somebody, bare: true, clues: midway}
			f.keys = append(f.keys, f.d.Tokens[i].Lower)
			return end
		}
	}
	return 0
}

// guessTitled takes a given name and the word after it where that can be a
// surname.
func (f *finder) guessTitled(i, limit int) int {
	w := f.w[i].flags
	if w&given == 0 || w&(ambiguous|place) != 0 || i+1 >= limit {
		return 0
	}
	n := &f.d.Tokens[i+1]
	fl := f.w[i+1].flags
	if n.Kind != text.Word || !n.Cap || n.Mark != f.d.Tokens[i].Mark || fl&(function|say|verb|orgWord|role|thing|place) != 0 ||
		strings.HasSuffix(n.Lower, "ing") || strings.HasSuffix(n.Lower, "ed") || strings.HasSuffix(n.Lower, "s") && fl&given == 0 && len(n.Lower) < 6 {
		return 0
	}
	return i + 2
}

// initial tells "J", "J.", "J.K".
func initial(s string) bool {
	n := len(s)
	s = strings.TrimSuffix(s, ".")
	for len(s) > 1 && s[1] == '.' {
		s = s[2:]
	}
	return len(s) == 1 && n <= 5 && 'A' <= s[0] && s[0] <= 'Z' && s != "I" && s != "A"
}
