// Package store keeps everything that onrecord has read in one SQLite file:
// the bytes as they came, the editions with their text, what a reading found
// in them, who the people are, which quotations repeat each other, and what
// people have put right. It knows package record and nothing else of ours;
// the stages that need something looked up declare it, and the store happens
// to have it.
//
// One report is one transaction (Within): whatever happens in between, a
// store holds whole reports only. A Store works on one connection and is for
// one goroutine at a time; open another for another goroutine. Any number of
// processes may read while one writes, and writers take turns by report: what
// a Store remembers of the file is dropped as soon as another has written.
package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"onrecord/internal/record"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Options says how a store is opened.
type Options struct {
	ReadOnly bool             // nothing will be written
	Create   bool             // make it, and its folder, where there is none
	Wait     time.Duration    // how long to wait for another writer; 0: five seconds
	Now      func() time.Time // the clock for "added at"; nil: time.Now
	maxPages int              // tests: the disk is full after so many pages
	memory   int              // tests: postings remembered by this process at most
	steps    int              // tests: what the word index may walk through for one search
}

// Store is an open store.
type Store struct {
	path   string
	opt    Options
	db     *sql.DB
	conn   *sql.Conn
	stmts  map[string]*sql.Stmt
	inside bool     // a transaction is open
	seen   int64    // PRAGMA data_version when the caches were filled
	post   postings // the tracer's shingles
	sketch postings // shingles of whole texts, see sketch.go
	recent entries
	raised bool // opening it brought it up to date
}

// Raised tells whether the store was of an older version when it was opened:
// what it keeps is found by other keys than what is added from now on, until it
// is read again.
func (s *Store) Raised() bool { return s.raised }

// DefaultPath is ONRECORD_DB, else onrecord.db in the user's data folder.
func DefaultPath() string {
	if p := os.Getenv("ONRECORD_DB"); p != "" {
		return p
	}
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "onrecord", "onrecord.db")
	}
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, ".local", "share", "onrecord", "onrecord.db")
	}
	return "onrecord.db"
}

// Open opens the store at path. The errors are of type *Error and say what to
// do; a store that is not there is made only with Create.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	if strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://") {
		return nil, &Error{ErrLater, path, "PostgreSQL comes with a later version: name a file with --db", nil}
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, unwritable(path, err)
	}
	if opt.Wait == 0 {
		opt.Wait = 5 * time.Second
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.memory == 0 {
		opt.memory = 6_000_000 // about 200 MB while loading in bulk
	}
	if opt.steps == 0 {
		opt.steps = 1500 // some ten milliseconds
	}
	s := &Store{path: path, opt: opt, stmts: map[string]*sql.Stmt{}, post: noPostings(), sketch: noSketches()}
	if err := s.look(abs); err != nil {
		return nil, err
	}
	if err := s.connect(ctx, abs); err != nil {
		s.release()
		return nil, s.explain("opening", err)
	}
	return s, nil
}

// look says what is wrong with the file before SQLite says it less well.
func (s *Store) look(abs string) error {
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (s.opt.ReadOnly || !s.opt.Create):
		return missing(s.path)
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil {
			return unwritable(s.path, err)
		}
	case err != nil:
		return unwritable(s.path, err)
	case info.IsDir():
		return &Error{ErrNoStore, s.path, fmt.Sprintf("%s is a folder: name a file with --db", s.path), nil}
	case info.Size() == 0 && (s.opt.ReadOnly || !s.opt.Create):
		return missing(s.path)
	case info.Size() > 0:
		if err := s.lookInside(abs); err != nil {
			return err
		}
	}
	if s.opt.ReadOnly {
		return nil
	}
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return unwritable(s.path, err)
	}
	return f.Close()
}

var magic = []byte("SQLite format 3\x00")

func (s *Store) lookInside(abs string) error {
	f, err := os.Open(abs)
	if err != nil {
		return unwritable(s.path, err)
	}
	defer f.Close()
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(f, head); err != nil || !bytes.Equal(head, magic) {
		return &Error{ErrNoStore, s.path, fmt.Sprintf("%s is not an onrecord store: name another file with --db", s.path), nil}
	}
	return nil
}

// connect opens the one connection. The page cache and the map are limits,
// not reservations: a store at rest takes a few megabytes.
func (s *Store) connect(ctx context.Context, abs string) error {
	q := url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", s.opt.Wait.Milliseconds()),
		"foreign_keys(1)", "cache_size(-65536)", "mmap_size(2147418112)", "temp_store(2)",
	}}
	if s.opt.ReadOnly {
		q.Set("mode", "ro")
		if _, err := os.Stat(abs + "-wal"); err != nil && !canWrite(filepath.Dir(abs)) {
			q.Set("immutable", "1") // a WAL store in a folder where nothing can be made
		}
	} else {
		q["_pragma"] = append(q["_pragma"], "journal_mode(wal)", "synchronous(normal)", "wal_autocheckpoint(4000)")
		if s.opt.maxPages > 0 {
			q["_pragma"] = append(q["_pragma"], fmt.Sprintf("max_page_count(%d)", s.opt.maxPages))
		}
	}
	dsn := "file:" + (&url.URL{Path: abs}).EscapedPath() + "?" + q.Encode()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	s.db = db
	db.SetMaxOpenConns(1)
	if s.conn, err = db.Conn(ctx); err != nil {
		return err
	}
	return s.migrate(ctx)
}

func canWrite(dir string) bool {
	f, err := os.CreateTemp(dir, ".onrecord-*")
	if err != nil {
		return false
	}
	f.Close()
	os.Remove(f.Name())
	return true
}

