package extract

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"onrecord/internal/record"
)

func read(t *testing.T, form record.Form, data string) record.Article {
	t.Helper()
	p := record.Page{Form: form, Bytes: []byte(data)}
	a, err := Article(p)
	if err != nil {
		t.Fatalf("%.40q: %v", data, err)
	}
	check(t, p, a)
	return a
}

func TestNothingToRead(t *testing.T) {
	for _, p := range []record.Page{
		{Form: record.PlainText},
		{Form: record.PlainText, Bytes: []byte(" \n\t ")},
		{Form: record.HTML},
		{Form: record.HTML, Bytes: []byte("<html><body><script>var a = 'words'</script></body></html>")},
	} {
		a, err := Article(p)
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, text %q", p.Bytes, err, a.Text)
		}
	}
}

// A line or two sent as HTML have no prose to weigh, and are read all the same.
func TestScrapsOfHTML(t *testing.T) {
	for page, want := range map[string]string{
		"<div>No, said Ruiz</div>": "No, said Ruiz",
		"<p>Two":                   "Two",
		"Bare words":               "Bare words",
		"<title>Ruiz says no</title><b>She said: “No.”</b>":       "Ruiz says no\n\nShe said: “No.”",
		"<blockquote>No.</blockquote><nav>Home</nav>":             "No.",
		"<p>One</p><p><a href=/x>Elsewhere</a></p><div>Two</div>": "One\n\nTwo",
	} {
		if a := read(t, record.HTML, page); a.Text != want {
			t.Errorf("%s: %q, want %q", page, a.Text, want)
		}
	}
}

const sentence = "The harbour master told the council on Monday that the pier would be closed. "

// A page cut off anywhere still gives what stands before the cut.
func TestPageCutInTheMiddle(t *testing.T) {
	page := "<html><head><title>Pier to close for a year, says Ruiz</title></head><body><article><p>" + sentence +
		"</p><p>“It is not safe,” said Carla Ruiz. " + sentence + "</p><p>" + sentence + "</p></article></body></html>"
	for cut := range len(page) {
		p := record.Page{Form: record.HTML, Bytes: []byte(page[:cut])}
		a, err := Article(p)
		if err == nil {
			check(t, p, a)
		}
		if after := strings.Index(page, "<p>“It"); cut > after+60 && !strings.Contains(a.Text, "“It is not safe,” said") {
			t.Fatalf("cut at %d: %q", cut, a.Text)
		}
	}
}

func TestBrokenCharacters(t *testing.T) {
	latin := "Caf\xe9 owner S\xf8ren Lind says \x93no\x94 to the council\n\n\x93I will not sell,\x94 he said."
	if a := read(t, record.PlainText, latin); !strings.Contains(a.Text, "“I will not sell,” he said.") || !strings.HasPrefix(a.Text, "Café owner Søren") {
		t.Errorf("Windows-1252: %q", a.Text)
	}
	utf16 := "\xff\xfeN\x00o\x00!\x00\n\x00\n\x00Y\x00e\x00s\x00.\x00"
	if a := read(t, record.PlainText, utf16); a.Text != "No!\n\nYes." || a.Title != "No!" {
		t.Errorf("UTF-16: %q", a.Text)
	}
	page := `<html><head><meta charset="iso-8859-2"><title>Most je uzav` + "\xf8" + `en</title></head><body><p>` + sentence + "P\xf8\xedstav je zav\xf8en.</p></body></html>"
	if a := read(t, record.HTML, page); a.Title != "Most je uzavřen" || !strings.Contains(a.Text, "Přístav je zavřen.") {
		t.Errorf("declared charset: %q", a.Text)
	}
	page = "<html><head><title>Pier\x00 to close</title></head><body><p>" + sentence + "\x00</p></body></html>"
	if a := read(t, record.HTML, page); strings.Contains(a.Text, "\x00") || a.Title != "Pier to close" {
		t.Errorf("NULs: %q", a.Text)
	}
}

