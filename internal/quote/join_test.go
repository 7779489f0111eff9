package quote

import (
	"slices"
	"strings"
	"testing"

	"onrecord/internal/link"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// desk is a joiner over a body whose candidates are named by their words.
type desk struct {
	*joiner
	t    *testing.T
	body string
}

func newDesk(t *testing.T, body string) *desk {
	d := text.New(&record.Article{ID: "t", Text: body, Language: "en"})
	return &desk{&joiner{finder: newFinder(d), gone: map[int]int{}}, t, body}
}

// at is the span of words that stand once in the body.
func (b *desk) at(words string) record.Span {
	b.t.Helper()
	if strings.Count(b.body, words) != 1 {
		b.t.Fatalf("%q stands %d times in the body", words, strings.Count(b.body, words))
	}
	i := strings.Index(b.body, words)
	return record.Span{Start: i, End: i + len(words)}
}

// all are the spans of words parted by " / ".
func (b *desk) all(words string) (out []record.Span) {
	b.t.Helper()
	for w := range strings.SplitSeq(words, " / ") {
		out = append(out, b.at(w))
	}
	return out
}

// rule adds a candidate of the rules; source and cue may be empty.
func (b *desk) rule(kind record.Kind, parts, cue, source string) int {
	b.t.Helper()
	c := b.said(kind, parts, cue, source)
	b.found = append(b.found, *c)
	b.owners()
	return len(b.found) - 1
}

func (b *desk) said(kind record.Kind, parts, cue, source string) *Candidate {
	b.t.Helper()
	c := &Candidate{Kind: kind, Act: record.Speech, Where: record.InBody, Parts: b.all(parts), Content: b.all(parts), Shares: -1}
	if cue != "" {
		c.Cue = ptr(b.at(cue))
	}
	if source != "" {
		c.Source = ptr(b.at(source))
	}
	return c
}

func (b *desk) words(spans []record.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, s.Of(b.body))
	}
	return strings.Join(out, " / ")
}

const interrupted = "“We lost,” Ann Roe said on Monday, “and we know it,” to a crowd. “Nobody asked.”\n\n“It rained,” Carl Dent said."

func TestJoinAnInterruptedUtterance(t *testing.T) {
	b := newDesk(t, interrupted)
	own := b.rule(record.Direct, "We lost,", "said on", "Ann Roe")
	other := b.rule(record.Direct, "and we know it,", "", "")
	after := b.rule(record.Direct, "Nobody asked.", "", "")
	b.found[after].Shares = other
	c := b.said(record.Direct, "We lost, / and we know it,", "said on", "Ann Roe")
	got, met := b.meets(c)
	if got != own || !slices.Equal(met, []int{own, other}) {
		t.Fatalf("candidate %d of %v owns the words", got, met)
	}
	if !b.join(own, met, c) {
		t.Fatal("the two were not joined")
	}
	b.drop()
	if len(b.found) != 2 || b.words(b.found[0].Parts) != "We lost, / and we know it," || b.words(b.found[0].Content) != "We lost, / and we know it," {
		t.Fatalf("joined: %+v", b.found)
	}
	if b.found[1].Shares != 0 {
		t.Errorf("what shared the joined one's source shares that of %d", b.found[1].Shares)
	}
}

func TestJoinRefuses(t *testing.T) {
	b := newDesk(t, interrupted)
	own := b.rule(record.Direct, "We lost,", "said on", "Ann Roe")
	elsewhere := b.rule(record.Direct, "It rained,", "", "")
	cued := b.rule(record.Direct, "and we know it,", "crowd", "")
	reported := b.rule(record.Indirect, "to a", "", "")
	over := b.rule(record.Direct, "lost", "", "")
	for name, with := range map[string]int{"another paragraph": elsewhere, "two cues": cued, "a reported clause": reported, "words that overlap": over} {
		before := b.words(b.found[own].Parts)
		if b.join(own, []int{own, with}, b.said(record.Direct, "We lost,", "", "")) || b.join(with, []int{with, own}, b.said(record.Direct, "We lost,", "", "")) {
			t.Errorf("%s: joined", name)
		}
		if len(b.gone) > 0 || b.words(b.found[own].Parts) != before {
			t.Errorf("%s: refused, and changed all the same", name)
		}
	}
}

