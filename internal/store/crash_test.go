package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestMain lets a test run this binary again as a process that adds reports
// until it is killed, or until it has added as many as it was asked for.
func TestMain(m *testing.M) {
	if path := os.Getenv("ONRECORD_TEST_ADD"); path != "" {
		var from, to int
		fmt.Sscan(os.Getenv("ONRECORD_TEST_RANGE"), &from, &to)
		if err := addMany(path, from, to, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// quotationsOf is how many quotations report i has, so that half a report shows.
func quotationsOf(i int) int { return 3 + i%20 }

func addMany(path string, from, to int, said io.Writer) error {
	s, err := Open(context.Background(), path, Options{Create: true})
	if err != nil {
		return err
	}
	for i := from; i < to; i++ {
		p, r := newInventor(uint64(i)).report(fmt.Sprintf("r%d", i), quotationsOf(i))
		if err := wholeReport(s, p, r); err != nil {
			return err
		}
		fmt.Fprintln(said, i)
	}
	return s.Close()
}

func adder(t *testing.T, path string, from, to int) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "ONRECORD_TEST_ADD="+path, fmt.Sprintf("ONRECORD_TEST_RANGE=%d %d", from, to))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

func TestKilledInTheMiddle(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	last := -1
	for round, reports := range []int{40, 90, 7} {
		cmd, out := adder(t, path, last+1, 1_000_000)
		lines := bufio.NewScanner(out)
		start := last
		for last < start+reports && lines.Scan() {
			fmt.Sscan(lines.Text(), &last)
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() {
			fmt.Sscan(lines.Text(), &last)
		}
		if cmd.Wait() == nil || last < start+reports {
			t.Fatalf("round %d: the process ended by itself after report %d", round, last)
		}
		last = wholeReportsOnly(t, path, last)
	}
	// What was lost comes back by running the same command again.
	if err := addMany(path, 0, last+3, io.Discard); err != nil {
		t.Fatal(err)
	}
	wholeReportsOnly(t, path, last+2)
}

// wholeReportsOnly checks that the store holds reports 0 to last, and at most
// the one after it, each whole; it returns the last one.
func wholeReportsOnly(t *testing.T, path string, last int) int {
	t.Helper()
	s := open(t, path, Options{})
	defer s.Close()
	v, err := s.Verify(context.Background(), func(l Loss) { t.Error(l) })
	if err != nil {
		t.Fatal(err)
	}
	if v.Articles != last+1 && v.Articles != last+2 {
		t.Errorf("%d reports are kept, %d were said to be", v.Articles, last+1)
	}
	for i := range v.Articles {
		id := fmt.Sprintf("r%d", i)
		keys, err := s.Keys(id)
		if err != nil || len(keys) != quotationsOf(i) {
			t.Fatalf("%s has %d quotations, %v", id, len(keys), err)
		}
		found, err := s.Entries(keys[len(keys)-1:])
		if err != nil || len(found) != 1 || found[0].Person == "" {
			t.Fatalf("%s: %+v, %v", id, found, err)
		}
		lists, err := s.Postings(shingles(found[0].Words)[:1])
		if err != nil || len(lists[0]) == 0 {
			t.Fatalf("%s is not in the index: %v, %v", id, lists, err)
		}
	}
	return v.Articles - 1
}

func TestTwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	open(t, path, Options{Create: true}).Close()
	const each = 60
	var all []*exec.Cmd
	for i := range 2 {
		cmd, out := adder(t, path, i*each, (i+1)*each)
		go io.Copy(io.Discard, out)
		all = append(all, cmd)
	}
	// A third process reads meanwhile.
	s := open(t, path, Options{ReadOnly: true})
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	v := newInventor(3)
	_, r := v.report("r3", quotationsOf(3))
	first := shingles(r.Quotations[0].Words(r.Article.Text))[:1]
	for {
		if ctx.Err() != nil {
			t.Fatal("the writers do not come to an end")
		}
		if _, err := s.Postings(first); err != nil {
			t.Fatal(err)
		}
		n, err := s.Searched()
		if err != nil {
			t.Fatal(err)
		}
		if n.Articles == 2*each {
			break
		}
		time.Sleep(time.Millisecond)
	}
	for _, cmd := range all {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	if last := wholeReportsOnly(t, path, 2*each-1); last != 2*each-1 {
		t.Errorf("the last report is %d", last)
	}
	if lists, err := s.Postings(first); err != nil || len(lists[0]) == 0 {
		t.Errorf("the reader does not see what was added: %v, %v", lists, err)
	}
}

func TestErrorsAreWrappedOnce(t *testing.T) {
	s := fresh(t)
	err := s.explain("outer", s.explain("inner", errors.New("a cause")))
	if strings.Count(err.Error(), s.path) != 1 || !strings.Contains(err.Error(), "a cause") {
		t.Error(err)
	}
}
