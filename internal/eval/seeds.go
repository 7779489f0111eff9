package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"onrecord/internal/record"
)

const seedsFile = "gold/seeds.json"

// goldQuotation is one quotation of the hand-made reference. Spans are code
// points; an empty field says nothing, except where seedColumns says otherwise.
type goldQuotation struct {
	ID        string   `json:"id"`
	Kind      string   `json:"kind"`
	Where     string   `json:"where"`
	Parts     []string `json:"parts"`
	Spans     [][2]int `json:"spans"`
	Speaker   string   `json:"speaker"`
	Mention   string   `json:"mention"`
	Cue       string   `json:"cue"`
	Addressee string   `json:"addressee"`
	Venue     string   `json:"venue"`
	About     []string `json:"about"`
	SaidAt    string   `json:"said_at"`
	SaidText  string   `json:"said_at_text"`
	Hedge     string   `json:"hedge"`
	Optional  bool     `json:"optional"`
}

type goldDocument struct {
	File          string          `json:"file"`
	Quotations    []goldQuotation `json:"quotations"`
	NotQuotations []string        `json:"not_quotations"`
	Boilerplate   []string        `json:"boilerplate"`
}

type goldUtterance struct {
	ID      string   `json:"id"`
	Members []string `json:"members"`
	Fullest string   `json:"fullest"`
}

type goldSeeds struct {
	Documents   []goldDocument  `json:"documents"`
	Utterances  []goldUtterance `json:"utterances"`
	Paraphrases []struct {
		Members []string `json:"members"`
	} `json:"paraphrases"`
	Clarifications []struct{ Of, By string } `json:"clarifications"`
}

// seedCase is the reference and the readings of its documents.
type seedCase struct {
	gold     goldSeeds
	readings []record.Reading
	columns  map[string]*tally // right of wanted, by column
	misses   []string
	is       map[string]string // gold id -> Quotation.ID
	named    map[string]string // Quotation.ID -> gold id
}

func loadSeeds(ctx context.Context, r *run) (*seedCase, error) {
	data, err := r.readFile(seedsFile)
	if err != nil {
		return nil, err
	}
	c := &seedCase{columns: map[string]*tally{}, is: map[string]string{}, named: map[string]string{}}
	if err := json.Unmarshal(data, &c.gold); err != nil {
		return nil, fmt.Errorf("reading %s: %w", seedsFile, err)
	}
	var pages []record.Page
	for _, d := range c.gold.Documents {
		text, err := r.readFile(d.File)
		if err != nil {
			return nil, err
		}
		pages = append(pages, record.Page{ID: strings.TrimSuffix(path.Base(d.File), ".txt"), Form: record.PlainText, Bytes: text})
	}
	c.readings, err = r.read(ctx, pages)
	return c, err
}

func seedReadings(ctx context.Context, r *run) ([]record.Reading, error) {
	c, err := loadSeeds(ctx, r)
	if err != nil {
		return nil, err
	}
	return c.readings, nil
}

// seeds scores the two example reports against the hand-made reference: each
// column by itself, each miss as a line.
func seeds(ctx context.Context, r *run) error {
	c, err := loadSeeds(ctx, r)
	if err != nil {
		return err
	}
	for i := range c.gold.Documents {
		c.document(&c.gold.Documents[i], &c.readings[i])
	}
	if err := c.trace(r); err != nil {
		return err
	}
	t := &table{title: fmt.Sprintf("seeds: %d example reports against the hand-made reference", len(c.readings)),
		columns: []string{"column", "right", "of", "share"}}
	var all tally
	for _, name := range seedColumns {
		s := c.columns[name]
		if s == nil {
			continue
		}
		all.right += s.right
		all.claimed += s.claimed
		t.row(name, count(s.right), count(s.claimed), r.keep(strings.ReplaceAll(name, " ", "_"), s.precision()))
	}
	t.row("all", count(all.right), count(all.claimed), r.keep("all", all.precision()))
	r.print(t)
	for _, m := range c.misses {
		r.line("    %s", m)
	}
	return nil
}

