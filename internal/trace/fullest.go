package trace

import "slices"

// maxWordings bounds how many distinct wordings are laid over each other to
// find the fullest; the longest ones count.
const maxWordings = 32

// fullest chooses the wording that the others confirm: not the longest, since
// words may have been added, but the one whose words independent printers have
// too. Words at the ends that nobody else reaches speak for it; words inside
// that most others pass over speak against it.
func fullest(ix Index, o *origins) (*item, error) {
	members := o.members
	wordings := candidatesForFullest(members)
	for {
		best, second := o.firstTwo(wordings)
		if second == nil {
			return best, nil
		}
		// A splice is not a fuller wording.
		c := compare(best.text, second.text, sameWord)
		other, err := splicedWith(ix, best, &c, members)
		if err != nil {
			return nil, err
		}
		if other == nil {
			return best, nil
		}
		wordings = slices.DeleteFunc(wordings, func(w *item) bool { return w == best })
	}
}

// firstTwo are the two wordings that the others confirm most.
func (o *origins) firstTwo(wordings []*item) (best, second *item) {
	var bestScore, secondScore float64
	for _, w := range wordings {
		score := o.confirmed(w, wordings)
		switch {
		case best == nil || score > bestScore || score == bestScore && fuller(w, best):
			second, secondScore = best, bestScore
			best, bestScore = w, score
		case second == nil || score > secondScore || score == secondScore && fuller(w, second):
			second, secondScore = w, score
		}
	}
	return best, second
}

// candidatesForFullest keeps one member of each distinct text, quoted words
// where there are any.
func candidatesForFullest(members []*item) []*item {
	quoted := slices.ContainsFunc(members, (*item).quoted)
	var out []*item
	for _, m := range members {
		if m.quoted() != quoted {
			continue
		}
		at := slices.IndexFunc(out, func(o *item) bool { return o.whole == m.whole })
		switch {
		case at < 0:
			out = append(out, m)
		case fuller(m, out[at]):
			out[at] = m
		}
	}
	if len(out) > maxWordings {
		slices.SortStableFunc(out, func(a, b *item) int { return b.text.Len() - a.text.Len() })
		out = out[:maxWordings]
	}
	return out
}

// fuller decides between equal scores: whole sentences before fragments, body
// before headline, then the earlier printed.
func fuller(x, y *item) bool {
	if a, b := rank(x), rank(y); a != b {
		return a > b
	}
	return before(x.Entry, y.Entry)
}

func rank(x *item) int {
	r := 0
	if x.Where == "body" {
		r += 2
	}
	if x.Kind == "direct" || x.Kind == "block" {
		r++
	}
	return r
}

// confirmed scores a wording by what the others say of each of its words. What
// its own text says besides (the report's headline, those who have the words
// from it) is together one word about the wording.
func (or *origins) confirmed(w *item, wordings []*item) float64 {
	have := make([]int, w.text.Len()) // independent texts that have the word
	skip := make([]int, w.text.Len()) // … that pass over it without a mark
	own := or.printers(w, w)
	kept, passed := make([]bool, w.text.Len()), make([]bool, w.text.Len())
	for _, o := range wordings {
		if o == w {
			continue
		}
		n := or.printers(o, w)
		c := compare(o.text, w.text, sameWord)
		for _, s := range c.segs {
			inside := s.b0 > 0 && s.b1 < w.text.Len() && s != c.segs[0] && s != c.segs[len(c.segs)-1]
			for j := s.b0; j < s.b1; j++ {
				switch {
				case s.same:
					have[j] += n
					kept[j] = kept[j] || n == 0
				case inside && !c.gapAt(s):
					skip[j] += n
					passed[j] = passed[j] || n == 0
				}
			}
		}
	}
	for j := range have {
		if kept[j] {
			have[j]++
		}
		if passed[j] {
			skip[j]++
		}
	}
	score := 0.0
	for j := range have {
		t := &w.text.toks[j]
		switch {
		case t.is(edited):
			score -= .5
		case skip[j] > have[j]+max(own, 1):
			score--
		default:
			score++
		}
		if t.is(gapBefore) && j > 0 {
			score-- // it says itself that something is missing
		}
	}
	return score
}

// printers counts the independent texts that print the wording of w, and are
// independent of except's.
func (o *origins) printers(w, except *item) int {
	var seen []int
	from := o.groups.root(o.index(except.Quotation))
	for i, m := range o.members {
		group := o.groups.root(i)
		if m.whole != w.whole || group == from && (w != except || m != w) || slices.Contains(seen, group) {
			continue
		}
		seen = append(seen, group)
		if len(seen) > 20 {
			break
		}
	}
	return len(seen)
}
