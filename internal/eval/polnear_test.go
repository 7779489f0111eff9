package eval

import (
	"strings"
	"testing"

	"onrecord/internal/record"
)

const ferryText = "Port Rill closes its ferry\n\n" +
	"“We cannot pay for it any more,” said Mayor Ines Calder of Port Rill. She thinks that the bridge will do.\n\n" +
	"Odile Marsh told the council that nobody had asked the islanders."

// attr builds an attribution from words that stand once in the text.
func attr(t *testing.T, kind, source, cue string, content ...string) attribution {
	t.Helper()
	a := attribution{kind: kind}
	if source != "" {
		a.source = []record.Span{span(t, ferryText, source)}
	}
	if cue != "" {
		a.cue = []record.Span{span(t, ferryText, cue)}
	}
	for _, c := range content {
		a.content = append(a.content, span(t, ferryText, c))
	}
	return a
}

// Three attributions in the reference; the program finds two of them, one with
// a shorter source and another kind, and claims one that is none.
func TestPolnearScore(t *testing.T) {
	want := []attribution{
		attr(t, "direct", "Mayor Ines Calder of Port Rill", "said", "“We cannot pay for it any more,”"),
		attr(t, "indirect", "She", "thinks", "that the bridge will do"),
		attr(t, "indirect", "Odile Marsh", "told", "that nobody had asked the islanders"),
	}
	got := []attribution{
		attr(t, "direct", "Ines Calder", "said", "We cannot pay for it any more,"),
		attr(t, "direct", "Odile Marsh", "told", "that nobody had asked the islanders"),
		attr(t, "mixed", "", "closes", "its ferry"),
	}
	scores := map[string]*attributionScore{}
	newMatching(ferryText, want, got).score(scores)
	all := scores[""]
	if all.found != (tally{right: 2, claimed: 3, found: 2, wanted: 3}) {
		t.Errorf("all found = %+v", all.found)
	}
	near(t, "all F1", all.found.f1(), 2.0/3)
	if all.matched != 2 || all.source != 1 || all.head != 2 || all.cue != 2 || all.content != 2 {
		t.Errorf("all = %+v", all)
	}
	near(t, "three", all.exact.f1(), 1.0/3)
	near(t, "relaxed", all.relaxed.f1(), 2.0/3)
	// By kind: precision by the claim's kind, recall by the reference's.
	near(t, "direct precision", scores["direct"].found.precision(), 1)
	near(t, "direct recall", scores["direct"].found.recall(), 1)
	near(t, "direct three precision", scores["direct"].exact.precision(), 0.5)
	near(t, "indirect recall", scores["indirect"].found.recall(), 0.5)
	near(t, "mixed precision", scores["mixed"].found.precision(), 0)
}

func TestPolnearErrorsAreTold(t *testing.T) {
	want := []attribution{
		attr(t, "direct", "Mayor Ines Calder of Port Rill", "said", "We cannot pay for it any more,"),
		attr(t, "indirect", "She", "thinks", "that the bridge will do"),
	}
	got := []attribution{
		attr(t, "direct", "Ines Calder", "said", "We cannot pay for it any more,"),
		attr(t, "mixed", "", "closes", "its ferry"),
	}
	var kinds []string
	for _, e := range newMatching(ferryText, want, got).errors("ferry") {
		kinds = append(kinds, e.kind)
	}
	if s := strings.Join(kinds, ", "); s != "source extent direct, missed indirect, spurious mixed" {
		t.Errorf("errors: %s", s)
	}
}

func TestClaims(t *testing.T) {
	said := span(t, ferryText, "said")
	rd := record.Reading{Article: record.Article{Text: ferryText}, Quotations: []record.Quotation{
		{Kind: record.Block, Parts: []record.Span{span(t, ferryText, "We cannot")}, Cue: &said, Speaker: &record.Speaker{Name: "Ines Calder"}},
		{Kind: record.Mixed, Act: record.Thought, Parts: []record.Span{{Start: 1, End: 2}}, Content: []record.Span{{Start: 0, End: 9}}},
	}}
	got := claims(&rd)
	if got[0].kind != "direct" || len(got[0].source) != 0 || got[0].cue[0] != said || got[0].content[0] != rd.Quotations[0].Parts[0] {
		t.Errorf("block = %+v", got[0])
	}
	if !got[1].thought || got[1].content[0].End != 9 {
		t.Errorf("mixed = %+v", got[1])
	}
}
