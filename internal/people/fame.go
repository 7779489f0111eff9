package people

import (
	"fmt"
	"slices"
	"time"

	"onrecord/internal/record"
)

// A surname alone, in an outlet that never gives the whole name, is that of
// somebody everybody knows: the one of that name whom the reports of those
// days name whole, if no other of the name comes near. The numbers were chosen
// on invented reports and checked on reports of one story by several outlets.
const (
	fameDays    = 15 // to either side
	fameReports = 2
	fameOutlets = 2
	fameLead    = 5 // times as many reports as of anybody else of the name
	famous      = "probably the same: named whole in %d reports of %d outlets of those days, nobody else of this name in a fifth as many"
)

// sighting is one report that names somebody whole.
type sighting struct {
	day    time.Time
	outlet string
}

// Fame is what a Lookup may know besides: in how many reports, of how many
// outlets, a person is named whole round a day; at any time where it is zero.
type Fame interface {
	NamedWhole(person string, from, until time.Time) (reports, outlets int, err error)
}

// around is the interval in which fame counts.
func around(w record.When) (from, until time.Time) {
	day := w.From
	if day.IsZero() {
		day = w.Until
	}
	if day.IsZero() {
		return day, day
	}
	return day.AddDate(0, 0, -fameDays), day.AddDate(0, 0, fameDays+1)
}

// bestKnown picks, among persons of one surname, the one that is by far the
// best known; -1: none is. count tells reports and outlets of each.
func bestKnown(n int, count func(i int) (reports, outlets int)) (best int, reason string) {
	best = -1
	top, places, second := 0, 0, 0
	for i := range n {
		reports, outlets := count(i)
		if reports > top {
			second = top
			best, top, places = i, reports, outlets
		} else {
			second = max(second, reports)
		}
	}
	if top < fameReports || places < fameOutlets || second*fameLead > top {
		return -1, ""
	}
	return best, fmt.Sprintf(famous, top, places)
}

// wellKnown is the person whom a surname alone means in the days of s.
func (r *resolver) wellKnown(k string, s *Seen) (person, reason string) {
	var ids []string
	for _, id := range r.last[k] {
		if r.fitsPerson(id, s) {
			ids = append(ids, id)
		}
	}
	from, until := around(s.Published)
	best, reason := bestKnown(len(ids), func(i int) (int, int) { return counted(r.sighted[ids[i]], from, until) })
	if best < 0 {
		return "", ""
	}
	return ids[best], reason
}

// counted is how many sightings lie in [from, until), and of how many outlets.
func counted(all []sighting, from, until time.Time) (reports, outlets int) {
	var names []string
	for _, s := range all {
		if !from.IsZero() && (s.day.Before(from) || !s.day.Before(until)) {
			continue
		}
		reports++
		if !slices.Contains(names, s.outlet) {
			names = append(names, s.outlet)
		}
	}
	return reports, len(names)
}
