package calibrate

import (
	"math"

	"onrecord/internal/eval"
	"onrecord/internal/quote"
)

// Claims count as this many claims as the source before them says: a rule's
// made-up score before the training reports, and these before the
// development reports, where the models have taken some of its quotations
// over and completed others.
const (
	guessCounts = 4
	trainCounts = 8
)

// Fit learns curves: of the rules from the claims of the rules alone on the
// training reports and of rules and models together on others; of the models
// from the latter.
func Fit(rules, both []eval.Claim) quote.Curves {
	out := quote.Curves{}
	others := grouped(both)
	for g, list := range grouped(rules) {
		p := share(list, list[0].Reason.Score, guessCounts)
		p = share(others[g], p, trainCounts)
		out[g] = quote.Curve{Shift: quote.LogOdds(p)}
	}
	for g, list := range others {
		if _, known := out[g]; known {
			continue
		}
		if varies(list) {
			out[g] = platt(list)
		} else {
			out[g] = quote.Curve{Shift: quote.LogOdds(share(list, list[0].Reason.Score, guessCounts))}
		}
	}
	return out
}

func grouped(claims []eval.Claim) map[quote.CurveGroup][]eval.Claim {
	out := map[quote.CurveGroup][]eval.Claim{}
	for _, c := range claims {
		out[groupOf(c)] = append(out[groupOf(c)], c)
	}
	return out
}

// varies tells the scores of a model from the one score of a rule.
func varies(list []eval.Claim) bool {
	for _, c := range list {
		if c.Reason.Score != list[0].Reason.Score {
			return true
		}
	}
	return false
}

// share is the share of claims that is right, with counts more claims of
// which the share prior is.
func share(list []eval.Claim, prior, counts float64) float64 {
	right := prior * counts
	for _, c := range list {
		if c.Right {
			right++
		}
	}
	return right / (float64(len(list)) + counts)
}

// platt is the curve under which the claims are most probable, drawn a little
// to the raw score (Slope 1, Shift 0), found by Newton's method. Where a
// higher score would mean a lower probability the curve is flat.
func platt(list []eval.Claim) quote.Curve {
	const draw, rounds = 1.0, 50
	c := quote.Curve{Slope: 1}
	for range rounds {
		// The gradient of the loss, and its second derivatives.
		gSlope, gShift := draw*(c.Slope-1), draw*c.Shift
		hSlope, hBoth, hShift := draw, 0.0, draw
		for _, x := range list {
			at := quote.LogOdds(x.Reason.Score)
			p := c.At(x.Reason.Score)
			miss, w := p, p*(1-p)
			if x.Right {
				miss--
			}
			gSlope, gShift = gSlope+miss*at, gShift+miss
			hSlope, hBoth, hShift = hSlope+w*at*at, hBoth+w*at, hShift+w
		}
		det := hSlope*hShift - hBoth*hBoth
		step := quote.Curve{Slope: (hShift*gSlope - hBoth*gShift) / det, Shift: (hSlope*gShift - hBoth*gSlope) / det}
		c.Slope, c.Shift = c.Slope-step.Slope, c.Shift-step.Shift
		if math.Abs(step.Slope)+math.Abs(step.Shift) < 1e-9 {
			break
		}
	}
	if c.Slope < 0 {
		return quote.Curve{Shift: quote.LogOdds(share(list, 0.5, draw))}
	}
	return c
}
