package trace

import (
	"slices"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// replacement is one stretch of words that stands for another.
type replacement struct {
	c          *comparison
	front, end bool // it stands at an end of what was printed
	gap        bool // the printer shows that he left something out
	change     record.Change
}

// most bounds the words of one side that are laid over the other in pairs.
const most = 64

// judge lays the words here over the full ones by what they have in common in
// other forms, and names the gravest of what that shows.
func (r *replacement) judge(a, b []token) {
	if len(a) > most || len(b) > most {
		r.left(a, b, r.front || r.end)
		return
	}
	i, j := 0, 0
	for _, p := range pair(a, b) {
		r.left(a[i:p.i], b[j:p.j], i == 0 && r.front)
		r.change = graver(r.change, p.bond.change())
		i, j = p.i+p.bond.here, p.j+p.bond.full
	}
	r.left(a[i:], b[j:], r.end || i == 0 && r.front)
}

// left judges words that have nothing in common with those over them. At a
// border of what was printed, words with nothing in their place are cut.
func (r *replacement) left(a, b []token, border bool) {
	if len(a) == 0 && border {
		if says(b) {
			r.change = graver(r.change, record.Cut)
		}
		return
	}
	own := slices.DeleteFunc(slices.Clone(a), func(t token) bool { return t.is(edited) })
	bracketed := len(own) < len(a)
	if bracketed {
		r.change = graver(r.change, record.MarkedInsertion)
	}
	b = slices.DeleteFunc(slices.Clone(b), func(t token) bool { return t.is(edited) })
	r.change = graver(r.change, r.unpaired(own, b, bracketed, border))
}

func (r *replacement) unpaired(a, b []token, bracketed, border bool) record.Change {
	if len(a)+len(b) == 0 && !bracketed {
		return record.Verbatim
	}
	here, full := says(a), says(b)
	na, nb := numbers(a), numbers(b)
	switch {
	case na != nb && nb != "" && (na != "" || len(a) > 0 && hasFigure(b)) && !(oneOf(a) && oneOf(b)):
		return record.NumberChanged
	case here && full && len(a) <= 4 && len(b) <= 4 && r.c.otherName(a, b):
		return record.NameChanged
	case here && full:
		return record.WordReplaced
	case here && slices.ContainsFunc(b, isPerson) || full && slices.ContainsFunc(a, isPerson):
		return record.Inflection // a pronoun for the one it stands for
	case here:
		return record.Insertion
	case bracketed && (full || len(a) == 0):
		return record.MarkedInsertion
	case full && r.gap:
		return record.MarkedOmission
	case full:
		return record.Omission
	case len(a) == 0 || len(b) == 0:
		return record.CleanUp
	case other(a) && other(b):
		return record.WordReplaced
	case border || hasPerson(a) || hasPerson(b): // "our" printed as "this"
		return record.Inflection
	}
	return record.CleanUp
}

func hasPerson(toks []token) bool { return slices.ContainsFunc(toks, isPerson) }

// isPerson tells whether the word is a pronoun that turns with the speaker.
func isPerson(t token) bool { return forms().persons[t.norm()] }

// says tells whether words hold anything of content, slips of the tongue left
// out: "you know", "I mean".
func says(toks []token) bool {
	for i := 0; i < len(toks); {
		if ph, ok := signs().disfluency.at(toks, i); ok {
			i += len(ph.toks)
			continue
		}
		if toks[i].isContent() {
			return true
		}
		if value, ok := light()[toks[i].norm()]; ok && value == "" {
			return true
		}
		i++
	}
	return false
}

// other tells whether a word is there that another of its sort may stand for:
// "for", "against".
func other(toks []token) bool {
	return slices.ContainsFunc(toks, func(t token) bool { _, ok := light()[t.norm()]; return ok })
}

// bond says how words here and words of the full wording are the same in
// another form, and how many there are of each.
type bond struct {
	here, full int
	how        likeness
}

type likeness int

const (
	unlike likeness = iota
	inflected
	spelled // the same word in another spelling
	equal
)

func (k bond) change() record.Change {
	switch k.how {
	case inflected:
		return record.Inflection
	case spelled:
		return record.CleanUp
	}
	return record.Verbatim
}

// pairing is a place where two sides have something in common.
type pairing struct {
	i, j int
	bond bond
}

// pair lays a over b so that as much as can be has something in common, in
// order. Closer likeness counts for more.
func pair(a, b []token) []pairing {
	w := len(b) + 1
	best := make([]int, (len(a)+1)*w)
	with := make([]bond, len(best))
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			at := i*w + j
			best[at] = max(best[at+w], best[at+1])
			k := likeAt(a[i:], b[j:])
			if k.how == unlike {
				continue
			}
			if got := int(k.how)*(k.here+k.full) + best[(i+k.here)*w+j+k.full]; got > best[at] {
				best[at], with[at] = got, k
			}
		}
	}
	var out []pairing
	for i, j := 0, 0; i < len(a) && j < len(b); {
		at := i*w + j
		switch k := with[at]; {
		case k.how != unlike:
			out = append(out, pairing{i, j, k})
			i, j = i+k.here, j+k.full
		case best[at] == best[at+w]:
			i++
		default:
			j++
		}
	}
	return out
}

