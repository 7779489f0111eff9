package mention

import (
	"slices"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// reach is how many of the article's own sentences a pronoun or description
// looks back.
const reach = 5

// window is how many items on either side of one are weighed against it: more
// than an ordinary sentence or paragraph holds.
const window = 60

// nearness scores a candidate by the sentences between; the numbers, like all
// in this file, were set on reports written for the purpose and checked on
// the news texts of GUM.
var nearness = [reach]int{100, 80, 55, 40, 30}

// evidence gathers the nouns that the article itself applies to a name: the
// words before it ("singer Rose Adair") and its titles.
func (f *finder) evidence() {
	taken := f.covered()
	for i := range f.items {
		it := &f.items[i]
		if it.kind != record.ByName {
			continue
		}
		r := &f.refs[it.ref]
		f.seat(r, it.end)
		sentence := f.d.Tokens[it.first].Sentence
		for k := it.end - 1; k >= 0 && it.end-k < 14 && f.d.Tokens[k].Sentence == sentence; k-- {
			fl := f.w[k].flags
			if k >= it.first && fl&(title|role) == 0 {
				continue
			}
			if k < it.first && (taken[k] || f.isPunct(k) || fl&(det|prep|sub|aux|pronoun|say) != 0 && fl&role == 0) {
				break
			}
			if fl&(title|role) != 0 && fl&(plural|given) == 0 && k < it.end-1 {
				f.describe(it.ref, k)
			}
			if k < it.first {
				f.qualify(r, k)
			}
		}
	}
}

// describe notes that noun k describes r.
func (f *finder) describe(ref, k int) {
	r := &f.refs[ref]
	f.addHead(ref, f.headOf(k))
	r.fields |= 1 << f.w[k].field
	if r.gender == record.UnknownGender && r.nature == record.APerson {
		r.gender = f.w[k].gender
	}
}

// qualify notes that the party or place at token k qualifies r.
func (f *finder) qualify(r *referent, k int) {
	if m := f.modifier(k); m != "" {
		r.mods = appendNew(r.mods, m)
	}
}

// modifier is the party or place that token k names, marked as which.
func (f *finder) modifier(k int) string {
	t := &f.d.Tokens[k]
	fl := f.w[k].flags
	switch {
	case !t.Cap:
		return ""
	case t.Lower == "democratic":
		return "+democrat"
	case fl&role != 0 && 1<<f.w[k].field&f.x.field("politics") != 0 && fl&title == 0:
		return "+" + t.Lower
	case k > 0 && strings.Contains(f.placeAt(k-1), " "):
		return ""
	}
	if p := f.placeAt(k); p != "" {
		return "@" + p
	}
	return ""
}

// contradicts tells whether a description names another party or place than
// those of r.
func (f *finder) contradicts(r *referent, it *item) bool {
	for k := it.first; k <= it.head; k++ {
		if t := &f.d.Tokens[k]; r.nature == record.AnOrganisation && t.Cap && f.w[k].flags&det == 0 && !strings.Contains(r.name, t.Of(f.d.Text)) {
			return true // "the Adair campaign" is not "the Finch campaign"
		}
		m := f.modifier(k)
		if m == "" || slices.Contains(r.mods, m) {
			continue
		}
		for _, o := range r.mods {
			if o[0] == m[0] {
				return true
			}
		}
	}
	return false
}

// confirms tells whether a description names the party or place of r.
func (f *finder) confirms(r *referent, it *item) bool {
	for k := it.first; k <= it.head; k++ {
		if m := f.modifier(k); m != "" && slices.Contains(r.mods, m) {
			return true
		}
	}
	return false
}

func (f *finder) addHead(ref int, h string) {
	if r := &f.refs[ref]; !slices.Contains(r.heads, h) {
		r.heads = append(r.heads, h)
		f.byHead[h] = append(f.byHead[h], ref)
	}
}

// headOf is the noun at token k as descriptions are compared: a vice
// president is no president.
func (f *finder) headOf(k int) string {
	h := bareHead(f.d.Tokens[k].Lower)
	for p := k - 1; p >= 0 && p > k-3 && f.d.Tokens[p].Kind == text.Word; p-- {
		if w := f.d.Tokens[p].Lower; w == "vice" || w == "deputy" || strings.HasPrefix(w, "vice-") {
			return "vice " + h
		}
	}
	return h
}

// bareHead takes off what says only that an office is past or to come, and
// writes short titles out.
func bareHead(s string) string {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "then-"), "ex-")
	s = strings.TrimSuffix(s, "-elect")
	switch s {
	case "sen":
		return "senator"
	case "gov":
		return "governor"
	case "pres":
		return "president"
	case "dr":
		return "doctor"
	case "prof":
		return "professor"
	case "rep":
		return "representative"
	}
	return s
}

