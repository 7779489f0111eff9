package mention

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// standing is the part that a mention plays in its clause, as far as the
// words round it tell.
type standing byte

const (
	other     standing = iota
	owner              // "Adair’s …"
	headOwner          // … where that begins the sentence: what it owns is its subject
	actor              // subject of a subordinate clause
	mainActor          // subject of the sentence
)

// standingOf looks at the words before and after an item.
func (f *finder) standingOf(it *item) standing {
	d := f.d
	if it.kind == record.ByPronoun {
		switch f.w[it.head].form {
		case possessive:
			return owner
		case subject:
			return f.mainOrSub(it)
		case object:
			if f.ownsNext(it) {
				return owner
			}
		}
		return other
	}
	if it.end < len(d.Tokens) && (d.Tokens[it.end].Lower == "'s" || d.Of(it.end) == "’" || d.Of(it.end) == "'") {
		if it.kind == record.ByName && it.first == d.SentenceOf(it.first).FirstToken {
			return headOwner
		}
		return owner
	}
	if it.first > 0 {
		p := f.w[it.first-1].flags
		if p&say != 0 && f.afterWords(it.first-1) {
			return mainActor
		}
		if p&prep != 0 && p&sub == 0 {
			return other
		}
	}
	if f.actsAt(f.afterApposition(f.afterPlace(it.end))) {
		return f.mainOrSub(it)
	}
	if it.end < len(d.Tokens) && f.w[it.end].flags&conj != 0 && it.first == f.d.SentenceOf(it.first).FirstToken {
		return mainActor // "Adair and Finch …"
	}
	return other
}

// ownsNext tells "her book" from "told her".
func (f *finder) ownsNext(it *item) bool {
	if f.d.Tokens[it.head].Lower != "her" || it.end >= len(f.d.Tokens) {
		return false
	}
	t := &f.d.Tokens[it.end]
	return (t.Kind == text.Word || t.Kind == text.Number) && f.w[it.end].flags&(det|prep|conj|sub|aux|pronoun) == 0 &&
		!(f.w[it.end].flags&adv != 0 && f.w[it.end].flags&adj == 0)
}

// afterApposition passes over ", a doctor from Elm Town," and ", 45,".
func (f *finder) afterApposition(end int) int {
	d := f.d
	if end >= len(d.Tokens) || d.Of(end) != "," && d.Of(end) != "(" {
		return end
	}
	for k := end + 1; k < len(d.Tokens) && k < end+16 && d.Tokens[k].Sentence == d.Tokens[end].Sentence; k++ {
		if s := d.Of(k); s == "," || s == ")" {
			if k+1 < len(d.Tokens) && d.Tokens[k+1].Kind == text.QuoteMark {
				k++ // the comma that American printers put inside the marks
			}
			return f.afterPlace(k + 1)
		}
	}
	return end
}

// afterPlace passes over "of Oregon" behind "(R)".
func (f *finder) afterPlace(i int) int {
	if i+1 < len(f.d.Tokens) && f.d.Tokens[i].Lower == "of" {
		if p := f.placeAt(i + 1); p != "" {
			return i + 2 + strings.Count(p, " ")
		}
	}
	return i
}

// actsAt tells whether a finite verb seems to begin at token i.
func (f *finder) actsAt(i int) bool {
	d := f.d
	for k := i; k < len(d.Tokens) && k < i+4; k++ {
		t := &d.Tokens[k]
		fl := f.w[k].flags
		if t.Kind != text.Word || t.Cap {
			return false
		}
		if fl&(aux|say|verb) != 0 {
			return true
		}
		if fl&adv != 0 || hasSuffix(t.Lower, "ly") {
			continue
		}
		if fl&(det|prep|conj|sub|pronoun) != 0 {
			return false
		}
		return hasSuffix(t.Lower, "ed") || hasSuffix(t.Lower, "s") && !hasSuffix(t.Lower, "ss")
	}
	return false
}

// mainOrSub looks left for a word that begins a subordinate clause.
func (f *finder) mainOrSub(it *item) standing {
	s := f.d.SentenceOf(it.first)
	for k := it.first - 1; k >= s.FirstToken && it.first-k < 6; k-- {
		fl := f.w[k].flags
		if f.isPunct(k) {
			break
		}
		if fl&sub != 0 || fl&say != 0 {
			return actor
		}
	}
	return mainActor
}

// boundary tells whether a clause may begin or end at token i.
func (f *finder) boundary(i int) bool {
	if f.isPunct(i) {
		s := f.d.Of(i)
		return s == "," || s == ";" || s == ":" || s == "—" || s == "–" || f.d.Tokens[i].Kind == text.QuoteMark
	}
	return f.w[i].flags&sub != 0 && f.w[i].flags&prep == 0
}

// sameClause tells whether no clause boundary lies between two items of one
// sentence.
func (f *finder) sameClause(a, b *item) bool {
	if f.d.Tokens[a.first].Sentence != f.d.Tokens[b.first].Sentence {
		return false
	}
	if a.first > b.first {
		a, b = b, a
	}
	return a.end >= b.first || f.bounds[a.end] == f.bounds[b.first]
}

// countBoundaries notes for each token how many clause boundaries lie before
// it, so that a sentence without end costs no more than a short one.
func (f *finder) countBoundaries() {
	f.bounds = make([]int, len(f.d.Tokens)+1)
	for i := range f.d.Tokens {
		f.bounds[i+1] = f.bounds[i]
		if f.boundary(i) {
			f.bounds[i+1]++
		}
	}
}
