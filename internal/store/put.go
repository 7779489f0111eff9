package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"time"

	"onrecord/internal/record"
)

// Outcome is what became of a page that was added.
type Outcome int

// The outcomes.
const (
	New Outcome = iota
	Unchanged
	NewEdition
)

func (o Outcome) String() string {
	return [...]string{"new", "unchanged", "new edition"}[o]
}

// Extra is what the store keeps beside a reading.
type Extra struct {
	Sum      uint64        // near-duplicate signature of the text
	Contexts []record.Span // for each quotation the words round it; without them, its paragraph
}

// Added tells what became of a page: its number and id in the store (of the
// edition that is kept already, when Unchanged), and the keys of its
// quotations in order.
type Added struct {
	Outcome Outcome
	Number  int64
	ID      string
	Edition int
	Keys    []int64
}

// A quotation's key is its article's number and its own, from 1.
const (
	keyBits       = 20
	maxQuotations = 1<<keyBits - 1
)

func keyOf(article int64, i int) int64 { return article<<keyBits | int64(i+1) }
func articleOf(key int64) int64        { return key >> keyBits }
func placeOf(key int64) int            { return int(key & maxQuotations) }

// Known tells before any reading whether this very document is kept, and
// under which id: the same bytes and the same words of the sender about them;
// for a page with neither address nor id, the same bytes at all.
func (s *Store) Known(p record.Page) (id string, known bool, err error) {
	if !s.inside {
		if err := s.refresh(); err != nil {
			return "", false, s.explain("looking for "+p.Origin, err)
		}
	}
	sha := sha256.Sum256(p.Bytes)
	if p.URL == "" && p.ID == "" {
		err = s.one("SELECT id FROM article WHERE sha = ? ORDER BY n LIMIT 1", []any{sha[:]}, &id)
	} else {
		print := fingerprint(p, sha)
		err = s.one("SELECT id FROM article WHERE print = ? ORDER BY n LIMIT 1", []any{print[:]}, &id)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return id, err == nil, s.explain("looking for "+p.Origin, err)
}

// fingerprint is the hash of the bytes and of what the sender said about them.
func fingerprint(p record.Page, sha [32]byte) [32]byte {
	h := sha256.New()
	h.Write(sha[:])
	for _, x := range []string{p.ID, p.URL, p.Outlet, p.Title, p.Published, string(p.Form)} {
		writeString(h, x)
	}
	for _, x := range p.Authors {
		writeString(h, x)
	}
	return [32]byte(h.Sum(nil))
}

func writeString(h hash.Hash, x string) {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(len(x)))
	h.Write(n[:])
	h.Write([]byte(x))
}

// Put keeps one page and what was read in it, in one transaction. A page that
// is kept already, or whose article reads the same as an edition that is
// (only the clutter round it changed), is Unchanged. The reading's article
// and quotations may carry provisional ids; the kept ones are returned.
func (s *Store) Put(ctx context.Context, p record.Page, r record.Reading, x Extra) (Added, error) {
	var out Added
	if s.opt.ReadOnly {
		return out, s.writing("", nil)
	}
	err := s.Within(ctx, func() (err error) {
		out, err = s.put(p, r, x)
		return err
	})
	return out, s.explain("keeping "+p.Origin, err)
}

func (s *Store) put(p record.Page, r record.Reading, x Extra) (Added, error) {
	if len(r.Quotations) > maxQuotations {
		return Added{}, fmt.Errorf("keeping %s: %d quotations are more than the %d that one document may hold: split it", p.Origin, len(r.Quotations), maxQuotations)
	}
	if id, known, err := s.Known(p); known || err != nil {
		if err != nil {
			return Added{}, err
		}
		return s.unchanged(id)
	}
	page, err := s.pageOf(p, &r.Article)
	if err != nil {
		return Added{}, err
	}
	if id, err := s.sameArticle(page.n, &r.Article); id != "" || err != nil {
		if err != nil {
			return Added{}, err
		}
		return s.unchanged(id)
	}
	out := Added{Outcome: New}
	if r.Article.Edition, out.ID, err = s.nextEdition(page.n, r.Article.ID); err != nil {
		return Added{}, err
	}
	if r.Article.Edition > 1 {
		out.Outcome = NewEdition
	}
	r.Article.ID, r.Article.Page, out.Edition = out.ID, page.key, r.Article.Edition
	if out.Number, err = s.insertArticle(p, &r, articleRow{page: page.n, sum: x.Sum}); err != nil {
		return Added{}, err
	}
	out.Keys, err = s.insertQuotations(out.Number, &r, x)
	return out, err
}

func (s *Store) unchanged(id string) (Added, error) {
	out := Added{Outcome: Unchanged, ID: id}
	err := s.one("SELECT n, edition FROM article WHERE id = ?", []any{id}, &out.Number, &out.Edition)
	if err != nil {
		return out, err
	}
	out.Keys, err = s.keysOf(out.Number)
	return out, err
}

func (s *Store) keysOf(article int64) ([]int64, error) {
	return s.numbers("SELECT n FROM quotation WHERE n > ? AND n < ? ORDER BY n", article<<keyBits, (article+1)<<keyBits)
}

