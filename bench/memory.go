//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"
)

// An invented report of four sentences, which is repeated to any length.
const invented = `Ann Roe, the mayor of Larkhaven, said that the ferry was late. “We will close the crossing,” she told the Gazette on Monday. ` +
	"“It is over.”\n\nThe harbour master denied it. According to Carl Dent, a spokesman, the boats were “a farce” and would go.\n\n"

// probe is one command whose time and memory are measured.
type probe struct {
	name  string
	input string
	args  []string
	times int
}

// memory prints how long the program takes until it ends, and the most memory
// it has, for commands that need the model and commands that do not.
func memory(s settings) error {
	program, err := filepath.Abs(s.program)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "onrecord-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	unit := len(strings.Fields(invented))
	report := strings.Repeat(invented, 1000/unit)
	long := strings.Repeat(invented, 200_000/unit)
	sentence := strings.Repeat("Ann Roe said the ferry on the river was late and ", 50_000/11)
	probes := []probe{
		{"version: nothing to load", "", []string{"version"}, 15},
		{"tag, one passage of 7 tokens: load the model", `{"tokens": ["We", "won", ",", "Ann", "Roe", "said", "."]}` + "\n", []string{"tag"}, 15},
		{"read, a report of 1,000 words", report, []string{"read", "--json", "-"}, 9},
		{"read --fast, the same", report, []string{"read", "--json", "--fast", "-"}, 9},
		{"read --fast, a line of 7 words: load the small model", "“We won,” Ann Roe said on Monday.\n", []string{"read", "--json", "--fast", "-"}, 9},
		{"read, a document of 200,000 words", long, []string{"read", "--json", "-"}, 1},
		{"read --fast, the same", long, []string{"read", "--json", "--fast", "-"}, 1},
		{"read, one sentence of 50,000 words", sentence, []string{"read", "--json", "-"}, 1},
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| command\t| ms of one core\t| ms by the clock\t| MB at most\t|\n|---\t|---\t|---\t|---\t|")
	for _, p := range probes {
		var used, wall, most []float64
		for range p.times {
			c := exec.CommandContext(s.ctx, program, p.args...)
			c.Dir, c.Stdin = dir, strings.NewReader(p.input)
			var complaint bytes.Buffer
			c.Stderr = &complaint
			began := time.Now()
			if err := c.Run(); err != nil {
				return fmt.Errorf("%s: %w\n%s", p.name, err, bytes.TrimSpace(complaint.Bytes()))
			}
			wall = append(wall, time.Since(began).Seconds()*1e3)
			used = append(used, (c.ProcessState.UserTime()+c.ProcessState.SystemTime()).Seconds()*1e3)
			most = append(most, float64(resident(c.ProcessState))/1e6)
		}
		fmt.Fprintf(t, "| %s\t| %.0f\t| %.0f\t| %.0f\t|\n", p.name, median(used), median(wall), median(most))
	}
	return t.Flush()
}
