package view

import (
	"math"

	"onrecord/internal/record"
)

// Piece is one piece of why two quotations are linked. The pieces of a link
// add up to its bits, to the hundredth.
type Piece struct {
	What  string   `json:"what"`
	Bits  float64  `json:"bits"`
	Words []string `json:"words"`
}

// Origin is where following the credits from the earliest report leads.
type Origin struct {
	Chain  []string `json:"chain"`  // quotations, from the earliest printed one up
	Outlet *string  `json:"outlet"` // credited by the last, and not kept with these words by that day
	Venue  *string  `json:"venue"`  // where the last one says that it was said
	Ring   bool     `json:"ring"`   // the credits lead back: there is no origin
}

// Printed counts who printed an utterance.
type Printed struct {
	Reports     int `json:"reports"`
	Independent int `json:"independent"` // texts that are from nowhere else
}

// Note is something about an utterance that does not go together, or cannot be
// looked up among what is kept.
type Note struct {
	Kind       string   `json:"kind"`
	Text       string   `json:"text"`
	Quotations []string `json:"quotations"`
	Words      []string `json:"words"` // the words of credit, or of the date
}

// Confirmed is a stretch of the fullest wording and how many print it.
type Confirmed struct {
	Text        string `json:"text"`
	Reports     int    `json:"reports"`
	Independent int    `json:"independent"`
}

// Answer is what the speaker says with the utterance about earlier words.
type Answer struct {
	Quotation string    `json:"quotation"` // the earlier words
	Utterance string    `json:"utterance"`
	Text      string    `json:"text"`
	URL       string    `json:"url"`
	Published *Interval `json:"published"`
	Kind      string    `json:"kind"`
	By        string    `json:"by"` // the member that answers them
}

// pieces rounds to hundredths so that the rounded pieces still add up: the
// first takes what is left over. Nil stays nil: nobody asked.
func pieces(in []record.Evidence) []Piece {
	if in == nil {
		return nil
	}
	out := make([]Piece, 0, len(in))
	sum, cents := 0.0, 0.0
	for _, e := range in {
		sum += e.Bits
		c := math.Round(e.Bits * 100)
		cents += c
		out = append(out, Piece{e.What, c / 100, append([]string{}, e.Words...)})
	}
	if len(out) > 0 {
		out[0].Bits = (math.Round(out[0].Bits*100) + math.Round(sum*100) - cents) / 100
	}
	return out
}

func origin(o record.Origin) Origin {
	return Origin{append([]string{}, o.Chain...), optional(o.Outlet), optional(o.Venue), o.Ring}
}

func hundredths(bits float64) float64 { return math.Round(bits*100) / 100 }

func notes(in []record.Note) []Note {
	out := make([]Note, 0, len(in))
	for _, n := range in {
		out = append(out, Note{string(n.Kind), n.Text, append([]string{}, n.Quotations...), append([]string{}, n.Credits...)})
	}
	return out
}

func confirmed(in []record.Confirmed) []Confirmed {
	out := make([]Confirmed, 0, len(in))
	for _, c := range in {
		out = append(out, Confirmed{c.Text, c.Reports, c.Independent})
	}
	return out
}

func answers(in []record.Answer) []Answer {
	out := make([]Answer, 0, len(in))
	for _, a := range in {
		e := a.Entry
		out = append(out, Answer{e.Quotation, a.Utterance, e.Words, e.URL, interval(e.Published), a.Kind, a.By})
	}
	return out
}

// credits are the words of credit of a variant with where they lead; where
// nobody looked, as the report has them.
func credits(v *record.Variant) []Credit {
	out := make([]Credit, 0, len(v.Entry.Credits))
	if len(v.Sources) == 0 {
		for _, c := range v.Entry.Credits {
			out = append(out, Credit{Name: c.Name, Kind: c.Kind, Others: []string{}})
		}
		return out
	}
	for _, s := range v.Sources {
		out = append(out, Credit{s.Name, s.Kind, s.Words, string(s.Standing), optional(s.Quotation), append([]string{}, s.Others...)})
	}
	return out
}

// known is a number from 1, nil for 0.
func known(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
