// Command onrecord answers "did they say that, and is that all of it?" from
// the reports it holds. Each command has a file of its own and is thin: it
// asks the stages and hands the answer to package show (for people) or view
// (for programs).
//
// The voice: answers on standard output, notes and errors on standard error.
// An error is one line, "onrecord: what happened, to which document; what to
// do". Exit status 0 is found or done, 1 a failure, 2 bad usage, 3 not found,
// 130 interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"

	"onrecord/internal/show"
)

// The exit statuses of the contract.
const (
	failed      = 1
	badUsage    = 2
	notFound    = 3
	interrupted = 130
)

// commands is the whole command line; docs/cli.md describes it, and a test
// holds the two together.
type commands struct {
	Color string `enum:"auto,always,never" default:"auto" help:"Colour on the terminal: auto, always or never. NO_COLOR is honoured."`

	Read    readCmd    `cmd:"" help:"Show what one reading of a report finds. Keeps nothing."`
	Add     addCmd     `cmd:"" help:"Read reports and keep them."`
	Check   checkCmd   `cmd:"" help:"Did they say it, and is that all of it?"`
	Trace   traceCmd   `cmd:"" help:"One utterance and everyone who printed it."`
	Between betweenCmd `cmd:"" help:"What two people said about and to each other, in order."`
	Lint    lintCmd    `cmd:"" help:"Does each quotation in the headline stand whole in the body?"`
	Export  exportCmd  `cmd:"" help:"Everything kept, as JSON lines or CSV."`
	Verify  verifyCmd  `cmd:"" help:"Find every kept quotation again in the kept text."`
	Correct correctCmd `cmd:"" help:"Put something right; the correction survives every re-reading."`
	Reread  rereadCmd  `cmd:"" help:"Read all kept reports again and make everything derived anew."`
	Eval    evalCmd    `cmd:"" help:"Measure the program against the reference sets."`
	Tag     tagCmd     `cmd:"" help:"Label tokens as source, cue and content: the sequence model alone."`
	Version versionCmd `cmd:"" help:"Print the version."`
}

// app is what a command may touch of the world.
type app struct {
	ctx    context.Context
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	color  string
}

// output is standard output; it remembers the first error, so that an answer
// that went nowhere is no success.
type output struct {
	file *os.File
	err  error
}

func (o *output) Write(b []byte) (int, error) {
	n, err := o.file.Write(b)
	if o.err == nil {
		o.err = err
	}
	return n, err
}

// status is an exit status without a message: everything has been said.
type status int

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// usage is a mistake in how a command was called.
type usage struct{ text string }

func (u usage) Error() string { return u.text }

func main() {
	ctx, stop := interruptible()
	defer stop()
	out := &output{file: os.Stdout}
	a := &app{ctx: ctx, stdin: os.Stdin, stdout: out, stderr: os.Stderr}
	code := a.run(os.Args[1:])
	if out.err != nil && code == 0 {
		code = a.fail(fmt.Errorf("the answer could not be written: %w; look at where it goes to", out.err))
	}
	os.Exit(code)
}

// interruptible is a context that the first Ctrl-C ends, so that the report
// in hand is finished; the second one quits.
func interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, stopSignals...)
	go func() {
		<-signals
		cancel()
		<-signals
		os.Exit(interrupted)
	}()
	return ctx, func() { signal.Stop(signals); cancel() }
}

// run runs one command line and returns the exit status.
func (a *app) run(args []string) int {
	if len(args) == 0 {
		args = []string{"--help"}
	}
	var c commands
	parser, err := kong.New(&c, options(a.stdout, a.stderr)...)
	if err != nil {
		return a.fail(err)
	}
	k, err := parser.Parse(args)
	if err != nil {
		return a.misused(err)
	}
	a.color = c.Color
	return a.fail(k.Run(a))
}

func options(stdout, stderr io.Writer) []kong.Option {
	return []kong.Option{
		kong.Name("onrecord"),
		kong.Description("Who said it, to whom, where and when, what stood before and after, who printed it first, who cut it: from the reports you hold, with the words each answer rests on.\n\nStart: onrecord add FILE, then onrecord check \"WORDS\"."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Writers(stdout, stderr),
	}
}

// misused reports a command line that cannot be understood.
func (a *app) misused(err error) int {
	where := "onrecord"
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		if n := parse.Context.Selected(); n != nil {
			where += " " + n.Path()
		}
	}
	fmt.Fprintf(a.stderr, "onrecord: %s; see %s --help\n", err, where)
	return badUsage
}

// fail turns the outcome of a command into a line and an exit status.
func (a *app) fail(err error) int {
	var s status
	var u usage
	switch {
	case err == nil:
		return 0
	case errors.As(err, &s):
		return int(s)
	case errors.As(err, &u):
		fmt.Fprintf(a.stderr, "onrecord: %s\n", u.text)
		return badUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "onrecord: interrupted")
		return interrupted
	}
	fmt.Fprintf(a.stderr, "onrecord: %s\n", oneLine(err.Error()))
	return failed
}

// paper is standard output as a person sees it.
func (a *app) paper() show.Paper {
	p := show.Paper{W: a.stdout}
	out, isFile := a.stdout.(*output)
	onTerminal := isFile && isTerminal(out.file)
	if onTerminal {
		p.Width = columns(out.file)
	}
	switch a.color {
	case "always":
		p.Colour = true
	case "auto":
		p.Colour = onTerminal && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return p
}
