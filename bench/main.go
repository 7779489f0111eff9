//go:build unix

// Command bench measures how fast the program is; docs/performance.md has the
// figures. It is a tool of the repository and no part of the program:
//
//	bench compare    beside npm compromise, in one run
//	bench stages     where the time of a reading goes
//	bench memory     memory, and the time until a command answers
//	bench scale      checks in stores of made-up reports, up to a million
//	bench opening    what opening a store of ten million quotations takes
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

// settings are the flags of every measurement.
type settings struct {
	ctx        context.Context
	reports    int
	rounds     int
	seconds    float64 // how long one timed pass takes at least
	core       int
	program    string // the onrecord that memory and start are measured of
	lane       string
	task       string
	profile    string
	folder     string // scale: where the made-up stores are kept
	sizes      string // scale: how many reports they hold
	quotations int    // opening: how many quotations the store holds
	files      []string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	commands := map[string]func(settings) error{"compare": compare, "stages": stages, "memory": memory, "scale": scale, "opening": opening, "fill": fillOne, "work": work}
	if len(args) == 0 || commands[args[0]] == nil {
		return errors.New("say what to measure: compare, stages, memory, scale or opening")
	}
	s := settings{ctx: ctx}
	f := flag.NewFlagSet("bench "+args[0], flag.ContinueOnError)
	f.IntVar(&s.reports, "reports", 200, "how many reports of the sample")
	f.IntVar(&s.rounds, "rounds", 3, "how often each contender has its turn")
	f.Float64Var(&s.seconds, "seconds", 2, "how long a turn lasts at least")
	f.IntVar(&s.core, "core", 0, "the core that all of it runs on")
	f.StringVar(&s.program, "program", "bin/onrecord", "the program whose memory is measured")
	f.StringVar(&s.lane, "lane", "full", "work: full, fast or rules")
	f.StringVar(&s.task, "task", "readings", "work: quotations or readings")
	f.StringVar(&s.profile, "profile", "", "work: write a processor profile to this file")
	f.StringVar(&s.sizes, "sizes", "10000,100000,1000000", "scale: how many reports the stores hold")
	f.IntVar(&s.quotations, "quotations", 10_000_000, "opening: how many quotations the store holds")
	f.StringVar(&s.folder, "folder", "", "scale: keep the made-up stores in this folder, and use those that are there")
	if err := f.Parse(args[1:]); err != nil {
		return err
	}
	s.files = f.Args()
	return commands[args[0]](s)
}
