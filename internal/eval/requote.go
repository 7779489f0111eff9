package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"onrecord/internal/record"
)

const (
	requoteArticles = "data/requote/articles.jsonl.gz"
	requotePairs    = "data/requote/pairs.jsonl.gz"
)

// printed is one article of the requote and bulk sets.
type printed struct {
	ID      string `json:"id"`
	Source  string `json:"source"`
	Outlet  string `json:"outlet"`
	URL     string `json:"url"`
	Date    string `json:"date"`
	Day     string `json:"published"`
	Authors string `json:"authors"`
	Title   string `json:"title"`
	Text    string `json:"text"`
}

func (p printed) page() record.Page {
	pg := record.Page{ID: p.ID, URL: p.URL, Outlet: p.Source + p.Outlet, Title: p.Title, Published: p.Date + p.Day,
		Form: record.PlainText, Bytes: []byte(p.Text)}
	for _, a := range strings.Split(p.Authors, ",") {
		if a = strings.TrimSpace(a); a != "" {
			pg.Authors = append(pg.Authors, a)
		}
	}
	return pg
}

// side is one of two quotations that repeat each other; offsets are code
// points of the body.
type side struct {
	ID    string `json:"id"`
	Date  string `json:"date"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// repeat is a listed pair.
type repeat struct {
	Kind string `json:"kind"` // identical, truncated, altered, partial_overlap
	A    side   `json:"a"`
	B    side   `json:"b"`
}

var repeatKinds = []string{"identical", "truncated", "altered", "partial_overlap"}

// requoteCase is the listed quotations and pairs.
type requoteCase struct {
	articles []printed
	pairs    []repeat
	place    map[side]int // a listed quotation to its number
	listed   []side
	want     []int // reference group of each listed quotation
}

func loadRequote(r *run) (*requoteCase, error) {
	c := &requoteCase{place: map[side]int{}}
	var err error
	if c.articles, err = lines[printed](r, requoteArticles, r.Limit); err != nil {
		return nil, err
	}
	all, err := lines[repeat](r, requotePairs, 0)
	if err != nil {
		return nil, err
	}
	have := map[string]bool{}
	for _, a := range c.articles {
		have[a.ID] = true
	}
	for _, p := range all {
		if have[p.A.ID] && have[p.B.ID] {
			c.pairs = append(c.pairs, p)
			c.number(p.A)
			c.number(p.B)
		}
	}
	groups := newForest(len(c.listed))
	for _, p := range c.pairs {
		groups.join(c.place[p.A], c.place[p.B])
	}
	c.want = groups.groups()
	return c, nil
}

func (c *requoteCase) number(s side) {
	if _, ok := c.place[s]; !ok {
		c.place[s] = len(c.listed)
		c.listed = append(c.listed, s)
	}
}

func requoteReadings(ctx context.Context, r *run) ([]record.Reading, error) {
	if kept := r.readAll[requoteArticles]; kept != nil {
		return kept, nil
	}
	articles, err := lines[printed](r, requoteArticles, r.Limit)
	if err != nil {
		return nil, err
	}
	var pages []record.Page
	for _, a := range articles {
		pages = append(pages, a.page())
	}
	readings, err := r.read(ctx, pages)
	if err == nil {
		r.readAll[requoteArticles] = readings
	}
	return readings, err
}

// requote scores the utterances made of articles of one story by many outlets,
// once with the program's own quotations and once with the listed ones.
func requote(ctx context.Context, r *run) error {
	if r.Tracer == nil {
		return absent{"no tracer was given"}
	}
	c, err := loadRequote(r)
	if err != nil {
		return err
	}
	readings, err := requoteReadings(ctx, r)
	if err != nil {
		return err
	}
	entries := r.Entries(readings)
	own := &tracing{c: c, key: c.lay(readings, entries), entries: entries}
	if err := own.run(ctx, r); err != nil {
		return err
	}
	own.report(r, "", fmt.Sprintf("requote: %d articles read and traced, %d pairs of %d listed quotations",
		len(readings), len(c.pairs), len(c.listed)))
	given := &tracing{c: c}
	given.entries, given.key = c.given(readings)
	if err := given.run(ctx, r); err != nil {
		return err
	}
	given.report(r, "given.", "requote, spans given: the listed quotations traced, speakers unknown")
	own.errors(r)
	return nil
}

// lay finds, for each listed quotation, the entry that shares most with it; 0
// where none does.
func (c *requoteCase) lay(readings []record.Reading, entries []record.Entry) []int64 {
	keys := map[string]int64{}
	for _, e := range entries {
		keys[e.Quotation] = e.Key
	}
	byID := map[string]*record.Reading{}
	for i := range readings {
		byID[c.articles[i].ID] = &readings[i]
	}
	pts := map[string]points{}
	out := make([]int64, len(c.listed))
	for i, s := range c.listed {
		rd := byID[s.ID]
		if pts[s.ID] == nil {
			pts[s.ID] = newPoints(rd.Article.Text[rd.Article.BodyStart:])
		}
		at := pts[s.ID].span(s.Start, s.End)
		at.Start, at.End = at.Start+rd.Article.BodyStart, at.End+rd.Article.BodyStart
		out[i] = best(rd, at, keys)
	}
	return out
}

// best is the entry of the quotation that shares most bytes with s: by its
// parts first, by its content where no parts meet s.
func best(rd *record.Reading, s record.Span, keys map[string]int64) int64 {
	var key int64
	most, whole := 0, 0
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		for factor, spans := range [][]record.Span{contentOf(q), q.Parts} {
			n, size := 0, 0
			for _, p := range spans {
				size += p.Len()
				if p.Overlaps(s) {
					n += min(p.End, s.End) - max(p.Start, s.Start)
				}
			}
			n *= 1 + 1000*factor
			if n > most || n == most && n > 0 && size < whole {
				most, whole, key = n, size, keys[q.ID]
			}
		}
	}
	return key
}

// given makes entries of the listed quotations themselves. Where one runs over
// the words of its attribution (“…,” she said. “…”), only the quoted words count.
func (c *requoteCase) given(readings []record.Reading) ([]record.Entry, []int64) {
	byID := map[string]*record.Reading{}
	for i := range readings {
		byID[c.articles[i].ID] = &readings[i]
	}
	var entries []record.Entry
	var keys []int64
	for i, s := range c.listed {
		a := &byID[s.ID].Article
		words := quotedOnly(newPoints(a.Text[a.BodyStart:]).span(s.Start, s.End).Of(a.Text[a.BodyStart:]))
		entries = append(entries, record.Entry{
			Key: int64(i + 1), Quotation: fmt.Sprintf("%s:%d", a.ID, i+1), Article: a.ID, Page: a.Page, URL: a.URL,
			Outlet: a.Outlet, Title: a.Title, Published: a.Published, Kind: record.Direct, Act: record.Speech,
			Where: record.InBody, Words: words, Content: words,
		})
		keys = append(keys, int64(i+1))
	}
	return entries, keys
}

// quotedOnly drops what stands between a closing and an opening mark.
func quotedOnly(s string) string {
	pieces := strings.FieldsFunc(s, func(c rune) bool { return c == '"' || c == '“' || c == '”' })
	var words []string
	for i := 0; i < len(pieces); i += 2 {
		words = append(words, strings.TrimSpace(pieces[i]))
	}
	return strings.Join(words, " ")
}

// tracing is one run of the tracer over the set.
type tracing struct {
	c          *requoteCase
	entries    []record.Entry
	key        []int64 // entry of each listed quotation
	tracer     Tracer
	utterances []record.Utterance
	of         map[string]int // Quotation.ID to utterance
	byKey      map[int64]*record.Entry
	kindGot    []string // of each pair
}

func (t *tracing) run(ctx context.Context, r *run) error {
	t.tracer = r.Tracer()
	t.byKey = map[int64]*record.Entry{}
	for i := range t.entries {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		t.byKey[t.entries[i].Key] = &t.entries[i]
		if err := t.tracer.Place(t.entries[i]); err != nil {
			return err
		}
	}
	var err error
	if t.utterances, err = t.tracer.Utterances(); err != nil {
		return err
	}
	t.of = map[string]int{}
	for i, u := range t.utterances {
		for _, v := range u.Variants {
			t.of[v.Entry.Quotation] = i
		}
	}
	t.kindGot = make([]string, len(t.c.pairs))
	for i, p := range t.c.pairs {
		if t.together(p) {
			t.kindGot[i] = t.kindOf(p)
		}
	}
	return nil
}

// group is the utterance of a listed quotation; one that was not read is a
// group of its own.
func (t *tracing) group(i int) int {
	if e := t.byKey[t.key[i]]; e != nil {
		if u, ok := t.of[e.Quotation]; ok {
			return u
		}
	}
	return -1 - i
}

func (t *tracing) together(p repeat) bool {
	return t.group(t.c.place[p.A]) == t.group(t.c.place[p.B])
}

// kindOf is the kind of edit between the two wordings, as the tracer types it.
func (t *tracing) kindOf(p repeat) string {
	a, b := t.byKey[t.key[t.c.place[p.A]]], t.byKey[t.key[t.c.place[p.B]]]
	here, full := a.Words, b.Words
	if len(here) > len(full) {
		here, full = full, here
	}
	verdict, edits, _ := t.tracer.Compare(here, full)
	switch verdict {
	case record.Exact, record.Normalised:
		return "identical"
	case record.Truncated:
		return "truncated"
	}
	cut, insert, inner := false, false, false
	for _, e := range edits {
		switch {
		case e.Op == record.CutFront || e.Op == record.CutEnd:
			cut = true
		case e.Op == record.Insert && (e.HereAt.Start == 0 || e.HereAt.End == len(here)):
			insert = true
		case !e.Marked:
			inner = true
		}
	}
	if cut && insert && !inner {
		return "partial_overlap"
	}
	return "altered"
}

// report prints and keeps the scores.
func (t *tracing) report(r *run, prefix, title string) {
	c := t.c
	found, kinds := map[string]*tally{}, map[string]*tally{}
	for _, k := range append([]string{"all"}, repeatKinds...) {
		found[k], kinds[k] = &tally{}, &tally{}
	}
	for i, p := range c.pairs {
		for _, k := range []string{"all", p.Kind} {
			found[k].wanted++
			if t.kindGot[i] != "" {
				found[k].found++
				kinds[k].claimed++
				kinds[k].right += one(t.kindGot[i] == p.Kind)
			}
		}
	}
	groups := clusters{want: c.want, got: make([]int, len(c.listed))}
	missing := 0
	for i := range c.listed {
		groups.got[i] = t.group(i)
		missing += one(t.key[i] == 0)
	}
	links := groups.pairs(func(i, j int) bool { return c.listed[i].ID != c.listed[j].ID })
	precision, recall := links.precision(), found["all"].recall()
	tab := &table{title: title, columns: []string{"", "pairs", "found", "R", "kind right"}}
	for _, k := range append([]string{"all"}, repeatKinds...) {
		tab.row(k, count(found[k].wanted), count(found[k].found), r.keep(prefix+k+".recall", found[k].recall()),
			r.keep(prefix+k+".kind", kinds[k].precision()))
	}
	r.print(tab)
	bp, br := groups.bcubed()
	right, of, earlier := t.earliest()
	tab = &table{columns: []string{"", "P", "R", "F1"}}
	tab.row("pairs", r.keep(prefix+"precision", precision), percent(recall), r.keep(prefix+"f1", harmonic(precision, recall)))
	tab.row("B-cubed", percent(bp), percent(br), r.keep(prefix+"bcubed", harmonic(bp, br)))
	r.print(tab)
	r.line("  earliest printer right: %s of %d utterances (%d more name an earlier printing that is not listed)",
		r.keep(prefix+"earliest", ratio(right, of)), of, earlier)
	r.line("  listed quotations not read at all: %d of %d; entries traced: %d in %d utterances",
		missing, len(c.listed), len(t.entries), len(t.utterances))
}

// earliest judges the first printer of each reference group: the day of print
// of the group's first quotation must be the day of the utterance's earliest.
// An earlier one that is not listed cannot be judged.
func (t *tracing) earliest() (right, of, unlisted int) {
	type group struct {
		first string
		in    map[int]int // members by utterance
	}
	groups := map[int]*group{}
	for i, w := range t.c.want {
		g := groups[w]
		if g == nil {
			g = &group{in: map[int]int{}}
			groups[w] = g
		}
		if d := t.c.listed[i].Date; g.first == "" || d < g.first {
			g.first = d
		}
		g.in[t.group(i)]++
	}
	for _, g := range groups {
		utterance, most := -1, 1
		for u, n := range g.in {
			if u >= 0 && (n > most || n == most && u < utterance) {
				utterance, most = u, n
			}
		}
		if utterance < 0 {
			continue
		}
		u := &t.utterances[utterance]
		day := ""
		for _, v := range u.Variants {
			if v.Entry.Quotation == u.Earliest {
				day = record.Format(v.Entry.Published.From)
			}
		}
		switch {
		case day == "" || day > g.first:
			of++
		case day == g.first:
			of++
			right++
		default:
			unlisted++
		}
	}
	return right, of, unlisted
}

// errors prints samples of pairs missed, of pairs joined that are not listed
// together, and of kinds of edit mistaken.
func (t *tracing) errors(r *run) {
	if r.Errors <= 0 {
		return
	}
	var errs []mistake
	for i, p := range t.c.pairs {
		a, b := t.c.place[p.A], t.c.place[p.B]
		switch {
		case t.key[a] == 0 || t.key[b] == 0:
			errs = append(errs, mistake{"not read " + p.Kind, t.sideOf(a) + "\n      " + t.sideOf(b)})
		case t.kindGot[i] == "":
			errs = append(errs, mistake{"missed " + p.Kind, t.sideOf(a) + "\n      " + t.sideOf(b)})
		case t.kindGot[i] != p.Kind:
			errs = append(errs, mistake{p.Kind + " taken for " + t.kindGot[i], t.sideOf(a) + "\n      " + t.sideOf(b)})
		}
	}
	rng := rand.New(rand.NewPCG(r.Seed, 2))
	for _, i := range rng.Perm(len(t.c.listed)) {
		for j := range i {
			if t.c.want[i] != t.c.want[j] && t.group(i) == t.group(j) && t.c.listed[i].ID != t.c.listed[j].ID {
				errs = append(errs, mistake{"joined", t.sideOf(j) + "\n      " + t.sideOf(i)})
				break
			}
		}
	}
	r.printErrors(errs)
}

func (t *tracing) sideOf(i int) string {
	s := t.c.listed[i]
	if e := t.byKey[t.key[i]]; e != nil {
		return fmt.Sprintf("%s %s %s [%s %s] “%s”", s.ID, s.Date, e.Speaker, e.Kind, e.Person, clip(e.Words, 300))
	}
	return fmt.Sprintf("%s %s %d-%d not read", s.ID, s.Date, s.Start, s.End)
}
