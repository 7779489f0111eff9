package eval

import (
	"context"
	"fmt"
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
	words    []string     // the words of each listed quotation
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
	c, err := loadRequote(r)
	if err != nil {
		return err
	}
	readings, err := requoteReadings(ctx, r)
	if err != nil {
		return err
	}
	entries := Entries(readings, r.Sum)
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
	own.errors(r, "")
	given.errors(r, "given: ")
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
	c.words = make([]string, len(c.listed))
	for i, s := range c.listed {
		rd := byID[s.ID]
		if pts[s.ID] == nil {
			pts[s.ID] = newPoints(rd.Article.Text[rd.Article.BodyStart:])
		}
		at := pts[s.ID].span(s.Start, s.End)
		at.Start, at.End = at.Start+rd.Article.BodyStart, at.End+rd.Article.BodyStart
		out[i], c.words[i] = best(rd, at, keys), quotedOnly(at.Of(rd.Article.Text))
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
		words := c.words[i]
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
