// Package people says which person each chain of an article is, across
// articles. It is cautious both ways: the same whole name is taken for the
// same person unless something speaks against it, and the reason says how sure
// that is; a surname alone is joined only where one person of that name is in
// question. Names are compared by Key, and ids are made from them, so that
// reading everything again gives the same ids, in whatever order it arrives.
package people

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onrecord/internal/record"
)

// Seen is one chain of one article: all that this stage knows of it.
type Seen struct {
	Article string // Article.ID
	Outlet  string
	Chain   int
	// Published is when the article was; it may be unknown.
	Published record.When
	Name      string
	Aliases   []string
	Nature    record.Nature
	Gender    record.Gender
	Roles     []string // what the article calls the referent besides names
	Company   []string // the other whole names in the article
}

// Identity says which person a chain is, and why.
type Identity struct {
	Article string
	Chain   int
	Person  string // record.Person.ID
	Reason  string
}

// Lookup is what Place needs to know of the persons met so far.
type Lookup interface {
	// ByName returns the persons one of whose names has this Key, whole or as
	// its last word, in order of id.
	ByName(key string) ([]record.Person, error)
	// InOutlet tells whether an article of the outlet speaks of the person.
	InOutlet(person, outlet string) (bool, error)
}

// SeenOf makes the Seen of an article's chains. Chains without a name ("a
// spokesman") are nobody across articles and are left out.
func SeenOf(a *record.Article, chains []record.Chain) []Seen {
	var whole []string
	for i := range chains {
		if named(&chains[i]) && strings.Contains(chains[i].Name, " ") {
			whole = append(whole, chains[i].Name)
		}
	}
	var out []Seen
	for i := range chains {
		c := &chains[i]
		if !named(c) {
			continue
		}
		s := Seen{Article: a.ID, Outlet: a.Outlet, Published: a.Published, Chain: c.ID, Name: c.Name, Aliases: c.Aliases, Nature: c.Nature, Gender: c.Gender}
		for _, n := range whole {
			if n != c.Name {
				s.Company = append(s.Company, n)
			}
		}
		for _, m := range c.Mentions {
			if m.Kind == record.ByDescription {
				s.Roles = append(s.Roles, m.Of(a.Text))
			}
		}
		out = append(out, s)
	}
	return out
}

func named(c *record.Chain) bool {
	for _, m := range c.Mentions {
		if m.Kind == record.ByName {
			return true
		}
	}
	return false
}

// fold makes two spellings equal: lower case, no diacritics, no points.
func fold(name string) string {
	plain := true
	for i := 0; i < len(name); i++ {
		plain = plain && name[i] < 0x80
	}
	if !plain {
		name = norm.NFD.String(name)
	}
	var b strings.Builder
	for _, r := range name {
		switch {
		case r == '.' || unicode.Is(unicode.Mn, r):
		case r == '’' || r == '‘':
			b.WriteByte('\'')
		case r == '‐' || r == '‑':
			b.WriteByte('-')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// legal forms end the names of companies and tell nothing.
var legal = map[string]bool{"inc": true, "ltd": true, "llc": true, "corp": true, "co": true, "plc": true, "gmbh": true}

// Key is a name as names are compared: without case, diacritics and points,
// without the initials in the middle of a person's name, without "the" and
// the legal form of a company.
func Key(name string, nature record.Nature) string {
	w := strings.Fields(fold(name))
	if nature == record.APerson {
		k, _ := initials(w)
		return strings.Join(k, " ")
	}
	for len(w) > 1 && w[0] == "the" {
		w = w[1:]
	}
	for len(w) > 1 && legal[strings.Trim(w[len(w)-1], ",")] {
		w = w[:len(w)-1]
		w[len(w)-1] = strings.TrimSuffix(w[len(w)-1], ",")
	}
	return strings.Join(w, " ")
}

// initials parts the words of a name from the initials in its middle.
func initials(w []string) (rest []string, middle string) {
	for i, x := range w {
		if i > 0 && i < len(w)-1 && len(x) == 1 {
			middle += x
			continue
		}
		rest = append(rest, x)
	}
	return rest, middle
}

// middleOf is the initials in the middle of a name.
func middleOf(name string) string {
	_, m := initials(strings.Fields(fold(name)))
	return m
}

// IDOf makes an id from a key: letters and digits, all else a hyphen.
func IDOf(key string, nature record.Nature) string {
	var b strings.Builder
	b.WriteByte('p')
	if nature != record.APerson {
		b.Reset()
		b.WriteByte('o')
	}
	hyphen := true
	for _, r := range key {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if hyphen {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(r)
			continue
		}
		hyphen = r != '\'' || hyphen
	}
	return b.String()
}

func lastWord(key string) string { return key[strings.LastIndexByte(key, ' ')+1:] }

func firstWord(key string) string {
	w, _, _ := strings.Cut(key, " ")
	return w
}
