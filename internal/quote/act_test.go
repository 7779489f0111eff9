package quote

import (
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// told reads a sentence with its [source], {cue} and <content> set off.
func told(t *testing.T, marked string) (*text.Doc, Told) {
	t.Helper()
	var plain strings.Builder
	var a Told
	open := 0
	for _, r := range marked {
		at := plain.Len()
		switch r {
		case '[', '{', '<':
			open = at
		case ']':
			a.Source = append(a.Source, record.Span{Start: open, End: at})
		case '}':
			a.Cue = append(a.Cue, record.Span{Start: open, End: at})
		case '>':
			a.Content = append(a.Content, record.Span{Start: open, End: at})
		default:
			plain.WriteRune(r)
		}
	}
	return text.New(&record.Article{ID: "t", Text: plain.String(), Language: "en"}), a
}

// One sentence for each way in which a cue tells the act.
func TestActOf(t *testing.T) {
	for _, c := range []struct {
		name, sentence string
		want           record.Act
	}{
		{"cue verb", `[Roe] {said} <the ferry was late>.`, record.Speech},
		{"cue verb of thought", `[Roe] {believes} <the ferry was late>.`, record.Thought},
		{"cue verb of writing", `[Roe] {tweeted} <that the ferry was late>.`, record.Writing},
		{"listed verb", `[Roe] {railed against} <the ferry company>.`, record.Speech},
		{"deed", `[The mayor] {signed} <the ferry bill into law>.`, record.Thought},
		{"attitude", `[Roe] {was worried about} <the ferry>.`, record.Thought},
		{"unknown phrase", `[Roe]{’s gut goes for} <the later ferry>.`, record.Thought},
		{"unknown verb with marks", `[Roe] {deadpanned}, <“The ferry is late again.”>`, record.Speech},
		{"unknown verb with scare quotes", `[Roe] {booked} <the last “party” ferry of the year>.`, record.Thought},
		{"marks round the whole", `“I know [Roe] {went with} <the later ferry of the two>,” said Calder.`, record.Thought},
		{"noun", `[Roe’s] {promise} <to mend the ferry> was forgotten.`, record.Speech},
		{"noun of the mind", `[Roe’s] {hope} <to mend the ferry> was dashed.`, record.Thought},
		{"wish to speak", `[Roe] {wants to say} <that the ferry is late>.`, record.Thought},
		{"attempt to speak", `[Roe] {tried to convince} <the board to mend the ferry>.`, record.Speech},
		{"attempt at a deed", `[Roe] {tried to beach} <the ferry>.`, record.Thought},
		{"saying what is felt", `[Roe] {said they hoped} <to mend the ferry>.`, record.Speech},
		{"clause of its own", `[Roe] {sued the company, claiming} <the ferry was late>.`, record.Speech},
		{"begun by speaking", `[Roe] {began by praising} <the ferry>.`, record.Speech},
		{"begun otherwise", `[Roe] {began} <the day on the ferry>.`, record.Thought},
		{"denied", `[Roe] {did not say} <whether the ferry was late>.`, record.Speech},
		{"silent", `[Roe] {did not respond to} <questions about the ferry>.`, record.Thought},
		{"not silent", `[Roe] {responded to} <questions about the ferry>.`, record.Speech},
		{"said on paper", `[Roe] {said in a statement} <that the ferry was late>.`, record.Writing},
		{"paper says", `[The report] {says} <the ferry was late>.`, record.Writing},
		{"paper with a date", `[A poll released on Monday] {showed} <the ferry ahead>.`, record.Writing},
		{"somebody shows", `[Roe] {showed} <the ferry to her guests>.`, record.Thought},
		{"footage", `[The footage] {revealed} <the ferry adrift>.`, record.Thought},
		{"according to somebody", `{According to} [Roe], <the ferry was late>.`, record.Speech},
		{"according to a paper", `{According to} [a survey of sailors], <the ferry was late>.`, record.Writing},
		{"outlet by its ending", `[The Port Rill Gazette] {reported} <that the ferry was late>.`, record.Writing},
		{"in a poll", `{In} [a recent poll], <the ferry was well ahead>.`, record.Writing},
		{"colon", `[Roe]{:} <Ferry is late>`, record.Speech},
		{"no cue, marked", `<“The ferry is late again.”>`, record.Speech},
		{"no cue, unmarked", `<The ferry is late again.>`, record.Thought},
		{"phrase into the content", `[Roe] {agreed} <to mend the ferry>.`, record.Thought},
		{"phrase before the content", `[Roe] {agreed} on Monday to <a later ferry>.`, record.Thought},
		{"no phrase", `[Roe] {agreed} <that the ferry was late>.`, record.Speech},
		{"part of a word", `a self-{described} <sailor>`, record.Speech},
	} {
		d, a := told(t, c.sentence)
		if got := ActOf(d, a); got != c.want {
			t.Errorf("%s: %s: %s, want %s", c.name, c.sentence, got, c.want)
		}
	}
}

// cues.txt is the one source of truth for its verbs: acts.txt must not give
// another act to a form that stands there.
func TestActsAgreeWithCues(t *testing.T) {
	d := text.New(&record.Article{ID: "t", Text: "x", Language: "en"})
	acts := map[string]string{}
	for _, e := range d.Lang.List("acts").Entries {
		for _, w := range strings.Fields(e.Word) {
			for _, v := range strings.Fields(e.Value) {
				if actMarks[v] != 0 {
					continue
				}
				if a := record.Act(v); a != record.Speech && a != record.Writing && a != record.Thought {
					t.Errorf("%s: %q is neither an act nor a mark", w, v)
				}
				if acts[w] != "" && acts[w] != v {
					t.Errorf("%s is %s and %s", w, acts[w], v)
				}
				acts[w] = v
			}
		}
	}
	for _, e := range d.Lang.List("cues").Entries {
		act, _, _ := strings.Cut(e.Value, " ")
		for _, w := range strings.Fields(e.Word) {
			if a := acts[w]; a != "" && a != act {
				t.Errorf("%s is %s in cues.txt and %s in acts.txt", w, act, a)
			}
		}
	}
}
