package mention

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// flag says what the word lists know of a word. All lists are folded into one
// map when a language is first used, so that a token costs one look-up.
type flag uint32

const (
	given     flag = 1 << iota // a given name
	ambiguous                  // a given name that is a common word too
	title                      // stands before a name
	titlePart                  // only begins a longer title
	role                       // a noun that describes a person
	plural                     // … several persons
	orgWord                    // makes a name the name of an organisation
	orgWeak                    // … only as its last word
	orgName                    // an organisation by itself
	place                      // a place by itself
	thing                      // makes a name the name of a place, a building or a thing
	demonym                    // capitalised, names nobody
	det
	prep
	conj
	sub
	aux
	adv
	adj
	verb
	say
	advise
	open
	pronoun
	particle
	suffix
)

// word is what is known of one word.
type word struct {
	flags  flag
	gender record.Gender // of a given name, a title, a role or a pronoun
	field  uint8         // the field of life of a role, an index of lexicon.fields; 0: none
	form   form          // of a pronoun
}

// form is the case of a pronoun.
type form byte

const (
	subject form = iota + 1
	object
	possessive
	reflexive
	relative
)

// lexicon is one language's lists folded into one.
type lexicon struct {
	words  map[string]word
	places map[string]bool   // of more than one word
	nick   map[string]string // short form of a given name -> the name
	fields map[string]uint8
	days   map[string]bool   // of the week
	states map[string]string // short form -> the state; "r-" -> the party
}

var lexicons sync.Map // *lang.Lang -> *lexicon

// lexiconOf folds the lists of a language on first use.
func lexiconOf(l *lang.Lang) *lexicon {
	if x, ok := lexicons.Load(l); ok {
		return x.(*lexicon)
	}
	x := &lexicon{words: make(map[string]word, 8192), places: map[string]bool{}, nick: map[string]string{}, fields: map[string]uint8{"": 0}}
	x.grammar(l.List("smallwords"))
	x.names(l)
	x.roles(l.List("roles"))
	x.organisations(l)
	x.states = map[string]string{}
	for _, e := range l.List("states").Entries {
		x.states[e.Word] = e.Value
	}
	x.days = map[string]bool{}
	for _, e := range l.List("dates").Entries {
		if strings.HasPrefix(e.Value, "weekday") {
			x.days[e.Word] = true
		}
	}
	for _, e := range l.List("nicknames").Entries {
		x.nick[e.Word] = e.Value
	}
	for _, e := range l.List("pronouns").Entries {
		x.pronoun(e)
	}
	for _, w := range strings.Fields(particles) {
		x.set(w, particle)
	}
	for _, w := range strings.Fields(suffixes) {
		x.set(w, suffix)
	}
	got, _ := lexicons.LoadOrStore(l, x)
	return got.(*lexicon)
}

// Parts of names that are no names: not a list of a language, since they stay
// what they are in every one.
const (
	particles = "de del della der den des di da dos du van von bin ibn al el la le ben ter ten zu af abu st"
	suffixes  = "jr sr ii iii iv"
)

func (x *lexicon) set(w string, f flag) word {
	e := x.words[w]
	e.flags |= f
	x.words[w] = e
	return e
}

func (x *lexicon) gender(w string, g record.Gender) {
	e := x.words[w]
	e.gender = g
	x.words[w] = e
}

var grammarFlags = map[string]flag{"det": det, "prep": prep, "conj": conj, "sub": sub, "aux": aux, "adv": adv,
	"adj": adj, "verb": verb, "say": say, "advise": advise, "open": open}

func (x *lexicon) grammar(list *lang.List) {
	for _, e := range list.Entries {
		for v := range strings.SplitSeq(e.Value, ",") {
			x.set(e.Word, grammarFlags[v])
		}
	}
}

func genderOf(v string) record.Gender {
	switch v {
	case "m":
		return record.Masculine
	case "f":
		return record.Feminine
	}
	return record.UnknownGender
}

func (x *lexicon) names(l *lang.Lang) {
	for _, e := range l.List("titles").Entries {
		for v := range strings.SplitSeq(e.Value, ",") {
			if v == "mod" {
				x.set(e.Word, titlePart)
				continue
			}
			x.set(e.Word, title)
			x.gender(e.Word, genderOf(v))
		}
	}
	for _, e := range l.List("names").Entries {
		g, common, _ := strings.Cut(e.Value, ",")
		x.set(e.Word, given)
		if common != "" {
			x.set(e.Word, ambiguous)
		}
		if x.words[e.Word].flags&title == 0 {
			x.gender(e.Word, genderOf(g))
		}
	}
}

// roles adds each role and its plural.
func (x *lexicon) roles(list *lang.List) {
	for _, e := range list.Entries {
		g, field, _ := strings.Cut(e.Value, ",")
		if g == "g" {
			x.set(e.Word, role|plural)
			continue
		}
		if _, ok := x.fields[field]; !ok {
			x.fields[field] = uint8(len(x.fields))
		}
		w := x.set(e.Word, role)
		w.field = x.fields[field]
		if w.flags&(given|title) == 0 {
			w.gender = genderOf(g)
		}
		x.words[e.Word] = w
		p := x.set(pluralOf(e.Word), role|plural)
		p.field = w.field
		x.words[pluralOf(e.Word)] = p
	}
}

// pluralOf makes the plural of an English noun.
func pluralOf(w string) string {
	switch {
	case w == "person":
		return "people"
	case w == "child":
		return "children"
	case strings.HasSuffix(w, "man"):
		return w[:len(w)-2] + "en"
	case strings.HasSuffix(w, "wife"):
		return w[:len(w)-2] + "ves"
	case strings.HasSuffix(w, "y") && len(w) > 1 && !strings.ContainsRune("aeiou", rune(w[len(w)-2])):
		return w[:len(w)-1] + "ies"
	case strings.HasSuffix(w, "s"), strings.HasSuffix(w, "ch"), strings.HasSuffix(w, "x"):
		return w + "es"
	}
	return w + "s"
}

func (x *lexicon) organisations(l *lang.Lang) {
	kinds := map[string]flag{"o": orgWord, "weak": orgWeak, "name": orgName}
	for _, e := range l.List("organisations").Entries {
		x.set(e.Word, kinds[e.Value])
	}
	for _, e := range l.List("places").Entries {
		switch {
		case e.Value == "thing":
			x.set(e.Word, thing)
		case strings.Contains(e.Word, " "):
			x.places[e.Word] = true
		default:
			x.set(e.Word, place)
		}
	}
	for _, e := range l.List("demonyms").Entries {
		x.set(e.Word, demonym)
	}
}

func (x *lexicon) pronoun(e lang.Entry) {
	g, c, _ := strings.Cut(e.Value, ",")
	w := x.set(e.Word, pronoun)
	w.gender = genderOf(g)
	if g == "p" {
		w.flags |= plural
	}
	w.form = map[string]form{"subj": subject, "obj": object, "poss": possessive, "refl": reflexive, "rel": relative}[c]
	x.words[e.Word] = w
}

// function words begin no name and end a run of capitals where they stand.
const function = det | prep | conj | sub | aux | adv | open | pronoun
