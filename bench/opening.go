//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onrecord/internal/record"
	"onrecord/internal/store"
)

const (
	rowsEach     = 1000 // quotations of one report
	shinglesEach = 20   // … and the shingles each is posted under
)

// opening makes a store of so many short quotations, posted as the tracer
// posts them, and measures what opening it takes until the first look-up.
func opening(s settings) error {
	dir, err := os.MkdirTemp("", "onrecord-opening-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "onrecord.db")
	if err := rows(s, path); err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	fmt.Printf("| quotations | GB on disk | open and first look-up, ms | from the disk, ms |\n|---|---|---|---|\n| %d | %.1f |", s.quotations, float64(info.Size())/1e9)
	for _, cold := range []bool{false, true} {
		var took []float64
		for range 5 {
			if cold {
				dropCache(path)
			}
			began := time.Now()
			db, err := store.Open(s.ctx, path, store.Options{ReadOnly: true})
			if err != nil {
				return err
			}
			if _, err := db.Postings([]uint64{rand.Uint64(), rand.Uint64()}); err != nil {
				return err
			}
			took = append(took, time.Since(began).Seconds()*1e3)
			if err := db.Close(); err != nil {
				return err
			}
		}
		fmt.Printf(" %.0f |", median(took))
	}
	fmt.Println()
	return nil
}

// rows fills the store.
func rows(s settings, path string) error {
	db, err := store.Open(s.ctx, path, store.Options{Create: true})
	if err != nil {
		return err
	}
	rng := rand.New(rand.NewPCG(5, 5))
	shingles := make([]uint64, shinglesEach)
	for made := 0; made < s.quotations; made += rowsEach {
		p, r := shortRows(rng, made)
		err := db.Within(s.ctx, func() error {
			added, err := db.Put(s.ctx, p, r, store.Extra{})
			if err != nil {
				return err
			}
			for _, key := range added.Keys {
				for i := range shingles {
					shingles[i] = rng.Uint64()
				}
				if err := db.AddPostings(key, shingles); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if done := made + rowsEach; done%(s.quotations/10/rowsEach*rowsEach+rowsEach) == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d quotations\n", done, s.quotations)
		}
	}
	return db.Close()
}

// shortRows is a report of many quotations of three words.
func shortRows(rng *rand.Rand, n int) (record.Page, record.Reading) {
	var text strings.Builder
	var r record.Reading
	for range rowsEach {
		text.WriteString("“")
		at := record.Span{Start: text.Len()}
		fmt.Fprintf(&text, "w%d w%d w%d", rng.IntN(9999), rng.IntN(9999), rng.IntN(9999))
		at.End = text.Len()
		text.WriteString("” ")
		r.Quotations = append(r.Quotations, record.Quotation{Kind: record.Direct, Act: record.Speech, Where: record.InBody, Parts: []record.Span{at}})
	}
	id := fmt.Sprintf("rows%d", n)
	r.Article = record.Article{ID: id, Page: id, Text: text.String()}
	return record.Page{ID: id, Form: record.PlainText, Bytes: []byte(text.String()), Origin: id}, r
}
