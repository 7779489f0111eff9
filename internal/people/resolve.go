package people

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// Why chains are thought to be one person.
const (
	only      = "the only one of this name so far"
	probably  = "probably the same: same whole name, no contrary sign"
	surely    = "the same whole name, and described or accompanied alike"
	namesake  = "a namesake: %s"
	byPart    = "one person of this name in the same outlet: %s"
	unplaced  = "only part of a name; nobody whole of that name in the same outlet"
	undecided = "only part of a name; it fits more than one person in the same outlet"
	sameOrg   = "the same name"
)

// Resolve says which person each chain is. The result does not depend on the
// order of seen: persons come in order of id, identities in order of article
// and chain.
func Resolve(seen []Seen) ([]record.Person, []Identity) {
	seen = slices.Clone(seen)
	slices.SortFunc(seen, func(a, b Seen) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.Chain, b.Chain))
	})
	r := resolver{seen: seen, groups: map[string][]int{}, person: make([]string, len(seen)), reason: make([]string, len(seen)),
		words: map[string][]string{}, gender: map[string]record.Gender{}, outlets: map[[2]string]bool{},
		kin: map[string]string{}, last: map[string][]string{}, sighted: map[string][]sighting{}}
	r.group()
	for _, k := range slices.Sorted(maps.Keys(r.groups)) {
		r.resolveGroup(k, r.groups[k])
	}
	r.parts()
	return r.persons(), r.identities()
}

type resolver struct {
	seen    []Seen
	groups  map[string][]int // id of a whole name -> indexes of seen
	single  []int            // persons named by one word
	person  []string
	reason  []string
	words   map[string][]string // first or last word -> persons
	gender  map[string]record.Gender
	outlets map[[2]string]bool    // person, outlet
	kin     map[string]string     // id of a name -> why it is another spelling of its person's
	last    map[string][]string   // last word -> persons
	sighted map[string][]sighting // person -> the reports that name it whole
}

// group gathers the chains of one whole name. Two whole names that one article
// uses of one chain ("Theodore", "Theo") are one; its id is made from the one
// that more articles use.
func (r *resolver) group() {
	count := map[string]int{}
	same := map[string]string{}
	for i := range r.seen {
		s := &r.seen[i]
		k := IDOf(Key(s.Name, s.Nature), s.Nature)
		count[k]++
		if s.Nature != record.APerson || !whole(s.Name) {
			continue
		}
		for _, a := range s.Aliases {
			if whole(a) {
				join(same, k, IDOf(Key(a, s.Nature), s.Nature))
			}
		}
	}
	relatives(r.forms(), same, r.kin)
	best := map[string]string{} // root -> the name in most articles
	for _, k := range slices.Sorted(maps.Keys(count)) {
		root := follow(same, k)
		if b, ok := best[root]; !ok || count[k] > count[b] {
			best[root] = k
		}
	}
	for i := range r.seen {
		s := &r.seen[i]
		k := Key(s.Name, s.Nature)
		if s.Nature == record.APerson && !strings.Contains(k, " ") {
			r.single = append(r.single, i)
			continue
		}
		id := best[follow(same, IDOf(k, s.Nature))]
		r.groups[id] = append(r.groups[id], i)
	}
}

// forms are the whole names of persons, those of one surname together, and the
// articles that use each.
func (r *resolver) forms() []form {
	at := map[string]int{}
	var out []form
	for i := range r.seen {
		s := &r.seen[i]
		name, ok := partsOf(s.Name)
		if s.Nature != record.APerson || !ok || !strings.Contains(Key(s.Name, s.Nature), " ") {
			continue
		}
		id := IDOf(Key(s.Name, s.Nature), s.Nature)
		k, known := at[id]
		if !known {
			k = len(out)
			at[id] = k
			out = append(out, form{id: id, name: name})
		}
		f := &out[k]
		if f.name.initials == "" {
			f.name.initials = name.initials
		}
		if f.gender == record.UnknownGender {
			f.gender = s.Gender
		}
		if n := len(f.articles); n == 0 || f.articles[n-1] != s.Article {
			f.articles = append(f.articles, s.Article)
		}
	}
	slices.SortFunc(out, func(a, b form) int { return cmp.Or(cmp.Compare(a.name.last, b.name.last), cmp.Compare(a.id, b.id)) })
	return out
}

// whole tells a name of more than one word.
func whole(name string) bool { return strings.Contains(strings.TrimSpace(name), " ") }

