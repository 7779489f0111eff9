package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/user"
	"strings"
	"time"

	"onrecord/internal/read"
	"onrecord/internal/store"
	"onrecord/internal/view"
)

type correctCmd struct {
	Merge         mergeCmd         `cmd:"" help:"Two names are one person."`
	Split         splitCmd         `cmd:"" help:"In some reports the name is somebody else's."`
	Speaker       speakerCmd       `cmd:"" help:"Somebody else said it."`
	NotAQuotation notAQuotationCmd `cmd:"" name:"not-a-quotation" help:"These are no words that anybody said."`
	NotSame       notSameCmd       `cmd:"" name:"not-same" help:"Two quotations are not the same utterance."`
	Undo          undoCmd          `cmd:"" help:"Take a correction back."`
	List          listCmd          `cmd:"" help:"List all corrections."`
}

// Help is shown below the flags.
func (correctCmd) Help() string {
	return `A correction is a statement that is added and never taken out; what it says is
applied last, and again after every re-reading. Ids stand in the output of
trace, check --json and export.

Examples:
  onrecord correct merge "Theo Marrable" "Theodore Marrable"
  onrecord correct split "Alan Pryce" d41c09aa2f17
  onrecord correct speaker d41c09aa2f17:3 "Mira Dahl"
  onrecord correct not-a-quotation d41c09aa2f17:4
  onrecord correct not-same d41c09aa2f17:3 d9b1e0c55a20:1
  onrecord correct list
  onrecord correct undo 2`
}

// stated is what every correction has.
type stated struct {
	kept
	ByWhom string `name:"by" placeholder:"NAME" help:"Who says so; your user name where this is not given."`
}

func (s stated) keep(a *app, c read.Correction) (err error) {
	st, err := s.change(a)
	if err != nil {
		return err
	}
	defer closing(st, &err)
	c.By = s.ByWhom
	if c.By == "" {
		c.By = login()
	}
	seq, err := read.Correct(a.ctx, st, c)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "Correction %d is kept and applied. To take it back: onrecord correct undo %d\n", seq, seq)
	return err
}

func login() string {
	if u, err := user.Current(); err == nil && u.Username != "" {
		return u.Username
	}
	return os.Getenv("USER")
}

func correction(kind string) read.Correction {
	var c read.Correction
	c.Kind = kind
	return c
}

type mergeCmd struct {
	stated
	Person string `arg:"" name:"person" help:"The person that stays: a name or an id."`
	Same   string `arg:"" name:"same" help:"The name or id that is the same person."`
}

// Run says that two names are one person.
func (c mergeCmd) Run(a *app) error {
	x := correction(store.MergePeople)
	x.Person, x.Same = c.Person, c.Same
	return c.keep(a, x)
}

type splitCmd struct {
	stated
	Person   string   `arg:"" name:"person" help:"The person: a name or an id."`
	Articles []string `arg:"" name:"report" help:"Ids of the reports in which the name is somebody else's."`
}

// Run says that a name is somebody else's in some reports.
func (c splitCmd) Run(a *app) error {
	x := correction(store.SplitPeople)
	x.Person, x.Articles = c.Person, c.Articles
	return c.keep(a, x)
}

type speakerCmd struct {
	stated
	Quotation string `arg:"" name:"quotation" help:"Id of the quotation."`
	Name      string `arg:"" name:"name" help:"Who said it."`
}

// Run says who said the words.
func (c speakerCmd) Run(a *app) error {
	if strings.TrimSpace(c.Name) == "" {
		return usage{"no speaker is named; give a name: onrecord correct speaker QUOTATION NAME"}
	}
	x := correction(store.RightSpeaker)
	x.Quotation, x.Speaker = c.Quotation, strings.Join(strings.Fields(c.Name), " ")
	return c.keep(a, x)
}

type notAQuotationCmd struct {
	stated
	Quotation string `arg:"" name:"quotation" help:"Id of the quotation."`
}

// Run says that the words are no quotation.
func (c notAQuotationCmd) Run(a *app) error {
	x := correction(store.NotAQuotation)
	x.Quotation = c.Quotation
	return c.keep(a, x)
}

type notSameCmd struct {
	stated
	Quotation string `arg:"" name:"quotation" help:"Id of a quotation."`
	Other     string `arg:"" name:"other" help:"Id of the quotation that is another utterance."`
}

// Run keeps two quotations apart.
func (c notSameCmd) Run(a *app) error {
	if c.Quotation == c.Other {
		return usage{"a quotation cannot be kept apart from itself; give two ids"}
	}
	x := correction(store.NotSameUtterance)
	x.Quotation, x.Other = c.Quotation, c.Other
	return c.keep(a, x)
}

type undoCmd struct {
	stated
	Number int64 `arg:"" name:"number" help:"The number of the correction; onrecord correct list shows it."`
}

// Run takes a correction back, by a statement of its own.
func (c undoCmd) Run(a *app) error {
	x := correction(store.Undo)
	x.Of = c.Number
	return c.keep(a, x)
}

type listCmd struct {
	kept
	JSON bool `name:"json" help:"One JSON object for each correction."`
}

// Run lists all corrections, those taken back too.
func (c listCmd) Run(a *app) (err error) {
	s, err := c.look(a)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	list, err := read.Corrections(s)
	if err != nil {
		return err
	}
	if len(list) == 0 && !c.JSON {
		_, err = fmt.Fprintln(a.stdout, "No corrections.")
		return err
	}
	for _, x := range list {
		if err := c.line(a, x); err != nil {
			return err
		}
	}
	return nil
}

func (c listCmd) line(a *app, x read.Correction) error {
	if c.JSON {
		return view.Write(a.stdout, struct {
			Number int64           `json:"number"`
			At     string          `json:"at"`
			By     string          `json:"by"`
			Kind   string          `json:"kind"`
			Undone bool            `json:"undone"`
			Body   json.RawMessage `json:"body"`
		}{x.Seq, x.At.UTC().Format(time.RFC3339), x.By, x.Kind, x.Undone, x.Body})
	}
	undone := ""
	if x.Undone {
		undone = " (taken back)"
	}
	_, err := fmt.Fprintf(a.stdout, "%3d  %s  %s: %s%s\n", x.Seq, x.At.UTC().Format(time.DateOnly), x.By, said(x), undone)
	return err
}

// said puts a correction into words.
func said(x read.Correction) string {
	switch x.Kind {
	case store.MergePeople:
		return x.Same + " is " + x.Person
	case store.SplitPeople:
		return x.Person + " is somebody else in " + strings.Join(x.Articles, ", ")
	case store.RightSpeaker:
		return x.Speaker + " said " + x.Quotation
	case store.NotAQuotation:
		return x.Quotation + " is no quotation"
	case store.NotSameUtterance:
		return x.Quotation + " and " + x.Other + " are two utterances"
	}
	return fmt.Sprintf("correction %d is taken back", x.Of)
}
