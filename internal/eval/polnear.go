package eval

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/record"
)

// polnearFile is the development part; the training part is for learning.
const polnearFile = "data/polnear/dev.jsonl.gz"

// annotated is one article of PolNeAR. Offsets are code points.
type annotated struct {
	ID          string `json:"id"`
	Publisher   string `json:"publisher"`
	Date        string `json:"date"`
	Text        string `json:"text"`
	Annotations []struct {
		Attributions []struct {
			Source  [][2]int `json:"source"`
			Cue     [][2]int `json:"cue"`
			Content [][2]int `json:"content"`
			Type    string   `json:"type"`
		} `json:"attributions"`
	} `json:"annotations"`
}

// attribution is one attribution, of the reference or of the program, in bytes.
type attribution struct {
	kind                 string // direct, mixed, indirect; empty where the reference does not say
	thought              bool
	source, cue, content []record.Span
}

// page is the article as it came in: plain text, the headline its first line.
func (a annotated) page() record.Page {
	return record.Page{ID: a.ID, Outlet: a.Publisher, Published: a.Date, Form: record.PlainText, Bytes: []byte(a.Text)}
}

// reference is what the first annotator marked.
func (a annotated) reference() []attribution {
	if len(a.Annotations) == 0 {
		return nil
	}
	pts := newPoints(a.Text)
	var out []attribution
	for _, x := range a.Annotations[0].Attributions {
		out = append(out, plainly(a.Text, attribution{
			kind: x.Type, source: pts.spans(x.Source), cue: pts.spans(x.Cue), content: pts.spans(x.Content),
		}))
	}
	return out
}

// claims are the quotations of a reading as attributions.
func claims(rd *record.Reading) []attribution {
	var out []attribution
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		a := attribution{kind: string(q.Kind), thought: q.Act == record.Thought, content: slices.Clone(contentOf(q))}
		if q.Kind == record.Block {
			a.kind = string(record.Direct)
		}
		if q.Cue != nil {
			a.cue = []record.Span{*q.Cue}
		}
		if q.Speaker != nil && q.Speaker.Span != nil {
			a.source = []record.Span{*q.Speaker.Span}
		}
		out = append(out, plainly(rd.Article.Text, a))
	}
	return out
}

// plainly takes off, on both sides alike, what the annotators and the program
// set differently by convention and no reader misses: the "that" before a
// reported clause, and punctuation at the ends of a cue, a source or a content.
func plainly(text string, a attribution) attribution {
	for _, list := range [][]record.Span{a.source, a.cue, a.content} {
		for i := range list {
			list[i] = trimEnds(text, list[i])
		}
	}
	if len(a.content) > 0 {
		first := &a.content[0]
		if rest, ok := strings.CutPrefix(strings.ToLower(first.Of(text)), "that "); ok && rest != "" {
			first.Start += len("that ")
		}
	}
	return a
}

// trimEnds leaves a span of punctuation alone as it is.
func trimEnds(text string, s record.Span) record.Span {
	const ends = ".,;:-–—―() \u00a0\t\n\"'`“”„‘’«»"
	words := s.Of(text)
	if strings.Trim(words, ends) == "" {
		return s
	}
	s.Start += len(words) - len(strings.TrimLeft(words, ends))
	s.End -= len(words) - len(strings.TrimRight(words, ends))
	return s
}

// contentOf is the whole reported content; a quotation that gives none has its
// parts.
func contentOf(q *record.Quotation) []record.Span {
	if len(q.Content) > 0 {
		return q.Content
	}
	return q.Parts
}

// attributionScore is the score of one kind of attribution.
type attributionScore struct {
	found, exact, relaxed      tally
	matched                    int // pairs, for the shares below
	content, cue, source, head int // right within the pairs
	sourced, cued              int // pairs whose reference has a source, a cue
}

// polnearKinds are the rows of the table; "" stands for all.
var polnearKinds = []string{"", "direct", "mixed", "indirect"}

func polnear(ctx context.Context, r *run) error {
	articles, err := lines[annotated](r, polnearFile, r.Limit)
	if err != nil {
		return err
	}
	pages := make([]record.Page, len(articles))
	for i, a := range articles {
		pages[i] = a.page()
	}
	readings, err := r.read(ctx, pages)
	if err != nil {
		return err
	}
	r.readAll[polnearFile] = readings
	all, speech := map[string]*attributionScore{}, map[string]*attributionScore{}
	var errs []mistake
	for i, a := range articles {
		if readings[i].Article.Text != a.Text {
			return fmt.Errorf("%s: the article's text is not the text as it came", a.ID)
		}
		m := newMatching(a.Text, a.reference(), claims(&readings[i]))
		m.score(all)
		errs = append(errs, m.errors(a.ID)...)
		thought := func(x attribution) bool { return x.thought }
		spoken := slices.DeleteFunc(claims(&readings[i]), thought)
		said := slices.DeleteFunc(r.acted(&readings[i].Article, a.reference()), thought)
		newMatching(a.Text, said, spoken).score(speech)
	}
	r.polnearTables("", fmt.Sprintf("polnear: %d articles, attributions against the first annotator", len(articles)), all)
	r.polnearTables("speech.", "polnear: speech and writing only, claimed and wanted (thoughts are told by the cue, on both sides)", speech)
	r.printErrors(errs)
	return nil
}

