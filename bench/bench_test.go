//go:build unix

package main

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/bench/sample"
)

// A ratio is that of neighbours in one round, and what is counted is counted
// once however many passes a turn had.
func TestTable(t *testing.T) {
	theirs := &contender{name: "theirs", beside: "theirs", turns: []result{{Passes: 1, CPU: 10, Wall: 10, Marked: 7}, {Passes: 1, CPU: 30, Wall: 40, Marked: 7}}}
	ours := &contender{name: "ours", beside: "theirs", turns: []result{{Passes: 4, CPU: 10, Wall: 10, Marked: 20}, {Passes: 4, CPU: 30, Wall: 30, Marked: 20}}}
	var b strings.Builder
	if err := table(&b, []*contender{theirs, ours}, sizes{reports: 30, bytes: 3e6, tokens: 600}); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(b.String()[strings.Index(b.String(), "| ours"):]), " ")
	const want = "| ours | 8.0 | 0.80 | 160 | 4.0 | 8.0 | 0 | 5 | 0 |"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The rows of a profile are found by the names that this program's functions have.
func TestCumulative(t *testing.T) {
	spent, total := cumulative([]byte(`File: b
Duration: 6.4s, Total samples = 6420ms (99.9%)
      flat  flat%   sum%        cum   cum%
     3620ms 56.3% 56.3%     4000ms 62.3%  onrecord/internal/tag.(*Tagger).Tag
         0     0% 56.3%       10ms  0.1%  onrecord/internal/matrix.Tanh (inline)
`))
	if total != 6420 || spent["tag.(*Tagger).Tag"] != 4000 || spent["matrix.Tanh"] != 10 {
		t.Errorf("total %v, rows %v", total, spent)
	}
}

// Each task finds quotations in the sample, whichever it is.
func TestTasks(t *testing.T) {
	pages, _, err := sample.Reports(25)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"quotations", "readings"} {
		do, err := task(name, "rules")
		if err != nil {
			t.Fatal(err)
		}
		var r result
		for _, p := range pages {
			do(line{p.ID, string(p.Bytes)}, &r)
		}
		if r.Marked == 0 || r.Unmarked == 0 {
			t.Errorf("%s: %d quotations in marks and %d without in %d reports", name, r.Marked, r.Unmarked, len(pages))
		}
	}
}

// The same seed makes the same reports, and what their readings hold stands in
// their texts.
func TestWorld(t *testing.T) {
	a, err := newWorld(3, 1000)
	if err != nil {
		t.Fatal(err)
	}
	b := &world{rng: rand.New(rand.NewPCG(3, 1)), chain: a.chain, people: a.people, share: a.share, phrase: a.phrase, size: 1000}
	a.rng = rand.New(rand.NewPCG(3, 1))
	b.stock = a.stock
	a.asked.rng, b.asked.rng = rand.New(rand.NewPCG(3, 2)), rand.New(rand.NewPCG(3, 2))
	for range 1000 {
		x, y := a.report(), b.report()
		if !reflect.DeepEqual(x, y) {
			t.Fatalf("two reports of one seed: %+v and %+v", x.Page, y.Page)
		}
		for _, q := range x.Reading.Quotations {
			text := x.Reading.Article.Text
			if c := x.Reading.Chains[q.Speaker.Chain]; q.Speaker.Span.Of(text) != c.Name || len(strings.Fields(q.Words(text))) < 2 || q.Cue.Of(text) != "said" {
				t.Fatalf("%q said %q in %q", q.Speaker.Span.Of(text), q.Words(text), text)
			}
		}
	}
	list := a.asked.questions(a)
	if len(list) < len(sorts)*eachSort/2 || !slices.Equal(list, b.asked.questions(b)) {
		t.Errorf("%d questions, want about %d, the same from the same seed", len(list), len(sorts)*eachSort)
	}
}