// seedColumns in the order of the table. An addressee, a hedge, a date and the
// people spoken of that the reference does not give must not be given; a cue
// that it does not give is free, and so is a venue called just "interview".
var seedColumns = []string{"found", "nothing else", "exact words", "kind", "where", "cue", "speaker", "mention",
	"addressee", "venue", "about", "said", "hedge", "no quotation", "passed over", "boilerplate",
	"members", "fullest", "no other link", "paraphrase", "clarification"}

// judge counts one judgement and notes a miss.
func (c *seedCase) judge(column, id string, right bool, want, got string) {
	s := c.columns[column]
	if s == nil {
		s = &tally{}
		c.columns[column] = s
	}
	s.claimed++
	if right {
		s.right++
		return
	}
	c.misses = append(c.misses, fmt.Sprintf("%s %s: want %q got %q", id, column, clip(want, 90), clip(got, 90)))
}

// document scores one document.
func (c *seedCase) document(d *goldDocument, rd *record.Reading) {
	text := rd.Article.Text
	pts, rul := newPoints(text), newRuler(text)
	var want, got [][]record.Span
	for _, g := range d.Quotations {
		want = append(want, pts.spans(g.Spans))
	}
	for i := range rd.Quotations {
		got = append(got, rd.Quotations[i].Parts)
	}
	pairs := rul.match(want, got, 0.3)
	used := map[int]bool{}
	for i, g := range d.Quotations {
		j := pairs[i]
		if j < 0 {
			if !g.Optional {
				c.judge("found", g.ID, false, strings.Join(g.Parts, " "), "")
			}
			continue
		}
		used[j] = true
		q := &rd.Quotations[j]
		c.is[g.ID], c.named[q.ID] = q.ID, g.ID
		if g.Optional {
			continue
		}
		c.judge("found", g.ID, true, "", "")
		c.judge("exact words", g.ID, rul.same(want[i], q.Parts), strings.Join(g.Parts, " "), q.Words(text))
		c.quotation(g, q, text)
	}
	for j := range rd.Quotations {
		if q := &rd.Quotations[j]; !used[j] && !q.Worded() {
			continue // a belief or a topic is not claimed as words said
		} else if !used[j] {
			c.judge("nothing else", q.ID, false, "", q.Words(text))
			c.named[q.ID] = q.ID
		} else {
			c.judge("nothing else", q.ID, true, "", "")
		}
	}
	c.silence(d, rd)
}

// quotation scores the fields of one quotation.
func (c *seedCase) quotation(g goldQuotation, q *record.Quotation, text string) {
	where := g.Where
	if where == "" {
		where = string(record.InBody)
	}
	c.judge("kind", g.ID, g.Kind == string(q.Kind), g.Kind, string(q.Kind))
	c.judge("where", g.ID, where == string(q.Where), where, string(q.Where))
	if g.Cue != "" {
		c.judge("cue", g.ID, strings.EqualFold(g.Cue, wordsAt(text, q.Cue)), g.Cue, wordsAt(text, q.Cue))
	}
	speaker, mention := "", ""
	if q.Speaker != nil {
		speaker, mention = q.Speaker.Name, wordsAt(text, q.Speaker.Span)
	}
	c.judge("speaker", g.ID, strings.EqualFold(g.Speaker, speaker), g.Speaker, speaker)
	c.judge("mention", g.ID, strings.EqualFold(g.Mention, mention), g.Mention, mention)
	addressee, venue := "", ""
	if q.Addressee != nil {
		addressee = q.Addressee.Name
	}
	if q.Venue != nil {
		venue = q.Venue.Name
	}
	c.judge("addressee", g.ID, strings.EqualFold(g.Addressee, addressee), g.Addressee, addressee)
	free := g.Venue == "" && strings.EqualFold(venue, "interview")
	c.judge("venue", g.ID, free || strings.EqualFold(g.Venue, venue), g.Venue, venue)
	want, got := nameSet(g.About), nameSet(referents(q))
	c.judge("about", g.ID, slices.Equal(want, got), strings.Join(want, ", "), strings.Join(got, ", "))
	right, wantSaid := saidRight(g, q, text)
	c.judge("said", g.ID, right, wantSaid, saidWords(q, text))
	var hedges []string
	for _, h := range q.Hedges {
		hedges = append(hedges, h.Of(text))
	}
	c.judge("hedge", g.ID, strings.EqualFold(g.Hedge, strings.Join(hedges, ", ")), g.Hedge, strings.Join(hedges, ", "))
}