// likeAt tells what the beginnings of two rows of words have in common.
func likeAt(a, b []token) bond {
	if sameWord(&a[0], &b[0]) {
		return bond{1, 1, equal}
	}
	if k, ok := spellings().at(a, b); ok {
		return k
	}
	if n, m := amountAt(a), amountAt(b); n > 0 && m > 0 && numbers(a[:n]) == numbers(b[:m]) {
		return bond{n, m, spelled}
	}
	return bond{1, 1, likeWords(&a[0], &b[0])}
}

func likeWords(t, u *token) likeness {
	switch {
	case forms().same(t.norm(), u.norm()):
		return inflected
	case t.is(function) || u.is(function) || t.isNumber() || u.isNumber():
		return unlike
	case denied(t, u):
		return unlike
	case t.is(capital) && u.is(capital) && sameNameSpelt(t.norm(), u.norm()):
		return spelled
	case sameStem(t.norm(), u.norm()):
		return inflected
	}
	return unlike
}

// sameNameSpelt tells whether two names are one in two spellings. Shorter
// names with one letter between them are two people's.
func sameNameSpelt(a, b string) bool { return len(a) >= 5 && len(b) >= 5 && oneEdit(a, b) }

// formList is which words are forms of one.
type formList struct {
	groups  map[string][]int
	persons map[string]bool // the pronouns of the first group
	endings []string
}

var forms = sync.OnceValue(func() *formList {
	f := &formList{groups: map[string][]int{}, persons: map[string]bool{}}
	for i, e := range lang.For("en").List("forms").Entries {
		if strings.HasPrefix(e.Word, "-") {
			f.endings = append(f.endings, e.Word[1:])
			continue
		}
		for _, w := range strings.Fields(e.Word) {
			f.groups[w] = append(f.groups[w], i)
			if e.Value == "person" {
				f.persons[w] = true
			}
		}
	}
	return f
})

// same tells whether two words stand in one line of the list.
func (f *formList) same(a, b string) bool {
	for _, g := range f.groups[a] {
		if slices.Contains(f.groups[b], g) {
			return true
		}
	}
	return false
}

// sameStem tells whether endings alone tell two words apart.
func sameStem(a, b string) bool {
	const shortest = 3 // letters of a stem
	for _, x := range stems(a) {
		if len(x) >= shortest && slices.Contains(stems(b), x) {
			return true
		}
	}
	return false
}

// stems are the stems that a word may be made of.
func stems(w string) []string {
	out := []string{plainStem(cutEnding(w))}
	for _, e := range forms().endings {
		if base, ok := strings.CutSuffix(w, e); ok {
			out = append(out, plainStem(cutEnding(base)), plainStem(mute(base)))
		}
	}
	return out
}

// plainStem writes "happi", as in "happily", with the letter of "happy".
func plainStem(w string) string {
	if base, ok := strings.CutSuffix(w, "i"); ok {
		return base + "y"
	}
	return w
}

// light are the function words that carry meaning, with the value of the list.
var light = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, e := range lang.For("en").List("light").Entries {
		out[e.Word] = e.Value
	}
	return out
})

// past are the past tenses that have no "-ed".
var past = sync.OnceValue(func() *lang.List { return lang.For("en").List("past") })

var units = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, e := range lang.For("en").List("units").Entries {
		out[e.Word] = true
	}
	return out
})

// opposites are the words that deny each other by a prefix.
var opposites = sync.OnceValue(func() map[[2]string]bool {
	out := map[[2]string]bool{}
	for _, e := range lang.For("en").List("opposites").Entries {
		for _, v := range strings.Fields(e.Value) {
			out[[2]string{e.Word, v}], out[[2]string{v, e.Word}] = true, true
		}
	}
	return out
})

func denied(t, u *token) bool { return opposites()[[2]string{t.norm(), u.norm()}] }

// turned tells whether a word here denies one of the full wording by its
// prefix: "possible", "impossible".
func turned(a, b []token) bool {
	turns := 0
	for i := range a {
		for j := range b {
			if denied(&a[i], &b[j]) {
				turns++
			}
		}
	}
	return turns%2 == 1
}

// spellingList is the phrases that are written in several ways.
type spellingList struct {
	by map[uint64][]spelling // by the first word of either
}

type spelling struct{ one, other []token }

var spellings = sync.OnceValue(func() *spellingList {
	l := &spellingList{by: map[uint64][]spelling{}}
	for _, e := range lang.For("en").List("spellings").Entries {
		one := NewText(e.Word).toks
		for _, v := range strings.Split(e.Value, ",") {
			two := NewText(v).toks
			l.by[one[0].id] = append(l.by[one[0].id], spelling{one, two})
			l.by[two[0].id] = append(l.by[two[0].id], spelling{two, one})
		}
	}
	return l
})

// at tells whether a and b begin with two spellings of one phrase, the longest
// there is.
func (l *spellingList) at(a, b []token) (bond, bool) {
	best := bond{}
	for _, s := range l.by[a[0].id] {
		if begins(a, s.one) && begins(b, s.other) && len(s.one)+len(s.other) > best.here+best.full {
			best = bond{len(s.one), len(s.other), spelled}
		}
	}
	return best, best.how == spelled
}

func begins(toks, with []token) bool {
	if len(toks) < len(with) {
		return false
	}
	for i := range with {
		if toks[i].id != with[i].id {
			return false
		}
	}
	return true
}
