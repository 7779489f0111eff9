package people

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// Names that are written in more than one way. Where two whole names of one
// surname differ only by a short form of the given name, by a name in the
// middle or by a doubled letter, they are probably one person's, and the
// reason says what the doubt is.
const (
	shortForm = "probably the same: %s is short for %s"
	bothShort = "probably the same: %s and %s are short for one name"
	doubled   = "probably the same: %s and %s differ by a doubled letter"
	leftOut   = "probably the same: %s, with the name in the middle left out"
)

// parsed is a whole name taken apart, folded.
type parsed struct {
	first, last string
	middle      []string // whole names between them
	initials    string
	suffix      string
	whole       string // as it is printed
	shown       string // the given name as it is printed
}

// Small words of names, which stay what they are in every language.
var (
	suffixes  = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true}
	particles = map[string]bool{"de": true, "di": true, "du": true, "da": true, "la": true, "le": true, "el": true, "al": true, "y": true}
)

// partsOf takes a whole name apart; ok is false where it is none.
func partsOf(name string) (p parsed, ok bool) {
	w := strings.Fields(fold(name))
	if len(w) > 2 && suffixes[strings.Trim(w[len(w)-1], ",")] {
		p.suffix = w[len(w)-1]
		w = w[:len(w)-1]
	}
	if len(w) < 2 || len(w[0]) < 2 {
		return p, false
	}
	p.first, p.last = w[0], strings.TrimSuffix(w[len(w)-1], ",")
	for _, x := range w[1 : len(w)-1] {
		if len(x) < 3 && !particles[x] {
			p.initials += x
			continue
		}
		p.middle = append(p.middle, x)
	}
	p.whole = name
	p.shown, _, _ = strings.Cut(strings.TrimSpace(name), " ")
	return p, true
}

// kin says why two different whole names may be one person's; "": they may
// not, or nothing tells so.
func kin(a, b parsed) string {
	if a.last != b.last || a.initials != "" && b.initials != "" && a.initials != b.initials || !within(a.middle, b.middle) && !within(b.middle, a.middle) {
		return ""
	}
	if len(a.first) > len(b.first) || len(a.first) == len(b.first) && a.first > b.first {
		a, b = b, a
	}
	short := a.first != b.first && formalOf(a.first) == formalOf(b.first) || begins(a.first, b.first)
	if a.suffix != b.suffix && (!short || a.suffix != "" && b.suffix != "") {
		return "" // father and son; but Joseph Adair Jr. is Joe Adair to his friends
	}
	switch {
	case a.first == b.first:
		if len(a.middle) > len(b.middle) {
			a = b
		}
		return fmt.Sprintf(leftOut, a.whole)
	case short && formalOf(a.first) != a.first && formalOf(b.first) != b.first:
		return fmt.Sprintf(bothShort, a.shown, b.shown)
	case short && formalOf(b.first) != b.first:
		return fmt.Sprintf(shortForm, b.shown, a.shown)
	case short:
		return fmt.Sprintf(shortForm, a.shown, b.shown)
	case oneDoubled(a.first, b.first):
		return fmt.Sprintf(doubled, a.shown, b.shown)
	}
	return ""
}

// shortOf tells whether a is a short form of b.
func shortOf(a, b string) bool {
	return formalOf(a) == b || len(a) < len(b) && formalOf(a) == formalOf(b) && formalOf(a) != a || begins(a, b)
}

// within tells that all of a stands in b.
func within(a, b []string) bool {
	for _, x := range a {
		if !slices.Contains(b, x) {
			return false
		}
	}
	return true
}

// begins tells a short form that is the beginning of the name: Greg, Gregory;
// but neither Carol, Caroline nor Eric, Erica.
func begins(a, b string) bool {
	if len(a) < 3 || len(a) > 5 || len(b) < 6 || len(b)-len(a) < 2 || !strings.HasPrefix(b, a) {
		return false
	}
	g, h := genderOf(a), genderOf(b)
	return h != "" && (len(a) < 5 || g == h) && (g == h || g == "u" || h == "u")
}

