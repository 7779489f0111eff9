package store

import (
	"cmp"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"onrecord/internal/record"
)

// How a name leads to a person, best first.
const (
	byName = iota
	byAlias
	byLastWord
)

// fold makes two spellings of a name equal: lower case, no diacritics, no
// points, one space between words.
func fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '.':
		case r == '’':
			b.WriteByte('\'')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// PutPerson keeps a person, or what is known of one by now.
func (s *Store) PutPerson(p record.Person) error {
	return s.writing("keeping "+p.Name, func() error {
		body := encode([]byte{}, &p)
		var n int64
		var old []byte
		err := s.one("SELECT n, body FROM person WHERE id = ?", []any{p.ID}, &n, &old)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			res, err := s.exec("INSERT INTO person (id, name, body) VALUES (?,?,?)", p.ID, p.Name, body)
			if err != nil {
				return err
			}
			if n, err = res.LastInsertId(); err != nil {
				return err
			}
		case err != nil:
			return err
		case string(old) == string(body):
			return nil
		default:
			if _, err := s.exec("UPDATE person SET name = ?, body = ? WHERE n = ?", p.Name, body, n); err != nil {
				return err
			}
			if _, err := s.exec("DELETE FROM person_name WHERE person = ?", n); err != nil {
				return err
			}
		}
		return s.nameRows(n, p)
	})
}

func (s *Store) nameRows(n int64, p record.Person) error {
	kinds := map[string]int{}
	note := func(folded string, kind int) {
		if old, ok := kinds[folded]; folded != "" && (!ok || kind < old) {
			kinds[folded] = kind
		}
	}
	for i, name := range append([]string{p.Name}, p.Aliases...) {
		f := fold(name)
		note(f, min(i, byAlias))
		note(f[strings.LastIndexByte(f, ' ')+1:], byLastWord)
	}
	for _, f := range slices.Sorted(maps.Keys(kinds)) {
		if _, err := s.exec("INSERT INTO person_name (folded, person, kind) VALUES (?,?,?)", f, n, kinds[f]); err != nil {
			return err
		}
	}
	return nil
}

// Person returns one person by id.
func (s *Store) Person(id string) (record.Person, error) {
	ps, err := s.persons("SELECT body FROM person WHERE id = ?", id)
	if err == nil && len(ps) == 0 {
		err = s.notFound("person", id)
	}
	if err != nil {
		return record.Person{}, s.explain("looking for "+id, err)
	}
	return ps[0], nil
}

// PeopleNamed finds people by what they may be called, without regard to case
// and diacritics, best first: the name, an alias, the last name, the beginning
// of any of these; within one sort who is quoted more comes first. Only the
// best sort is returned: "Mara Voss" is not also everybody called Voss.
func (s *Store) PeopleNamed(name string) ([]record.Person, error) {
	f := fold(name)
	if f == "" {
		return nil, nil
	}
	type hit struct{ n, kind, quoted int64 }
	var hits []hit
	collect := func(scan func(...any) error) error {
		var h hit
		if err := scan(&h.n, &h.kind, &h.quoted); err != nil {
			return err
		}
		hits = append(hits, h)
		return nil
	}
	const count = `(SELECT coalesce(sum(said), 0) FROM identity i WHERE i.person = x.person)`
	err := s.each(`SELECT x.person, x.kind, `+count+` FROM person_name x WHERE x.folded = ?`, []any{f}, collect)
	if err == nil && len(hits) == 0 {
		err = s.each(`SELECT x.person, min(x.kind), `+count+` FROM person_name x WHERE x.folded >= ? AND x.folded < ? GROUP BY x.person`,
			[]any{f, f + "\U0010ffff"}, collect)
	}
	if err != nil {
		return nil, s.explain("looking for "+name, err)
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(b.quoted, a.quoted), cmp.Compare(a.n, b.n))
	})
	var out []record.Person
	for _, h := range hits {
		if h.kind != hits[0].kind {
			break
		}
		ps, err := s.persons("SELECT body FROM person WHERE n = ?", h.n)
		if err != nil {
			return nil, s.explain("looking for "+name, err)
		}
		out = append(out, ps...)
	}
	return out, nil
}

func (s *Store) persons(q string, args ...any) ([]record.Person, error) {
	var out []record.Person
	err := s.each(q, args, func(scan func(...any) error) error {
		var body []byte
		if err := scan(&body); err != nil {
			return err
		}
		var p record.Person
		if err := decode(body, &p); err != nil {
			return damaged(s.path, err)
		}
		out = append(out, p)
		return nil
	})
	return out, err
}

