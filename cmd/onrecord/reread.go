package main

import (
	"fmt"

	"onrecord/internal/read"
	"onrecord/internal/show"
)

type rereadCmd struct {
	kept
	lanes
}

// Help is shown below the flags.
func (rereadCmd) Help() string {
	return `Reads every kept report again from the bytes as they came, and makes people,
quotations and utterances anew: after an update of the program. Corrections
stay and are applied last. All of it is done, or nothing.

Examples:
  onrecord reread
  onrecord reread --db story.db`
}

// Run makes everything derived anew.
func (c rereadCmd) Run(a *app) (err error) {
	s, err := c.change(a)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	n := 0
	if err := read.Reread(a.ctx, s, c.lane(), func(string) { n++ }); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s read again.\n", show.Count(n, "report", "reports"))
	return err
}
