package extract

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
)

// Each case of testdata is a page and what is made of it: the facts, and then
// every line of the body with what it is.
func TestPages(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range cases {
		t.Run(filepath.Base(file), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := record.Page{ID: "page-7", Form: record.PlainText, Bytes: ar.Files[0].Data}
			if strings.HasSuffix(ar.Files[0].Name, ".html") {
				p.Form = record.HTML
			}
			a, err := Article(p)
			if err != nil {
				t.Fatal(err)
			}
			check(t, p, a)
			if got, want := describe(a), string(ar.Files[1].Data); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func describe(a record.Article) string {
	var b strings.Builder
	print := func(name, value string) { fmt.Fprintf(&b, "%s: %s\n", name, value) }
	print("url", a.URL)
	print("page", a.Page)
	print("outlet", a.Outlet)
	print("title", a.Title)
	print("authors", strings.Join(a.Authors, "; "))
	when := "unknown"
	if a.Published.Known() {
		when = record.Format(a.Published.From) + " " + record.Format(a.Published.Until)
	}
	print("published", when)
	print("language", a.Language)
	at := a.BodyStart
	for line := range strings.Lines(a.Text[at:]) {
		span := record.Span{Start: at, End: at + len(strings.TrimRight(line, "\n"))}
		at += len(line)
		if span.Len() == 0 {
			continue
		}
		for _, p := range a.Passed {
			if p.Contains(span) {
				b.WriteString(p.Why)
			}
		}
		for _, s := range a.SetOff {
			if s.Contains(span) {
				b.WriteString("set off")
			}
		}
		fmt.Fprintf(&b, "| %s\n", span.Of(a.Text))
	}
	return b.String()
}

// check asserts the laws of every article.
func check(t *testing.T, p record.Page, a record.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Errorf("the text is not UTF-8")
	}
	if a.BodyStart < 0 || a.BodyStart > len(a.Text) {
		t.Fatalf("the body starts at %d of %d", a.BodyStart, len(a.Text))
	}
	if p.Form == record.PlainText && utf8.Valid(p.Bytes) {
		want := string(p.Bytes)
		if p.Title != "" {
			want = p.Title + "\n\n" + want
		}
		if a.Text != want {
			t.Errorf("the text is not the input as it stands:\n%q\n%q", a.Text, want)
		}
	}
	edge := func(i int) bool { return i == len(a.Text) || utf8.RuneStart(a.Text[i]) }
	last := a.BodyStart
	for _, s := range a.Passed {
		if s.Start < last || s.End <= s.Start || s.End > len(a.Text) || !edge(s.Start) || !edge(s.End) || s.Why == "" {
			t.Errorf("passed over %v after %d of %d", s, last, len(a.Text))
			continue
		}
		last = s.End
	}
	last = a.BodyStart
	for _, s := range a.SetOff {
		if s.Start < last || s.End <= s.Start || s.End > len(a.Text) || !edge(s.Start) || !edge(s.End) {
			t.Errorf("set off %v after %d of %d", s, last, len(a.Text))
			continue
		}
		last = s.End
	}
}

func TestTextIsTakenCharacterForCharacter(t *testing.T) {
	body := "  She said: “Yes.”\r\n\r\n\tAnd then\u00a0no more.  \n\n\n"
	a, err := Article(record.Page{Title: "A short talk", Form: record.PlainText, Bytes: []byte(body)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "A short talk\n\n" + body; a.Text != want || a.Text[a.BodyStart:] != body || a.Title != "A short talk" {
		t.Errorf("Text %q, body at %d", a.Text, a.BodyStart)
	}
}

func TestHeadlineOfPlainText(t *testing.T) {
	for _, c := range []struct{ text, title, body string }{
		{"Head\n\nBody.", "Head", "Body."},
		{"\n \n Head\u00a0\r\n\r\n  Body.\n", "Head", "  Body.\n"},
		{"Head\nBody.", "Head", "Body."},
		{"Only one line.", "", "Only one line."},
		{"Only one line.\n\n", "", "Only one line.\n\n"},
	} {
		a, err := Article(record.Page{Form: record.PlainText, Bytes: []byte(c.text)})
		if err != nil || a.Title != c.title || a.Text[a.BodyStart:] != c.body || a.Text != c.text {
			t.Errorf("%q: title %q, body %q, %v", c.text, a.Title, a.Text[a.BodyStart:], err)
		}
	}
}

func TestIdentityAndPage(t *testing.T) {
	page := func(p record.Page) record.Article {
		p.Form, p.Bytes = record.PlainText, []byte("Head\n\nThe same wire copy.")
		a, err := Article(p)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	bare := page(record.Page{})
	if len(bare.ID) != 13 || bare.ID[0] != 'd' || bare.Page != bare.ID || bare.Edition != 1 {
		t.Errorf("without a name: %+v", bare)
	}
	if again := page(record.Page{}); again.ID != bare.ID {
		t.Errorf("the same bytes are %s and %s", bare.ID, again.ID)
	}
	one := page(record.Page{URL: "https://www.one.example/a?id=3&utm_medium=mail&UTM_x=1#more"})
	two := page(record.Page{URL: "https://two.example/a"})
	if one.ID == two.ID {
		t.Error("one wire copy in two outlets is one article")
	}
	if one.Page != "https://www.one.example/a?id=3" || one.Outlet != "one.example" {
		t.Errorf("page %q, outlet %q", one.Page, one.Outlet)
	}
	if got := page(record.Page{ID: "n7", File: "/tmp/x"}); got.ID != "n7" || got.Page != "n7" {
		t.Errorf("with an id: %q %q", got.ID, got.Page)
	}
	if got := page(record.Page{File: "/news/x.txt"}); got.Page != "file:/news/x.txt" {
		t.Errorf("with a file: %q", got.Page)
	}
}

func TestPublished(t *testing.T) {
	day := func(d string) record.When {
		t, _ := time.Parse(time.DateOnly, d)
		return record.Day(t.Date())
	}
	second := func(s string) record.When {
		t, err := time.Parse(time.RFC3339, s)
		if err != nil {
			panic(err)
		}
		return record.When{From: t, Until: t.Add(time.Second)}
	}
	for given, want := range map[string]record.When{
		"2025-03-04":                          day("2025-03-04"),
		"2025-03-04T06:07:08+05:30":           second("2025-03-04T06:07:08+05:30"),
		"2025-03-04T06:07:08.123Z":            second("2025-03-04T06:07:08Z"),
		"2025-03-04T06:07:08-0500":            second("2025-03-04T06:07:08-05:00"),
		" 2025-03-04 06:07:08 ":               second("2025-03-04T06:07:08Z"),
		"Tue, 04 Mar 2025 06:07:08 +0100":     second("2025-03-04T06:07:08+01:00"),
		"March 4, 2025":                       day("2025-03-04"),
		"Mar. 4, 2025":                        day("2025-03-04"),
		"4 March 2025":                        day("2025-03-04"),
		"Published: Tuesday, March 4th, 2025": day("2025-03-04"),
		"Updated Sept. 9, 2024 at nine":       day("2024-09-09"),
		"2025-02-30":                          {},
		"202-01-01":                           {},
		"0202-01-01":                          {},
		"9025-03-04":                          {},
		"yesterday":                           {},
		"":                                    {},
		strings.Repeat("9", 5000):             {},
	} {
		got := published(given)
		if !got.From.Equal(want.From) || !got.Until.Equal(want.Until) {
			t.Errorf("published(%.40q) = %v, want %v", given, got, want)
		}
	}
	if got := published("2025-03-04T06:07:08+05:30"); got.From.Format(time.RFC3339) != "2025-03-04T06:07:08+05:30" {
		t.Errorf("the zone is lost: %v", got.From)
	}
	if got := printed("2025-03-04T00:00:00+02:00"); got != day("2025-03-04") {
		t.Errorf("a page's midnight is not the day: %v", got)
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct {
		given []string
		want  string
	}{
		{[]string{"Ana Diaz, Bo Lund and Cy Voss"}, "Ana Diaz; Bo Lund; Cy Voss"},
		{[]string{"By Ana Diaz, Staff Writer"}, "Ana Diaz"},
		{[]string{"Ana Diaz", "", "ana diaz", "Bo Lund"}, "Ana Diaz; Bo Lund"},
		{[]string{"Ana Diaz & Bo Lund"}, "Ana Diaz; Bo Lund"},
		{nil, ""},
	} {
		if got := strings.Join(splitNames(c.given), "; "); got != c.want {
			t.Errorf("%q: %q, want %q", c.given, got, c.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	german := strings.Repeat("Die Bürgermeisterin sagte am Montag, dass die Brücke über den Hafen noch nicht fertig ist und niemand sie betreten darf. ", 4)
	for _, c := range []struct{ declared, body, want string }{
		{"en_us", german, "en-US"},
		{"", german, "de"},
		{"", "Kurz und gut.", "en"},
		{"x", strings.Repeat("The mayor said to the council that the end of the bridge is near. ", 5), "en"},
		{"javascript:void", "short", "en"},
	} {
		if got := language(c.declared, c.body); got != c.want {
			t.Errorf("language(%q, %.20q) = %q, want %q", c.declared, c.body, got, c.want)
		}
	}
}