// Place names a chain of an article, by number.
type Place struct {
	Article int64
	Chain   int
}

// ChainsOf returns the chains that are a person, in order of arrival.
func (s *Store) ChainsOf(person string) ([]Place, error) {
	var out []Place
	err := s.each(`SELECT article, chain FROM identity WHERE person = (SELECT n FROM person WHERE id = ?) ORDER BY article, chain`,
		[]any{person}, func(scan func(...any) error) error {
			var p Place
			err := scan(&p.Article, &p.Chain)
			out = append(out, p)
			return err
		})
	return out, s.explain("looking for "+person, err)
}

// Identities returns which person each chain of an article is.
func (s *Store) Identities(article int64) (map[int]string, error) {
	out := map[int]string{}
	err := s.each(`SELECT i.chain, p.id FROM identity i JOIN person p ON p.n = i.person WHERE i.article = ?`, []any{article},
		func(scan func(...any) error) error {
			var chain int
			var id string
			err := scan(&chain, &id)
			out[chain] = id
			return err
		})
	return out, s.explain("reading identities", err)
}

// SetIdentities says which persons the chains of an article are, in place of
// what was said before. Speakers follow, but for those that a correction has
// named. The persons must be kept already.
func (s *Store) SetIdentities(article int64, persons map[int]string) error {
	return s.writing("keeping identities", func() error {
		if _, err := s.exec("DELETE FROM identity WHERE article = ?", article); err != nil {
			return err
		}
		said, err := s.saidBy(article)
		if err != nil {
			return err
		}
		for _, chain := range slices.Sorted(maps.Keys(persons)) {
			n, err := s.personNumber(persons[chain])
			if err != nil {
				return err
			}
			if _, err := s.exec("INSERT INTO identity (article, chain, person, said) VALUES (?,?,?,?)", article, chain, n, said[chain]); err != nil {
				return err
			}
		}
		return s.forgetArticle(article)
	})
}

// saidBy counts an article's quotations by the speaker's chain.
func (s *Store) saidBy(article int64) (map[int]int, error) {
	out := map[int]int{}
	if fresh, ok := s.recent.fresh[article]; ok {
		for i := range fresh {
			if sp := fresh[i].Quotation.Speaker; sp != nil && sp.Chain != record.NoChain {
				out[sp.Chain]++
			}
		}
		return out, nil
	}
	err := s.each("SELECT chain, count(*) FROM quotation WHERE n > ? AND n < ? AND chain IS NOT NULL GROUP BY chain",
		[]any{article << keyBits, (article + 1) << keyBits}, func(scan func(...any) error) error {
			var chain, n int
			err := scan(&chain, &n)
			out[chain] = n
			return err
		})
	return out, err
}

func (s *Store) personNumber(id string) (int64, error) {
	var n int64
	err := s.one("SELECT n FROM person WHERE id = ?", []any{id}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, s.notFound("person", id)
	}
	return n, err
}

// DropPeople forgets all persons and identities, so that the people stage can
// run again alone. Run it and what follows inside one Within.
func (s *Store) DropPeople() error {
	return s.writing("dropping people", func() error {
		s.recent = entries{}
		for _, q := range []string{
			"UPDATE quotation SET speaker = NULL WHERE speaker IS NOT NULL",
			"DELETE FROM identity", "DELETE FROM person_name", "DELETE FROM person",
		} {
			if _, err := s.exec(q); err != nil {
				return err
			}
		}
		return nil
	})
}

// Speaks tells whether a correction names the person as the speaker of a
// quotation.
func (s *Store) Speaks(id string) (bool, error) {
	var n int
	err := s.one("SELECT count(*) FROM quotation WHERE speaker = (SELECT n FROM person WHERE id = ?)", []any{id}, &n)
	return n > 0, s.explain("looking for "+id, err)
}

// DropPerson forgets a person that no chain and no quotation leads to.
func (s *Store) DropPerson(id string) error {
	return s.writing("dropping "+id, func() error {
		n, err := s.personNumber(id)
		if err != nil {
			return err
		}
		if _, err := s.exec("DELETE FROM person_name WHERE person = ?", n); err != nil {
			return err
		}
		_, err = s.exec("DELETE FROM person WHERE n = ?", n)
		return err
	})
}