// resolve goes through the items from left to right.
func (f *finder) resolve() {
	for i := range f.items {
		it := &f.items[i]
		switch {
		case it.ref >= 0:
		case it.kind == record.ByPronoun:
			f.resolvePronoun(i)
		default:
			f.resolveDescription(i)
		}
	}
	f.ahead()
}

func (f *finder) resolvePronoun(i int) {
	it := &f.items[i]
	if f.w[it.head].form == relative {
		f.resolveRelative(i)
		return
	}
	g := f.w[it.head].gender
	spoken := f.voiceOf(it)
	barred := f.bound(i)
	asker, bonus := f.reporter(i)
	best, bestScore, second := -1, 0, 0
	f.lookBack(i, func(c *item) {
		r := &f.refs[c.ref]
		if c.ref == spoken || c.ref == barred || !agrees(r, g, it.many) {
			return
		}
		s := f.nearScore(it, c) + standingScore(c.role) + r.lean(g)
		if r.nature == record.AnOrganisation && (c.role < actor || s < nearness[1]) {
			return
		}
		if r.gender == g && g != record.UnknownGender {
			s += 12
		}
		if c.role >= actor && it.role >= actor {
			s += 10
		}
		if c.speaks && it.speaks {
			s += 15
		}
		if c.ref == asker {
			s += bonus
		}
		if c.kind == record.ByName {
			s += 3 + min(r.named, 5)
		}
		if r.named == 0 && !c.speaks && r.nature == record.APerson {
			s -= 25
		}
		switch {
		case c.ref == best:
			bestScore = max(s, bestScore)
		case s > bestScore:
			best, bestScore, second = c.ref, s, bestScore
		default:
			second = max(s, second)
		}
	})
	if best < 0 {
		return
	}
	it.ref = best
	// One guess in doubt must not decide what all later pronouns mean.
	r := &f.refs[best]
	if r.leaning == record.UnknownGender {
		r.leaning = g
	}
	if r.gender == record.UnknownGender && r.nature == record.APerson && bestScore >= second+20 && r.leaning == g {
		r.gender = g
	}
}

// resolveRelative gives "who" the mention that it stands right behind.
func (f *finder) resolveRelative(i int) {
	it := &f.items[i]
	for k := i - 1; k >= 0 && k > i-8; k-- {
		c := &f.items[k]
		gap := it.first - c.end
		if c.ref < 0 || c.kind == record.ByPronoun || gap < 0 || gap > 1 || gap == 1 && f.d.Of(c.end) != "," {
			continue
		}
		if n := f.refs[c.ref].nature; n != record.AnOrganisation {
			it.ref = c.ref
			return
		}
	}
}

// agrees tells whether a pronoun can stand for r.
func agrees(r *referent, g record.Gender, many bool) bool {
	if many {
		return r.nature == record.AGroup || r.nature == record.AnOrganisation
	}
	return r.nature == record.APerson && (r.gender == record.UnknownGender || r.gender == g)
}

// lookBack calls visit for the resolved items before item i, nearest first.
func (f *finder) lookBack(i int, visit func(c *item)) {
	it := &f.items[i]
	v := f.voice[f.d.Tokens[it.first].Sentence]
	for k := i - 1; k >= 0 && i-k < window; k-- {
		c := &f.items[k]
		if v-f.voice[f.d.Tokens[c.first].Sentence] >= reach {
			return
		}
		if c.ref >= 0 && (c.end <= it.first || c.kind == record.ByName && c.first < it.first) {
			visit(c)
		}
	}
}

// nearScore falls with distance, and for a mention in other words than the
// item's own.
func (f *finder) nearScore(it, c *item) int {
	a, b := &f.d.Tokens[it.first], &f.d.Tokens[c.first]
	s := nearness[min(f.voice[a.Sentence]-f.voice[b.Sentence], reach-1)]
	if a.Paragraph != b.Paragraph {
		s -= 3
	}
	if b.Mark >= 0 && f.d.Outermost(c.first) != f.d.Outermost(it.first) {
		s -= 35
	}
	return s - min((it.first-c.end)/8, 10)
}

func standingScore(s standing) int {
	switch s {
	case mainActor:
		return 30
	case actor:
		return 18
	case headOwner:
		return 20
	case owner:
		return 2
	}
	return 0
}

// bound is the referent that an object pronoun cannot stand for: the actor
// right before it. "Finch asked him" is not Finch.
func (f *finder) bound(i int) int {
	it := &f.items[i]
	if it.role != other || f.w[it.head].form == reflexive {
		return record.NoChain
	}
	for k := i - 1; k >= 0 && it.first-f.items[k].end <= 4; k-- {
		c := &f.items[k]
		if c.role >= actor && c.ref >= 0 && f.sameClause(c, it) && f.oneVerb(c.end, it.first) {
			return c.ref
		}
	}
	return record.NoChain
}

