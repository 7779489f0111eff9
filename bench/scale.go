//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"onrecord/internal/ask"
	"onrecord/internal/read"
	"onrecord/internal/store"
)

// scale makes stores of made-up reports, of each size that is named, and
// measures what it costs to open them and to ask them.
func scale(s settings) error {
	program, err := filepath.Abs(s.program)
	if err != nil {
		return err
	}
	s.program = program
	if s.folder == "" {
		if s.folder, err = os.MkdirTemp("", "onrecord-scale-"); err != nil {
			return err
		}
		defer os.RemoveAll(s.folder)
	}
	var all []*measured
	for _, word := range strings.Split(s.sizes, ",") {
		size, err := strconv.Atoi(word)
		if err != nil || size < 1000 {
			return fmt.Errorf("%q is no number of reports; say for example -sizes 10000,100000", word)
		}
		m, err := measure(s, size)
		if err != nil {
			return err
		}
		all = append(all, m)
	}
	if err := stores(os.Stdout, all); err != nil {
		return err
	}
	return answers(os.Stdout, all)
}

// measured is what is known of one store.
type measured struct {
	size    int
	made    float64 // seconds of one core that keeping its reports took; 0: it was there
	bytes   int64
	open    float64            // ms until the first answer of a store that is in memory
	cold    float64            // … and of one that has to come from the disk
	command float64            // ms of the command, from its start to its end
	took    map[string][]spent // by sort of question
	verdict map[string]map[string]int
}

// spent is what one answer took, in milliseconds: of one core, with what the
// garbage collector did meanwhile, and by the clock.
type spent struct{ core, clock float64 }

