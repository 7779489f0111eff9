package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"onrecord/internal/record"
)

// entries remembers what the tracer asks for again and again, in two
// generations: when the younger is full it becomes the older, and what is
// asked for moves up.
type entries struct {
	young, old map[int64]record.Entry
	texts      map[int64]*printed
	oldTexts   map[int64]*printed
	fresh      map[int64][]kept // what the open transaction has just put: no need to read it back
}

// printed is what all entries of one article share.
type printed struct {
	head    record.Article
	sum     uint64
	text    string
	persons map[int]string // chain -> Person.ID
}

const (
	entryMemory = 20_000 // entries in each generation, about 10 MB
	textMemory  = 256    // articles in each generation, about 2 MB
)

// Entries returns the entries of the keys, in their order. A key that is not
// kept, or that a correction has taken out, is left out.
func (s *Store) Entries(keys []int64) (out []record.Entry, err error) {
	if !s.inside {
		// One moment of the store, so that text and quotations agree.
		if s.opt.ReadOnly {
			err = s.Within(context.Background(), func() error { out, err = s.Entries(keys); return err })
			return out, err
		}
		if err := s.refresh(); err != nil {
			return nil, s.explain("reading quotations", err)
		}
	}
	out = make([]record.Entry, 0, len(keys))
	for i, key := range keys {
		e, ok := s.recent.get(key)
		if !ok {
			// Neighbours of one article are asked for together.
			last := key
			for _, k := range keys[i+1:] {
				if articleOf(k) != articleOf(key) || k < last {
					break
				}
				last = k
			}
			if err := s.loadEntries(key, last); err != nil {
				return nil, s.explain("reading quotations", err)
			}
			if e, ok = s.recent.get(key); !ok {
				continue
			}
		}
		out = append(out, e)
	}
	return out, nil
}

func (c *entries) get(key int64) (record.Entry, bool) {
	if e, ok := c.young[key]; ok {
		return e, true
	}
	e, ok := c.old[key]
	if ok {
		c.put(key, e)
	}
	return e, ok
}

func (c *entries) put(key int64, e record.Entry) {
	if c.young == nil || len(c.young) >= entryMemory {
		c.old, c.young = c.young, make(map[int64]record.Entry, 256)
	}
	c.young[key] = e
}

// forgetEntry drops what is remembered of one quotation.
func (s *Store) forgetEntry(key int64) {
	s.recent.fresh = nil
	delete(s.recent.young, key)
	delete(s.recent.old, key)
}

// forgetArticle drops what is remembered of an article and its quotations.
func (s *Store) forgetArticle(article int64) error {
	c := &s.recent
	delete(c.texts, article)
	delete(c.oldTexts, article)
	if len(c.young)+len(c.old) == 0 {
		return nil
	}
	keys, err := s.keysOf(article)
	for _, key := range keys {
		delete(c.young, key)
		delete(c.old, key)
	}
	return err
}

// loadEntries remembers the entries of one article from one key to another.
func (s *Store) loadEntries(from, to int64) error {
	a, err := s.articleFor(articleOf(from))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if fresh, ok := s.recent.fresh[articleOf(from)]; ok {
		return s.freshEntries(articleOf(from), a, fresh)
	}
	type row struct {
		n        int64
		id, name sql.NullString // the speaker whom a correction names
		body     []byte
	}
	var rows []row
	err = s.each(`SELECT q.n, p.id, p.name, q.body FROM quotation q LEFT JOIN person p ON p.n = q.speaker
		WHERE q.n BETWEEN ? AND ? AND q.hidden = 0 ORDER BY q.n`, []any{from, to},
		func(scan func(...any) error) error {
			var r row
			if err := scan(&r.n, &r.id, &r.name, &r.body); err != nil {
				return err
			}
			rows = append(rows, r)
			return nil
		})
	if err != nil {
		return err
	}
	for _, r := range rows {
		var k kept
		if err := decode(r.body, &k); err != nil {
			return damaged(s.path, err)
		}
		e, err := a.entry(r.n, &k)
		if err != nil {
			return damaged(s.path, err)
		}
		if r.id.Valid {
			e.Person, e.Speaker = r.id.String, r.name.String
		}
		s.recent.put(r.n, e)
	}
	return nil
}

