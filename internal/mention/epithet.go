package mention

import (
	"slices"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// resolveDescription finds whom a description denotes, the surest sign first:
// apposition, predicate, possession, the same noun used before, and last the
// fit of the words.
func (f *finder) resolveDescription(i int) {
	it := &f.items[i]
	switch {
	case f.nearOther(i):
	case f.apposed(i):
	case it.holder >= 0:
		f.resolveHeld(i)
	case it.many:
		f.resolveMany(i)
	case !it.definite:
		it.ref = f.newDescribed(it)
	default:
		f.resolveDefinite(i)
	}
}

// nearOther resolves "the latter" and "the former" among the last two named.
func (f *finder) nearOther(i int) bool {
	it := &f.items[i]
	w := f.d.Tokens[it.head].Lower
	if w != "latter" && w != "former" {
		return false
	}
	last, before := -1, -1
	f.lookBack(i, func(c *item) {
		switch {
		case c.kind == record.ByPronoun || f.refs[c.ref].nature == record.AGroup:
		case last < 0:
			last = c.ref
		case before < 0 && c.ref != last:
			before = c.ref
		}
	})
	it.ref = last
	if w == "former" && before >= 0 {
		it.ref = before
	}
	return true
}

// apposed joins a description to the name beside it: "Rose Adair, a singer,",
// "his wife, Rose Adair,", "Rose Adair is a singer".
func (f *finder) apposed(i int) bool {
	it := &f.items[i]
	if it.many {
		return false
	}
	for k := i - 1; k >= 0 && it.first-f.items[k].end < 5; k-- {
		c := &f.items[k]
		if c.ref < 0 || f.refs[c.ref].nature == record.AGroup || f.d.Tokens[c.first].Sentence != f.d.Tokens[it.first].Sentence || c.end > it.first {
			continue
		}
		comma := c.kind == record.ByName && (c.end == it.first-1 || c.end == it.first-3 && f.d.Tokens[c.end+1].Kind == text.Number) &&
			f.d.Of(c.end) == "," && f.d.Of(it.first-1) == "," && f.stops(it.end)
		if f.refs[c.ref].nature == record.APerson && f.fitsGender(c.ref, it) && (comma || c.role >= actor && f.copula(c.end, it.first)) {
			f.settle(it, c.ref)
			return true
		}
	}
	for k := i + 1; k < len(f.items) && f.items[k].first <= it.end+1; k++ {
		c := &f.items[k]
		if c.kind == record.ByName && c.first == it.end+1 && c.role != owner && c.role != headOwner && f.d.Of(it.end) == "," && f.refs[c.ref].nature == record.APerson &&
			f.fitsGender(c.ref, it) && f.stops(c.end) {
			f.settle(it, c.ref)
			return true
		}
		if c.kind == record.ByName && c.first >= it.first && c.end <= it.end {
			continue
		}
	}
	return false
}

// stops tells whether an apposition ends before token i.
func (f *finder) stops(i int) bool {
	if i >= len(f.d.Tokens) || f.isPunct(i) {
		return true
	}
	return f.w[i].flags&(aux|say|prep|sub) != 0 || f.d.Tokens[i].Kind == text.QuoteMark
}

// copula tells "is", "was once", "has been", "became".
func (f *finder) copula(from, to int) bool {
	be := false
	for k := from; k < to; k++ {
		t := &f.d.Tokens[k]
		if t.Lower == "not" || t.Lower == "never" {
			return false
		}
		switch t.Lower {
		case "is", "was", "been", "be", "became", "become", "becomes", "remains", "'s":
			be = true
			continue
		}
		if f.w[k].flags&(aux|adv) == 0 {
			return false
		}
	}
	return be
}

func (f *finder) fitsGender(ref int, it *item) bool {
	g := f.w[it.head].gender
	return g == record.UnknownGender || f.refs[ref].gender == record.UnknownGender || f.refs[ref].gender == g
}

// settle gives an item its referent, and the referent what the item tells.
func (f *finder) settle(it *item, ref int) {
	it.ref = ref
	f.describe(ref, it.head)
	for k := it.first; k <= it.head; k++ {
		f.qualify(&f.refs[ref], k)
	}
}

// resolveHeld finds "his wife": the same person whenever he is the same.
func (f *finder) resolveHeld(i int) {
	it := &f.items[i]
	holder := record.NoChain
	for k := i - 1; k >= 0 && k > i-6; k-- {
		if c := &f.items[k]; c.first <= it.holder && it.holder < c.end {
			holder = c.ref
			break
		}
	}
	if holder >= 0 && !it.many {
		for _, k := range f.byHead[f.headOf(it.head)] {
			if f.refs[k].holder == holder {
				it.ref = k
				return
			}
		}
	}
	it.ref = f.newDescribed(it)
	f.refs[it.ref].holder = holder
}

// resolveMany joins "the officials" to "two officials".
func (f *finder) resolveMany(i int) {
	it := &f.items[i]
	if it.definite || it.first == it.head {
		best := -1
		f.lookBack(i, func(c *item) {
			if r := &f.refs[c.ref]; best < 0 && r.nature == record.AGroup && f.hasHead(r, it) {
				best = c.ref
			}
		})
		if best >= 0 {
			it.ref = best
			return
		}
	}
	it.ref = f.newDescribed(it)
}

// resolveDefinite finds whom "the singer" denotes.
func (f *finder) resolveDefinite(i int) {
	it := &f.items[i]
	best, bestScore := -1, 0
	f.lookBack(i, func(c *item) {
		if s := f.fit(i, c); s > bestScore {
			best, bestScore = c.ref, s
		}
	})
	h := f.headOf(it.head)
	for _, k := range latest(f.byHead[h]) { // the same noun was used of somebody further back
		if bestScore < 95 && f.refs[k].place < it.first && f.allowed(i, k) {
			best, bestScore = k, 95
		}
	}
	for _, k := range latest(f.byWord[h]) { // "the trust" is the Harrow Trust
		if bestScore < 95 && f.refs[k].nature == record.AnOrganisation && f.refs[k].place < it.first && f.allowed(i, k) {
			best, bestScore = k, 95
		}
	}
	if best < 0 {
		best = f.onlyOne(i)
	}
	if best < 0 {
		it.ref = f.newDescribed(it)
		return
	}
	f.settle(it, best)
}

// latest is the end of a list of referents: who came last is nearest.
func latest(list []int) []int { return list[max(0, len(list)-window):] }

// onlyOne is the only person named so far, more than once, who can hold the
// office that a description names where nobody is said to hold it.
func (f *finder) onlyOne(i int) int {
	it := &f.items[i]
	if f.w[it.head].flags&title == 0 || len(f.byHead[f.headOf(it.head)]) > 0 {
		return -1
	}
	best := -1
	seen := 0
	f.lookBack(i, func(c *item) {
		r := &f.refs[c.ref]
		if c.ref == best || r.nature != record.APerson || r.named == 0 {
			return
		}
		seen++
		if r.named > 1 && len(r.heads) == 0 && f.allowed(i, c.ref) {
			best = c.ref
		}
	})
	if seen != 1 {
		return -1
	}
	return best
}

// ahead joins somebody described first and named later: "The commissioner
// spoke. … Jane Roe, the commissioner, …".
func (f *finder) ahead() {
	moved := map[int]int{}
	named := map[string][]int{} // byHead without those who have no name
	for h, list := range f.byHead {
		for _, k := range list {
			if f.refs[k].named > 0 {
				named[h] = append(named[h], k)
			}
		}
	}
	for k := range f.refs {
		r := &f.refs[k]
		if r.named > 0 || r.nature != record.APerson || r.holder >= 0 || len(r.heads) == 0 || !certain(r.name) {
			continue
		}
		found := -1
		for _, h := range named[r.heads[0]] {
			o := &f.refs[h]
			if o.place < r.place || o.gender != r.gender && o.gender != record.UnknownGender && r.gender != record.UnknownGender || differ(o.mods, r.mods) {
				continue
			}
			if found >= 0 {
				found = -2
				break
			}
			found = h
		}
		if found >= 0 {
			moved[k] = found
		}
	}
	if len(moved) == 0 {
		return
	}
	for i := range f.items {
		if to, ok := moved[f.items[i].ref]; ok {
			f.items[i].ref = to
		}
	}
}

// certain tells a description of somebody certain: "the …", "its …".
func certain(name string) bool {
	w, _, _ := strings.Cut(strings.ToLower(name), " ")
	return w == "the" || w == "its"
}

// differ tells whether two lists of parties and places contradict each other.
func differ(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x[0] == y[0] && !slices.Contains(b, x) {
				return true
			}
		}
	}
	return false
}

