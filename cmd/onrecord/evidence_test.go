package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// spansOf walks an object and hands out every {start, end, text} in it.
func spansOf(v any, f func(start, end int, text string)) {
	switch v := v.(type) {
	case map[string]any:
		start, ok1 := v["start"].(float64)
		end, ok2 := v["end"].(float64)
		text, ok3 := v["text"].(string)
		if ok1 && ok2 && ok3 {
			f(int(start), int(end), text)
		}
		for _, x := range v {
			spansOf(x, f)
		}
	case []any:
		for _, x := range v {
			spansOf(x, f)
		}
	}
}

// Every span that the program prints is its text at its offsets, in code
// points; and the same reports give the same bytes.
func TestEvidence(t *testing.T) {
	sources := []string{filepath.Join("..", "..", "examples")}
	shared := os.Getenv("ONRECORD_SHARED")
	if shared == "" {
		shared = filepath.Join("..", "..", "..", "shared")
	}
	if _, err := os.Stat(filepath.Join(shared, "seeds")); err == nil {
		sources = append(sources, filepath.Join(shared, "seeds"))
	} else {
		t.Log("no reference reports in the shared folder: the examples alone")
	}
	args := append([]string{"read", "--json"}, sources...)
	out := onrecord(t, args...)
	documents, spans := 0, 0
	for line := range strings.SplitSeq(strings.TrimSpace(out), "\n") {
		documents++
		var d map[string]any
		if err := json.NewDecoder(bytes.NewBufferString(line)).Decode(&d); err != nil {
			t.Fatalf("document %d: %v", documents, err)
		}
		text := []rune(d["text"].(string))
		spansOf(d, func(start, end int, words string) {
			spans++
			if start < 0 || start > end || end > len(text) || string(text[start:end]) != words {
				t.Errorf("%v: [%d,%d) is not %q", d["id"], start, end, words)
			}
		})
	}
	if documents < 30 || spans < 20*documents {
		t.Errorf("only %d spans of %d documents were looked at", spans, documents)
	}
	if again := onrecord(t, args...); again != out {
		t.Error("the same reports give other bytes the second time")
	}
}
