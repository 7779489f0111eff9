package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// The kinds of correction. The store only appends and lists them: the stages
// that they concern apply them, last.
const (
	MergePeople      = "merge_people"
	SplitPeople      = "split_people"
	RightSpeaker     = "right_speaker"
	NotAQuotation    = "not_a_quotation"
	NotSameUtterance = "not_same_utterance"
	Undo             = "undo"
)

// Correction is what somebody has put right: an append-only statement.
type Correction struct {
	Seq  int64
	At   time.Time
	By   string
	Kind string
	Body json.RawMessage // names quotations and persons by their ids, which survive every re-reading
}

// Correct appends a correction and returns its number.
func (s *Store) Correct(ctx context.Context, c Correction) (seq int64, err error) {
	if !json.Valid(c.Body) {
		return 0, fmt.Errorf("keeping a correction in the store %s: its body is not JSON", s.path)
	}
	if c.At.IsZero() {
		c.At = s.opt.Now()
	}
	err = s.writing("keeping a correction", func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		res, err := s.exec("INSERT INTO correction (at, by, kind, body) VALUES (?,?,?,?)",
			c.At.UTC().Format(time.RFC3339), c.By, c.Kind, string(c.Body))
		if err != nil {
			return err
		}
		seq, err = res.LastInsertId()
		return err
	})
	return seq, err
}

// Corrections returns all corrections in the order in which they were made.
func (s *Store) Corrections() ([]Correction, error) {
	var out []Correction
	err := s.each("SELECT seq, at, by, kind, body FROM correction ORDER BY seq", nil, func(scan func(...any) error) error {
		var c Correction
		var at, body string
		if err := scan(&c.Seq, &at, &c.By, &c.Kind, &body); err != nil {
			return err
		}
		c.Body = json.RawMessage(body)
		var err error
		c.At, err = time.Parse(time.RFC3339, at)
		out = append(out, c)
		return err
	})
	return out, s.explain("reading corrections", err)
}

// SetSpeaker names the speaker of a quotation, by Person.ID, whatever its
// chain is; "" gives the say back to the identities.
func (s *Store) SetSpeaker(quotation, person string) error {
	return s.writing("correcting "+quotation, func() error {
		key, err := s.KeyOf(quotation)
		if err != nil {
			return err
		}
		s.forgetEntry(key)
		if person == "" {
			_, err = s.exec("UPDATE quotation SET speaker = NULL WHERE n = ?", key)
			return err
		}
		n, err := s.personNumber(person)
		if err != nil {
			return err
		}
		_, err = s.exec("UPDATE quotation SET speaker = ? WHERE n = ?", n, key)
		return err
	})
}

// SetHidden takes a quotation out of every answer, or puts it back. The
// caller takes it out of its utterance first.
func (s *Store) SetHidden(quotation string, hidden bool) error {
	return s.writing("correcting "+quotation, func() error {
		key, err := s.KeyOf(quotation)
		if err != nil {
			return err
		}
		s.forgetEntry(key)
		_, err = s.exec("UPDATE quotation SET hidden = ? WHERE n = ?", hidden, key)
		return err
	})
}
