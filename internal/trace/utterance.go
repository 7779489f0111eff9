package trace

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// ID names an utterance after its earliest quotation. Every member's name
// leads to the utterance that now holds it, so old names redirect.
func ID(quotation string) string {
	sum := sha256.Sum256([]byte(quotation))
	return "u" + hex.EncodeToString(sum[:5])
}

// Root climbs from a quotation to the one at the top of its tree.
func Root(ix Index, key int64) (int64, error) {
	for {
		l, ok, err := ix.Link(key)
		if err != nil || !ok {
			return key, err
		}
		key = l.Parent
	}
}

// Members returns the keys of all quotations of key's utterance, ascending.
func Members(ix Index, key int64) ([]int64, error) {
	root, err := Root(ix, key)
	if err != nil {
		return nil, err
	}
	keys := []int64{root}
	for i := 0; i < len(keys); i++ {
		children, err := ix.Children(keys[i])
		if err != nil {
			return nil, err
		}
		keys = append(keys, children...)
	}
	slices.Sort(keys)
	return keys, nil
}

// Utterance puts together the utterance that the quotation key belongs to,
// with what its speaker said later about it.
func Utterance(ix Index, key int64) (record.Utterance, error) {
	return NewLookback(ix).Utterance(key)
}

// Utterance is the function of that name.
func (l *Lookback) Utterance(key int64) (record.Utterance, error) {
	ix := l.ix
	members, err := memberItems(ix, key)
	if err != nil || len(members) == 0 {
		return record.Utterance{}, err
	}
	u, best, err := putTogether(ix, members)
	if err != nil {
		return record.Utterance{}, err
	}
	if u.Clarifications, err = l.clarifications(members); err != nil {
		return record.Utterance{}, err
	}
	again, err := repetitions(ix, members, best)
	if err != nil {
		return record.Utterance{}, err
	}
	for _, r := range again {
		if !slices.ContainsFunc(u.Clarifications, func(c record.Clarification) bool { return c.Entry.Key == r.Entry.Key }) {
			u.Clarifications = append(u.Clarifications, r)
		}
	}
	sortClarifications(u.Clarifications)
	return u, nil
}

// IDOf is the id of the utterance that the quotation key belongs to, "" where
// it has no words.
func IDOf(ix Index, key int64) (string, error) {
	members, err := memberItems(ix, key)
	if err != nil || len(members) == 0 {
		return "", err
	}
	return ID(earliest(members).Quotation), nil
}

// putTogether lays the members, the earliest first, over the fullest of them.
func putTogether(ix Index, members []*item) (record.Utterance, *item, error) {
	o, err := findOrigins(ix, members)
	if err != nil {
		return record.Utterance{}, nil, err
	}
	best, err := fullest(ix, o)
	if err != nil {
		return record.Utterance{}, nil, err
	}
	first := earliest(members)
	u := record.Utterance{Fullest: best.Quotation, Earliest: first.Quotation, ID: ID(first.Quotation)}
	if err := layVariants(ix, &u, members, best); err != nil {
		return record.Utterance{}, nil, err
	}
	nameSpeaker(&u, members, best)
	return u, best, o.tell(&u)
}

// memberItems loads the members, the earliest printed first.
func memberItems(ix Index, key int64) ([]*item, error) {
	keys, err := Members(ix, key)
	if err != nil {
		return nil, err
	}
	items, err := addItems(ix, nil, keys)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(items, func(a, b *item) int { return compareEntries(a.Entry, b.Entry) })
	return items, nil
}

// earliest is the member printed first; within the first report the body's
// words come before the headline made of them, and more words before fewer.
func earliest(members []*item) *item {
	first := members[0]
	for _, m := range members[1:] {
		if m.Article != first.Article {
			continue
		}
		if c := cmp.Compare(headlined(m), headlined(first)); c < 0 || c == 0 && m.text.Len() > first.text.Len() {
			first = m
		}
	}
	return first
}

func headlined(m *item) int {
	if m.Where == record.InHeadline {
		return 1
	}
	return 0
}

