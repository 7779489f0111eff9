package corpus

import (
	"compress/gzip"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/tag"
)

// packed writes a gzipped file below a new folder, and returns the folder.
func packed(t *testing.T, name, lines string) string {
	t.Helper()
	folder := t.TempDir()
	path := filepath.Join(folder, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := z.Write([]byte(lines)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestOffsets(t *testing.T) {
	if got := offsets("a“é\xffz"); !slices.Equal(got, []int{0, 1, 4, 6, 7, 8}) {
		t.Errorf("offsets %v", got)
	}
	if got := offsets(""); !slices.Equal(got, []int{0}) {
		t.Errorf("offsets of nothing: %v", got)
	}
}

func TestDocHasAHeadline(t *testing.T) {
	for body, want := range map[string]int{"Ferry late\nIt sank.": 11, "It sank.": 0, "\nIt sank.": 0, "": 0} {
		if got := Doc(body).Article.BodyStart; got != want {
			t.Errorf("%q: the body begins at %d, want %d", body, got, want)
		}
	}
	if got := Passage("Ferry late\nIt sank.").Article.BodyStart; got != 0 {
		t.Errorf("a passage has a headline of %d bytes", got)
	}
}

// labelled is the labels of spans, as they would be written.
func labelled(n int, spans ...tag.Span) []uint8 {
	out := make([]uint8, n)
	tag.Write(out, spans)
	return out
}

func TestMark(t *testing.T) {
	const body = "Ann Roe left.\nShe came back."
	d := Passage(body)
	for _, c := range []struct {
		name string
		span record.Span
		want []uint8
	}{
		{"one token", record.Span{Start: 4, End: 7}, labelled(8, tag.Span{Type: tag.Cue, First: 1, End: 2})},
		{"parts of two tokens", record.Span{Start: 6, End: 9}, labelled(8, tag.Span{Type: tag.Cue, First: 1, End: 3})},
		{"white space at the ends", record.Span{Start: 3, End: 8}, labelled(8, tag.Span{Type: tag.Cue, First: 1, End: 2})},
		{"two paragraphs", record.Span{Start: 8, End: 17}, labelled(8, tag.Span{Type: tag.Cue, First: 2, End: 4}, tag.Span{Type: tag.Cue, First: 4, End: 5})},
		{"to the end", record.Span{Start: 14, End: len(body)}, labelled(8, tag.Span{Type: tag.Cue, First: 4, End: 8})},
		{"past the end", record.Span{Start: len(body), End: len(body)}, labelled(8)},
	} {
		labels := make([]uint8, len(d.Tokens))
		mark(d, labels, tag.Cue, c.span)
		if !slices.Equal(labels, c.want) {
			t.Errorf("%s: labels %v, want %v", c.name, labels, c.want)
		}
	}
}

// Where two spans overlap the earlier keeps its tokens, and what is left of
// the later one is a whole span still.
func TestSpansThatOverlap(t *testing.T) {
	first := tag.Span{Type: tag.Content, First: 2, End: 4}
	for _, c := range []struct {
		name       string
		start, end int
		left       []tag.Span
	}{
		{"before it", 0, 3, []tag.Span{{Type: tag.Source, First: 0, End: 2}}},
		{"after it", 3, 6, []tag.Span{{Type: tag.Source, First: 4, End: 6}}},
		{"inside it", 2, 4, nil},
		{"beside it", 4, 5, []tag.Span{{Type: tag.Source, First: 4, End: 5}}},
	} {
		labels := labelled(6, first)
		write(labels[c.start:c.end], tag.Source)
		if want := labelled(6, append(c.left, first)...); !slices.Equal(labels, want) {
			t.Errorf("%s: labels %v, want %v", c.name, labels, want)
		}
	}
}

const report = `{"id": "a", "title": "Ferry", "text": "Ferry late\nAnn Roé said it sank.\n“No,” she said.", "annotations": [
	{"attributions": [{"source": [[11, 18]], "cue": [[19, 23]], "content": [[24, 31]]}]},
	{"attributions": [{"source": [], "cue": [], "content": [[33, 38]]}]}]}` + "\n"

func TestLabelled(t *testing.T) {
	got, err := Labelled(packed(t, "data/polnear/train.jsonl.gz", report+report))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 12 {
		t.Fatalf("%d paragraphs of two reports with three each, read twice", len(got))
	}
	for i, p := range got {
		if p.Copies != 2 || len(p.Tokens) == 0 || len(p.Labels) != len(p.Tokens) {
			t.Fatalf("paragraph %d: %d tokens, %d labels, %d copies", i, len(p.Tokens), len(p.Labels), p.Copies)
		}
	}
	// Ann Roé | said | it sank | .
	want := labelled(6, tag.Span{Type: tag.Source, First: 0, End: 2}, tag.Span{Type: tag.Cue, First: 2, End: 3}, tag.Span{Type: tag.Content, First: 3, End: 5})
	if !slices.Equal(got[1].Labels, want) {
		t.Errorf("offsets count code points: labels %v, want %v", got[1].Labels, want)
	}
	// The second annotator marked “No,” and nothing before it.
	if slices.Max(got[4].Labels) != 0 || !slices.Equal(got[5].Labels[:4], labelled(4, tag.Span{Type: tag.Content, First: 0, End: 4})) {
		t.Errorf("the second annotator's labels: %v, %v", got[4].Labels, got[5].Labels)
	}
}

func TestLabelledRefuses(t *testing.T) {
	for name, lines := range map[string]string{
		"spans that are words": `{"text": "It sank.", "annotations": [{"attributions": [{"source": "it", "cue": [], "content": []}]}]}`,
		"no source":            `{"text": "It sank.", "annotations": [{"attributions": [{"cue": [], "content": []}]}]}`,
		"half a line":          `{"text": "It sank.", "anno`,
	} {
		if _, err := Labelled(packed(t, "data/polnear/train.jsonl.gz", lines)); err == nil {
			t.Errorf("%s: read without complaint", name)
		}
	}
	if _, err := Labelled(t.TempDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestUnlabelledStopsAtItsLimit(t *testing.T) {
	lines := strings.Repeat(`{"title": "Ferry late", "text": "It sank.\nAnn Roe left."}`+"\n", 4)
	folder := packed(t, "data/bulk/articles.jsonl.gz", lines)
	for limit, want := range map[int]int{0: 0, 2: 6, 4: 12, 9: 12} {
		got, err := Unlabelled(folder, limit)
		if err != nil || len(got) != want {
			t.Errorf("%d reports: %d paragraphs (%v), want %d", limit, len(got), err, want)
		}
	}
}

func TestInstances(t *testing.T) {
	folder := packed(t, "data/polnear/cofenet-valid.jsonl.gz", `{"tokens": ["It", "sank"], "labels": ["O", "B-cue"]}`+"\n"+`{"tokens": [], "labels": []}`)
	got, err := Instances(folder)
	if err != nil || len(got) != 2 || !slices.Equal(got[0].Tokens, []string{"It", "sank"}) || !slices.Equal(got[0].Labels, []string{"O", "B-cue"}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestLinesStopAtAnError(t *testing.T) {
	path := filepath.Join(packed(t, "lines.gz", "1\n2\n3\n"), "lines.gz")
	stop, seen := errors.New("enough"), 0
	if err := Lines(path, func(n int) error {
		if seen = n; n == 2 {
			return stop
		}
		return nil
	}); !errors.Is(err, stop) || seen != 2 {
		t.Errorf("%v after line %d", err, seen)
	}
	plain := filepath.Join(t.TempDir(), "plain.gz")
	if err := os.WriteFile(plain, []byte("1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Lines(plain, func(int) error { return nil }); err == nil {
		t.Error("a file that is not packed was read without complaint")
	}
}
