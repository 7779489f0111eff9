package store

// OutletsNamed returns the names of kept outlets that hold the word, whatever
// its case, in order.
func (s *Store) OutletsNamed(word string) ([]string, error) {
	var names []string
	err := s.each("SELECT name FROM outlet WHERE instr(lower(name), lower(?)) > 0 ORDER BY name", []any{word},
		func(scan func(...any) error) error {
			var name string
			if err := scan(&name); err != nil {
				return err
			}
			names = append(names, name)
			return nil
		})
	return names, s.explain("looking for outlets named "+word, err)
}
