package main

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"

	"onrecord/internal/ask"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
	"onrecord/internal/view"
)

type exportCmd struct {
	kept
	What   string `arg:"" name:"what" enum:"quotations,utterances,people,articles" help:"quotations, utterances, people or articles."`
	Format string `name:"format" enum:"jsonl,csv,parquet" default:"jsonl" help:"jsonl or csv. (parquet comes with a later version.)"`
}

// Help is shown below the flags.
func (exportCmd) Help() string {
	return `Examples:
  onrecord export quotations > quotations.jsonl
  onrecord export utterances --format csv > utterances.csv
  onrecord export people --db story.db | jq -r .name`
}

// Run writes everything kept, in a stable order.
func (c exportCmd) Run(a *app) (err error) {
	if c.Format == "parquet" {
		return usage{"Parquet comes with a later version; use --format jsonl or --format csv"}
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
	out := bufio.NewWriterSize(a.stdout, 1<<16)
	write, flush := c.writer(out)
	// One moment of the store: nothing changes while it is written out.
	err = s.Within(a.ctx, func() error { return c.lines(a, ix, write) })
	if err == nil {
		err = flush()
	}
	if err == nil {
		err = out.Flush()
	}
	return err
}

// writer writes lines in the format asked for.
func (c exportCmd) writer(w io.Writer) (write func(any) error, flush func() error) {
	if c.Format == "jsonl" {
		return func(line any) error { return view.Write(w, line) }, func() error { return nil }
	}
	out := csv.NewWriter(w)
	_ = out.Write(view.Columns[c.What]) // an error stays and comes back from Flush
	return func(line any) error { return out.WriteAll(view.Rows(line)) },
		func() error { out.Flush(); return out.Error() }
}

func (c exportCmd) lines(a *app, ix *read.Index, write func(any) error) error {
	x := view.Export{Text: func(id string) (string, error) {
		article, err := ix.Article(id)
		return article.Text, err
	}}
	switch c.What {
	case "articles":
		return ix.EachArticle(a.ctx, func(article record.Article) error { return write(view.Article(&article)) })
	case "people":
		return ix.EachPerson(a.ctx, func(p record.Person) error { return write(view.PersonOf(p)) })
	case "quotations":
		ids := &ask.IDs{Index: ix}
		return ix.EachQuotation(a.ctx, func(q store.Cited) error { return c.quotation(ids, &x, q, write) })
	}
	back := trace.NewLookback(ix)
	return ix.EachUtterance(a.ctx, func(root int64) error {
		u, err := back.Utterance(root)
		if err != nil || u.ID == "" {
			return err
		}
		line, err := x.Utterance(u)
		if err != nil {
			return err
		}
		return write(line)
	})
}

func (c exportCmd) quotation(ids *ask.IDs, x *view.Export, q store.Cited, write func(any) error) error {
	id, err := ids.Of(q.Key)
	if err != nil {
		return fmt.Errorf("finding the utterance of %s: %w", q.Quotation.ID, err)
	}
	names := func(chain int) string { return q.Persons[chain] }
	line := x.Quotation(q.Article, &q.Quotation, names, id)
	if line.Speaker != nil && q.Speaker != "" {
		line.Speaker.Person = q.Speaker
	}
	return write(line)
}
