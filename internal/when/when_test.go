package when

import (
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// printed is Wednesday, 9 February 2022.
var printed = record.Day(2022, time.February, 9)

func docOf(body string, published record.When) *text.Doc {
	return text.New(&record.Article{Text: body, Published: published, Language: "en"})
}

func interval(w record.When) string {
	return record.Format(w.From) + "/" + record.Format(w.Until)
}

func all(body string, published record.When) []Expr {
	d := docOf(body, published)
	return Find(d, 0, len(d.Tokens))
}

func TestFind(t *testing.T) {
	for _, c := range []struct{ body, words, want string }{
		{"Moor told the Gazette on Tuesday that it was over.", "on Tuesday", "2022-02-08/2022-02-09"},
		{"Moor said Wednesday that it was over.", "Wednesday", "2022-02-09/2022-02-10"},
		{"Moor said last Wednesday that it was over.", "last Wednesday", "2022-02-02/2022-02-03"},
		{"Moor said Thursday night that it was over.", "Thursday night", "2022-02-03/2022-02-04"},
		{"She spoke early on Sunday.", "early on Sunday", "2022-02-06/2022-02-07"},
		{"She spoke on Tuesday last week.", "on Tuesday last week", "2022-02-01/2022-02-02"},
		{"She said so last week.", "last week", "2022-01-31/2022-02-07"},
		{"She said so earlier this week.", "earlier this week", "2022-02-07/2022-02-10"},
		{"She said so over the weekend.", "over the weekend", "2022-02-05/2022-02-07"},
		{"She said so earlier in the week.", "earlier in the week", "2022-02-07/2022-02-10"},
		{"She said so yesterday.", "yesterday", "2022-02-08/2022-02-09"},
		{"This morning she said so.", "This morning", "2022-02-09/2022-02-10"},
		{"She said so last night.", "last night", "2022-02-08/2022-02-09"},
		{"In November last year, Moor called them out.", "In November last year", "2021-11-01/2021-12-01"},
		{"She called them out in November.", "in November", "2021-11-01/2021-12-01"},
		{"She called them out in January.", "in January", "2022-01-01/2022-02-01"},
		{"She called them out last month.", "last month", "2022-01-01/2022-02-01"},
		{"Back in 2018, Moor declared it.", "Back in 2018", "2018-01-01/2019-01-01"},
		{"After Moor left the band in 2018, Reyes declared it.", "in 2018", "2018-01-01/2019-01-01"},
		{"It began in early 2018.", "in early 2018", "2018-01-01/2018-07-02"},
		{"On March 4 she said so.", "On March 4", "2021-03-04/2021-03-05"},
		{"On Feb. 9 she said so.", "On Feb. 9", "2022-02-09/2022-02-10"},
		{"On March 4, 2020, she said so.", "On March 4, 2020", "2020-03-04/2020-03-05"},
		{"On Sept. 12 she said so.", "On Sept. 12", "2021-09-12/2021-09-13"},
		{"She said so on 4 March 2020.", "on 4 March 2020", "2020-03-04/2020-03-05"},
		{"She said so on the 4th of March.", "on the 4th of March", "2021-03-04/2021-03-05"},
		{"She spoke on Thursday, March 5, 2020, in Leeds.", "on Thursday, March 5, 2020", "2020-03-05/2020-03-06"},
		{"The talks of March 4–6 failed.", "of March 4–6", "2021-03-04/2021-03-07"},
		{"Two days ago she said so.", "Two days ago", "2022-02-07/2022-02-08"},
		{"She said so 3 weeks ago.", "3 weeks ago", "2022-01-16/2022-01-23"},
		{"She said so a year ago.", "a year ago", "2021-01-01/2022-01-01"},
		{"She said so last summer.", "last summer", "2021-06-01/2021-09-01"},
		{"She said so in the summer of 2019.", "in the summer of 2019", "2019-06-01/2019-09-01"},
		{"In a 2020 interview, Moor said so.", "In a 2020 interview", "2020-01-01/2021-01-01"},
		{"Moor said so in a November 2020 radio interview.", "in a November 2020 radio interview", "2020-11-01/2020-12-01"},
		{"Moor said so in her 2020 CNN interview.", "in her 2020 CNN interview", "2020-01-01/2021-01-01"},
		{"Moor said so in Friday's speech.", "in Friday's speech", "2022-02-04/2022-02-05"},
		{"They met in the 1990s.", "in the 1990s", "1990-01-01/2000-01-01"},
		{"They met in the late ’90s.", "in the late ’90s", "1995-01-01/2000-01-01"},
		{"The log of 2021-03-04 says so.", "of 2021-03-04", "2021-03-04/2021-03-05"},
		{"She said so in mid-2018.", "in mid-2018", "2018-04-02/2018-10-01"},
		{"On February 29 she said so.", "On February 29", "2020-02-29/2020-03-01"},
		{"Since 2018 she has said so.", "Since 2018", "2018-01-01/"},
		{"The pier is to open in 2035.", "in 2035", "2035-01-01/2036-01-01"},
		{"By Friday she had said so.", "By Friday", "/2022-02-05"},
	} {
		got := all(c.body, printed)
		if len(got) != 1 {
			t.Errorf("%s: %d expressions: %+v", c.body, len(got), got)
			continue
		}
		if w := got[0].Span.Of(c.body); w != c.words || interval(got[0].When) != c.want || got[0].Problem != "" {
			t.Errorf("%s:\n got %q %s %q\nwant %q %s", c.body, w, interval(got[0].When), got[0].Problem, c.words, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	for _, c := range []struct{ body, words, problem string }{
		{"In a 202 interview, Moor said so.", "In a 202 interview", "no such year: 202"},
		{"In a 20222 interview, Moor said so.", "In a 20222 interview", "no such year: 20222"},
		{"In a 2081 tweet, Moor said so.", "In a 2081 tweet", "no such year: 2081"},
		{"Moor said so back in 202.", "back in 202", "no such year: 202"},
		{"In 2081, Moor said so.", "In 2081", "no such year: 2081"},
		{"In 20188, Moor said so.", "In 20188", "no such year: 20188"},
		{"On February 30 she said so.", "On February 30", "no such day: February 30"},
		{"On February 29, 2021, she said so.", "On February 29, 2021", "no such day: February 29, 2021"},
		{"On April 31 she said so.", "On April 31", "no such day: April 31"},
		{"In March 202, she said so.", "In March 202", "no such year: 202"},
	} {
		got := all(c.body, printed)
		if len(got) != 1 || got[0].Span.Of(c.body) != c.words || got[0].Problem != c.problem || got[0].When.Known() {
			t.Errorf("%s: got %+v, want %q %q", c.body, got, c.words, c.problem)
		}
	}
}

func TestVague(t *testing.T) {
	for _, c := range []struct{ body, words string }{
		{"She recently said so.", "recently"},
		{"A few weeks ago she said so.", "A few weeks ago"},
		{"Later that day she said so.", "Later that day"},
		{"Two days later she said so.", "Two days later"},
	} {
		got := all(c.body, printed)
		if len(got) != 1 || got[0].Span.Of(c.body) != c.words || !got[0].Vague || got[0].When.Known() {
			t.Errorf("%s: got %+v, want %q, vague", c.body, got, c.words)
		}
	}
}

// Numbers that count things, and words that only look like dates.
func TestNoDates(t *testing.T) {
	for _, body := range []string{
		"In a 202 page report, the harbour board said so.",
		"The fire drove out 202 people in 202 homes.",
		"It passed in 202 of 300 districts.",
		"They had a 204-point lead.",
		"The march on the pier may go on, she said.",
		"The index stood at 202, over 202, around 202.",
		"He may fall this time.",
		"The singer told The Sun so.",
		"Kanda 2 sold 1,998 copies.",
		"She said so on the Today show and in USA Today.",
		"She paid for 1500 dollars of it.",
	} {
		if got := all(body, printed); len(got) != 0 {
			t.Errorf("%s: found %+v", body, got)
		}
	}
}

// Without a day of print a relative date has its words and no interval; an
// absolute one is exact all the same.
func TestNoDayOfPrint(t *testing.T) {
	for body, want := range map[string]string{
		"She said so on Tuesday.":       "/",
		"She said so last week.":        "/",
		"She said so on March 4.":       "/",
		"She said so two years ago.":    "/",
		"She said so in 2018.":          "2018-01-01/2019-01-01",
		"She said so on March 4, 2025.": "2025-03-04/2025-03-05",
		"She said so in a 2020 speech.": "2020-01-01/2021-01-01",
	} {
		got := all(body, record.When{})
		if len(got) != 1 || interval(got[0].When) != want {
			t.Errorf("%s: got %+v, want %s", body, got, want)
		}
	}
}

// A report dated to the month knows its year, not its days.
func TestPrintKnownToTheMonth(t *testing.T) {
	month := record.When{From: printed.From, Until: printed.From.AddDate(0, 1, 0)}
	got := all("She said so last year, on a Tuesday.", month)
	if len(got) != 2 || interval(got[0].When) != "2021-01-01/2022-01-01" || got[1].When.Known() {
		t.Errorf("got %+v", got)
	}
}

func TestPossessive(t *testing.T) {
	got := all("Tuesday's storm was bad, she said.", printed)
	if len(got) != 1 || !got[0].Possessive {
		t.Errorf("got %+v", got)
	}
}

func FuzzFind(f *testing.F) {
	f.Add("In a 202 interview, on March 4–6, the ’90s, back in November last year, mid-2018", int64(1644364800))
	f.Add("Sept. 31 Tuesday, the 45th of May 99999 ago a few 0 years ago", int64(0))
	f.Add("the in last this early on Sunday's interview 2020-13-40 February 29, 1000", int64(-62135596800))
	f.Fuzz(func(t *testing.T, body string, published int64) {
		at := time.Unix(published%250000000000, 0).UTC()
		d := docOf(strings.ToValidUTF8(body, ""), record.When{From: at, Until: at.Add(time.Hour)})
		last := 0
		for _, x := range Find(d, 0, len(d.Tokens)) {
			if x.Span.Start < last || x.Span.End > len(d.Text) || x.Span.Len() <= 0 || x.First >= x.End {
				t.Fatalf("span out of place: %+v", x)
			}
			last = x.Span.End
			if x.When.Known() && !x.When.From.IsZero() && !x.When.Until.IsZero() && !x.When.From.Before(x.When.Until) {
				t.Fatalf("empty interval: %+v", x)
			}
		}
	})
}
