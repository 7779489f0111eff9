package show

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"onrecord/internal/record"
	"onrecord/internal/view"
)

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got); UPDATE=1 writes it anew:\n%s", name, d)
	}
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

const full = "If they cut that scene, I would burn the whole studio down, honestly — I'm joking, obviously."

// place finds words in the full wording, so that an edit knows where it is.
func place(words string) record.Span {
	at := strings.Index(full, words)
	if at < 0 {
		panic("no such words: " + words)
	}
	return record.Span{Start: at, End: at + len(words)}
}

func edit(op record.Op, fullWords, here string, marked bool) record.Edit {
	return record.Edit{Op: op, Full: fullWords, Here: here, Marked: marked, FullAt: place(fullWords)}
}

func burn() record.Utterance {
	whole := record.Entry{Quotation: "d1:1", Article: "d1", URL: "https://gazette.example/scene", Outlet: "Harbour Gazette",
		Published: record.Day(2022, 3, 4), Where: record.InBody, Words: full, Speaker: "Mira Dahl"}
	head := whole
	head.Quotation, head.Article, head.Outlet, head.URL = "d2:1", "d2", "Pop Tally", "https://poptally.example/burn"
	head.Published, head.Where, head.Words = record.Day(2022, 3, 5), record.InHeadline, "I would burn the whole studio down"
	changed := whole
	changed.Quotation, changed.Article, changed.Outlet, changed.URL = "d3:4", "d3", "Euro Lens", ""
	changed.Published, changed.Words = record.When{}, "I will burn the studio down"
	changed.Credits = []record.Credit{{Name: "the Harbour Gazette", Kind: "told"}}
	told := whole
	told.Quotation, told.Article, told.Words, told.Outlet = "d4:2", "d4", "she would set the studio alight", "Meridian"
	cuts := []record.Edit{edit(record.CutFront, "If they cut that scene, ", "", false), edit(record.CutEnd, ", honestly — I'm joking, obviously.", "", false)}
	cuts[0].Type, cuts[1].Type = record.ConditionLost, record.Cut
	changes := append([]record.Edit{cuts[0], edit(record.Replace, "would", "will", false), edit(record.Omit, "whole ", "", false)}, cuts[1])
	return record.Utterance{ID: "u0a1b2c3d4e", Speaker: "Mira Dahl", Said: record.When{From: day(2022, 3, 1), Until: day(2022, 4, 1)},
		Venue: "Stage Left", Medium: record.Podcast, Earliest: "d1:1", Fullest: "d1:1",
		Variants: []record.Variant{
			{Entry: whole, Relation: record.Same, Change: record.Verbatim},
			{Entry: head, Relation: record.Trimmed, Change: record.ConditionLost, Edits: cuts, Alarms: []record.Alarm{record.AlarmCondition}},
			{Entry: changed, Relation: record.Altered, Change: record.Omission, Edits: changes, Copy: true, Parent: "d1:1", Bits: 41.2,
				Sources: []record.Source{{Credit: changed.Credits[0], Words: "told the Harbour Gazette", Standing: record.CreditKept, Quotation: "d1:1"}}},
			{Entry: told, Relation: record.Paraphrased, Change: record.TurnedIndirect},
		},
		Clarifications: []record.Clarification{{Kind: "clarification", Of: "d2:1", Entry: record.Entry{Words: "It was a joke about a bad day.",
			Outlet: "Meridian", Published: record.Day(2022, 3, 9), URL: "https://meridian.example/joke"}}},
		Disagreements: []string{"Euro Lens credits Jon Vale, three others Mira Dahl"},
		Notes: []record.Note{
			{Kind: record.NoteCircle, Text: "Pop Tally credits Euro Lens, Euro Lens credits Pop Tally: the credits run in a ring", Quotations: []string{"d2:1", "d3:1"}},
			{Kind: record.NoteSpeakers, Text: "Euro Lens credits Jon Vale, three others Mira Dahl", Quotations: []string{"d3:1", "d1:1"}},
		},
		Answers: []record.Answer{{Kind: "repetition", Utterance: "u5555555555", By: "d1:1", Entry: record.Entry{Words: "Burn the lot.", Outlet: "Meridian",
			Published: record.Day(2022, 2, 1)}}},
		Reports: 4, Independent: 2, Origin: record.Origin{Chain: []string{"d2:1", "d1:1"}, Venue: "Stage Left"},
		Confirmed: []record.Confirmed{{Text: "If they cut that scene, ", Reports: 1, Independent: 1}, {Text: "I would burn the ", Reports: 3, Independent: 2}},
	}
}

