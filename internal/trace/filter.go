package trace

import "strings"

// Most texts that share a shingle share a stock phrase and nothing else. What
// can be seen of two texts without laying one over the other tells most of
// them apart, and is again a function of these two alone.

const (
	// spelt is what words that only house style or a hyphen tells apart
	// ("health care", "healthcare") may add to the words that are the same.
	spelt = 2 * rareBits * contentShare
	// leastCover and leastRun are what similar asks for at least: so much of
	// the shorter text, or so many words in a row.
	leastCover = .6
	leastRun   = 6
	// otherCover is what judge asks for where the speakers differ.
	otherCover = .85
)

// prospect is what can be said of two entries before an alignment.
type prospect struct {
	possible bool    // they may be linked, or one may repeat the other
	bits     float64 // no more than these, where they are linked
	far      bool    // they were said on two days, unless the words say more
}

// foresee bounds from above what decide can find.
func foresee(child, parent *item) prospect {
	a, b := child, parent
	if a.text.Len() > b.text.Len() {
		a, b = b, a
	}
	kept, run := inCommon(a, b)
	smaller := min(a.total(), b.total())
	kept = min(kept, smaller)
	if kept < leastCover*smaller && run < leastRun {
		return prospect{}
	}
	who := speakersOf(child, parent)
	when, far := dates(child.Entry, parent.Entry)
	if who == otherWho && (when < sameWeek || child.Article == parent.Article || kept < overrule || kept < otherCover*smaller) {
		return prospect{}
	}
	p := prospect{possible: true, bits: kept + when, far: far}
	if child.Article == parent.Article && child.Article != "" {
		p.bits += sameReport
	}
	switch who {
	case sameWho:
		p.bits += sameSpeaker
	case otherWho:
		p.bits += otherSpeaker
	}
	return p
}

// inCommon is what those words of a are worth that b may have too, and the
// longest run of them. It looks at one bit for each word, so it may say too
// much and never too little.
func inCommon(a, b *item) (kept float64, run int) {
	wilds := b.marks&wild != 0 // b has a word that may stand for another
	var lone [maxLone]*token
	n, alone := 0, 0
	for i := range a.text.toks {
		t := &a.text.toks[i]
		if !wilds && !b.has.has(t.id) && !t.is(wild) && !t.w.stretches {
			n = 0
			if alone < maxLone {
				lone[alone] = t
			}
			alone++
			continue
		}
		n++
		run = max(run, n)
		kept += worth(t)
	}
	if alone == 0 {
		return kept, run
	}
	if alone > maxLone {
		return kept + spelt, run
	}
	for i := range b.text.toks {
		t := &b.text.toks[i]
		twice := a.has.has(t.id) // a seems to have the word elsewhere too
		for _, u := range lone[:alone] {
			if !twice && likeSpelt(u.norm(), t.norm()) || twice && partSpelt(u.norm(), t.norm()) {
				return kept + spelt, run
			}
		}
	}
	return kept, run
}

// maxLone is how many words of one text without their like in the other are
// compared with those of the other.
const maxLone = 8

// likeSpelt tells whether two different words may belong to the same words in
// another house style: one is a part of the other, or they begin alike.
func likeSpelt(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a[0] == b[0] && len(b)-len(a) <= 3 || strings.Contains(b, a)
}

// partSpelt is likeSpelt where both texts have part: words as short as "a" are
// then a part only at an end.
func partSpelt(word, part string) bool {
	if len(part) > 3 {
		return likeSpelt(word, part)
	}
	return strings.HasPrefix(word, part) || strings.HasSuffix(word, part)
}

// wordbits is a set of word ids that may say yes where it should say no.
type wordbits [8]uint64

func (w *wordbits) has(id uint64) bool { return w[id>>6&7]&(1<<(id&63)) != 0 }

func (w *wordbits) fill(t *Text) (marks mark) {
	for i := range t.toks {
		id := t.toks[i].id
		w[id>>6&7] |= 1 << (id & 63)
		marks |= t.toks[i].mark
	}
	return marks
}

// stretching tells whether the word may be the same as another word: 's and
// 'd, and what they stand for.
func stretching(norm string) bool {
	switch norm {
	case "is", "has", "us", "would", "had":
		return true
	}
	return norm[0] == '\''
}
