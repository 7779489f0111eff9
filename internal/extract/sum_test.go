package extract

import (
	"strings"
	"testing"

	"onrecord/internal/record"
)

// report makes a text of so many sentences in an invented language of two
// thousand words, different for another seed.
func report(seed, sentences int) string {
	syllables := []string{"ka", "lo", "mi", "ter", "ves", "hu", "dra", "pol", "ne", "sin", "gar", "ow"}
	x := uint64(seed)*7919 + 1
	var b strings.Builder
	for range sentences {
		for i := range 14 {
			x = mix(x + 0x9e3779b97f4a7c15)
			n := len(syllables)
			word := syllables[x%uint64(n)] + syllables[x>>8%uint64(n)] + syllables[x>>16%uint64(n)]
			if i > 0 {
				b.WriteString(", "[i%5/4:])
			}
			b.WriteString(word)
		}
		b.WriteString(".\n\n")
	}
	return b.String()
}

func TestNearCopies(t *testing.T) {
	for seed := range 20 {
		whole := report(seed, 40)
		sum := Sum(whole)
		typeset := strings.NewReplacer("\n\n", "\r\n", "ka", "Ka", ",", " –").Replace(whole)
		for name, text := range map[string]string{
			"the same":            whole,
			"set in another type": typeset,
			"a fifth cut off":     report(seed, 33),
			"with a promo":        whole + "Subscribe to the harbour letter now.",
		} {
			if !record.Near(sum, Sum(text)) {
				t.Errorf("report %d, %s: no near copy", seed, name)
			}
		}
		for other := range seed {
			if record.Near(sum, Sum(report(other, 40))) {
				t.Errorf("reports %d and %d are near copies", seed, other)
			}
		}
	}
}

func TestSumOfLittle(t *testing.T) {
	if Sum("") != 0 || Sum(" … ") != 0 || record.Near(0, 0) {
		t.Error("no words are a copy of no words")
	}
	if Sum("No comment") == 0 || Sum("No comment") == Sum("Comment") {
		t.Error("two words have no sum of their own")
	}
}
