package trace

import (
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

// generic are last words of an outlet's name that reports add or leave out:
// "People magazine", "the Gazette newspaper", "CNN news".
var generic = []string{"magazine", "newspaper", "news", "online", "website", "channel", "network", "podcast", "show", "agency", "site",
	"television", "tv", "radio", "com", "org", "net"}

// outletWords are the words of an outlet's name that tell it from others, in
// lower case: no article, no possessive, no word for what it is, nothing in
// brackets or behind a dash ("CNN (Web News)", "New York Times - News").
func outletWords(name string) []string {
	words := allWords(name)
	for len(words) > 1 && slices.Contains(generic, words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// allWords are outletWords with the word for what it is.
func allWords(name string) []string {
	for _, sep := range []string{" (", " - ", " – ", " — ", " | "} {
		if head, _, ok := strings.Cut(name, sep); ok && head != "" {
			name = head
		}
	}
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
	return words
}

// namesNone tells a credit that names no outlet in particular: "TV", or a
// person ("Mr. Hale").
func namesNone(name string) bool {
	w := outletWords(name)
	if len(w) == 0 || len(w) == 1 && slices.Contains(generic, w[0]) {
		return true
	}
	return slices.Contains([]string{"mr", "mrs", "ms", "dr", "sen", "rep", "gov"}, w[0])
}

// IsOutlet tells whether a name that a report uses ("the Gazette", "PopTally")
// can be the outlet of that name ("The Harbour Gazette") and address: the same
// words, the last words of the longer name, its initials, or the name of the
// host.
func IsOutlet(name, outlet, address string) bool { return outletFit(name, outlet, address) > noFit }

// fit is how well a name fits an outlet.
type fit int

const (
	noFit    fit = iota
	looseFit     // one word that ends many a name: "the Times"
	closeFit     // several words of the name, its initials, its host
	wholeFit
)

func outletFit(name, outlet, address string) fit {
	n, o := outletWords(name), outletWords(outlet)
	if len(n) == 0 {
		return noFit
	}
	compact := strings.Join(n, "")
	switch {
	case len(o) > 0 && compact == strings.Join(o, ""):
		return wholeFit
	case len(compact) > 2 && slices.Contains(hostNames(address), compact):
		return closeFit
	case len(o) == 0:
		return noFit
	case initials(n, allWords(outlet)) || initials(o, allWords(name)):
		return closeFit
	case endsWith(o, n) || endsWith(n, o):
		if min(len(n), len(o)) == 1 {
			return looseFit
		}
		return closeFit
	}
	return noFit
}

// isOwn tells whether a name is the outlet itself or one of its programmes:
// "Channel Six Breakfast" on Channel Six.
func isOwn(name string, e *record.Entry) bool {
	n, o := outletWords(name), outletWords(e.Outlet)
	return IsOutlet(name, e.Outlet, e.URL) || len(o) > 0 && len(o) < len(n) && slices.Equal(n[:len(o)], o)
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

// hostOf is the host of an address; "" for none.
func hostOf(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#:"); i >= 0 {
		rest = rest[:i]
	}
	return strings.ToLower(rest[strings.LastIndexByte(rest, '@')+1:])
}

// hostNames are the labels of an address's host before the last: "poptally"
// of https://www.poptally.example/x. The last is a country or a kind.
func hostNames(address string) []string {
	labels := strings.Split(hostOf(address), ".")
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
