package view

import "onrecord/internal/record"

// Lint is what is to be said of one report's headline and pull quotes.
type Lint struct {
	ID       string        `json:"id"`
	URL      string        `json:"url"`
	Title    string        `json:"title"`
	Findings []LintFinding `json:"findings"`
	Whole    []Words       `json:"whole"` // the quotations of the headline, and pull quotes in the text, that stand whole in the body
}

// LintFinding is a quotation of the headline that the body does not hold so.
type LintFinding struct {
	Verdict  string   `json:"verdict"`
	Headline []Words  `json:"headline"`
	Body     []Words  `json:"body"` // the body's quotation of the words; empty where there is none
	Edits    []Edit   `json:"edits"`
	Alarms   []string `json:"alarms"`
	Where    string   `json:"where"` // headline, or pull_quote
	Words    string   `json:"words"` // as printed there
}

// Headline is one quotation of a headline and what it was laid over.
type Headline struct {
	Headline, Body *record.Quotation // Headline: nil for a pull quote beside the text
	Pull           bool
	Words          string
	Verdict        record.Verdict
	Edits          []record.Edit
	Alarms         []record.Alarm
	Whole          bool
}

// NewLint is a report without findings yet.
func NewLint(r record.Reading) Lint {
	return Lint{ID: r.Article.ID, URL: r.Article.URL, Title: r.Article.Title, Findings: []LintFinding{}, Whole: []Words{}}
}

// Add adds one quotation of the headline of the text.
func (l *Lint) Add(text string, h Headline) {
	p := newPoints(text)
	at := []Words{}
	if h.Headline != nil {
		at = p.list(h.Headline.Parts)
	}
	if h.Whole {
		l.Whole = append(l.Whole, at...)
		return
	}
	f := LintFinding{Verdict: string(h.Verdict), Headline: at, Body: []Words{}, Edits: edits(h.Edits), Alarms: alarms(h.Alarms),
		Where: "headline", Words: h.Words}
	if h.Pull {
		f.Where = "pull_quote"
	}
	if h.Body != nil {
		f.Body = p.list(h.Body.Parts)
	}
	l.Findings = append(l.Findings, f)
}
