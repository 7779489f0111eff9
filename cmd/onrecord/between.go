package main

import (
	"strings"

	"fmt"

	"onrecord/internal/ask"
	"onrecord/internal/read"
	"onrecord/internal/show"
	"onrecord/internal/view"
)

type betweenCmd struct {
	kept
	JSON bool   `name:"json" help:"One JSON object."`
	Why  bool   `name:"why" help:"Why each is linked, in bits of evidence."`
	A    string `arg:"" name:"a" help:"A name, as the reports use it, or the id of a person."`
	B    string `arg:"" name:"b" help:"The other name or id."`
}

// Help is shown below the flags.
func (betweenCmd) Help() string {
	return `In order of when it was said; where that is not known, of when it was first
printed. Exit status 3 where nobody of a name is kept, or nothing was said.

Examples:
  onrecord between "Mira Dahl" "Jon Vale"
  onrecord between --json Dahl Vale | jq -r '.utterances[].fullest.text'`
}

// Run shows what two people said about and to each other.
func (c betweenCmd) Run(a *app) (err error) {
	if strings.TrimSpace(c.A) == "" || strings.TrimSpace(c.B) == "" {
		return usage{"a name is empty; give two: onrecord between \"A\" \"B\""}
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
	x, missing, err := ask.Between(ix, c.A, c.B, ask.Depth{Why: c.Why})
	if err != nil {
		return err
	}
	if missing != "" {
		fmt.Fprintf(a.stderr, "onrecord: nobody in the kept reports goes by %s; onrecord export people lists the names\n", missing)
		return status(notFound)
	}
	for _, p := range x.Also {
		fmt.Fprintf(a.stderr, "onrecord: the name could also mean %s (%s); give an id, or make two one with onrecord correct merge\n", p.Name, p.ID)
	}
	if c.JSON {
		err = view.Write(a.stdout, exchange(x))
	} else {
		turns := make([]show.Turn, len(x.Turns))
		for i, t := range x.Turns {
			turns[i] = show.Turn{Utterance: t.Utterance, By: t.By, To: t.To, ReplyTo: t.ReplyTo, Sign: show.Sign(t.Sign)}
		}
		a.paper().Between(x.A.Name, x.B.Name, turns)
	}
	if err == nil && len(x.Turns) == 0 {
		return status(notFound)
	}
	return err
}

func exchange(x ask.Exchange) view.Exchange {
	out := view.Exchange{A: x.A.Name, B: x.B.Name, Utterances: make([]view.Turn, len(x.Turns))}
	for i, t := range x.Turns {
		out.Utterances[i] = view.Turn{Trace: view.Utterance(t.Utterance), To: t.To}
		if t.ReplyTo != "" {
			out.Utterances[i].ReplyTo = &t.ReplyTo
			out.Utterances[i].ReplyBy = &view.Sign{Quotation: t.Sign.Quotation, Text: t.Sign.Text}
		}
	}
	return out
}
