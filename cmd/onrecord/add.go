package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"onrecord/internal/fetch"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/show"
	"onrecord/internal/store"
	"onrecord/internal/view"
)

type addCmd struct {
	kept
	sources
	lanes
	JSON  bool     `name:"json" help:"The sum as a JSON object."`
	Files []string `arg:"" optional:"" name:"file" help:"Files, folders, or - for standard input: text, HTML or JSON lines."`
}

// Help is shown below the flags.
func (addCmd) Help() string {
	return `Adding the same report again changes nothing. A changed report at the same
address is a new edition; the old one is kept. Ctrl-C finishes the report in
hand; adding the same files again goes on where it stopped.

Examples:
  onrecord add reports/
  onrecord add --jsonl archive.jsonl
  onrecord add --db story.db monday.html tuesday.html
  zcat archive.jsonl.gz | onrecord add --jsonl -`
}

// sum is what became of the reports that were named.
type sum struct {
	Read        int `json:"read"`
	New         int `json:"new"`
	Unchanged   int `json:"unchanged"`
	NewEditions int `json:"new_editions"`
	Failed      int `json:"failed"`
}

func (s *sum) count(o store.Outcome) {
	s.Read++
	switch o {
	case store.New:
		s.New++
	case store.NewEdition:
		s.NewEditions++
	default:
		s.Unchanged++
	}
}

func (s sum) String() string {
	parts := []string{show.Number(s.New) + " new", show.Number(s.Unchanged) + " unchanged"}
	if s.NewEditions > 0 {
		parts = append(parts, show.Count(s.NewEditions, "new edition", "new editions"))
	}
	parts = append(parts, show.Number(s.Failed)+" failed")
	return show.Number(s.Read) + " read: " + strings.Join(parts, ", ")
}

// candidate is a page on its way into the store.
type candidate struct {
	read.Prepared
	known bool
	err   error
}

// Run reads the reports on several goroutines and keeps them on one.
func (c addCmd) Run(a *app) (err error) {
	files, err := named(a, c.Files, "add")
	if err != nil {
		return err
	}
	s, err := c.fill(a)
	if err != nil {
		return err
	}
	defer closing(s, &err)
	lookup, err := c.look(a)
	if err != nil {
		return err
	}
	defer lookup.Close()
	keeper, err := read.NewKeeper(s)
	if err != nil {
		return err
	}
	roomForGarbage()
	bar := newBar(a, files, c.sources)
	t := told{w: a.stderr, clear: bar.clear}
	run := &adding{app: a, keeper: keeper, told: t}
	var mu sync.Mutex // lookup is for one goroutine at a time
	work := func(p record.Page) candidate {
		mu.Lock()
		_, known, err := lookup.Known(p)
		mu.Unlock()
		if known || err != nil {
			return candidate{read.Prepared{Page: p}, known, err}
		}
		prepared, err := read.Prepare(p, c.lane())
		return candidate{prepared, false, err}
	}
	options := c.options(a, t)
	options.Progress = bar.progress
	problems, err := inOrder(a.ctx, func(yield func(record.Page) error) (int, error) {
		return fetch.Each(a.ctx, files, options, yield)
	}, work, run.keep)
	bar.finish()
	run.total.Failed += problems
	return c.report(run, s, err)
}

// adding is one run of add on its way.
type adding struct {
	*app
	keeper *read.Keeper
	told   told
	total  sum
}

// keep keeps one candidate. What cannot be read is told and counted; a store
// that cannot be written ends the run.
func (g *adding) keep(x candidate) error {
	switch {
	case x.known:
		g.total.count(store.Unchanged)
		return nil
	case x.err != nil:
		var trouble *store.Error
		if errors.As(x.err, &trouble) {
			return x.err
		}
		g.total.Failed++
		g.told.problem(x.Page.Origin, x.err)
		return nil
	}
	// The report in hand is finished whatever happens.
	added, err := g.keeper.Keep(context.WithoutCancel(g.ctx), x.Prepared)
	if err != nil {
		return err
	}
	g.total.count(added.Outcome)
	return nil
}

// report makes everything safe on the disk and says what became of it.
func (c addCmd) report(a *adding, s *store.Store, err error) error {
	total := a.total
	stopped := errors.Is(err, context.Canceled)
	if err != nil && !stopped {
		if total.Read > 0 {
			fmt.Fprintf(a.stderr, "onrecord: stopped: %s; these are kept\n", total)
		}
		return err
	}
	if total.New+total.NewEditions > 0 && !stopped {
		if err := read.Settle(context.WithoutCancel(a.ctx), s); err != nil {
			return err
		}
	}
	if err := s.Sync(context.WithoutCancel(a.ctx)); err != nil {
		return err
	}
	if c.JSON {
		err = view.Write(a.stdout, total)
	} else {
		_, err = fmt.Fprintln(a.stdout, total)
	}
	switch {
	case stopped:
		fmt.Fprintf(a.stderr, "onrecord: interrupted after %s; these are kept; run the same command again to go on\n",
			show.Count(total.Read, "report", "reports"))
		return status(interrupted)
	case err != nil:
		return fmt.Errorf("writing the sum: %w", err)
	case total.Failed > 0:
		return status(failed)
	}
	return nil
}

// roomForGarbage lets the collector run less often while much is read: a
// tenth less time for a report, measured on bulk. The limit keeps a large
// store from taking five times what it needs.
func roomForGarbage() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(768 << 20)
}

// bar is a progress bar, on a terminal only.
type bar struct {
	mu sync.Mutex
	b  *progressbar.ProgressBar
}

func newBar(a *app, files []string, s sources) *bar {
	f, ok := a.stderr.(*os.File)
	if !ok || !isTerminal(f) {
		return &bar{}
	}
	_, size := fetch.Count(files, fetch.Options{JSONLines: s.JSONL})
	if size <= 0 {
		size = -1 // a spinner: standard input has no end that we know
	}
	return &bar{b: progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(f), progressbar.OptionSetDescription("Reading"),
		progressbar.OptionShowBytes(true), progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionFullWidth(), progressbar.OptionClearOnFinish())}
}

func (b *bar) progress(n int64) {
	if b.b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.b.Add64(n)
}

// clear takes the bar off its line, so that a message can stand there.
func (b *bar) clear() {
	if b.b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	_ = b.b.Clear()
}

func (b *bar) finish() {
	if b.b != nil {
		_ = b.b.Finish()
	}
}
