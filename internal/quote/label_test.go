package quote

import (
	"strings"
	"testing"

	"onrecord/internal/tag"
)

// sound tells whether labels are one a token, each a name or a continuation of
// the one before it.
func sound(t *testing.T, tokens, labels []string) {
	t.Helper()
	if len(labels) != len(tokens) {
		t.Fatalf("%d labels for %d tokens", len(labels), len(tokens))
	}
	before := "O"
	for i, l := range labels {
		place, name, _ := strings.Cut(l, "-")
		switch {
		case l == "O":
		case place != "B" && place != "I" || name != "source" && name != "cue" && name != "content":
			t.Fatalf("token %d: label %q", i, l)
		case place == "I" && before != "B-"+name && before != l:
			t.Fatalf("token %d: %q after %q", i, l, before)
		}
		before = l
	}
}

func TestLabelsAreSound(t *testing.T) {
	for name, m := range map[string]Model{"full": {Tagger: tag.Embedded()}, "fast": {Tagger: tag.EmbeddedFast(), Fast: true}} {
		for _, tokens := range [][]string{
			nil,
			{},
			{""},
			{"", "", ""},
			{"\x00"},
			{"\xff", "\xe2\x80", "\x9c", "said", "\x00"},
			{" ", "\n", "\u200b"},
			{"``"},
			{"''", "``", "\"", "“", "”", "'", "`"},
			{"Ann", "", "Roe", "said", "", "the", "pier", "is", "shut", ""},
			{"Ann Roe said", "the pier\nis shut", "."},
			strings.Fields("Ann Roe 's aide said she 'd go -- `` soon '' ."),
			strings.Fields(strings.Repeat("\" ", 900)),
			strings.Fields(strings.Repeat("Ann Roe said the pier is shut and ", 200)),
		} {
			before := strings.Join(tokens, "\x01")
			sound(t, tokens, m.Label(tokens))
			if strings.Join(tokens, "\x01") != before {
				t.Errorf("%s: the tokens %q were changed", name, before)
			}
		}
	}
}

// What any network that has learnt anything says of the plainest sentence.
func TestLabelOfAPlainSentence(t *testing.T) {
	tokens := strings.Fields("The minister said on Monday that the bridge was unsafe .")
	labels := Model{Tagger: tag.Embedded()}.Label(tokens)
	sound(t, tokens, labels)
	for word, want := range map[string]string{"minister": "source", "said": "cue", "bridge": "content", "unsafe": "content"} {
		for i, tok := range tokens {
			if tok == word && !strings.HasSuffix(labels[i], "-"+want) {
				t.Errorf("%s is labelled %s, want %s", word, labels[i], want)
			}
		}
	}
}

// A label goes to the token that holds the words, though the program's own
// tokens are others: “’s” is one of them, and the passage's may hold spaces.
func TestLabelsFallOnTheirTokens(t *testing.T) {
	apart := strings.Fields("The minister said the bridge was unsafe .")
	joined := []string{"The minister", "said", "the bridge", "was unsafe", "."}
	m := Model{Tagger: tag.Embedded()}
	one, two := m.Label(apart), m.Label(joined)
	at := 0
	for i, tok := range joined {
		name := func(l string) string { _, n, _ := strings.Cut(l, "-"); return n }
		held := map[string]bool{}
		for range strings.Fields(tok) {
			held[name(one[at])] = true
			at++
		}
		if !held[name(two[i])] {
			t.Errorf("%q is labelled %s; its words are %v", tok, two[i], held)
		}
	}
}
