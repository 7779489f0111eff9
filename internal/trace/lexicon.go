package trace

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"onrecord/internal/lang"
)

// word is what the lists know of one spelling.
type word struct {
	id       uint64
	stem     uint64 // hash of norm without its ending
	norm     string
	bits     float64
	worth    float64 // what it adds to the belief that two texts are one
	gain     int32   // bits in the whole numbers of the alignment
	function bool
	scale    bool // million, dozen, percent: makes a number with another
	// stretches: 's, 'd and what they stand for may be the same as another word.
	stretches bool
}

// newWord is a word that the lists lack.
func newWord(norm string, bits float64) *word {
	w := &word{id: hashWord(norm), norm: norm, bits: bits}
	w.derive()
	return w
}

// derive fills in what follows from the rest.
func (w *word) derive() {
	w.stem = hashWord(cutEnding(w.norm))
	w.gain = int32(w.bits * scale)
	w.stretches = stretching(w.norm)
	w.worth = w.bits * contentShare
	if w.function {
		w.worth = w.bits * functionShare
	}
}

// vocabulary is what is known of single words, read once.
type vocabulary struct {
	words map[string]word
	// slots are the words once more, found by the hash of their spelling: a
	// text is folded without making a string of each of its words.
	slots []slot
}

type slot struct {
	hash uint64
	word *word // nil: empty
}

// known finds a word by the hash of its spelling; nil: the lists lack it.
func (v *vocabulary) known(hash uint64) *word {
	mask := uint64(len(v.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		if s := &v.slots[i]; s.word == nil || s.hash == hash {
			return s.word
		}
	}
}

func (v *vocabulary) index() {
	size := 1024
	for size < 4*len(v.words) {
		size *= 2
	}
	v.slots = make([]slot, size)
	for spelling, w := range v.words {
		w.derive()
		h := hashWord(spelling)
		i := h & uint64(size-1)
		for v.slots[i].word != nil {
			i = (i + 1) & uint64(size-1)
		}
		v.slots[i] = slot{h, &w}
	}
}

// signList is the phrases that tracing listens for, read once.
type signList struct {
	polarity   *phrases  // not, never, no longer
	modality   *phrases  // may, I think, probably
	condition  *phrases  // if, unless, as long as
	disfluency *phrases  // uh, you know
	clarify    *phrases  // as I said then, what I meant
	stock      *phrases  // thoughts and prayers, no comment
	around     *telltale // of the phrases of clarify that stand in a report's own words
}

const (
	// rareBits is the weight of a word that the frequency table does not hold:
	// fewer than about 20 uses in ten million words.
	rareBits = 18
	// numeralBits is the weight of figures that the table does not hold: there
	// are many figures, but any one of them says little about a text.
	numeralBits = 14
	// commonBits is the weight of a function word that the table lacks.
	commonBits = 10
)

// lexicon reads the lists of the language. English is the only one so far:
// every language without a folder gets these anyway (lang.Fallback).
var lexicon = sync.OnceValue(func() *vocabulary {
	l := lang.For("en")
	freq, numbers := l.List("frequency"), l.List("numbers")
	d := &vocabulary{
		words: make(map[string]word, len(freq.Entries)+len(numbers.Entries)),
	}
	for _, e := range freq.Entries {
		bits, err := strconv.ParseFloat(e.Value, 64)
		if err != nil {
			bits = rareBits
		}
		bits = math.Round(bits*64) / 64 // sums are then exact
		d.words[e.Word] = word{id: hashWord(e.Word), norm: e.Word, bits: bits}
	}
	// "neighbour" is the word "neighbor". Shorter words have other words for
	// neighbours: "our", "or".
	for _, e := range freq.Entries {
		if w, ok := d.words[houseStyle(e.Word)]; ok && len(e.Word) > 4 {
			d.words[e.Word] = w
		}
	}
	for _, e := range l.List("function").Entries {
		w, ok := d.words[e.Word]
		if !ok {
			w = word{id: hashWord(e.Word), norm: e.Word, bits: commonBits}
		}
		w.function = true
		d.words[e.Word] = w
	}
	for _, e := range numbers.Entries {
		if e.Value == "scale" {
			w, ok := d.words[e.Word]
			if !ok {
				w = word{id: hashWord(e.Word), norm: e.Word, bits: rareBits}
			}
			w.scale = true
			d.words[e.Word] = w
			continue
		}
		v, ok := d.words[e.Value]
		if !ok {
			v = word{id: hashWord(e.Value), norm: e.Value, bits: numeralBits}
			d.words[e.Value] = v
		}
		d.words[e.Word] = v
	}
	d.index()
	return d
})

// signs reads the lists of phrases.
var signs = sync.OnceValue(func() *signList {
	l := lang.For("en")
	s := &signList{
		polarity:   newPhrases(l.List("polarity")),
		modality:   newPhrases(l.List("modality")),
		condition:  newPhrases(l.List("condition")),
		disfluency: newPhrases(l.List("disfluency")),
		clarify:    newPhrases(l.List("clarify")),
		stock:      newPhrases(l.List("stock")),
	}
	s.around = newTelltale(s.clarify, func(p phrase) bool { return strings.HasSuffix(p.value, " context") })
	return s
})

// pronouns are the words that stand for a speaker and name nobody.
var pronouns = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, e := range lang.For("en").List("grammar").Entries {
		for _, class := range strings.Fields(e.Value) {
			if class == "pron" || class == "rel" {
				out[e.Word] = true
			}
		}
	}
	return out
})