// freshEntries remembers the entries of an article that was put just now and
// that nothing has touched but the identities.
func (s *Store) freshEntries(article int64, a *printed, fresh []kept) error {
	for i := range fresh {
		key := keyOf(article, i)
		e, err := a.entry(key, &fresh[i])
		if err != nil {
			return damaged(s.path, err)
		}
		s.recent.put(key, e)
	}
	return nil
}

// articleFor returns what the entries of an article share.
func (s *Store) articleFor(n int64) (*printed, error) {
	c := &s.recent
	if a, ok := c.texts[n]; ok {
		return a, nil
	}
	a, ok := c.oldTexts[n]
	if !ok {
		a = &printed{persons: map[int]string{}}
		var head []byte
		var sum int64
		if err := s.one("SELECT head, sum, text FROM article WHERE n = ?", []any{n}, &head, &sum, &a.text); err != nil {
			return nil, err
		}
		a.sum = uint64(sum)
		if err := decode(head, &a.head); err != nil {
			return nil, damaged(s.path, err)
		}
		err := s.each("SELECT i.chain, p.id FROM identity i JOIN person p ON p.n = i.person WHERE i.article = ?", []any{n},
			func(scan func(...any) error) error {
				var chain int
				var id string
				if err := scan(&chain, &id); err != nil {
					return err
				}
				a.persons[chain] = id
				return nil
			})
		if err != nil {
			return nil, err
		}
	}
	if c.texts == nil || len(c.texts) >= textMemory {
		c.oldTexts, c.texts = c.texts, map[int64]*printed{}
	}
	c.texts[n] = a
	return a, nil
}

var errSpan = errors.New("a quotation lies outside its text")

// entry is one quotation as the tracer sees it. Its strings are copies: they
// must not keep the whole text in memory.
func (a *printed) entry(key int64, k *kept) (record.Entry, error) {
	q := &k.Quotation
	for _, spans := range [][]record.Span{q.Parts, q.Content, {k.Context}} {
		for _, p := range spans {
			if p.Start < 0 || p.End < p.Start || p.End > len(a.text) {
				return record.Entry{}, errSpan
			}
		}
	}
	e := record.Entry{
		Key: key, Quotation: quotationID(a.head.ID, placeOf(key)), Article: a.head.ID, Page: a.head.Page,
		URL: a.head.URL, Outlet: a.head.Outlet, Title: a.head.Title, Published: a.head.Published,
		Kind: q.Kind, Act: q.Act, Topic: q.Topic, Where: q.Where, Parts: q.Parts, Credits: q.Credits, ArticleSum: a.sum,
		Content: join(q.Content, a.text), Context: strings.Clone(k.Context.Of(a.text)),
	}
	e.Words = strings.Clone(q.Words(a.text))
	if len(q.Parts) == 0 {
		e.Words, e.Parts = e.Content, q.Content
	}
	if q.Speaker != nil {
		e.Speaker = q.Speaker.Name
		if q.Speaker.Chain != record.NoChain {
			e.Person = a.persons[q.Speaker.Chain]
		}
	}
	if q.Addressee != nil {
		e.Addressee = q.Addressee.Name
	}
	if q.Venue != nil {
		e.Venue, e.Medium = q.Venue.Name, q.Venue.Medium
	}
	if q.Said != nil {
		e.Said, e.Impossible = q.Said.When, q.Said.Problem
		if sp := q.Said.Span; sp != nil && sp.Start >= 0 && sp.Start <= sp.End && sp.End <= len(a.text) {
			e.SaidText = strings.Clone(sp.Of(a.text))
		}
	}
	for _, c := range q.Credits {
		if c.Start < 0 || c.End < c.Start || c.End > len(a.text) {
			return record.Entry{}, errSpan
		}
		e.Credited = append(e.Credited, strings.Clone(c.Of(a.text)))
	}
	for _, r := range q.About {
		name := r.Name
		if id, ok := a.persons[r.Chain]; ok && r.Chain != record.NoChain {
			name = id
		}
		e.About = append(e.About, name)
	}
	return e, nil
}

