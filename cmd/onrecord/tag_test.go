package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
)

// A line that is too long costs itself, and those round it are answered.
func TestTagLongLine(t *testing.T) {
	passage := `{"tokens": ["Ann", "Roe", "said", "no", "."]}`
	long := `{"tokens": ["` + strings.Repeat("a", longestLine) + `"]}`
	var out, errs bytes.Buffer
	a := &app{ctx: context.Background(), stdin: strings.NewReader(passage + "\n" + long + "\n" + passage), stdout: &out, stderr: &errs}
	if err := (tagCmd{}).Run(a); err != status(failed) {
		t.Errorf("status %v", err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || lines[0] != lines[2] || lines[1] != `{"labels":null}` || !strings.Contains(lines[0], "B-cue") {
		t.Errorf("answers %q", lines)
	}
	if !strings.HasPrefix(errs.String(), "onrecord: standard input, line 2: longer than 4 MiB") {
		t.Errorf("told %q", errs.String())
	}
}
