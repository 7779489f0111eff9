package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"

	"onrecord/internal/ask"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/view"
)

type checkCmd struct {
	kept
	JSON  bool     `name:"json" help:"One JSON object for each text."`
	Why   bool     `name:"why" help:"Why the words were found, and why each later word is linked, in bits."`
	By    string   `name:"by" placeholder:"NAME" help:"Who is meant to have said it."`
	Words []string `arg:"" name:"words" help:"The words, as pasted; or - for one text a line on standard input."`
}

// Help is shown below the flags.
func (checkCmd) Help() string {
	return `Exit status: 0 found, 3 not found, 2 bad usage, 1 failure. Not found says what
was searched; that the words were not said does not follow.

Examples:
  onrecord check "I would burn the whole studio down"
  onrecord check --by "Mira Dahl" "no curtain, no play"
  onrecord check --json - < claims.txt > answers.jsonl`
}

// Run looks for the words in everything kept.
func (c checkCmd) Run(a *app) (err error) {
	words := strings.Join(c.Words, " ")
	if words != "-" && !strings.ContainsFunc(words, isWord) {
		return usage{"there are no words to look for; give them in quotation marks: onrecord check \"WORDS\""}
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
	if words == "-" {
		return c.batch(a, ix)
	}
	f, hits, err := ask.Check(ix, words, c.By, ask.Depth{Why: c.Why})
	if err != nil {
		return err
	}
	if err := c.answer(a, a.stdout, f, hits); err != nil {
		return err
	}
	if f.Verdict == record.NotFound {
		return status(notFound)
	}
	return nil
}

// isWord tells what words are made of, from the marks about them.
func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSymbol(r) }

func (c checkCmd) answer(a *app, w io.Writer, f record.Finding, hits []ask.Passage) error {
	places := make([]view.Hit, len(hits))
	for i, h := range hits {
		places[i] = view.Hit(h)
	}
	if c.JSON {
		return view.Write(w, view.Found(f, places))
	}
	p := a.paper()
	p.W = w
	p.Finding(f, places)
	return nil
}

// batch answers one text a line, in order. That some are not found is the
// answer and no failure.
func (c checkCmd) batch(a *app, ix *read.Index) error {
	in := bufio.NewReaderSize(a.stdin, 1<<16)
	out := bufio.NewWriterSize(a.stdout, 1<<16)
	defer out.Flush()
	for n := 1; ; n++ {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		line, err := in.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("standard input line %d cannot be read: %w", n, err)
		}
		last := err != nil
		if last && line == "" {
			return out.Flush()
		}
		f, hits, err := ask.Check(ix, strings.ToValidUTF8(strings.TrimRight(line, "\r\n"), "\uFFFD"), c.By, ask.Depth{Why: c.Why})
		if err != nil {
			return err
		}
		if n > 1 && !c.JSON {
			p := a.paper()
			p.W = out
			p.Rule()
		}
		if err := c.answer(a, out, f, hits); err != nil {
			return err
		}
		if last {
			return out.Flush()
		}
	}
}
