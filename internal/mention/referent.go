package mention

import (
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// referent is a chain in the making.
type referent struct {
	name     string
	words    []string // lower case, without titles, initials and suffix
	initials []string
	suffix   string
	nature   record.Nature
	gender   record.Gender
	leaning  record.Gender // as a pronoun in doubt spoke of it
	fields   uint32        // the fields of life that its descriptions tell
	mods     []string      // parties and places that qualify the nouns
	heads    []string      // the nouns that describe it
	aliases  []string
	named    int // mentions by name
	titled   []string
	holder   int // for "his wife": whose; else -1
	place    int // token of its first mention
}

// item is one place that refers, or may refer, to somebody.
type item struct {
	first, end int // tokens
	head       int // token of the noun that describes; the last word of a name
	kind       record.MentionKind
	ref        int // index in finder.refs, or -1
	role       standing
	speaks     bool
	definite   bool
	many       bool
	holder     int // item that owns it ("his wife"), or -1
}

// nameRefs makes referents of the names and an item of every mention by name.
func (f *finder) nameRefs() {
	slices.SortStableFunc(f.names, func(a, b candidate) int { return a.first - b.first })
	whole := map[string]int{}
	for i := range f.names {
		c := &f.names[i]
		e := f.entries[c.key]
		if e == nil || (e.sort != somebody && e.sort != body) || (e.words < 2 && e.sort == somebody) {
			continue
		}
		if _, ok := whole[c.key]; ok {
			continue
		}
		r := f.newNamed(c, e.sort)
		if k := f.sameName(r); k >= 0 {
			f.merge(k, r)
			whole[c.key] = k
			continue
		}
		whole[c.key] = f.register(r)
	}
	for i := range f.names {
		f.placeName(&f.names[i], whole)
	}
}

// placeName gives one mention by name its referent.
func (f *finder) placeName(c *candidate, whole map[string]int) {
	e := f.entries[c.key]
	if e == nil || e.sort != somebody && e.sort != body || c.clues&qualifies != 0 {
		return
	}
	k, ok := whole[c.key]
	if c.quoted && (!ok || e.sort == body || !e.bare) {
		return // a title of a work
	}
	if !ok || e.words == 1 && e.sort == somebody {
		k = f.byPart(c)
		if k < 0 {
			k = f.register(f.newNamed(c, e.sort))
		}
	}
	r := &f.refs[k]
	r.named++
	if r.gender == record.UnknownGender {
		r.gender = c.title
	}
	if c.first < c.core {
		r.titled = appendNew(r.titled, f.d.Tokens[c.first].Lower)
	}
	if c.nick != "" {
		r.aliases = appendNew(r.aliases, c.nick)
	}
	r.fields |= 1 << c.field
	first := c.first
	if r.nature == record.AnOrganisation && first > 0 && f.d.Tokens[first-1].Lower == "the" && f.d.Tokens[first-1].Mark == f.d.Tokens[first].Mark {
		first--
	}
	s := f.surface(c.core, c.end)
	if shouted(r.name) && !shouted(s) && strings.EqualFold(s, r.name) {
		r.name = s
	}
	if !shouted(s) || !strings.EqualFold(s, r.name) {
		r.aliases = appendNew(r.aliases, s)
	}
	f.items = append(f.items, item{first: first, end: c.end, head: c.end - 1, kind: record.ByName, ref: k, holder: -1,
		speaks: c.clues&speaks != 0, definite: true})
}

// shouted tells a name in capitals only.
func shouted(s string) bool {
	return len(s) > 3 && strings.IndexFunc(s, unicode.IsLower) < 0
}

// surface is a name as it is printed, on one line.
func (f *finder) surface(first, end int) string {
	s := f.d.SpanOf(first, end).Of(f.d.Text)
	if strings.ContainsAny(s, "\n\t\u00a0") || strings.Contains(s, "  ") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return s
}

func (f *finder) newNamed(c *candidate, s sort) referent {
	r := referent{name: f.surface(c.core, c.end), nature: record.APerson, holder: -1, place: c.first}
	if s == body {
		r.nature = record.AnOrganisation
	}
	if c.nick != "" {
		r.name = f.surface(c.core, c.core+1) + " " + f.surface(c.end-1, c.end)
		r.aliases = []string{c.nick}
	}
	if c.forename > 0 {
		r.name = f.d.Of(c.forename) + " " + r.name
		r.words = append(r.words, f.d.Tokens[c.forename].Lower)
		r.gender = f.w[c.forename].gender
	}
	for k := c.core; k < c.end; k++ {
		t := &f.d.Tokens[k]
		if t.Kind == text.QuoteMark || t.Kind == text.Punct || t.Mark != f.d.Tokens[c.core].Mark {
			continue
		}
		switch {
		case f.w[k].flags&suffix != 0 && k > c.core:
			r.suffix = t.Lower
		case initial(f.d.Of(k)) && k > c.core && k < c.end-1:
			r.initials = append(r.initials, t.Lower[:1])
		default:
			r.words = append(r.words, t.Lower)
		}
	}
	if r.nature == record.APerson && c.forename == 0 {
		r.gender = c.title
		if w := f.w[c.core]; r.gender == record.UnknownGender && w.flags&given != 0 && (len(r.words) > 1 || !f.surnameOnly(c)) {
			r.gender = w.gender
		}
		for k := c.first; k < c.core; k++ {
			if f.w[k].gender != record.UnknownGender {
				r.gender = f.w[k].gender
			}
		}
	}
	return r
}

// surnameOnly tells a single word after a title: "Mr. James".
func (f *finder) surnameOnly(c *candidate) bool { return c.first < c.core }

// sameName finds the referent whose whole name is a variant of r's.
func (f *finder) sameName(r referent) int {
	if len(r.words) == 0 {
		return -1
	}
	for _, k := range f.byWord[r.words[len(r.words)-1]] {
		if f.variants(&f.refs[k], &r) {
			return k
		}
	}
	return -1
}

// register adds a referent with a name, to be found by each of its words.
func (f *finder) register(r referent) int {
	k := len(f.refs)
	f.refs = append(f.refs, r)
	f.index(k, r.words)
	for _, a := range r.aliases {
		f.index(k, []string{strings.ToLower(a)})
	}
	return k
}

func (f *finder) index(k int, words []string) {
	for _, w := range words {
		if !slices.Contains(f.byWord[w], k) {
			f.byWord[w] = append(f.byWord[w], k)
		}
	}
}

// variants tells whether two whole names name one referent: the same first
// and last word, nothing against it in between.
func (f *finder) variants(a, b *referent) bool {
	if a.nature != b.nature || a.suffix != b.suffix || len(a.words) == 0 || len(b.words) == 0 {
		return false
	}
	if a.nature == record.AnOrganisation {
		return slices.Equal(a.words, b.words)
	}
	if n := len(a.words) - len(b.words); n > 0 && len(b.words) > 1 && strings.Contains(" "+particles+" ", " "+b.words[0]+" ") {
		return slices.Equal(a.words[n:], b.words) // "Von der Brink" after "Ursula von der Brink"
	}
	if len(a.words) < 2 || len(b.words) < 2 || a.words[len(a.words)-1] != b.words[len(b.words)-1] {
		return false
	}
	if len(a.initials) > 0 && len(b.initials) > 0 && a.initials[0] != b.initials[0] {
		return false
	}
	if !f.sameForename(a, b) {
		return false
	}
	if len(a.words) > 2 && len(b.words) > 2 {
		return slices.Equal(a.words[1:], b.words[1:])
	}
	return true
}

// sameForename tells Theo from Tom, and T. from neither.
func (f *finder) sameForename(a, b *referent) bool {
	x, y := a.words[0], b.words[0]
	if x == y || calls(a, y) || calls(b, x) || f.short(x, y) || f.short(y, x) {
		return true
	}
	if a.gender != b.gender && a.gender != record.UnknownGender && b.gender != record.UnknownGender {
		return false
	}
	if len(x) > len(y) {
		x, y = y, x
	}
	return len(x) >= 3 && strings.HasPrefix(y, x) && f.x.words[x].flags&f.x.words[y].flags&given != 0 || f.full(x) == f.full(y)
}

// short tells whether x is the initial of y.
func (f *finder) short(x, y string) bool {
	x = strings.Trim(x, ".")
	return len(x) == 1 && x[0] == y[0]
}

// full is the name that a short form stands for.
func (f *finder) full(w string) string {
	if n := f.x.nick[w]; n != "" {
		return n
	}
	return w
}

// calls tells whether w is a nickname of r.
func calls(r *referent, w string) bool {
	for _, a := range r.aliases {
		if strings.EqualFold(a, w) {
			return true
		}
	}
	return false
}

func (f *finder) merge(k int, r referent) {
	a := &f.refs[k]
	if len(r.words)+len(r.initials) > len(a.words)+len(a.initials) && len(r.words) >= len(a.words) {
		a.words, a.initials = r.words, r.initials
		f.index(k, r.words)
		a.name = r.name
	}
	if a.gender == record.UnknownGender {
		a.gender = r.gender
	}
}

// byPart finds whom a single word names: a surname, a given name or a
// nickname of somebody named whole. Of several it is the one of this
// paragraph, else the one named most so far, else the first to come.
func (f *finder) byPart(c *candidate) int {
	w := f.d.Tokens[c.end-1].Lower
	best, bestScore := -1, 0
	for _, k := range f.byWord[w] {
		r := &f.refs[k]
		score := f.partScore(r, c, w)
		if score == 0 {
			continue
		}
		if r.place <= c.first {
			score += 40 + min(r.named, 9)
		}
		if f.namedIn(k, c) {
			score += 20
		}
		if score > bestScore {
			best, bestScore = k, score
		}
	}
	return best
}

// partScore says how well word w, alone or after a title, names r; 0: not.
func (f *finder) partScore(r *referent, c *candidate, w string) int {
	if r.nature != record.APerson {
		if len(r.words) == 1 && r.words[0] == w {
			return 10
		}
		return 0
	}
	if c.title != record.UnknownGender && r.gender != record.UnknownGender && c.title != r.gender {
		return 0
	}
	n := len(r.words)
	switch {
	case r.words[n-1] == w:
		if f.anotherDoctor(r, c) {
			return 0
		}
		return 10
	case c.first < c.core:
		return 0 // a title stands before surnames
	case r.words[0] == w:
		return 8
	}
	for _, x := range r.words {
		if x == w && len(w) > 3 {
			return 4
		}
	}
	for _, a := range r.aliases {
		if strings.EqualFold(a, w) {
			return 6
		}
	}
	return 0
}

// anotherDoctor tells "Dr. Adair" from Rose Adair where the article describes
// her as something that is no doctor: a namesake, most likely a relative.
func (f *finder) anotherDoctor(r *referent, c *candidate) bool {
	if c.first == c.core || len(r.words) < 2 {
		return false
	}
	t := f.d.Tokens[c.first].Lower
	if t != "dr" && t != "doctor" {
		return false
	}
	stage := f.x.field("music", "sport", "arts")
	return r.fields&stage != 0 && !slices.Contains(r.titled, t)
}

// field is the set of the fields named.
func (x *lexicon) field(names ...string) (set uint32) {
	for _, n := range names {
		set |= 1 << x.fields[n]
	}
	return set
}

// namedIn tells whether k was named before in the paragraph of c.
func (f *finder) namedIn(k int, c *candidate) bool {
	par := f.d.Tokens[c.first].Paragraph
	for i := len(f.items) - 1; i >= 0; i-- {
		it := &f.items[i]
		if f.d.Tokens[it.first].Paragraph != par {
			return false
		}
		if it.ref == k {
			return true
		}
	}
	return false
}

func appendNew(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
