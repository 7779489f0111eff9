package eval

import (
	"bytes"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// The reference must be whole: both halves, no cue twice, nothing but places
// and labels.
func TestActsReference(t *testing.T) {
	labels, err := readActs(actsReference)
	if err != nil {
		t.Fatal(err)
	}
	parts, seen := map[string]int{}, map[string]bool{}
	for _, l := range labels {
		parts[l.Part]++
		if l.Act != record.Speech && l.Act != record.Writing && l.Act != record.Thought {
			t.Errorf("%s %v: act %q", l.Article, l.Cue, l.Act)
		}
		if len(l.Cue) == 0 {
			t.Errorf("%s: a label without a cue", l.Article)
		}
	}
	for line := range strings.Lines(string(actsReference)) {
		if seen[line] {
			t.Errorf("twice: %s", line)
		}
		seen[line] = true
	}
	if len(labels) != 500 || parts["development"] != 250 || parts["measured"] != 250 {
		t.Errorf("%d labels, by part %v", len(labels), parts)
	}
}

func TestActScore(t *testing.T) {
	var s actScore
	s.add(actLabel{Act: record.Speech}, record.Speech)
	s.add(actLabel{Act: record.Writing}, record.Speech) // said all the same
	s.add(actLabel{Act: record.Speech}, record.Thought)
	s.add(actLabel{Act: record.Thought}, record.Writing)
	s.add(actLabel{Act: record.Thought}, record.Thought)
	s.add(actLabel{Act: record.Thought, Doubt: true}, record.Speech)
	want := actScore{doubt: 1, scored: 5, right: 2, said: tally{right: 2, claimed: 3, found: 2, wanted: 3}, thoughts: 2, shown: 1}
	if s != want {
		t.Errorf("score %+v, want %+v", s, want)
	}
}

// Every label must meet its cue in the reference texts, and a judge that calls
// everything thought has no recall.
func TestActsMeetTheirCues(t *testing.T) {
	var out bytes.Buffer
	o := Options{
		Sets: []string{"acts"},
		Article: func(p record.Page) (record.Article, error) {
			return record.Article{ID: p.ID, Text: string(p.Bytes)}, nil
		},
		Read: func(a record.Article) record.Reading { return record.Reading{Article: a} },
		Act: func(record.Article, []record.Span, []record.Span, []record.Span) record.Act {
			return record.Thought
		},
	}
	if err := Run(t.Context(), o, &out); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String(), "skipped") {
		t.Skip("the reference texts are not there")
	}
	fields := map[string][]string{}
	for line := range strings.Lines(out.String()) {
		if f := strings.Fields(line); len(f) == 8 {
			fields[f[0]] = f
		}
	}
	for _, part := range []string{"development", "measured"} {
		if f := fields[part]; f == nil || f[5] != "0.0" || f[7] != "0" {
			t.Errorf("%s: %v\n%s", part, f, out.String())
		}
	}
}
