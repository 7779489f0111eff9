package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"
)

// What can be wrong with a store. Test for them with errors.Is; the message
// of the error that carries one says what to do.
var (
	ErrMissing    = errors.New("no store")
	ErrNoStore    = errors.New("not a store")
	ErrNewer      = errors.New("store of a newer version")
	ErrDamaged    = errors.New("damaged store")
	ErrBusy       = errors.New("store is being written")
	ErrFull       = errors.New("disk full")
	ErrUnwritable = errors.New("store cannot be written")
	ErrReadOnly   = errors.New("store is open for reading only")
	ErrLater      = errors.New("comes with a later version")
	ErrNotFound   = errors.New("not found")
	ErrFailed     = errors.New("store failed") // anything else
)

// Error is one line for a person, with the sort of trouble and its cause for
// programs.
type Error struct {
	Kind error // one of the Err… values
	Path string
	Text string
	Err  error // the cause; may be nil
}

func (e *Error) Error() string { return e.Text }

// Unwrap gives errors.Is both the sort and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

func missing(path string) error {
	return &Error{ErrMissing, path, fmt.Sprintf("there is no store at %s: add reports first, onrecord add FILE", path), nil}
}

func unwritable(path string, cause error) error {
	return &Error{ErrUnwritable, path, fmt.Sprintf("cannot write the store %s (%s): choose another place with --db", path, plain(cause)), cause}
}

func damaged(path string, cause error) error {
	return &Error{ErrDamaged, path, fmt.Sprintf("the store %s is damaged (%s): bring back a copy of it, or add the reports again into a new store", path, plain(cause)), cause}
}

// plain is the cause without the path that the message names already.
func plain(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

// explain turns what SQLite says into what a person can act on. An error that
// is none of SQLite's, or explained already, comes back as it is.
func (s *Store) explain(doing string, err error) error {
	if err == nil {
		return nil
	}
	var done *Error
	if errors.As(err, &done) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var se *sqlite.Error
	if !errors.As(err, &se) {
		return s.failed(doing, err)
	}
	switch se.Code() & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return &Error{ErrBusy, s.path, fmt.Sprintf("another onrecord is writing to %s; wait for it or stop it", s.path), err}
	case lib.SQLITE_FULL:
		return &Error{ErrFull, s.path, fmt.Sprintf("no room left on the disk of %s: what was added before is kept; make room and run the same command again", s.path), err}
	case lib.SQLITE_NOTADB:
		return &Error{ErrNoStore, s.path, fmt.Sprintf("%s is not an onrecord store: name another file with --db", s.path), err}
	case lib.SQLITE_CORRUPT:
		return damaged(s.path, err)
	case lib.SQLITE_READONLY, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return unwritable(s.path, err)
	case lib.SQLITE_IOERR:
		return &Error{ErrUnwritable, s.path, fmt.Sprintf("the disk of %s fails (%s): what was added before is kept; look at the disk and run the same command again", s.path, plain(err)), err}
	}
	return s.failed(doing, err)
}

// failed is for what nobody foresaw; it is wrapped once.
func (s *Store) failed(doing string, err error) error {
	return &Error{ErrFailed, s.path, fmt.Sprintf("%s in the store %s: %s", doing, s.path, plain(err)), err}
}
