package eval

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

func TestFloorsHold(t *testing.T) {
	f := floors{"polnear.all.f1": 0.5, "polnear.all.head": 0.7, "requote.f1": 0.9, "tag.gone": 0.1}
	figures := []figure{{name: "polnear.all.f1", value: 0.5}, {name: "polnear.all.head", value: 0.699}, {name: "tag.cue", value: 0.4}}
	got := f.below(figures, []string{"polnear", "tag"})
	want := []string{"polnear.all.head: 0.6990, floor 0.70", "tag.gone: floor 0.10, but the figure is no longer measured"}
	if !slices.Equal(got, want) {
		t.Errorf("below = %q", got)
	}
}

func TestFloorsOnlyRise(t *testing.T) {
	f := floors{"a.up": 0.5, "a.down": 0.8}
	figures := []figure{{name: "a.up", value: 0.61299}, {name: "a.down", value: 0.79}, {name: "b.new", value: 2.0 / 3},
		{name: "b.drawn", value: 1, sampled: true}}
	rose := f.raise(figures)
	if rose != 3 || f["a.up"] != 0.61 || f["a.down"] != 0.8 || f["b.new"] != 0.66 || f["b.drawn"] != 0.98 {
		t.Errorf("%d rose: %v", rose, f)
	}
	if below := f.below(figures, []string{"b"}); len(below) > 0 {
		t.Errorf("a raised floor does not hold its own figure: %v", below)
	}
}

func TestRaiseFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "floors.json")
	if err := os.WriteFile(path, []byte(`{"b": 0.9, "a": 0.1}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if n, err := raiseFile(path, []figure{{name: "a", value: 1}}); n != 1 || err != nil {
		t.Fatalf("%d rose, %v", n, err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != "{\n  \"a\": 1.00,\n  \"b\": 0.90\n}\n" {
		t.Errorf("file = %s", data)
	}
	if _, err := raiseFile(path+"x", nil); err == nil {
		t.Error("a missing file is no error")
	}
}

// The floors in the repository are shares of figures that a set can have.
func TestFloorsFileIsSound(t *testing.T) {
	f, err := readFloors(floorsFile)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range f {
		set, _, ok := strings.Cut(name, ".")
		if !ok || !slices.Contains(Names(), set) || v < 0 || v > 1 {
			t.Errorf("floor %s = %v", name, v)
		}
	}
	if string(f.encode()) != string(floorsFile) {
		t.Error("floors.json is not as raising writes it")
	}
}

func plainArticle(p record.Page) (record.Article, error) {
	if len(p.Bytes) == 0 {
		return record.Article{}, errors.New("an empty page")
	}
	text, start := string(p.Bytes), 0
	if p.Title != "" {
		text = p.Title + "\n\n" + text
		start = len(p.Title) + 2
	}
	return record.Article{ID: p.ID, Text: text, BodyStart: start, Outlet: p.Outlet}, nil
}

func silent(a record.Article) record.Reading { return record.Reading{Article: a} }

func TestAbsentDataIsSkippedAndSaidSo(t *testing.T) {
	var out strings.Builder
	o := Options{Shared: t.TempDir(), Floors: true, Article: plainArticle, Read: silent, Tracer: func() Tracer { return &words{} }}
	if err := Run(context.Background(), o, &out); err != nil {
		t.Fatal(err)
	}
	for _, s := range Names() {
		if !strings.Contains(out.String(), s+": skipped: no") {
			t.Errorf("%s is not said to be skipped:\n%s", s, out.String())
		}
	}
}

func TestRunRefuses(t *testing.T) {
	o := Options{Sets: []string{"polnaer"}, Article: plainArticle, Read: silent}
	err := Run(context.Background(), o, io.Discard)
	if err == nil || !strings.Contains(err.Error(), `"polnaer"`) || !strings.Contains(err.Error(), "polnear, requote") {
		t.Errorf("an unknown set: %v", err)
	}
	if Run(context.Background(), Options{}, io.Discard) == nil {
		t.Error("a run without a reader is no error")
	}
}

func TestSharedFolderIsFound(t *testing.T) {
	t.Setenv("ONRECORD_SHARED", "/elsewhere")
	if got := findShared("/given"); got != "/given" {
		t.Errorf("given: %s", got)
	}
	if got := findShared(""); got != "/elsewhere" {
		t.Errorf("environment: %s", got)
	}
	t.Setenv("ONRECORD_SHARED", "")
	root, ok := repository()
	if !ok || findShared("") != filepath.Join(root, "..", "shared") {
		t.Errorf("beside the repository: %s", findShared(""))
	}
}
