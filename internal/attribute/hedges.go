package attribute

import (
	"sort"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// hedgeEntry is one line of the list of hedges.
type hedgeEntry struct {
	rest        []string
	kind, reach string
}

var (
	hedgeLoaded = map[*lang.Lang]map[string][]hedgeEntry{}
	hedgeLock   sync.Mutex
)

func hedgeWords(l *lang.Lang) map[string][]hedgeEntry {
	hedgeLock.Lock()
	defer hedgeLock.Unlock()
	if w := hedgeLoaded[l]; w != nil {
		return w
	}
	w := map[string][]hedgeEntry{}
	for _, e := range l.List("hedges").Entries {
		split := strings.Fields(e.Word)
		kind, reach, _ := strings.Cut(e.Value, " ")
		w[split[0]] = append(w[split[0]], hedgeEntry{split[1:], kind, reach})
	}
	for first := range w {
		list := w[first]
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].rest) > len(list[j].rest) })
	}
	hedgeLoaded[l] = w
	return w
}

// hedges notes on each quotation the signs that the report keeps a distance
// from it ("reportedly"), had it through a translator, or hides its speaker.
func hedges(f *frame) {
	d, qs, words := f.d, f.qs, hedgeWords(f.d.Lang)
	given := map[int][]int{} // quotations by the sentence they are given in
	for k := range qs {
		if s := f.sentence(k); s >= 0 {
			given[s] = append(given[s], k)
		}
	}
	for s, ks := range given { // each sentence touches its own quotations only: order is free
		sen := d.Sentences[s]
		for i := sen.FirstToken; i < sen.EndToken; i++ {
			if f.reported[i] {
				continue
			}
			if e, next, ok := hedgeAt(d, words, i, sen.EndToken); ok {
				f.hedge(ks, e, [2]int{i, next})
				i = next - 1
			}
		}
	}
}

func hedgeAt(d *text.Doc, words map[string][]hedgeEntry, i, end int) (hedgeEntry, int, bool) {
	for _, e := range words[d.Tokens[i].Lower] {
		next := i + 1 + len(e.rest)
		if next > end {
			continue
		}
		same := true
		for k, w := range e.rest {
			same = same && d.Tokens[i+1+k].Lower == w
		}
		if same {
			return e, next, true
		}
	}
	return hedgeEntry{}, i, false
}

// hedge gives a hedge at tokens at to those of the sentence's quotations that
// it reaches.
func (f *frame) hedge(ks []int, e hedgeEntry, at [2]int) {
	h := record.Hedge{Span: f.d.SpanOf(at[0], at[1]), Kind: e.kind}
	nearest := -1
	if e.reach == "cue" {
		nearest = f.hedgedCue(ks, at)
	}
	for _, k := range ks {
		if !f.hedgeReaches(k, e.reach, at, nearest) {
			continue
		}
		own := h
		if e.reach == "sentence" && f.hedgeReaches(k, "speaker", at, nearest) {
			own.Kind = "anonymous" // "sources said": they are the speaker
		}
		f.qs[k].Hedges = append(f.qs[k].Hedges, own)
	}
}

func (f *frame) hedgeReaches(k int, reach string, at [2]int, nearest int) bool {
	q := &f.qs[k]
	switch reach {
	case "sentence":
		return true
	case "speaker":
		s := q.Speaker
		return s != nil && s.Span != nil && s.Span.Overlaps(f.d.SpanOf(at[0], at[1]))
	case "language": // "said in Spanish": right behind the cue or the addressee
		_, c1, ok := f.tokens(q.Cue)
		if !ok || at[0] < c1 {
			return false
		}
		if q.Addressee != nil {
			if _, a1, ok := f.tokens(q.Addressee.Span); ok {
				c1 = max(c1, a1)
			}
		}
		if q.Speaker != nil {
			if _, s1, ok := f.tokens(q.Speaker.Span); ok {
				c1 = max(c1, s1)
			}
		}
		return at[0]-c1 <= 2
	}
	if q.Cue == nil {
		return len(f.qs) > 0 && nearest < 0
	}
	c0, _, ok := f.tokens(q.Cue)
	return ok && c0 == nearest
}

// leadsOn tells "apparently alluding to": the hedge belongs to what follows.
func (f *frame) leadsOn(i int) bool {
	return i < len(f.d.Tokens) && strings.HasSuffix(f.d.Tokens[i].Lower, "ing")
}

// hedgedCue is the first token of the cue that a hedge belongs to: the next
// one in its clause, else the one just before; -1 where there is none. A
// clause ends with a comma and "and", "after which", and the like.
func (f *frame) hedgedCue(ks []int, at [2]int) int {
	next, before := -1, -1
	for _, k := range ks {
		c0, c1, ok := f.tokens(f.qs[k].Cue)
		if !ok {
			continue
		}
		switch {
		case c1 > at[0] && (next < 0 || c0 < next) && c0-at[1] <= 10:
			next = c0
		case c1 <= at[0] && at[0]-c1 <= 3 && c0 > before && !f.leadsOn(at[1]):
			before = c0
		}
	}
	if next >= 0 {
		return next
	}
	return before
}