// acted says of each attribution of the reference whether it is a thought; the
// reference itself does not.
func (r *run) acted(art *record.Article, list []attribution) []attribution {
	for i := range list {
		if x := &list[i]; r.Act != nil {
			x.thought = r.Act(*art, x.cue, x.source, x.content) == record.Thought
		}
	}
	return list
}

// polnearTables prints and keeps the scores of one choice of claims.
func (r *run) polnearTables(prefix, title string, scores map[string]*attributionScore) {
	t := &table{title: title, columns: []string{"kind", "wanted", "claimed", "matched", "P", "R", "F1",
		"source", "head", "cue", "content", "three", "relaxed", "its P", "its R"}}
	for _, kind := range polnearKinds {
		s := scores[kind]
		if s == nil {
			s = &attributionScore{}
		}
		name := kind
		if name == "" {
			name = "all"
		}
		keep := func(measure string, v float64) string {
			return r.keep(prefix+name+"."+measure, v)
		}
		t.row(name, count(s.found.wanted), count(s.found.claimed), count(s.matched),
			percent(s.found.precision()), percent(s.found.recall()), keep("f1", s.found.f1()),
			percent(ratio(s.source, s.sourced)), percent(ratio(s.head, s.sourced)),
			percent(ratio(s.cue, s.cued)), percent(ratio(s.content, s.matched)),
			keep("three", s.exact.f1()), keep("relaxed", s.relaxed.f1()), percent(s.relaxed.precision()), keep("relaxed_recall", s.relaxed.recall()))
	}
	r.print(t)
	r.line("  P, R, F1: found (half of the content shared); source, head, cue, content: right among the matched; " +
		"three: F1 of source, cue and content all exact; relaxed: F1 of content half shared and source overlapping.\n" +
		"  Exact but for marks, punctuation at the ends and a leading \"that\", on both sides.")
}

// matching is the attributions of one article, matched.
type matching struct {
	text      string
	ruler     ruler
	want, got []attribution
	pairs     []int
}

func newMatching(text string, want, got []attribution) *matching {
	m := &matching{text: text, ruler: newRuler(text), want: want, got: got}
	m.pairs = m.ruler.match(contents(want), contents(got), 0.5)
	return m
}

func contents(list []attribution) [][]record.Span {
	var out [][]record.Span
	for _, a := range list {
		out = append(out, a.content)
	}
	return out
}

// score adds the article to the scores: recall by the kind of the reference,
// precision by the kind that the program claims.
func (m *matching) score(scores map[string]*attributionScore) {
	of := func(kind string) *attributionScore {
		if scores[kind] == nil {
			scores[kind] = &attributionScore{}
		}
		return scores[kind]
	}
	for _, g := range m.got {
		for _, kind := range kindsOf(g) {
			of(kind).claim()
		}
	}
	for i, w := range m.want {
		for _, kind := range kindsOf(w) {
			of(kind).want()
		}
		if m.pairs[i] < 0 {
			continue
		}
		g := m.got[m.pairs[i]]
		v := m.judge(w, g)
		for _, kind := range kindsOf(w) {
			of(kind).meet(w, v)
		}
		for _, kind := range kindsOf(g) {
			of(kind).confirm(v)
		}
	}
}

// kindsOf are the rows in which an attribution counts.
func kindsOf(a attribution) []string {
	if a.kind == "" {
		return []string{""}
	}
	return []string{"", a.kind}
}

// verdict is what is right of one matched pair.
type verdict struct{ source, head, cue, content, overlap bool }

func (v verdict) three() bool { return v.source && v.cue && v.content }

func (m *matching) judge(w, g attribution) verdict {
	return verdict{
		source:  m.ruler.same(w.source, g.source),
		head:    m.sameHead(w.source, g.source),
		cue:     m.ruler.same(w.cue, g.cue),
		content: m.ruler.same(w.content, g.content),
		overlap: m.ruler.shared(w.source, g.source) > 0 || len(w.source)+len(g.source) == 0,
	}
}

func (s *attributionScore) claim() {
	s.found.claimed++
	s.exact.claimed++
	s.relaxed.claimed++
}

func (s *attributionScore) want() {
	s.found.wanted++
	s.exact.wanted++
	s.relaxed.wanted++
}

// confirm counts a claim that meets a want.
func (s *attributionScore) confirm(v verdict) {
	s.found.right++
	s.exact.right += one(v.three())
	s.relaxed.right += one(v.overlap)
}

// meet counts a want that a claim meets.
func (s *attributionScore) meet(w attribution, v verdict) {
	s.matched++
	s.found.found++
	s.exact.found += one(v.three())
	s.relaxed.found += one(v.overlap)
	s.content += one(v.content)
	if len(w.cue) > 0 {
		s.cued++
		s.cue += one(v.cue)
	}
	if len(w.source) > 0 {
		s.sourced++
		s.source += one(v.source)
		s.head += one(v.head)
	}
}

func one(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sameHead tells whether the head words of two phrases are the same place.
func (m *matching) sameHead(a, b []record.Span) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	x, okX := head(m.text, a[0])
	y, okY := head(m.text, b[0])
	return okX && okY && x == y
}