// Path is the path the store was opened with.
func (s *Store) Path() string { return s.path }

// Sync makes everything written so far safe against a power cut: it brings
// the word index up to date and moves the write-ahead log into the store.
func (s *Store) Sync(ctx context.Context) error {
	if s.opt.ReadOnly {
		return nil
	}
	if err := s.indexTexts(ctx); err != nil {
		return err
	}
	var busy, logged, moved int
	err := s.conn.QueryRowContext(ctx, "PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &logged, &moved)
	if err != nil {
		return s.explain("syncing", err)
	}
	if busy != 0 || moved < logged {
		// A reader holds a part of the log: sync the log itself.
		if f, err := os.OpenFile(s.path+"-wal", os.O_RDWR, 0); err == nil {
			defer f.Close()
			if err := f.Sync(); err != nil {
				return unwritable(s.path, err)
			}
		}
	}
	return nil
}

// Close syncs and closes. A store that is closed twice stays closed.
func (s *Store) Close() error {
	if s.conn == nil {
		return nil
	}
	err := s.Sync(context.Background())
	s.release()
	return err
}

func (s *Store) release() {
	for _, st := range s.stmts {
		st.Close()
	}
	s.stmts = map[string]*sql.Stmt{}
	if s.conn != nil {
		s.conn.Close()
		s.conn = nil
	}
	if s.db != nil {
		s.db.Close()
		s.db = nil
	}
}

// Within runs f in one transaction: all of what f writes is kept, or nothing.
// Inside another Within it simply runs f. On a store open for reading, f sees
// one moment of the store.
func (s *Store) Within(ctx context.Context, f func() error) (err error) {
	if s.inside {
		return f()
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	begin := "BEGIN IMMEDIATE"
	if s.opt.ReadOnly {
		begin = "BEGIN"
	}
	if _, err := s.exec(begin); err != nil {
		return s.explain("beginning a report", err)
	}
	s.inside = true
	kept := false
	defer func() {
		s.inside = false
		if !kept {
			s.exec("ROLLBACK") // a full disk may have rolled back already
			s.forget()
		}
	}()
	if err := s.refresh(); err != nil {
		return s.explain("beginning a report", err)
	}
	if err := f(); err != nil {
		return err
	}
	if err := s.flushPostings(); err != nil {
		return s.explain("keeping the index", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if _, err := s.exec("COMMIT"); err != nil {
		return s.explain("keeping a report", err)
	}
	kept = true
	s.post.trim(s.opt.memory)
	s.sketch.trim(s.opt.memory)
	return nil
}

// writing is Within for one change, with the guard against read-only stores.
func (s *Store) writing(doing string, f func() error) error {
	if s.opt.ReadOnly {
		return &Error{ErrReadOnly, s.path, fmt.Sprintf("the store %s is open for reading only", s.path), nil}
	}
	return s.explain(doing, s.Within(context.Background(), f))
}

// refresh forgets what was remembered if somebody else has written since.
func (s *Store) refresh() error {
	var now int64
	if err := s.one("PRAGMA data_version", nil, &now); err != nil {
		return err
	}
	if now != s.seen {
		s.post.again()
		s.sketch.again()
		s.recent = entries{}
		s.seen = now
	}
	return nil
}

func (s *Store) forget() {
	s.post, s.sketch = noPostings(), noSketches()
	s.recent = entries{}
}

func (s *Store) stmt(q string) (*sql.Stmt, error) {
	if st, ok := s.stmts[q]; ok {
		return st, nil
	}
	if s.conn == nil {
		return nil, errors.New("the store is closed")
	}
	st, err := s.conn.PrepareContext(context.Background(), q)
	if err != nil {
		return nil, err
	}
	s.stmts[q] = st
	return st, nil
}

// The statements run to their end: a transaction is given up between them,
// never inside one.

func (s *Store) exec(q string, args ...any) (sql.Result, error) {
	st, err := s.stmt(q)
	if err != nil {
		return nil, err
	}
	return st.Exec(args...)
}

// one reads one row; sql.ErrNoRows where there is none.
func (s *Store) one(q string, args []any, into ...any) error {
	st, err := s.stmt(q)
	if err != nil {
		return err
	}
	return st.QueryRow(args...).Scan(into...)
}

// each reads all rows before it returns, so that nothing is open when the
// caller goes on.
func (s *Store) each(q string, args []any, row func(scan func(...any) error) error) error {
	st, err := s.stmt(q)
	if err != nil {
		return err
	}
	rows, err := st.Query(args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// numbers reads one column of numbers.
func (s *Store) numbers(q string, args ...any) ([]int64, error) {
	var out []int64
	err := s.each(q, args, func(scan func(...any) error) error {
		var n int64
		if err := scan(&n); err != nil {
			return err
		}
		out = append(out, n)
		return nil
	})
	return out, err
}

// Searched tells what a search over the whole store looks through.
func (s *Store) Searched() (record.Searched, error) {
	var out record.Searched
	err := s.one("SELECT articles, outlets FROM counter", nil, &out.Articles, &out.Outlets)
	if err != nil {
		return out, s.explain("counting", err)
	}
	var first, last sql.NullInt64
	err = s.one(`SELECT (SELECT min(published) FROM article), (SELECT max(published) FROM article)`, nil, &first, &last)
	if err != nil {
		return out, s.explain("counting", err)
	}
	if first.Valid {
		out.Period = record.When{From: day(first.Int64), Until: day(last.Int64).AddDate(0, 0, 1)}
	}
	return out, nil
}

// day is the day that a moment falls on.
func day(seconds int64) time.Time {
	return time.Unix(seconds, 0).UTC().Truncate(24 * time.Hour)
}
