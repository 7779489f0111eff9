package trace

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
)

var update = flag.Bool("update", false, "write what the tests find into their case files")

// runCases runs every case file of a folder; the file's "want" is compared
// with what got makes of its other files.
func runCases(t *testing.T, folder string, got func(t *testing.T, files map[string]string) string) {
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in %s: %v", folder, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := map[string]string{}
			want := -1
			for i, f := range a.Files {
				files[f.Name] = strings.TrimSuffix(string(f.Data), "\n")
				if f.Name == "want" {
					want = i
				}
			}
			if want < 0 {
				t.Fatal("the case says not what is wanted")
			}
			out := got(t, files)
			if *update {
				a.Files[want].Data = []byte(out)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if out != string(a.Files[want].Data) {
				t.Errorf("got:\n%s\nwant:\n%s", out, a.Files[want].Data)
			}
		})
	}
}

// Every kind of alteration, one wording against a fuller one.
func TestCompare(t *testing.T) {
	runCases(t, "compare", func(t *testing.T, files map[string]string) string {
		verdict, edits, alarms := Compare(files["here"], files["full"])
		if around, ok := files["content"]; ok {
			c := compare(NewText(files["here"]), NewText(files["full"]), sameWord)
			c.from = &record.Entry{Words: files["here"], Content: around}
			edits, alarms = c.edits(), c.alarms()
		}
		var b strings.Builder
		fmt.Fprintln(&b, verdict)
		for _, a := range alarms {
			fmt.Fprintln(&b, "alarm:", a)
		}
		for _, e := range edits {
			shown := "unmarked"
			if e.Marked {
				shown = "marked"
			}
			fmt.Fprintf(&b, "%s, %s, %s: “%s” > “%s”\n", e.Op, shown, e.Type, e.Full, e.Here)
		}
		return b.String()
	})
}
