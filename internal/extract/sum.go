package extract

import (
	"unicode"
)

// Sum is a 64-bit signature of a text by which near copies are known: the
// simhash of its runs of three words (Charikar 2002). Give it the body alone,
// Text[BodyStart:]: two outlets may print one wire copy under two headlines.
func Sum(text string) uint64 {
	var votes [64]int32
	var last [3]uint64
	words := 0
	vote := func(h uint64) {
		for i := range votes {
			votes[i] += int32(h>>i&1)*2 - 1
		}
	}
	for h, rest := nextWord(text); h != 0; h, rest = nextWord(rest) {
		last[0], last[1], last[2] = last[1], last[2], h
		if words++; words >= 3 {
			vote(mix(last[0]*3 ^ mix(last[1]*5^mix(last[2]))))
		}
	}
	if words == 0 {
		return 0
	}
	if words < 3 {
		vote(mix(last[1]*5 ^ mix(last[2])))
	}
	var sum uint64
	for i, v := range votes {
		if v > 0 {
			sum |= 1 << i
		}
	}
	if sum == 0 {
		sum = 1 // 0 stands for "no words"
	}
	return sum
}

// nextWord hashes the next word, its case folded, and returns what follows;
// 0 at the end. Marks do not count: one wire copy is printed with curly marks
// here and straight ones there.
func nextWord(s string) (h uint64, rest string) {
	const prime = 1099511628211 // FNV-1a
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if h != 0 {
				return h, s[i:]
			}
			continue
		}
		if h == 0 {
			h = 14695981039346656037
		}
		h = (h ^ uint64(unicode.ToLower(r))) * prime
		if h == 0 {
			h = 1
		}
	}
	return h, ""
}

// mix spreads a hash over all 64 bits (the finaliser of splitmix64).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}
