package eval

import (
	"strings"

	"onrecord/internal/people"
	"onrecord/internal/record"
)

// whose names a chain of an article.
type whose struct {
	article string
	chain   int
}

// Entries makes the tracer's entries of readings, keys counting from 1, as the
// store does: the identities are those of package people. sum is the signature
// by which near copies of an article are known; nil: none is.
func Entries(readings []record.Reading, sum func(text string) uint64) []record.Entry {
	var seen []people.Seen
	for i := range readings {
		seen = append(seen, people.SeenOf(&readings[i].Article, readings[i].Chains)...)
	}
	persons := map[whose]string{}
	_, identities := people.Resolve(seen)
	for _, id := range identities {
		persons[whose{id.Article, id.Chain}] = id.Person
	}
	var out []record.Entry
	for i := range readings {
		rd := &readings[i]
		var signature uint64
		if sum != nil {
			signature = sum(rd.Article.Text[rd.Article.BodyStart:])
		}
		for j := range rd.Quotations {
			if !rd.Quotations[j].Worded() {
				continue
			}
			e := entry(rd, &rd.Quotations[j], persons)
			e.Key, e.ArticleSum = int64(len(out)+1), signature
			out = append(out, e)
		}
	}
	return out
}

func entry(rd *record.Reading, q *record.Quotation, persons map[whose]string) record.Entry {
	a := &rd.Article
	e := record.Entry{
		Quotation: q.ID, Article: a.ID, Page: a.Page, URL: a.URL, Outlet: a.Outlet, Title: a.Title,
		Published: a.Published, Kind: q.Kind, Act: q.Act, Where: q.Where, Parts: q.Parts, Credits: q.Credits,
		Content: join(a.Text, q.Content), Words: q.Words(a.Text), Context: around(a.Text, contentOf(q)),
	}
	if len(q.Parts) == 0 {
		e.Words, e.Parts = e.Content, q.Content
	}
	if q.Speaker != nil {
		e.Speaker, e.Person = q.Speaker.Name, persons[whose{a.ID, q.Speaker.Chain}]
	}
	if q.Addressee != nil {
		e.Addressee = q.Addressee.Name
	}
	if q.Venue != nil {
		e.Venue, e.Medium = q.Venue.Name, q.Venue.Medium
	}
	if q.Said != nil {
		e.Said = q.Said.When
		if q.Said.Span != nil {
			e.SaidText = q.Said.Span.Of(a.Text)
		}
	}
	for _, r := range q.About {
		name := r.Name
		if id := persons[whose{a.ID, r.Chain}]; id != "" {
			name = id
		}
		e.About = append(e.About, name)
	}
	return e
}

func join(text string, spans []record.Span) string {
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = s.Of(text)
	}
	return strings.Join(words, " ")
}

// around is the paragraph of a quotation and the one before it.
func around(text string, spans []record.Span) string {
	if len(spans) == 0 {
		return ""
	}
	before := strings.TrimRight(text[:lineStart(text, spans[0].Start)], "\n")
	start, end := lineStart(text, len(before)), spans[len(spans)-1].End
	if stop := strings.IndexByte(text[end:], '\n'); stop >= 0 {
		end += stop
	} else {
		end = len(text)
	}
	return text[start:end]
}

func lineStart(text string, at int) int { return strings.LastIndexByte(text[:at], '\n') + 1 }
