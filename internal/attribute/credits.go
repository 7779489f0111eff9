package attribute

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// The kinds of credit.
const (
	creditTold  = "told"  // the words were said to that outlet
	creditVia   = "via"   // the report has them from that outlet
	creditFirst = "first" // that outlet had them first
)

// credits notes whom the article itself names as its source for the words:
// the outlet they were said to, or the report that it has them from.
func credits(f *frame) {
	d, qs, v := f.d, f.qs, venueListsOf(f.d.Lang)
	for k := range qs {
		s := f.sentence(k)
		if s < 0 {
			continue
		}
		if c, ok := f.creditTold(v, k); ok {
			f.credit(k, c)
		}
		first, end := f.near(k, d.Sentences[s])
		for _, c := range f.creditsIn(v, first, end) {
			f.credit(k, c)
		}
		if s+1 < len(d.Sentences) && f.creditFollows(k, s+1) {
			first, end := f.near(k, d.Sentences[s+1])
			for _, c := range f.creditsIn(v, first, end) {
				if c.Kind == creditFirst {
					f.credit(k, c)
				}
			}
		}
	}
}

// credit adds a credit once, unless it names the speaker.
func (f *frame) credit(k int, c record.Credit) {
	q := &f.qs[k]
	if q.Speaker != nil && (q.Speaker.Name == c.Name || q.Speaker.Span != nil && q.Speaker.Span.Overlaps(c.Span)) {
		return
	}
	for _, o := range q.Credits {
		if o.Name == c.Name && o.Kind == c.Kind || o.Span == c.Span {
			return
		}
	}
	q.Credits = append(q.Credits, c)
}

// creditTold is the venue as a credit, where it stands in the text and has a
// name that others can be asked for.
func (f *frame) creditTold(v *venueLists, k int) (record.Credit, bool) {
	q := &f.qs[k]
	if q.Venue == nil || q.Venue.Span == nil {
		return record.Credit{}, false
	}
	span := *q.Venue.Span
	switch q.Venue.Medium {
	case record.Outlet, record.Podcast, record.Broadcast:
	case record.Interview, record.Statement, record.Conference:
	case record.Speaking, record.Court:
		return record.Credit{}, false // said to whoever was there
	default:
		first, end, _ := f.tokens(&span)
		if _, ok := f.outlet(v, venueNamed{first, end, q.Venue.Name, false}, true); !ok {
			return record.Credit{}, false
		}
	}
	if f.creditBare(v, q.Venue.Name) {
		return record.Credit{}, false
	}
	if c := q.Cue; c != nil && c.End < span.End && f.creditClose(*c, span) {
		span.Start = c.Start // "told the Gazette"
	}
	return record.Credit{Span: span, Name: q.Venue.Name, Kind: creditTold}, true
}

// creditBare tells a venue that is only a noun: "interview".
func (f *frame) creditBare(v *venueLists, name string) bool {
	first, _, _ := strings.Cut(name, " ")
	for _, e := range v.words[first] {
		if e.text == name || e.name == name {
			return true
		}
	}
	return false
}

// creditClose tells whether only white space and an article lie between the
// cue and the name.
func (f *frame) creditClose(cue, span record.Span) bool {
	if cue.End > span.Start {
		return false
	}
	between := strings.Fields(f.d.Text[cue.End:span.Start])
	return len(between) == 0 || len(between) == 1 && strings.EqualFold(between[0], "the")
}

// creditsIn finds "per People", "as first reported by the Gazette",
// "according to the Gazette", "the Gazette first reported" in the article's
// own words.
func (f *frame) creditsIn(v *venueLists, first, end int) []record.Credit {
	var list []record.Credit
	words := f.d.Lang.List("credits")
	for i := first; i < end; i++ {
		if f.reported[i] {
			continue
		}
		e, next, ok := creditWords(words, f.d, i, end)
		if !ok {
			if c, ok := f.creditAs(v, words, [2]int{i, end}); ok {
				list = append(list, c)
			}
			continue
		}
		n, ok := f.nameAt(v, next, end)
		if !ok || f.reported[next] || f.personAt(n) {
			if e == creditFirst {
				list = append(list, f.creditBefore(v, i, next)...)
			}
			continue
		}
		// "according to the Vatican" names a source, not a report: only a known outlet will do
		loose := f.d.Tokens[i].Lower != "according"
		if _, isOutlet := f.outlet(v, n, loose); !isOutlet && e == creditVia {
			continue
		}
		list = append(list, record.Credit{Span: f.d.SpanOf(i, n.end), Name: n.name, Kind: e})
		i = n.end - 1
	}
	return list
}