// follow is where a name has been joined to.
func follow(same map[string]string, id string) string {
	for same[id] != "" {
		id = same[id]
	}
	return id
}

// join makes two names one, under the lesser of their roots.
func join(same map[string]string, a, b string) {
	a, b = follow(same, a), follow(same, b)
	if a != b {
		same[max(a, b)] = min(a, b)
	}
}

// trait is what tells namesakes apart.
type trait struct {
	gender record.Gender
	middle string
}

func traitOf(s *Seen) trait {
	if s.Nature != record.APerson {
		return trait{}
	}
	return trait{s.Gender, middleOf(s.Name)}
}

// fits tells that nothing in two traits speaks against one person.
func (t trait) fits(o trait) bool {
	return (t.gender == o.gender || t.gender == record.UnknownGender || o.gender == record.UnknownGender) &&
		(t.middle == o.middle || t.middle == "" || o.middle == "")
}

func (t trait) meet(o trait) trait {
	if t.gender == record.UnknownGender {
		t.gender = o.gender
	}
	if t.middle == "" {
		t.middle = o.middle
	}
	return t
}

func (t trait) String() string {
	var s []string
	switch t.gender {
	case record.Masculine:
		s = append(s, "he")
	case record.Feminine:
		s = append(s, "she")
	}
	if t.middle != "" {
		s = append(s, "with the initial "+strings.ToUpper(t.middle))
	}
	return strings.Join(s, ", ")
}

// resolveGroup parts the chains of one whole name into namesakes. What is
// known most decides first, and of equals the one in more articles, so that
// the numbers do not depend on the order of arrival.
func (r *resolver) resolveGroup(id string, group []int) {
	count := map[trait]int{}
	for _, i := range group {
		count[traitOf(&r.seen[i])]++
	}
	kinds := slices.SortedFunc(maps.Keys(count), func(a, b trait) int {
		return cmp.Or(cmp.Compare(b.known(), a.known()), cmp.Compare(count[b], count[a]), cmp.Compare(a.gender, b.gender), cmp.Compare(a.middle, b.middle))
	})
	var clusters []trait
	var size []int
	at := map[trait]int{}
	for _, k := range kinds {
		best := -1
		for c := range clusters {
			if clusters[c].fits(k) && (best < 0 || size[c] > size[best]) {
				best = c
			}
		}
		if best < 0 {
			clusters, size = append(clusters, k), append(size, 0)
			best = len(clusters) - 1
		}
		clusters[best] = clusters[best].meet(k)
		size[best] += count[k]
		at[k] = best
	}
	order := make([]int, len(clusters))
	for c := range order {
		order[c] = c
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	name := make([]string, len(clusters))
	for n, c := range order {
		name[c] = numbered(id, n+1)
	}
	r.assign(group, func(i int) (string, trait, bool) {
		c := at[traitOf(&r.seen[i])]
		return name[c], clusters[c], len(clusters) > 1
	})
}

func (t trait) known() int {
	n := len(t.middle)
	if t.gender != record.UnknownGender {
		n++
	}
	return n
}

func numbered(id string, n int) string {
	if n < 2 {
		return id
	}
	return fmt.Sprintf("%s-%d", id, n)
}

// assign gives each chain of a group its person and its reason.
func (r *resolver) assign(group []int, of func(i int) (string, trait, bool)) {
	members := map[string][]int{}
	for _, i := range group {
		id, t, namesakes := of(i)
		r.person[i] = id
		members[id] = append(members[id], i)
		s := &r.seen[i]
		r.outlets[[2]string{id, s.Outlet}] = true
		if s.Nature == record.APerson {
			r.sighted[id] = append(r.sighted[id], sighting{s.Published.From, s.Outlet})
		}
		if t.gender != record.UnknownGender {
			r.gender[id] = t.gender
		}
		if namesakes {
			r.reason[i] = fmt.Sprintf(namesake, t)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(members)) {
		m := members[id]
		if s := &r.seen[m[0]]; s.Nature == record.APerson {
			k := Key(s.Name, s.Nature)
			r.words[lastWord(k)] = append(r.words[lastWord(k)], id)
			r.last[lastWord(k)] = append(r.last[lastWord(k)], id)
			if firstWord(k) != lastWord(k) {
				r.words[firstWord(k)] = append(r.words[firstWord(k)], id)
			}
		}
		for _, i := range m {
			if r.reason[i] == "" {
				r.reason[i] = r.why(i, m)
			}
		}
	}
}

// why says how sure it is that chain i is the same person as the others.
func (r *resolver) why(i int, members []int) string {
	s := &r.seen[i]
	switch {
	case s.Nature != record.APerson:
		return sameOrg
	case r.alone(s.Article, members):
		return only
	}
	if why := r.kin[IDOf(Key(s.Name, s.Nature), s.Nature)]; why != "" {
		return why
	}
	// One that shares company or a description with any other is surely one.
	for n, j := range members {
		if n > 200 {
			break
		}
		if o := &r.seen[j]; o.Article != s.Article && (shares(s.Company, o.Company) || shares(s.Roles, o.Roles)) {
			return surely
		}
	}
	return probably
}

func (r *resolver) alone(article string, members []int) bool {
	for _, j := range members {
		if r.seen[j].Article != article {
			return false
		}
	}
	return true
}

func shares(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if strings.EqualFold(x, y) {
				return true
			}
		}
	}
	return false
}

