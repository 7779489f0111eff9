package store

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"onrecord/internal/record"
)

func (s *Store) notFound(what, id string) error {
	return &Error{ErrNotFound, s.path, fmt.Sprintf("there is no %s %s in the store %s: onrecord export lists what there is", what, id, s.path), nil}
}

func (s *Store) articleNumber(id string) (int64, error) {
	var n int64
	err := s.one("SELECT n FROM article WHERE id = ?", []any{id}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.notFound("article", id)
	}
	return n, s.explain("looking for "+id, err)
}

// keyOfID is sql.ErrNoRows for an id that no quotation has.
func (s *Store) keyOfID(quotation string) (int64, error) {
	i := strings.LastIndexByte(quotation, ':')
	if i < 0 {
		return 0, sql.ErrNoRows
	}
	place, err := strconv.Atoi(quotation[i+1:])
	if err != nil || place < 1 || place > maxQuotations || strconv.Itoa(place) != quotation[i+1:] {
		return 0, sql.ErrNoRows
	}
	var key int64
	err = s.one("SELECT n FROM quotation WHERE n = (SELECT n FROM article WHERE id = ?) << 20 | ?", []any{quotation[:i], place}, &key)
	return key, err
}

// Number returns an article's number in the store: numbers only grow, so what
// is new since an article is what has a greater one.
func (s *Store) Number(article string) (int64, error) { return s.articleNumber(article) }

// Article returns one edition by its id.
func (s *Store) Article(id string) (record.Article, error) {
	n, err := s.articleNumber(id)
	if err != nil {
		return record.Article{}, err
	}
	return s.ArticleAt(n)
}

// ArticleAt returns the edition with a number.
func (s *Store) ArticleAt(n int64) (record.Article, error) {
	var head []byte
	var a record.Article
	var text string
	err := s.one("SELECT head, text FROM article WHERE n = ?", []any{n}, &head, &text)
	if errors.Is(err, sql.ErrNoRows) {
		return a, s.notFound("article number", strconv.FormatInt(n, 10))
	}
	if err != nil {
		return a, s.explain("reading an article", err)
	}
	if err := decode(head, &a); err != nil {
		return a, damaged(s.path, err)
	}
	a.Text = text
	return a, nil
}

// Reading returns what was read in one edition, as it was read: identities
// and corrections stand beside it.
func (s *Store) Reading(article string) (record.Reading, error) {
	n, err := s.articleNumber(article)
	if err != nil {
		return record.Reading{}, err
	}
	return s.ReadingAt(n)
}

// ReadingAt is Reading by number.
func (s *Store) ReadingAt(n int64) (record.Reading, error) {
	var r record.Reading
	var err error
	if r.Article, err = s.ArticleAt(n); err != nil {
		return r, err
	}
	if r.Passed, r.Chains, err = s.chains(n); err != nil {
		return r, err
	}
	err = s.each("SELECT n, body FROM quotation WHERE n > ? AND n < ? ORDER BY n", []any{n << keyBits, (n + 1) << keyBits},
		func(scan func(...any) error) error {
			var key int64
			var body []byte
			if err := scan(&key, &body); err != nil {
				return err
			}
			var k kept
			if err := decode(body, &k); err != nil {
				return damaged(s.path, err)
			}
			k.Quotation.ID = quotationID(r.Article.ID, placeOf(key))
			r.Quotations = append(r.Quotations, k.Quotation)
			return nil
		})
	return r, s.explain("reading "+r.Article.ID, err)
}

func (s *Store) chains(n int64) (passed []record.Passed, chains []record.Chain, err error) {
	var p, c []byte
	if err := s.one("SELECT passed, chains FROM article WHERE n = ?", []any{n}, &p, &c); err != nil {
		return nil, nil, s.explain("reading an article", err)
	}
	if err := decode(p, &passed); err != nil {
		return nil, nil, damaged(s.path, err)
	}
	if err := decode(c, &chains); err != nil {
		return nil, nil, damaged(s.path, err)
	}
	return passed, chains, nil
}

// Chains returns an article's chains, by number: what the people stage works on.
func (s *Store) Chains(n int64) ([]record.Chain, error) {
	_, chains, err := s.chains(n)
	return chains, err
}

// Quotation returns one quotation by its id, with the edition it stands in.
func (s *Store) Quotation(id string) (record.Quotation, record.Article, error) {
	var k kept
	key, err := s.KeyOf(id)
	if err != nil {
		return k.Quotation, record.Article{}, err
	}
	var body []byte
	if err := s.one("SELECT body FROM quotation WHERE n = ?", []any{key}, &body); err != nil {
		return k.Quotation, record.Article{}, s.explain("reading "+id, err)
	}
	if err := decode(body, &k); err != nil {
		return k.Quotation, record.Article{}, damaged(s.path, err)
	}
	k.Quotation.ID = id
	a, err := s.ArticleAt(articleOf(key))
	return k.Quotation, a, err
}

// Editions returns the ids of all editions of the page that an article is of,
// first to last.
func (s *Store) Editions(article string) ([]string, error) {
	var ids []string
	err := s.each(`SELECT id FROM article WHERE page = (SELECT page FROM article WHERE id = ?) ORDER BY edition`, []any{article},
		func(scan func(...any) error) error {
			var id string
			err := scan(&id)
			ids = append(ids, id)
			return err
		})
	if err == nil && len(ids) == 0 {
		return nil, s.notFound("article", article)
	}
	return ids, s.explain("reading editions", err)
}