// fit scores how well a description fits an earlier mention; 0: not at all.
// A noun that says who somebody is in public life ("the rapper", "the
// Republican", "the winner") may denote anyone it does not contradict; any
// other ("the officer") only one it was used of.
func (f *finder) fit(i int, c *item) int {
	it := &f.items[i]
	r := &f.refs[c.ref]
	if !f.allowed(i, c.ref) {
		return 0
	}
	same := f.hasHead(r, it)
	field := uint32(1) << f.w[it.head].field
	if !same && (r.named == 0 || !f.public(it)) {
		return 0
	}
	s := f.nearScore(it, c) + min(r.named, 5)
	if f.confirms(r, it) {
		s += 40
	}
	switch {
	case same:
		s += 60
	case field > 1 && r.fields&field != 0:
		s += 10
	case field&f.x.field("music", "sport", "politics") != 0 && r.fields&f.x.field("music", "sport", "politics") != 0:
		s -= 30
	}
	switch {
	case it.role >= actor:
		s += standingScore(c.role)
	case c.role == other:
		s += 8
	}
	return max(s, 1)
}

// public tells a noun that writers use for variety in place of a name.
func (f *finder) public(it *item) bool {
	w := f.w[it.head]
	office := w.flags&title != 0 && f.d.Tokens[it.head].Lower == bareHead(f.d.Tokens[it.head].Lower)
	return !office && 1<<w.field&f.x.field("music", "sport", "arts", "politics", "public") != 0
}

// allowed tells whether a description can denote ref: it agrees, and ref is
// not another party of the same clause.
func (f *finder) allowed(i, ref int) bool {
	it := &f.items[i]
	r := &f.refs[ref]
	person := f.w[it.head].flags&role != 0
	if r.nature == record.AGroup || f.contradicts(r, it) || person != (r.nature == record.APerson) || person && !f.fitsGender(ref, it) {
		return false
	}
	sentence := f.d.Tokens[it.first].Sentence
	for k := i - 1; k >= 0 && i-k < window && f.d.Tokens[f.items[k].first].Sentence == sentence; k-- {
		c := &f.items[k]
		if c.ref == ref && (f.sameClause(c, it) || c.role == mainActor && it.role != mainActor && c.kind != record.ByPronoun) {
			return false
		}
	}
	for k := i + 1; k < len(f.items) && k-i < window && f.d.Tokens[f.items[k].first].Sentence == sentence; k++ {
		c := &f.items[k]
		if c.ref == ref && c.kind == record.ByName && f.sameClause(it, c) {
			return false
		}
	}
	return true
}
