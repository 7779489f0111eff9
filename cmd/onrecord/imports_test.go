package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed says which packages of ours each package may import: the trip runs
// one way. A package that is not listed may not exist; a row is the place to
// argue about a new edge.
var allowed = map[string][]string{
	"record": {},
	"lang":   {},
	"matrix": {},
	"text":   {"record", "lang"},
	// The keys of the table of word vectors, for training and reading alike.
	"words":     {"record", "lang", "text"},
	"when":      {"record", "lang", "text"},
	"fetch":     {"record"},
	"extract":   {"record", "lang", "text", "when"},
	"mention":   {"record", "lang", "text"},
	"quote":     {"record", "lang", "text", "when", "mention", "words", "tag", "link"},
	"attribute": {"record", "lang", "text", "when", "mention", "quote"},
	"people":    {"record", "lang", "text"},
	"tag":       {"matrix"},
	"link":      {"record", "lang", "text"},
	"trace":     {"record", "lang"},
	"store":     {"record"},
	"view":      {"record"},
	"show":      {"record", "view"},
	// The conductor knows the order of the stages, and hands what they make
	// to the store.
	"read": {"record", "lang", "text", "when", "extract", "mention", "quote", "attribute", "people", "trace", "store", "tag"},
	// Questions to a store, answered with the tracer.
	"ask": {"record", "lang", "trace", "store", "read"},
	// The ruler is handed the reading; it knows the nouns, the tracer and who
	// is who.
	"eval": {"record", "text", "trace", "people", "lang"},
	// Training stands beside the trip; nothing on the way imports it.
	"train/link": {"record", "lang", "text", "link"},
	// Training makes what is shipped, and is not shipped: nobody imports it.
	"train/calibrate": {"record", "text", "extract", "mention", "quote", "attribute", "tag", "eval"},
	"train/corpus":    {"record", "text", "quote", "tag"},
	"train/phrases":   {"trace", "train/corpus"},
	"train/tagger":    {"matrix", "tag", "text", "quote", "train/corpus", "train/vectors"},
	"train/vectors":   {"record", "lang", "text", "words"},
}

// The stages never know the store.
var stages = []string{"text", "when", "fetch", "extract", "mention", "quote", "attribute", "people", "trace"}

const module = "onrecord/"

// importsOf lists what the packages below root import of ours; tests may
// import more than the code does and are left out.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	got := map[string][]string{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == "testdata" {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		got[pkg] = append(got[pkg], []string{}...)
		for _, i := range f.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if strings.HasPrefix(name, module) {
				got[pkg] = append(got[pkg], strings.TrimPrefix(name, module))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestImportDirections(t *testing.T) {
	got := importsOf(t, filepath.Join("..", "..", "internal"))
	if len(got) == 0 {
		t.Fatal("no packages found below internal")
	}
	for pkg, imports := range got {
		may, known := allowed[pkg]
		if !known {
			t.Errorf("internal/%s is not in the table of import directions", pkg)
			continue
		}
		for _, i := range imports {
			name, inside := strings.CutPrefix(i, "internal/")
			if !inside {
				t.Errorf("internal/%s imports %s: nobody imports a command", pkg, i)
			} else if !slices.Contains(may, name) {
				t.Errorf("internal/%s imports internal/%s; it may import %v", pkg, name, may)
			}
		}
	}
}

// The table itself must keep the promises of the design.
func TestImportDirectionsTable(t *testing.T) {
	if len(allowed["record"]) > 0 || len(allowed["lang"]) > 0 {
		t.Error("record and lang import nothing of ours")
	}
	for _, s := range stages {
		if slices.Contains(allowed[s], "store") || slices.Contains(allowed[s], "read") {
			t.Errorf("stage %s may not know the store or the conductor", s)
		}
	}
	for pkg, may := range allowed {
		for _, m := range may {
			if slices.Contains(allowed[m], pkg) {
				t.Errorf("%s and %s may import each other", pkg, m)
			}
		}
	}
}

// No package is a drawer for what has no place.
func TestPackageNames(t *testing.T) {
	for pkg := range importsOf(t, filepath.Join("..", "..", "internal")) {
		switch filepath.Base(pkg) {
		case "util", "utils", "common", "helpers", "model", "models", "service", "manager":
			t.Errorf("package %s says nothing by its name", pkg)
		}
	}
}
