package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/internal/store"
)

// manyReports writes so many small reports as JSON lines, each with words of
// its own.
func manyReports(t *testing.T, path string, n int) {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"id":"r%d","url":"https://gazette.example/%d","outlet":"Harbour Gazette","published":"2023-05-%02d","title":"Report %d","text":"“%s %s %s,” Ruth Ferrier said."}`+"\n",
			i, i, i%28+1, i, invented(i), invented(7*i+1), invented(i*i+3))
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// firstHalf is the first half of a file, to the end of a line.
func firstHalf(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data[:bytes.LastIndexByte(data[:len(data)/2], '\n')+1]
}

// invented is a word that nobody uses, another one for each number.
func invented(i int) string {
	syllables := []string{"ka", "lo", "mi", "ru", "te", "vo", "za", "ni", "pe", "su"}
	word := ""
	for i += 1000; i > 0; i /= 10 {
		word += syllables[i%10]
	}
	return word
}

// kept counts the reports in a store that may not be there yet.
func keptIn(t *testing.T, db string) int {
	t.Helper()
	s, err := store.Open(context.Background(), db, store.Options{ReadOnly: true})
	if errors.Is(err, store.ErrMissing) {
		return 0
	}
	if err != nil {
		t.Logf("not yet: %v", err) // it is just being made
		return 0
	}
	defer s.Close()
	found, err := s.Searched()
	if err != nil {
		t.Fatal(err)
	}
	return found.Articles
}

func onrecord(t *testing.T, args ...string) string {
	t.Helper()
	var errs bytes.Buffer
	c := exec.Command("onrecord", args...)
	c.Stderr = &errs
	out, err := c.Output()
	if err != nil {
		t.Fatalf("onrecord %s: %v\n%s", strings.Join(args, " "), err, errs.String())
	}
	return string(out)
}

// Ctrl-C in the middle of many reports: the one in hand is finished, whole
// reports are kept and nothing else, and adding again completes.
func TestInterruptedAdd(t *testing.T) {
	n := 10_000
	if testing.Short() {
		n = 1_000
	}
	dir := t.TempDir()
	file, db := filepath.Join(dir, "many.jsonl"), filepath.Join(dir, "story.db")
	manyReports(t, file, n)
	var out, errs bytes.Buffer
	add := exec.Command("onrecord", "add", "--db", db, "--jsonl", "-")
	add.Stdout, add.Stderr = &out, &errs
	in, err := add.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := add.Start(); err != nil {
		t.Fatal(err)
	}
	// The pipe stays open after half of them, so that it cannot have ended
	// before the signal comes.
	go in.Write(firstHalf(t, file))
	ended := make(chan error, 1)
	go func() { ended <- add.Wait() }()
	for keptIn(t, db) < n/20 {
		select {
		case err := <-ended:
			t.Fatalf("it ended by itself: %v\n%s%s", err, out.String(), errs.String())
		case <-time.After(20 * time.Millisecond):
		}
	}
	if err := add.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := <-ended; !errors.As(err, &exit) || exit.ExitCode() != interrupted {
		t.Fatalf("an interrupted add ended with %v, want exit status %d\n%s", err, interrupted, errs.String())
	}
	if !strings.Contains(errs.String(), "these are kept; run the same command again to go on") {
		t.Errorf("it does not say how far it got: %q", errs.String())
	}
	half := keptIn(t, db)
	if m := regexp.MustCompile(`^([\d,]+) read: ([\d,]+) new`).FindStringSubmatch(out.String()); m == nil || number(m[2]) != half {
		t.Errorf("the sum is %q, and %d are kept", out.String(), half)
	}
	if half < n/20 || half >= n {
		t.Errorf("%d of %d are kept: it was not stopped in the middle", half, n)
	}
	want := fmt.Sprintf("%s of %s quotations found again", strconv.Itoa(half), strconv.Itoa(half))
	if got := strings.ReplaceAll(onrecord(t, "verify", "--db", db), ",", ""); !strings.HasPrefix(got, want) {
		t.Errorf("verify says %q, want %q", got, want)
	}
	again := strings.ReplaceAll(onrecord(t, "add", "--db", db, "--jsonl", file), ",", "")
	if want := fmt.Sprintf("%d read: %d new %d unchanged 0 failed\n", n, n-half, half); again != want {
		t.Errorf("adding again says %q, want %q", again, want)
	}
	if got := keptIn(t, db); got != n {
		t.Errorf("%d are kept in the end, want %d", got, n)
	}
}

// Two who add at the same time both get their reports in, or are told in one
// line that somebody else is writing.
func TestSecondWriter(t *testing.T) {
	dir := t.TempDir()
	db, file := filepath.Join(dir, "story.db"), filepath.Join(dir, "one.txt")
	if err := os.WriteFile(file, []byte("Pier\n\n“The pier stays open,” Ruth Ferrier said."), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), db, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Within(context.Background(), func() error {
		var errs bytes.Buffer
		add := exec.Command("onrecord", "add", "--db", db, file)
		add.Stderr = &errs
		var exit *exec.ExitError
		if err := add.Run(); !errors.As(err, &exit) || exit.ExitCode() != failed {
			t.Errorf("a second writer ended with %v, want exit status %d", err, failed)
		}
		if got := errs.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "another onrecord is writing to") {
			t.Errorf("a second writer is told %q", got)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := onrecord(t, "add", "--db", db, file); !strings.HasPrefix(got, "1 read: 1 new") {
		t.Errorf("once the first is done, adding says %q", got)
	}
}

// An answer that cannot be written is a failure, told in one line.
func TestFullOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("no device that is always full: %v", err)
	}
	defer full.Close()
	file := filepath.Join(t.TempDir(), "one.txt")
	if err := os.WriteFile(file, []byte("Pier\n\n“The pier stays open,” Ruth Ferrier said."), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"read", file}, {"read", "--json", file}, {"lint", file}, {"version"}} {
		var errs bytes.Buffer
		c := exec.Command("onrecord", args...)
		c.Stdout, c.Stderr = full, &errs
		var exit *exec.ExitError
		if err := c.Run(); !errors.As(err, &exit) || exit.ExitCode() != failed {
			t.Errorf("%v into a full disk ended with %v, want exit status %d", args, err, failed)
		}
		if got := errs.String(); strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "onrecord: ") {
			t.Errorf("%v into a full disk is told %q", args, got)
		}
	}
}

// Waiting for a terminal that says nothing does not hold up Ctrl-C.
func TestInterruptedWhileWaiting(t *testing.T) {
	read := exec.Command("onrecord", "read", "-")
	in, err := read.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	if err := read.Start(); err != nil {
		t.Fatal(err)
	}
	// The signal must not come before the program listens for it.
	time.Sleep(300 * time.Millisecond)
	if err := read.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := read.Wait(); !errors.As(err, &exit) || exit.ExitCode() != interrupted {
		t.Errorf("ended with %v, want exit status %d", err, interrupted)
	}
}

func number(s string) int {
	n, _ := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	return n
}
