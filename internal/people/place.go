package people

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// Place says which person one more chain is, given the persons met so far,
// without looking at all the others. The person it returns is the one to keep:
// a new one, or a known one with what this chain adds. For whole names without
// namesakes it gives what Resolve gives; where later articles change the
// picture (a second person of the surname), Resolve has the last word.
func Place(s Seen, known Lookup) (record.Person, string, error) {
	k := Key(s.Name, s.Nature)
	if s.Nature == record.APerson && !strings.Contains(k, " ") {
		return placePart(s, k, known)
	}
	found, err := known.ByName(k)
	for i := 0; err == nil && len(found) == 0 && s.Nature == record.APerson && i < len(s.Aliases); i++ {
		if whole(s.Aliases[i]) { // the article calls the same person by a name that is known
			k = Key(s.Aliases[i], s.Nature)
			found, err = known.ByName(k)
		}
	}
	if err != nil {
		return record.Person{}, "", err
	}
	if len(found) == 0 {
		k = Key(s.Name, s.Nature)
	}
	id := IDOf(k, s.Nature)
	t := traitOf(&s)
	taken := 0
	for _, p := range found {
		if p.Nature != s.Nature || !goesBy(&p, k) {
			continue
		}
		taken++
		if !t.fits(trait{p.Gender, p.Middle}) {
			continue
		}
		reason := probably
		if s.Nature != record.APerson {
			reason = sameOrg
		}
		return grown(p, s), reason, nil
	}
	if taken > 0 {
		return newPerson(numbered(id, taken+1), s, fmt.Sprintf(namesake, t)), fmt.Sprintf(namesake, t), nil
	}
	if s.Nature == record.APerson {
		if p, reason, err := relative(s, known); err != nil || reason != "" {
			return p, reason, err
		}
	}
	reason := only
	if s.Nature != record.APerson {
		reason = sameOrg
	}
	return newPerson(id, s, reason), reason, nil
}

// relative finds the one person met so far whose name is another spelling of
// this one ("Greg", "Gregory"); reason is empty where there is none.
func relative(s Seen, known Lookup) (record.Person, string, error) {
	name, ok := partsOf(s.Name)
	if !ok {
		return record.Person{}, "", nil
	}
	found, err := known.ByName(name.last)
	if err != nil {
		return record.Person{}, "", err
	}
	var one record.Person
	reason := ""
	for _, p := range found {
		if p.Nature != record.APerson || !traitOf(&s).fits(trait{p.Gender, p.Middle}) || accompanies(&s, p) {
			continue
		}
		why, agrees := kinOf(name, p)
		if why == "" || !agrees {
			continue
		}
		if reason != "" {
			return record.Person{}, "", nil // it may be either
		}
		one, reason = grown(familiar(p, name, s.Name), s), why
		one.Reason = why
	}
	return one, reason, nil
}

// familiar calls a person by the short form of the name where that is the one
// that reports use too.
func familiar(p record.Person, name parsed, as string) record.Person {
	if o, ok := partsOf(p.Name); !ok || name.first == o.first || !shortOf(name.first, o.first) || name.suffix != "" {
		return p
	}
	p.Aliases = append(slices.Clone(p.Aliases), p.Name)
	p.Aliases = slices.DeleteFunc(p.Aliases, func(a string) bool { return a == as })
	p.Name = as
	return p
}

// goesBy tells whether one of a person's whole names has this key.
func goesBy(p *record.Person, key string) bool {
	return Key(p.Name, p.Nature) == key || slices.ContainsFunc(p.Aliases, func(a string) bool { return whole(a) && Key(a, p.Nature) == key })
}

// kinOf says why a name may be a person's, and whether none of the person's
// names is against it.
func kinOf(name parsed, p record.Person) (why string, agrees bool) {
	for _, n := range append([]string{p.Name}, p.Aliases...) {
		o, ok := partsOf(n)
		if !ok || o.last != name.last {
			continue
		}
		w := kin(name, o)
		if w == "" && o.first != name.first {
			return "", false
		}
		if why == "" {
			why = w
		}
	}
	return why, true
}

// accompanies tells that the article of s names a person besides s.
func accompanies(s *Seen, p record.Person) bool {
	for _, n := range s.Company {
		if k := Key(n, record.APerson); k == Key(p.Name, record.APerson) {
			return true
		}
	}
	return false
}

func placePart(s Seen, k string, known Lookup) (record.Person, string, error) {
	found, err := known.ByName(k)
	if err != nil {
		return record.Person{}, "", err
	}
	var fit, last []record.Person
	var kept *record.Person
	own := apart(&s)
	for _, p := range found {
		if p.ID == own {
			kept = &p
			continue
		}
		pk := Key(p.Name, p.Nature)
		if p.Nature != record.APerson || firstWord(pk) != k && lastWord(pk) != k || !traitOf(&s).fits(trait{p.Gender, ""}) || !strings.Contains(pk, " ") {
			continue
		}
		if lastWord(pk) == k {
			last = append(last, p)
		}
		in, err := known.InOutlet(p.ID, s.Outlet)
		if err != nil {
			return record.Person{}, "", err
		}
		if in && s.Outlet != "" {
			fit = append(fit, p)
		}
	}
	if len(fit) != 1 {
		if p, reason, err := widelyKnown(s, last, known); err != nil || reason != "" {
			return p, reason, err
		}
	}
	if kept != nil {
		return grown(*kept, s), kept.Reason, nil
	}
	switch len(fit) {
	case 1:
		return grown(fit[0], s), fmt.Sprintf(byPart, s.Outlet), nil
	case 0:
		return newPerson(own, s, unplaced), unplaced, nil
	}
	return newPerson(own, s, undecided), undecided, nil
}

// widelyKnown is the one of a surname whom it means in the days of s, where
// the Lookup can tell; reason is empty where there is none.
func widelyKnown(s Seen, last []record.Person, known Lookup) (record.Person, string, error) {
	fame, ok := known.(Fame)
	if !ok {
		return record.Person{}, "", nil
	}
	from, until := around(s.Published)
	var failed error
	best, reason := bestKnown(len(last), func(i int) (int, int) {
		reports, outlets, err := fame.NamedWhole(last[i].ID, from, until)
		failed = cmp.Or(failed, err)
		return reports, outlets
	})
	if failed != nil || best < 0 {
		return record.Person{}, "", failed
	}
	return grown(last[best], s), reason, nil
}

func newPerson(id string, s Seen, reason string) record.Person {
	p := record.Person{ID: id, Name: s.Name, Nature: s.Nature, Reason: reason}
	return grown(p, s)
}

// grown adds to a person what a chain tells.
func grown(p record.Person, s Seen) record.Person {
	p.Aliases = slices.Clone(p.Aliases)
	for _, a := range append([]string{s.Name}, s.Aliases...) {
		if a != p.Name && !slices.Contains(p.Aliases, a) {
			p.Aliases = append(p.Aliases, a)
		}
	}
	if p.Gender == record.UnknownGender {
		p.Gender = s.Gender
	}
	if p.Middle == "" && s.Nature == record.APerson {
		p.Middle = middleOf(s.Name)
	}
	return p
}
