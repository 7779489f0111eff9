package store

import "onrecord/internal/record"

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
// date of print, the undated last, then by the quotation's id.
func (s *Store) FirstPrinted(keys []int64, most int) (out []int64, err error) {
	err = s.looking(func() error {
		out, err = s.numbers(`SELECT k.value FROM json_each(?) k JOIN article a ON a.n = k.value >> 20
			ORDER BY a.published IS NULL, a.published, a.id || ':', k.value & 1048575 LIMIT ?`, jsonList(keys), most)
		return err
	})
	return out, s.explain("reading quotations", err)
}
