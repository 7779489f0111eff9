package store

import (
	"slices"

	"onrecord/internal/record"
)

// PeopleCalled returns everybody one of whose names, whole or as its last
// word, is called so, without regard to case and diacritics, in order of id.
func (s *Store) PeopleCalled(name string) ([]record.Person, error) {
	f := fold(name)
	if f == "" {
		return nil, nil
	}
	ps, err := s.persons(`SELECT p.body FROM person_name x JOIN person p ON p.n = x.person WHERE x.folded = ? ORDER BY p.id`, f)
	return ps, s.explain("looking for "+name, err)
}

// InOutlet tells whether an article of the outlet speaks of the person.
func (s *Store) InOutlet(person, outlet string) (bool, error) {
	found, err := s.numbers(`SELECT 1 FROM identity i JOIN article a ON a.n = i.article
		WHERE i.person = (SELECT n FROM person WHERE id = ?) AND a.outlet = ? LIMIT 1`, person, outlet)
	return len(found) > 0, s.explain("looking for "+person, err)
}

// Version changes whenever somebody else has written to the store: what was
// remembered of it then holds no longer.
func (s *Store) Version() (int64, error) {
	var v int64
	err := s.one("PRAGMA data_version", nil, &v)
	return v, s.explain("looking at the store", err)
}

// FirstPrinted returns so many of the keys at most, those printed first: by
// date of print, the undated last, then by report and place.
func (s *Store) FirstPrinted(keys []int64, most int) (out []int64, err error) {
	err = s.looking(func() error { out, err = s.firstKeys(keys, most); return err })
	return out, s.explain("reading quotations", err)
}

func (s *Store) firstKeys(keys []int64, most int) ([]int64, error) {
	of := map[int64][]int64{}
	var articles []int64
	for _, key := range slices.Sorted(slices.Values(keys)) {
		n := articleOf(key)
		if of[n] == nil {
			articles = append(articles, n)
		}
		of[n] = append(of[n], key)
	}
	first, err := s.firstArticles(articles, most)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, n := range first {
		out = append(out, of[n]...)
	}
	return out[:min(most, len(out))], nil
}

// walked is how many articles are gone through in the order of print in search
// of some of them, before each of those is looked up instead.
const walked = 4000

// firstArticles returns so many of the articles at most, in the order of
// print. Many of them are met soon on the way through all; few are sorted.
func (s *Store) firstArticles(articles []int64, most int) ([]int64, error) {
	if len(articles) > walked/4 {
		among := make(map[int64]bool, len(articles))
		for _, n := range articles {
			among[n] = true
		}
		all, err := s.numbers("SELECT n FROM article WHERE published IS NOT NULL ORDER BY published, id LIMIT ?", walked)
		if err != nil {
			return nil, err
		}
		all = slices.DeleteFunc(all, func(n int64) bool { return !among[n] })
		if len(all) >= most {
			return all[:most], nil
		}
	}
	return s.numbers(`SELECT n FROM article WHERE n IN (SELECT value FROM json_each(?))
		ORDER BY published IS NULL, published, id LIMIT ?`, jsonList(articles), most)
}