func looked() record.Searched {
	return record.Searched{Articles: 1204, Outlets: 8, Period: record.When{From: day(2022, 1, 4), Until: day(2022, 6, 10)}}
}

// asked is a finding about the n-th variant of an utterance.
func asked(v record.Verdict, n int) record.Finding {
	u := burn()
	return record.Finding{Asked: u.Variants[n].Entry.Words, Verdict: v, Utterance: &u, Fullest: &u.Variants[0].Entry,
		Earliest: &u.Variants[0].Entry, Edits: u.Variants[n].Edits, Alarms: u.Variants[n].Alarms, Searched: looked()}
}

func TestFinding(t *testing.T) {
	other := asked(record.DifferentSpeaker, 0)
	other.By = "Jon Vale"
	spliced := asked(record.Spliced, 1)
	second := burn()
	second.ID = "uffffffffff"
	spliced.Second = &second
	text := "Row over scene\n\nShe had said so before: the studio would not last. Nobody wrote it down."
	hit := view.Hit{Article: record.Article{ID: "d9", Outlet: "Meridian", Published: record.Day(2022, 3, 2), Text: text},
		Span: record.Span{Start: strings.Index(text, "the studio"), End: strings.Index(text, " Nobody")}}
	cases := map[string]struct {
		f    record.Finding
		hits []view.Hit
	}{
		"exact":             {asked(record.Exact, 0), nil},
		"truncated":         {asked(record.Truncated, 1), nil},
		"altered":           {asked(record.AlteredWords, 2), nil},
		"different_speaker": {other, nil},
		"spliced":           {spliced, nil},
		"paraphrase":        {asked(record.Paraphrase, 3), nil},
		"not_found":         {record.Finding{Verdict: record.NotFound, By: "Jon Vale", Searched: looked()}, nil},
		"in_text":           {record.Finding{Verdict: record.NotFound, Searched: looked()}, []view.Hit{hit}},
		"empty_store":       {record.Finding{Verdict: record.NotFound}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			Paper{W: &b}.Finding(c.f, c.hits)
			golden(t, "finding_"+name, b.String())
			for _, never := range []string{"fake", "false", "verified", "\x1b"} {
				if strings.Contains(strings.ToLower(b.String()), never) {
					t.Errorf("says %q", never)
				}
			}
		})
	}
}

func TestFindingInColour(t *testing.T) {
	var b bytes.Buffer
	Paper{W: &b, Colour: true}.Finding(asked(record.AlteredWords, 2), nil)
	golden(t, "finding_colour", strings.ReplaceAll(b.String(), "\x1b", "ESC"))
	if strings.ContainsAny(b.String(), "{}") {
		t.Error("brackets beside colour say a thing twice")
	}
}

func TestTrace(t *testing.T) {
	var b bytes.Buffer
	Paper{W: &b}.Utterance(burn())
	golden(t, "trace", b.String())
}

// With reasons every link says what it is made of, and the pieces add up.
func TestTraceWhy(t *testing.T) {
	u := burn()
	u.Variants[2].Why = []record.Evidence{
		{What: "shared words", Bits: 34.3, Words: []string{"burn", "studio down"}}, {What: "other words where they could agree", Bits: -4.1, Words: []string{"will"}},
		{What: "printed within two days", Bits: 4}, {What: "the same speaker", Bits: 7, Words: []string{"Mira Dahl"}}, {What: "a sign"},
	}
	u.Clarifications[0].Why = []record.Evidence{{What: "shared content word", Bits: 21.5, Words: []string{"burn"}}}
	var out bytes.Buffer
	Paper{W: &out, Width: 80}.Utterance(u)
	golden(t, "trace_why", out.String())
}

