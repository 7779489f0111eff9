package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// invented quotations, each fit for some of the changes.
var invented = []string{
	"The council did not ask the islanders before it sold both ferries to the bridge company in March.",
	"We don’t know whether the bridge will carry 40 lorries an hour, and nobody at the company could tell us.",
	"I think the harbour is probably safe for another winter, but the northern wall must be rebuilt before then.",
	"Children row across in the morning because the mainland school begins an hour before the first ferry leaves.",
}

func newPlanter(seed uint64) *planter {
	return &planter{rng: rand.New(rand.NewPCG(seed, 7)), others: invented}
}

func bareWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(s) {
		if b := strings.ToLower(bare(w)); b != "" {
			out = append(out, b)
		}
	}
	return out
}

// Each change does what its name says, whatever the seed.
func TestAlterations(t *testing.T) {
	made := map[string]int{}
	for seed := range uint64(40) {
		p := newPlanter(seed)
		for _, a := range alterations {
			for _, full := range invented {
				got, verdict, ok := a.make(p, full)
				if !ok {
					continue
				}
				made[a.kind]++
				checkChange(t, a, full, got, verdict)
			}
		}
	}
	for _, a := range alterations {
		if made[a.kind] == 0 {
			t.Errorf("no text lends itself to %q", a.kind)
		}
	}
}

func checkChange(t *testing.T, a alteration, full, got string, verdict record.Verdict) {
	t.Helper()
	before, after := bareWords(full), bareWords(got)
	ok := true
	switch a.kind {
	case "verbatim":
		ok = got == full
	case "case and typography":
		ok = got != full && slices.Equal(bareWords(strings.ReplaceAll(full, "’", "'")), bareWords(strings.ReplaceAll(got, "’", "'")))
	case "brackets":
		ok = strings.Contains(got, "[sic]") && len(after) == len(before)+1
	case "cut front":
		ok = strings.HasSuffix(full, got) && len(after) < len(before)
	case "cut end":
		ok = strings.HasPrefix(full, got) && len(after) < len(before)
	case "ellipsis":
		ok = strings.Contains(got, "…") && len(after) <= len(before)-2
	case "unmarked omission":
		ok = !strings.Contains(got, "…") && len(after) <= len(before)-2 && after[0] == before[0]
	case "word replaced", "number changed":
		ok = len(after) == len(before) && !slices.Equal(before, after)
	case "negation dropped", "hedge dropped":
		ok = got != full && slices.Contains(mayAlarm(full, got), a.alarm)
	case "two spliced":
		ok = strings.HasPrefix(got, strings.Join(strings.Fields(full)[:8], " ")) && !strings.Contains(full, got)
	}
	if !ok || verdict == "" {
		t.Errorf("%s (%s): %q", a.kind, verdict, got)
	}
}

func TestNegationDroppedFromAVerb(t *testing.T) {
	got, _, ok := negationDropped(newPlanter(1), "They won't row and we can’t make them do it.")
	if !ok || got != "They will row and we can’t make them do it." && got != "They won't row and we can make them do it." {
		t.Errorf("got %q", got)
	}
}

func TestMayAlarm(t *testing.T) {
	got := mayAlarm("If Calder pays, we may row 3 boats.", "we row boats.")
	want := []record.Alarm{record.AlarmCondition, record.AlarmHedge, record.AlarmName, record.AlarmNumber}
	if !slices.Equal(got, want) {
		t.Errorf("may alarm: %v", got)
	}
	if got := mayAlarm("We row boats.", "We row"); got != nil {
		t.Errorf("may alarm: %v", got)
	}
}

func TestPlantIsTheSameForTheSameSeed(t *testing.T) {
	var stock []source
	for _, w := range invented {
		stock = append(stock, source{w, "Ines Calder"})
	}
	var texts []string
	for _, seed := range []uint64{1, 1, 2} {
		var b strings.Builder
		for _, c := range plant(stock, seed) {
			b.WriteString(c.kind + c.words + "\n")
		}
		texts = append(texts, b.String())
	}
	if texts[0] != texts[1] {
		t.Error("two runs differ")
	}
	if texts[0] == texts[2] {
		t.Error("the seed does nothing")
	}
}

// Alarms that the change gives cause for count neither way; the planted one
// and the groundless one do.
func TestPlantedScore(t *testing.T) {
	p := &plantedScore{verdicts: map[string]map[record.Verdict]int{}, wanted: map[string]record.Verdict{}, alarms: map[record.Alarm]*tally{}}
	c := change{kind: "negation dropped", verdict: record.AlteredWords, alarm: record.AlarmNegation, may: []record.Alarm{record.AlarmNegation, record.AlarmHedge}}
	p.add(c, record.Finding{Verdict: record.AlteredWords, Alarms: []record.Alarm{record.AlarmNegation, record.AlarmHedge, record.AlarmNumber}})
	p.add(c, record.Finding{Verdict: record.Truncated})
	if n := *p.alarm(record.AlarmNegation); n != (tally{right: 1, claimed: 1, found: 1, wanted: 2}) {
		t.Errorf("negation: %+v", n)
	}
	if n := *p.alarm(record.AlarmNumber); n != (tally{claimed: 1}) {
		t.Errorf("number: %+v", n)
	}
	if n := *p.alarm(record.AlarmHedge); n != (tally{}) {
		t.Errorf("hedge: %+v", n)
	}
	if p.verdicts[c.kind][record.AlteredWords] != 1 || p.verdicts[c.kind][record.Truncated] != 1 {
		t.Errorf("verdicts: %v", p.verdicts)
	}
}

func TestForeignSentence(t *testing.T) {
	known := runs("The council did not ask the islanders before the sale.", 6)
	text := "Short. The council did not ask the islanders, as everybody knows by now. Children row across in the morning when the tide allows it."
	if got := foreignSentence(text, known); !strings.HasPrefix(got, "Children row") {
		t.Errorf("got %q", got)
	}
}
