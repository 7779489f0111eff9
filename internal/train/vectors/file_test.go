package vectors

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestSaveAndLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.bin")
	list, vec := []string{"<unk>", "é", ""}, []float32{1, -2.5, 3e-9, 4, 5, 6}
	if err := Save(path, list, vec, 2); err != nil {
		t.Fatal(err)
	}
	v, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(v.Words, list) || !slices.Equal(v.Vec, vec) || v.Dim != 2 {
		t.Errorf("got %+v", v)
	}
	if err := Save(path, list, vec, 3); err == nil {
		t.Error("saved rows of the wrong length")
	}
}

// A file cut anywhere is refused.
func TestLoadCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "v.bin")
	if err := Save(path, []string{"one", "two"}, []float32{1, 2}, 1); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		if err := os.WriteFile(path, whole[:n], 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(path); err == nil {
			t.Errorf("loaded the first %d of %d bytes", n, len(whole))
		}
	}
}
