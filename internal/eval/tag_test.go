package eval

import (
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

func TestLabelSpans(t *testing.T) {
	got := labelSpans(strings.Fields("I-cue B-source I-source B-source I-cue B-content I-content O I-content"))
	want := []labelled{{"source", 1, 3}, {"source", 3, 4}, {"content", 5, 7}}
	if !slices.Equal(got, want) {
		t.Errorf("spans = %v, want %v", got, want)
	}
}

func TestScoreLabels(t *testing.T) {
	scores := map[string]*tally{"source": {}, "cue": {}, "content": {}}
	scoreLabels(scores,
		strings.Fields("B-source I-source B-cue B-content I-content I-content O"),
		strings.Fields("B-source O B-cue B-content I-content I-content O"))
	if *scores["source"] != (tally{claimed: 1, wanted: 1}) {
		t.Errorf("a shorter source counts: %+v", *scores["source"])
	}
	if *scores["content"] != (tally{right: 1, claimed: 1, found: 1, wanted: 1}) {
		t.Errorf("content: %+v", *scores["content"])
	}
}

func TestDetokenise(t *testing.T) {
	tokens := strings.Fields("`` I do n't row , '' Calder 's aide ( a Mr. Tarn ) said -- and 9 % agreed .")
	d := detokenise(tokens)
	if want := "“I don't row,” Calder's aide (a Mr. Tarn) said — and 9% agreed."; d.text != want {
		t.Errorf("text = %q, want %q", d.text, want)
	}
	for i, s := range d.spans {
		word := tokens[i]
		if p, ok := treebank[word]; ok {
			word = p
		}
		if s.Of(d.text) != word {
			t.Errorf("token %d is %q in the text, want %q", i, s.Of(d.text), word)
		}
	}
}

func TestDetokeniseStraightMarks(t *testing.T) {
	d := detokenise(strings.Fields(`" Row , " she said .`))
	if d.text != "“Row,” she said." {
		t.Errorf("text = %q", d.text)
	}
}

func TestLabelsOfAReading(t *testing.T) {
	d := detokenise(strings.Fields("`` I do n't row , '' said Ines Calder of Port Rill ."))
	text := "-\n\n" + d.text
	at := func(words string) *record.Span { s := span(t, text, words); return &s }
	rd := record.Reading{Article: record.Article{Text: text}, Quotations: []record.Quotation{{
		Parts: []record.Span{*at("I don't row,")}, Cue: at("said"), Speaker: &record.Speaker{Span: at("Ines Calder")},
	}, {
		Parts: []record.Span{*at("don't")}, // inside the first: labels cannot nest
	}}}
	want := strings.Fields("B-content I-content I-content I-content I-content I-content I-content B-cue B-source I-source O O O O")
	if got := d.labels(&rd); !slices.Equal(got, want) {
		t.Errorf("labels = %v", got)
	}
}

func FuzzDetokenise(f *testing.F) {
	f.Add("`` Row , '' she said .")
	f.Add("-LRB- Öl -RRB- 's 'tis ''")
	f.Fuzz(func(t *testing.T, words string) {
		tokens := strings.Fields(words)
		d := detokenise(tokens)
		if len(d.spans) != len(tokens) {
			t.Fatalf("%d places for %d tokens", len(d.spans), len(tokens))
		}
		last := 0
		for i, s := range d.spans {
			if s.Start < last || s.End > len(d.text) || s.Len() == 0 {
				t.Fatalf("token %d stands at %v after byte %d of %d", i, s, last, len(d.text))
			}
			last = s.End
		}
	})
}
