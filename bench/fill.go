//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"onrecord/internal/people"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

// filler keeps made-up reports in a store as the program does, but for one
// thing: the tracer has its index in memory, and what it links and posts is
// written to the store. The store that comes out is the same.
type filler struct {
	*store.Store
	known  *trace.Memory
	poster *trace.Placer
}

// atOnce is how many reports one transaction keeps.
const atOnce = 500

// poster is an index that finds nothing: placing in it only posts.
type poster struct{ *store.Store }

func (poster) Postings(shingles []uint64) ([][]int64, error) {
	return make([][]int64, len(shingles)), nil
}
func (poster) SetLink(int64, *trace.Link) error     { return nil }
func (poster) Link(int64) (trace.Link, bool, error) { return trace.Link{}, false, nil }

// trace finds the utterance of an entry.
func (f *filler) trace(e record.Entry) error {
	f.known.Put(e)
	touched, err := trace.Place(f.known, e)
	if err != nil {
		return err
	}
	for _, key := range touched {
		l, ok, err := f.known.Link(key)
		if err != nil {
			return err
		}
		if !ok {
			err = f.SetLink(key, nil)
		} else {
			err = f.SetLink(key, &l)
		}
		if err != nil {
			return err
		}
	}
	_, err = f.poster.Place(e)
	return err
}

// fill makes the store at path and keeps all of the world's reports in it.
func fill(ctx context.Context, w *world, path string, progress io.Writer) (err error) {
	db, err := store.Open(ctx, path, store.Options{Create: true})
	if err != nil {
		return err
	}
	defer func() {
		if e := db.Close(); err == nil {
			err = e
		}
	}()
	f := &filler{Store: db, known: trace.NewMemory(), poster: trace.NewPlacer(poster{db})}
	if err := db.Within(ctx, func() error { return f.people(w) }); err != nil {
		return err
	}
	began := time.Now()
	for tenth := max(w.size/10, 1); w.made < w.size; {
		err := db.Within(ctx, func() error {
			for range min(atOnce, w.size-w.made) {
				if err := f.keep(ctx, w); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if w.made%tenth < atOnce {
			fmt.Fprintf(progress, "%d of %d reports, %.0f s\n", w.made, w.size, time.Since(began).Seconds())
		}
	}
	return saveQuestions(path, w.asked.questions(w))
}

func personID(name string) string {
	return people.IDOf(people.Key(name, record.APerson), record.APerson)
}

func (f *filler) people(w *world) error {
	for _, name := range w.people {
		if err := f.PutPerson(record.Person{ID: personID(name), Name: name, Nature: record.APerson, Reason: "made up"}); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps one report: the page and its reading, who the people are, and
// which utterances its quotations belong to.
func (f *filler) keep(ctx context.Context, w *world) error {
	p := w.report()
	added, err := f.Put(ctx, p.Page, p.Reading, store.Extra{Sum: p.Sum})
	if err != nil {
		return err
	}
	ids := map[int]string{}
	for _, c := range p.Reading.Chains {
		ids[c.ID] = personID(c.Name)
	}
	if err := f.SetIdentities(added.Number, ids); err != nil {
		return err
	}
	entries, err := f.Entries(added.Keys)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := f.trace(e); err != nil {
			return err
		}
	}
	return nil
}

func saveQuestions(path string, list []question) error {
	b, err := json.Marshal(list)
	if err != nil {
		return err
	}
	return os.WriteFile(path+".asked", b, 0o644)
}

func loadQuestions(path string) (list []question, err error) {
	b, err := os.ReadFile(path + ".asked")
	if err != nil {
		return nil, err
	}
	return list, json.Unmarshal(b, &list)
}
