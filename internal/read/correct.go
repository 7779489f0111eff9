package read

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

// Correct keeps what a person has put right and applies it. The statement
// is only ever added to; what it changes is derived, and is derived again in
// the same way by Reread.
func Correct(ctx context.Context, s *store.Store, c Correction) (seq int64, err error) {
	err = s.Within(ctx, func() error {
		if err := understood(s, &c); err != nil {
			return err
		}
		body, err := json.Marshal(c)
		if err != nil {
			return err
		}
		c.Body = body
		if seq, err = s.Correct(ctx, c.Correction); err != nil {
			return err
		}
		c.Seq = seq
		if c.Kind == store.Undo {
			// What one correction took away another may have built on: make
			// all that is derived anew.
			return derive(ctx, s)
		}
		return apply(s, c)
	})
	return seq, err
}

// understood checks that a correction names what there is, and replaces names
// of people by their ids.
func understood(s *store.Store, c *Correction) error {
	for _, q := range []string{c.Quotation, c.Other} {
		if q == "" {
			continue
		}
		if _, err := s.KeyOf(q); err != nil {
			return err
		}
	}
	for _, who := range []*string{&c.Person, &c.Same} {
		if *who == "" {
			continue
		}
		id, err := personID(s, *who)
		if err != nil {
			return err
		}
		*who = id
	}
	if c.Kind == store.MergePeople && c.Person == c.Same {
		return fmt.Errorf("%s is one person already; nothing to merge", c.Person)
	}
	for _, a := range c.Articles {
		if _, err := s.Number(a); err != nil {
			return err
		}
	}
	if c.Kind == store.Undo {
		list, err := Corrections(s)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(x Correction) bool { return x.Seq == c.Of && !x.Undone }) {
			return fmt.Errorf("there is no correction %d that stands; onrecord correct list shows them", c.Of)
		}
	}
	return nil
}

// personID finds a person by id or by name.
func personID(s *store.Store, who string) (string, error) {
	if p, err := s.Person(who); err == nil {
		return p.ID, nil
	}
	people, err := s.PeopleNamed(who)
	switch {
	case err != nil:
		return "", err
	case len(people) == 0:
		return "", fmt.Errorf("nobody in the store goes by %s; onrecord export people lists the names", who)
	case len(people) > 1:
		return "", fmt.Errorf("%s could be %s (%s) or %s (%s); give the id", who, people[0].Name, people[0].ID, people[1].Name, people[1].ID)
	}
	return people[0].ID, nil
}

// apply applies one correction to the derived rows.
func apply(s *store.Store, c Correction) error {
	switch c.Kind {
	case store.NotAQuotation:
		return hide(s, c.Quotation)
	case store.RightSpeaker:
		return setSpeaker(s, c.Quotation, c.Speaker)
	case store.NotSameUtterance:
		return keepApart(s, c)
	case store.MergePeople:
		return moveChains(s, c.Same, c.Person, nil)
	case store.SplitPeople:
		other, err := splitOff(s, c)
		if err != nil {
			return err
		}
		return moveChains(s, c.Person, other, c.Articles)
	}
	return nil
}

// applyAll applies all corrections that stand, in order. One whose quotation
// or person a better reading no longer finds is left out.
func applyAll(s *store.Store) error {
	list, err := Corrections(s)
	if err != nil {
		return err
	}
	for _, c := range list {
		if c.Undone || c.Kind == store.Undo {
			continue
		}
		if err := apply(s, c); err != nil && !isMissing(err) {
			return fmt.Errorf("applying correction %d: %w", c.Seq, err)
		}
	}
	return nil
}

func hide(s *store.Store, quotation string) error {
	key, err := s.KeyOf(quotation)
	if err != nil {
		return err
	}
	if err := s.SetHidden(quotation, true); err != nil {
		return err
	}
	ix, err := NewIndex(s)
	if err != nil {
		return err
	}
	_, err = trace.Forget(ix, key)
	return err
}

func setSpeaker(s *store.Store, quotation, name string) error {
	key, err := s.KeyOf(quotation)
	if err != nil {
		return err
	}
	id, err := personNamed(s, name)
	if err != nil {
		return err
	}
	if err := s.SetSpeaker(quotation, id); err != nil {
		return err
	}
	return placeAgain(s, []int64{key})
}

// personNamed finds the person that a correction names as the speaker, and
// makes one where the reports know nobody of that name.
func personNamed(s *store.Store, name string) (string, error) {
	if p, err := s.Person(name); err == nil {
		return p.ID, nil
	}
	people, err := s.PeopleNamed(name)
	if err != nil {
		return "", err
	}
	for _, p := range people {
		// A whole name must be the person's own: what only begins like it is
		// somebody else's.
		if !strings.Contains(name, " ") || strings.EqualFold(p.Name, name) || slices.ContainsFunc(p.Aliases, func(a string) bool { return strings.EqualFold(a, name) }) {
			return p.ID, nil
		}
	}
	p := record.Person{ID: personSlug(name), Name: name, Nature: record.APerson, Reason: "named by a correction"}
	return p.ID, s.PutPerson(p)
}

// personSlug makes an id from a name.
func personSlug(name string) string {
	return "p-" + strings.Trim(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '-'
	}, name), "-")
}

// keepApart places both quotations again; the index now keeps them apart.
func keepApart(s *store.Store, c Correction) error {
	var keys []int64
	for _, q := range []string{c.Quotation, c.Other} {
		key, err := s.KeyOf(q)
		if err != nil {
			return err
		}
		keys = append(keys, key)
	}
	return placeAgain(s, keys)
}

// moveChains makes chains of one person those of another: all of them, or
// those in some articles.
func moveChains(s *store.Store, from, to string, articles []string) error {
	places, err := s.ChainsOf(from)
	if err != nil {
		return err
	}
	only := map[int64]bool{}
	for _, a := range articles {
		n, err := s.Number(a)
		if err != nil {
			return err
		}
		only[n] = true
	}
	moved := map[int64][]int{}
	var order []int64
	for _, p := range places {
		if len(articles) > 0 && !only[p.Article] {
			continue
		}
		if moved[p.Article] == nil {
			order = append(order, p.Article)
		}
		moved[p.Article] = append(moved[p.Article], p.Chain)
	}
	var keys []int64
	for _, n := range order {
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
		a, err := s.ArticleAt(n)
		if err != nil {
			return err
		}
		k, err := s.Keys(a.ID)
		if err != nil {
			return err
		}
		keys = append(keys, k...)
	}
	if len(articles) == 0 {
		if err := nameBoth(s, from, to); err != nil {
			return err
		}
	}
	return placeAgain(s, keys)
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

// placeAgain takes quotations out of their utterances and places them anew.
func placeAgain(s *store.Store, keys []int64) error {
	ix, err := NewIndex(s)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if _, err := trace.Forget(ix, key); err != nil {
			return err
		}
	}
	entries, err := ix.Entries(keys)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := trace.Place(ix, e); err != nil {
			return err
		}
	}
	return nil
}
