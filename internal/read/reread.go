package read

import (
	"context"
	"errors"
	"fmt"

	"onrecord/internal/extract"
	"onrecord/internal/store"
)

// Reread reads every kept page again and makes all derived rows anew, from
// the bytes as they came; what people have put right is applied last. All of
// it or nothing. done is told of each report.
func Reread(ctx context.Context, s *store.Store, lane Lane, done func(id string)) error {
	keeper, err := NewKeeper(s)
	if err != nil {
		return err
	}
	return s.Reread(ctx, func(k store.Kept) error {
		if err := keeper.again(k, lane); err != nil {
			return err
		}
		if done != nil {
			done(k.ID)
		}
		return nil
	}, func() error { return settle(ctx, s) })
}

// again reads one kept edition anew.
func (k *Keeper) again(old store.Kept, lane Lane) error {
	if old.Stored != nil {
		return k.asItWas(old)
	}
	r, err := Page(old.Page, lane)
	if err != nil {
		return fmt.Errorf("reading %s again: %w", old.ID, err)
	}
	added, err := k.ix.Replace(old, r, store.Extra{Sum: extract.Sum(r.Article.Text[r.Article.BodyStart:])})
	if err != nil {
		return err
	}
	return k.settle(added, r)
}

// asItWas places an edition whose text a better extractor has replaced: it
// stays as it was read.
func (k *Keeper) asItWas(old store.Kept) error {
	keys, err := k.ix.Keys(old.ID)
	if err != nil {
		return err
	}
	return k.settle(store.Added{Number: old.Number, ID: old.ID, Keys: keys}, *old.Stored)
}

// derive makes people and utterances anew without reading again.
func derive(ctx context.Context, s *store.Store) error {
	keeper, err := NewKeeper(s)
	if err != nil {
		return err
	}
	return s.Reread(ctx, func(k store.Kept) error {
		r, err := s.ReadingAt(k.Number)
		if err != nil {
			return err
		}
		k.Stored = &r
		return keeper.asItWas(k)
	}, func() error { return settle(ctx, s) })
}

func isMissing(err error) bool { return errors.Is(err, store.ErrNotFound) }
