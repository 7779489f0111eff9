// Package eval measures the program against the reference sets, one table for
// each set, and fails where a figure falls below its floor. The floors stand in
// one file, floors.json, and only ever rise.
//
// It knows the nouns of package record and nothing of the stages: the reader,
// the extractor and the tracer are values of Options, so that a stage can be
// swapped (rules against a model) and measured by the same rulers.
//
// The reference texts are not part of the repository. Where they are absent a
// set is skipped, and says so.
package eval

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// Options say what is measured, and with which stages.
type Options struct {
	Sets   []string // names of sets; empty: all of them
	Shared string   // the folder of the reference data; empty: ONRECORD_SHARED, else ../shared
	Floors bool     // fail below the floors
	Raise  string   // path of a floors file to raise to better figures; empty: leave it
	Errors int      // how many errors of each kind to print for reading by eye
	Seed   uint64   // of the sample of errors and of the planted changes; 0 is 1, the seed of the floors
	Limit  int      // read at most so many documents of a set; 0: all. Floors are not applied then

	// Article makes an Article of a page; required.
	Article func(record.Page) (record.Article, error)
	// Read reads an article; required.
	Read func(record.Article) record.Reading
	// JSON is the document as the command prints it; nil: the evidence is
	// measured on the readings alone.
	JSON func(record.Reading) ([]byte, error)
	// Sum is the signature by which near copies of an article are known; nil:
	// none is.
	Sum func(text string) uint64
	// Tracer makes an empty index; nil: Memory.
	Tracer func() Tracer
	// Batch links entries, of keys counting from 1, all at once; nil:
	// trace.Batch. A link of no parent is none.
	Batch func(entries []record.Entry, workers int) []record.Link
	// Tag labels the tokens of one instance; nil: the reader's quotations are
	// laid over the tokens.
	Tag func(tokens []string) []string
	// Act tells what the source of one attribution did, from its spans; nil:
	// the set acts is skipped.
	Act func(a record.Article, cue, source, content []record.Span) record.Act
}

// Tracer is what the trace sets need of the tracer.
type Tracer interface {
	// Place puts an entry into the index and ties it to what it repeats.
	Place(record.Entry) error
	// Utterances lists every utterance, in a stable order.
	Utterances() ([]record.Utterance, error)
	// Check answers whether the words were said.
	Check(words, by string) (record.Finding, error)
	// Compare says how words stand to a fuller wording.
	Compare(words, full string) (record.Verdict, []record.Edit, []record.Alarm)
}

// set is one reference set and the way it is measured.
type set struct {
	name    string
	measure func(context.Context, *run) error
}

// sets in the order in which they are measured.
func sets() []set {
	return []set{
		{"seeds", seeds},
		{"polnear", polnear},
		{"requote", requote},
		{"links", links},
		{"planted", planted},
		{"alterations", naturals},
		{"million", million},
		{"extraction", extraction},
		{"tag", tag},
		{"acts", acts},
		{"calibration", calibration},
		{"evidence", evidence},
	}
}

// Names lists the sets that Run knows.
func Names() []string {
	var names []string
	for _, s := range sets() {
		names = append(names, s.name)
	}
	return names
}

// floorSeed plants the changes that the floors are about.
const floorSeed = 1

// absent is the error of a set whose data is not there.
type absent struct{ what string }

func (a absent) Error() string { return a.what }

// run is one evaluation under way.
type run struct {
	Options
	w       io.Writer
	shared  string
	set     string
	figures []figure
	readAll map[string][]record.Reading // readings kept for a later set of the same run
}

// figure is one number that a floor can hold.
type figure struct {
	name    string
	value   float64
	sampled bool // of texts that are drawn anew when the readings change
}

// Run measures the sets and prints their tables. It returns an error when a
// set cannot be measured, or when Options.Floors is set and a figure is below
// its floor.
func Run(ctx context.Context, o Options, w io.Writer) error {
	if o.Article == nil || o.Read == nil {
		return errors.New("eval: no reader was given")
	}
	if o.Tracer == nil {
		o.Tracer = Memory
	}
	if o.Batch == nil {
		o.Batch = trace.Batch
	}
	if o.Seed == 0 {
		o.Seed = floorSeed
	}
	chosen, err := choose(o.Sets)
	if err != nil {
		return err
	}
	r := &run{Options: o, w: w, shared: findShared(o.Shared), readAll: map[string][]record.Reading{}}
	var measured []string
	for _, s := range chosen {
		r.set = s.name
		err := s.measure(ctx, r)
		var gone absent
		switch {
		case errors.As(err, &gone):
			r.line("%s: skipped: %s", s.name, gone.what)
		case err != nil:
			return fmt.Errorf("measuring %s: %w", s.name, err)
		case s.name == "planted" && o.Seed != floorSeed:
			r.line("floors: not applied to changes planted with another seed")
			r.figures = slices.DeleteFunc(r.figures, func(f figure) bool { return strings.HasPrefix(f.name, "planted.") })
		default:
			measured = append(measured, s.name)
		}
	}
	return r.settle(measured)
}

// choose finds the sets by name, in the fixed order.
func choose(names []string) ([]set, error) {
	for _, n := range names {
		if !slices.Contains(Names(), n) && n != "all" {
			return nil, fmt.Errorf("no reference set is called %q; the sets are %s", n, strings.Join(Names(), ", "))
		}
	}
	var chosen []set
	for _, s := range sets() {
		if len(names) == 0 || slices.Contains(names, "all") || slices.Contains(names, s.name) {
			chosen = append(chosen, s)
		}
	}
	return chosen, nil
}

// keep notes a figure that a floor holds, under the set's name, and returns it
// as a cell. Figures that only explain another one are not kept.
func (r *run) keep(name string, value float64) string {
	r.figures = append(r.figures, figure{name: r.set + "." + name, value: value, sampled: r.set == "planted"})
	return percent(value)
}

func (r *run) line(format string, args ...any) {
	fmt.Fprintf(r.w, format+"\n", args...)
}

// settle holds the figures against the floors and raises these when asked.
func (r *run) settle(measured []string) error {
	if r.Limit > 0 {
		if r.Floors || r.Raise != "" {
			r.line("floors: not applied to a part of a set")
		}
		return nil
	}
	if r.Raise != "" {
		raised, err := raiseFile(r.Raise, r.figures)
		if err != nil {
			return err
		}
		r.line("floors: %d raised in %s", raised, r.Raise)
	}
	if !r.Floors {
		return nil
	}
	floors, err := readFloors(floorsFile)
	if err != nil {
		return err
	}
	below := floors.below(r.figures, measured)
	if len(below) == 0 {
		r.line("floors: all held")
		return nil
	}
	for _, b := range below {
		r.line("floors: %s", b)
	}
	return fmt.Errorf("%d of the figures are below their floors in internal/eval/floors.json: %s", len(below), below[0])
}
