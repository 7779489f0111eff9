package calibrate

import (
	"math"
	"math/rand/v2"
	"testing"

	"onrecord/internal/eval"
	"onrecord/internal/quote"
	"onrecord/internal/record"
)

func claim(rule string, score float64, right bool) eval.Claim {
	return eval.Claim{Kind: record.Indirect, Act: record.Speech, Reason: record.Reason{Rule: rule, Score: score}, Right: right}
}

// drawn are claims of a model whose scores mislead by a known curve.
func drawn(n int, c quote.Curve) []eval.Claim {
	r := rand.New(rand.NewPCG(1, 2))
	var out []eval.Claim
	for range n {
		raw := .05 + .9*r.Float64()
		out = append(out, claim("model", raw, r.Float64() < c.At(raw)))
	}
	return out
}

func TestPlattFindsTheCurve(t *testing.T) {
	for _, want := range []quote.Curve{{Slope: .5, Shift: -.7}, {Slope: 1, Shift: 0}, {Slope: 2, Shift: 1}} {
		got := platt(drawn(20000, want))
		if math.Abs(got.Slope-want.Slope) > .08 || math.Abs(got.Shift-want.Shift) > .08 {
			t.Errorf("%+v learnt of %+v", got, want)
		}
	}
}

// A score that misleads altogether tells nothing; a higher one never counts less.
func TestPlattNeverFalls(t *testing.T) {
	got := platt(drawn(2000, quote.Curve{Slope: -1, Shift: .3}))
	if got.Slope != 0 || math.Abs(got.At(.5)-.57) > .05 {
		t.Errorf("%+v", got)
	}
}

func TestFitRules(t *testing.T) {
	var train, dev []eval.Claim
	for i := range 96 {
		train = append(train, claim("tag", .9, i < 48))
	}
	for i := range 12 {
		dev = append(dev, claim("tag", .9, i < 9), claim("signed", .9, true))
	}
	curves := Fit(train, dev)
	prior := (48 + guessCounts*.9) / (96 + guessCounts)
	for rule, want := range map[string]float64{
		"tag":    (9 + trainCounts*prior) / (12 + trainCounts),
		"signed": (12 + guessCounts*.9) / (12 + guessCounts),
	} {
		got := curves.Score(quote.CurveGroupOf(rule, record.Indirect, record.Speech), .9)
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v, want %v", rule, got, want)
		}
	}
}

// By halves no report gives a score to itself.
func TestHalves(t *testing.T) {
	reports := [][]eval.Claim{{claim("a", 1, true)}, {claim("b", 1, true)}, nil, {claim("d", 1, true), claim("e", 1, true)}, {claim("f", 1, true)}}
	half := halves(reports)
	rules := [2]string{}
	for i, list := range half {
		for _, c := range list {
			rules[i] += c.Reason.Rule
		}
	}
	if rules != [2]string{"af", "bde"} {
		t.Errorf("halves %v", rules)
	}
}

// On claims that mislead the error has to fall.
func TestCalibrationHelps(t *testing.T) {
	all := drawn(4000, quote.Curve{Slope: .5, Shift: -1})
	before := ece(all)
	after := ece(apply(Fit(nil, all[:2000]), all[2000:]))
	if before < .15 || after > .04 {
		t.Errorf("error %.3f before, %.3f after", before, after)
	}
}
