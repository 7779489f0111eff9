package trace

import (
	"slices"

	"onrecord/internal/record"
)

// Answered finds the earlier words that the utterance of a quotation answers
// or repeats: the other end of Clarifications. What it finds is what the
// earlier utterance says of this one, so both ends always agree. Without
// repeats only answers are looked for, which costs little where no words look
// back.
func (l *Lookback) Answered(key int64, repeats bool) ([]record.Answer, error) {
	ix := l.ix
	members, err := memberItems(ix, key)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	own := map[int64]bool{}
	for _, m := range members {
		own[m.Key] = true
	}
	keys, err := l.answerable(members)
	if err == nil && repeats {
		var again []int64
		again, err = l.saidBefore(members)
		keys = append(keys, again...)
	}
	if err != nil {
		return nil, err
	}
	slices.Sort(keys)
	var out []record.Answer
	seen := map[string]bool{}
	for _, k := range slices.Compact(keys) {
		if own[k] {
			continue
		}
		u, err := l.Utterance(k)
		if err != nil {
			return nil, err
		}
		if u.ID == "" || seen[u.ID] {
			continue
		}
		seen[u.ID] = true
		if a, ok := answerTo(&u, own); ok {
			out = append(out, a)
		}
	}
	slices.SortFunc(out, func(a, b record.Answer) int { return compareEntries(&a.Entry, &b.Entry) })
	return out, nil
}

// answerTo is the first of an earlier utterance's clarifications that is ours.
func answerTo(u *record.Utterance, own map[int64]bool) (record.Answer, bool) {
	for _, c := range u.Clarifications {
		if !own[c.Entry.Key] {
			continue
		}
		a := record.Answer{By: c.Entry.Quotation, Kind: c.Kind, Reason: c.Reason, Utterance: u.ID}
		for i := range u.Variants {
			if e := u.Variants[i].Entry; e.Quotation == u.Fullest {
				a.Entry = e
			}
		}
		return a, true
	}
	return record.Answer{}, false
}

// answerable are quotations whose utterances the members may answer: what
// shares most with words that have a sign, and what stands beside them.
func (l *Lookback) answerable(members []*item) ([]int64, error) {
	var keys []int64
	shelf, hasReports := l.ix.(ofReport)
	for _, m := range members {
		if len(signals(m)) == 0 {
			continue
		}
		a, err := l.answered(m)
		if err != nil {
			return nil, err
		}
		if a.target != nil {
			keys = append(keys, a.target.Key)
			continue
		}
		if !hasReports {
			continue
		}
		near, err := shelf.Keys(m.Article)
		if err != nil {
			return nil, err
		}
		keys = append(keys, near...)
	}
	return keys, nil
}

// saidBefore are entries that a member says again on another day, the wordings
// tried being the longest ones.
func (l *Lookback) saidBefore(members []*item) ([]int64, error) {
	var keys []int64
	for _, m := range candidatesForFullest(members) {
		items, err := byWords(l.ix, m.text, []*item{m})
		if err != nil {
			return nil, err
		}
		for _, x := range items {
			if _, _, d := both(m, x); d.repeated && m.quoted() && x.quoted() {
				keys = append(keys, x.Key)
			}
		}
	}
	return keys, nil
}
