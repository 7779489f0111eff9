package quote

import (
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// weighed are the words that weighed most for each of the model's candidates.
func weighed(t *testing.T, body string) [][]string {
	t.Helper()
	d := text.New(&record.Article{ID: "t", Text: body, Language: "en"})
	found, _ := Model{Tagger: tag.Embedded(), Raw: true, Why: true}.Find(d)
	var out [][]string
	for _, c := range found {
		if c.Reason.Rule != byModel {
			continue
		}
		var words []string
		for i, s := range c.Reason.Words {
			if i > 0 && s.Start < c.Reason.Words[i-1].End {
				t.Errorf("words out of order: %v", c.Reason.Words)
			}
			words = append(words, s.Of(body))
		}
		out = append(out, words)
	}
	return out
}

// Of four plain sentences the cue has to be among the words in three: which
// words weigh most is the model's affair, and a new one may differ.
func TestTheCueWeighs(t *testing.T) {
	cues := 0
	for _, c := range []struct{ body, cue string }{
		{"The minister said the bridge was unsafe.", "said"},
		{"Ann Roe, who runs the ferry, believes that the island will empty.", "believes"},
		{"The mill will close in May, the owner announced on Monday.", "announced"},
		{strings.Repeat("It rained on the harbour and the boats stayed in. ", 60) + "The minister said the bridge was unsafe.", "said"},
	} {
		got := weighed(t, c.body)
		if len(got) != 1 || len(got[0]) == 0 || len(got[0]) > wordsShown {
			t.Errorf("%s: %q", c.body[max(0, len(c.body)-60):], got)
			continue
		}
		if slices.Contains(got[0], c.cue) {
			cues++
		}
	}
	if cues < 3 {
		t.Errorf("the cue is among the words in %d of 4", cues)
	}
}

func TestWeighingIsTheSameAgain(t *testing.T) {
	body := "The minister said the bridge was unsafe. Its builder denied that it had been warned, and the mayor wants an inquiry."
	first := weighed(t, body)
	if len(first) < 2 {
		t.Fatalf("%q", first)
	}
	for range 3 {
		if again := weighed(t, body); !slices.EqualFunc(first, again, slices.Equal) {
			t.Errorf("%q, then %q", first, again)
		}
	}
}

// Rules keep the words that they name.
func TestRulesKeepTheirWords(t *testing.T) {
	body := "“We lost,” Ann Roe said."
	d := text.New(&record.Article{ID: "t", Text: body, Language: "en"})
	m := Model{Tagger: tag.Embedded()}
	found, _ := m.Find(d)
	if len(found) != 1 || found[0].Reason.Rule == byModel {
		t.Fatalf("%+v", found)
	}
	m.Why = true
	if again, _ := m.Find(d); !slices.Equal(found[0].Reason.Words, again[0].Reason.Words) {
		t.Errorf("%v became %v", found[0].Reason.Words, again[0].Reason.Words)
	}
}
