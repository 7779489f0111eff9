package trace

import "sync"

// segment is a stretch of an alignment: here[a0:a1] stands over full[b0:b1].
// In a same segment the words are the same, pair by pair or run together
// ("health care", "healthcare"); in any other they differ, and either side
// may be empty.
type segment struct {
	same           bool
	a0, a1, b0, b1 int
}

const (
	// scale turns bits into the whole numbers that the alignment adds up, so
	// that the result is the same on every machine.
	scale = 10
	// breakCost is what it costs to go on after a difference: less than the
	// commonest word is worth, so that equal words are seen as equal, more
	// than nothing, so that words in a row are preferred.
	breakCost = 35
	// gapCost is the same where the printer shows that something is left out.
	gapCost = 5
	// maxCells bounds the work for one pair; a longer pair is compared by
	// what it has in common at its beginning and its end.
	maxCells = 1 << 24
)

// aligner holds the tables of one alignment, to be used again.
type aligner struct {
	step  []byte
	m, d  [2][]int32
	ids   []uint64
	loose []bool // by word of full: another word may be the same as it
	pairs [][2]int
	segs  []segment
}

var aligners = sync.Pool{New: func() any { return new(aligner) }}

const (
	fromUp     = 1 // the best lies one token of here back
	fromLeft   = 2 // … one token of full back
	fromMatch  = 3 // a match ends here
	continuing = 4 // the match goes on from a match right before
)

// align lays the words here over the full ones: the alignment that keeps the
// most bits, with both ends free and a price on every break. same tells which
// words are the same; nil stands for sameWord, and is faster.
func align(here, full *Text, same func(a, b *token) bool) []segment {
	return appendAlign(nil, here, full, same)
}

// appendAlign is align into memory that is at hand.
func appendAlign(out []segment, here, full *Text, same func(a, b *token) bool) []segment {
	a, b := here.toks, full.toks
	strict := same == nil
	if strict {
		same = sameWord
	}
	front := 0
	for front < len(a) && front < len(b) && same(&a[front], &b[front]) {
		front++
	}
	if front == len(a) && front == len(b) {
		return append(out, segment{true, 0, front, 0, front})
	}
	lo, end := 0, 0
	if onlyWords(a) && onlyWords(b) {
		lo, end = anchors(a, b, front)
	}
	x, y := a[lo:len(a)-end], b[lo:len(b)-end]
	if len(x)*len(y) > maxCells {
		return append(out, alignEnds(a, b, front, same)...)
	}
	al := aligners.Get().(*aligner)
	al.fill(x, y, strict, same)
	segs := tidy(a, b, al.back(a, b, lo, end))
	out = append(out, segs...)
	aligners.Put(al)
	return out
}

// onlyWords tells whether no word may stand for another, so that equal ids are all
// there is to look at.
func onlyWords(toks []token) bool {
	var marks mark
	for i := range toks {
		marks |= toks[i].mark
	}
	return marks&(wild|open) == 0
}

// anchors tells how many words at the beginning and at the end of both texts
// surely stand over each other, so that only what is between them has to be
// laid out. A word that both have there, and neither has again further in, can
// stand over nothing else, and then so do the equal words on its outer side.
// The outermost word on either side stays in, for what a break before it costs.
// front is how many words both begin with.
func anchors(a, b []token, front int) (lo, end int) {
	for q := front; q > 1 && q > front-4; q-- {
		if id := a[q-1].id; !hasID(a[q:], id) && !hasID(b[q:], id) {
			lo = q - 1
			break
		}
	}
	a, b = a[lo:], b[lo:]
	n := min(len(a), len(b))
	if lo > 0 {
		n-- // not past the word that stays in
	}
	back := 0
	for back < n && a[len(a)-1-back].id == b[len(b)-1-back].id {
		back++
	}
	for q := back; q > 1 && q > back-4; q-- {
		if id := a[len(a)-q].id; !hasID(a[:len(a)-q], id) && !hasID(b[:len(b)-q], id) {
			return lo, q - 1
		}
	}
	return lo, 0
}

func hasID(toks []token, id uint64) bool {
	for i := range toks {
		if toks[i].id == id {
			return true
		}
	}
	return false
}

// alignEnds is the alignment of texts too long to compare in full.
func alignEnds(a, b []token, front int, same func(a, b *token) bool) []segment {
	end := 0
	for end < len(a)-front && end < len(b)-front && same(&a[len(a)-1-end], &b[len(b)-1-end]) {
		end++
	}
	var out []segment
	if front > 0 {
		out = append(out, segment{true, 0, front, 0, front})
	}
	out = append(out, segment{false, front, len(a) - end, front, len(b) - end})
	if end > 0 {
		out = append(out, segment{true, len(a) - end, len(a), len(b) - end, len(b)})
	}
	return out
}

