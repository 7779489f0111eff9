//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"syscall"
	"time"

	"onrecord/internal/matrix"
	"onrecord/internal/quote"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// warmUp is how many reports are read before the clock starts, as in
// compromise/read.mjs: neither side pays for loading or compiling.
const warmUp = 20

// result is what one turn cost, and found in all its passes together.
type result struct {
	Passes    int     `json:"passes"`
	Wall      float64 `json:"wall"` // seconds
	CPU       float64 `json:"cpu"`  // seconds, of all threads
	Marked    int     `json:"marked"`
	Unmarked  int     `json:"unmarked"`
	People    int     `json:"people"`
	Sentences int     `json:"sentences"`
	Version   string  `json:"version"`
	Resident  int64   `json:"-"` // bytes at most, told by the system
}

// line is a report in the file that both sides read.
type line struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// work reads the reports of a file as one contender and prints a result.
func work(s settings) error {
	runtime.GOMAXPROCS(1)
	if len(s.files) != 1 {
		return errors.New("work needs one file of reports")
	}
	reports, err := load(s.files[0])
	if err != nil {
		return err
	}
	do, err := task(s.task, s.lane)
	if err != nil {
		return err
	}
	r := result{Version: "onrecord, " + matrix.Kernel() + ", " + runtime.Version()}
	for _, l := range reports[:min(warmUp, len(reports))] {
		do(l, &result{})
	}
	if s.profile != "" {
		stop, err := profileTo(s.profile)
		if err != nil {
			return err
		}
		defer stop()
	}
	used, began := processorTime(), time.Now()
	for r.Wall < s.seconds {
		for _, l := range reports {
			if s.ctx.Err() != nil {
				return s.ctx.Err()
			}
			do(l, &r)
		}
		r.Passes++
		r.Wall = time.Since(began).Seconds()
	}
	r.CPU = (processorTime() - used).Seconds()
	return json.NewEncoder(os.Stdout).Encode(r)
}

// task is the work on one report: "quotations" finds them in plain text,
// "readings" is all that a reader does with a page of plain text.
func task(name, lane string) (func(line, *result), error) {
	var finder quote.Finder
	var as read.Lane
	switch lane { // only the model that is asked for is loaded
	case "full":
		finder, as = quote.Model{Tagger: tag.Embedded()}, read.Full
	case "fast":
		finder, as = quote.Model{Tagger: tag.EmbeddedFast(), Fast: true}, read.Fast
	case "rules":
		finder, as = quote.Rules{}, read.Rules
	default:
		return nil, fmt.Errorf("no lane %q", lane)
	}
	switch name {
	case "quotations":
		return quotationsBy(finder), nil
	case "readings":
		return readingsIn(as), nil
	}
	return nil, fmt.Errorf("no task %q", name)
}

func quotationsBy(finder quote.Finder) func(line, *result) {
	return func(l line, r *result) {
		d := text.New(&record.Article{ID: l.ID, Text: l.Text, Language: "en"})
		found, _ := finder.Find(d)
		for i := range found {
			r.count(found[i].Kind)
		}
		r.Sentences += len(d.Sentences)
	}
}

func readingsIn(lane read.Lane) func(line, *result) {
	return func(l line, r *result) {
		reading, err := read.Page(record.Page{ID: l.ID, Form: record.PlainText, Bytes: []byte(l.Text)}, lane)
		if err != nil {
			return // a report that cannot be read took its time all the same
		}
		for i := range reading.Quotations {
			r.count(reading.Quotations[i].Kind)
		}
		r.People += len(reading.Chains)
	}
}

func (r *result) count(k record.Kind) {
	if k == record.Indirect {
		r.Unmarked++
	} else {
		r.Marked++
	}
}

func load(file string) ([]line, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []line
	for dec := json.NewDecoder(bytes.NewReader(data)); dec.More(); {
		var l line
		if err := dec.Decode(&l); err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		out = append(out, l)
	}
	return out, nil
}

func profileTo(file string) (stop func(), err error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

// processorTime is what this process has used of all cores so far: on a
// machine that does other work too, only that can be compared.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
