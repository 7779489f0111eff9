package view

import "onrecord/internal/record"

// Spoken is when an utterance was said.
type Spoken struct {
	Interval
	Problem *string `json:"problem"`
}

// Print is one quotation as a finding shows it.
type Print struct {
	Quotation string    `json:"quotation"`
	Text      string    `json:"text"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Published *Interval `json:"published"`
}

// Edit is one difference between the full wording and the words here.
type Edit struct {
	Op     string `json:"op"`
	Full   string `json:"full"`
	Here   string `json:"here"`
	Marked bool   `json:"marked"`
	Type   string `json:"type"` // what it does to the words
}

// Clarification is what the speaker said later about the words.
type Clarification struct {
	Quotation string    `json:"quotation"`
	Utterance string    `json:"utterance"`
	Text      string    `json:"text"`
	URL       string    `json:"url"`
	Published *Interval `json:"published"`
	Kind      string    `json:"kind"`
	Of        string    `json:"of"`
	Why       []Piece   `json:"why,omitempty"`
}

// Searched is what a check looked through.
type Searched struct {
	Articles int     `json:"articles"`
	Outlets  int     `json:"outlets"`
	From     *string `json:"from"`
	Until    *string `json:"until"`
}

// Finding is the answer of one check.
type Finding struct {
	Verdict        string          `json:"verdict"`
	Alarms         []string        `json:"alarms"`
	Utterance      *string         `json:"utterance"`
	Speaker        *string         `json:"speaker"`
	Said           *Spoken         `json:"said"`
	Fullest        *Print          `json:"fullest"`
	Earliest       *Print          `json:"earliest"`
	Edits          []Edit          `json:"edits"`
	Clarifications []Clarification `json:"clarifications"`
	Searched       Searched        `json:"searched"`
	Asked          string          `json:"asked"`
	By             string          `json:"by"`
	SplicedWith    *string         `json:"spliced_with"` // the other utterance of a splice
	Reason         Reason          `json:"reason"`
	InText         []InText        `json:"in_text"` // the words in reports' running text, outside quotations
	Printed        Printed         `json:"printed"`
	Notes          []Note          `json:"findings"`
	Why            []Piece         `json:"why,omitempty"` // what ties the words asked to the quotation found
}

// InText is a place in a report's running text where the words stand.
type InText struct {
	Article   string    `json:"article"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published *Interval `json:"published"`
	Words
}

// Hit is a stretch of a kept report's text.
type Hit struct {
	Article record.Article
	Span    record.Span
}

// Found is the contract's object for one check. Hits are places in running
// text, for a finding without a quotation.
func Found(f record.Finding, hits []Hit) Finding {
	out := Finding{
		Verdict: string(f.Verdict), Alarms: alarms(f.Alarms), Edits: edits(f.Edits),
		Fullest: printed(f.Fullest), Earliest: printed(f.Earliest),
		Clarifications: []Clarification{}, Notes: []Note{}, Why: pieces(f.Why),
		Searched: Searched{f.Searched.Articles, f.Searched.Outlets,
			optional(record.Format(f.Searched.Period.From)), optional(record.Format(f.Searched.Period.Until))},
		Asked: f.Asked, By: f.By,
		Reason: Reason{f.Reason.Rule, round(f.Reason.Score), []Words{}},
		InText: make([]InText, 0, len(hits)),
	}
	if u := f.Utterance; u != nil {
		out.Utterance, out.Speaker = &u.ID, optional(u.Speaker)
		out.Said = spoken(u)
		out.Clarifications = clarifications(u.Clarifications)
		out.Printed, out.Notes = Printed{u.Reports, u.Independent}, notes(u.Notes)
	}
	if f.Second != nil {
		out.SplicedWith = &f.Second.ID
	}
	for _, h := range hits {
		a := h.Article
		out.InText = append(out.InText, InText{a.ID, a.URL, a.Outlet, a.Title, interval(a.Published),
			newPoints(a.Text).words(h.Span)})
	}
	return out
}

// Trace is one utterance and everyone who printed it.
type Trace struct {
	ID             string          `json:"id"`
	Speaker        string          `json:"speaker"`
	Said           *Spoken         `json:"said"`
	Venue          string          `json:"venue"`
	Earliest       *Print          `json:"earliest"`
	Fullest        *Print          `json:"fullest"`
	Variants       []Variant       `json:"variants"`
	Clarifications []Clarification `json:"clarifications"`
	Person         string          `json:"person"`
	Medium         string          `json:"medium"`
	Disagreements  []string        `json:"disagreements"`
	Printed        Printed         `json:"printed"`
	Notes          []Note          `json:"findings"`
	Origin         Origin          `json:"origin"`
	Confirmed      []Confirmed     `json:"confirmed"`
	Answers        []Answer        `json:"answers"`
}

