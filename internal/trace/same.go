package trace

import "strings"

// sameWord tells whether two tokens are the same word: equal when folded, a
// masked word and what it masks, or 's and 'd and what they may stand for.
func sameWord(a, b *token) bool {
	if a.id == b.id {
		return true
	}
	if a.is(wild) || b.is(wild) {
		return masks(a, b)
	}
	if a.norm()[0] == '\'' || b.norm()[0] == '\'' {
		return standsFor(a.norm(), b.norm()) || standsFor(b.norm(), a.norm())
	}
	return false
}

func standsFor(short, long string) bool {
	switch short {
	case "'s":
		return long == "is" || long == "has" || long == "us"
	case "'d":
		return long == "would" || long == "had"
	}
	return false
}

// masks tells whether two tokens, at least one of them masked, can be the
// same word: each mark stands for one letter or, at a word's end, for more.
func masks(a, b *token) bool {
	if !a.is(wild) {
		a, b = b, a
	}
	head, _, _ := strings.Cut(a.norm(), "*")
	tail := a.norm()[strings.LastIndexByte(a.norm(), '*')+1:]
	if b.is(wild) {
		bh, _, _ := strings.Cut(b.norm(), "*")
		bt := b.norm()[strings.LastIndexByte(b.norm(), '*')+1:]
		return (strings.HasPrefix(head, bh) || strings.HasPrefix(bh, head)) &&
			(strings.HasSuffix(tail, bt) || strings.HasSuffix(bt, tail))
	}
	if len(head)+len(tail) == 0 || len(b.norm()) <= len(head)+len(tail) {
		return false
	}
	return strings.HasPrefix(b.norm(), head) && strings.HasSuffix(b.norm(), tail) && len(b.norm())-len(a.norm()) <= 6
}

// sameOrSlip is sameWord for words that somebody typed: it forgives one wrong
// letter in a long word, and a swapped, missing or doubled one in a short one,
// where what was typed is no word of the language. Two short words that differ
// in a letter are two words, and two names are two names.
func sameOrSlip(typed, kept *token) bool {
	if sameWord(typed, kept) {
		return true
	}
	a, b := typed.norm(), kept.norm()
	if min(len(a), len(b)) < 3 || typed.mark&(numeral|wild) != 0 || kept.mark&(numeral|wild) != 0 {
		return false
	}
	if _, known := lexicon().words[a]; known {
		return false
	}
	if strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") {
		return false // singular and plural are two words
	}
	if len(a) >= longWord && len(b) >= longWord {
		return oneEdit(a, b)
	}
	if _, known := lexicon().words[b]; !known || a[0] != b[0] || len(a) == len(b) && !swapped(a, b) {
		return false
	}
	return oneEdit(a, b) && (len(a) == len(b) || min(len(a), len(b)) > 3)
}

// longWord is how long a word is that one wrong letter leaves recognisable.
const longWord = 6

// swapped tells whether two words of one length have the same letters.
func swapped(a, b string) bool {
	var n [256]int
	for i := range len(a) {
		n[a[i]]++
		n[b[i]]--
	}
	return n == [256]int{}
}

// oneEdit tells whether one letter wrong, missing, added or two neighbours
// swapped lead from a to b.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) || a[i+1:] == b[i+1:] {
		return true
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}

// sameSpelling tells whether two runs of tokens are the same words in another
// house style: "health care" and "healthcare", "favour" and "favor".
func sameSpelling(a, b []token) bool {
	if len(a) > 4 || len(b) > 4 || a[0].norm()[0] != b[0].norm()[0] {
		return false // no house changes the first letter
	}
	x, y := joined(a), joined(b)
	if x == y {
		return true
	}
	return len(a) == len(b) && houseStyle(x) == houseStyle(y)
}

func joined(toks []token) string {
	if len(toks) == 1 {
		return toks[0].norm()
	}
	var b strings.Builder
	for i := range toks {
		b.WriteString(toks[i].norm())
	}
	return b.String()
}

// houseStyle brings British and American spellings to one form. The forms are
// no words; they only have to be equal.
var houseStyle = strings.NewReplacer(
	"our", "or", "isation", "ization", "ise", "ize", "ising", "izing", "yse", "yze", "ysing", "yzing",
	"tre", "ter", "ogue", "og", "ence", "ense", "elled", "eled", "elling", "eling", "grey", "gray",
	"programme", "program", "cheque", "check", "tyre", "tire", "judgement", "judgment",
).Replace
