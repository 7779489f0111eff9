package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// model is the command line as the program knows it: the flags of each
// command, by its path. "" holds the flags of every command.
func model(t *testing.T) map[string][]string {
	t.Helper()
	var c commands
	k, err := kong.New(&c, options(io.Discard, io.Discard)...)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{"": names(k.Model.Flags)}
	for _, leaf := range k.Model.Leaves(true) {
		path, _, _ := strings.Cut(leaf.Path(), " <")
		out[path] = names(leaf.Flags)
	}
	return out
}

func names(flags []*kong.Flag) []string {
	var out []string
	for _, f := range flags {
		out = append(out, "--"+f.Name)
		if f.Tag != nil && f.Tag.Negatable != "" {
			out = append(out, "--no-"+f.Name)
		}
	}
	return out
}

func file(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var flagShape = regexp.MustCompile("`(--[a-z-]+)")

// sections are the flags that docs/cli.md names, by the command of the
// heading they stand below.
func sections(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	now := "nowhere"
	for line := range strings.SplitSeq(file(t, "docs/cli.md"), "\n") {
		if title, ok := strings.CutPrefix(line, "## "); ok {
			now = "prose"
			if title == "Every command" {
				now = ""
			}
			if rest, ok := strings.CutPrefix(title, "onrecord "); ok {
				now = commandOf(rest)
			}
			out[now] = append(out[now], []string{}...)
			continue
		}
		if now == "" && !strings.HasPrefix(line, "- ") {
			continue
		}
		for _, m := range flagShape.FindAllStringSubmatch(line, -1) {
			out[now] = append(out[now], m[1])
		}
	}
	delete(out, "prose")
	delete(out, "nowhere")
	return out
}

// commandOf takes the arguments off a heading: "correct merge PERSON SAME".
func commandOf(heading string) string {
	var words []string
	for _, w := range strings.Fields(heading) {
		if w != strings.ToLower(w) || strings.ContainsAny(w, `[|"`) {
			break
		}
		words = append(words, w)
	}
	return strings.Join(words, " ")
}

// TestDocs: what the program has, docs/cli.md describes, and the other way
// round.
func TestDocs(t *testing.T) {
	has, says := model(t), sections(t)
	for command, flags := range has {
		told, ok := says[command]
		if !ok {
			t.Errorf("docs/cli.md has no heading for %q", "onrecord "+command)
		}
		for _, f := range flags {
			if !slices.Contains(told, f) {
				t.Errorf("docs/cli.md does not name %s of %q", f, "onrecord "+command)
			}
		}
	}
	for command, flags := range says {
		known, ok := has[command]
		if !ok {
			t.Errorf("docs/cli.md describes %q, which the program does not have", "onrecord "+command)
		}
		for _, f := range flags {
			if !slices.Contains(known, f) {
				t.Errorf("docs/cli.md names %s of %q, which the program does not have", f, "onrecord "+command)
			}
		}
	}
}

// Every command says how it is used.
func TestDocsExamples(t *testing.T) {
	var c commands
	k, err := kong.New(&c, options(io.Discard, io.Discard)...)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range k.Model.Children {
		if n.Name != "version" && !strings.Contains(n.Detail, "Examples:\n  onrecord "+n.Name) && !strings.Contains(n.Detail, "| onrecord "+n.Name) {
			t.Errorf("onrecord %s --help has no examples", n.Name)
		}
	}
}

// What the README tells people to type exists.
func TestDocsReadme(t *testing.T) {
	readme, makefile := file(t, "README.md"), file(t, "Makefile")
	targets := regexp.MustCompile("(?m)(?:^    |`)make ([a-z]+)").FindAllStringSubmatch(readme, -1)
	if len(targets) < 2 {
		t.Errorf("the README names %d make targets; it should say how to begin", len(targets))
	}
	for _, m := range targets {
		if !regexp.MustCompile(`(?m)^` + m[1] + `:`).MatchString(makefile) {
			t.Errorf("the README says make %s, which the Makefile does not have", m[1])
		}
	}
	has := model(t)
	for _, m := range regexp.MustCompile("(?m)(?:^    |`)onrecord ([a-z-]+)").FindAllStringSubmatch(readme, -1) {
		if _, ok := has[m[1]]; !ok {
			t.Errorf("the README says onrecord %s, which the program does not have", m[1])
		}
	}
}

// Every link from one document to a file beside it must lead somewhere.
func TestDocsLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	found := 0
	for _, pattern := range []string{"../../*.md", "../../docs/*.md", "../../examples/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range link.FindAllStringSubmatch(string(text), -1) {
				found++
				if _, err := os.Stat(filepath.Join(filepath.Dir(f), m[1])); err != nil {
					t.Errorf("%s: the link %s leads nowhere", f, m[1])
				}
			}
		}
	}
	if found == 0 {
		t.Error("no links found: the pattern is wrong")
	}
}