func wordsAt(text string, s *record.Span) string {
	if s == nil {
		return ""
	}
	return s.Of(text)
}

func referents(q *record.Quotation) []string {
	var names []string
	for _, r := range q.About {
		names = append(names, r.Name)
	}
	return names
}

// nameSet is the names in lower case, sorted, each once.
func nameSet(names []string) []string {
	var out []string
	for _, n := range names {
		out = append(out, strings.ToLower(n))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// saidRight judges the date: an interval of a year, or the words that date it;
// a year that cannot be is told as a problem and dates nothing.
func saidRight(g goldQuotation, q *record.Quotation, text string) (right bool, want string) {
	switch {
	case g.SaidAt != "":
		if q.Said == nil {
			return false, g.SaidAt
		}
		from, until := record.Format(q.Said.When.From), record.Format(q.Said.When.Until)
		next := fmt.Sprintf("%04d", atoi(g.SaidAt)+1)
		return from == g.SaidAt+"-01-01" && until == next+"-01-01", g.SaidAt
	case g.SaidText != "":
		if q.Said == nil || q.Said.Span == nil {
			return false, g.SaidText
		}
		a, b := strings.ToLower(g.SaidText), strings.ToLower(q.Said.Span.Of(text))
		right = strings.Contains(a, b) || strings.Contains(b, a)
		if strings.Contains(a, " 202 ") {
			return right && strings.Contains(q.Said.Problem, "202") && !q.Said.When.Known(), g.SaidText + " (no such year: 202)"
		}
		return right, g.SaidText
	}
	return q.Said == nil, ""
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = 10*n + int(c-'0')
	}
	return n
}

func saidWords(q *record.Quotation, text string) string {
	if q.Said == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%s [%s, %s) %s", wordsAt(text, q.Said.Span),
		record.Format(q.Said.When.From), record.Format(q.Said.When.Until), q.Said.Problem))
}

// silence scores what must not be claimed, and what must be passed over.
func (c *seedCase) silence(d *goldDocument, rd *record.Reading) {
	text := rd.Article.Text
	for _, words := range d.NotQuotations {
		at := strings.Index(text, words)
		if at < 0 {
			c.judge("no quotation", "reference", false, words, "words that do not stand in the text")
			continue
		}
		s := record.Span{Start: at, End: at + len(words)}
		claimed := ""
		for i := range rd.Quotations {
			if rd.Quotations[i].Worded() && slices.ContainsFunc(rd.Quotations[i].Parts, s.Overlaps) {
				claimed = rd.Quotations[i].Words(text)
			}
		}
		c.judge("no quotation", d.File, claimed == "", words+" not claimed", claimed)
		c.judge("passed over", d.File, passes(rd, s), words, "")
	}
	for _, words := range d.Boilerplate {
		for at := strings.Index(text, words); at >= 0; {
			c.judge("boilerplate", d.File, passes(rd, record.Span{Start: at, End: at + len(words)}), words, "")
			next := strings.Index(text[at+1:], words)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
}

// passes tells whether the reading passes over the words at s, but for marks
// and a comma at their ends.
func passes(rd *record.Reading, s record.Span) bool {
	words := s.Of(rd.Article.Text)
	s.End -= len(words) - len(strings.TrimRight(words, ",."))
	for _, list := range [][]record.Passed{rd.Passed, rd.Article.Passed} {
		for _, p := range list {
			if p.Contains(s) {
				return true
			}
		}
	}
	return false
}
