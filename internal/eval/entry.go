package eval

import (
	"strings"

	"onrecord/internal/record"
)

// Entries makes the tracer's entries of readings, keys counting from 1. It
// stands in for the store: a person is a full name, one and the same wherever
// it is written the same; a last name alone is nobody for certain.
func Entries(readings []record.Reading) []record.Entry {
	var out []record.Entry
	for i := range readings {
		rd := &readings[i]
		for j := range rd.Quotations {
			out = append(out, entry(rd, &rd.Quotations[j], int64(len(out)+1)))
		}
	}
	return out
}

func entry(rd *record.Reading, q *record.Quotation, key int64) record.Entry {
	a := &rd.Article
	e := record.Entry{
		Key: key, Quotation: q.ID, Article: a.ID, Page: a.Page, URL: a.URL, Outlet: a.Outlet, Title: a.Title,
		Published: a.Published, Kind: q.Kind, Act: q.Act, Where: q.Where, Parts: q.Parts, Credits: q.Credits,
		Content: join(a.Text, q.Content), Words: q.Words(a.Text), Context: around(a.Text, contentOf(q)),
	}
	if (q.Kind == record.Indirect || q.Kind == record.Block) && e.Content != "" {
		e.Words = e.Content
	}
	if q.Speaker != nil {
		e.Speaker = q.Speaker.Name
		if c := q.Speaker.Chain; c >= 0 && c < len(rd.Chains) && rd.Chains[c].Nature == record.APerson {
			e.Person = personOf(q.Speaker.Name)
		}
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
		e.About = append(e.About, r.Name)
	}
	return e
}

// personOf is the person of a full name: its first and its last word, so that
// a middle name makes nobody else; "" for a single word.
func personOf(name string) string {
	words := strings.Fields(strings.ToLower(name))
	if len(words) < 2 {
		return ""
	}
	return words[0] + " " + words[len(words)-1]
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
