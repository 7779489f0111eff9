package lang

import (
	"io/fs"
	"strings"
	"testing"
)

// Every list must load, hold something, and say nothing twice.
func TestEveryListLoads(t *testing.T) {
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		code, name, _ := strings.Cut(path, "/")
		list := For(code).List(strings.TrimSuffix(name, ".txt"))
		if len(list.Entries) == 0 {
			t.Errorf("%s: no entries", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestUnknownLanguageFallsBack(t *testing.T) {
	if got := For("tlh").Code; got != Fallback {
		t.Errorf("For(tlh) = %s", got)
	}
	if For("en-GB") != For("en") {
		t.Error("en-GB and en differ")
	}
}
