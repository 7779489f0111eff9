// Package calibrate learns how far the scores of quotations are to be trusted.
//
// The rules were made by hand, so how often each is right is counted on the
// training reports; but beside the models a rule keeps other quotations than
// alone, and so the development reports count too. The models are over-sure on
// the reports they were trained on: their curves are learnt on the development
// reports alone. The error told is by halves of these, of reports that the
// curves have not seen.
package calibrate

import (
	"context"
	"fmt"
	"io"
	"slices"

	"onrecord/internal/attribute"
	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/mention"
	"onrecord/internal/quote"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Calibrate learns internal/quote/calibration.txt from the PolNeAR reports
// below shared and the models inside the program, and returns its content. It
// logs reliability tables: before, and after by halves. It needs no random
// numbers, and gives the same file every time. It fails where the reports are
// absent.
func Calibrate(shared string, log io.Writer) ([]byte, error) {
	train, err := claims(shared, "train", quote.Rules{})
	if err != nil {
		return nil, err
	}
	dev, err := claims(shared, "dev", quote.Model{Tagger: tag.Embedded(), Raw: true})
	if err != nil {
		return nil, err
	}
	before := slices.Concat(dev...)
	eval.Reliability(log, "dev, scores before", before)
	half := halves(dev)
	var after []eval.Claim
	for i := range half {
		after = append(after, apply(Fit(slices.Concat(train...), half[1-i]), half[i])...)
	}
	eces := eval.Reliability(log, "dev, by halves: curves learnt on one, scores of the other", after)
	curves := Fit(slices.Concat(train...), before)
	eval.Reliability(log, "dev, scores as shipped: curves learnt on all of it", apply(curves, before))
	fmt.Fprintf(log, "expected calibration error by halves: %.3f\n", eces[0])
	return curves.Encode(), nil
}

// claims are the claims of one part, one list for each report.
func claims(shared, part string, f quote.Finder) ([][]eval.Claim, error) {
	o := eval.Options{Shared: shared, Article: extract.Article, Read: func(a record.Article) record.Reading {
		d := text.New(&a)
		found, _ := f.Find(d)
		return record.Reading{Article: a, Quotations: attribute.Resolve(d, mention.Find(d), found)}
	}}
	out, err := eval.Claims(context.Background(), o, part)
	if err != nil {
		return nil, fmt.Errorf("reading PolNeAR %s for the calibration: %w", part, err)
	}
	return out, nil
}

// halves are the claims of every other report, and of the rest.
func halves(reports [][]eval.Claim) (out [2][]eval.Claim) {
	for i, list := range reports {
		out[i%2] = append(out[i%2], list...)
	}
	return out
}

// apply gives claims the scores of curves.
func apply(curves quote.Curves, claims []eval.Claim) []eval.Claim {
	out := slices.Clone(claims)
	for i := range out {
		out[i].Reason.Score = curves.Score(groupOf(out[i]), out[i].Reason.Score)
	}
	return out
}

func groupOf(c eval.Claim) quote.CurveGroup {
	return quote.CurveGroupOf(c.Reason.Rule, c.Kind, c.Act)
}