func measure(s settings, size int) (*measured, error) {
	m := &measured{size: size, took: map[string][]spent{}, verdict: map[string]map[string]int{}}
	path := filepath.Join(s.folder, fmt.Sprintf("%d.db", size))
	var err error
	if _, err = os.Stat(path + ".asked"); errors.Is(err, os.ErrNotExist) {
		if m.made, err = fillElsewhere(s, size); err != nil {
			return nil, err
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	m.bytes = info.Size()
	list, err := loadQuestions(path)
	if err != nil {
		return nil, err
	}
	if err := m.asProgram(s, path, list[0]); err != nil {
		return nil, err
	}
	if s.profile != "" {
		f, err := os.Create(s.profile)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return nil, err
		}
		defer pprof.StopCPUProfile()
	}
	return m, m.ask(s.ctx, path, list)
}

// fillElsewhere fills a store in a process of its own, so that what the tracer
// holds in memory meanwhile is nobody else's. It returns the seconds of one
// core that it took.
func fillElsewhere(s settings, size int) (float64, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	c := exec.CommandContext(s.ctx, self, "fill", "-folder", s.folder, "-sizes", strconv.Itoa(size))
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return 0, fmt.Errorf("making the store of %d reports: %w", size, err)
	}
	return (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds(), nil
}

// fillOne is what fillElsewhere runs.
func fillOne(s settings) error {
	size, err := strconv.Atoi(s.sizes)
	if err != nil {
		return err
	}
	w, err := newWorld(1, size)
	if err != nil {
		return err
	}
	return fill(s.ctx, w, filepath.Join(s.folder, fmt.Sprintf("%d.db", size)), os.Stderr)
}

// asProgram measures the command check, and what opening a store takes.
func (m *measured) asProgram(s settings, path string, q question) error {
	for _, cold := range []bool{true, false} {
		var took []float64
		for range 5 {
			if cold {
				dropCache(path)
			}
			began := time.Now()
			if err := first(s.ctx, path, q); err != nil {
				return err
			}
			took = append(took, time.Since(began).Seconds()*1e3)
		}
		if cold {
			m.cold = median(took)
		} else {
			m.open = median(took)
		}
	}
	var took []float64
	for range 9 {
		c := exec.CommandContext(s.ctx, s.program, "check", "--json", "--db", path, q.Words)
		c.Stdout = io.Discard
		began := time.Now()
		if err := c.Run(); err != nil && c.ProcessState.ExitCode() != 3 {
			return fmt.Errorf("%s check: %w", s.program, err)
		}
		took = append(took, time.Since(began).Seconds()*1e3)
	}
	m.command = median(took)
	return nil
}

// opened opens a store for questions; close it.
func opened(ctx context.Context, path string) (*read.Index, error) {
	db, err := store.Open(ctx, path, store.Options{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	ix, err := read.NewIndex(db)
	if err != nil {
		db.Close()
	}
	return ix, err
}

// first opens a store and asks it once.
func first(ctx context.Context, path string, q question) error {
	ix, err := opened(ctx, path)
	if err != nil {
		return err
	}
	defer ix.Close()
	_, _, err = ask.Check(ix, q.Words, q.By, ask.Depth{})
	return err
}

// ask asks everything of one open store, as a server would.
func (m *measured) ask(ctx context.Context, path string, list []question) error {
	ix, err := opened(ctx, path)
	if err != nil {
		return err
	}
	defer ix.Close()
	for _, q := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		began, before := time.Now(), processorTime()
		f, _, err := ask.Check(ix, q.Words, q.By, ask.Depth{})
		if err != nil {
			return err
		}
		x := spent{(processorTime() - before).Seconds() * 1e3, time.Since(began).Seconds() * 1e3}
		m.took[q.Sort] = append(m.took[q.Sort], x)
		if m.verdict[q.Sort] == nil {
			m.verdict[q.Sort] = map[string]int{}
		}
		m.verdict[q.Sort][string(f.Verdict)]++
		if f.Utterance == nil {
			continue
		}
		began, before = time.Now(), processorTime()
		if _, _, err := ask.Utterance(ix, f.Utterance.ID, ask.Depth{}); err != nil {
			return err
		}
		m.took[traced] = append(m.took[traced], spent{(processorTime() - before).Seconds() * 1e3, time.Since(began).Seconds() * 1e3})
	}
	return nil
}

// traced is the sort of a trace by id, which is measured beside the checks.
const traced = "trace by id, of what was found"

// stores is the table of the stores.
func stores(w io.Writer, all []*measured) error {
	t := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| reports\t| ms of one core to keep one\t| bytes on disk each\t| open and first answer, ms\t| from the disk, ms\t| the command check, ms\t|\n|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, m := range all {
		made := "–"
		if m.made > 0 {
			made = fmt.Sprintf("%.2f", m.made*1e3/float64(m.size))
		}
		fmt.Fprintf(t, "| %d\t| %s\t| %d\t| %.0f\t| %.0f\t| %.0f\t|\n", m.size, made, m.bytes/int64(m.size), m.open, m.cold, m.command)
	}
	fmt.Fprintln(t)
	return t.Flush()
}

// answers is the table of what answers took, by sort of question and size.
func answers(w io.Writer, all []*measured) error {
	t := tabwriter.NewWriter(w, 0, 0, 1, ' ', 0)
	fmt.Fprintln(t, "| reports\t| asked\t| texts\t| p50\t| p99\t| most\t| p50, clock\t| p99, clock\t| verdicts\t|\n|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|---\t|")
	for _, m := range all {
		var every []spent
		for _, sort := range sorts {
			every = append(every, m.took[sort]...)
			m.row(t, sort, m.took[sort])
		}
		m.row(t, "**all checks**", every)
		m.row(t, traced, m.took[traced])
	}
	return t.Flush()
}

func (m *measured) row(w io.Writer, sort string, took []spent) {
	if len(took) == 0 {
		return
	}
	core, clock := make([]float64, len(took)), make([]float64, len(took))
	for i, x := range took {
		core[i], clock[i] = x.core, x.clock
	}
	slices.Sort(core)
	slices.Sort(clock)
	n := len(took)
	var verdicts []string
	for v, k := range m.verdict[sort] {
		verdicts = append(verdicts, fmt.Sprintf("%s %d", v, k))
	}
	slices.Sort(verdicts)
	fmt.Fprintf(w, "| %d\t| %s\t| %d\t| %.1f\t| %.1f\t| %.1f\t| %.1f\t| %.1f\t| %s\t|\n", m.size, sort, n,
		core[n/2], core[n*99/100], core[n-1], clock[n/2], clock[n*99/100], strings.Join(verdicts, ", "))
}
