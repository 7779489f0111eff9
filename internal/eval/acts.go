package eval

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"onrecord/internal/record"
)

// actsFile is the training part: the development part measures the finder.
const actsFile = "data/polnear/train.jsonl.gz"

// The reference for the act of a cue: 500 cues drawn from the training part of
// PolNeAR, labelled by reading the sentence: did the source utter the content,
// write it, or only think, feel, want, decide or do it? Doubtful ones are
// marked and not scored. The word lists were made with the development half in
// view; the measured half was labelled after them and alone holds the floor.
//
//go:embed reference/acts.jsonl
var actsReference []byte

// actLabel is one line of the reference. Offsets are code points.
type actLabel struct {
	Article string     `json:"article"`
	Cue     [][2]int   `json:"cue"`
	Act     record.Act `json:"act"`
	Part    string     `json:"part"`
	Doubt   bool       `json:"doubt"`
}

// actScore counts the cues of one half.
type actScore struct {
	doubt, scored, right int
	said                 tally // speech and writing taken together
	thoughts, shown      int   // thoughts, and those of them shown as said
}

// acts measures whether the act of a cue is told rightly: words said or
// written, or a thought. The spans are given.
func acts(ctx context.Context, r *run) error {
	if r.Act == nil {
		return absent{"nothing was given that tells acts"}
	}
	labels, err := readActs(actsReference)
	if err != nil {
		return err
	}
	articles, err := lines[annotated](r, actsFile, 0)
	if err != nil {
		return err
	}
	byID := map[string]annotated{}
	for _, a := range articles {
		byID[a.ID] = a
	}
	scores := map[string]*actScore{"development": {}, "measured": {}}
	var errs []mistake
	for _, l := range labels {
		if err := ctx.Err(); err != nil {
			return err
		}
		got, words, err := r.actAt(byID[l.Article], l)
		if err != nil {
			return err
		}
		scores[l.Part].add(l, got)
		// The measured half is not for reading.
		if !l.Doubt && got != l.Act && l.Part == "development" {
			errs = append(errs, mistake{fmt.Sprintf("%s as %s", l.Act, got), fmt.Sprintf("%s as %s: %s", l.Act, got, words)})
		}
	}
	r.actTable(scores)
	r.printErrors(errs)
	return nil
}

func readActs(data []byte) ([]actLabel, error) {
	var labels []actLabel
	dec := json.NewDecoder(bytes.NewReader(data))
	for {
		var l actLabel
		err := dec.Decode(&l)
		if err == io.EOF {
			return labels, nil
		}
		if err != nil {
			return nil, fmt.Errorf("reading label %d of the acts: %w", len(labels)+1, err)
		}
		labels = append(labels, l)
	}
}

// actAt asks for the act at one label's cue, and gives the words for reading.
func (r *run) actAt(a annotated, l actLabel) (record.Act, string, error) {
	if len(a.Annotations) == 0 {
		return "", "", fmt.Errorf("no annotated article %s for a label of the acts", l.Article)
	}
	article, err := r.Article(a.page())
	if err != nil {
		return "", "", fmt.Errorf("reading %s: %w", a.ID, err)
	}
	pts := newPoints(a.Text)
	for _, x := range a.Annotations[0].Attributions {
		if !slices.Equal(x.Cue, l.Cue) {
			continue
		}
		w := attribution{kind: x.Type, source: pts.spans(x.Source), cue: pts.spans(x.Cue), content: pts.spans(x.Content)}
		m := matching{text: a.Text}
		return r.Act(article, w.cue, w.source, w.content), m.show(w), nil
	}
	return "", "", fmt.Errorf("%s has no cue at %v", a.ID, l.Cue)
}

func (s *actScore) add(l actLabel, got record.Act) {
	if l.Doubt {
		s.doubt++
		return
	}
	s.scored++
	s.right += one(got == l.Act)
	wanted, claimed := l.Act != record.Thought, got != record.Thought
	s.said.wanted += one(wanted)
	s.said.claimed += one(claimed)
	if wanted && claimed {
		s.said.hit()
	}
	if !wanted {
		s.thoughts++
		s.shown += one(claimed)
	}
}

func (r *run) actTable(scores map[string]*actScore) {
	t := &table{title: "acts: cues of the training part, by what their source did",
		columns: []string{"half", "scored", "doubtful", "accuracy", "said P", "said R", "thoughts", "shown as said"}}
	for _, part := range []string{"development", "measured"} {
		s := scores[part]
		accuracy, p, rec := ratio(s.right, s.scored), s.said.precision(), s.said.recall()
		if part == "measured" {
			r.keep("accuracy", accuracy)
			r.keep("said.precision", p)
			r.keep("said.recall", rec)
		}
		t.row(part, count(s.scored), count(s.doubt), percent(accuracy), percent(p), percent(rec), count(s.thoughts), count(s.shown))
	}
	r.print(t)
	r.line("  accuracy: speech, writing or thought; said: spoken or written, against thought.")
}
