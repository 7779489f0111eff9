package mention

import (
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// descriptions finds the noun phrases whose head is a noun for persons, and
// the pronouns, and adds an item for each.
func (f *finder) descriptions() {
	d := f.d
	taken := f.covered()
	for p := range d.Paragraphs {
		par := &d.Paragraphs[p]
		if par.Kind == text.Passed || f.byline(*par) {
			continue
		}
		caps := f.inCapitals(*par)
		for i := par.FirstToken; i < par.EndToken; i++ {
			fl := f.w[i].flags
			switch {
			case taken[i] || f.boxed(i) || d.Tokens[i].Kind != text.Word && fl&role == 0:
			case fl&pronoun != 0:
				f.pronounItem(i)
			case fl&role != 0 && !caps && d.Tokens[i].Mark < 0:
				f.description(i, par.EndToken, taken)
			case fl&(orgWord|orgWeak) != 0 && fl&function == 0 && !d.Tokens[i].Cap && d.Tokens[i].Mark < 0 && f.saysAfter(i+1):
				f.institution(i, taken)
			case (d.Tokens[i].Lower == "latter" || d.Tokens[i].Lower == "former") && i > par.FirstToken && d.Tokens[i-1].Lower == "the" &&
				(i+1 == par.EndToken || f.w[i+1].flags&(aux|say|verb|adv) != 0 || f.isPunct(i+1) || hasSuffix(d.Tokens[i+1].Lower, "ed")):
				f.items = append(f.items, item{first: i - 1, end: i + 1, head: i, kind: record.ByDescription, ref: -1, holder: -1, definite: true})
			}
		}
	}
}

// institution adds "the ministry", "the Adair campaign" where it speaks.
func (f *finder) institution(i int, taken []bool) {
	first := f.phraseStart(i, taken)
	if f.w[first].flags&det == 0 || first == i {
		return
	}
	f.items = append(f.items, item{first: first, end: i + 1, head: i, kind: record.ByDescription, ref: -1, holder: -1,
		definite: f.d.Tokens[first].Lower == "the", speaks: true})
}

func hasSuffix(s, x string) bool { return len(s) > len(x)+1 && s[len(s)-len(x):] == x }

// covered marks the tokens of names.
func (f *finder) covered() []bool {
	taken := make([]bool, len(f.d.Tokens))
	for _, it := range f.items {
		for k := it.first; k < it.end; k++ {
			if f.w[k].flags&det == 0 || k > it.first {
				taken[k] = true
			}
		}
	}
	return taken
}

func (f *finder) pronounItem(i int) {
	if f.w[i].form == relative && (i == 0 || f.opensStretch(i)) {
		return // a question
	}
	it := item{first: i, end: i + 1, head: i, kind: record.ByPronoun, ref: -1, holder: -1, definite: true, many: f.w[i].flags&plural != 0}
	it.speaks = f.saysAfter(i+1) || i > 0 && f.w[i-1].flags&say != 0 && f.afterWords(i-1) && f.w[i].form == subject
	f.items = append(f.items, it)
}

// description adds the noun phrase whose head may be token i.
func (f *finder) description(i, limit int, taken []bool) {
	d := f.d
	if i+1 < limit && d.Tokens[i+1].Kind == text.Word && d.Tokens[i+1].Mark < 0 && f.goesOn(i+1, taken) {
		return // "president Rose Adair", "artist management": no head
	}
	if d.Tokens[i].Cap && i > 0 && f.w[i-1].flags&(det|adj) == 0 && f.w[i].flags&plural == 0 && f.d.SentenceOf(i).FirstToken != i && !f.placed(i) {
		return
	}
	first := f.phraseStart(i, taken)
	holder := -1
	if first > 0 && d.Tokens[first-1].Lower == "'s" && taken[max(first-2, 0)] {
		holder = first - 2 // "Rose Adair’s former wife": the name is the holder
		for first = holder; first > 0 && taken[first-1]; {
			first--
		}
	}
	owned := holder < 0 && first > 1 && d.Tokens[first-1].Lower == "'s" && d.Tokens[first-2].Cap
	if owned { // "Elm Town’s commissioner": a place holds it
		for first -= 2; first > 0 && d.Tokens[first-1].Cap && d.Tokens[first-1].Kind == text.Word && d.Tokens[first-1].Sentence == d.Tokens[i].Sentence; {
			first--
		}
	}
	many := f.w[i].flags&plural != 0 || d.Tokens[i].Lower == "police"
	fl := f.w[first].flags
	if fl&(det|pronoun) == 0 && holder < 0 && !owned {
		if !many {
			return
		}
		first = f.barePlural(first, i)
	}
	if d.Tokens[first].Lower == "no" {
		return
	}
	it := item{first: first, end: f.phraseEnd(i, limit), head: i, kind: record.ByDescription, ref: -1, holder: -1, many: many}
	low := d.Tokens[first].Lower
	it.definite = low == "the" || low == "this" || low == "that" || low == "both" || owned
	if f.w[first].flags&pronoun != 0 || holder >= 0 || possessor(low) {
		it.holder = max(holder, 0)
		if holder < 0 {
			it.holder = first
		}
		it.definite = true
	}
	it.speaks = f.saysAfter(it.end) || f.saysAfter(i+1) || first > 0 && f.w[first-1].flags&say != 0 && f.afterWords(first-1) ||
		first > 1 && d.Tokens[first-1].Lower == "to" && d.Tokens[first-2].Lower == "according"
	f.items = append(f.items, it)
}

// barePlural begins a plural without a determiner later where the words
// before it may be verbs: "had seen officials".
func (f *finder) barePlural(first, head int) int {
	if first == f.d.SentenceOf(head).FirstToken || f.isPunct(first-1) || f.w[first-1].flags&(prep|conj|det) != 0 {
		return first
	}
	k := head
	for k > first && (f.w[k-1].flags&(adj|demonym|role|title|titlePart|orgWord|orgWeak|place) != 0 || f.d.Tokens[k-1].Cap) && f.w[k-1].flags&function&^adv == 0 {
		k--
	}
	return k
}

func possessor(w string) bool {
	switch w {
	case "my", "our", "your", "its", "whose":
		return true
	}
	return false
}

// goesOn tells whether token i still belongs to the noun phrase before it, so
// that the word before is no head.
func (f *finder) goesOn(i int, taken []bool) bool {
	fl := f.w[i].flags
	switch {
	case taken[i]:
		return true
	case fl&role != 0 && fl&(function|say|verb) == 0:
		return true
	case fl&(thing|orgWord) != 0 && fl&(function|say|verb) == 0:
		return true
	}
	return f.d.Tokens[i].Cap && fl&function == 0
}

// phraseStart walks left from a head to the determiner of its noun phrase.
func (f *finder) phraseStart(i int, taken []bool) int {
	d := f.d
	sentence := d.Tokens[i].Sentence
	k := i
	for k > 0 && i-k < 9 {
		p := &d.Tokens[k-1]
		fl := f.w[k-1].flags
		if p.Sentence != sentence || p.Mark >= 0 || p.Kind == text.QuoteMark {
			break
		}
		if p.Kind == text.Punct && !(d.Of(k-1) == "-" && p.End == d.Tokens[k].Start) {
			break
		}
		if fl&det != 0 || fl&pronoun != 0 && f.w[k-1].form != subject && (f.w[k-1].form != relative || p.Lower == "whose") {
			k--
			if k > 0 && (d.Tokens[k-1].Lower == "all" || d.Tokens[k-1].Lower == "both") {
				k--
			}
			return k
		}
		if p.Lower == "'s" || fl&(prep|conj|sub|aux|pronoun|open) != 0 || fl&(say|verb) != 0 && fl&(role|thing|title) == 0 && !p.Cap {
			break
		}
		if fl&adv != 0 && fl&adj == 0 && !hasSuffix(p.Lower, "ly") {
			break
		}
		_ = taken
		k--
	}
	return k
}

// phraseEnd takes in the prepositional phrase that belongs to a head: "of the
// band", "for the ministry", "from Elm Town".
func (f *finder) phraseEnd(i, limit int) int {
	d := f.d
	end := i + 1
	if end >= limit {
		return end
	}
	switch d.Tokens[end].Lower {
	case "of", "for", "at", "from", "with":
	case "in", "on":
		if end+1 >= limit || d.Tokens[end+1].Lower != "the" && (!d.Tokens[end+1].Cap || f.w[end+1].flags&demonym != 0) {
			return end
		}
	default:
		return end
	}
	k := end + 1
	for k < limit && k < end+9 {
		t := &d.Tokens[k]
		fl := f.w[k].flags
		if t.Mark >= 0 || t.Kind == text.Punct && !(d.Of(k) == "." && f.dotted(k)) || t.Kind == text.QuoteMark {
			break
		}
		if fl&(aux|sub|adv|say|verb) != 0 && fl&(adj|det|role|thing|title) == 0 && !t.Cap || fl&pronoun != 0 && f.w[k].form != possessive {
			break
		}
		if fl&prep != 0 && t.Lower != "of" && !t.Cap || fl&conj != 0 && t.Lower != "&" {
			break
		}
		if hasSuffix(t.Lower, "ed") && !t.Cap && fl&(adj|role) == 0 {
			break
		}
		k++
	}
	if k == end+1 {
		return end
	}
	return k
}

// saysAfter tells whether a verb of speech follows at token i.
func (f *finder) saysAfter(i int) bool {
	n := len(f.d.Tokens)
	for k := i; k < n && k < i+3; k++ {
		fl := f.w[k].flags
		if fl&say != 0 && !f.d.Tokens[k].Cap {
			return true
		}
		if fl&(adv|aux) == 0 {
			return false
		}
	}
	return false
}
