package trace

import (
	"slices"
	"strings"
	"sync"

	"onrecord/internal/lang"
)

// fullForms are the given names that short forms stand for (nicknames.txt).
var fullForms = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	for _, e := range lang.For(lang.Fallback).List("nicknames").Entries {
		m[e.Word] = append(m[e.Word], strings.Fields(e.Value)...)
	}
	return m
})

// sameName tells whether two names can be one person's: the same surname, and
// every other word of the shorter name in the longer, as it stands, as a short
// form (Gus, Augustus; Theo, Theodore) or as an initial.
func sameName(a, b string) bool {
	if a == b {
		return a != ""
	}
	return sameNames(nameWords(a), nameWords(b))
}

// sameNames is sameName of the words of two names.
func sameNames(x, y []string) bool {
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	for _, w := range x[:len(x)-1] {
		if !slices.ContainsFunc(y[:len(y)-1], func(o string) bool { return sameGiven(w, o) }) {
			return false
		}
	}
	return true
}

// shortForm tells two whole names that differ and can be one person's all the
// same: Gus Tarrant and Augustus Tarrant.
func shortForm(a, b string) bool {
	return a != b && strings.Contains(a, " ") && strings.Contains(b, " ") && sameName(a, b)
}

// nameWords are the words of a name in lower case, "Jr." and points left out.
func nameWords(name string) []string {
	var out []string
	for _, t := range NewText(name).toks {
		if t.norm() != "jr" && t.norm() != "sr" {
			out = append(out, t.norm())
		}
	}
	return out
}

func sameGiven(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a == b || len(a) == 1 && strings.HasPrefix(b, a) || len(a) > 2 && strings.HasPrefix(b, a) {
		return true
	}
	for _, full := range append(fullForms()[a], fullForms()[b]...) {
		if full == a || full == b {
			return true
		}
	}
	return false
}
