package eval

import (
	"slices"
	"strings"

	"onrecord/internal/record"
)

// trace places both documents and scores utterances, the paraphrase and the
// clarification.
func (c *seedCase) trace(r *run) error {
	tr := r.Tracer()
	for _, e := range Entries(c.readings, r.Sum) {
		if err := tr.Place(e); err != nil {
			return err
		}
	}
	utterances, err := tr.Utterances()
	if err != nil {
		return err
	}
	of := map[string]*record.Utterance{}
	for i := range utterances {
		for _, v := range utterances[i].Variants {
			of[v.Entry.Quotation] = &utterances[i]
		}
	}
	expected := map[*record.Utterance]bool{}
	for _, g := range c.gold.Utterances {
		u := of[c.is[g.Fullest]]
		if u == nil {
			c.judge("members", g.ID, false, strings.Join(g.Members, " "), "")
			c.judge("fullest", g.ID, false, g.Fullest, "")
			continue
		}
		expected[u] = true
		want, got := slices.Sorted(slices.Values(g.Members)), c.members(u, false)
		c.judge("members", g.ID, slices.Equal(want, got), strings.Join(want, " "), strings.Join(got, " "))
		c.judge("fullest", g.ID, u.Fullest == c.is[g.Fullest], g.Fullest, c.named[u.Fullest])
	}
	c.paraphrases(of)
	for i := range utterances {
		if u := &utterances[i]; !expected[u] {
			all := slices.Concat(c.members(u, false), c.members(u, true))
			c.judge("no other link", u.ID, len(all) < 2, "", strings.Join(all, " "))
		}
	}
	c.clarifications(utterances, of)
	return nil
}

// paraphrases scores the reports that must hang on direct words, and asks that
// nothing else does.
func (c *seedCase) paraphrases(of map[string]*record.Utterance) {
	want := map[string]bool{}
	for _, g := range c.gold.Paraphrases {
		u := of[c.is[g.Members[0]]]
		got := ""
		if u != nil {
			got = strings.Join(c.members(u, true), " ")
		}
		for _, m := range g.Members[1:] {
			want[m] = true
			found := u != nil && slices.Contains(c.members(u, true), m)
			c.judge("paraphrase", g.Members[0], found, m, got)
		}
	}
	var ids []string
	for id, u := range of {
		if slices.Contains(c.members(u, true), c.named[id]) && !want[c.named[id]] {
			ids = append(ids, c.named[id])
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		c.judge("paraphrase", id, false, "no paraphrase", id)
	}
}

// clarifications scores the later words, and asks that there are no others.
func (c *seedCase) clarifications(utterances []record.Utterance, of map[string]*record.Utterance) {
	type answer struct{ by, of string }
	wanted := map[answer]bool{}
	for _, g := range c.gold.Clarifications {
		u := of[c.is[g.Of]]
		got, found := "", false
		if u != nil {
			for _, cl := range u.Clarifications {
				got += " " + c.named[cl.Entry.Quotation]
				found = found || cl.Entry.Quotation == c.is[g.By]
			}
			wanted[answer{c.is[g.By], u.ID}] = true
		}
		c.judge("clarification", g.Of, found, g.By, strings.TrimSpace(got))
	}
	for _, u := range utterances {
		for _, cl := range u.Clarifications {
			if !wanted[answer{cl.Entry.Quotation, u.ID}] {
				c.judge("clarification", c.named[cl.Of], false, "none", c.named[cl.Entry.Quotation])
			}
		}
	}
}

// members are the gold ids of an utterance's members, sorted: those that
// repeat the words, or those that report them.
func (c *seedCase) members(u *record.Utterance, reported bool) []string {
	var out []string
	for _, v := range u.Variants {
		if (v.Relation == record.Paraphrased) == reported {
			out = append(out, c.named[v.Entry.Quotation])
		}
	}
	slices.Sort(out)
	return out
}
