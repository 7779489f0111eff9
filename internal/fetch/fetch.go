// Package fetch turns what a person names on the command line (files,
// folders, standard input, JSON lines) into pages, one at a time and without
// a store. It understands nothing of what it carries: the bytes go on as they
// came, so that everything after this stage can be done again from them.
//
// A document that cannot be taken is a problem, told through Options.Problem
// and counted; the rest of the stream goes on. Only a cancelled context, or
// an error of the caller's own, ends it.
package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// DefaultMaxBytes is the most that one document may hold unless Options says
// otherwise. The longest reports are a few hundred kilobytes; a page with its
// scripts a few megabytes.
const DefaultMaxBytes = 64 << 20

// Options says how to read the sources, and whom to tell.
type Options struct {
	JSONLines bool      // files named as arguments, and standard input, hold JSON lines
	Stdin     io.Reader // what "-" reads
	MaxBytes  int64     // the most bytes of one document; 0: DefaultMaxBytes

	// Problem is told of a document that was left out, and why, in one line.
	Problem func(origin string, err error)
	// Note is told of something that a reader may want to know about a
	// document that was taken: text that is not UTF-8.
	Note func(origin, note string)
	// Progress is told how many bytes of the sources have been read since the
	// last call; they add up to what Count announced.
	Progress func(n int64)
}

// reader is one run of Each.
type reader struct {
	Options
	ctx      context.Context
	yield    func(record.Page) error
	problems int
	walking  bool // inside a folder, where a JSON file may be something else than documents
}

// stop carries an error that ends the whole stream through code that
// otherwise only meets errors of one document.
type stop struct{ error }

func (s stop) Unwrap() error { return s.error }

// Each reads the sources in the order given and hands every document to
// yield. It returns how many documents were left out with a problem; err is
// the context's error, or what yield returned.
//
// A source is a file, a folder (walked in sorted order; symbolic links are
// not followed, files of other kinds are skipped, and so is JSON that holds no
// documents), or "-".
func Each(ctx context.Context, args []string, o Options, yield func(record.Page) error) (problems int, err error) {
	if o.MaxBytes <= 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	r := &reader{Options: o, ctx: ctx, yield: yield}
	for _, arg := range args {
		if err := r.source(arg); err != nil {
			return r.problems, err
		}
	}
	return r.problems, nil
}

// source reads one argument. The error it returns ends the stream.
func (r *reader) source(arg string) error {
	err := r.argument(arg)
	var s stop
	if errors.As(err, &s) {
		return s.error
	}
	if err != nil {
		r.problem(arg, err)
	}
	return nil
}

func (r *reader) argument(arg string) error {
	if err := r.cancelled(); err != nil {
		return err
	}
	if arg == "-" {
		return r.stdin()
	}
	if err := later(arg); err != nil {
		return err
	}
	info, err := os.Stat(arg)
	if err != nil {
		return plain(err)
	}
	if info.IsDir() {
		return r.folder(arg)
	}
	if !info.Mode().IsRegular() && info.Mode()&fs.ModeNamedPipe == 0 && info.Mode()&fs.ModeCharDevice == 0 {
		return errors.New("is neither a file nor a folder; name a file of text, HTML or JSON lines")
	}
	f := formOf(arg)
	if r.JSONLines {
		f = formLines
	}
	return r.file(arg, f)
}

// later names the sources that this version cannot read, and what to do.
func later(arg string) error {
	low := strings.ToLower(arg)
	switch {
	case strings.HasPrefix(low, "http://"), strings.HasPrefix(low, "https://"):
		return errors.New("fetching addresses comes with a later version; save the page in a browser and add the file")
	case strings.HasPrefix(low, "postgres://"), strings.HasPrefix(low, "postgresql://"):
		return errors.New("reading from PostgreSQL comes with a later version; export the reports as JSON lines and add that file")
	case strings.HasSuffix(low, ".warc"), strings.HasSuffix(low, ".warc.gz"), strings.HasSuffix(low, ".wacz"):
		return errors.New("reading web archives comes with a later version; save the pages as HTML files and add their folder")
	}
	return nil
}

// plain takes the "open /path:" off a file error: the origin stands before it
// in the message already.
func plain(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errors.New("no such file or folder; check the name")
	case errors.Is(err, fs.ErrPermission):
		return errors.New("may not be read; check its permissions")
	}
	return err
}

func (r *reader) cancelled() error {
	if err := r.ctx.Err(); err != nil {
		return stop{err}
	}
	return nil
}

func (r *reader) problem(origin string, err error) {
	r.problems++
	if r.Problem != nil {
		r.Problem(origin, err)
	}
}

