package main

import (
	"onrecord/internal/read"
	"onrecord/internal/record"
)

// lanes is how much of a report the models read.
type lanes struct {
	Fast bool `name:"fast" help:"Let the model read only sentences that hold a quotation mark or a cue of speech: several times faster, less indirect speech is found."`
}

func (l lanes) lane() read.Lane {
	if l.Fast {
		return read.Fast
	}
	return read.Full
}

// readOne reads one page in a lane.
func (l lanes) readOne(p record.Page) reading {
	r, err := read.Page(p, l.lane())
	return reading{r, p, err}
}
