package store

import (
	"context"
	"database/sql"

	"onrecord/internal/record"
)

// The iterators go over everything in an order that does not depend on when
// it was added: articles by date of print (the undated first) and id,
// quotations by article and place. They hold no cursor open: the caller may
// ask the store for more while they run.

// articlesInOrder returns the numbers of all articles in the stable order.
func (s *Store) articlesInOrder() ([]int64, error) {
	return s.numbers("SELECT n FROM article ORDER BY published, id")
}

// EachArticle hands out every edition.
func (s *Store) EachArticle(ctx context.Context, f func(record.Article) error) error {
	return s.overArticles(ctx, func(n int64) error {
		a, err := s.ArticleAt(n)
		if err != nil {
			return err
		}
		return f(a)
	})
}

// EachReading hands out every edition with what was read in it, and its number.
func (s *Store) EachReading(ctx context.Context, f func(n int64, r record.Reading) error) error {
	return s.overArticles(ctx, func(n int64) error {
		r, err := s.ReadingAt(n)
		if err != nil {
			return err
		}
		return f(n, r)
	})
}

// EachEntry hands out every quotation that is not hidden, as the tracer sees it.
func (s *Store) EachEntry(ctx context.Context, f func(record.Entry) error) error {
	return s.overArticles(ctx, func(n int64) error {
		keys, err := s.keysOf(n)
		if err != nil {
			return s.explain("reading quotations", err)
		}
		all, err := s.Entries(keys)
		if err != nil {
			return err
		}
		for _, e := range all {
			if err := f(e); err != nil {
				return err
			}
		}
		return nil
	})
}

// EachQuotation hands out every quotation that is not hidden, with the edition
// it stands in and the persons its chains are (Person.ID, by chain).
func (s *Store) EachQuotation(ctx context.Context, f func(Cited) error) error {
	return s.overArticles(ctx, func(n int64) error {
		r, err := s.ReadingAt(n)
		if err != nil {
			return err
		}
		persons, err := s.Identities(n)
		if err != nil {
			return err
		}
		speakers, err := s.speakers(n, persons)
		if err != nil {
			return s.explain("reading quotations", err)
		}
		keys, err := s.keysOf(n)
		if err != nil {
			return s.explain("reading quotations", err)
		}
		for i := range r.Quotations {
			who, shown := speakers[keys[i]]
			if !shown {
				continue
			}
			c := Cited{Key: keys[i], Quotation: r.Quotations[i], Article: &r.Article, Persons: persons, Speaker: who}
			if err := f(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// Cited is a quotation and what stands beside it.
type Cited struct {
	Key       int64
	Quotation record.Quotation
	Article   *record.Article
	Persons   map[int]string // chain -> Person.ID
	Speaker   string         // Person.ID after identities and corrections
}

// speakers returns the persons behind the quotations that are not hidden; ""
// for one whose speaker is nobody known.
func (s *Store) speakers(n int64, persons map[int]string) (map[int64]string, error) {
	out := map[int64]string{}
	err := s.each(`SELECT q.n, q.chain, p.id FROM quotation q LEFT JOIN person p ON p.n = q.speaker
		WHERE q.n > ? AND q.n < ? AND q.hidden = 0`, []any{n << keyBits, (n + 1) << keyBits},
		func(scan func(...any) error) error {
			var key int64
			var chain sql.NullInt64
			var id sql.NullString
			err := scan(&key, &chain, &id)
			out[key] = id.String
			if !id.Valid && chain.Valid {
				out[key] = persons[int(chain.Int64)]
			}
			return err
		})
	return out, err
}

// EachUtterance hands out one key of every utterance: the quotation that all
// others of it hang on, directly or not. They come in the order of articles.
func (s *Store) EachUtterance(ctx context.Context, f func(root int64) error) error {
	return s.overArticles(ctx, func(n int64) error {
		keys, err := s.numbers(`SELECT n FROM quotation WHERE n > ? AND n < ? AND hidden = 0
			AND NOT EXISTS (SELECT 1 FROM link WHERE child = quotation.n) ORDER BY n`, n<<keyBits, (n+1)<<keyBits)
		if err != nil {
			return s.explain("reading utterances", err)
		}
		for _, key := range keys {
			if err := f(key); err != nil {
				return err
			}
		}
		return nil
	})
}

// EachPerson hands out every person, in order of id.
func (s *Store) EachPerson(ctx context.Context, f func(record.Person) error) error {
	all, err := s.persons("SELECT body FROM person ORDER BY id")
	if err != nil {
		return s.explain("reading people", err)
	}
	for _, p := range all {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(p); err != nil {
			return err
		}
	}
	return nil
}

// Since returns the numbers of the editions that were added after the one
// with number n, ascending: what is new since a later stage last looked.
func (s *Store) Since(n int64) ([]int64, error) {
	out, err := s.numbers("SELECT n FROM article WHERE n > ? ORDER BY n", n)
	return out, s.explain("looking for what is new", err)
}

func (s *Store) overArticles(ctx context.Context, f func(n int64) error) error {
	numbers, err := s.articlesInOrder()
	if err != nil {
		return s.explain("reading articles", err)
	}
	for _, n := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f(n); err != nil {
			return err
		}
	}
	return nil
}
