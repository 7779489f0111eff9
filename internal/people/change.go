package people

import (
	"cmp"
	"fmt"
	"slices"

	"onrecord/internal/record"
)

// Change is what somebody has put right about who is who. Changes are applied
// last, in the order of Seq, and name persons by ids that survive a re-reading.
type Change struct {
	Seq      int64
	Into     string   // merge: the person that stays; split: the person to be parted
	From     string   // merge: the person that goes into it; empty for a split
	Articles []string // split: the articles that speak of somebody else
}

// Apply returns persons and identities with the changes made. A change that
// names nobody known changes nothing.
func Apply(persons []record.Person, identities []Identity, changes []Change) ([]record.Person, []Identity) {
	persons, identities = slices.Clone(persons), slices.Clone(identities)
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b Change) int { return cmp.Compare(a.Seq, b.Seq) })
	moved := map[string]string{} // merged persons, so that later changes find them
	for _, c := range changes {
		into := follow(moved, c.Into)
		if c.From == "" {
			persons = split(persons, identities, into, c)
			continue
		}
		from := follow(moved, c.From)
		if from == into || find(persons, from) < 0 {
			continue
		}
		persons = mergePersons(persons, into, from)
		moved[from] = into
		for i := range identities {
			if identities[i].Person == from {
				identities[i].Person = into
				identities[i].Reason = fmt.Sprintf("merged by correction %d", c.Seq)
			}
		}
	}
	slices.SortFunc(persons, func(a, b record.Person) int { return cmp.Compare(a.ID, b.ID) })
	return persons, identities
}

func follow(moved map[string]string, id string) string {
	for moved[id] != "" {
		id = moved[id]
	}
	return id
}

func find(persons []record.Person, id string) int {
	return slices.IndexFunc(persons, func(p record.Person) bool { return p.ID == id })
}

// mergePersons gives the names of one person to another, which is made where
// only the corrections know it.
func mergePersons(persons []record.Person, into, from string) []record.Person {
	a, b := find(persons, into), find(persons, from)
	if b < 0 {
		return persons
	}
	if a < 0 {
		persons[b].ID = into
		return persons
	}
	p := persons[a]
	p.Aliases = slices.Clone(p.Aliases)
	for _, n := range append([]string{persons[b].Name}, persons[b].Aliases...) {
		if n != p.Name && !slices.Contains(p.Aliases, n) {
			p.Aliases = append(p.Aliases, n)
		}
	}
	p.Reason = "merged by a correction"
	persons[a] = p
	return slices.Delete(persons, b, b+1)
}

// split gives the chains in some articles to a person of their own.
func split(persons []record.Person, identities []Identity, id string, c Change) []record.Person {
	k := find(persons, id)
	if k < 0 {
		return persons
	}
	p := persons[k]
	p.ID = fmt.Sprintf("%s-split-%d", id, c.Seq)
	p.Reason = fmt.Sprintf("parted from %s by correction %d", id, c.Seq)
	any := false
	for i := range identities {
		if identities[i].Person == id && slices.Contains(c.Articles, identities[i].Article) {
			identities[i].Person, identities[i].Reason = p.ID, p.Reason
			any = true
		}
	}
	if any {
		persons = append(persons, p)
	}
	return persons
}
