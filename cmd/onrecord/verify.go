package main

import (
	"fmt"

	"onrecord/internal/show"
	"onrecord/internal/store"
	"onrecord/internal/view"
)

type verifyCmd struct {
	kept
	JSON bool `name:"json" help:"One JSON object."`
}

// Help is shown below the flags.
func (verifyCmd) Help() string {
	return `Hashes the kept bytes again, and finds every kept quotation in the kept text,
byte for byte. Exit status 1 on a loss.

Examples:
  onrecord verify
  onrecord verify --db story.db`
}

// loss is one thing that is not as it was kept.
type loss struct {
	Article   string `json:"article"`
	Quotation string `json:"quotation"`
	What      string `json:"what"`
}

// Run looks at everything kept.
func (c verifyCmd) Run(a *app) (err error) {
	s, err := c.look(a)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	losses := []loss{}
	v, err := s.Verify(a.ctx, func(l store.Loss) {
		losses = append(losses, loss(l))
		what := l.Article
		if l.Quotation != "" {
			what = l.Quotation
		}
		fmt.Fprintf(a.stderr, "onrecord: %s: %s; bring back a copy of the store, or add the report again into a new one\n", what, l.What)
	})
	if err != nil {
		return err
	}
	if c.JSON {
		err = view.Write(a.stdout, struct {
			Quotations      int    `json:"quotations"`
			QuotationsFound int    `json:"quotations_found"`
			Articles        int    `json:"articles"`
			ArticlesFound   int    `json:"articles_found"`
			Losses          []loss `json:"losses"`
		}{v.Quotations, v.QuotationsFound, v.Articles, v.ArticlesFound, losses})
	} else {
		_, err = fmt.Fprintf(a.stdout, "%s of %s found again, byte for byte; %s of %s as they came in.\n",
			show.Number(v.QuotationsFound), show.Count(v.Quotations, "quotation", "quotations"),
			show.Number(v.ArticlesFound), show.Count(v.Articles, "report", "reports"))
	}
	if err == nil && len(losses) > 0 {
		return status(failed)
	}
	return err
}
