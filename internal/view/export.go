package view

import (
	"strings"

	"onrecord/internal/record"
)

// QuotationLine is one kept quotation. Persons go by their ids in the store.
type QuotationLine struct {
	Quotation
	Article   string    `json:"article"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Published *Interval `json:"published"`
	Utterance string    `json:"utterance"`
}

// UtteranceLine is one utterance and where it was printed.
type UtteranceLine struct {
	ID       string   `json:"id"`
	Speaker  string   `json:"speaker"`
	Person   string   `json:"person"`
	Said     *Spoken  `json:"said"`
	Earliest string   `json:"earliest"`
	Fullest  string   `json:"fullest"`
	Members  []Member `json:"members"`
	Printed  Printed  `json:"printed"`
	Notes    []Note   `json:"findings"`
	Later    []Later  `json:"clarifications"`
}

// Later is what the speaker said later about an utterance.
type Later struct {
	Quotation string `json:"quotation"`
	Kind      string `json:"kind"`
	Of        string `json:"of"` // the member that is answered
}

// Member is one quotation of an utterance.
type Member struct {
	Quotation string    `json:"quotation"`
	Article   string    `json:"article"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Published *Interval `json:"published"`
	Parts     []Range   `json:"parts"`
	Relation  string    `json:"relation"`
	Edits     []Edit    `json:"edits"`
	Change    string    `json:"change"`
	Parent    *string   `json:"parent"` // the quotation that it hangs on
	Copy      bool      `json:"copy"`
	Credits   []Credit  `json:"credits"`
	Source    *int      `json:"independent_text"`
}

// Range is a stretch of a kept report's text.
type Range struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// PersonLine is one person, as known across reports.
type PersonLine struct {
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases"`
	Nature  string   `json:"nature"`
	Reason  string   `json:"reason"`
}

// ArticleText is one edition of one report with its text.
type ArticleText struct {
	ID        string    `json:"id"`
	URL       string    `json:"url"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published *Interval `json:"published"`
	Text      string    `json:"text"`
	BodyStart int       `json:"body_start"`
	Authors   []string  `json:"authors"`
	Language  string    `json:"language"`
	Edition   int       `json:"edition"`
}

// Export makes export lines. It remembers the texts it was last asked about,
// so that lines that come in order of article convert each text once.
type Export struct {
	// Text finds the text of a kept article.
	Text   func(article string) (string, error)
	recent map[string]*points
}

// enough is how many texts Export remembers before it starts afresh.
const enough = 512

func (x *Export) points(article string) (*points, error) {
	if p := x.recent[article]; p != nil {
		return p, nil
	}
	text, err := x.Text(article)
	if err != nil {
		return nil, err
	}
	if x.recent == nil || len(x.recent) >= enough {
		x.recent = map[string]*points{}
	}
	p := newPoints(text)
	x.recent[article] = p
	return p, nil
}

// Quotation is the line of one quotation of an article.
func (x *Export) Quotation(a *record.Article, q *record.Quotation, person Names, utterance string) QuotationLine {
	p := x.recent[a.ID]
	if p == nil {
		if x.recent == nil || len(x.recent) >= enough {
			x.recent = map[string]*points{}
		}
		p = newPoints(a.Text)
		x.recent[a.ID] = p
	}
	return QuotationLine{quotation(q, p, person), a.ID, a.URL, a.Outlet, interval(a.Published), utterance}
}

// Utterance is the line of one utterance.
func (x *Export) Utterance(u record.Utterance) (UtteranceLine, error) {
	out := UtteranceLine{ID: u.ID, Speaker: u.Speaker, Person: u.Person, Said: spoken(&u),
		Earliest: u.Earliest, Fullest: u.Fullest, Members: make([]Member, 0, len(u.Variants)),
		Printed: Printed{u.Reports, u.Independent}, Notes: notes(u.Notes), Later: make([]Later, 0, len(u.Clarifications))}
	for _, c := range u.Clarifications {
		out.Later = append(out.Later, Later{c.Entry.Quotation, c.Kind, c.Of})
	}
	for i := range u.Variants {
		v := &u.Variants[i]
		e := &v.Entry
		p, err := x.points(e.Article)
		if err != nil {
			return out, err
		}
		parts := make([]Range, 0, len(e.Parts))
		for _, s := range e.Parts {
			parts = append(parts, Range{p.at(s.Start), p.at(s.End)})
		}
		out.Members = append(out.Members, Member{e.Quotation, e.Article, e.URL, e.Outlet,
			interval(e.Published), parts, string(v.Relation), edits(v.Edits), string(v.Change), optional(v.Parent), v.Copy, credits(v), known(v.Text)})
	}
	return out, nil
}

// PersonOf is the line of one person.
func PersonOf(p record.Person) PersonLine {
	return PersonLine{p.ID, p.Name, append([]string{}, p.Aliases...), string(p.Nature), p.Reason}
}

// Article is the line of one edition of a report.
func Article(a *record.Article) ArticleText {
	return ArticleText{a.ID, a.URL, a.Outlet, a.Title, interval(a.Published), a.Text,
		newPoints(a.Text).at(a.BodyStart), append([]string{}, a.Authors...), a.Language, a.Edition}
}

// Columns are the CSV columns of each kind of line. A member of an utterance
// has a row of its own, so that a spreadsheet can count printers.
var Columns = map[string][]string{
	"quotations": {"id", "article", "url", "outlet", "published_from", "published_until", "kind", "act", "where", "text",
		"cue", "speaker", "person", "speaker_words", "addressee", "venue", "medium", "about", "said_from", "said_until",
		"said_text", "hedges", "utterance", "rule", "score", "start", "end", "topic"},
	"utterances": {"id", "speaker", "person", "said_from", "said_until", "earliest", "fullest", "quotation", "article", "url",
		"outlet", "published_from", "published_until", "relation", "edits", "start", "end", "change"},
	"people":   {"id", "name", "aliases", "nature", "reason"},
	"articles": {"id", "url", "outlet", "title", "published_from", "published_until", "text", "authors", "language", "edition"},
}

// Rows are the CSV rows of one export line, in the order of Columns.
func Rows(line any) [][]string {
	switch l := line.(type) {
	case QuotationLine:
		return [][]string{quotationRow(l)}
	case UtteranceLine:
		return utteranceRows(l)
	case PersonLine:
		return [][]string{{l.ID, l.Name, strings.Join(l.Aliases, "; "), l.Nature, l.Reason}}
	case ArticleText:
		from, until := bounds(l.Published)
		return [][]string{{l.ID, l.URL, l.Outlet, l.Title, from, until, l.Text,
			strings.Join(l.Authors, "; "), l.Language, number(l.Edition)}}
	}
	return nil
}