func TestBetween(t *testing.T) {
	a, b := burn(), burn()
	b.ID, b.Speaker, b.Said, b.Problem = "u1111111111", "Jon Vale", record.When{}, "no such year: 202"
	var out bytes.Buffer
	p := Paper{W: &out}
	p.Between("Mira Dahl", "Jon Vale", []Turn{{Utterance: a, By: a.Speaker}, {Utterance: b, By: b.Speaker, To: "Mira Dahl", ReplyTo: a.ID, Sign: Sign{"d2:1", "fired back"}}})
	p.Between("Mira Dahl", "Nobody Known", nil)
	golden(t, "between", out.String())
}

func TestLint(t *testing.T) {
	u := burn()
	var out bytes.Buffer
	p := Paper{W: &out}
	p.Lint("burn.txt", []Headline{
		{Words: u.Variants[1].Entry.Words, Body: full, Verdict: record.Truncated, Edits: u.Variants[1].Edits, Alarms: u.Variants[1].Alarms},
		{Words: "I will burn the studio down", Body: full, Verdict: record.AlteredWords, Edits: u.Variants[2].Edits},
		{Words: "Never again", Verdict: record.NotFound},
	})
	p.Lint("calm.txt", []Headline{{Words: "Fine", Body: "Fine", Verdict: record.Exact, Whole: true}})
	p.Lint("plain.txt", nil)
	golden(t, "lint", out.String())
}

