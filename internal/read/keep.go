package read

import (
	"context"
	"fmt"

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
func Prepare(p record.Page, lane Lane) (Prepared, error) {
	r, err := Page(p, lane)
	if err != nil {
		return Prepared{Page: p}, err
	}
	a := r.Article
	return Prepared{Page: p, Reading: r, Sum: extract.Sum(a.Text[a.BodyStart:])}, nil
}

// Keeper keeps readings in a store, one at a time.
type Keeper struct {
	ix     *Index
	who    *who
	placer *trace.Placer
}

// NewKeeper makes a keeper for a store that is open for writing.
func NewKeeper(s *store.Store) (*Keeper, error) {
	ix, err := NewIndex(s)
	if err != nil {
		return nil, err
	}
	return &Keeper{ix: ix, who: newWho(s), placer: trace.NewPlacer(ix)}, nil
}

// Keep keeps what was prepared, with who the people in it are and which
// utterances its quotations belong to, in one transaction: all of it or
// nothing. What is kept already stays as it is.
func (k *Keeper) Keep(ctx context.Context, p Prepared) (store.Added, error) {
	var added store.Added
	err := k.ix.Within(ctx, func() (err error) {
		added, err = k.ix.Put(ctx, p.Page, p.Reading, store.Extra{Sum: p.Sum})
		if err != nil || added.Outcome == store.Unchanged {
			return err
		}
		return k.settle(added, p.Reading)
	})
	if err != nil {
		k.who.forget()
	}
	return added, err
}

// settle finds the people and the utterances of a kept reading.
func (k *Keeper) settle(added store.Added, r record.Reading) error {
	if err := k.who.identify(added, r); err != nil {
		return fmt.Errorf("finding who is who in %s: %w", added.ID, err)
	}
	if err := k.place(added.Keys); err != nil {
		return fmt.Errorf("tracing the quotations of %s: %w", added.ID, err)
	}
	return nil
}

// place finds the utterances of quotations that are kept.
func (k *Keeper) place(keys []int64) error {
	entries, err := k.ix.Entries(keys)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if q := (record.Quotation{Kind: e.Kind, Act: e.Act, Topic: e.Topic}); !q.Worded() {
			continue // nobody's words: no utterance
		}
		if _, err := k.placer.Place(e); err != nil {
			return err
		}
	}
	return nil
}