// layVariants lays every member over the fullest wording.
func layVariants(ix Index, u *record.Utterance, members []*item, best *item) error {
	for i, m := range members {
		v := record.Variant{Entry: *m.Entry, Relation: record.Same, Change: record.Verbatim}
		link, linked, err := ix.Link(m.Key)
		if err != nil {
			return err
		}
		if linked {
			v.Bits = link.Bits
			if at := slices.IndexFunc(members, func(o *item) bool { return o.Key == link.Parent }); at >= 0 {
				v.Parent = members[at].Quotation
			}
		}
		switch {
		case m == best:
			v.Reason = record.Reason{Rule: "the fullest wording", Score: 1}
		case linked:
			v.Reason = record.Reason{Rule: link.Rule, Score: min(1, link.Bits/80)}
		default:
			v.Reason = record.Reason{Rule: "others repeat it", Score: 1}
		}
		if m != best {
			c := compare(m.text, best.text, sameWord)
			layOver(&v, m, best, &c)
			if err := runsOn(ix, &v, m, &c, members); err != nil {
				return err
			}
		}
		v.Copy = slices.ContainsFunc(members[:i], func(o *item) bool { return copies(m.Entry, o.Entry) })
		u.Variants = append(u.Variants, v)
	}
	return nil
}

// runsOn looks whether an altered wording runs on with words of another
// utterance.
func runsOn(ix Index, v *record.Variant, m *item, c *comparison, members []*item) error {
	if v.Relation == record.Paraphrased || c.worst() != altering {
		return nil
	}
	other, err := splicedWith(ix, m, c, members)
	if err != nil || other == nil {
		return err
	}
	v.Relation, v.Change = record.Stitched, graver(v.Change, record.Splice)
	v.Alarms = joinAlarms(v.Alarms, other.c.alarms())
	v.Reason.Rule += "; it runs on with other words, " + other.Quotation
	return nil
}

// extends tells whether the wording differs from the fullest only in going on
// beyond one of its ends: it is a cut of something longer that nobody printed
// whole.
func extends(c *comparison) bool {
	beyond := false
	for i := range c.diffs {
		d := &c.diffs[i]
		if d.harm != altering {
			continue
		}
		if d.Op != record.Insert || d.a0 > 0 && d.a1 < c.here.Len() {
			return false
		}
		beyond = true
	}
	return beyond
}

// copies tells whether two entries come from one text: the same report, an
// edition of the same page, or a wire copy.
func copies(x, y *record.Entry) bool {
	if x.Article == y.Article && x.Article != "" || x.Page == y.Page && x.Page != "" {
		return false // one report, not a copy of another
	}
	return record.Near(x.ArticleSum, y.ArticleSum)
}

// nameSpeaker takes the person that most independent members name, and the
// longest of that person's names.
func nameSpeaker(u *record.Utterance, members []*item, best *item) {
	n := map[string]int{}
	for _, m := range members {
		if m.Person != "" {
			n[m.Person]++
		}
	}
	u.Person = best.Person
	for _, m := range members {
		if n[m.Person] > n[u.Person] {
			u.Person = m.Person
		}
	}
	u.Speaker = best.Speaker
	called := map[string]int{}
	for _, m := range members {
		if m.Person == u.Person && (u.Speaker == "" || m.Person != best.Person || sameName(m.Speaker, u.Speaker)) {
			called[m.Speaker]++
		}
	}
	for _, name := range slices.Sorted(maps.Keys(called)) {
		if betterName(name, u.Speaker, called) {
			u.Speaker = name
		}
	}
	u.Venue, u.Medium = best.Venue, best.Medium
	for _, m := range members {
		// "a podcast" is the podcast that another report names.
		if u.Venue == "" || isBare(u.Venue) && !isBare(m.Venue) && m.Medium == u.Medium {
			u.Venue, u.Medium = m.Venue, m.Medium
		}
	}
}

// isBare tells a venue that has no name: "podcast", "a statement".
func isBare(venue string) bool { return strings.ToLower(venue) == venue }

// betterName tells whether one name is better to call a speaker by than another: a
// whole name than a part of one, then the one that more reports use, then the
// longer.
func betterName(a, b string, called map[string]int) bool {
	wa, wb := strings.Contains(a, " "), strings.Contains(b, " ")
	if wa != wb {
		return wa
	}
	return cmp.Or(cmp.Compare(called[a], called[b]), cmp.Compare(len(a), len(b))) > 0
}
