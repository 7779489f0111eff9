//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"onrecord/bench/sample"
)

// stage is a row of the table of stages: the functions whose time, with all
// that they call, it adds up, less that of some of those called.
type stage struct {
	name      string
	functions []string
	less      []string
}

// The stages in the order of the trip; those with two spaces before their
// names are parts of the one above.
var trip = []stage{
	{name: "take the article out of plain text", functions: []string{"extract.Article"}},
	{name: "tokens, marks, sentences", functions: []string{"text.New"}},
	{name: "who is mentioned", functions: []string{"mention.Find"}},
	{name: "rules for quotations", functions: []string{"quote.(*finder).rules", "quote.newFinder"}},
	{name: "what the network sees", functions: []string{"quote.Input"}},
	{name: "tagger", functions: []string{"tag.(*Tagger).Tag"}},
	{name: "  look up vectors and features", functions: []string{"tag.(*Net).Embed", "tag.(*projection).fill"}},
	{name: "  matrix products", functions: []string{"matrix.MulAdd"}},
	{name: "  sigmoid and tanh", functions: []string{"matrix.Sigmoid", "matrix.Tanh"}},
	{name: "  forward, backward and choice of spans", functions: []string{"tag.(*Lattice).Run", "tag.(*Lattice).Decode"}},
	{name: "linker", functions: []string{"link.Link"}},
	{name: "join models and rules", functions: []string{"quote.Model.Find"},
		less: []string{"quote.(*finder).rules", "quote.newFinder", "quote.Input", "tag.(*Tagger).Tag", "link.Link"}},
	{name: "speakers, venues, dates and the rest", functions: []string{"attribute.Resolve"}},
	{name: "collect garbage", functions: []string{"runtime.gcBgMarkWorker"}},
}

// stages profiles the readings of a lane and prints the share of each stage.
func stages(s settings) error {
	if _, err := exec.LookPath("go"); err != nil {
		return errors.New("the profile is read by the go command, and there is none on the path")
	}
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	pages, _, err := sample.Reports(s.reports)
	if err != nil {
		return err
	}
	file, profile := filepath.Join(dir, "reports.jsonl"), filepath.Join(dir, "cpu.prof")
	n, err := write(file, pages)
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	r, err := turn(s, dir, pinned(s.core, self, "work", "-lane", s.lane, "-seconds", strconv.FormatFloat(3*s.seconds, 'f', -1, 64), "-profile", profile, file))
	if err != nil {
		return err
	}
	out, err := exec.CommandContext(s.ctx, "go", "tool", "pprof", "-top", "-cum", "-unit=ms", "-nodecount=1000000", "-nodefraction=0", self, profile).Output()
	if err != nil {
		return fmt.Errorf("reading the profile: %w", err)
	}
	spent, total := cumulative(out)
	if total == 0 {
		return errors.New("the profile is empty: let it run longer")
	}
	per := r.CPU * 1e3 / float64(r.Passes*n.reports) // milliseconds a report
	fmt.Printf("\n%s lane, %d readings, %.2f ms a report; %s\n\n", s.lane, r.Passes*n.reports, per, r.Version)
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| stage\t| share\t| ms a report\t|\n|---\t|---\t|---\t|")
	for _, row := range trip {
		share := (sum(spent, row.functions) - sum(spent, row.less)) / total
		fmt.Fprintf(t, "| %s\t| %.1f %%\t| %.3f\t|\n", strings.Replace(row.name, "  ", "– ", 1), 100*share, share*per)
	}
	return t.Flush()
}

// cumulative reads the rows of pprof -top: the milliseconds of each function
// with all that it calls, and of the whole profile.
func cumulative(top []byte) (spent map[string]float64, total float64) {
	spent = map[string]float64{}
	for row := range bytes.Lines(top) {
		f := strings.Fields(string(row))
		if i := strings.Index(string(row), "Total samples = "); i >= 0 {
			total = milliseconds(strings.Fields(string(row)[i:])[3])
		}
		if len(f) < 6 || !strings.HasSuffix(f[3], "ms") && f[3] != "0" {
			continue
		}
		spent[strings.TrimPrefix(f[5], "onrecord/internal/")] += milliseconds(f[3])
	}
	return spent, total
}

func milliseconds(s string) float64 {
	v, err := strconv.ParseFloat(strings.TrimSuffix(s, "ms"), 64)
	if err != nil {
		return 0
	}
	return v
}

func sum(spent map[string]float64, names []string) (out float64) {
	for _, n := range names {
		out += spent[n]
	}
	return out
}
