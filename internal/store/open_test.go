package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestWhatCannotBeOpened(t *testing.T) {
	dir := t.TempDir()
	file := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	prepare := func(name, statements string) string {
		path := filepath.Join(dir, name)
		open(t, path, Options{Create: true}).Close()
		run(t, path, statements)
		return path
	}
	foreign := filepath.Join(dir, "foreign.db")
	run(t, foreign, "CREATE TABLE recipes (name TEXT)")
	cases := []struct {
		name, path string
		opt        Options
		kind       error
		says       string
	}{
		{"nothing there, reading", filepath.Join(dir, "none.db"), Options{ReadOnly: true}, ErrMissing, "onrecord add FILE"},
		{"nothing there, writing", filepath.Join(dir, "none.db"), Options{}, ErrMissing, "onrecord add FILE"},
		{"an empty file, reading", file("empty.db", ""), Options{ReadOnly: true}, ErrMissing, "onrecord add FILE"},
		{"a text", file("letter.txt", "Dear editor, the ferry has not sailed for a week now."), Options{Create: true}, ErrNoStore, "not an onrecord store"},
		{"a short text", file("short.txt", "Dear"), Options{ReadOnly: true}, ErrNoStore, "not an onrecord store"},
		{"a folder", dir, Options{Create: true}, ErrNoStore, "is a folder"},
		{"of another program", foreign, Options{Create: true}, ErrNoStore, "another program"},
		{"newer", prepare("newer.db", "PRAGMA user_version = 99"), Options{}, ErrNewer, "newer onrecord"},
		{"no folder can be made", filepath.Join(file("wall", "x"), "in", "a.db"), Options{Create: true}, ErrUnwritable, "--db"},
		{"a folder that takes nothing", "/proc/onrecord.db", Options{Create: true}, ErrUnwritable, "--db"},
		{"PostgreSQL", "postgres://desk@db.example/onrecord", Options{Create: true}, ErrLater, "later version"},
	}
	for _, c := range cases {
		s, err := Open(context.Background(), c.path, c.opt)
		if err == nil {
			s.Close()
		}
		check(t, c.name, err, c.kind, c.says)
	}
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("opening a store that is not there made it")
	}
}

// check: the error is of its kind and is one line that says what to do.
func check(t *testing.T, name string, err error, kind error, says string) {
	t.Helper()
	var e *Error
	if !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Errorf("%s: %v, want %v", name, err, kind)
		return
	}
	if !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%s says %q, which is not one line with %q", name, err, says)
	}
}

// run does something to a file behind the store's back.
func run(t *testing.T, path, statements string) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
}

func TestDefaultPath(t *testing.T) {
	t.Setenv("ONRECORD_DB", "")
	t.Setenv("XDG_DATA_HOME", "/data")
	if got := DefaultPath(); got != filepath.FromSlash("/data/onrecord/onrecord.db") {
		t.Error(got)
	}
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("HOME", "/home/una")
	if got := DefaultPath(); got != filepath.FromSlash("/home/una/.local/share/onrecord/onrecord.db") {
		t.Error(got)
	}
	t.Setenv("ONRECORD_DB", "here.db")
	if got := DefaultPath(); got != "here.db" {
		t.Error(got)
	}
}

func TestStrangePath(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a b?c#d%20é", "on record.db")
	s := open(t, path, Options{Create: true})
	p, r := simple("a", "", ferry)
	put(t, s, p, r)
	s.Close()
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
}

func TestFullDisk(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "onrecord.db"), Options{Create: true, maxPages: 200})
	v := newInventor(11)
	var err error
	n := 0
	for ; err == nil && n < 500; n++ {
		p, r := v.report(fmt.Sprintf("r%d", n), 23)
		err = wholeReport(s, p, r)
	}
	check(t, "a full disk", err, ErrFull, "make room")
	got, err := s.Verify(context.Background(), func(l Loss) { t.Error(l) })
	if err != nil || got.Articles != n-1 || got.Quotations != 23*(n-1) || got.QuotationsFound != got.Quotations {
		t.Errorf("after %d reports: %+v, %v", n-1, got, err)
	}
}

func TestSecondWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	first := open(t, path, Options{Create: true})
	second := open(t, path, Options{Wait: time.Millisecond})
	reader := open(t, path, Options{ReadOnly: true})
	p, r := simple("a", "", ferry)
	err := first.Within(context.Background(), func() error {
		put(t, first, p, r)
		q, x := simple("b", "", ferry+" Nobody did.")
		_, err := second.Put(context.Background(), q, x, Extra{})
		check(t, "a second writer", err, ErrBusy, "wait for it or stop it")
		if n, err := reader.Searched(); err != nil || n.Articles != 0 {
			t.Errorf("a reader in the middle of a report: %+v, %v", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	q, x := simple("b", "", ferry+" Nobody did.")
	if got := put(t, second, q, x); got.Outcome != New || got.Number != 2 {
		t.Errorf("the second writer's turn: %+v", got)
	}
	if n, err := reader.Searched(); err != nil || n.Articles != 2 {
		t.Errorf("a reader afterwards: %+v, %v", n, err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	open(t, path, Options{Create: true}).Close()
	s := open(t, path, Options{ReadOnly: true})
	p, r := simple("a", "", ferry)
	_, err := s.Put(context.Background(), p, r, Extra{})
	check(t, "put", err, ErrReadOnly, "reading only")
	check(t, "link", s.SetLink(1, nil), ErrReadOnly, "reading only")
	check(t, "reread", s.Reread(context.Background(), nil, nil), ErrReadOnly, "reading only")
}

func TestDamagedStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true})
	v := newInventor(12)
	for i := range 20 {
		p, r := v.report(fmt.Sprintf("r%d", i), 10)
		put(t, s, p, r)
	}
	s.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(b); i++ {
		b[i] ^= 0x5a
	}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	s, err = Open(context.Background(), path, Options{ReadOnly: true})
	if err == nil {
		_, err = s.Verify(context.Background(), func(Loss) {})
		s.Close()
	}
	check(t, "a damaged store", err, ErrDamaged, "is damaged")
	if err := os.WriteFile(path, b[:5000], 0o644); err != nil {
		t.Fatal(err)
	}
	s, err = Open(context.Background(), path, Options{})
	if err == nil {
		_, err = s.Searched()
		s.Close()
	}
	check(t, "a store cut short", err, ErrDamaged, "is damaged")
}
