package read

import (
	"context"
	"errors"
	"fmt"

	"onrecord/internal/extract"
	"onrecord/internal/record"
	"onrecord/internal/store"
)

// Reread reads every kept page again and makes all derived rows anew, from
// the bytes as they came; what people have put right is applied last. All of
// it or nothing. done is told of each report.
func Reread(ctx context.Context, s *store.Store, done func(id string)) error {
	return s.Reread(ctx, func(k store.Kept) error {
		if err := again(s, k); err != nil {
			return err
		}
		if done != nil {
			done(k.ID)
		}
		return nil
	}, func() error { return applyAll(s) })
}

// again reads one kept edition anew.
func again(s *store.Store, k store.Kept) error {
	if k.Stored != nil {
		return asItWas(s, k)
	}
	r, err := Page(k.Page)
	if err != nil {
		return fmt.Errorf("reading %s again: %w", k.ID, err)
	}
	added, err := s.Replace(k, r, store.Extra{Sum: extract.Sum(r.Article.Text[r.Article.BodyStart:])})
	if err != nil {
		return err
	}
	return settle(s, added, r)
}

// asItWas places an edition whose text a better extractor has replaced: it
// stays as it was read.
func asItWas(s *store.Store, k store.Kept) error {
	keys, err := s.Keys(k.ID)
	if err != nil {
		return err
	}
	return settle(s, store.Added{Number: k.Number, ID: k.ID, Keys: keys}, *k.Stored)
}

// settle finds the people and the utterances of a kept reading.
func settle(s *store.Store, added store.Added, r record.Reading) error {
	if err := identify(s, added, r); err != nil {
		return fmt.Errorf("finding who is who in %s: %w", added.ID, err)
	}
	if err := place(s, added.Keys); err != nil {
		return fmt.Errorf("tracing the quotations of %s: %w", added.ID, err)
	}
	return nil
}

// derive makes people and utterances anew without reading again.
func derive(ctx context.Context, s *store.Store) error {
	return s.Reread(ctx, func(k store.Kept) error {
		r, err := s.ReadingAt(k.Number)
		if err != nil {
			return err
		}
		k.Stored = &r
		return asItWas(s, k)
	}, func() error { return applyAll(s) })
}

func isMissing(err error) bool { return errors.Is(err, store.ErrNotFound) }
