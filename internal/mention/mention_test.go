package mention

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

var update = os.Getenv("ONRECORD_UPDATE") != "" // write what Find finds into testdata/find.txtar

// docOf makes a document of a report whose first paragraph is its headline
// where a blank line follows it.
func docOf(s string) *text.Doc {
	a := &record.Article{Text: s, Language: "en"}
	if k := strings.Index(s, "\n\n"); k > 0 && k < 100 && !strings.HasSuffix(s[:k], ".") {
		a.BodyStart = k + 2
	}
	return text.New(a)
}

func render(s string, chains []record.Chain) string {
	var b strings.Builder
	for _, c := range chains {
		fmt.Fprintf(&b, "%s | %s |", c.Name, c.Nature)
		for i, m := range c.Mentions {
			if i > 0 {
				b.WriteByte(';')
			}
			b.WriteString(" " + m.Of(s))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

const findCases = "testdata/find.txtar"

func TestFind(t *testing.T) {
	ar, err := txtar.ParseFile(findCases)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range ar.Files {
		want[f.Name] = string(f.Data)
	}
	out := &txtar.Archive{Comment: ar.Comment}
	for _, f := range ar.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		s := strings.TrimSuffix(string(f.Data), "\n")
		got := render(s, Find(docOf(s)))
		out.Files = append(out.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
		t.Run(f.Name, func(t *testing.T) {
			if w, ok := want[f.Name+".want"]; !update && (!ok || got != w) {
				t.Errorf("%s\ngot\n%swant\n%s", s, got, w)
			}
		})
	}
	if update {
		if err := os.WriteFile(findCases, txtar.Format(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// check holds the laws of chains: mentions in range, on rune boundaries,
// sorted, no two names overlapping, ids in order of first place.
func check(t *testing.T, s string, chains []record.Chain) {
	t.Helper()
	last := -1
	var names []record.Span
	for i, c := range chains {
		if c.ID != i || len(c.Mentions) == 0 || c.Name == "" {
			t.Fatalf("chain %d: id %d, %d mentions, name %q", i, c.ID, len(c.Mentions), c.Name)
		}
		if c.Mentions[0].Start < last {
			t.Fatalf("chain %d begins before the one in front of it", i)
		}
		last = c.Mentions[0].Start
		for k, m := range c.Mentions {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End || !boundary(s, m.Start) || !boundary(s, m.End) {
				t.Fatalf("mention %v of %d bytes", m, len(s))
			}
			if k > 0 && m.Start < c.Mentions[k-1].Start {
				t.Fatalf("chain %d is not in order of place", i)
			}
			if m.Kind == record.ByName {
				names = append(names, m.Span)
			}
		}
	}
	for i, a := range names {
		for _, b := range names[:i] {
			if a.Overlaps(b) {
				t.Fatalf("two names overlap: %q and %q", a.Of(s), b.Of(s))
			}
		}
	}
}

func boundary(s string, i int) bool { return i == len(s) || utf8.RuneStart(s[i]) }

func FuzzFind(f *testing.F) {
	ar, err := txtar.ParseFile(findCases)
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range ar.Files {
		f.Add(string(file.Data))
	}
	f.Add("“")
	f.Add("Mr. . Adair’s “Jane”\n\nBy")
	f.Add("the former, the latter and his wife, \x80\xff Adair")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || len(s) > 4000 {
			return
		}
		d := docOf(s)
		chains := Find(d)
		check(t, s, chains)
		if again := render(s, Find(d)); again != render(s, chains) {
			t.Fatal("two readings differ")
		}
		x := NewIndex(d, chains)
		for _, h := range x.All() {
			if c, _, ok := x.At(h.Span); !ok || c < 0 || c >= len(chains) {
				t.Fatalf("the index has lost %q", h.Of(s))
			}
		}
	})
}

func TestIndex(t *testing.T) {
	s := "Jane Roe, a farmer from Elm Town, met Paul Croft. He said a neighbour of Joe Finch was ill."
	d := docOf(s)
	chains := Find(d)
	x := NewIndex(d, chains)
	at := func(words string) record.Span {
		k := strings.Index(s, words)
		return record.Span{Start: k, End: k + len(words)}
	}
	for words, want := range map[string]string{
		"Jane Roe":                             "Jane Roe",
		"Jane Roe, a farmer from Elm Town,":    "Jane Roe",
		"farmer":                               "Jane Roe",
		"Croft":                                "Paul Croft",
		"He":                                   "Paul Croft",
		"Joe Finch":                            "Joe Finch",
		"met Paul Croft. He said a neighbour ": "Paul Croft",
	} {
		c, _, ok := x.At(at(words))
		if !ok || chains[c].Name != want {
			t.Errorf("At(%q) = %v, %v; want %s", words, c, ok, want)
		}
	}
	if _, _, ok := x.At(at("ill")); ok {
		t.Error("somebody stands where nobody does")
	}
	if in := x.In(at("met Paul Croft. He said")); len(in) != 2 || in[0].Chain != in[1].Chain {
		t.Errorf("In = %+v", in)
	}
	if h, ok := x.Before(at("met").Start); !ok || chains[h.Chain].Name != "Jane Roe" {
		t.Errorf("Before = %+v, %v", h, ok)
	}
	if _, ok := x.Before(0); ok {
		t.Error("somebody stands before the first word")
	}
}

// Writers known from the page are not in the report.
func TestWritersAreNobody(t *testing.T) {
	s := "Mayor opens bridge\n\nNora Quill, staff writer\n\nMayor Ada Byrne opened the bridge, Byrne said."
	a := &record.Article{Text: s, Language: "en", BodyStart: 20, Authors: []string{"Nora Quill"}}
	chains := Find(text.New(a))
	if len(chains) != 1 || chains[0].Name != "Ada Byrne" {
		t.Errorf("got %s", render(s, chains))
	}
}

func BenchmarkFind(b *testing.B) {
	ar, err := txtar.ParseFile(findCases)
	if err != nil {
		b.Fatal(err)
	}
	var s strings.Builder
	for s.Len() < 6000 {
		for _, f := range ar.Files {
			if !strings.HasSuffix(f.Name, ".want") {
				s.Write(f.Data)
				s.WriteByte('\n')
			}
		}
	}
	d := text.New(&record.Article{Text: s.String(), Language: "en"})
	b.SetBytes(int64(s.Len()))
	for b.Loop() {
		Find(d)
	}
}
