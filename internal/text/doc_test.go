package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// plain makes the Doc of a text that is all body.
func plain(s string) *Doc {
	return New(&record.Article{ID: "t", Text: s, Language: "en"})
}

// inners lists the outermost quoted stretches, "~" before an unclosed one,
// ">" before one that goes on with the paragraph before.
func inners(d *Doc) []string {
	var out []string
	for _, m := range d.Marks {
		s := m.Inner.Of(d.Text)
		if m.Unclosed {
			s = "~" + s
		}
		if m.Prev >= 0 {
			s = ">" + s
		}
		out = append(out, strings.Repeat("  ", depth(d, m))+s)
	}
	return out
}

func depth(d *Doc, m Mark) (n int) {
	for ; m.Outer >= 0; m = d.Marks[m.Outer] {
		n++
	}
	return n
}

func TestMarksArePaired(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"curly":                      {`“We lost,” Ann Roe said. “We did.”`, []string{"We lost,", "We did."}},
		"straight":                   {`"We lost," Ann Roe said. "We did."`, []string{"We lost,", "We did."}},
		"straight in brackets":       {`She (the "boss") left.`, []string{"boss"}},
		"single British":             {`'We lost,' Ann Roe said, 'and it's late.'`, []string{"We lost,", "and it's late."}},
		"single curly":               {`‘We lost, didn’t we,’ she said.`, []string{"We lost, didn’t we,"}},
		"nested single":              {`“He said ‘never’ to me,” she said.`, []string{"He said ‘never’ to me,", "  never"}},
		"nested double":              {`“I asked: “Why me?” Nobody knew,” she said.`, []string{"I asked: “Why me?” Nobody knew,", "  Why me?"}},
		"guillemets":                 {`Elle a dit « jamais », then left.`, []string{" jamais "}},
		"low German":                 {`Er sagte: „Nein“ and went.`, []string{"Nein"}},
		"possessive is no close":     {`‘the workers’ rights come first’, she said`, []string{"the workers’ rights come first"}},
		"apostrophes are no marks":   {`The ’90s and rock ’n’ roll weren’t the bosses’ idea.`, nil},
		"unclosed then a new one":    {`“We lost, she said. “We did.”`, []string{"~We lost, she said.", "We did."}},
		"never closed":               {`She said “we lost and left`, []string{"~we lost and left"}},
		"re-opened paragraph":        {"“One day.\n\n“Two days,” she said.", []string{"~One day.", ">Two days,"}},
		"not re-opened":              {"“One day.\n\nTwo days, she said.", []string{"~One day."}},
		"inches and feet stay out":   {`The 12" record sold.`, nil},
		"closing glyph as opening":   {`She said ”we lost” and left.`, []string{"we lost"}},
		"backticks of old agencies":  {"``We lost,'' Ann Roe said.", []string{"We lost,"}},
		"mark after a dash":          {`—“We lost”—`, []string{"We lost"}},
		"quote right after a stop":   {`It was a “stunt.”"We lost"`, []string{"stunt.", "We lost"}},
		"mixed curly and straight":   {`“We lost," Ann Roe said.`, []string{"We lost,"}},
		"an elided word inside one":  {`“Get ’em,” he said.`, []string{"Get ’em,"}},
		"single inside double curly": {`“It’s ‘fine’,” he said.`, []string{"It’s ‘fine’,", "  fine"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := inners(plain(c.text)); fmt.Sprint(got) != fmt.Sprint(c.want) {
				t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

func TestSentencesWaitForTheQuotation(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"plain":                   {`Ann left. Bob stayed.`, "Ann left.|Bob stayed."},
		"stops inside marks":      {`“Stop. Now,” Ann said. Bob left.`, "“Stop. Now,” Ann said.|Bob left."},
		"question then tag":       {`“Why?” she asked. Bob left.`, "“Why?” she asked.|Bob left."},
		"whole quoted sentence":   {`Ann said: “We lost.” Bob left.`, "Ann said: “We lost.”|Bob left."},
		"titles and initials":     {`Mr. J. P. Roe met Sen. Hall in the U.S. on Monday. He left.`, "Mr. J. P. Roe met Sen. Hall in the U.S. on Monday.|He left."},
		"numbers":                 {`It cost $3.5 million. No. 4 won.`, "It cost $3.5 million.|No. 4 won."},
		"no space after the stop": {`It was a stunt.He left.`, "It was a stunt.|He left."},
		"bracketed sentence":      {`He left. (She stayed.) They met.`, "He left.|(She stayed.)|They met."},
	} {
		t.Run(name, func(t *testing.T) {
			d := plain(c.text)
			var got []string
			for _, s := range d.Sentences {
				got = append(got, s.Of(d.Text))
			}
			if strings.Join(got, "|") != c.want {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, "|"), c.want)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	d := plain(`Legend’s R&B album don’t cost $1,000.50, said O'Brien of the U.S. on the well-known sh*t @ann #now s***…`)
	var got []string
	for i := range d.Tokens {
		got = append(got, d.Of(i))
	}
	want := "Legend|’s|R&B|album|don’t|cost|$|1,000.50|,|said|O'Brien|of|the|U.S.|on|the|well-known|sh*t|@ann|#now|s***|…"
	if strings.Join(got, "|") != want {
		t.Errorf("\n got %s\nwant %s", strings.Join(got, "|"), want)
	}
}

// FuzzDoc checks the laws of a Doc: tokens and the white space between them
// concatenate to the text, every span lies in range, pairs never cross,
// sentences cover the tokens in order.
func FuzzDoc(f *testing.F) {
	for _, s := range []string{"", "“a\n\n“b” c", "'a' \"b 'c' d\" '", "a.b.c U.S.", "\xff“\xfe”", "‘’“”«»", "sh*t ***",
		"“We lost, she said. “We did.”", "''``", strings.Repeat("\"", 50), strings.Repeat("“ ", 50), "a’s’s ’s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			s = strings.ToValidUTF8(s, "?")
		}
		d := plain(s)
		at := 0
		for i, tok := range d.Tokens {
			if tok.Start < at || tok.End <= tok.Start || tok.End > len(s) {
				t.Fatalf("token %d %v out of order", i, tok.Span)
			}
			blank(t, s[at:tok.Start])
			at = tok.End
		}
		blank(t, s[at:])
		for i, m := range d.Marks {
			if m.Inner.Start > m.Inner.End || m.Open.End > m.Inner.Start || m.Inner.End > m.Close.Start || m.Close.End > len(s) {
				t.Fatalf("mark %d out of order: %+v in %q", i, m, s)
			}
			if m.Outer >= i || (m.Outer >= 0 && !d.Marks[m.Outer].Inner.Contains(record.Span{Start: m.Open.Start, End: m.Close.End})) {
				t.Fatalf("mark %d crosses its outer: %+v %+v in %q", i, m, d.Marks[m.Outer], s)
			}
		}
		next := 0
		for i, sn := range d.Sentences {
			if sn.FirstToken != next || sn.EndToken <= sn.FirstToken {
				t.Fatalf("sentence %d covers tokens %d-%d, want from %d", i, sn.FirstToken, sn.EndToken, next)
			}
			next = sn.EndToken
		}
		if next != len(d.Tokens) {
			t.Fatalf("sentences end at token %d of %d", next, len(d.Tokens))
		}
	})
}

func blank(t *testing.T, s string) {
	t.Helper()
	for _, r := range s {
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' {
			t.Fatalf("%q lies between tokens", s)
		}
	}
}

// Long runs of the same trouble must not take quadratic time: a megabyte of
// each passes in well under a second where a quadratic pass takes minutes.
func TestLongTroubleIsLinear(t *testing.T) {
	for _, unit := range []string{`"`, `“`, `‘a `, `a’s `, `a.`, `'`, `“a” `, `workers' `, "“\n", `(`, `s*`} {
		d := plain(strings.Repeat(unit, 1<<20/len(unit)))
		if len(d.Tokens) == 0 {
			t.Errorf("%q: no tokens", unit)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	s := strings.Repeat("“We lost,” Ann Roe, the minister’s aide, said on Monday. “We won’t give up in the U.S., though.” Nobody else spoke.\n\n", 50)
	a := &record.Article{Text: s, Language: "en"}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		New(a)
	}
}
