package main

import (
	"bufio"

	"onrecord/internal/fetch"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/show"
	"onrecord/internal/view"
)

type readCmd struct {
	sources
	lanes
	Why   bool     `name:"why" help:"Name the words that weighed most in what the model found; takes longer."`
	JSON  bool     `name:"json" help:"One JSON object for each report."`
	Files []string `arg:"" optional:"" name:"file" help:"Files, folders, or - for standard input: text, HTML or JSON lines."`
}

// Help is shown below the flags.
func (readCmd) Help() string {
	return `Examples:
  onrecord read report.html
  onrecord read --json report.txt | jq '.quotations[].speaker.name'
  curl -s https://example.org/report | onrecord read -
  onrecord read --jsonl --json reports.jsonl > readings.jsonl`
}

// Run reads each document and shows what is found, in order.
func (c readCmd) Run(a *app) error {
	files, err := named(a, c.Files, "read")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(a.stdout, 1<<16)
	defer out.Flush()
	t := told{w: a.stderr}
	bad, n := 0, 0
	paper := a.paper()
	paper.W = out
	emit := func(r reading) error {
		if r.err != nil {
			bad++
			t.problem(r.page.Origin, r.err)
			return nil
		}
		n++
		if c.JSON {
			return view.Write(out, view.Read(r.Reading))
		}
		if n > 1 {
			paper.Rule()
		}
		showReading(paper, r.Reading)
		return nil
	}
	problems, err := inOrder(a.ctx, func(yield func(record.Page) error) (int, error) {
		return fetch.Each(a.ctx, files, c.options(a, t), yield)
	}, c.one, emit)
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad+problems > 0 {
		return status(failed)
	}
	return nil
}

// one reads one page, with the words that weighed most where they are asked for.
func (c readCmd) one(p record.Page) reading {
	if !c.Why {
		return c.readOne(p)
	}
	r, err := read.Weighed(p, c.lane())
	return reading{r, p, err}
}

func showReading(p show.Paper, r record.Reading) { p.Document(r) }

// reading is what came of one page.
type reading struct {
	record.Reading
	page record.Page
	err  error
}