func unknownBits(m mark) float64 {
	if m&numeral != 0 {
		return numeralBits
	}
	return rareBits
}

// isNumber tells whether the token is a figure, a number word or a word that
// makes one (million, percent). The word "one" is too often a pronoun.
func (t *token) isNumber() bool {
	if t.norm() == "1" && !t.is(numeral) {
		return false
	}
	return t.w.norm[0] >= '0' && t.w.norm[0] <= '9' || t.is(numeral) || t.w.scale
}

// isContent tells whether the word says something of a subject.
func (t *token) isContent() bool { return !t.is(function) }

// hashWord is FNV-1a, finished so that all bits depend on all letters. It
// must never change: stores keep hashes made from it.
func hashWord(s string) uint64 {
	h := uint64(fnvOffset)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * fnvPrime
	}
	return mix(h)
}

// hashBytes is hashWord of bytes.
func hashBytes(s []byte) uint64 {
	h := uint64(fnvOffset)
	for _, c := range s {
		h = (h ^ uint64(c)) * fnvPrime
	}
	return mix(h)
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

func mix(h uint64) uint64 {
	h ^= h >> 30
	h *= 0xbf58476d1ce4e5b9
	h ^= h >> 27
	h *= 0x94d049bb133111eb
	return h ^ h>>31
}

// phrases is a list of words and phrases, found in tokens by the first word.
type phrases struct {
	first bitset // the first words' ids: most words begin none
	by    map[uint64][]phrase
}

type phrase struct {
	toks  []token
	value string
	words string
}

// newPhrases folds the entries as texts are folded, longest first.
func newPhrases(list *lang.List) *phrases {
	p := &phrases{by: map[uint64][]phrase{}}
	for _, e := range list.Entries {
		t := NewText(e.Word).toks
		if len(t) == 0 {
			continue
		}
		id := t[0].id
		p.first.add(id)
		at := p.by[id]
		i := 0
		for i < len(at) && len(at[i].toks) >= len(t) {
			i++
		}
		at = append(at, phrase{})
		copy(at[i+1:], at[i:])
		at[i] = phrase{t, e.Value, e.Word}
		p.by[id] = at
	}
	return p
}

// at returns the longest phrase that begins at toks[i].
func (p *phrases) at(toks []token, i int) (phrase, bool) {
	id := toks[i].id
	if !p.first.has(id) {
		return phrase{}, false
	}
next:
	for _, ph := range p.by[id] {
		if i+len(ph.toks) > len(toks) {
			continue
		}
		for k := range ph.toks {
			if toks[i+k].id != ph.toks[k].id {
				continue next
			}
		}
		return ph, true
	}
	return phrase{}, false
}
