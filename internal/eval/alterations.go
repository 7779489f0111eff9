package eval

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// alterationsFile is pairs of wordings of one utterance as reports print them,
// by ids and offsets, each with the gravest change between the two as two
// people labelled it by reading.
//
//go:embed alterations.json
var alterationsFile []byte

// polnearTrain is the part of PolNeAR from which some of the pairs come.
const polnearTrain = "data/polnear/train.jsonl.gz"

// natural is one alteration that a report made: b prints what a has more
// fully. Offsets are code points of the article's text in its reference file.
type natural struct {
	A            wording       `json:"a"`
	B            wording       `json:"b"`
	Change       record.Change `json:"change"`
	Indirect     bool          `json:"indirect"`      // one of the two stands without marks
	OtherSpeaker bool          `json:"other_speaker"` // the two reports name different speakers
}

type wording struct {
	Set   string `json:"set"` // requote or polnear
	ID    string `json:"id"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

func (w wording) place() string { return fmt.Sprintf("%s %s %d-%d", w.Set, w.ID, w.Start, w.End) }

// naturals measures the types of changes: the tracer lays b over a and the
// gravest change it names is held against the label.
func naturals(ctx context.Context, r *run) error {
	list, err := readAlterations(alterationsFile)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		return absent{"nobody has labelled any yet"}
	}
	texts, err := alteredTexts(r, list)
	if err != nil {
		return err
	}
	s := &changeScore{label: map[record.Change]*tally{}}
	for i, n := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.lay(i, n, texts); err != nil {
			return err
		}
	}
	s.report(r, len(list))
	return nil
}

// lay types the change of the i-th pair and scores it.
func (s *changeScore) lay(i int, n natural, in texts) error {
	full, err := in.entry(n.A)
	if err != nil {
		return err
	}
	here, err := in.entry(n.B)
	if err != nil {
		return err
	}
	if n.Indirect {
		here.Kind = record.Indirect
	}
	if n.OtherSpeaker { // any two names
		here.Speaker, full.Speaker = "Ann Roe", "Ben Stile"
	}
	s.add(i, n, full.Words, trace.Lay(here, full))
	return nil
}

func readAlterations(data []byte) ([]natural, error) {
	var list []natural
	if err := json.Unmarshal(data, &list); err != nil {
		return nil, fmt.Errorf("reading the labelled alterations: %w", err)
	}
	for i, n := range list {
		if !slices.Contains(record.Changes, n.Change) {
			return nil, fmt.Errorf("labelled alteration %d has the change %q, which is none", i, n.Change)
		}
	}
	return list, nil
}

// texts are the texts of reports by set and id.
type texts map[string]map[string]string

// alteredTexts reads the texts that the list needs.
func alteredTexts(r *run, list []natural) (texts, error) {
	need := texts{}
	for _, n := range list {
		for _, w := range []wording{n.A, n.B} {
			if need[w.Set] == nil {
				need[w.Set] = map[string]string{}
			}
			need[w.Set][w.ID] = ""
		}
	}
	keep := func(set, id, text string) {
		if _, ok := need[set][id]; ok {
			need[set][id] = text
		}
	}
	if need["requote"] != nil {
		articles, err := lines[printed](r, requoteArticles, 0)
		if err != nil {
			return nil, err
		}
		for _, a := range articles {
			keep("requote", a.ID, a.Text)
		}
	}
	if need["polnear"] != nil {
		articles, err := lines[annotated](r, polnearTrain, 0)
		if err != nil {
			return nil, err
		}
		for _, a := range articles {
			keep("polnear", a.ID, a.Text)
		}
	}
	return need, nil
}

// entry is the wording as the tracer gets it. Where the report interrupts the
// words (“…,” she said. “…”), what stands between the marks is its own.
func (t texts) entry(w wording) (record.Entry, error) {
	text := t[w.Set][w.ID]
	if text == "" {
		return record.Entry{}, fmt.Errorf("no report %s in the set %s", w.ID, w.Set)
	}
	at := newPoints(text).span(w.Start, w.End)
	e := record.Entry{Kind: record.Direct, Where: record.InBody, Article: w.place()}
	var words []string
	for _, p := range partsOf(text, at) {
		e.Parts = append(e.Parts, p)
		words = append(words, p.Of(text))
	}
	e.Words, e.Context = strings.Join(words, " "), around(text, e.Parts)
	return e, nil
}

// partsOf are the stretches of s that stand in double marks, if the report
// interrupts them; else s itself.
func partsOf(text string, s record.Span) []record.Span {
	var out []record.Span
	start, inside := s.Start, true
	for i, c := range s.Of(text) {
		if c != '"' && c != '“' && c != '”' {
			continue
		}
		at := s.Start + i
		if inside {
			out = append(out, record.Span{Start: start, End: at})
		}
		start, inside = at+len(string(c)), !inside
	}
	if inside {
		out = append(out, record.Span{Start: start, End: s.End})
	}
	for i, p := range out {
		words := strings.TrimLeft(p.Of(text), " ")
		out[i] = record.Span{Start: p.End - len(words), End: p.End - len(words) + len(strings.TrimRight(words, " "))}
	}
	return slices.DeleteFunc(out, func(p record.Span) bool { return p.Len() == 0 })
}

// changeScore counts the right types.
type changeScore struct {
	all      tally
	half     [2]tally // of the even items and of the odd ones
	label    map[record.Change]*tally
	mistakes []mistake
}

func (s *changeScore) of(c record.Change) *tally {
	if s.label[c] == nil {
		s.label[c] = &tally{}
	}
	return s.label[c]
}

func (s *changeScore) add(i int, n natural, full string, v record.Variant) {
	right := one(v.Change == n.Change)
	for _, t := range []*tally{&s.all, &s.half[i%2]} {
		t.wanted++
		t.found += right
	}
	s.of(n.Change).wanted++
	s.of(n.Change).found += right
	s.of(v.Change).claimed++
	s.of(v.Change).right += right
	if right == 1 {
		return
	}
	var edits []string
	for _, e := range v.Edits {
		edits = append(edits, fmt.Sprintf("%s %s “%s” > “%s”", e.Op, e.Type, clip(e.Full, 120), clip(e.Here, 120)))
	}
	half := "even"
	if i%2 == 1 {
		half = "odd"
	}
	s.mistakes = append(s.mistakes, mistake{half + " " + string(n.Change), fmt.Sprintf("%d: labelled %s, typed %s: %s > %s\n      full “%s”\n      here “%s”\n      %s",
		i, n.Change, v.Change, n.A.place(), n.B.place(), clip(full, 400), clip(v.Entry.Words, 400), strings.Join(edits, "\n      "))})
}

func (s *changeScore) report(r *run, n int) {
	t := &table{title: fmt.Sprintf("alterations: %d natural ones, labelled by reading", n),
		columns: []string{"change", "labelled", "typed so", "right", "P", "R"}}
	changes := slices.SortedFunc(func(yield func(record.Change) bool) {
		for c := range s.label {
			if !yield(c) {
				return
			}
		}
	}, func(a, b record.Change) int {
		return cmp.Compare(slices.Index(record.Changes, a), slices.Index(record.Changes, b))
	})
	for _, c := range changes {
		l := s.label[c]
		t.row(string(c), count(l.wanted), count(l.claimed), count(l.right), percent(l.precision()), percent(l.recall()))
	}
	r.print(t)
	r.line("  type right: %s; of the half that was only scored %s, of the half that was looked at %s",
		r.keep("right", s.all.recall()), percent(s.half[0].recall()), percent(s.half[1].recall()))
	r.printErrors(s.mistakes)
}
