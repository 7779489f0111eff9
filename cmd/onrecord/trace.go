package main

import (
	"fmt"
	"strings"

	"onrecord/internal/ask"
	"onrecord/internal/read"
	"onrecord/internal/view"
)

type traceCmd struct {
	kept
	JSON bool     `name:"json" help:"One JSON object."`
	Why  bool     `name:"why" help:"Why each is linked, in bits of evidence."`
	What []string `arg:"" name:"id|words" help:"The id of an utterance or of a quotation, or words of it."`
}

// Help is shown below the flags.
func (traceCmd) Help() string {
	return `An id that an utterance once had leads to it for ever. Exit status 3 where
there is no such utterance.

Examples:
  onrecord trace u0a1b2c3d4e
  onrecord trace "burn the whole studio down"
  onrecord trace --json u0a1b2c3d4e | jq '.variants[] | [.article.outlet, .relation]'`
}

// Run shows one utterance and everyone who printed it.
func (c traceCmd) Run(a *app) (err error) {
	ref := strings.TrimSpace(strings.Join(c.What, " "))
	if ref == "" {
		return usage{"nothing to trace; give an id, or words in quotation marks: onrecord trace \"WORDS\""}
	}
	s, err := c.look(a)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	ix, err := read.NewIndex(s)
	if err != nil {
		return err
	}
	u, found, err := ask.Utterance(ix, ref, ask.Depth{Why: c.Why})
	if err != nil {
		return err
	}
	if !found {
		what := "no kept quotation is known by the words “" + ref + "”; try others of it, or onrecord check"
		if ask.IsID(ref) {
			what = "there is no utterance or quotation " + ref + "; onrecord export utterances lists them"
		}
		fmt.Fprintf(a.stderr, "onrecord: %s\n", oneLine(what))
		return status(notFound)
	}
	if c.JSON {
		return view.Write(a.stdout, view.Utterance(u))
	}
	a.paper().Utterance(u)
	return nil
}
