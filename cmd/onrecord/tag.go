package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"onrecord/internal/read"
)

type tagCmd struct{}

// Help is shown below the flags.
func (tagCmd) Help() string {
	return `The sequence model alone, for comparison with published figures: each line of
standard input is {"tokens": [...]}, and each line written {"labels": [...]}
with one label for each token: O, B-source, I-source, B-cue, I-cue, B-content or
I-content. A line that cannot be read is reported with its number and answered
with {"labels": null}, so that lines stay side by side.

Examples:
  onrecord tag < passages.jsonl > labels.jsonl
  echo '{"tokens": ["We", "won", ",", "Ann", "Roe", "said", "."]}' | onrecord tag`
}

// longestLine is the longest line taken, in bytes: far more than any passage,
// and little enough for the memory of a small machine.
const longestLine = 4 << 20

// Run labels standard input line by line.
func (tagCmd) Run(a *app) error {
	in := bufio.NewReaderSize(&patient{ctx: a.ctx, r: a.stdin}, 1<<16)
	out := bufio.NewWriterSize(a.stdout, 1<<16)
	defer out.Flush()
	label := read.Full.Labeller()
	bad := 0
	for n := 1; ; n++ {
		line, err := nextLine(in)
		if err == io.EOF {
			break
		}
		var answer struct {
			Labels []string `json:"labels"`
		}
		if err == nil {
			answer.Labels, err = labelled(line, label)
		} else if !errors.Is(err, errLong) {
			return fmt.Errorf("reading tokens from standard input: %w", err)
		}
		if err != nil {
			bad++
			fmt.Fprintf(a.stderr, "onrecord: standard input, line %d: %s\n", n, oneLine(err.Error()))
		}
		b, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("writing the labels of line %d: %w", n, err)
		}
		if _, err := out.Write(append(b, '\n')); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if bad > 0 {
		return status(failed)
	}
	return nil
}

// labelled labels one line. A mistake of ours must cost one line and not those
// after it.
func labelled(line []byte, label func([]string) []string) (labels []string, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			labels, err = nil, fmt.Errorf("labelling failed in the program itself (%v); please report it with the line", trouble)
		}
	}()
	var in struct {
		Tokens *[]string `json:"tokens"`
	}
	if err := json.Unmarshal(line, &in); err != nil {
		var shape *json.UnmarshalTypeError
		if errors.As(err, &shape) {
			return nil, errors.New(`not of the form {"tokens": ["a", "word", ...]}`)
		}
		return nil, err
	}
	if in.Tokens == nil {
		return nil, errors.New(`no "tokens"`)
	}
	return label(*in.Tokens), nil
}

var errLong = fmt.Errorf("longer than %d MiB; give each passage a line of its own", longestLine>>20)

// nextLine reads a line without its end; of one that is too long the rest is
// skipped.
func nextLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(line)+len(part) > longestLine; !long {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && len(line) == 0 && !long:
			return nil, io.EOF
		case err != nil && err != io.EOF:
			return nil, err
		case long:
			return nil, errLong
		}
		return line, nil
	}
}
