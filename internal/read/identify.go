package read

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/people"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// who says which persons the chains of articles are, and remembers the
// persons it has met: a bulk of reports speaks of the same ones again and
// again.
type who struct {
	s       *store.Store
	version int64                      // of the store, when what follows was remembered
	named   map[string][]record.Person // by key, in order of id
	outlets map[[2]string]bool         // person, outlet: seen together
	nature  record.Nature              // of who is being looked for
}

// remembered is how many keys are remembered before it starts afresh.
const remembered = 50_000

func newWho(s *store.Store) *who { return &who{s: s} }

// identify says which persons the chains of a kept article are.
func (w *who) identify(added store.Added, r record.Reading) error {
	if err := w.refresh(); err != nil {
		return err
	}
	a := r.Article
	a.ID = added.ID
	ids := map[int]string{}
	for _, seen := range inOrder(people.SeenOf(&a, r.Chains)) {
		w.nature = seen.Nature
		p, _, err := people.Place(seen, w)
		if err != nil {
			return err
		}
		if err := w.keep(p, seen); err != nil {
			return err
		}
		ids[seen.Chain] = p.ID
		w.outlets[[2]string{p.ID, seen.Outlet}] = true
	}
	return w.s.SetIdentities(added.Number, ids)
}

// inOrder puts whole names before parts of names, so that somebody whom the
// article itself names in full is known when only a part follows.
func inOrder(seen []people.Seen) []people.Seen {
	slices.SortStableFunc(seen, func(a, b people.Seen) int {
		return cmp.Compare(part(a.Name), part(b.Name))
	})
	return seen
}

func part(name string) int {
	if strings.Contains(name, " ") {
		return 0
	}
	return 1
}

// forget drops what is remembered, after a transaction that was not kept.
func (w *who) forget() { w.named, w.outlets = nil, nil }

func (w *who) refresh() error {
	v, err := w.s.Version()
	if err != nil {
		return err
	}
	if v != w.version || w.named == nil || len(w.named) > remembered {
		w.version = v
		w.named, w.outlets = map[string][]record.Person{}, map[[2]string]bool{}
	}
	return nil
}

// keep keeps a person, and what is remembered of the names it goes by.
func (w *who) keep(p record.Person, seen people.Seen) error {
	k := people.Key(seen.Name, seen.Nature)
	list := w.named[string(seen.Nature)+" "+k]
	i := slices.IndexFunc(list, func(o record.Person) bool { return o.ID == p.ID })
	if i >= 0 && same(list[i], p) {
		return nil
	}
	if err := w.s.PutPerson(p); err != nil {
		return err
	}
	// Every key that leads to this person is out of date now.
	for _, n := range append([]string{seen.Name, p.Name}, p.Aliases...) {
		key := people.Key(n, p.Nature)
		for _, key := range []string{key, key[strings.LastIndexByte(key, ' ')+1:]} {
			for _, nature := range natures {
				delete(w.named, string(nature)+" "+key)
			}
		}
	}
	return nil
}

// natures are all that a lookup may be for.
var natures = []record.Nature{record.APerson, record.AnOrganisation, record.AGroup}

func same(a, b record.Person) bool {
	return a.Name == b.Name && a.Gender == b.Gender && a.Middle == b.Middle && a.Reason == b.Reason && slices.Equal(a.Aliases, b.Aliases)
}

// ByName implements people.Lookup: by the names that the store keeps, and by
// the ids that a whole name leads to.
func (w *who) ByName(key string) ([]record.Person, error) {
	at := string(w.nature) + " " + key
	if list, ok := w.named[at]; ok {
		return list, nil
	}
	list, err := w.s.PeopleCalled(key)
	if err != nil {
		return nil, err
	}
	if strings.Contains(key, " ") {
		if list, err = w.numbered(list, people.IDOf(key, w.nature)); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(list, func(a, b record.Person) int { return cmp.Compare(a.ID, b.ID) })
	w.named[at] = list
	return list, nil
}

// numbered adds the person with an id and the namesakes numbered after it: a
// name with initials in its middle is kept under another spelling.
func (w *who) numbered(list []record.Person, id string) ([]record.Person, error) {
	for n := 1; ; n++ {
		try := id
		if n > 1 {
			try = fmt.Sprintf("%s-%d", id, n)
		}
		p, err := w.s.Person(try)
		if errors.Is(err, store.ErrNotFound) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(list, func(o record.Person) bool { return o.ID == p.ID }) {
			list = append(list, p)
		}
	}
}

// InOutlet implements people.Lookup.
func (w *who) InOutlet(person, outlet string) (bool, error) {
	if w.outlets[[2]string{person, outlet}] {
		return true, nil
	}
	in, err := w.s.InOutlet(person, outlet)
	if in {
		w.outlets[[2]string{person, outlet}] = true
	}
	return in, err
}
