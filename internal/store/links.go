package store

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"strconv"

	"onrecord/internal/record"
)

// Link returns the link from a quotation to its parent; false where it has none.
func (s *Store) Link(child int64) (record.Link, bool, error) {
	var l record.Link
	err := s.one("SELECT parent, relation, bits, rule FROM link WHERE child = ?", []any{child}, &l.Parent, &l.Relation, &l.Bits, &l.Rule)
	if errors.Is(err, sql.ErrNoRows) {
		return l, false, nil
	}
	return l, err == nil, s.explain("reading a link", err)
}

// SetLink replaces the link of a quotation; nil takes it away.
func (s *Store) SetLink(child int64, l *record.Link) error {
	return s.writing("keeping a link", func() error {
		if l == nil {
			_, err := s.exec("DELETE FROM link WHERE child = ?", child)
			return err
		}
		_, err := s.exec(`INSERT INTO link (child, parent, relation, bits, rule) VALUES (?1,?2,?3,?4,?5)
			ON CONFLICT (child) DO UPDATE SET parent = ?2, relation = ?3, bits = ?4, rule = ?5`,
			child, l.Parent, string(l.Relation), l.Bits, l.Rule)
		return err
	})
}

// Children returns the keys whose link leads to parent, ascending.
func (s *Store) Children(parent int64) ([]int64, error) {
	keys, err := s.numbers("SELECT child FROM link WHERE parent = ? ORDER BY child", parent)
	return keys, s.explain("reading links", err)
}

// Root follows the links upwards from a quotation.
func (s *Store) Root(key int64) (int64, error) {
	for seen := 0; ; seen++ {
		l, ok, err := s.Link(key)
		if err != nil || !ok {
			return key, err
		}
		if key = l.Parent; seen > 10_000 {
			return 0, damaged(s.path, errors.New("links go round in a circle"))
		}
	}
}

// Component returns the keys of all quotations of one utterance, ascending.
func (s *Store) Component(key int64) ([]int64, error) {
	root, err := s.Root(key)
	if err != nil {
		return nil, err
	}
	keys, err := s.numbers(`WITH RECURSIVE c (n) AS (VALUES (?) UNION SELECT child FROM link JOIN c ON parent = c.n)
		SELECT n FROM c ORDER BY n`, root)
	return keys, s.explain("reading links", err)
}

// UtteranceID is the id of the utterance whose earliest quotation has this id.
func UtteranceID(quotation string) string {
	h := sha256.Sum256([]byte(quotation))
	return "u" + hex.EncodeToString(h[:5])
}

// Members finds the utterance of an id, which may be an old one: any
// quotation that once was the earliest leads to the utterance that holds it
// now. More than one key comes back only if 40 bits of hash agree.
func (s *Store) Members(utterance string) ([]int64, error) {
	if len(utterance) != 11 || utterance[0] != 'u' {
		return nil, s.notFound("utterance", utterance)
	}
	h, err := strconv.ParseUint(utterance[1:], 16, 40)
	if err != nil {
		return nil, s.notFound("utterance", utterance)
	}
	lists, err := s.Postings([]uint64{handleOf(h) << 16})
	if err != nil {
		return nil, err
	}
	// A shingle may share the hash, and a quotation may be gone by now.
	entries, err := s.Entries(lists[0])
	if err != nil {
		return nil, err
	}
	var keys []int64
	for _, e := range entries {
		if UtteranceID(e.Quotation) == utterance {
			keys = append(keys, e.Key)
		}
	}
	if len(keys) == 0 {
		return nil, s.notFound("utterance", utterance)
	}
	return keys, nil
}

// DropLinks forgets links and postings, so that the tracer can run again
// alone. Run it and what follows inside one Within.
func (s *Store) DropLinks() error {
	return s.writing("dropping links", func() error {
		for _, q := range []string{
			"DELETE FROM link",
			"DELETE FROM posting_tail", "DELETE FROM posting_segment", "DELETE FROM posting_chunk",
		} {
			if _, err := s.exec(q); err != nil {
				return err
			}
		}
		s.post = noPostings()
		return s.stageHandles()
	})
}

// stageHandles posts again what leads from an utterance's id to a quotation.
func (s *Store) stageHandles() error {
	if err := s.load(&s.post); err != nil {
		return err
	}
	return s.each("SELECT q.n, a.id FROM quotation q JOIN article a ON a.n = q.article", nil,
		func(scan func(...any) error) error {
			var key int64
			var article string
			if err := scan(&key, &article); err != nil {
				return err
			}
			s.post.stage(handle(quotationID(article, placeOf(key))), key)
			return nil
		})
}
