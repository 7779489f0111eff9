package eval

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// ferryCase is three outlets that print what Zoë Calder said of the ferry; the
// links are given, since the tracer is not what is tested.
func ferryCase(t *testing.T) *linkCase {
	t.Helper()
	c := &linkCase{readings: map[string]*record.Reading{}, entries: map[string][]*record.Entry{}, parent: map[int64]int64{}}
	for i, a := range []record.Article{
		{ID: "gull", Outlet: "The Gull", Text: "Ferry – sold\n\nZoë Calder said: “We sold the ferry because nobody rowed.”"},
		{ID: "tide", Outlet: "The Tide", Text: "No ferry\n\n“We sold the ferry” was all that she said. “It is gone,” said another."},
		{ID: "reef", Outlet: "The Reef", Text: "Row\n\nCalder: “nobody rowed”. Tarn: “It is gone.”"},
	} {
		rd := readMarks(a)
		c.readings[a.ID] = &rd
		for j := range rd.Quotations {
			e := entry(&rd, &rd.Quotations[j], nil)
			e.Key = int64(10*i + j + 1)
			c.entries[a.ID] = append(c.entries[a.ID], &e)
		}
	}
	for _, l := range [][2]string{{"tide 1", "gull 1"}, {"reef 1", "gull 1"}, {"reef 2", "tide 2"}} {
		child, parent := c.named(t, l[0]), c.named(t, l[1])
		c.links = append(c.links, linked{child: child, parent: parent})
		c.parent[child.Key] = parent.Key
	}
	return c
}

// named is the entry called by its article and its number there.
func (c *linkCase) named(t *testing.T, name string) *record.Entry {
	t.Helper()
	var article string
	var n int
	if _, err := fmt.Sscan(name, &article, &n); err != nil {
		t.Fatal(err)
	}
	return c.entries[article][n-1]
}

func (c *linkCase) verdict(t *testing.T, child, parent string, right bool) linkVerdict {
	t.Helper()
	v := linkVerdict{Child: c.sittingOf(c.named(t, child)), Parent: c.sittingOf(c.named(t, parent)), Right: right, Drawn: "1"}
	if !right {
		v.Why = "stock phrase"
	}
	return v
}

// Two links were judged and are still made, one was not judged, and one that
// was judged is no longer made: it counts for nothing.
func TestLinksScore(t *testing.T) {
	c := ferryCase(t)
	verdicts := []linkVerdict{
		c.verdict(t, "tide 1", "gull 1", true),
		c.verdict(t, "reef 2", "tide 2", false),
		c.verdict(t, "tide 2", "reef 1", false),
	}
	var out strings.Builder
	r := newRun(t, t.TempDir(), "links", &out)
	r.Errors, r.Seed = 5, 1
	c.score(r, verdicts)
	near(t, "right", figuresOf(r)["links.right"], 0.5)
	for _, want := range []string{"3 links between outlets, 3 of them read", "drawn now, 1 were not read", "wrong: stock phrase: 1", "“It is gone.”"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out.String())
		}
	}
}

// A verdict belongs to a place. It holds when the quotation there is read with
// a word more, and not when another quotation is read there.
func TestLinksPlaces(t *testing.T) {
	c := ferryCase(t)
	sold := c.named(t, "gull 1")
	at := c.sittingOf(sold)
	if at != (sitting{"gull", 32, 71}) {
		t.Errorf("code points: %+v", at)
	}
	for _, s := range []sitting{at, {"gull", at.Start - 5, at.End}, {"gull", at.Start + 8, at.End}} {
		if c.at(s) != sold {
			t.Errorf("nothing found at %+v", s)
		}
	}
	for _, s := range []sitting{{"gull", at.Start, at.Start + 11}, {"tide", at.Start, at.End}, {"dune", at.Start, at.End}} {
		if c.at(s) == sold {
			t.Errorf("found at %+v", s)
		}
	}
}