// Variant is how one quotation's words differ from the fullest wording.
type Variant struct {
	Quotation string      `json:"quotation"`
	Article   ArticleLine `json:"article"`
	Where     string      `json:"where"`
	Text      string      `json:"text"`
	Relation  string      `json:"relation"`
	Edits     []Edit      `json:"edits"`
	Change    string      `json:"change"` // the gravest of the edits
	Alarms    []string    `json:"alarms"`
	Credits   []Credit    `json:"credits"`
	Speaker   string      `json:"speaker"`
	Copy      bool        `json:"copy"` // a near copy of an earlier report: no source of its own
	Reason    Reason      `json:"reason"`
	Parent    *string     `json:"parent"`           // the quotation that it hangs on; null at the top of the tree
	Bits      float64     `json:"bits"`             // the evidence for that
	Source    *int        `json:"independent_text"` // which independent text it belongs to; null: none of its own
	Why       []Piece     `json:"why,omitempty"`
}

// ArticleLine is a report without its text.
type ArticleLine struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published *Interval `json:"published"`
}

// Credit is a report's own word on where it has the quotation from.
type Credit struct {
	Name      string   `json:"name"`
	Kind      string   `json:"kind"`
	Words     string   `json:"words"`
	Standing  string   `json:"standing"`
	Quotation *string  `json:"quotation"` // the member that it leads to
	Others    []string `json:"others"`    // quotations of that outlet that have not these words
}

// Utterance is the contract's object for one utterance.
func Utterance(u record.Utterance) Trace {
	out := Trace{
		ID: u.ID, Speaker: u.Speaker, Said: spoken(&u), Venue: u.Venue,
		Variants:       make([]Variant, 0, len(u.Variants)),
		Clarifications: clarifications(u.Clarifications),
		Person:         u.Person, Medium: string(u.Medium),
		Disagreements: append([]string{}, u.Disagreements...),
		Printed:       Printed{u.Reports, u.Independent}, Notes: notes(u.Notes),
		Origin: origin(u.Origin), Confirmed: confirmed(u.Confirmed), Answers: answers(u.Answers),
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		e := &v.Entry
		if e.Quotation == u.Earliest {
			out.Earliest = printed(e)
		}
		if e.Quotation == u.Fullest {
			out.Fullest = printed(e)
		}
		out.Variants = append(out.Variants, Variant{
			Quotation: e.Quotation,
			Article:   ArticleLine{e.Article, e.URL, e.Outlet, e.Title, interval(e.Published)},
			Where:     string(e.Where), Text: e.Words, Relation: string(v.Relation),
			Edits: edits(v.Edits), Change: string(v.Change), Alarms: alarms(v.Alarms), Credits: credits(v),
			Speaker: e.Speaker, Copy: v.Copy,
			Reason: Reason{v.Reason.Rule, round(v.Reason.Score), []Words{}},
			Parent: optional(v.Parent), Bits: hundredths(v.Bits), Source: known(v.Text), Why: pieces(v.Why),
		})
	}
	return out
}

// Exchange is what two people said about and to each other.
type Exchange struct {
	A          string `json:"a"`
	B          string `json:"b"`
	Utterances []Turn `json:"utterances"`
}

// Turn is one utterance of an exchange, in the shape of a trace.
type Turn struct {
	Trace
	To      string  `json:"to"`         // the other one, where the words were addressed to him or her
	ReplyTo *string `json:"reply_to"`   // the utterance that this one answers
	ReplyBy *Sign   `json:"reply_sign"` // the words that say so
}

// Sign is words of a report beside a quotation that say what it is.
type Sign struct {
	Quotation string `json:"quotation"`
	Text      string `json:"text"`
}

func spoken(u *record.Utterance) *Spoken {
	if !u.Said.Known() && u.Problem == "" {
		return nil
	}
	return &Spoken{ends(u.Said), optional(u.Problem)}
}

func printed(e *record.Entry) *Print {
	if e == nil {
		return nil
	}
	return &Print{e.Quotation, e.Words, e.URL, e.Outlet, interval(e.Published)}
}

func edits(in []record.Edit) []Edit {
	out := make([]Edit, 0, len(in))
	for _, e := range in {
		out = append(out, Edit{string(e.Op), e.Full, e.Here, e.Marked, string(e.Type)})
	}
	return out
}

func alarms(in []record.Alarm) []string {
	out := make([]string, 0, len(in))
	for _, a := range in {
		out = append(out, string(a))
	}
	return out
}

func clarifications(in []record.Clarification) []Clarification {
	out := make([]Clarification, 0, len(in))
	for _, c := range in {
		e := c.Entry
		out = append(out, Clarification{e.Quotation, c.Utterance, e.Words, e.URL, interval(e.Published), c.Kind, c.Of, pieces(c.Why)})
	}
	return out
}
