package store

import (
	"context"
	"crypto/sha256"
	"errors"

	"onrecord/internal/record"
)

// Kept is one edition as it came in, for reading it again.
type Kept struct {
	Number int64
	ID     string
	Page   record.Page // with its bytes
	// Stored is set where a later extractor has made another text, and so
	// another edition, of these bytes: this one is not read again but placed
	// again as it stands.
	Stored *record.Reading
}

// Reread makes all derived rows again: it drops people, identities, links and
// postings, hands every edition to f in order of arrival, and keeps the new
// state as a whole or not at all. f reads the page, calls Replace, and then
// places people and quotations as it does when a report is added. Corrections
// stay, and are applied by the caller at the end of last.
func (s *Store) Reread(ctx context.Context, f func(Kept) error, last func() error) error {
	if s.opt.ReadOnly {
		return s.writing("", nil)
	}
	return s.Within(ctx, func() error {
		if _, err := s.exec("UPDATE quotation SET hidden = 0, speaker = NULL WHERE hidden <> 0 OR speaker IS NOT NULL"); err != nil {
			return s.explain("reading again", err)
		}
		if err := s.DropLinks(); err != nil {
			return err
		}
		if err := s.DropPeople(); err != nil {
			return err
		}
		if err := s.EachKept(ctx, f); err != nil {
			return err
		}
		if last == nil {
			return nil
		}
		return last()
	})
}

// EachKept hands every edition to f as it came in, in order of arrival. What
// f adds meanwhile is not handed out.
func (s *Store) EachKept(ctx context.Context, f func(Kept) error) error {
	numbers, err := s.numbers("SELECT n FROM article ORDER BY n")
	if err != nil {
		return s.explain("reading editions", err)
	}
	for _, n := range numbers {
		if err := ctx.Err(); err != nil {
			return err
		}
		k, err := s.kept(n)
		if err != nil {
			return s.explain("reading an edition", err)
		}
		if err := f(k); err != nil {
			return err
		}
		if err := s.flushIfLarge(); err != nil {
			return s.explain("keeping the index", err)
		}
	}
	return nil
}

// flushIfLarge keeps a long transaction from holding its postings in memory.
func (s *Store) flushIfLarge() error {
	if !s.inside || len(s.post.staged)+len(s.sketch.staged) < 100_000 {
		return nil
	}
	if err := s.flushPostings(); err != nil {
		return err
	}
	s.post.trim(s.opt.memory)
	s.sketch.trim(s.opt.memory)
	return nil
}

func (s *Store) kept(n int64) (Kept, error) {
	k := Kept{Number: n}
	var packing int64
	var page, bytes []byte
	var text string
	var superseded bool
	err := s.one("SELECT id, packing, given, text, bytes, superseded FROM article WHERE n = ?", []any{n},
		&k.ID, &packing, &page, &text, &bytes, &superseded)
	if err != nil {
		return k, err
	}
	if err := decode(page, &k.Page); err != nil {
		return k, damaged(s.path, err)
	}
	if k.Page.Bytes, err = unpack(packing, bytes, text); err != nil {
		return k, damaged(s.path, err)
	}
	if superseded {
		r, err := s.ReadingAt(n)
		if err != nil {
			return k, err
		}
		k.Stored = &r
	}
	return k, nil
}

// Replace keeps a new reading of an edition that is kept already. The same
// text keeps its edition, its id and its quotations' keys. Another text, from
// a better extractor, is a new edition of the same bytes; the old one stays
// for citation with what was read in it.
func (s *Store) Replace(k Kept, r record.Reading, x Extra) (Added, error) {
	var out Added
	err := s.writing("reading "+k.ID+" again", func() (err error) {
		out, err = s.replace(k, r, x)
		return err
	})
	return out, err
}

func (s *Store) replace(k Kept, r record.Reading, x Extra) (Added, error) {
	old, err := s.ArticleAt(k.Number)
	if err != nil {
		return Added{}, err
	}
	if k.Stored != nil {
		return Added{}, errors.New("this edition has been superseded and is not read again")
	}
	if sha256.Sum256([]byte(old.Text)) != sha256.Sum256([]byte(r.Article.Text)) {
		return s.supersede(k, r, x)
	}
	r.Article.ID, r.Article.Page, r.Article.Edition = old.ID, old.Page, old.Edition
	if err := s.dropQuotations(k.Number); err != nil {
		return Added{}, err
	}
	head := r.Article
	head.Text = ""
	at := published(head.Published)
	_, err = s.exec(`UPDATE article SET url = ?, outlet = ?, title = ?, language = ?, published = ?, sum = ?, head = ?, passed = ?, chains = ? WHERE n = ?`,
		head.URL, head.Outlet, head.Title, head.Language, at, int64(x.Sum),
		encode([]byte{}, &head), encode([]byte{}, &r.Passed), encode([]byte{}, &r.Chains), k.Number)
	if err != nil {
		return Added{}, err
	}
	if old.Outlet != head.Outlet {
		if err := s.recountOutlets(); err != nil {
			return Added{}, err
		}
	}
	out := Added{Outcome: Unchanged, Number: k.Number, ID: old.ID, Edition: old.Edition}
	out.Keys, err = s.insertQuotations(k.Number, &r, x)
	return out, err
}

func (s *Store) supersede(k Kept, r record.Reading, x Extra) (Added, error) {
	if _, err := s.exec("UPDATE article SET superseded = 1 WHERE n = ?", k.Number); err != nil {
		return Added{}, err
	}
	var page pageRow
	err := s.one("SELECT p.n, p.key FROM page p JOIN article a ON a.page = p.n WHERE a.n = ?", []any{k.Number}, &page.n, &page.key)
	if err != nil {
		return Added{}, err
	}
	out := Added{Outcome: NewEdition}
	if out.Edition, out.ID, err = s.nextEdition(page.n, r.Article.ID); err != nil {
		return Added{}, err
	}
	r.Article.ID, r.Article.Page, r.Article.Edition = out.ID, page.key, out.Edition
	if out.Number, err = s.insertArticle(k.Page, &r, articleRow{page: page.n, sum: x.Sum}); err != nil {
		return Added{}, err
	}
	out.Keys, err = s.insertQuotations(out.Number, &r, x)
	return out, err
}

func (s *Store) dropQuotations(article int64) error {
	if err := s.forgetArticle(article); err != nil {
		return err
	}
	res, err := s.exec("DELETE FROM quotation WHERE n > ? AND n < ?", article<<keyBits, (article+1)<<keyBits)
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err != nil {
		return err
	}
	_, err = s.exec("UPDATE counter SET quotations = quotations - ?", n)
	return err
}

func (s *Store) recountOutlets() error {
	for _, q := range []string{
		"DELETE FROM outlet", "INSERT INTO outlet SELECT DISTINCT outlet FROM article WHERE outlet <> ''",
		"UPDATE counter SET outlets = (SELECT count(*) FROM outlet)",
	} {
		if _, err := s.exec(q); err != nil {
			return err
		}
	}
	return nil
}
