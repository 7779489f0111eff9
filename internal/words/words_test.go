package words

import (
	"slices"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

func TestKey(t *testing.T) {
	const article = "“He’s in,” said Ann Lee. ``No'' – 1,250 B-52 crews «left» in 2016. It is 5'."
	want := []string{
		`"`, "he", "'s", "in", ",", `"`, "said", "ann", "lee", ".", `"`, "no", `"`, "–", "0,000", "b-52",
		"crews", `"`, "left", `"`, "in", "0000", ".", "it", "is", "0", "'", ".",
	}
	d := text.New(&record.Article{Text: article, Language: "en"})
	var got []string
	for _, token := range d.Tokens {
		got = append(got, Key(token.Kind, token.Lower))
	}
	if !slices.Equal(got, want) {
		t.Errorf("keys of %q:\n got %q\nwant %q", article, got, want)
	}
}

// A mark has one key whether or not it found its partner.
func TestKeyOfLoneMark(t *testing.T) {
	for _, lower := range []string{`"`, "“", "”", "„", "«", "``", "''"} {
		if got := Key(text.Punct, lower); got != Quote {
			t.Errorf("Key(Punct, %q) = %q", lower, got)
		}
	}
}
