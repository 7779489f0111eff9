package main

import (
	"context"
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
		JSONLines: s.JSONL, Stdin: &patient{ctx: a.ctx, r: a.stdin},
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

// patient reads from what may never answer, a terminal or a pipe, and gives up
// when the context ends. One read may be left behind; the program ends then.
type patient struct {
	ctx  context.Context
	r    io.Reader
	buf  []byte // of the read under way; the caller's may be gone by then
	rest []byte // read and not yet handed on
	done chan got
}

type got struct {
	n   int
	err error
}

func (p *patient) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		if p.buf == nil {
			p.buf, p.done = make([]byte, 1<<16), make(chan got, 1)
		}
		go func() {
			n, err := p.r.Read(p.buf)
			p.done <- got{n, err}
		}()
		select {
		case g := <-p.done:
			if p.rest = p.buf[:g.n]; g.n == 0 {
				return 0, g.err
			}
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}
