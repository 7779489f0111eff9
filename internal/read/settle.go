package read

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"onrecord/internal/people"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// settleMost is how many articles a store may hold for who is who to be
// settled anew after every add: some 50 µs an article, so a second at most. A
// larger store keeps what was found report by report; reread settles it.
const settleMost = 20_000

// Settle says anew who is who, from all reports at once. Found report by
// report, a bare surname may have come before the only person of that name;
// seen together, the order of arrival makes no difference. What people have
// put right is applied last.
func Settle(ctx context.Context, s *store.Store) error {
	n, err := s.Searched()
	if err != nil || n.Articles > settleMost {
		return err
	}
	return s.Within(ctx, func() error { return settle(ctx, s) })
}

func settle(ctx context.Context, s *store.Store) error {
	var seen []people.Seen
	number := map[string]int64{}
	err := s.EachReading(ctx, func(n int64, r record.Reading) error {
		number[r.Article.ID] = n
		seen = append(seen, people.SeenOf(&r.Article, r.Chains)...)
		return nil
	})
	if err != nil {
		return fmt.Errorf("settling who is who: %w", err)
	}
	persons, identities := people.Resolve(seen)
	who := map[int64]map[int]string{}
	for _, n := range number {
		who[n] = map[int]string{}
	}
	for _, i := range identities {
		who[number[i.Article]][i.Chain] = i.Person
	}
	for _, p := range persons {
		if err := s.PutPerson(p); err != nil {
			return err
		}
	}
	if err := identifyAnew(s, who); err != nil {
		return err
	}
	if err := dropUnknown(ctx, s, persons); err != nil {
		return err
	}
	return applyAll(s)
}

// identifyAnew sets the identities that differ from those kept, and places
// the quotations of speakers who are somebody else now.
func identifyAnew(s *store.Store, who map[int64]map[int]string) error {
	var changed []int64
	var quotations []string
	for _, n := range slices.Sorted(maps.Keys(who)) {
		kept, err := s.Identities(n)
		if err != nil {
			return err
		}
		if maps.Equal(kept, who[n]) {
			continue
		}
		changed = append(changed, n)
		r, err := s.ReadingAt(n)
		if err != nil {
			return err
		}
		for i := range r.Quotations {
			q := &r.Quotations[i]
			if q.Speaker != nil && kept[q.Speaker.Chain] != who[n][q.Speaker.Chain] {
				quotations = append(quotations, q.ID)
			}
		}
	}
	if len(changed) == 0 {
		return nil
	}
	return changing(s, quotations, func() error {
		for _, n := range changed {
			if err := s.SetIdentities(n, who[n]); err != nil {
				return err
			}
		}
		return nil
	})
}

// dropUnknown forgets persons that no chain and no correction knows any more.
func dropUnknown(ctx context.Context, s *store.Store, persons []record.Person) error {
	known := map[string]bool{}
	for _, p := range persons {
		known[p.ID] = true
	}
	var gone []string
	err := s.EachPerson(ctx, func(p record.Person) error {
		if !known[p.ID] {
			gone = append(gone, p.ID)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range gone {
		places, err := s.ChainsOf(id)
		if err != nil {
			return err
		}
		said, err := s.Speaks(id)
		if err != nil {
			return err
		}
		if len(places) > 0 || said {
			continue
		}
		if err := s.DropPerson(id); err != nil {
			return err
		}
	}
	return nil
}