func (r *reader) note(origin, note string) {
	if r.Note != nil {
		r.Note(origin, note)
	}
}

func (r *reader) progress(n int64) {
	if r.Progress != nil && n > 0 {
		r.Progress(n)
	}
}

// hand gives one page to the caller.
func (r *reader) hand(p record.Page) error {
	if err := r.yield(p); err != nil {
		return stop{err}
	}
	return r.cancelled()
}

// folder walks a folder in sorted order. Links are not followed, so a loop of
// links cannot hold it up.
func (r *reader) folder(root string) error {
	r.walking = true
	defer func() { r.walking = false }()
	return walk(root, func(path string, f form) error {
		if err := r.cancelled(); err != nil {
			return err
		}
		err := r.file(path, f)
		var s stop
		if err != nil && !errors.As(err, &s) {
			r.problem(path, err)
			return nil
		}
		return err
	}, r.problem)
}

// walk visits the files of a folder that have a form we read.
func walk(root string, visit func(path string, f form) error, problem func(string, error)) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			problem(path, plain(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			if path != root && strings.HasPrefix(d.Name(), ".") {
				return fs.SkipDir
			}
			return nil
		}
		f := formOf(path)
		if !d.Type().IsRegular() || f == formUnknown || strings.HasPrefix(d.Name(), ".") {
			return nil
		}
		return visit(path, f)
	})
}

// file opens a file, unpacks it where its name ends in .gz, and reads it.
func (r *reader) file(path string, f form) error {
	src, err := os.Open(path)
	if err != nil {
		return plain(err)
	}
	defer src.Close()
	in := &counted{r: src, tell: r.progress}
	defer in.flush()
	if info, err := src.Stat(); err == nil && info.Size() > r.MaxBytes && f != formLines && f != formJSON &&
		!strings.HasSuffix(strings.ToLower(path), ".gz") {
		in.n += info.Size()
		return r.tooLong()
	}
	body, err := unpack(in, path)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	switch f {
	case formLines:
		return r.lines(body, path)
	case formJSON:
		return r.values(body, path)
	}
	return r.document(body, path, record.Page{Origin: path, File: abs, Form: f.page()})
}

func (r *reader) stdin() error {
	const origin = "standard input"
	if r.Stdin == nil {
		return errors.New("there is no standard input here; name a file")
	}
	// The goroutine ends with this call, whether all was read or not.
	ctx, done := context.WithCancel(r.ctx)
	defer done()
	in := &counted{r: newPatient(ctx, r.Stdin), tell: r.progress}
	defer in.flush()
	var err error
	if r.JSONLines {
		err = r.lines(in, origin)
	} else {
		err = r.document(in, origin, record.Page{Origin: origin})
	}
	if cancelled := r.cancelled(); cancelled != nil {
		return cancelled
	}
	var s stop
	if err != nil && !errors.As(err, &s) {
		r.problem(origin, err)
		return nil
	}
	return err
}

// document reads a source that is one document.
func (r *reader) document(in io.Reader, origin string, p record.Page) error {
	data, err := io.ReadAll(io.LimitReader(in, r.MaxBytes+1))
	if err != nil {
		return fmt.Errorf("cannot be read to its end: %w", plain(err))
	}
	if int64(len(data)) > r.MaxBytes {
		return r.tooLong()
	}
	data = bytes.TrimPrefix(data, bom)
	if p.Form == "" {
		p.Form = sniff(data)
	}
	if err := unreadable(data, p.Form); err != nil {
		return err
	}
	if p.Form == record.PlainText && !utf8.Valid(data) && !utf16(data) {
		r.note(origin, "is not UTF-8; broken bytes are shown as \uFFFD, and another encoding is read as Windows-1252")
	}
	p.Bytes = data
	return r.hand(p)
}

func (r *reader) tooLong() error {
	return fmt.Errorf("is longer than %s, the most for one document; split it, or give reports as JSON lines", size(r.MaxBytes))
}

func size(n int64) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}

// Count tells cheaply how much there is to read: how many files, and how many
// bytes as they lie on the disk. Standard input and missing files count
// nothing.
func Count(args []string, o Options) (documents, size int64) {
	add := func(path string) {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			documents++
			size += info.Size()
		}
	}
	for _, arg := range args {
		if arg == "-" || later(arg) != nil {
			continue
		}
		info, err := os.Stat(arg)
		if err != nil {
			continue
		}
		if !info.IsDir() {
			add(arg)
			continue
		}
		// A folder that cannot be walked is told by Each.
		_ = walk(arg, func(path string, _ form) error { add(path); return nil }, func(string, error) {})
	}
	return documents, size
}
