package eval

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// words is a tracer for tests of the measures: quotations are one utterance
// when one holds the words of the other.
type words struct{ groups [][]record.Entry }

func (w *words) Place(e record.Entry) error {
	for i, g := range w.groups {
		for _, o := range g {
			if strings.Contains(o.Words, e.Words) || strings.Contains(e.Words, o.Words) {
				w.groups[i] = append(g, e)
				return nil
			}
		}
	}
	w.groups = append(w.groups, []record.Entry{e})
	return nil
}

func (w *words) Utterances() ([]record.Utterance, error) {
	var out []record.Utterance
	for _, g := range w.groups {
		full := slices.MaxFunc(g, func(a, b record.Entry) int { return len(a.Words) - len(b.Words) })
		u := record.Utterance{ID: "u" + g[0].Quotation, Earliest: g[0].Quotation, Fullest: full.Quotation}
		for _, e := range g {
			u.Variants = append(u.Variants, record.Variant{Entry: e, Relation: record.Same})
		}
		out = append(out, u)
	}
	return out, nil
}

func (w *words) Check(asked, by string) (record.Finding, error) {
	for _, g := range w.groups {
		for i := range g {
			v, _, _ := w.Compare(asked, g[i].Words)
			switch {
			case v == record.NotFound:
				continue
			case by != "" && by != g[i].Speaker:
				v = record.DifferentSpeaker
			}
			return record.Finding{Verdict: v, Fullest: &g[i]}, nil
		}
	}
	return record.Finding{Verdict: record.NotFound}, nil
}

func (w *words) Compare(here, full string) (record.Verdict, []record.Edit, []record.Alarm) {
	switch {
	case here == full:
		return record.Exact, nil, nil
	case strings.Contains(full, here):
		return record.Truncated, nil, nil
	}
	return record.NotFound, nil, nil
}
