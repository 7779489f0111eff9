package read

import (
	"encoding/json"
	"fmt"
	"slices"

	"onrecord/internal/record"
	"onrecord/internal/store"
)

// Index is a store as the tracer sees it: its quotations together with what
// people have said about which of them are not the same utterance.
type Index struct {
	*store.Store
	apart map[string][]string // quotation id -> ids of quotations it is kept apart from
}

// NewIndex reads the corrections that concern the tracer.
func NewIndex(s *store.Store) (*Index, error) {
	ix := &Index{Store: s}
	return ix, ix.refresh()
}

func (ix *Index) refresh() error {
	list, err := Corrections(ix.Store)
	if err != nil {
		return err
	}
	ix.apart = map[string][]string{}
	for _, c := range list {
		if c.Kind != store.NotSameUtterance || c.Undone {
			continue
		}
		ix.apart[c.Quotation] = append(ix.apart[c.Quotation], c.Other)
		ix.apart[c.Other] = append(ix.apart[c.Other], c.Quotation)
	}
	return nil
}

// Entries are the store's entries, each with what it is kept apart from.
func (ix *Index) Entries(keys []int64) ([]record.Entry, error) {
	entries, err := ix.Store.Entries(keys)
	if err != nil || len(ix.apart) == 0 {
		return entries, err
	}
	for i := range entries {
		entries[i].Apart = slices.Clone(ix.apart[entries[i].Quotation])
	}
	return entries, nil
}

// Correction is what a person has put right, with its operands.
type Correction struct {
	store.Correction `json:"-"`
	Undone           bool     `json:"-"`                   // a later correction took it back
	Person           string   `json:"person,omitempty"`    // merge: the one that stays; split: the one that is split
	Same             string   `json:"same,omitempty"`      // merge: the one that is the same person
	Articles         []string `json:"articles,omitempty"`  // split: where it is somebody else
	Quotation        string   `json:"quotation,omitempty"` // the one that is wrong
	Speaker          string   `json:"speaker,omitempty"`   // the right speaker's name
	Other            string   `json:"other,omitempty"`     // the quotation that is another utterance
	Of               int64    `json:"of,omitempty"`        // undo: the number of the correction
}

// Corrections lists what people have put right, in order, with what has been
// taken back marked so.
func Corrections(s *store.Store) ([]Correction, error) {
	kept, err := s.Corrections()
	if err != nil {
		return nil, err
	}
	list := make([]Correction, len(kept))
	at := map[int64]int{}
	for i, c := range kept {
		list[i].Correction = c
		if err := json.Unmarshal(c.Body, &list[i]); err != nil {
			return nil, fmt.Errorf("reading correction %d: %w", c.Seq, err)
		}
		at[c.Seq] = i
	}
	// The last word counts: what undoes something may itself be undone.
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].Kind == store.Undo && !list[i].Undone {
			if j, ok := at[list[i].Of]; ok && j < i {
				list[j].Undone = true
			}
		}
	}
	return list, nil
}
