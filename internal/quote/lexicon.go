package quote

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
)

// class is a set of closed word classes, one bit each (grammar.txt).
type class uint16

const (
	det class = 1 << iota
	pron
	subj
	obj
	rel
	aux
	be
	finite
	modal
	neg
	adv
	conj
	comp
	prep
	timeWord
)

var classNames = map[string]class{"det": det, "pron": pron, "subj": subj, "obj": obj, "rel": rel, "aux": aux, "be": be,
	"finite": finite, "modal": modal, "neg": neg, "adv": adv, "conj": conj, "comp": comp, "prep": prep, "time": timeWord}

// does is what a cue verb does (cues.txt).
type does uint16

const (
	speech does = 1 << iota
	writing
	thought
	bare
	that
	object
	toParty
	infinitive
	marked
	noun
	naming
	relays
)

var doesNames = map[string]does{"speech": speech, "writing": writing, "thought": thought, "bare": bare, "that": that,
	"object": object, "to": toParty, "infinitive": infinitive, "marked": marked, "noun": noun, "naming": naming, "relays": relays}

// form is one form of a cue verb.
type form struct {
	does       does
	participle bool   // "saying"
	base       bool   // the first form of its line: "say"
	second     string // the second word of "refer to", or ""
}

// lexicon is a language's words as the rules need them.
type lexicon struct {
	grammar map[string]class
	cues    map[string][]form // by first word
	beside  map[string]beside // words beside marks that show no speech
}

type beside struct {
	before, after bool
	why           string
}

var (
	lexMu    sync.Mutex
	lexicons = map[string]*lexicon{}
)

func lexiconOf(l *lang.Lang) *lexicon {
	lexMu.Lock()
	defer lexMu.Unlock()
	if x := lexicons[l.Code]; x != nil {
		return x
	}
	x := &lexicon{grammar: map[string]class{}, cues: map[string][]form{}, beside: map[string]beside{}}
	for _, e := range l.List("grammar").Entries {
		for _, c := range strings.Fields(e.Value) {
			x.grammar[e.Word] |= classNames[c]
		}
	}
	for _, e := range l.List("cues").Entries {
		x.verb(e)
	}
	for _, e := range l.List("not_speech").Entries {
		b := beside{}
		for _, v := range strings.Fields(e.Value) {
			switch v {
			case "before":
				b.before = true
			case "after":
				b.after = true
			default:
				b.why = v
			}
		}
		x.beside[e.Word] = b
	}
	lexicons[l.Code] = x
	return x
}

// verb adds all forms of one line of cues.txt.
func (x *lexicon) verb(e lang.Entry) {
	var d does
	for _, v := range strings.Fields(e.Value) {
		d |= doesNames[v]
	}
	for i, w := range strings.Fields(e.Word) {
		first, second, _ := strings.Cut(w, "_")
		x.cues[first] = append(x.cues[first], form{does: d, participle: strings.HasSuffix(first, "ing"), base: i == 0, second: second})
	}
}
