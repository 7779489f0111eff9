package eval

import (
	"math"
	"slices"
	"testing"

	"onrecord/internal/record"
)

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 1e-9 {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestTally(t *testing.T) {
	s := tally{right: 3, claimed: 4, found: 3, wanted: 6}
	near(t, "precision", s.precision(), 0.75)
	near(t, "recall", s.recall(), 0.5)
	near(t, "F1", s.f1(), 0.6)
	near(t, "F1 of silence", tally{wanted: 5}.f1(), 0)
}

// Six quotations: A A A B B C in the reference; the program joins the third A
// with the Bs and leaves C alone.
func TestClusters(t *testing.T) {
	c := clusters{want: []int{1, 1, 1, 2, 2, 3}, got: []int{7, 7, 8, 8, 8, 9}}
	pairs := c.pairs(func(i, j int) bool { return true })
	// Wanted: 3 pairs of A, 1 of B. Claimed: 1 of group 7, 3 of group 8. Right: A1-A2 and B1-B2.
	if pairs != (tally{right: 2, claimed: 4, found: 2, wanted: 4}) {
		t.Errorf("pairs = %+v", pairs)
	}
	p, r := c.bcubed()
	near(t, "B-cubed precision", p, (1+1+1.0/3+2.0/3+2.0/3+1)/6)
	near(t, "B-cubed recall", r, (2.0/3+2.0/3+1.0/3+1+1+1)/6)
	same := c.pairs(func(i, j int) bool { return i+j != 1 })
	if same.right != 1 || same.wanted != 3 {
		t.Errorf("without the first pair: %+v", same)
	}
}

func TestForest(t *testing.T) {
	f := newForest(5)
	f.join(4, 2)
	f.join(2, 1)
	if got := f.groups(); !slices.Equal(got, []int{0, 1, 1, 3, 1}) {
		t.Errorf("groups = %v", got)
	}
}

// span finds words in a text that holds them once.
func span(t *testing.T, text, words string) record.Span {
	t.Helper()
	for i := range text {
		if len(text) >= i+len(words) && text[i:i+len(words)] == words {
			return record.Span{Start: i, End: i + len(words)}
		}
	}
	t.Fatalf("%q does not stand in %q", words, text)
	return record.Span{}
}

func TestRuler(t *testing.T) {
	text := "“Ab cd,” she said. “Ef.”"
	r := newRuler(text)
	whole := []record.Span{{Start: 0, End: len(text)}}
	if n := r.weight(whole); n != 5+8+3 {
		t.Errorf("weight = %d, want 16: marks and spaces weigh nothing", n)
	}
	bare, marked := []record.Span{span(t, text, "Ab cd,")}, []record.Span{span(t, text, "“Ab cd,” ")}
	if !r.same(bare, marked) {
		t.Error("marks at the ends make a difference")
	}
	if r.same(bare, whole) || r.same(bare, nil) || !r.same(nil, nil) {
		t.Error("same is not the same words")
	}
	twice := []record.Span{{Start: 0, End: 6}, {Start: 3, End: 6}}
	if r.weight(twice) != r.weight(twice[:1]) {
		t.Error("overlapping spans are counted twice")
	}
}

func TestMatchOneToOne(t *testing.T) {
	text := "aaaaaaaaaabbbbbbbbbbcccccccccc"
	r := newRuler(text)
	s := func(start, end int) []record.Span { return []record.Span{{Start: start, End: end}} }
	// The first claim shares 10 with want 0; the second shares 6 of 10 with it,
	// but want 0 is taken. The third shares 4 of 10 with want 1: too little.
	got := r.match([][]record.Span{s(0, 10), s(20, 30)}, [][]record.Span{s(0, 10), s(4, 10), s(26, 30)}, 0.5)
	if !slices.Equal(got, []int{0, -1}) {
		t.Errorf("match = %v", got)
	}
	got = r.match([][]record.Span{s(20, 30)}, [][]record.Span{s(25, 30)}, 0.5)
	if !slices.Equal(got, []int{0}) {
		t.Errorf("half of the union is enough, got %v", got)
	}
}

func TestHead(t *testing.T) {
	for phrase, want := range map[string]string{
		"Mayor Ines Calder of Port Rill":       "Calder",
		"Calder":                               "Calder",
		"a spokesman for the ferry company":    "spokesman",
		"Odile Marsh, who runs the ferry":      "Marsh",
		"the mayor’s":                          "mayor",
		"The mayor's two oldest friends":       "friends",
		"Rep. Jo Tarn (I-Rill)":                "Tarn",
		"the man who painted the U.S. embassy": "man",
		"she":                                  "she",
	} {
		h, ok := head("x "+phrase, record.Span{Start: 2, End: 2 + len(phrase)})
		if got := h.Of("x " + phrase); !ok || got != want {
			t.Errorf("head of %q = %q, want %q", phrase, got, want)
		}
	}
	if _, ok := head(" — ", record.Span{Start: 0, End: 5}); ok {
		t.Error("a dash has a head")
	}
}

func TestPoints(t *testing.T) {
	text := "Zoë said: “Öl”"
	p := newPoints(text)
	if got := p.span(11, 13).Of(text); got != "Öl" {
		t.Errorf("span = %q", got)
	}
	if s := p.span(12, 99); s.End != len(text) {
		t.Errorf("an end past the text: %v", s)
	}
}
