package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

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
		out = append(out, attribution{
			kind: x.Type, source: pts.spans(x.Source), cue: pts.spans(x.Cue), content: pts.spans(x.Content),
		})
	}
	return out
}

// claims are the quotations of a reading as attributions.
func claims(rd *record.Reading) []attribution {
	var out []attribution
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		a := attribution{kind: string(q.Kind), thought: q.Act == record.Thought, content: contentOf(q)}
		if q.Kind == record.Block {
			a.kind = string(record.Direct)
		}
		if q.Cue != nil {
			a.cue = []record.Span{*q.Cue}
		}
		if q.Speaker != nil && q.Speaker.Span != nil {
			a.source = []record.Span{*q.Speaker.Span}
		}
		out = append(out, a)
	}
	return out
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
		spoken := slices.DeleteFunc(claims(&readings[i]), func(c attribution) bool { return c.thought })
		newMatching(a.Text, a.reference(), spoken).score(speech)
	}
	r.polnearTables("", fmt.Sprintf("polnear: %d articles, attributions against the first annotator", len(articles)), all)
	r.polnearTables("speech.", "polnear: claims of speech and writing only (the reference holds thoughts too)", speech)
	r.printErrors(errs)
	return nil
}

// polnearTables prints and keeps the scores of one choice of claims.
func (r *run) polnearTables(prefix, title string, scores map[string]*attributionScore) {
	t := &table{title: title, columns: []string{"kind", "wanted", "claimed", "matched", "P", "R", "F1",
		"source", "head", "cue", "content", "three", "relaxed"}}
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
			if prefix != "" {
				return percent(v)
			}
			return r.keep(name+"."+measure, v)
		}
		t.row(name, count(s.found.wanted), count(s.found.claimed), count(s.matched),
			percent(s.found.precision()), percent(s.found.recall()), keep("f1", s.found.f1()),
			keep("source", ratio(s.source, s.sourced)), keep("head", ratio(s.head, s.sourced)),
			keep("cue", ratio(s.cue, s.cued)), keep("content", ratio(s.content, s.matched)),
			keep("three", s.exact.f1()), keep("relaxed", s.relaxed.f1()))
	}
	r.print(t)
	r.line("  P, R, F1: found (half of the content shared); source, head, cue, content: right among the matched; " +
		"three: F1 of source, cue and content all exact; relaxed: F1 of content half shared and source overlapping")
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

// mistake is one error, of its kind, for reading by eye.
type mistake struct{ kind, line string }

// errors lists what is wrong with an article's claims, in words.
func (m *matching) errors(id string) []mistake {
	var out []mistake
	say := func(kind string, a attribution, b *attribution) {
		line := fmt.Sprintf("%s %s: %s", kind, id, m.show(a))
		if b != nil {
			line += "\n      got " + m.show(*b)
		} else {
			line += "\n      in  " + m.context(a)
		}
		out = append(out, mistake{kind, line})
	}
	used := map[int]bool{}
	for i, w := range m.want {
		j := m.pairs[i]
		if j < 0 {
			say("missed "+w.kind, w, nil)
			continue
		}
		used[j] = true
		g := m.got[j]
		if !m.ruler.same(w.source, g.source) {
			say("source "+w.kind, w, &g)
		} else if !m.ruler.same(w.content, g.content) {
			say("content "+w.kind, w, &g)
		} else if !m.ruler.same(w.cue, g.cue) {
			say("cue "+w.kind, w, &g)
		}
	}
	for j, g := range m.got {
		if !used[j] {
			say("spurious "+g.kind, g, nil)
		}
	}
	return out
}

func (m *matching) show(a attribution) string {
	return fmt.Sprintf("[%s] <%s> “%s”", m.words(a.source, 60), m.words(a.cue, 40), m.words(a.content, 160))
}

func (m *matching) words(spans []record.Span, n int) string {
	s := ""
	for i, p := range spans {
		if i > 0 {
			s += " | "
		}
		s += p.Of(m.text)
	}
	return clip(s, n)
}

// context is the text round an attribution.
func (m *matching) context(a attribution) string {
	if len(a.content) == 0 {
		return ""
	}
	start, end := len(m.text), 0
	for _, list := range [][]record.Span{a.source, a.cue, a.content} {
		for _, s := range list {
			start, end = min(start, s.Start), max(end, s.End)
		}
	}
	return clip(wide(m.text, start, end, 100), 400)
}

// wide is text[start:end] with about n bytes more on either side.
func wide(text string, start, end, n int) string {
	start, end = max(0, start-n), min(len(text), end+n)
	for start > 0 && text[start]&0xC0 == 0x80 {
		start--
	}
	for end < len(text) && text[end]&0xC0 == 0x80 {
		end++
	}
	return text[start:end]
}

// printErrors prints a seeded sample of the errors, Options.Errors of a kind,
// after the count of each kind.
func (r *run) printErrors(errs []mistake) {
	if r.Errors <= 0 {
		return
	}
	kinds := map[string][]string{}
	for _, e := range errs {
		kinds[e.kind] = append(kinds[e.kind], e.line)
	}
	var names []string
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(r.Seed, 1))
	for _, k := range names {
		list := kinds[k]
		r.line("\n  %s: %d", k, len(list))
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, l := range list[:min(r.Errors, len(list))] {
			r.line("    %s", l)
		}
	}
}
