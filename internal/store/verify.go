package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"unicode/utf8"

	"onrecord/internal/record"
)

// Verified counts what Verify looked at.
type Verified struct {
	Articles, Quotations int // how many there are
	ArticlesFound        int // whose bytes and text still have their hash
	QuotationsFound      int // found again in the kept text, byte for byte
}

// Loss is something that is not as it was kept.
type Loss struct {
	Article   string
	Quotation string // "" where the article itself is meant
	What      string // in words
}

// Verify hashes the kept bytes and texts again and finds every kept quotation
// in its text, byte for byte. Each loss goes to yield.
func (s *Store) Verify(ctx context.Context, yield func(Loss)) (Verified, error) {
	var v Verified
	if err := s.quickCheck(ctx); err != nil {
		return v, err
	}
	err := s.overArticles(ctx, func(n int64) error {
		v.Articles++
		a, id, err := s.verifyArticle(n, yield)
		if err != nil {
			return err
		}
		if a {
			v.ArticlesFound++
		}
		return s.verifyQuotations(n, id, func(found bool, l Loss) {
			v.Quotations++
			if found {
				v.QuotationsFound++
			} else {
				yield(l)
			}
		})
	})
	return v, s.explain("verifying", err)
}

// quickCheck asks SQLite whether the file hangs together.
func (s *Store) quickCheck(ctx context.Context) error {
	var answer string
	if err := s.conn.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&answer); err != nil {
		return s.explain("verifying", err)
	}
	if answer != "ok" {
		return damaged(s.path, fmt.Errorf("%s", answer))
	}
	return nil
}

func (s *Store) verifyArticle(n int64, yield func(Loss)) (sound bool, id string, err error) {
	var sha, textSHA, kept []byte
	var packing int64
	var text string
	err = s.one("SELECT id, sha, text_sha, packing, text, bytes FROM article WHERE n = ?", []any{n}, &id, &sha, &textSHA, &packing, &text, &kept)
	if err != nil {
		return false, id, err
	}
	sound = true
	raw, err := unpack(packing, kept, text)
	if got := sha256.Sum256(raw); err != nil || !bytes.Equal(got[:], sha) {
		sound = false
		yield(Loss{Article: id, What: "the kept bytes are not the bytes that came in"})
	}
	if got := sha256.Sum256([]byte(text)); !bytes.Equal(got[:], textSHA) {
		sound = false
		yield(Loss{Article: id, What: "the kept text has changed"})
	}
	return sound, id, nil
}

func (s *Store) verifyQuotations(n int64, id string, each func(found bool, l Loss)) error {
	var text string
	if err := s.one("SELECT text FROM article WHERE n = ?", []any{n}, &text); err != nil {
		return err
	}
	return s.each("SELECT n, words, body FROM quotation WHERE n > ? AND n < ? ORDER BY n", []any{n << keyBits, (n + 1) << keyBits},
		func(scan func(...any) error) error {
			var key, words int64
			var body []byte
			if err := scan(&key, &words, &body); err != nil {
				return err
			}
			what := lossOf(body, words, text)
			each(what == "", Loss{id, quotationID(id, placeOf(key)), what})
			return nil
		})
}

// lossOf says what is wrong with a kept quotation; "" where nothing is.
func lossOf(body []byte, words int64, text string) string {
	var k kept
	if err := decode(body, &k); err != nil {
		return "the kept quotation cannot be read"
	}
	for _, spans := range [][]record.Span{k.Quotation.Parts, k.Quotation.Content} {
		for _, p := range spans {
			if p.Start < 0 || p.End < p.Start || p.End > len(text) {
				return "it lies outside the kept text"
			}
			if !onRune(text, p.Start) || !onRune(text, p.End) {
				return "it begins or ends inside a character"
			}
		}
	}
	if wordsHash(&k.Quotation, text) != words {
		return "its words are not in the kept text any more"
	}
	return ""
}

func onRune(text string, at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }
