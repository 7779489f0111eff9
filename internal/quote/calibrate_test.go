package quote

import (
	"math"
	"testing"

	"onrecord/internal/record"
)

func TestCurvesThereAndBack(t *testing.T) {
	c := Curves{
		{"model", "said"}:                     {0.75, 0.125},
		{"marked words in a clause", "mixed"}: {0, -1.5},
	}
	again, err := ReadCurves(string(c.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if len(again) != len(c) {
		t.Errorf("%v became %v", c, again)
	}
	for g, curve := range c {
		if again[g] != curve {
			t.Errorf("%v: %v became %v", g, curve, again[g])
		}
	}
}

func TestReadCurvesRefuses(t *testing.T) {
	for _, line := range []string{"model\tsaid\t1\n", "model\tsaid\tx\t0\n", "model\tsaid\t1\ty\n", "model\tsaid\t-1\t0\n",
		"model\tsaid\tNaN\t0\n", "model\tsaid\t1\tInf\n", "\n"} {
		if c, err := ReadCurves(line); err == nil {
			t.Errorf("%q was read as %v", line, c)
		}
	}
}

func TestCurve(t *testing.T) {
	identity := Curve{Slope: 1}
	for _, p := range []float64{.01, .3, .5, .97} {
		if got := identity.At(p); math.Abs(got-p) > 1e-12 {
			t.Errorf("slope 1, shift 0: %v became %v", p, got)
		}
	}
	if got := (Curve{Shift: LogOdds(.8)}).At(.3); math.Abs(got-.8) > 1e-12 {
		t.Errorf("a rule right 8 times of 10 has the score %v", got)
	}
	if got := (Curves{}).Score(CurveGroup{"new rule", "direct"}, .7); got != .7 {
		t.Errorf("a group never measured: %v of .7", got)
	}
}

// What is shipped has curves for the models' candidates, and a surer one never
// gets less.
func TestShippedCurvesRise(t *testing.T) {
	for _, act := range []record.Act{record.Speech, record.Writing, record.Thought} {
		g := CurveGroupOf(byModel, record.Indirect, act)
		if shipped[g].Slope <= 0 {
			t.Errorf("%v: %+v: no rising curve", g, shipped[g])
		}
	}
	for g := range shipped {
		last := 0.0
		for raw := 0.0; raw <= 1; raw += .05 {
			p := shipped.Score(g, raw)
			if p < last || p <= 0 || p >= 1 {
				t.Errorf("%v: %v at %v, after %v", g, p, raw, last)
			}
			last = p
		}
	}
}

func TestCalibrate(t *testing.T) {
	found := []Candidate{
		{Kind: record.Direct, Reason: record.Reason{Rule: "no such rule", Score: .4}},
		{Kind: record.Indirect, Act: record.Thought, Reason: record.Reason{Rule: byModel, Score: .9}},
	}
	calibrate(found)
	if found[0].Reason.Score != .4 {
		t.Errorf("a rule never measured: %v", found[0].Reason.Score)
	}
	if want := shipped[CurveGroup{byModel, "thought"}].At(.9); found[1].Reason.Score != want {
		t.Errorf("a thought: %v, want %v", found[1].Reason.Score, want)
	}
}
