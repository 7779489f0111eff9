package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"onrecord/internal/record"
)

// BenchmarkPut keeps reports of 6 KB with 23 quotations and nothing else.
func BenchmarkPut(b *testing.B) {
	s := fresh(b)
	v := newInventor(1)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		p, r := v.report(fmt.Sprintf("r%d", i), 23)
		b.StartTimer()
		put(b, s, p, r)
	}
	if err := s.Sync(context.Background()); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkReport is one whole report: quotations, people, look-ups, postings
// and a few links.
func BenchmarkReport(b *testing.B) {
	s := fresh(b)
	v := newInventor(2)
	for i := 0; b.Loop(); i++ {
		b.StopTimer()
		p, r := v.report(fmt.Sprintf("r%d", i), 23)
		b.StartTimer()
		if err := wholeReport(s, p, r); err != nil {
			b.Fatal(err)
		}
	}
}

// wholeReport does what the conductor does with a report.
func wholeReport(s *Store, p record.Page, r record.Reading) error {
	return s.Within(context.Background(), func() error {
		a, err := s.Put(context.Background(), p, r, Extra{})
		if err != nil || a.Outcome == Unchanged {
			return err
		}
		return placeAll(s, a, r)
	})
}

// placeAll stands in for the stages that follow the reading.
func placeAll(s *Store, a Added, r record.Reading) error {
	ids := map[int]string{}
	for _, c := range r.Chains {
		ids[c.ID] = "p-" + c.Name
		if err := s.PutPerson(record.Person{ID: ids[c.ID], Name: c.Name, Nature: c.Nature}); err != nil {
			return err
		}
	}
	if err := s.SetIdentities(a.Number, ids); err != nil {
		return err
	}
	own, err := s.Entries(a.Keys)
	if err != nil {
		return err
	}
	for _, e := range own {
		if err := placeEntry(s, e); err != nil {
			return err
		}
	}
	return nil
}

// placeEntry stands in for the tracer: it looks up, reads a few candidates,
// hangs exact repeats on the first, and posts.
func placeEntry(s *Store, e record.Entry) error {
	sh := shingles(e.Words)
	lists, err := s.Postings(sh)
	if err != nil {
		return err
	}
	var some []int64
	for _, l := range lists {
		if len(l) > 0 && len(some) < 4 {
			some = append(some, l[0])
		}
	}
	found, err := s.Entries(some)
	if err != nil {
		return err
	}
	for _, f := range found {
		if f.Words == e.Words && f.Key != e.Key {
			if err := s.SetLink(e.Key, &record.Link{Parent: f.Key, Relation: record.Same, Bits: 99, Rule: "the same words"}); err != nil {
				return err
			}
			break
		}
	}
	return s.AddPostings(e.Key, sh)
}

// BenchmarkPostings looks up the shingles of a report among those of 2,000
// that another process has posted.
func BenchmarkPostings(b *testing.B) {
	path := filepath.Join(b.TempDir(), "onrecord.db")
	s := open(b, path, Options{Create: true})
	v := newInventor(3)
	key := int64(0)
	for range 2000 {
		err := s.Within(context.Background(), func() error {
			for range 23 {
				key++
				if err := s.AddPostings(key, shingles(v.sentence(20))); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	s.Close()
	s = open(b, path, Options{ReadOnly: true})
	var asked [][]uint64
	for range 200 {
		asked = append(asked, shingles(v.sentence(20)))
	}
	for i := 0; b.Loop(); i += 23 {
		for j := range 23 {
			if _, err := s.Postings(asked[(i+j)%len(asked)]); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "onrecord.db")
	s := open(b, path, Options{Create: true})
	p, r := newInventor(4).report("r", 23)
	put(b, s, p, r)
	s.Close()
	for b.Loop() {
		s, err := Open(context.Background(), path, Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		s.Close()
	}
}
