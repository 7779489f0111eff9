package attribute

import (
	"slices"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// owner finds who speaks in words that name a thing of theirs: "Boehner's",
// "the statement from Kelly", "his latest tweet". The thing has to be a written
// one, and a single person or body be mentioned in its name.
func (r *resolver) owner(s record.Span) (int, bool) {
	words := s.Of(r.d.Text)
	for _, clitic := range []string{"’s", "'s"} {
		if rest, ok := strings.CutSuffix(words, clitic); ok {
			chain, _, found := r.head(record.Span{Start: s.Start, End: s.Start + len(rest)})
			return chain, found
		}
	}
	if !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return papers(r.d.Lang)[w] }) {
		return 0, false
	}
	owner := record.NoChain
	for _, h := range r.index.In(s) {
		if owner != record.NoChain && owner != h.Chain {
			return 0, false
		}
		owner = h.Chain
	}
	return owner, owner != record.NoChain && r.named(owner)
}

var (
	papersMu sync.Mutex
	papersBy = map[string]map[string]bool{}
)

// papers are the nouns of written things, as acts.txt marks them.
func papers(l *lang.Lang) map[string]bool {
	papersMu.Lock()
	defer papersMu.Unlock()
	if p := papersBy[l.Code]; p != nil {
		return p
	}
	p := map[string]bool{}
	for _, e := range l.List("acts").Entries {
		if slices.Contains(strings.Fields(e.Value), "paper") {
			for _, w := range strings.Fields(e.Word) {
				p[w] = true
			}
		}
	}
	papersBy[l.Code] = p
	return p
}
