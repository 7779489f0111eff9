// Package view turns the record into the JSON that the contract promises:
// snake_case names in the promised order, offsets in Unicode code points,
// lists that are never null. It is the only place where code points exist;
// docs/cli.md describes every shape.
//
// A string that is not known is "", an object that is not known is null.
package view

import (
	"encoding/json"
	"io"
	"math"
	"strconv"

	"onrecord/internal/record"
)

// Words is a stretch of a document's text.
type Words struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Place is a stretch that may be absent: then all three are null.
type Place struct {
	Start *int    `json:"start"`
	End   *int    `json:"end"`
	Text  *string `json:"text"`
}

// Interval is a stretch of time, until exclusive; an unknown end is null.
type Interval struct {
	From  *string `json:"from"`
	Until *string `json:"until"`
}

// Document is what one reading of a document finds.
type Document struct {
	ID         string      `json:"id"`
	URL        string      `json:"url"`
	Outlet     string      `json:"outlet"`
	Title      string      `json:"title"`
	Published  *Interval   `json:"published"`
	Language   string      `json:"language"`
	Text       string      `json:"text"`
	BodyStart  int         `json:"body_start"`
	PassedOver []Passed    `json:"passed_over"`
	People     []Person    `json:"people"`
	Quotations []Quotation `json:"quotations"`
	Authors    []string    `json:"authors"`
}

// Passed is a stretch that the reading passes over, and why.
type Passed struct {
	Words
	Why string `json:"why"`
}

// Person is one referent of a document; its id holds inside the document.
type Person struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Mentions []Mention `json:"mentions"`
}

// Mention is a place where the text refers to a person.
type Mention struct {
	Words
	Kind string `json:"kind"`
}

// Quotation is words that a document says somebody said.
type Quotation struct {
	ID        string     `json:"id"`
	Kind      string     `json:"kind"`
	Act       string     `json:"act"`
	Where     string     `json:"where"`
	Parts     []Words    `json:"parts"`
	Content   []Words    `json:"content"`
	Cue       *Words     `json:"cue"`
	Speaker   *Speaker   `json:"speaker"`
	Addressee *Party     `json:"addressee"`
	Venue     *Venue     `json:"venue"`
	About     []Referent `json:"about"`
	Said      *Said      `json:"said"`
	Hedges    []Hedge    `json:"hedges"`
	Reason    Reason     `json:"reason"`
	Topic     bool       `json:"topic"` // what was spoken of, no words of it
}

// Speaker is who said it, and the words that name the speaker here.
type Speaker struct {
	Place
	Name   string `json:"name"`
	Person string `json:"person"`
	Reason string `json:"reason"`
}

// Party is somebody a quotation is addressed to.
type Party struct {
	Place
	Name   string `json:"name"`
	Person string `json:"person"`
}

// Venue is where the words were said.
type Venue struct {
	Place
	Name   string `json:"name"`
	Medium string `json:"medium"`
}

// Referent is somebody that a quotation is about.
type Referent struct {
	Name   string `json:"name"`
	Person string `json:"person"`
}

// Said is when it was said, as far as the words tell.
type Said struct {
	Place
	Interval
	Problem *string `json:"problem"`
}

// Hedge is a sign of distance.
type Hedge struct {
	Words
	Kind string `json:"kind"`
}

// Reason is why a judgement was made.
type Reason struct {
	Rule  string  `json:"rule"`
	Score float64 `json:"score"`
	Words []Words `json:"words"`
}

// Names tells which id a chain of an article goes by; "" is none.
type Names func(chain int) string

// Local is the naming of one reading on its own: p1, p2, … in chain order.
func Local(chain int) string { return "p" + strconv.Itoa(chain+1) }

// Read is the contract's object for one reading, people named p1, p2, ….
func Read(r record.Reading) Document {
	a, p := r.Article, newPoints(r.Article.Text)
	d := Document{
		ID: a.ID, URL: a.URL, Outlet: a.Outlet, Title: a.Title,
		Published: interval(a.Published), Language: a.Language,
		Text: a.Text, BodyStart: p.at(a.BodyStart),
		PassedOver: make([]Passed, 0, len(r.Passed)),
		People:     make([]Person, 0, len(r.Chains)),
		Quotations: make([]Quotation, 0, len(r.Quotations)),
		Authors:    append([]string{}, a.Authors...),
	}
	for _, s := range r.Passed {
		d.PassedOver = append(d.PassedOver, Passed{p.words(s.Span), s.Why})
	}
	for i, c := range r.Chains {
		ms := make([]Mention, 0, len(c.Mentions))
		for _, m := range c.Mentions {
			ms = append(ms, Mention{p.words(m.Span), string(m.Kind)})
		}
		d.People = append(d.People, Person{ID: Local(i), Name: c.Name, Mentions: ms})
	}
	for i := range r.Quotations {
		d.Quotations = append(d.Quotations, quotation(&r.Quotations[i], p, Local))
	}
	return d
}

func quotation(q *record.Quotation, p *points, names Names) Quotation {
	person := func(chain int) string {
		if chain < 0 {
			return ""
		}
		return names(chain)
	}
	out := Quotation{
		ID: q.ID, Kind: string(q.Kind), Act: string(q.Act), Topic: q.Topic, Where: string(q.Where),
		Parts: p.list(q.Parts), Content: p.list(q.Content),
		About:  make([]Referent, 0, len(q.About)),
		Hedges: make([]Hedge, 0, len(q.Hedges)),
		Reason: Reason{q.Reason.Rule, round(q.Reason.Score), p.list(q.Reason.Words)},
	}
	if q.Cue != nil {
		w := p.words(*q.Cue)
		out.Cue = &w
	}
	if s := q.Speaker; s != nil {
		out.Speaker = &Speaker{p.maybe(s.Span), s.Name, person(s.Chain), s.Reason}
	}
	if a := q.Addressee; a != nil {
		out.Addressee = &Party{p.maybe(a.Span), a.Name, person(a.Chain)}
	}
	if v := q.Venue; v != nil {
		out.Venue = &Venue{p.maybe(v.Span), v.Name, string(v.Medium)}
	}
	for _, r := range q.About {
		out.About = append(out.About, Referent{r.Name, person(r.Chain)})
	}
	if s := q.Said; s != nil {
		out.Said = &Said{p.maybe(s.Span), ends(s.When), optional(s.Problem)}
	}
	for _, h := range q.Hedges {
		out.Hedges = append(out.Hedges, Hedge{p.words(h.Span), h.Kind})
	}
	return out
}

// interval is null where neither end is known.
func interval(w record.When) *Interval {
	if !w.Known() {
		return nil
	}
	i := ends(w)
	return &i
}

func ends(w record.When) Interval {
	return Interval{optional(record.Format(w.From)), optional(record.Format(w.Until))}
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// round keeps a score readable; the digits behind say nothing.
func round(f float64) float64 { return math.Round(f*1000) / 1000 }

// Write writes v as one line of JSON. Nothing is escaped for HTML: the words
// come back as they were printed.
func Write(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
