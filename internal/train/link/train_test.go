package link

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"onrecord/internal/link"
)

// shared is the folder of the reference data; tests skip where it is missing.
func shared() string {
	if dir := os.Getenv("ONRECORD_SHARED"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "..", "..", "shared")
}

func reference(t *testing.T, part string) []document {
	t.Helper()
	docs, err := corpus(shared(), part)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no reference data")
	}
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// The shipped weights keep what they reach on articles they have not seen.
func TestShippedWeights(t *testing.T) {
	docs := reference(t, "dev")
	for _, want := range []struct {
		name        string
		docs        []document
		share, over float64 // of attributions all right; and over the rule of distance
	}{
		{"reference spans", docs, 0.97, 0.03},
		{"damaged spans", harmed(docs, usual), 0.94, 0.10},
		{"worse spans", harmed(docs, heavy), 0.90, 0.20},
	} {
		got, rule := measure(want.docs, link.Link).Share(), measure(want.docs, nearest).Share()
		if got < want.share || got < rule+want.over {
			t.Errorf("%s: %.3f right, the rule of distance %.3f", want.name, got, rule)
		}
	}
}

// A score is about the share that is right.
func TestScoreIsCalibrated(t *testing.T) {
	var sum, claimed float64
	right := 0
	for _, d := range harmed(reference(t, "dev"), heavy) {
		got := link.Link(d.doc, d.spans)
		for _, g := range got {
			sum += float64(g.Score)
			claimed++
		}
		var tally Tally
		tally.count(d, got)
		right += tally.Right
		right += len(got) - tally.Claimed // spurious and rightly left alone
	}
	if mean, share := sum/claimed, float64(right)/claimed; mean < share-0.03 || mean > share+0.03 {
		t.Errorf("the mean score is %.3f, the share right %.3f", mean, share)
	}
}

func TestTrainingIsRepeatable(t *testing.T) {
	docs := reference(t, "train")[:20]
	set := chosen
	set.epochs = 2
	var files [2][]byte
	for i := range files {
		var err error
		if files[i], err = link.Encode(learn(docs, set, io.Discard)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("two runs gave different weights")
	}
	if m, err := link.Decode(files[0]); err != nil || measure(docs, m.Link).Share() < 0.9 {
		t.Errorf("twenty articles are not learned: %v", err)
	}
}

func TestTrainWithoutData(t *testing.T) {
	if _, err := Train(t.TempDir(), io.Discard); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("training without data: %v", err)
	}
}
