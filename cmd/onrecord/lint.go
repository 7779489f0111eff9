package main

import (
	"onrecord/internal/ask"
	"onrecord/internal/fetch"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/show"
	"onrecord/internal/view"
)

type lintCmd struct {
	sources
	lanes
	JSON  bool     `name:"json" help:"One JSON object for each report."`
	Files []string `arg:"" optional:"" name:"file" help:"Files, folders, or - for standard input: text, HTML or JSON lines."`
}

// Help is shown below the flags.
func (lintCmd) Help() string {
	return `A headline or a pull quote may quote whole sentences of a longer quotation; a
sentence that is cut, words that are changed, and words that the body does not
quote are findings. Exit status 1 on a finding.

Examples:
  onrecord lint draft.html
  onrecord lint --json drafts/ | jq 'select(.findings != [])'`
}

// Run lays the quotations of each headline over those of its body.
func (c lintCmd) Run(a *app) error {
	files, err := named(a, c.Files, "lint")
	if err != nil {
		return err
	}
	t := told{w: a.stderr}
	bad, findings := 0, 0
	emit := func(r reading) error {
		if r.err != nil {
			bad++
			t.problem(r.page.Origin, r.err)
			return nil
		}
		list := ask.Headlines(r.Reading, read.PullQuotes(r.page))
		for _, h := range list {
			if !h.Whole() {
				findings++
			}
		}
		if c.JSON {
			return view.Write(a.stdout, linted(r.Reading, list))
		}
		a.paper().Lint(r.page.Origin, headlines(list))
		return nil
	}
	problems, err := inOrder(a.ctx, func(yield func(record.Page) error) (int, error) {
		return fetch.Each(a.ctx, files, c.options(a, t), yield)
	}, c.readOne, emit)
	if err != nil {
		return err
	}
	if bad+problems+findings > 0 {
		return status(failed)
	}
	return nil
}

func headlines(list []ask.Headline) []show.Headline {
	out := make([]show.Headline, len(list))
	for i, h := range list {
		out[i] = show.Headline{Words: h.Words, Body: h.Full, Verdict: h.Verdict, Edits: h.Edits, Alarms: h.Alarms, Whole: h.Whole(), Pull: h.Pull}
	}
	return out
}

func linted(r record.Reading, list []ask.Headline) view.Lint {
	out := view.NewLint(r)
	for _, h := range list {
		out.Add(r.Article.Text, view.Headline{
			Headline: h.Quotation, Pull: h.Pull, Words: h.Words, Body: h.Body, Verdict: h.Verdict, Edits: h.Edits, Alarms: h.Alarms, Whole: h.Whole(),
		})
	}
	return out
}
