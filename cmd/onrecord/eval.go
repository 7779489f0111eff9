package main

import (
	"bytes"
	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/quote"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/text"
	"onrecord/internal/view"
)

type evalCmd struct {
	Sets   []string `arg:"" optional:"" name:"set" help:"Sets to measure: seeds, polnear, requote, links, planted, alterations, million, extraction, tag, acts, calibration, evidence; all of them where none is named."`
	Shared string   `type:"path" env:"ONRECORD_SHARED" help:"The folder of the reference data; ../shared beside the repository by default."`
	Floors bool     `default:"true" negatable:"" help:"Fail where a figure is below its floor."`
	Raise  bool     `help:"Raise the floors to the figures reached; they never go down."`
	Errors int      `help:"Print this many errors of each kind, for reading by eye."`
	Seed   uint64   `default:"1" help:"Seed of the samples and of the planted changes."`
	Lane   string   `enum:"full,fast,rules" default:"full" help:"What reads: the full model, the fast lane, or the rules alone. Floors belong to full."`
	Limit  int      `help:"Read at most this many documents of a set (make so many mentions of the million); floors are then not applied."`
}

var lanesByName = map[string]read.Lane{"full": read.Full, "fast": read.Fast, "rules": read.Rules}

// Help is shown below the flags.
func (evalCmd) Help() string {
	return `Examples:
  onrecord eval
  onrecord eval seeds
  onrecord eval polnear --limit 100 --errors 20`
}

// Run measures the sets.
func (c evalCmd) Run(a *app) error {
	lane := lanesByName[c.Lane]
	o := eval.Options{
		Sets: c.Sets, Shared: c.Shared, Floors: c.Floors, Errors: c.Errors, Seed: c.Seed, Limit: c.Limit,
		Article: extract.Article, Read: func(art record.Article) record.Reading { return read.Article(art, lane) },
		Sum: extract.Sum, Tag: lane.Labeller(),
		JSON: func(r record.Reading) ([]byte, error) {
			var b bytes.Buffer
			err := view.Write(&b, view.Read(r))
			return b.Bytes(), err
		},
		Act: func(art record.Article, cue, source, content []record.Span) record.Act {
			return quote.ActOf(text.New(&art), quote.Told{Cue: cue, Source: source, Content: content})
		},
	}
	if c.Raise {
		path, err := eval.FloorsPath()
		if err != nil {
			return err
		}
		o.Raise = path
	}
	return eval.Run(a.ctx, o, a.stdout)
}
