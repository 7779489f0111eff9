package text

import (
	"slices"
	"strings"
	"testing"
)

func TestDetokenise(t *testing.T) {
	for _, c := range []struct{ name, tokens, want string }{
		{"marks of a sentence", "The ferry , she said , was late .", "The ferry, she said, was late."},
		{"clitics", "Roe 's ferry did n't sail and they 'd know .", "Roe's ferry didn't sail and they'd know."},
		{"curly clitics", "Roe ’s ferry did n’t sail", "Roe’s ferry didn’t sail"},
		{"an apostrophe that begins a name", "the 'Tis and 'Til", "the 'Tis and 'Til"},
		{"brackets by name", "the pier -LRB- or quay -RRB- was -LSB- sic -RSB- shut", "the pier (or quay) was [sic] shut"},
		{"a dash", "late -- again", "late — again"},
		{"an amount", "it cost $ 5 and 3 % more", "it cost $5 and 3% more"},
		{"double marks", "`` We lost , '' Ann Roe said .", "“We lost,” Ann Roe said."},
		{"straight marks", `" We lost , " she said , " again . "`, "“We lost,” she said, “again.”"},
		{"a mark that faces the wrong way", "'' We lost , '' she said .", "“We lost,” she said."},
		{"a passage that begins inside a quotation", "It is over , '' she said .", "It is over,” she said."},
		{"marks within marks", "`` He said ` no ' to us , '' she said .", "“He said ‘no' to us,” she said."},
		{"a lone token", ",", ","},
	} {
		if got, _ := Detokenise(strings.Fields(c.tokens)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Each token has a place of its own, in order, whatever the tokens hold.
func TestDetokenisePlaces(t *testing.T) {
	for _, tokens := range [][]string{
		nil,
		{""},
		{"", "", "a", ""},
		{"\x00", "a\x00b", "\xff", "\xe2\x80", "\x9c"},
		{"a\nb", " ", "\t", "\u200b"},
		{"'", "''", "'''", "’", "'x"},
		strings.Fields(strings.Repeat("`` '' \" “ ” ` ' ", 50)),
		strings.Fields("`` The pier -LRB- and quay -RRB- is Roe 's , '' she said -- twice ."),
	} {
		body, spans := Detokenise(tokens)
		if len(spans) != len(tokens) {
			t.Errorf("%q: %d places for %d tokens", tokens, len(spans), len(tokens))
			continue
		}
		at := 0
		for i, s := range spans {
			if s.Start < at || s.End < s.Start || s.End > len(body) {
				t.Fatalf("%q: token %d stands at %v after byte %d of %d", tokens, i, s, at, len(body))
			}
			if between := body[at:s.Start]; between != "" && between != " " {
				t.Errorf("%q: %q stands before token %d", tokens, between, i)
			}
			_, renamed := treebank[tokens[i]]
			if got := s.Of(body); got != tokens[i] && !renamed && !isDouble(tokens[i]) {
				t.Errorf("%q: token %d became %q", tokens, i, got)
			}
			at = s.End
		}
		if at != len(body) {
			t.Errorf("%q: %q stands after the last token", tokens, body[at:])
		}
	}
}

// Double marks face in turns, so that each pair can be found again.
func TestDetokeniseTurns(t *testing.T) {
	for _, tokens := range []string{
		"`` a '' b `` c ''",
		"`` a `` b `` c ``",
		"a '' b `` c '' d",
		"“ a ” b “ c",
	} {
		body, _ := Detokenise(strings.Fields(tokens))
		var marks []string
		for _, r := range body {
			if r == '“' || r == '”' {
				marks = append(marks, string(r))
			}
		}
		if doubles := len(slices.DeleteFunc(strings.Fields(tokens), func(w string) bool { return !isDouble(w) })); len(marks) != doubles {
			t.Errorf("%s: %d marks, want %d", tokens, len(marks), doubles)
		}
		for i := 1; i < len(marks); i++ {
			if marks[i] == marks[i-1] {
				t.Errorf("%s: two marks in a row face the same way in %q", tokens, body)
			}
		}
	}
}
