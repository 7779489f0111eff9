package read

import (
	"context"

	"onrecord/internal/extract"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

// Prepared is a page that has been read and waits to be kept. Preparing needs
// no store, so that it can be done on many goroutines while one keeps.
type Prepared struct {
	Page    record.Page
	Reading record.Reading
	Sum     uint64 // near-duplicate signature of the body
}

// Prepare reads a page for Keep.
func Prepare(p record.Page) (Prepared, error) {
	r, err := Page(p)
	if err != nil {
		return Prepared{Page: p}, err
	}
	a := r.Article
	return Prepared{Page: p, Reading: r, Sum: extract.Sum(a.Text[a.BodyStart:])}, nil
}

// Keep keeps what was prepared, with who the people in it are and which
// utterances its quotations belong to, in one transaction: all of it or
// nothing. What is kept already stays as it is.
func Keep(ctx context.Context, s *store.Store, p Prepared) (store.Added, error) {
	var added store.Added
	err := s.Within(ctx, func() (err error) {
		added, err = s.Put(ctx, p.Page, p.Reading, store.Extra{Sum: p.Sum})
		if err != nil || added.Outcome == store.Unchanged {
			return err
		}
		return settle(s, added, p.Reading)
	})
	return added, err
}

// place finds the utterances of quotations that are kept.
func place(s *store.Store, keys []int64) error {
	entries, err := s.Entries(keys)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := trace.Place(s, e); err != nil {
			return err
		}
	}
	return nil
}