func (al *aligner) fill(a, b []token, strict bool, same func(a, b *token) bool) {
	al.ids, al.loose = al.ids[:0], al.loose[:0]
	for j := range b {
		al.ids = append(al.ids, b[j].id)
		al.loose = append(al.loose, !strict || b[j].is(wild|open))
	}
	w := len(b) + 1
	if need := (len(a) + 1) * w; cap(al.step) < need {
		al.step = make([]byte, need)
	} else {
		al.step = al.step[:need]
	}
	for k := range 2 {
		if cap(al.m[k]) < w {
			al.m[k], al.d[k] = make([]int32, w), make([]int32, w)
		}
		al.m[k], al.d[k] = al.m[k][:w], al.d[k][:w]
		clear(al.m[k])
		clear(al.d[k])
	}
	clear(al.step[:w])
	for i := 1; i <= len(a); i++ {
		t := &a[i-1]
		mp, dp := al.m[(i-1)&1], al.d[(i-1)&1]
		mc, dc := al.m[i&1], al.d[i&1]
		row := al.step[i*w : (i+1)*w]
		row[0], mc[0], dc[0] = 0, 0, 0
		cost := int32(breakCost)
		if t.is(gapBefore) {
			cost = gapCost
		}
		loose := !strict || t.is(wild|open) // words that differ may still be the same
		mayMatch := al.loose[:len(b)]
		ids, mp, dp, mc, dc := al.ids[:len(b)], mp[:w], dp[:w], mc[:w], dc[:w]
		for j := 1; j <= len(b); j++ {
			best, step := dp[j], byte(fromUp)
			if dc[j-1] > best {
				best, step = dc[j-1], fromLeft
			}
			mc[j] = 0
			if t.id == ids[j-1] || (loose || mayMatch[j-1]) && same(t, &b[j-1]) {
				got := dp[j-1]
				if got > 0 {
					got = max(got-cost, 0)
				}
				var on byte
				if mp[j-1] > 0 && mp[j-1] >= got {
					got, on = mp[j-1], continuing
				}
				got += min(t.gain, b[j-1].gain)
				mc[j] = got
				if got >= best {
					best, step = got, fromMatch
				}
				step |= on
			}
			dc[j], row[j] = best, step
		}
	}
}

// back walks the table from its end and returns the segments in order. lo and
// end are the words at the ends that were not laid out.
func (al *aligner) back(a, b []token, lo, end int) []segment {
	pairs := al.pairs[:0]
	for k := 1; k <= end; k++ {
		pairs = append(pairs, [2]int{len(a) - k, len(b) - k})
	}
	i, j := len(a)-lo-end, len(b)-lo-end
	w := j + 1
	inMatch := false
	for i > 0 && j > 0 {
		s := al.step[i*w+j]
		if inMatch || s&3 == fromMatch {
			pairs = append(pairs, [2]int{lo + i - 1, lo + j - 1})
			inMatch = s&continuing != 0
			i, j = i-1, j-1
			continue
		}
		if s&3 == fromUp {
			i--
		} else {
			j--
		}
	}
	for k := lo - 1; k >= 0; k-- {
		pairs = append(pairs, [2]int{k, k})
	}
	al.pairs = pairs
	out := al.segs[:0]
	pa, pb := 0, 0
	for k := len(pairs) - 1; k >= 0; k-- {
		x, y := pairs[k][0], pairs[k][1]
		if x > pa || y > pb {
			out = append(out, segment{false, pa, x, pb, y})
		}
		if n := len(out); n > 0 && out[n-1].same && out[n-1].a1 == x && out[n-1].b1 == y {
			out[n-1].a1, out[n-1].b1 = x+1, y+1
		} else {
			out = append(out, segment{true, x, x + 1, y, y + 1})
		}
		pa, pb = x+1, y+1
	}
	if pa < len(a) || pb < len(b) {
		out = append(out, segment{false, pa, len(a), pb, len(b)})
	}
	al.segs = out
	return out
}

// tidy drops matches that are chance (one "the" far from everything else) and
// sees words that only house style tells apart as the same.
func tidy(a, b []token, segs []segment) []segment {
	for k := 0; k < len(segs); k++ {
		if chance(a, segs, k) {
			segs[k].same = false
			segs = join(segs)
			k = -1 // the neighbours have changed: look again
		}
	}
	for k := range segs {
		s := &segs[k]
		if !s.same && s.a1 > s.a0 && s.b1 > s.b0 && sameSpelling(a[s.a0:s.a1], b[s.b0:s.b1]) {
			s.same = true
		}
	}
	return segs
}

// chance tells whether the match segs[k] is too weak for the differences
// round it.
func chance(a []token, segs []segment, k int) bool {
	s := segs[k]
	n := s.a1 - s.a0
	if !s.same || n > 2 || len(segs) == 1 {
		return false
	}
	if s.a0 == 0 && s.b0 == 0 || k == len(segs)-1 {
		// Both begin, or both end, with it. (The last segment is a match only
		// where both texts end there.)
		return false
	}
	bits := 0.0
	for i := s.a0; i < s.a1; i++ {
		if a[i].is(gapBefore) {
			return false // the printer shows the break
		}
		bits += a[i].bits()
	}
	if s.a1 < len(a) && a[s.a1].is(gapBefore) {
		return false
	}
	skipped, last := 0, true
	if k > 0 {
		skipped += max(segs[k-1].a1-segs[k-1].a0, segs[k-1].b1-segs[k-1].b0)
		last = k < 2
	}
	if k+1 < len(segs) {
		skipped += max(segs[k+1].a1-segs[k+1].a0, segs[k+1].b1-segs[k+1].b0)
		last = last || k+2 >= len(segs)
	}
	if last { // nothing on one side vouches for it
		return bits < 14 && skipped > 3*n || bits < 8*float64(n) && skipped > n
	}
	return bits < 14 && skipped > 5*n
}

// join merges neighbours of the same sort.
func join(segs []segment) []segment {
	out := segs[:0]
	for _, s := range segs {
		if n := len(out); n > 0 && !s.same && !out[n-1].same {
			out[n-1].a1, out[n-1].b1 = s.a1, s.b1
			continue
		}
		out = append(out, s)
	}
	return out
}