// What is drawn does not change when other links come and go.
func TestLinksDraw(t *testing.T) {
	c := &linkCase{readings: map[string]*record.Reading{}}
	for i := range 400 {
		var e [2]*record.Entry
		for j, outlet := range []string{"The Gull", "The Tide"} {
			a := record.Article{ID: fmt.Sprint(outlet, i), Outlet: outlet, Text: strings.Repeat("row ", 20)}
			c.readings[a.ID] = &record.Reading{Article: a}
			e[j] = &record.Entry{Article: a.ID, Outlet: outlet, Parts: []record.Span{{Start: i % 7, End: 20 + j}}}
			e[j].Words = strings.Repeat("row ", 3+j*(i%4))
		}
		c.links = append(c.links, linked{child: e[0], parent: e[1]})
	}
	drawn := c.draw(1)
	same := 0
	for _, l := range drawn {
		same += one(l.child.Words == l.parent.Words)
	}
	if len(drawn) != linksDrawn || same != drawnSame {
		t.Fatalf("drawn %d, of them %d with the same words", len(drawn), same)
	}
	gone := drawn[5]
	c.links = slices.DeleteFunc(c.links, func(l linked) bool { return l.child == gone.child })
	kept := 0
	for _, l := range c.draw(1) {
		kept += one(slices.ContainsFunc(drawn, func(o linked) bool { return o.child == l.child }))
	}
	if kept != linksDrawn-1 {
		t.Errorf("%d of %d drawn again when one of them is gone", kept, linksDrawn)
	}
	other := 0
	for _, l := range c.draw(2) {
		other += one(!slices.ContainsFunc(drawn, func(o linked) bool { return o.child == l.child }))
	}
	if other == 0 {
		t.Error("another seed draws the same links")
	}
}

func TestBetweenOutlets(t *testing.T) {
	gull := record.Entry{Article: "gull", Outlet: "The Gull", ArticleSum: 0xff00}
	for _, c := range []struct {
		what  string
		other record.Entry
		want  bool
	}{
		{"another outlet's own report", record.Entry{Article: "tide", Outlet: "The Tide", ArticleSum: ^uint64(0)}, true},
		{"a second report of the same outlet", record.Entry{Article: "gull2", Outlet: "The Gull", ArticleSum: ^uint64(0)}, false},
		{"a copy in another outlet", record.Entry{Article: "tide", Outlet: "The Tide", ArticleSum: 0xff01}, false},
		{"the same report", gull, false},
	} {
		if got := betweenOutlets(linked{child: &gull, parent: &c.other}); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
	}
}

// The verdicts are kept in one form: sorted, none twice, and every error has
// its class.
func TestLinksReference(t *testing.T) {
	all, err := readVerdicts(linksReference)
	if err != nil {
		t.Fatal(err)
	}
	type pair struct{ child, parent sitting }
	seen := map[pair]bool{}
	for _, v := range all {
		p := pair{v.Child, v.Parent}
		if seen[p] || v.Child.Article == v.Parent.Article || v.Right != (v.Why == "") || v.Drawn == "" {
			t.Errorf("twice, or not whole: %+v", v)
		}
		seen[p] = true
	}
	again, err := encodeVerdicts(all)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, linksReference) {
		t.Error("links.json is not in the order in which it is written")
	}
}

// encodeVerdicts writes one verdict a line, in order of place, so that a change
// shows as the lines that changed.
func encodeVerdicts(all []linkVerdict) ([]byte, error) {
	slices.SortFunc(all, func(a, b linkVerdict) int {
		return cmp.Or(strings.Compare(a.Drawn, b.Drawn), strings.Compare(a.Child.Article, b.Child.Article),
			cmp.Compare(a.Child.Start, b.Child.Start), strings.Compare(a.Parent.Article, b.Parent.Article))
	})
	var out bytes.Buffer
	for i, j := range all {
		line, err := json.Marshal(j)
		if err != nil {
			return nil, fmt.Errorf("writing the verdicts on links: %w", err)
		}
		out.WriteString(map[bool]string{true: "[\n", false: ",\n"}[i == 0])
		out.Write(line)
	}
	out.WriteString("\n]\n")
	return out.Bytes(), nil
}
