package trace

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

// generic are last words of an outlet's name that reports add or leave out:
// "People magazine", "the Gazette newspaper", "CNN news".
var generic = []string{"magazine", "newspaper", "news", "online", "website", "channel", "network", "podcast", "show", "agency", "site", "com", "org", "net"}

// outletWords are the words of an outlet's name that tell it from others, in
// lower case: no article, no possessive, no word for what it is.
func outletWords(name string) []string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != '&'
	})
	for i, w := range words {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		words[i] = strings.Trim(w, "'’")
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	if len(words) > 1 && (words[0] == "the" || words[0] == "le" || words[0] == "el") {
		words = words[1:]
	}
	for len(words) > 1 && slices.Contains(generic, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// IsOutlet tells whether a name that a report uses ("the Gazette", "PopTally")
// can be the outlet of that name ("The Harbour Gazette") and address: the same
// words, the last words of the longer name, its initials, or the name of the
// host.
func IsOutlet(name, outlet, address string) bool {
	n := outletWords(name)
	if len(n) == 0 {
		return false
	}
	o := outletWords(outlet)
	if len(o) > 0 && (endsWith(o, n) || endsWith(n, o) || initials(n, o) || initials(o, n)) {
		return true
	}
	compact := strings.Join(n, "")
	return len(o) > 0 && compact == strings.Join(o, "") || len(compact) > 2 && slices.Contains(hostNames(address), compact)
}

// endsWith tells whether short is the end of long.
func endsWith(long, short []string) bool {
	return len(short) <= len(long) && slices.Equal(long[len(long)-len(short):], short)
}

// initials tells whether short is one word made of the first letters of long.
func initials(short, long []string) bool {
	if len(short) != 1 || len(long) < 2 {
		return false
	}
	var b strings.Builder
	for _, w := range long {
		r := []rune(w)
		b.WriteRune(r[0])
	}
	return b.String() == short[0]
}

// hostNames are the labels of an address's host before the last: "poptally"
// of https://www.poptally.example/x. The last is a country or a kind.
func hostNames(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return nil
	}
	labels := strings.Split(strings.ToLower(u.Hostname()), ".")
	labels = labels[:len(labels)-1]
	return slices.DeleteFunc(labels, func(l string) bool { return l == "www" || l == "" })
}

// outletKey is what reports of one outlet have in common: its name, else its
// host; "" where neither is known.
func outletKey(e *record.Entry) string {
	if w := outletWords(e.Outlet); len(w) > 0 {
		return strings.Join(w, " ")
	}
	return strings.Join(hostNames(e.URL), ".")
}
