package quote

import (
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// found is what the rules find in a body, a line each:
// kind | source | cue | parts, joined by " / ".
func found(t *testing.T, body string) []string {
	t.Helper()
	d := text.New(&record.Article{ID: "t", Text: body, Language: "en"})
	list, _ := Rules{}.Find(d)
	var out []string
	for _, c := range list {
		var parts []string
		for _, p := range c.Parts {
			parts = append(parts, p.Of(body))
		}
		out = append(out, strings.Join([]string{string(c.Kind), of(c.Source, body), of(c.Cue, body), strings.Join(parts, " / ")}, " | "))
	}
	return out
}

func of(s *record.Span, text string) string {
	if s == nil {
		return "-"
	}
	return s.Of(text)
}

// One sentence for each turn of phrase that the rules know.
func TestRules(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"tag after", `“We lost,” Ann Roe said.`, `direct | Ann Roe | said | We lost,`},
		{"inverted tag", `“We lost,” said Ann Roe, the mayor.`, `direct | Ann Roe | said | We lost,`},
		{"cue before", `Ann Roe said: “We lost.”`, `direct | Ann Roe | said | We lost.`},
		{"interrupted", `“We,” Ann Roe said on Monday, “lost.”`, `direct | Ann Roe | said | We, / lost.`},
		{"mixed", `Ann Roe said that the vote was “a farce” and a shame.`, `mixed | Ann Roe | said | a farce`},
		{"indirect with that", `Ann Roe told reporters on Monday that the vote was lost.`, `indirect | Ann Roe | told | the vote was lost`},
		{"indirect without that", `Ann Roe said the vote was lost.`, `indirect | Ann Roe | said | the vote was lost`},
		{"clause before the tag", `The vote was lost, Ann Roe said on Monday.`, `indirect | Ann Roe | said | The vote was lost`},
		{"clause round the tag", `Roe, he conceded, had not asked for it.`, `indirect | he | conceded | Roe / had not asked for it`},
		{"apposition", `Hugh Hill, a doctor in the town, said the ward was full.`, `indirect | Hugh Hill | said | the ward was full`},
		{"relative clause", `Ann Roe, who runs the ward, said it was full.`, `indirect | Ann Roe | said | it was full`},
		{"office before the name", `The mayor, Ann Roe, said the ward was full.`, `indirect | Ann Roe | said | the ward was full`},
		{"bracket after the name", `Rep. Ann Roe (R-Ohio) said the ward was full.`, `indirect | Rep. Ann Roe | said | the ward was full`},
		{"hanging phrase", `A spokesman for the ward said it was full.`, `indirect | A spokesman for the ward | said | it was full`},
		{"coordinated", `Roe said he was tired, but added that he would stay.`, `indirect | Roe | said | he was tired; indirect | Roe | added | he would stay`},
		{"participle", `Roe left the ward, saying: “Enough.”`, `direct | Roe | saying | Enough.`},
		{"inner cue of two", `Roe explains saying the ward was “full”.`, `mixed | Roe | saying | full`},
		{"object verb with infinitive", `Roe reportedly asked him to reconsider.`, `indirect | Roe | asked | him to reconsider`},
		{"according to", `According to Ann Roe, the ward was full.`, `indirect | Ann Roe | According to | the ward was full`},
		{"per", `Per the ward’s head, Ann Roe, the beds have come.`, `indirect | the ward’s head | Per | the beds have come`},
		{"relayed words", `The Gazette reported that Roe had said “we lost”.`, `mixed | Roe | said | we lost`},
		{"marked words with as", `Roe dismissed the plan as a “stunt”.`, `mixed | Roe | dismissed | stunt`},
		{"lead-in without a cue", "Roe let the board have it:\n\n“You lost.”", `direct | Roe | : | You lost.`},
		{"line after", "“We lost, and it was not even close.”\n\n— Commissioner Ann Roe", `direct | Commissioner Ann Roe | — | We lost, and it was not even close.`},
		{"name before", "And from Chair Ann Roe:\n\n“We lost.”", `direct | Chair Ann Roe | : | We lost.`},
		{"block", "The Tony winner wrote:\n\nI never lost.\n\nThe vote went on.", `block | The Tony winner | wrote | I never lost.`},
		{"swallowed tag", `“We lost, Ann Roe said.`, `direct | Ann Roe | said | We lost,`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(found(t, c.body), "; "); got != c.want {
				t.Errorf("%s\n got %s\nwant %s", c.body, got, c.want)
			}
		})
	}
}

// What looks like somebody's words and is none.
func TestRulesRefuse(t *testing.T) {
	for name, body := range map[string]string{
		"a question":              `Did Roe believe that he would win?`,
		"what he said":            `Half of what Roe said ended up in print.`,
		"negated":                 `Roe did not say whether the ward was full.`,
		"might":                   `Roe might say that the ward was full.`,
		"passive":                 `Roe was told that the ward was full.`,
		"noun":                    `The claims that the ward was full were old.`,
		"a name for a thing":      `He led a tour called “Sing It Loud” in May.`,
		"title":                   `They sang “Harbour Lights” and Pike’s “Tin Roof” in the ward.`,
		"a long title":            `Roe won a prize for her book “The Ward by the Sea: A Nurse and the Age of the Long Lamps.”`,
		"slogan":                  `Members of the “Bridges Not Walls” movement came.`,
		"scare quotes":            `The “ward” was a tent.`,
		"the report's own person": `I believe that the ward was full.`,
		"a remark about her that": `Roe explained a remark about the ward that has been printed often.`,
		"nobody before who":       `Who says the town must wait?`,
		"a bracket at the start":  `(Roe) said.`,
		"names of kettles":        `Kettle Recall: Check Your Base`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := found(t, body); len(got) != 0 {
				t.Errorf("%s\nfound %s", body, strings.Join(got, "; "))
			}
		})
	}
}

// Time and memory stay bounded where a text is nothing but trouble.
func TestLongTrouble(t *testing.T) {
	for _, unit := range []string{`“a” `, `said `, `he said that `, `“`, `Roe, `, `according to `, "wrote:\n\n"} {
		body := strings.Repeat(unit, 1<<18/len(unit))
		d := text.New(&record.Article{Text: body, Language: "en"})
		Rules{}.Find(d)
	}
}