func TestDocument(t *testing.T) {
	text := "Row over “Night Ferry”\n\nMira Dahl, the producer, told the Harbour Gazette: “No curtain,” and then, on a podcast, “no play.”"
	at := func(w string) record.Span {
		i := strings.Index(text, w)
		return record.Span{Start: i, End: i + len(w)}
	}
	cue, who := at("told"), at("the producer")
	r := record.Reading{
		Article: record.Article{Title: "Row over “Night Ferry”", Text: text, Outlet: "Pop Tally", Published: record.Day(2022, 3, 4), Authors: []string{"A. Writer"}},
		Passed:  []record.Passed{{Span: at("Night Ferry"), Why: record.WhyTitle}, {Span: at("Row"), Why: record.WhyCaption}},
		Quotations: []record.Quotation{
			{ID: "d1:1", Kind: record.Direct, Act: record.Speech, Where: record.InBody, Cue: &cue,
				Parts:   []record.Span{at("No curtain,"), at("no play.")},
				Speaker: &record.Speaker{Span: &who, Name: "Mira Dahl", Reason: "subject of the cue"}, Addressee: &record.Party{Name: "the Harbour Gazette"},
				Said:   &record.Said{When: record.When{From: day(2021, 11, 1), Until: day(2021, 12, 1)}},
				About:  []record.Referent{{Name: "Jon Vale"}},
				Hedges: []record.Hedge{{Span: at("on a podcast"), Kind: "reportedly"}},
				Reason: record.Reason{Rule: "name, cue, words", Score: .95}},
			{ID: "d1:2", Kind: record.Indirect, Where: record.InHeadline, Act: record.Thought, Parts: []record.Span{at("Row over")}},
		},
	}
	var b bytes.Buffer
	p := Paper{W: &b, Width: 72}
	p.Document(r)
	p.Rule()
	p.Document(record.Reading{Article: record.Article{Text: "Nothing said.\nAt all."}})
	golden(t, "document", b.String())
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		w    record.When
		want string
	}{
		{record.When{}, ""},
		{record.Day(2022, 3, 4), "on 4 March 2022"},
		{record.When{From: day(2021, 11, 1), Until: day(2021, 12, 1)}, "in November 2021"},
		{record.When{From: day(2018, 1, 1), Until: day(2019, 1, 1)}, "in 2018"},
		{record.When{From: day(1990, 1, 1), Until: day(2000, 1, 1)}, "in the 1990s"},
		{record.When{Until: day(2022, 3, 4)}, "before 4 March 2022"},
		{record.When{From: day(2022, 3, 4)}, "on or after 4 March 2022"},
		{record.When{From: day(2022, 3, 4), Until: day(2022, 3, 9)}, "between 4 and 8 March 2022"},
		{record.When{From: day(2022, 2, 27), Until: day(2022, 3, 9)}, "between 27 February and 8 March 2022"},
		{record.When{From: day(2021, 12, 30), Until: day(2022, 1, 3)}, "between 30 December 2021 and 2 January 2022"},
		{record.When{From: day(2022, 3, 4).Add(9 * time.Hour), Until: day(2022, 3, 4).Add(10 * time.Hour)}, "on 4 March 2022"},
	} {
		if got := On(c.w); got != c.want {
			t.Errorf("%v: %q, want %q", c.w, got, c.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1204: "1,204", 1000007: "1,000,007", -1204: "-1,204"} {
		if got := Number(n); got != want {
			t.Errorf("%d is written %q, want %q", n, got, want)
		}
	}
}

// Whatever the words are, no line is wider than the paper unless one word is,
// no word is lost, and nothing can write on the reader's terminal.
func FuzzPrint(f *testing.F) {
	f.Add("a few words of a report", 12, true)
	f.Add("wide 漢字 and é\u0301 accents", 8, false)
	f.Add("\x1b[31mred\x07 \u202eturned", 10, false)
	f.Fuzz(func(t *testing.T, text string, width int, colour bool) {
		if width < 4 || width > 200 {
			t.Skip()
		}
		var b bytes.Buffer
		p := Paper{W: &b, Width: width}
		p.print(*(&block{rest: 2}).add(plain, text).add(strong, " end"))
		if strings.Contains(b.String(), "\x1b") {
			t.Fatal("an escape sequence of the text reached the terminal")
		}
		for line := range strings.SplitSeq(b.String(), "\n") {
			if uniseg.StringWidth(line) > width && len(strings.Fields(line)) > 1 {
				t.Errorf("%q is wider than %d", line, width)
			}
		}
		if got, want := strings.Fields(b.String()), strings.Fields(safe(text)+" end"); !cmp.Equal(got, want) {
			t.Errorf("words %q, want %q", got, want)
		}
	})
}

// Nobody is quoted with the words of a report: between shows them without
// quotation marks.
func TestBetweenReportedWords(t *testing.T) {
	e := record.Entry{Quotation: "d1:1", Kind: record.Indirect, Words: "she kept the lamp lit"}
	u := record.Utterance{ID: "u1", Fullest: e.Quotation, Earliest: e.Quotation, Variants: []record.Variant{{Entry: e}}}
	var out strings.Builder
	Paper{W: &out}.Between("Ilse", "Ann", []Turn{{Utterance: u, By: "Ilse"}})
	if got := out.String(); !strings.Contains(got, "Ilse: she kept the lamp lit — 1 printing") {
		t.Error(got)
	}
}

// An interrupted quotation is shown in the marks that the report prints.
func TestWordsOfAnInterruptedQuotation(t *testing.T) {
	for _, c := range []struct {
		what, words string
		kind        record.Kind
		parts       []record.Span
		want        string
	}{
		{"one part", "We lost, and we knew.", record.Direct, []record.Span{{Start: 3, End: 24}}, "We lost, and we knew."},
		{"two parts", "We lost, and we knew.", record.Direct, []record.Span{{Start: 3, End: 11}, {Start: 30, End: 42}}, "We lost,” “and we knew."},
		{"three parts", "We lost, we knew, we sang.", record.Mixed, []record.Span{{Start: 0, End: 8}, {Start: 20, End: 28}, {Start: 40, End: 48}}, "We lost,” “we knew,” “we sang."},
		{"a report in other words", "they lost and knew", record.Indirect, []record.Span{{Start: 3, End: 12}, {Start: 30, End: 38}}, "they lost and knew"},
		{"words that are not the parts", "We lost.", record.Block, []record.Span{{Start: 3, End: 11}, {Start: 30, End: 42}}, "We lost."},
	} {
		if got := words(&record.Entry{Kind: c.kind, Words: c.words, Parts: c.parts}); got != c.want {
			t.Errorf("%s: %q, not %q", c.what, got, c.want)
		}
	}
}
