package quote

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"onrecord/internal/record"
)

// byModel is the rule that the reason of a model's own candidate names.
const byModel = "model"

// CurveGroup names the candidates that share one curve: those of one rule and
// kind; of the models, those said and those thought, since the models are far
// too sure that a thought is reported.
type CurveGroup struct{ Rule, Of string }

// CurveGroupOf is the group of a candidate.
func CurveGroupOf(rule string, kind record.Kind, act record.Act) CurveGroup {
	switch {
	case rule != byModel:
		return CurveGroup{rule, string(kind)}
	case act == record.Thought:
		return CurveGroup{rule, "thought"}
	}
	return CurveGroup{rule, "said"}
}

// Curve turns a raw score into the probability that the quotation is right:
// 1/(1+exp(−Slope·log(raw/(1−raw))−Shift)), with Slope at least 0 (Platt 1999,
// "Probabilistic outputs for support vector machines"). A rule has one raw
// score, and its curve no slope.
type Curve struct{ Slope, Shift float64 }

// surest keeps the logarithm of the odds finite.
const surest = 0.999

// LogOdds is log(p/(1−p)), of a p not nearer to 0 or 1 than .001.
func LogOdds(p float64) float64 {
	p = min(max(p, 1-surest), surest)
	return math.Log(p / (1 - p))
}

// At is the probability at a raw score, 0 to 1.
func (c Curve) At(raw float64) float64 {
	return 1 / (1 + math.Exp(-c.Slope*LogOdds(raw)-c.Shift))
}

// Curves are the curves of all groups.
type Curves map[CurveGroup]Curve

// Score is the probability that a quotation with this raw score is right: at
// least half of its content is reported, and by that source. A group that was
// never measured keeps its raw score.
func (c Curves) Score(g CurveGroup, raw float64) float64 {
	if curve, ok := c[g]; ok {
		return curve.At(raw)
	}
	return raw
}

// Encode writes a line for each group: rule, group, slope and shift between tabs.
func (c Curves) Encode() []byte {
	groups := slices.SortedFunc(maps.Keys(c), func(a, b CurveGroup) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Of, b.Of))
	})
	var b []byte
	for _, g := range groups {
		b = fmt.Appendf(b, "%s\t%s\t%.4f\t%.4f\n", g.Rule, g.Of, c[g].Slope, c[g].Shift)
	}
	return b
}

// ReadCurves reads what Encode wrote.
func ReadCurves(data string) (Curves, error) {
	c := Curves{}
	for line := range strings.Lines(data) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(fields) != 4 {
			return nil, fmt.Errorf("calibration: %d fields in %q, 4 wanted", len(fields), line)
		}
		slope, err := strconv.ParseFloat(fields[2], 64)
		if err != nil {
			return nil, fmt.Errorf("calibration: reading a slope: %w", err)
		}
		shift, err := strconv.ParseFloat(fields[3], 64)
		if err != nil {
			return nil, fmt.Errorf("calibration: reading a shift: %w", err)
		}
		if !(slope >= 0) || math.IsInf(slope, 0) || math.IsNaN(shift) || math.IsInf(shift, 0) {
			return nil, fmt.Errorf("calibration: %q is no rising curve", line)
		}
		c[CurveGroup{fields[0], fields[1]}] = Curve{slope, shift}
	}
	return c, nil
}

//go:embed calibration.txt
var calibrationFile string

// shipped are the curves learnt by internal/train/calibrate. A file that
// cannot be read is a mistake of the build, found by any test that reads a
// report.
var shipped = func() Curves {
	c, err := ReadCurves(calibrationFile)
	if err != nil {
		panic(err)
	}
	return c
}()

// calibrate makes probabilities of the scores of candidates. It comes last:
// what weighs candidates against each other knows the raw scores.
func calibrate(found []Candidate) {
	for i := range found {
		c := &found[i]
		c.Reason.Score = shipped.Score(CurveGroupOf(c.Reason.Rule, c.Kind, c.Act), c.Reason.Score)
	}
}
