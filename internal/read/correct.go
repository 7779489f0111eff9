package read

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

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
	return changing(s, []string{quotation}, func() error { return s.SetHidden(quotation, true) })
}

func setSpeaker(s *store.Store, quotation, name string) error {
	return changing(s, []string{quotation}, func() error {
		id, err := personNamed(s, name)
		if err != nil {
			return err
		}
		return s.SetSpeaker(quotation, id)
	})
}

// keepApart places both quotations again; the index now keeps them apart.
func keepApart(s *store.Store, c Correction) error {
	return changing(s, []string{c.Quotation, c.Other}, func() error { return nil })
}

// changing changes what is known of quotations: they are taken out of their
// utterances as they were, and placed anew as they are. While several are
// taken out, those that hung on one may have settled on another that is about
// to change; so all are taken out once more after the change.
func changing(s *store.Store, quotations []string, change func() error) error {
	keys := make([]int64, len(quotations))
	for i, q := range quotations {
		var err error
		if keys[i], err = s.KeyOf(q); err != nil {
			return err
		}
	}
	k, err := NewKeeper(s)
	if err != nil {
		return err
	}
	if err := k.forget(keys); err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	if err := k.forget(keys); err != nil {
		return err
	}
	return k.place(keys)
}

// forget takes quotations out of their utterances.
func (k *Keeper) forget(keys []int64) error {
	for _, key := range keys {
		if _, err := trace.Forget(k.ix, key); err != nil {
			return err
		}
	}
	return nil
}
