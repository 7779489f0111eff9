package tag

import (
	"unicode"
	"unicode/utf8"
)

// Token is one token as the network sees it.
type Token struct {
	Key  string // the word's key in the vocabulary (package words)
	Form string // the word as printed, for its shape
	// What the paragraph tells of the token, each below the size of its table.
	Quote uint8  // where it stands to the nearest quotation marks
	Gap   uint8  // how far the marks before and after are
	Place uint8  // in which paragraph and sentence it stands
	Left  uint8  // the nearest cue before it
	Right uint8  // the nearest cue after it
	Bits  uint32 // its word classes
}

// table is a table of learned vectors, one of them for each value that a
// feature takes.
type table struct {
	name      string
	size, dim int
}

// tables are the features looked up in tables, in the order in which their
// vectors stand in the network's input, after the word's own.
var tables = [...]table{
	{"suffix of 3", 4096, 12},
	{"suffix of 2", 1024, 8},
	{"prefix of 3", 4096, 10},
	{"shape", 32, 8},
	{"quote", 64, 10},
	{"gap", 64, 8},
	{"place", 64, 6},
	{"left cue", 64, 6},
	{"right cue", 64, 6},
}

// Bits is the number of word classes.
const Bits = 28

// values are the values of the features of tables, in their order.
func (t *Token) values() [len(tables)]int {
	k := t.Key
	return [...]int{
		hash(tail(k, 3), 4096), hash(tail(k, 2), 1024), hash(start(k, 3), 4096), shape(t.Form),
		int(t.Quote), int(t.Gap), int(t.Place), int(t.Left), int(t.Right),
	}
}

// hash is FNV-1a, folded to n values (n a power of two).
func hash(s string, n uint32) int {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return int((h ^ h>>15) & (n - 1))
}

// tail is the last n runes of s, or all of it.
func tail(s string, n int) string {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return s[at:]
}

// start is the first n runes of s, or all of it.
func start(s string, n int) string {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return s[:at]
}

// shape tells capitals, digits and marks: whether the first letter is upper
// case, whether others are, whether there are lower-case letters, digits, or
// other characters; each of them one bit.
func shape(s string) int {
	out := 0
	for i, r := range s {
		switch {
		case unicode.IsUpper(r) && i == 0:
			out |= 1
		case unicode.IsUpper(r):
			out |= 2
		case unicode.IsLetter(r):
			out |= 4
		case unicode.IsDigit(r):
			out |= 8
		default:
			out |= 16
		}
	}
	return out
}
