package trace

import "slices"

// maxWordings bounds how many distinct wordings are laid over each other to
// find the fullest; the longest ones count.
const maxWordings = 32

// fullest chooses the wording that the others confirm: not the longest, since
// words may have been added, but the one whose words independent printers have
// too. Words at the ends that nobody else reaches speak for it; words inside
// that most others pass over speak against it.
func fullest(ix Index, members []*item) (*item, error) {
	wordings := candidatesForFullest(members)
	for {
		best, second := firstTwo(wordings, members)
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
func firstTwo(wordings, members []*item) (best, second *item) {
	var bestScore, secondScore float64
	for _, w := range wordings {
		score := confirmed(w, wordings, members)
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

// confirmed scores a wording by what the others say of each of its words.
func confirmed(w *item, wordings, members []*item) float64 {
	have := make([]int, w.text.Len()) // independent printers that have the word
	skip := make([]int, w.text.Len()) // … that pass over it without a mark
	own := printers(w, members, w)
	for _, o := range wordings {
		if o == w {
			continue
		}
		n := printers(o, members, w)
		if n == 0 {
			n = 1 // the same report says it twice: still a word about the wording
		}
		c := compare(o.text, w.text, sameWord)
		for _, s := range c.segs {
			inside := s.b0 > 0 && s.b1 < w.text.Len() && s != c.segs[0] && s != c.segs[len(c.segs)-1]
			for j := s.b0; j < s.b1; j++ {
				switch {
				case s.same:
					have[j] += n
				case inside && !c.gapAt(s):
					skip[j] += n
				}
			}
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

// printers counts the independent reports that print the wording of w, and
// are independent of except's.
func printers(w *item, members []*item, except *item) int {
	var seen []*item
	for _, m := range members {
		if m.whole != w.whole || m != w && except != w && dependent(m.Entry, except.Entry) {
			continue
		}
		if w != except && dependent(m.Entry, except.Entry) {
			continue
		}
		if !slices.ContainsFunc(seen, func(o *item) bool { return dependent(o.Entry, m.Entry) }) {
			seen = append(seen, m)
			if len(seen) > 20 {
				break
			}
		}
	}
	return len(seen)
}