// oneDoubled tells Diane from Dianne by one letter that stands twice.
func oneDoubled(a, b string) bool {
	if len(b) != len(a)+1 || len(a) < 4 {
		return false
	}
	for i := 1; i < len(b); i++ {
		if b[i] == b[i-1] && b[:i]+b[i+1:] == a {
			return true
		}
	}
	return false
}

var givenNames = sync.OnceValues(func() (nick, gender map[string]string) {
	nick, gender = map[string]string{}, map[string]string{}
	l := lang.For(lang.Fallback)
	for _, e := range l.List("nicknames").Entries {
		nick[e.Word] = e.Value
	}
	for _, e := range l.List("names").Entries {
		gender[e.Word], _, _ = strings.Cut(e.Value, ",")
	}
	return nick, gender
})

// formalOf is the name that a short form stands for, or the name itself.
func formalOf(first string) string {
	nick, _ := givenNames()
	if n := nick[first]; n != "" {
		return n
	}
	return first
}

func genderOf(first string) string {
	_, gender := givenNames()
	return gender[first]
}

// form is one whole name that articles use, and what they show of who it is.
type form struct {
	id       string // of the name, as joined by what one article says
	name     parsed
	articles []string // in order
	gender   record.Gender
}

// relatives joins the names of one surname that are kin, where nothing speaks
// against it: no article has both, and no two of them exclude each other
// ("Pat" beside "Patrick" and "Patricia" stays apart). why gets, for each name
// joined, the reason.
func relatives(forms []form, same, why map[string]string) {
	for len(forms) > 0 {
		n := 1
		for n < len(forms) && forms[n].name.last == forms[0].name.last {
			n++
		}
		family(forms[:n], same, why)
		forms = forms[n:]
	}
}

func family(forms []form, same, why map[string]string) {
	if len(forms) < 2 {
		return
	}
	edges := make([][]int, len(forms))
	for i := range forms {
		for j := range i {
			if kin(forms[i].name, forms[j].name) != "" {
				edges[i], edges[j] = append(edges[i], j), append(edges[j], i)
			}
		}
	}
	done := make([]bool, len(forms))
	for i := range forms {
		if done[i] || len(edges[i]) == 0 {
			continue
		}
		done[i] = true
		members := []int{i}
		for k := 0; k < len(members); k++ {
			for _, j := range edges[members[k]] {
				if !done[j] {
					done[j] = true
					members = append(members, j)
				}
			}
		}
		joinFamily(forms, members, same, why)
	}
}

// joinFamily joins forms that are linked, where all agree with all.
func joinFamily(forms []form, members []int, same, why map[string]string) {
	main := members[0]
	for n, i := range members {
		for _, j := range members[:n] {
			if a, b := &forms[i], &forms[j]; follow(same, a.id) != follow(same, b.id) && !agree(a, b) {
				return
			}
		}
		if a, b := &forms[i], &forms[main]; len(a.articles) > len(b.articles) || len(a.articles) == len(b.articles) && a.id < b.id {
			main = i
		}
	}
	for _, i := range members {
		if i == main {
			continue
		}
		if follow(same, forms[i].id) != follow(same, forms[main].id) {
			if r := kin(forms[i].name, forms[main].name); r != "" {
				why[forms[i].id] = r
			}
			join(same, forms[i].id, forms[main].id)
		}
	}
}

// agree tells whether two names that may be one person's have nothing against
// it.
func agree(a, b *form) bool {
	if a.gender != b.gender && a.gender != record.UnknownGender && b.gender != record.UnknownGender {
		return false
	}
	if a.name.first != b.name.first && kin(a.name, b.name) == "" || a.name.initials != "" && b.name.initials != "" && a.name.initials != b.name.initials ||
		!within(a.name.middle, b.name.middle) && !within(b.name.middle, a.name.middle) {
		return false
	}
	return !together(a.articles, b.articles)
}

// together tells that two names stand in one article as two people's more
// often than a reader of articles errs: of twenty, once.
func together(a, b []string) bool {
	both := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch strings.Compare(a[i], b[j]) {
		case -1:
			i++
		case 1:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	return both*20 > min(len(a), len(b))
}
