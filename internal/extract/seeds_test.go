package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"onrecord/internal/record"
)

// In the two example reports exactly what the reference calls boilerplate is
// passed over, whole lines of it, and no word of a quotation.
func TestSeeds(t *testing.T) {
	data, err := os.ReadFile(shared(t, filepath.Join("gold", "seeds.json")))
	if err != nil {
		t.Fatal(err)
	}
	var gold struct {
		Documents []struct {
			File        string
			Quotations  []struct{ Spans [][2]int }
			Boilerplate []string
		}
	}
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	for _, doc := range gold.Documents {
		text, err := os.ReadFile(shared(t, doc.File))
		if err != nil {
			t.Fatal(err)
		}
		p := record.Page{Form: record.PlainText, Bytes: text}
		a, err := Article(p)
		if err != nil {
			t.Fatal(err)
		}
		check(t, p, a)
		for i, s := range a.Passed {
			known := false
			for _, b := range doc.Boilerplate {
				known = known || strings.Contains(s.Of(a.Text), b)
			}
			if !known {
				t.Errorf("%s: passed over as %s: stretch %d, %d to %d", doc.File, s.Why, i, s.Start, s.End)
			}
		}
		for i, b := range doc.Boilerplate {
			for at := 0; ; {
				j := strings.Index(a.Text[at:], b)
				if j < 0 {
					break
				}
				span := record.Span{Start: at + j, End: at + j + len(b)}
				at = span.End
				if !inside(a.Passed, span) {
					t.Errorf("%s: item %d of the boilerplate is kept", doc.File, i)
				}
			}
		}
		for i, q := range doc.Quotations {
			for _, s := range q.Spans {
				span := record.Span{Start: byteAt(a.Text, s[0]), End: byteAt(a.Text, s[1])}
				for _, passed := range a.Passed {
					if passed.Overlaps(span) {
						t.Errorf("%s: quotation %d is passed over as %s", doc.File, i+1, passed.Why)
					}
				}
			}
		}
	}
}

func inside(list []record.Passed, s record.Span) bool {
	for _, p := range list {
		if p.Contains(s) {
			return true
		}
	}
	return false
}

// byteAt is where the n-th code point begins.
func byteAt(text string, n int) int {
	at := 0
	for range n {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}
