package read

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"onrecord/internal/people"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// personNamed finds the person that a correction names as the speaker, and
// makes one where the reports know nobody of that name.
func personNamed(s *store.Store, name string) (string, error) {
	if p, err := s.Person(name); err == nil {
		return p.ID, nil
	}
	known, err := s.PeopleNamed(name)
	if err != nil {
		return "", err
	}
	for _, p := range known {
		// A whole name must be the person's own: what only begins like it is
		// somebody else's.
		if !strings.Contains(name, " ") || strings.EqualFold(p.Name, name) || slices.ContainsFunc(p.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			return p.ID, nil
		}
	}
	p := record.Person{ID: people.IDOf(people.Key(name, record.APerson), record.APerson), Name: name, Nature: record.APerson, Reason: "named by a correction"}
	return p.ID, s.PutPerson(p)
}

// moveChains makes chains of one person those of another: all of them, or
// those in some articles.
func moveChains(s *store.Store, from, to string, articles []string) error {
	moved, err := chainsIn(s, from, articles)
	if err != nil {
		return err
	}
	var quotations []string
	for _, n := range slices.Sorted(maps.Keys(moved)) {
		r, err := s.ReadingAt(n)
		if err != nil {
			return err
		}
		for i := range r.Quotations {
			quotations = append(quotations, r.Quotations[i].ID)
		}
	}
	return changing(s, quotations, func() error {
		for _, n := range slices.Sorted(maps.Keys(moved)) {
			persons, err := s.Identities(n)
			if err != nil {
				return err
			}
			for _, chain := range moved[n] {
				persons[chain] = to
			}
			if err := s.SetIdentities(n, persons); err != nil {
				return err
			}
		}
		if len(articles) > 0 {
			return nil
		}
		return nameBoth(s, from, to)
	})
}

// chainsIn returns the chains that are a person, by article: in all, or in
// those named.
func chainsIn(s *store.Store, person string, articles []string) (map[int64][]int, error) {
	places, err := s.ChainsOf(person)
	if err != nil {
		return nil, err
	}
	var only []int64
	for _, a := range articles {
		n, err := s.Number(a)
		if err != nil {
			return nil, err
		}
		only = append(only, n)
	}
	out := map[int64][]int{}
	for _, p := range places {
		if len(articles) == 0 || slices.Contains(only, p.Article) {
			out[p.Article] = append(out[p.Article], p.Chain)
		}
	}
	return out, nil
}

// nameBoth lets a merged person be found by the names of both.
func nameBoth(s *store.Store, from, to string) error {
	gone, err := s.Person(from)
	if err != nil {
		return err
	}
	p, err := s.Person(to)
	if err != nil {
		return err
	}
	for _, name := range append([]string{gone.Name}, gone.Aliases...) {
		if name != p.Name && !slices.Contains(p.Aliases, name) {
			p.Aliases = append(p.Aliases, name)
		}
	}
	if err := s.PutPerson(p); err != nil {
		return err
	}
	// Quotations that an earlier correction gave to the one that goes.
	left, err := s.ByPerson(from, time.Time{}, time.Time{})
	if err != nil {
		return err
	}
	entries, err := s.Entries(left)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := s.SetSpeaker(e.Quotation, to); err != nil {
			return err
		}
	}
	return s.DropPerson(from)
}

// splitOff makes the person that a split sets apart. Its id is made from the
// correction, so that it is the same after every re-reading.
func splitOff(s *store.Store, c Correction) (string, error) {
	p, err := s.Person(c.Person)
	if err != nil {
		return "", err
	}
	other := record.Person{ID: fmt.Sprintf("%s-split%d", p.ID, c.Seq), Name: p.Name, Nature: p.Nature,
		Reason: fmt.Sprintf("set apart from %s by correction %d", p.ID, c.Seq)}
	return other.ID, s.PutPerson(other)
}