// oneVerb tells that no second verb stands between: "to …ing him" is free.
func (f *finder) oneVerb(from, to int) bool {
	for k := from; k < to; k++ {
		if hasSuffix(f.d.Tokens[k].Lower, "ing") || f.d.Tokens[k].Lower == "to" && k+1 < to {
			return false
		}
	}
	return true
}

// reporter finds, for a pronoun that begins a reported clause, whom it most
// likely stands for: the one who says it, or after a verb of advice the one
// it is said to.
func (f *finder) reporter(i int) (ref, bonus int) {
	it := &f.items[i]
	if it.role < actor {
		return record.NoChain, 0
	}
	s := f.d.SentenceOf(it.first)
	k := it.first - 1
	if k >= s.FirstToken && f.d.Tokens[k].Lower == "that" {
		k--
	}
	addressee := record.NoChain
	for j := i - 1; j >= 0 && k-f.items[j].first < 5 && f.items[j].first > s.FirstToken; j-- {
		if f.items[j].end == k+1 && f.items[j].kind != record.ByDescription {
			addressee = f.items[j].ref
			k = f.items[j].first - 1
			if f.d.Tokens[k].Lower == "to" {
				k--
			}
			break
		}
	}
	if k < s.FirstToken || f.w[k].flags&say == 0 {
		return record.NoChain, 0
	}
	if addressee >= 0 && f.w[k].flags&advise != 0 {
		return addressee, 70
	}
	for j := i - 1; j >= 0 && i-j < window && f.items[j].first >= s.FirstToken; j-- {
		c := &f.items[j]
		if c.ref >= 0 && c.role >= actor && c.end <= k {
			return c.ref, 40
		}
	}
	return record.NoChain, 0
}

// voiceOf is the referent whose words the marks round an item hold: "he" in
// them is somebody else.
func (f *finder) voiceOf(it *item) int {
	m := f.d.Outermost(it.first)
	if m < 0 {
		return record.NoChain
	}
	if v, ok := f.voices[m]; ok {
		return v
	}
	v := f.findVoice(m)
	f.voices[m] = v
	return v
}

func (f *finder) findVoice(m int) int {
	mk := &f.d.Marks[m]
	first := f.d.Tokens[mk.FirstToken].Sentence
	last := f.d.Tokens[mk.LastToken].Sentence
	best, distance := record.NoChain, 1<<30
	from := 0
	if first > 0 {
		from = f.d.Sentences[first-1].FirstToken
	}
	at, _ := slices.BinarySearchFunc(f.items, from, func(it item, t int) int { return it.first - t })
	for i := at; i < len(f.items); i++ {
		it := &f.items[i]
		s := f.d.Tokens[it.first].Sentence
		if s > last+1 {
			break
		}
		if it.ref < 0 || !it.speaks || f.d.Tokens[it.first].Mark >= 0 {
			continue
		}
		if s < first && !f.introduces(int(s), mk.FirstToken) {
			continue
		}
		if s > last {
			continue
		}
		gap := it.first - mk.LastToken
		if it.end <= mk.FirstToken {
			gap = mk.FirstToken - it.end
		}
		if gap < distance {
			best, distance = it.ref, gap
		}
	}
	return best
}

// introduces tells whether sentence s ends with the colon that opens the
// words at token i.
func (f *finder) introduces(s, i int) bool {
	sen := f.d.Sentences[s]
	return sen.EndToken == i && f.d.Of(sen.EndToken-1) == ":"
}

// newDescribed makes a referent known only by a description.
func (f *finder) newDescribed(it *item) int {
	r := referent{name: f.surface(it.first, it.end), nature: record.APerson, gender: f.w[it.head].gender, holder: -1, place: it.first}
	switch {
	case it.many:
		r.nature, r.gender = record.AGroup, record.UnknownGender
	case f.w[it.head].flags&role == 0:
		r.nature = record.AnOrganisation
	}
	for k := it.first; k < it.head; k++ {
		f.qualify(&r, k)
	}
	r.fields = 1 << f.w[it.head].field
	f.refs = append(f.refs, r)
	f.addHead(len(f.refs)-1, f.headOf(it.head))
	return len(f.refs) - 1
}

// hasHead tells whether r is described by the noun that heads it.
func (f *finder) hasHead(r *referent, it *item) bool {
	h := f.headOf(it.head)
	return slices.Contains(r.heads, h) || r.nature == record.AnOrganisation && slices.Contains(r.words, h)
}
