// Package examples tests that the example reports say what CASES.md and
// expected.json promise of them.
package examples

import (
	"context"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"onrecord/internal/extract"
	"onrecord/internal/fetch"
	"onrecord/internal/record"
)

// place names a document of the examples, and words in it.
type place struct {
	File  string   `json:"file"`
	ID    string   `json:"id"`
	Words string   `json:"words"`
	Parts []string `json:"parts"`
	Where string   `json:"where"`
}

func (p place) key() string {
	if p.ID != "" {
		return p.File + "#" + p.ID
	}
	return p.File
}

type expected struct {
	Documents []struct {
		place
		Outlet    string `json:"outlet"`
		Published string `json:"published"`
	} `json:"documents"`
	Utterances []struct {
		Key            string  `json:"key"`
		Fullest        place   `json:"fullest"`
		Earliest       place   `json:"earliest"`
		Variants       []place `json:"variants"`
		Clarifications []place `json:"clarifications"`
	} `json:"utterances"`
	Apart []struct {
		A place `json:"a"`
		B place `json:"b"`
	} `json:"apart"`
	PassedOver []place `json:"passed_over"`
	Hedges     []place `json:"hedges"`
}

// articles reads every example as the program does.
func articles(t *testing.T) map[string]record.Article {
	t.Helper()
	pages, err := filepath.Glob("*/*.*")
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]record.Article{}
	problems, err := fetch.Each(context.Background(), append(pages, "northline.jsonl"), fetch.Options{}, func(p record.Page) error {
		a, err := extract.Article(p)
		if err != nil {
			return err
		}
		key := "northline.jsonl#" + p.ID
		if p.File != "" {
			rel, err := filepath.Rel(here, p.File)
			if err != nil {
				return err
			}
			key = filepath.ToSlash(rel)
		}
		found[key] = a
		return nil
	})
	if err != nil || problems > 0 {
		t.Fatalf("reading the examples: %d problems, %v", problems, err)
	}
	return found
}

func expectations(t *testing.T) expected {
	t.Helper()
	data, err := os.ReadFile("expected.json")
	if err != nil {
		t.Fatal(err)
	}
	var e expected
	if err := json.Unmarshal(data, &e); err != nil {
		t.Fatal(err)
	}
	return e
}

func TestDocumentsAreReadAsExpected(t *testing.T) {
	read, want := articles(t), expectations(t)
	if len(read) != len(want.Documents) {
		t.Errorf("read %d documents, expected.json lists %d", len(read), len(want.Documents))
	}
	for _, d := range want.Documents {
		a, ok := read[d.key()]
		if !ok {
			t.Errorf("%s: not read", d.key())
			continue
		}
		if a.Outlet != d.Outlet {
			t.Errorf("%s: outlet %q, want %q", d.key(), a.Outlet, d.Outlet)
		}
		if day, _, _ := strings.Cut(record.Format(a.Published.From), "T"); day != d.Published {
			t.Errorf("%s: published %q, want %q", d.key(), day, d.Published)
		}
		if len(strings.Fields(a.Text)) < 100 {
			t.Errorf("%s: only %d words were kept", d.key(), len(strings.Fields(a.Text)))
		}
	}
}

func TestExpectedWordsStandInTheReports(t *testing.T) {
	read, want := articles(t), expectations(t)
	stands := func(p place) {
		a := read[p.key()]
		text := a.Text
		switch p.Where {
		case "headline":
			text = a.Title
		case "body":
			text = a.Text[a.BodyStart:]
		}
		words := p.Parts
		if len(words) == 0 && p.Words != "" {
			words = []string{p.Words}
		}
		if len(words) == 0 {
			t.Errorf("%s: an entry names no words", p.key())
		}
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s: %s does not say %q", p.key(), p.Where, w)
			}
		}
	}
	for _, u := range want.Utterances {
		if read[u.Earliest.key()].Published.From.IsZero() {
			t.Errorf("%s: the earliest report has no date", u.Key)
		}
		for _, v := range u.Variants {
			stands(v)
			if day := read[v.key()].Published; day.Known() && day.From.Before(read[u.Earliest.key()].Published.From) {
				t.Errorf("%s: %s is earlier than %s", u.Key, v.key(), u.Earliest.key())
			}
		}
		stands(u.Fullest)
		for _, c := range u.Clarifications {
			stands(c)
		}
	}
	for _, p := range want.Apart {
		stands(p.A)
		stands(p.B)
	}
	for _, p := range append(want.PassedOver, want.Hedges...) {
		stands(p)
	}
}

var (
	caseLine = regexp.MustCompile("(?m)^\\| (.+?) \\| `([^`]+)` \\| (.+) \\|$")
	tag      = regexp.MustCompile(`(?s)<(script|style|head)\b.*?</(script|style|head)>|</?(em|a|span|small)\b[^>]*>`)
	anyTag   = regexp.MustCompile(`<[^>]+>`)
)

// seen is what a reader of the file sees, clutter and all: some cases are
// about words that an article must not keep.
func seen(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if filepath.Ext(file) != ".html" {
		return string(data)
	}
	return html.UnescapeString(anyTag.ReplaceAllString(tag.ReplaceAllString(string(data), ""), "\n"))
}

func TestEveryCaseStandsInItsFile(t *testing.T) {
	read := articles(t)
	data, err := os.ReadFile("CASES.md")
	if err != nil {
		t.Fatal(err)
	}
	cases := caseLine.FindAllStringSubmatch(string(data), -1)
	if len(cases) < 90 {
		t.Errorf("CASES.md lists %d cases", len(cases))
	}
	for _, c := range cases {
		name, file, words := c[1], c[2], c[3]
		text := read[file].Text
		if !strings.Contains(file, "#") {
			text = seen(t, file)
		}
		if !strings.Contains(text, words) {
			t.Errorf("%s: %s does not say %q", name, file, words)
		}
	}
}