// sameArticle finds an edition of the page that reads the same.
func (s *Store) sameArticle(page int64, a *record.Article) (id string, err error) {
	sha := sha256.Sum256([]byte(a.Text))
	at := published(a.Published)
	err = s.one(`SELECT id FROM article WHERE page = ? AND text_sha = ? AND title = ? AND outlet = ? AND published IS ? ORDER BY n LIMIT 1`,
		[]any{page, sha[:], a.Title, a.Outlet, at}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

// nextEdition numbers the edition and gives it an id that no other article
// has: its own; where an older edition of the page has that one, "<id>~2" for
// the second edition; "<id>-2" where another page took it.
func (s *Store) nextEdition(page int64, id string) (int, string, error) {
	var last int
	var first sql.NullString
	err := s.one(`SELECT coalesce(max(edition), 0), (SELECT id FROM article WHERE page = ?1 ORDER BY n LIMIT 1) FROM article WHERE page = ?1`,
		[]any{page}, &last, &first)
	if err != nil {
		return 0, "", err
	}
	n, sign := 1, "-"
	if first.Valid {
		n, sign = last, "~"
	}
	for try := id; ; n++ {
		var taken int
		if err := s.one("SELECT count(*) FROM article WHERE id = ?", []any{try}, &taken); err != nil {
			return 0, "", err
		}
		if taken == 0 && try != "" {
			return last + 1, try, nil
		}
		try = fmt.Sprintf("%s%s%d", id, sign, n+1)
	}
}

// published is the moment that orders articles; nil when it is unknown.
func published(w record.When) any {
	t := w.From
	if t.IsZero() {
		t = w.Until
	}
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// articleRow is what insertArticle needs beside the page and the reading.
type articleRow struct {
	page int64
	sum  uint64
}

func (s *Store) insertArticle(p record.Page, r *record.Reading, row articleRow) (int64, error) {
	a := &r.Article
	sha := sha256.Sum256(p.Bytes)
	print := fingerprint(p, sha)
	textSHA := sha256.Sum256([]byte(a.Text))
	packing, kept := pack(p.Bytes, a.Text)
	at := published(a.Published)
	head, page := *a, given(p)
	head.Text = ""
	res, err := s.exec(`INSERT INTO article (id, page, edition, url, outlet, title, language, published, added,
		sha, print, text_sha, sum, packing, head, given, passed, chains, text, bytes)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`,
		a.ID, row.page, a.Edition, a.URL, a.Outlet, a.Title, a.Language, at, s.opt.Now().UTC().Format(time.RFC3339),
		sha[:], print[:], textSHA[:], int64(row.sum), packing,
		encode([]byte{}, &head), encode([]byte{}, &page), encode([]byte{}, &r.Passed), encode([]byte{}, &r.Chains),
		a.Text, kept)
	if err != nil {
		return 0, err
	}
	n, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	if err := s.sketchText(n, a.Text); err != nil {
		return 0, err
	}
	if n%indexBatch == 0 {
		if err := s.indexSome(); err != nil {
			return 0, err
		}
	}
	return n, s.count(a.Outlet)
}

// count keeps the counters that every answer shows, so that it need not count.
func (s *Store) count(outlet string) error {
	outlets := int64(0)
	if outlet != "" {
		res, err := s.exec("INSERT OR IGNORE INTO outlet (name) VALUES (?)", outlet)
		if err != nil {
			return err
		}
		if outlets, err = res.RowsAffected(); err != nil {
			return err
		}
	}
	_, err := s.exec("UPDATE counter SET articles = articles + 1, outlets = outlets + ?", outlets)
	return err
}

// kept is a quotation's body in the store.
type kept struct {
	Quotation record.Quotation
	Context   record.Span
}

func (s *Store) insertQuotations(article int64, r *record.Reading, x Extra) ([]int64, error) {
	if err := s.load(&s.post); err != nil {
		return nil, err
	}
	keys := make([]int64, len(r.Quotations))
	fresh := make([]kept, len(r.Quotations))
	var body []byte
	for i := range r.Quotations {
		q := r.Quotations[i]
		keys[i] = keyOf(article, i)
		k := kept{Quotation: q, Context: paragraph(r.Article.Text, &q)}
		k.Quotation.ID = "" // the article's id and the place say it
		if i < len(x.Contexts) {
			k.Context = x.Contexts[i]
		}
		var chain any
		if q.Speaker != nil && q.Speaker.Chain != record.NoChain {
			chain = q.Speaker.Chain
		}
		fresh[i] = k
		body = encode(body[:0], &k)
		_, err := s.exec(`INSERT INTO quotation (n, article, words, chain, body) VALUES (?,?,?,?,?)`,
			keys[i], article, wordsHash(&q, r.Article.Text), chain, body)
		if err != nil {
			return nil, err
		}
		if err := s.sketchQuotation(article, &q, r.Article.Text); err != nil {
			return nil, err
		}
		s.post.stage(handle(quotationID(r.Article.ID, i+1)), keys[i])
	}
	s.recent.fresh = map[int64][]kept{article: fresh}
	_, err := s.exec("UPDATE counter SET quotations = quotations + ?", len(keys))
	return keys, err
}

func quotationID(article string, place int) string { return fmt.Sprintf("%s:%d", article, place) }

// handle is what a quotation is posted under so that an utterance's id leads
// back to it: the 40 bits of SHA-256 that the id shows, and eight fixed ones.
func handle(quotation string) uint64 {
	h := sha256.Sum256([]byte(quotation))
	return handleOf(binary.BigEndian.Uint64(h[:8]) >> 24)
}

func handleOf(shown uint64) uint64 { return shown<<8 | 0xa7 }

// wordsHash is the hash that verify finds the quotation again by. Spans that
// are out of range hash as nothing: verify reports them.
func wordsHash(q *record.Quotation, text string) int64 {
	for _, p := range q.Parts {
		if p.Start < 0 || p.End < p.Start || p.End > len(text) {
			return 0
		}
	}
	h := sha256.Sum256([]byte(q.Words(text)))
	return int64(binary.BigEndian.Uint64(h[:8]))
}