// join puts stretches of a text together, a space between them.
func join(spans []record.Span, text string) string {
	q := record.Quotation{Parts: spans}
	return strings.Clone(q.Words(text))
}

// contextReach is how far a context goes past the quotation on either side.
const contextReach = 400

// paragraph is the paragraph or paragraphs that a quotation stands in, cut at
// a word where they are long: the context where the reading gives none.
func paragraph(text string, q *record.Quotation) record.Span {
	all := append(append([]record.Span{}, q.Parts...), q.Content...)
	if len(all) == 0 {
		return record.Span{}
	}
	sp := all[0]
	for _, p := range all {
		sp.Start, sp.End = min(sp.Start, p.Start), max(sp.End, p.End)
	}
	if sp.Start < 0 || sp.End > len(text) || sp.End < sp.Start {
		return record.Span{}
	}
	left := text[max(0, sp.Start-contextReach):sp.Start]
	if i := strings.LastIndexByte(left, '\n'); i >= 0 {
		left = left[i+1:]
	} else if len(left) == contextReach {
		left = left[strings.IndexByte(left, ' ')+1:]
		if len(left) == contextReach {
			left = ""
		}
	}
	right := text[sp.End:min(len(text), sp.End+contextReach)]
	if i := strings.IndexByte(right, '\n'); i >= 0 {
		right = right[:i]
	} else if len(right) == contextReach {
		right = right[:max(0, strings.LastIndexByte(right, ' '))]
	}
	return record.Span{Start: sp.Start - len(left), End: sp.End + len(right)}
}

// ByPerson returns the keys of what a person said, printed between two dates
// (until exclusive; a zero date is no bound), in order of print. What bears
// no date of print comes first: it cannot be ruled out.
func (s *Store) ByPerson(person string, from, until time.Time) ([]int64, error) {
	first, last := int64(-1<<62), int64(1<<62)
	if !from.IsZero() {
		first = from.Unix()
	}
	if !until.IsZero() {
		last = until.Unix() - 1
	}
	keys, err := s.numbers(`
		WITH who (n) AS (SELECT n FROM person WHERE id = ?1),
		said (n) AS (
			SELECT q.n FROM identity i JOIN quotation q
				ON q.n > i.article << 20 AND q.n < (i.article + 1) << 20 AND q.chain = i.chain
			WHERE i.person = (SELECT n FROM who) AND i.said > 0 AND q.speaker IS NULL AND q.hidden = 0
			UNION ALL
			SELECT n FROM quotation WHERE speaker = (SELECT n FROM who) AND hidden = 0)
		SELECT s.n FROM said s JOIN article a ON a.n = s.n >> 20
		WHERE a.published IS NULL OR a.published BETWEEN ?2 AND ?3
		ORDER BY a.published, s.n`, person, first, last)
	return keys, s.explain("looking for what "+person+" said", err)
}

// Keys returns the keys of an article's quotations, in order of place.
func (s *Store) Keys(article string) ([]int64, error) {
	n, err := s.articleNumber(article)
	if err != nil {
		return nil, err
	}
	keys, err := s.keysOf(n)
	return keys, s.explain("reading "+article, err)
}

// KeyOf returns the key of a quotation's id, "<article>:<n>".
func (s *Store) KeyOf(quotation string) (int64, error) {
	key, err := s.keyOfID(quotation)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.notFound("quotation", quotation)
	}
	return key, s.explain("looking for "+quotation, err)
}
