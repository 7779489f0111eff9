package vectors

import (
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/words"
)

// invented writes a tiny corpus and returns its folder. In it "mayor" and
// "governor" are used alike, and "rain" otherwise.
func invented(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	speech := strings.Repeat("The mayor said that taxes would fall. The governor said that taxes would fall.\n", 30)
	weather := strings.Repeat("Heavy rain fell on 12 towns. Cold rain fell on 30 towns.\n", 30)
	write(t, root, parts[0], article{"Taxes", speech}, article{"Weather", weather}, article{"Taxes", speech})
	write(t, root, parts[1], article{"", "A lone zebra, a lone zebra.\n"})
	write(t, root, parts[2], article{"", "An okapi “grazed” near an okapi."})
	return root
}

func write(t *testing.T, root, name string, articles ...article) {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z := gzip.NewWriter(f)
	enc := json.NewEncoder(z)
	for _, a := range articles {
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func train(t *testing.T, o Options) *Vectors {
	t.Helper()
	v, err := Train(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestTrainTwice(t *testing.T) {
	o := Options{Shared: invented(t), Dim: 10, Passes: 2, Seed: 7}
	a, b := train(t, o), train(t, o)
	if !slices.Equal(a.Words, b.Words) || !slices.Equal(a.Vec, b.Vec) {
		t.Error("the same seed and data gave other vectors")
	}
	o.Seed = 8
	if slices.Equal(a.Vec, train(t, o).Vec) {
		t.Error("another seed gave the same vectors")
	}
}

func TestTrainLearns(t *testing.T) {
	v := train(t, Options{Shared: invented(t), Dim: 18, Passes: 1500, Seed: 1})
	alike, unlike := v.cosine(t, "mayor", "governor"), v.cosine(t, "mayor", "rain")
	if alike < 0.8 || unlike > alike-0.3 {
		t.Errorf("mayor is to governor %.2f, to rain %.2f", alike, unlike)
	}
	for _, x := range v.Vec {
		if math.IsNaN(float64(x)) || math.IsInf(float64(x), 0) {
			t.Fatal("a vector is not finite")
		}
	}
}

func (v *Vectors) cosine(t *testing.T, a, b string) float64 {
	t.Helper()
	i, j := slices.Index(v.Words, a), slices.Index(v.Words, b)
	if i < 0 || j < 0 {
		t.Fatalf("no row for %q or %q", a, b)
	}
	x, y := v.Vec[i*v.Dim:][:v.Dim], v.Vec[j*v.Dim:][:v.Dim]
	return float64(dot(x, y)) / math.Sqrt(float64(dot(x, x))*float64(dot(y, y)))
}

func TestVocabulary(t *testing.T) {
	v := train(t, Options{Shared: invented(t), Dim: 4, Passes: 1})
	if v.Words[0] != words.Unknown || v.Words[1] != "." {
		t.Errorf("the first words are %q", v.Words[:2])
	}
	for _, w := range []string{"00", "okapi", "an", words.Quote} { // twice in the labelled part is enough
		if !slices.Contains(v.Words, w) {
			t.Errorf("no row for %q", w)
		}
	}
	for _, w := range []string{"zebra", "weather", "grazed", "12"} {
		if slices.Contains(v.Words, w) {
			t.Errorf("a row for %q", w)
		}
	}
	// The report that is there twice counts once.
	if want := 30*(2*8+2*7) + 1 + 1 + 8 + 9; v.Tokens != want {
		t.Errorf("%d tokens, want %d", v.Tokens, want)
	}
	// Fewer words than are averaged: the row for the unknown is the mean of all.
	sum := float32(0)
	for i := 1; i < len(v.Words); i++ {
		sum += v.Vec[i*v.Dim]
	}
	if got := v.Vec[0] * float32(len(v.Words)-1); math.Abs(float64(got-sum)) > 1e-5 {
		t.Errorf("the unknown word has %g, the mean is %g", got, sum)
	}
}

func TestTrainFails(t *testing.T) {
	if _, err := Train(Options{Shared: t.TempDir()}); err == nil {
		t.Error("trained on nothing")
	}
	root := invented(t)
	if err := os.WriteFile(filepath.Join(root, filepath.FromSlash(labelled)), []byte("no gzip"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Train(Options{Shared: root}); err == nil || !strings.Contains(err.Error(), "polnear") {
		t.Errorf("a broken part: %v", err)
	}
}

func TestTableOf(t *testing.T) {
	got := []int{}
	for off := -window; off <= window; off++ {
		if off != 0 {
			got = append(got, tableOf(off))
		}
	}
	if want := []int{6, 6, 0, 1, 2, 3, 4, 5, 6, 6}; !slices.Equal(got, want) {
		t.Errorf("tables %v, want %v", got, want)
	}
}