// creditAs reads "as the Gazette reported", "as the Gazette first reported".
func (f *frame) creditAs(v *venueLists, words *lang.List, at [2]int) (record.Credit, bool) {
	if f.d.Tokens[at[0]].Lower != "as" {
		return record.Credit{}, false
	}
	n, ok := f.nameAt(v, at[0]+1, at[1])
	if !ok || n.end >= at[1] || f.personAt(n) {
		return record.Credit{}, false
	}
	if _, ok := f.outlet(v, n, true); !ok {
		return record.Credit{}, false
	}
	kind, next, ok := creditWords(words, f.d, n.end, at[1])
	if !ok {
		kind, ok = words.Value("as ... " + f.d.Tokens[n.end].Lower)
		next = n.end + 1
	}
	return record.Credit{Span: f.d.SpanOf(at[0], next), Name: n.name, Kind: kind}, ok
}

// creditBefore is the outlet before "first reported" at tokens [i, next).
func (f *frame) creditBefore(v *venueLists, i, next int) []record.Credit {
	sen := f.d.SentenceOf(i)
	n, ok := f.nameEnding(v, max(sen.FirstToken, i-5), i)
	if !ok || f.personAt(n) {
		return nil
	}
	if _, ok := f.outlet(v, n, true); !ok {
		return nil
	}
	return []record.Credit{{Span: f.d.SpanOf(n.first, next), Name: n.name, Kind: creditFirst}}
}

// creditWords reads the words of a credit at token i, the longest first.
func creditWords(list *lang.List, d *text.Doc, i, end int) (kind string, next int, ok bool) {
	for n := min(end-i, creditLongest(list, d.Tokens[i].Lower)); n > 0; n-- {
		if kind, ok := list.Value(creditJoin(d, i, n)); ok && kind != "words" {
			return kind, i + n, true
		}
	}
	return "", i, false
}

var creditFirsts sync.Map // *lang.List -> map[string]int

// creditLongest is how many words the longest entry of a list has that begins
// with w; 0 where none does. It spares joining words at every token.
func creditLongest(list *lang.List, w string) int {
	firsts, ok := creditFirsts.Load(list)
	if !ok {
		m := map[string]int{}
		for _, e := range list.Entries {
			words := strings.Fields(e.Word)
			m[words[0]] = max(m[words[0]], len(words))
		}
		firsts, _ = creditFirsts.LoadOrStore(list, m)
	}
	return firsts.(map[string]int)[w]
}

// creditJoin joins the n words from token i on.
func creditJoin(d *text.Doc, i, n int) string {
	if n == 1 {
		return d.Tokens[i].Lower
	}
	words := make([]string, n)
	for k := range words {
		words[k] = d.Tokens[i+k].Lower
	}
	return strings.Join(words, " ")
}

// creditFollows tells whether sentence s comes right after the words of k, in
// the same paragraph, and speaks of them: "The remarks were first reported by …".
func (f *frame) creditFollows(k, s int) bool {
	if f.d.Sentences[s].Paragraph != f.d.Sentences[s-1].Paragraph {
		return false
	}
	for _, j := range f.inside[s] {
		if j != k {
			return false
		}
	}
	sen, words := f.d.Sentences[s], f.d.Lang.List("credits")
	for i := sen.FirstToken; i < sen.EndToken; i++ {
		if kind, ok := words.Value(f.d.Tokens[i].Lower); ok && kind == "words" {
			return true
		}
	}
	return false
}
