//go:build unix

package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"text/tabwriter"

	"onrecord/bench/sample"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

//go:embed compromise/package.json
var packageJSON []byte

//go:embed compromise/read.mjs
var readScript []byte

// contender is one way to do one task.
type contender struct {
	name    string
	beside  string // the contender it is divided by
	command []string
	turns   []result
}

// compare lets onrecord and compromise read the same reports in turns, all
// pinned to one core, and prints the medians. What a turn costs is processor
// time: other work on the machine then takes nothing from either side.
func compare(s settings) error {
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := install(s, dir); err != nil {
		return err
	}
	pages, real, err := sample.Reports(s.reports)
	if err != nil {
		return err
	}
	if !real {
		fmt.Println("The reference texts are not at hand: the example reports, over and over.")
	}
	file := filepath.Join(dir, "reports.jsonl")
	size, err := write(file, pages)
	if err != nil {
		return err
	}
	all, err := contenders(s, dir, file)
	if err != nil {
		return err
	}
	for round := range s.rounds {
		for _, c := range all {
			fmt.Fprintf(os.Stderr, "round %d of %d: %s\n", round+1, s.rounds, c.name)
			r, err := turn(s, dir, c.command)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			c.turns = append(c.turns, r)
		}
	}
	return table(os.Stdout, all, size)
}

// install brings compromise, at the version of package.json, into dir.
func install(s settings, dir string) error {
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("the comparison needs %s, and there is none on this machine: install Node.js 18 or later", tool)
		}
	}
	for name, data := range map[string][]byte{"package.json": packageJSON, "read.mjs": readScript} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return err
		}
	}
	npm := exec.CommandContext(s.ctx, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts")
	npm.Dir = dir
	if out, err := npm.CombinedOutput(); err != nil {
		return fmt.Errorf("npm could not install compromise: %w\n%s", err, bytes.TrimSpace(out))
	}
	return nil
}

// sizes are how much there is to read.
type sizes struct{ reports, bytes, tokens int }

func write(file string, pages []record.Page) (sizes, error) {
	var b bytes.Buffer
	var n sizes
	for _, p := range pages {
		l := line{ID: p.ID, Text: string(p.Bytes)}
		row, err := json.Marshal(l)
		if err != nil {
			return n, err
		}
		b.Write(append(row, '\n'))
		n.reports++
		n.bytes += len(l.Text)
		n.tokens += len(text.New(&record.Article{Text: l.Text, Language: "en"}).Tokens)
	}
	return n, os.WriteFile(file, b.Bytes(), 0o644)
}

// contenders are the ways in the order of their turns: neighbours do the same
// work by different means.
func contenders(s settings, dir, file string) ([]*contender, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	seconds := strconv.FormatFloat(s.seconds, 'f', -1, 64)
	theirs := func(task string) []string {
		return pinned(s.core, "node", filepath.Join(dir, "read.mjs"), task, seconds, file)
	}
	var all []*contender
	for _, task := range []string{"quotations", "readings"} {
		beside := "compromise " + task
		all = append(all, &contender{name: beside, beside: beside, command: theirs(task)})
		for _, lane := range []string{"full", "fast", "rules"} {
			all = append(all, &contender{name: "onrecord " + task + ", " + lane, beside: beside,
				command: pinned(s.core, self, "work", "-lane", lane, "-task", task, "-seconds", seconds, file)})
		}
	}
	return append(all, &contender{name: "compromise tokens", beside: "compromise quotations", command: theirs("tokens")}), nil
}

// pinned binds a command to one core where the system can.
func pinned(core int, command ...string) []string {
	if _, err := exec.LookPath("taskset"); err != nil || core >= runtime.NumCPU() {
		return command
	}
	return append([]string{"taskset", "-c", strconv.Itoa(core)}, command...)
}

// turn runs a command that prints a result.
func turn(s settings, dir string, command []string) (result, error) {
	var out, complaint bytes.Buffer
	c := exec.CommandContext(s.ctx, command[0], command[1:]...)
	c.Dir, c.Stdout, c.Stderr = dir, &out, &complaint
	if err := c.Run(); err != nil {
		return result{}, fmt.Errorf("%w\n%s", err, bytes.TrimSpace(complaint.Bytes()))
	}
	var r result
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		return r, fmt.Errorf("what it printed is no result: %w", err)
	}
	if r.Passes == 0 || r.CPU <= 0 {
		return r, errors.New("it read nothing")
	}
	r.Resident = resident(c.ProcessState)
	return r, nil
}

// resident is the most memory that a finished process had, in bytes.
func resident(p *os.ProcessState) int64 {
	u, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return int64(u.Maxrss)
	}
	return int64(u.Maxrss) << 10
}

// table prints medians over the rounds; a ratio is the median of the ratios
// within each round.
func table(w io.Writer, all []*contender, n sizes) error {
	byName := map[string]*contender{}
	versions := []string{}
	for _, c := range all {
		byName[c.name] = c
		if v := c.turns[0].Version; !slices.Contains(versions, v) {
			versions = append(versions, v)
		}
	}
	fmt.Fprintf(w, "\n%d reports, %.2f MB, %d tokens; %d rounds; %s\n\n", n.reports, float64(n.bytes)/1e6, n.tokens,
		len(all[0].turns), strings.Join(versions, "; "))
	t := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| contender\t| reports/s\t| MB/s\t| tokens/s\t| times compromise\t| reports/s by the clock\t| MB at most\t| quotations in marks\t| without marks\t|")
	fmt.Fprintln(t, "|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, c := range all {
		of := func(f func(i int) float64) float64 {
			var v []float64
			for i := range c.turns {
				v = append(v, f(i))
			}
			return median(v)
		}
		pace := of(func(i int) float64 { return float64(c.turns[i].Passes) / c.turns[i].CPU })
		wall := of(func(i int) float64 { return float64(c.turns[i].Passes) / c.turns[i].Wall })
		other := byName[c.beside].turns
		ratio := of(func(i int) float64 {
			return float64(c.turns[i].Passes) / c.turns[i].CPU / (float64(other[i].Passes) / other[i].CPU)
		})
		memory := of(func(i int) float64 { return float64(c.turns[i].Resident) / 1e6 })
		last := c.turns[len(c.turns)-1]
		fmt.Fprintf(t, "| %s\t| %.1f\t| %.2f\t| %.0f\t| %.1f\t| %.1f\t| %.0f\t| %d\t| %d\t|\n", c.name, pace*float64(n.reports),
			pace*float64(n.bytes)/1e6, pace*float64(n.tokens), ratio, wall*float64(n.reports), memory, last.Marked/last.Passes, last.Unmarked/last.Passes)
	}
	return t.Flush()
}

func median(v []float64) float64 {
	slices.Sort(v)
	if n := len(v); n%2 == 0 {
		return (v[n/2-1] + v[n/2]) / 2
	}
	return v[len(v)/2]
}