// parts places those who are named by one word only.
func (r *resolver) parts() {
	for _, i := range r.single {
		s := &r.seen[i]
		k := Key(s.Name, s.Nature)
		var found []string
		for _, id := range r.words[k] {
			if r.outlets[[2]string{id, s.Outlet}] && s.Outlet != "" && r.fitsPerson(id, s) {
				found = append(found, id)
			}
		}
		if len(found) != 1 {
			if id, reason := r.wellKnown(k, s); id != "" {
				r.person[i], r.reason[i] = id, reason
				continue
			}
		}
		switch len(found) {
		case 1:
			r.person[i], r.reason[i] = found[0], fmt.Sprintf(byPart, s.Outlet)
		case 0:
			r.person[i], r.reason[i] = apart(s), unplaced
		default:
			r.person[i], r.reason[i] = apart(s), undecided
		}
	}
}

// fitsPerson tells that the gender does not speak against it.
func (r *resolver) fitsPerson(id string, s *Seen) bool {
	if s.Gender == record.UnknownGender {
		return true
	}
	g := r.gender[id]
	return g == record.UnknownGender || g == s.Gender
}

// apart is the id of somebody known by part of a name: of one outlet, or of
// one article where the outlet is not known.
func apart(s *Seen) string {
	where := s.Outlet
	if where == "" {
		where = s.Article
	}
	return IDOf(Key(s.Name, s.Nature)+" of "+fold(where), s.Nature)
}

func (r *resolver) identities() []Identity {
	out := make([]Identity, len(r.seen))
	for i := range r.seen {
		out[i] = Identity{r.seen[i].Article, r.seen[i].Chain, r.person[i], r.reason[i]}
	}
	return out
}

func (r *resolver) persons() []record.Person {
	members := map[string][]int{}
	for i, id := range r.person {
		members[id] = append(members[id], i)
	}
	out := make([]record.Person, 0, len(members))
	for _, id := range slices.Sorted(maps.Keys(members)) {
		out = append(out, r.makePerson(id, members[id]))
	}
	return out
}

// makePerson names a person as most articles do, whole names before parts.
func (r *resolver) makePerson(id string, members []int) record.Person {
	p := record.Person{ID: id}
	count := map[string]int{}
	whole := map[string]bool{}
	reasons, doubts := map[string]int{}, map[string]int{}
	for _, i := range members {
		s := &r.seen[i]
		p.Nature = s.Nature
		if p.Gender == record.UnknownGender {
			p.Gender = s.Gender
		}
		if p.Middle == "" && s.Nature == record.APerson {
			p.Middle = middleOf(s.Name)
		}
		count[s.Name]++
		whole[s.Name] = whole[s.Name] || strings.Contains(s.Name, " ")
		for _, a := range s.Aliases {
			count[a]++
		}
		reasons[r.reason[i]]++
		if why := r.kin[IDOf(Key(s.Name, s.Nature), s.Nature)]; why != "" {
			doubts[why]++
		}
	}
	names := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	for _, n := range names {
		if whole[n] {
			p.Name = n
			break
		}
	}
	if p.Name == "" {
		p.Name = names[0]
	}
	for _, n := range names {
		if n != p.Name {
			p.Aliases = append(p.Aliases, n)
		}
	}
	if len(doubts) > 0 {
		reasons = doubts // what joins the names is what is in doubt
	}
	p.Reason = slices.MinFunc(slices.Collect(maps.Keys(reasons)), func(a, b string) int {
		return cmp.Or(cmp.Compare(reasons[b], reasons[a]), cmp.Compare(a, b))
	})
	return p
}
