package main

import (
	"fmt"
	"io"
	"os"

	"onrecord/internal/fetch"
)

// sources are the documents that a command is given.
type sources struct {
	JSONL bool `name:"jsonl" help:"The input is JSON lines: one report on each line."`
}

// told writes problems and notes of documents, one line each, and counts the
// problems.
type told struct {
	w     io.Writer
	clear func() // takes a progress bar off the line first
}

func (t told) problem(origin string, err error) {
	t.line(origin, err.Error())
}

func (t told) line(origin, text string) {
	if t.clear != nil {
		t.clear()
	}
	fmt.Fprintf(t.w, "onrecord: %s: %s\n", origin, oneLine(text))
}

func (s sources) options(a *app, t told) fetch.Options {
	return fetch.Options{
		JSONLines: s.JSONL, Stdin: a.stdin,
		Problem: t.problem,
		Note:    t.line,
	}
}

// named is the arguments, or standard input where something is piped in.
func named(a *app, args []string, command string) ([]string, error) {
	if len(args) > 0 {
		return args, nil
	}
	if f, ok := a.stdin.(*os.File); ok && !isTerminal(f) {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice == 0 {
			return []string{"-"}, nil
		}
	}
	return nil, usage{fmt.Sprintf("no report is named; name a file, or - for standard input; see onrecord %s --help", command)}
}