func TestMeetsPrefersACue(t *testing.T) {
	b := newDesk(t, interrupted)
	long := b.rule(record.Direct, "and we know it,", "", "")
	short := b.rule(record.Direct, "Nobody asked.", "", "")
	c := b.said(record.Direct, "and we know it, / Nobody asked.", "", "")
	if own, _ := b.meets(c); own != long {
		t.Errorf("candidate %d owns the words, not the one that shares the most", own)
	}
	b.found[short].Cue = ptr(b.at("crowd"))
	if own, met := b.meets(c); own != short || len(met) != 2 {
		t.Errorf("candidate %d of %v owns the words, not the one with a cue", own, met)
	}
	if own, met := b.meets(b.said(record.Direct, "It rained,", "", "")); own != -1 || met != nil {
		t.Errorf("candidate %d of %v owns words that no candidate has", own, met)
	}
}

func TestCompleteGivesWhatIsMissing(t *testing.T) {
	b := newDesk(t, interrupted)
	k := b.rule(record.Direct, "We lost,", "", "")
	b.found[k].Shares = 0
	b.complete(k, b.said(record.Direct, "We lost,", "said on", "Ann Roe"))
	c := b.found[k]
	if c.Cue == nil || c.Source == nil || c.Shares != -1 || c.Source.Of(b.body) != "Ann Roe" || c.Cue.Of(b.body) != "said on" {
		t.Errorf("completed: %+v", c)
	}
	unsure := b.said(record.Direct, "We lost,", "said on", "Monday")
	unsure.Reason.Score = surer / 2
	if b.complete(k, unsure); b.found[k].Source.Of(b.body) != "Ann Roe" {
		t.Error("a source that is not sure took the place of the rules'")
	}
	unsure.Reason.Score = 1
	if b.complete(k, unsure); b.found[k].Source.Of(b.body) != "Monday" {
		t.Error("a sure source did not take the place of the rules'")
	}
}

// Nobody is the source of words among which he is named.
func TestCompleteRefusesASourceInTheMarks(t *testing.T) {
	b := newDesk(t, "“Ann Roe lost,” he said.")
	k := b.rule(record.Direct, "Ann Roe lost,", "", "")
	if b.complete(k, b.said(record.Direct, "lost", "said", "Ann Roe")); b.found[k].Source != nil {
		t.Errorf("the source is %q", b.found[k].Source.Of(b.body))
	}
	if b.complete(k, b.said(record.Direct, "lost", "said", "he")); b.found[k].Source == nil {
		t.Error("the source outside the marks was refused")
	}
}

func TestBetterKeepsTheRulesCue(t *testing.T) {
	b := newDesk(t, "Ann Roe, the mayor, said again on Monday that the ferry was late and old.")
	k := b.rule(record.Indirect, "the ferry was late", "said", "Ann Roe")
	c := b.said(record.Indirect, "the ferry was late and old", "said again", "")
	c.Reason.Score = 1
	b.better(k, *c)
	got := b.found[k]
	if got.Cue.Of(b.body) != "said" || got.Source == nil || got.Source.Of(b.body) != "Ann Roe" || b.words(got.Content) != "the ferry was late and old" {
		t.Errorf("%q %q %+v", got.Cue.Of(b.body), b.words(got.Content), got)
	}
	shorter := b.said(record.Indirect, "the ferry was late", "said", "")
	if b.better(k, *shorter); b.words(b.found[k].Content) != "the ferry was late and old" {
		t.Errorf("rather too much than too little: %q", b.words(b.found[k].Content))
	}
	if b.better(k, *b.said(record.Indirect, "late", "", "")); b.words(b.found[k].Content) != "the ferry was late and old" {
		t.Error("a reading without cue and source took the place of the rules'")
	}
}

func TestPassedOver(t *testing.T) {
	b := newDesk(t, "He sang “Tin Roof” and called it “done”.")
	b.passed = []record.Passed{{Span: b.at("Tin Roof"), Why: record.WhyTitle}, {Span: b.at("done"), Why: record.WhyScare}}
	b.owners()
	for words, want := range map[string]bool{"Tin Roof": true, "Roof": true, "“Tin Roof”": true, "done": false, "He sang “Tin Roof”": false, "Tin Roof / done": false, "”.": false} {
		if got := b.passedOver(b.all(words)); got != want {
			t.Errorf("%s: passed over %v, want %v", words, got, want)
		}
	}
	b.found = append(b.found, *b.said(record.Mixed, "done", "called", "He"))
	if b.drop(); len(b.passed) != 1 || b.passed[0].Why != record.WhyTitle {
		t.Errorf("left among the words passed over: %+v", b.passed)
	}
}

