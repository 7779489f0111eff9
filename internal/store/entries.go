package store

import (
	"database/sql"
	"errors"
	"slices"
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
	// One moment of the store, so that text and quotations agree.
	err = s.looking(func() error { out, err = s.entries(keys); return err })
	return out, s.explain("reading quotations", err)
}

func (s *Store) entries(keys []int64) ([]record.Entry, error) {
	var missing []int64
	for _, key := range keys {
		if _, ok := s.recent.get(key); !ok {
			missing = append(missing, key)
		}
	}
	if len(missing) == 0 {
		return s.recent.these(keys, nil), nil
	}
	slices.Sort(missing)
	read, err := s.loadEntries(slices.Compact(missing))
	if err != nil {
		return nil, err
	}
	return s.recent.these(keys, read), nil
}

// these returns the entries that are remembered or were read just now.
func (c *entries) these(keys []int64, read map[int64]record.Entry) []record.Entry {
	out := make([]record.Entry, 0, len(keys))
	for _, key := range keys {
		e, ok := read[key]
		if !ok {
			e, ok = c.get(key)
		}
		if ok {
			out = append(out, e)
		}
	}
	return out
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

// loadEntries reads and remembers entries, in a few statements however many
// there are. The keys are ascending.
func (s *Store) loadEntries(keys []int64) (map[int64]record.Entry, error) {
	var articles []int64
	for _, key := range keys {
		if n := articleOf(key); len(articles) == 0 || articles[len(articles)-1] != n {
			articles = append(articles, n)
		}
	}
	printed, err := s.articlesFor(articles)
	if err != nil {
		return nil, err
	}
	out := make(map[int64]record.Entry, len(keys))
	put := func(key int64, e record.Entry) {
		out[key] = e
		s.recent.put(key, e)
	}
	var stored []int64
	for _, key := range keys {
		fresh, ok := s.recent.fresh[articleOf(key)]
		if !ok {
			stored = append(stored, key)
			continue
		}
		// Put just now, and touched by nothing but the identities.
		if i := placeOf(key) - 1; i >= 0 && i < len(fresh) {
			e, err := printed[articleOf(key)].entry(key, &fresh[i])
			if err != nil {
				return nil, damaged(s.path, err)
			}
			put(key, e)
		}
	}
	if len(stored) == 0 {
		return out, nil
	}
	err = s.each(`SELECT q.n, p.id, p.name, q.body FROM quotation q LEFT JOIN person p ON p.n = q.speaker
		WHERE q.n IN (SELECT value FROM json_each(?)) AND q.hidden = 0`, []any{jsonList(stored)},
		func(scan func(...any) error) error {
			var key int64
			var id, name sql.NullString // the speaker whom a correction names
			var body sql.RawBytes
			if err := scan(&key, &id, &name, &body); err != nil {
				return err
			}
			var k kept
			if err := decode(body, &k); err != nil {
				return damaged(s.path, err)
			}
			e, err := printed[articleOf(key)].entry(key, &k)
			if err != nil {
				return damaged(s.path, err)
			}
			if id.Valid {
				e.Person, e.Speaker = id.String, name.String
			}
			put(key, e)
			return nil
		})
	return out, err
}

// articlesFor returns what the entries of each article share.
func (s *Store) articlesFor(numbers []int64) (map[int64]*printed, error) {
	c := &s.recent
	out := make(map[int64]*printed, len(numbers))
	var missing []int64
	for _, n := range numbers {
		a, ok := c.texts[n]
		if !ok {
			a, ok = c.oldTexts[n]
		}
		if !ok {
			missing = append(missing, n)
			continue
		}
		out[n] = a
		c.putText(n, a)
	}
	if len(missing) == 0 {
		return out, nil
	}
	list := jsonList(missing)
	err := s.each("SELECT n, head, sum, text FROM article WHERE n IN (SELECT value FROM json_each(?))", []any{list},
		func(scan func(...any) error) error {
			var n, sum int64
			var head sql.RawBytes
			a := &printed{persons: map[int]string{}}
			if err := scan(&n, &head, &sum, &a.text); err != nil {
				return err
			}
			if err := decode(head, &a.head); err != nil {
				return damaged(s.path, err)
			}
			a.sum = uint64(sum)
			out[n] = a
			c.putText(n, a)
			return nil
		})
	if err != nil {
		return nil, err
	}
	err = s.each(`SELECT i.article, i.chain, p.id FROM identity i JOIN person p ON p.n = i.person
		WHERE i.article IN (SELECT value FROM json_each(?))`, []any{list},
		func(scan func(...any) error) error {
			var n int64
			var chain int
			var id string
			err := scan(&n, &chain, &id)
			if a := out[n]; a != nil {
				a.persons[chain] = id
			}
			return err
		})
	return out, err
}

func (c *entries) putText(n int64, a *printed) {
	if c.texts == nil || len(c.texts) >= textMemory {
		c.oldTexts, c.texts = c.texts, map[int64]*printed{}
	}
	c.texts[n] = a
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
