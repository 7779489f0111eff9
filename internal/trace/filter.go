package trace

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

// mayShare tells whether an alignment of the two could lead to a link, or to
// the finding that one repeats the other: an upper bound of what it can keep.
func mayShare(child, parent *item) bool {
	who := speakersOf(child, parent)
	least := leastCover
	if who == otherWho {
		when, _ := dates(child.Entry, parent.Entry)
		if when < sameWeek || child.Article == parent.Article {
			return false
		}
		least = otherCover
	}
	a, b := child, parent
	if a.text.Len() > b.text.Len() {
		a, b = b, a
	}
	kept, run := inCommon(a.text, b.text)
	kept += spelt
	if who == otherWho && kept < overrule {
		return false
	}
	if kept >= least*min(a.total(), b.total()) {
		return true
	}
	return who != otherWho && run >= leastRun
}

// inCommon is what those words of a are worth that b may have too, and the
// longest run of them. It looks at one bit for each word of b, so it may say
// too much and never too little.
func inCommon(a, b *Text) (kept float64, run int) {
	var have [8]uint64
	open := false // b has a word that may stand for another
	for i := range b.toks {
		t := &b.toks[i]
		have[t.id>>6&7] |= 1 << (t.id & 63)
		open = open || t.is(wild)
	}
	n := 0
	for i := range a.toks {
		t := &a.toks[i]
		if !open && have[t.id>>6&7]&(1<<(t.id&63)) == 0 && !t.is(wild) && !t.stretches() {
			n = 0
			continue
		}
		n++
		run = max(run, n)
		kept += worth(t)
	}
	return kept, run
}

// stretches tells whether the word may be the same as another word: 's and
// 'd, and what they stand for.
func (t *token) stretches() bool {
	if t.norm[0] == '\'' {
		return true
	}
	switch t.norm {
	case "is", "has", "us", "would", "had":
		return true
	}
	return false
}