// candidate reads spans of tokens; the linker's order of them does not matter.
func TestCandidateKinds(t *testing.T) {
	for _, c := range []struct {
		name, body, content string
		want                record.Kind
		parts               string
	}{
		{"direct", "“We lost,” Ann Roe said.", "“We lost,”", record.Direct, "We lost,"},
		{"half a quotation", "“We lost,” Ann Roe said.", "lost", record.Direct, "We lost,"},
		{"indirect", "Ann Roe said that the ferry was late.", "that the ferry was late.", record.Indirect, "the ferry was late"},
		{"mixed", "Ann Roe said that the ferry was “late and old”.", "the ferry was “late and old”.", record.Mixed, "late and old"},
	} {
		b := newDesk(t, c.body)
		for i, words := range []string{"Ann Roe", "said", c.content} {
			s := b.at(words)
			first, end := b.d.TokensIn(s)
			b.spans = append(b.spans, link.Span{Type: link.Type(i), First: first, End: end})
			b.scores = append(b.scores, 0.5)
		}
		got, ok := b.candidate(link.Attribution{Source: 0, Cue: []int{1}, Content: []int{2}, Score: 0.5})
		if !ok || got.Kind != c.want || b.words(got.Parts) != c.parts || got.Cue.Of(c.body) != "said" || got.Source.Of(c.body) != "Ann Roe" || got.Shares != -1 {
			t.Errorf("%s: %v %q %+v", c.name, ok, b.words(got.Parts), got)
		}
		if got.Reason.Rule != byModel || got.Reason.Score != 0.25 {
			t.Errorf("%s: reason %+v", c.name, got.Reason)
		}
	}
}

func TestCandidateRefuses(t *testing.T) {
	for _, c := range []struct{ name, body, cue, content string }{
		{"nothing but marks", "Ann Roe said: …", "said", ": …"},
		{"an attribution inside marks", "“He said we lost,” Ann Roe told us.", "said", "we lost"},
		{"a name for a thing", "The ledger, which she calls “the umbrella stand,” is lost.", "calls", "which"},
	} {
		b := newDesk(t, c.body)
		for i, words := range []string{c.cue, c.content} {
			first, end := b.d.TokensIn(b.at(words))
			b.spans, b.scores = append(b.spans, link.Span{Type: link.Type(i + 1), First: first, End: end}), append(b.scores, 1)
		}
		if got, ok := b.candidate(link.Attribution{Source: -1, Cue: []int{0}, Content: []int{1}, Score: 1}); ok {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestSetRefusesOverlap(t *testing.T) {
	a, b, c := record.Span{Start: 0, End: 4}, record.Span{Start: 6, End: 9}, record.Span{Start: 3, End: 5}
	var x Candidate
	if !x.set([]record.Span{b, a}, []record.Span{b, a}) || x.Parts[0] != a || x.Content[1] != b {
		t.Errorf("not in order of place: %+v", x)
	}
	if x.set([]record.Span{a, c}, []record.Span{a}) || x.set([]record.Span{a}, []record.Span{c, a}) || len(x.Parts) != 2 || len(x.Content) != 2 {
		t.Errorf("spans that overlap were taken: %+v", x)
	}
}

// What is joined into one candidate must not vanish with another that met it,
// and its source must not be lost (three stretches, of which the first two are
// one utterance).
func TestJoinedWordsStayOwned(t *testing.T) {
	b := newDesk(t, "“We lost,” said Ann Roe. “It rained.” “All day.”")
	first := b.rule(record.Direct, "We lost,", "said", "Ann Roe")
	second := b.rule(record.Direct, "It rained.", "", "")
	third := b.rule(record.Direct, "All day.", "", "")
	b.owners()
	both := b.said(record.Direct, "We lost, / It rained.", "said", "Ann Roe")
	if !b.join(first, []int{first, second}, both) {
		t.Fatal("not joined")
	}
	own, met := b.meets(b.said(record.Direct, "It rained. / All day.", "", ""))
	if own != first || len(met) != 2 || met[0] != first || met[1] != third {
		t.Errorf("the joined words belong to %d, met %v", own, met)
	}
	if b.drop(); len(b.found) != 2 || b.found[0].Source == nil || len(b.found[0].Parts) != 2 {
		t.Errorf("%+v", b.found)
	}
}