// Nesting without end, tags closed that were never opened and the like must
// take neither the stack nor quadratic time: at this size that would be hours,
// and the test would never end.
func TestHostilePages(t *testing.T) {
	const n = 100_000
	body := "<p>" + sentence + "</p><p>“Not safe,” said Ruiz. " + sentence + "</p>"
	for name, page := range map[string]string{
		"nested":          strings.Repeat("<div>", n) + body + strings.Repeat("</div>", n),
		"never closed":    strings.Repeat("<div><span>", n) + body,
		"never opened":    strings.Repeat("</section></span>", n) + body,
		"closed wrongly":  strings.Repeat("<div><section></div></article></section>", n/2) + body,
		"lists":           strings.Repeat("<ul><li>", n) + body,
		"links":           strings.Repeat("<a href=x>", n) + "</a>" + body,
		"blockquotes":     strings.Repeat("<blockquote>", n) + body,
		"attributes":      "<div " + strings.Repeat("a=b ", n) + ">" + body,
		"names":           `<div class="` + strings.Repeat("ad share ", n) + `">` + body + body,
		"many paragraphs": strings.Repeat(body, n/50),
		"deep data":       `<script type="application/ld+json">` + strings.Repeat(`{"@graph":`, n) + "</script>" + body,
	} {
		t.Run(name, func(t *testing.T) {
			a := read(t, record.HTML, "<html><body>"+page+"</body></html>")
			if !strings.Contains(a.Text, "“Not safe,” said Ruiz.") {
				t.Errorf("the report is lost: %.200q", a.Text)
			}
		})
	}
}

func TestScriptsAndStylesNeverLeak(t *testing.T) {
	for _, hidden := range []string{
		"<script>SECRET</script>", "<style>SECRET</style>", "<noscript><p>SECRET</p></noscript>", "<template><p>SECRET</p></template>",
		"<svg><title>SECRET</title><text>SECRET</text></svg>", "<button>SECRET</button>", "<textarea>SECRET</textarea>", "<iframe>SECRET</iframe>",
		`<p style="display: none">SECRET</p>`, "<p hidden>SECRET</p>", `<span class="sr-only">SECRET</span>`, "<!-- SECRET -->",
		"<script><!-- <script> SECRET </script> --></script>", "<select><option>SECRET</select>", "<SCRIPT>if (a</p>b) SECRET</SCRIPT>",
	} {
		secret := strings.ReplaceAll(hidden, "SECRET", strings.Repeat(" SECRET words", 20)+".")
		long := strings.Repeat(sentence, 8)
		a := read(t, record.HTML, "<html><body><p>"+long+"</p>"+secret+"<p>"+sentence+"And more.</p></body></html>")
		if strings.Contains(a.Text, "SECRET") || !strings.Contains(a.Text, "And more.") {
			t.Errorf("%s: %q", hidden, a.Text)
		}
	}
}

// What is no text of the page stays out even where there is nothing else.
func TestTemplatesAreNoReport(t *testing.T) {
	for _, tag := range []string{"template", "svg", "button", "select", "noscript"} {
		p := record.Page{Form: record.HTML, Bytes: []byte("<body><" + tag + "><p>" + sentence + sentence + "</p></" + tag + "><p>Short.</p>")}
		if a, err := Article(p); err == nil && strings.Contains(a.Text, "harbour") {
			t.Errorf("%s: %q", tag, a.Text)
		}
	}
}

// A part's name is not believed where most of the report stands in it.
func TestNamesThatLie(t *testing.T) {
	for _, class := range []string{"newsletter", "comments", "sidebar", "author", "caption", "pull-quote", "related"} {
		page := fmt.Sprintf(`<html><body><div class="%s"><p>%s</p><p>“Not safe,” said Ruiz. %s</p></div><p>%s</p></body></html>`,
			class, sentence, sentence, "Short.")
		if a := read(t, record.HTML, page); !strings.Contains(a.Text, "“Not safe,” said Ruiz.") {
			t.Errorf("class %s hides the report: %q", class, a.Text)
		}
	}
}

func TestSpeechIsNeverPassedOver(t *testing.T) {
	for _, line := range []string{
		"“Subscribe now and stay connected, that is what they want,” said Ruiz.",
		"\"Read more books and stop shouting at each other,\" the judge told them.",
		"Photo: “I have never seen the sea like that before,” said Ruiz.",
		"Ruiz told people to sign up for the newsletter and to stay informed.",
		"Ruiz wrote: sign up for the newsletter, and then subscribe to the truth.",
		"By noon on Monday Carla Ruiz had resigned.",
		"By Carla Ruiz’s own account, the pier was safe in March.",
		"By continuing to fish there, Ruiz said, they had broken the law.",
		"Advertisements for the pier were taken down, Ruiz said.",
		"Video of the fall shows that the rail was loose.",
		"Read the letter, she said, and then judge me.",
		"More than ninety people signed.",
		"Reporting by noon was not possible, said Ruiz, for the line was cut.",
		"Join the conversation, Ruiz said, or leave it.",
		"Images of the pier went round the world.",
	} {
		a := read(t, record.PlainText, "Pier to close\n\nIt closed.\n\n"+line+"\n\nIt opened again.")
		if len(a.Passed) > 0 {
			t.Errorf("passed over as %s: %s", a.Passed[0].Why, line)
		}
	}
}

