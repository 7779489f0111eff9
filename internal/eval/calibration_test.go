package eval

import (
	"bytes"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// Three claims: one right, one of the right words by somebody else, one of
// words that nobody reports.
func TestJudged(t *testing.T) {
	want := []attribution{
		attr(t, "direct", "Mayor Ines Calder of Port Rill", "said", "We cannot pay for it any more,"),
		attr(t, "indirect", "She", "thinks", "that the bridge will do"),
	}
	quotation := func(source, content, rule string) record.Quotation {
		s := span(t, ferryText, source)
		return record.Quotation{Kind: record.Indirect, Content: []record.Span{span(t, ferryText, content)},
			Speaker: &record.Speaker{Span: &s}, Reason: record.Reason{Rule: rule, Score: .5}}
	}
	rd := record.Reading{Article: record.Article{Text: ferryText}, Quotations: []record.Quotation{
		quotation("Odile Marsh", "the bridge will do", "model"),
		quotation("Ines Calder", "cannot pay for it any more", "tag"),
		quotation("Odile Marsh", "asked the islanders", "model"),
	}}
	got := judged(want, &rd)
	if len(got) != 3 || got[0].Right || !got[1].Right || got[2].Right {
		t.Errorf("judged: %+v", got)
	}
	if !got[0].byModel() || got[1].byModel() || got[1].Reason.Score != .5 || got[1].Kind != record.Indirect {
		t.Errorf("claims: %+v", got)
	}
}

// claimsAt are n claims of one score, right of them right.
func claimsAt(rule string, score float64, n, right int) []Claim {
	out := make([]Claim, n)
	for i := range out {
		out[i] = Claim{Reason: record.Reason{Rule: rule, Score: score}, Right: i < right}
	}
	return out
}

func TestReliability(t *testing.T) {
	claims := append(claimsAt(modelRule, .95, 30, 24), claimsAt("tag", .5, 10, 5)...)
	claims = append(claims, claimsAt("tag", 1, 10, 10)...)
	claims = append(claims, claimsAt("tag", 0, 10, 1)...)
	var out bytes.Buffer
	eces := Reliability(&out, "invented", claims)
	near(t, "model", eces[1], .15)
	near(t, "rules", eces[2], 1.0/30)
	// 1.0 shares a bin with .95: 40 claims, 38.5 expected, 34 right.
	near(t, "all", eces[0], (4.5+1)/60)
	for _, line := range []string{
		"0.9 to 1.0   40        96.2   85.0     30        95.0   80.0     10       100.0  100.0",
		"0.0 to 0.1   10         0.0   10.0      0                        10         0.0   10.0",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("no line %q in\n%s", line, out.String())
		}
	}
}

func TestReliabilityOfNothing(t *testing.T) {
	if eces := Reliability(new(bytes.Buffer), "", nil); eces != [3]float64{} {
		t.Errorf("no claims: errors %v", eces)
	}
}
