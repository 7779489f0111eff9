package calibrate

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"onrecord/internal/eval"
	"onrecord/internal/quote"
)

func ece(claims []eval.Claim) float64 { return eval.Reliability(io.Discard, "", claims)[0] }

// The promise of the shipped file: by halves an expected calibration error of
// at most .05. UPDATE=1 writes the file anew, for the models inside the program.
func TestCalibrate(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 924 reports")
	}
	shared := eval.Shared()
	if _, err := os.Stat(filepath.Join(shared, "data/polnear/train.jsonl.gz")); err != nil {
		t.Skip("the reference texts are not there")
	}
	var log bytes.Buffer
	data, err := Calibrate(shared, &log)
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`by halves: (0\.\d+)\n`).FindStringSubmatch(log.String())
	if m == nil {
		t.Fatalf("no error by halves in the log:\n%s", log.String())
	}
	if e, err := strconv.ParseFloat(m[1], 64); err != nil || e > .05 {
		t.Errorf("error by halves %s", m[1])
	}
	t.Log(log.String())
	if _, err := quote.ReadCurves(string(data)); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(filepath.Join("..", "..", "quote", "calibration.txt"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCalibrateWithoutReports(t *testing.T) {
	if _, err := Calibrate(t.TempDir(), io.Discard); err == nil {
		t.Errorf("no reports, and no error")
	}
}
