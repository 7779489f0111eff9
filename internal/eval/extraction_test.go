package eval

import (
	"testing"

	"onrecord/internal/record"
)

func TestBodyScore(t *testing.T) {
	// Wanted: 5 shingles of 8 words. Got: 3 shingles, 2 of them right.
	want := "The ferry to Port Rill stops on Monday."
	got := "Advertisement: The ferry to PORT Rill"
	p, r := bodyScore(got, want)
	near(t, "precision", p, 2.0/3)
	near(t, "recall", r, 2.0/5)
	p, r = bodyScore("", want)
	near(t, "recall of nothing", r, 0)
	near(t, "F1 of nothing", harmonic(p, r), 0)
	p, r = bodyScore("Row, row", "row row")
	near(t, "short text", harmonic(p, r), 1)
	// A shingle said twice must be found twice.
	_, r = bodyScore("a b c d", "a b c d. A b c d")
	near(t, "recall of a repetition", r, 1.0/5)
}

func TestBodyLeavesOutWhatIsPassedOver(t *testing.T) {
	text := "Title\n\nOne. Photo: X. Two."
	a := record.Article{Text: text, BodyStart: 7, Passed: []record.Passed{{Span: record.Span{Start: 12, End: 21}}}}
	if got := body(&a); got != "One.   Two." {
		t.Errorf("body = %q", got)
	}
}