func TestBoilerplateIsPassedOver(t *testing.T) {
	for line, why := range map[string]string{
		"Advertisement": record.WhyBoilerplate,
		"SIGN UP FOR our weekly letter from the harbour": record.WhyBoilerplate,
		"Related: Pier closed for a year":                record.WhyBoilerplate,
		"Read more »":                                    record.WhyBoilerplate,
		"© 2031 Harbour News":                            record.WhyBoilerplate,
		"View this post on Instagram":                    record.WhyEmbed,
		"A post shared by Carla (@carlaruiz)":            record.WhyEmbed,
		"The pier in March (Photo by Lena Brandt)":       record.WhyCaption,
		"Photo: Lena Brandt":                             record.WhyCaption,
		"Lena Brandt/Getty Images":                       record.WhyCaption,
		"(Reporting by Lena Brandt; Editing by Bo Lund)": record.WhyByline,
		"By Lena Brandt":                                 record.WhyByline,
		"By Lena Brandt and Aldo de la Cruz, Reporters":  record.WhyByline,
	} {
		a := read(t, record.PlainText, "Pier to close\n\nIt closed.\n\n"+line+"\n\nIt opened again.")
		if len(a.Passed) != 1 || a.Passed[0].Of(a.Text) != line || a.Passed[0].Why != why {
			t.Errorf("%s: %v, want %s", line, a.Passed, why)
		}
	}
}

func FuzzPlainText(f *testing.F) {
	f.Add("A title", "“Words,” he said.\n\nQuick Links\nMore of them")
	f.Add("", "Head\r\n\r\nBy Ann Poe\r\nBy Ann Poe\r\n\u00a0\r\n(Image via Lumen)")
	f.Add("", "\xff\xfea\x00")
	f.Add("x", "İ“\n\nSubscribe to ẞ\n\n(photo \u0130)\n\u2028\n")
	f.Fuzz(func(t *testing.T, title, text string) {
		p := record.Page{Title: title, Form: record.PlainText, Bytes: []byte(text)}
		if !validTitle(title) {
			return
		}
		a, err := Article(p)
		if err != nil {
			return
		}
		check(t, p, a)
		b, _ := Article(p)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Error("the same page reads differently the second time")
		}
	})
}

func FuzzHTML(f *testing.F) {
	f.Add("<html><title>a</title><p>" + sentence + "<blockquote class=twitter-tweet>x</blockquote><blockquote>" + sentence)
	f.Add("<figure><blockquote><p>" + sentence + "</figure><span class=caption><p>x</span></p></span>")
	f.Add("<svg><p>x</svg><plaintext><p>y")
	f.Add("<meta charset=utf-16><p>" + sentence + "\xff")
	f.Add("<br><br><a rel=author>x<br><br></a><h1>x</h1><li><li></ul>")
	f.Fuzz(func(t *testing.T, page string) {
		p := record.Page{Form: record.HTML, Bytes: []byte(page)}
		a, err := Article(p)
		if err != nil {
			return
		}
		check(t, p, a)
		if strings.ContainsAny(a.Text[a.BodyStart:], "\x00\r") || strings.Contains(a.Text[a.BodyStart:], "\n\n\n") {
			t.Errorf("paragraphs are not clean: %q", a.Text)
		}
	})
}

// validTitle: a title comes out of JSON or a flag, and so is UTF-8.
func validTitle(s string) bool { return strings.ToValidUTF8(s, "") == s }

// A list keeps the first of two equal lines only, and what the second says
// would be lost without a word.
func TestPatternsStandOnce(t *testing.T) {
	for _, name := range []string{"boilerplate", "captions"} {
		data, err := os.ReadFile("../lang/en/" + name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for line := range strings.Lines(string(data)) {
			phrase, how, ok := strings.Cut(line, "\t")
			if strings.HasPrefix(line, "#") {
				continue
			}
			if !ok || strings.TrimSpace(how) == "" || phrase != strings.ToLower(phrase) || seen[phrase] {
				t.Errorf("%s: %q stands twice, or not in lower case, or without how it is met", name, phrase)
			}
			seen[phrase] = true
		}
	}
}
