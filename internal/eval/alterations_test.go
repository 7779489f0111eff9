package eval

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// The labelled pairs are ids, offsets and labels; two sides of a pair are two
// places.
func TestAlterationsFile(t *testing.T) {
	list, err := readAlterations(alterationsFile)
	if err != nil {
		t.Fatal(err)
	}
	for i, n := range list {
		for _, w := range []wording{n.A, n.B} {
			if w.Set != "requote" && w.Set != "polnear" || w.ID == "" || w.Start < 0 || w.End <= w.Start {
				t.Errorf("item %d stands at %+v", i, w)
			}
		}
		if n.A == n.B {
			t.Errorf("item %d is laid over itself", i)
		}
	}
	if _, err := readAlterations([]byte(`[{"change":"prettified"}]`)); err == nil {
		t.Error("a change that there is not was taken")
	}
}

func TestPartsOf(t *testing.T) {
	for text, want := range map[string]string{
		"We sold it": "We sold it",
		"We sold it,” she said. “It is gone.":      "We sold it,|It is gone.",
		`We sold it," she said, "and now it rains`: "We sold it,|and now it rains",
		"We sold it.” She left.":                   "We sold it.",
	} {
		var got []string
		for _, p := range partsOf(text, record.Span{End: len(text)}) {
			got = append(got, p.Of(text))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}

// A pair is laid over by its offsets in code points, with the facts that the
// list gives, and scored in its half.
func TestAlterationsScored(t *testing.T) {
	a := "Zoë Calder: “We lost 14 goats and two sheep in the flood.”"
	b := "“We lost 40 goats and two sheep in the flood,” she said – they have lost many goats."
	list := []natural{
		{A: wording{"requote", "a", 13, 57}, B: wording{"requote", "b", 1, 44}, Change: record.NumberChanged},
		{A: wording{"requote", "a", 13, 57}, B: wording{"requote", "b", 1, 44}, Change: record.OtherSpeaker, OtherSpeaker: true},
		{A: wording{"requote", "a", 13, 57}, B: wording{"requote", "b", 57, 81}, Change: record.TurnedIndirect, Indirect: true},
		{A: wording{"requote", "a", 13, 57}, B: wording{"requote", "b", 9, 44}, Change: record.Cut},
	}
	in := texts{"requote": {"a": a, "b": b}}
	s := &changeScore{label: map[record.Change]*tally{}}
	for i, n := range list {
		if err := s.lay(i, n, in); err != nil {
			t.Fatal(err)
		}
	}
	if s.half[0].found != 2 || s.half[1].found != 1 || len(s.mistakes) != 1 {
		t.Errorf("right: %d even, %d odd; %v", s.half[0].found, s.half[1].found, s.mistakes)
	}
	if err := s.lay(4, natural{A: wording{"requote", "c", 0, 1}, B: wording{"requote", "b", 0, 1}}, in); err == nil {
		t.Error("a report that is not there was found")
	}
}

// Texts are read from the files of their sets, and only those that are asked
// for.
func TestAlteredTexts(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, items ...any) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		z := gzip.NewWriter(f)
		for _, i := range items {
			if err := json.NewEncoder(z).Encode(i); err != nil {
				t.Fatal(err)
			}
		}
		if z.Close() != nil || f.Close() != nil {
			t.Fatal("the file cannot be closed")
		}
	}
	put(requoteArticles, printed{ID: "a", Text: "one"}, printed{ID: "b", Text: "two"})
	put(polnearTrain, annotated{ID: "p", Text: "three"})
	r := &run{shared: dir}
	got, err := alteredTexts(r, []natural{{A: wording{Set: "requote", ID: "b"}, B: wording{Set: "polnear", ID: "p"}}})
	if err != nil || got["requote"]["b"] != "two" || got["polnear"]["p"] != "three" || len(got["requote"]) != 1 {
		t.Errorf("%v, %v", got, err)
	}
}
