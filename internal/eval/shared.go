package eval

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"onrecord/internal/record"
)

// findShared is the folder of the reference data: as given, else
// ONRECORD_SHARED, else ../shared beside the repository, else beside the
// working folder.
func findShared(given string) string {
	if given != "" {
		return given
	}
	if env := os.Getenv("ONRECORD_SHARED"); env != "" {
		return env
	}
	if root, ok := repository(); ok {
		return filepath.Join(root, "..", "shared")
	}
	return filepath.Join("..", "shared")
}

// repository is the folder with the module's go.mod, at or above the working
// folder.
func repository() (string, bool) {
	dir, err := os.Getwd()
	if err != nil {
		return "", false
	}
	for {
		data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(data), "module onrecord") {
			return dir, true
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", false
		}
		dir = up
	}
}

// FloorsPath is the floors file of the repository round the working folder,
// for Options.Raise.
func FloorsPath() (string, error) {
	root, ok := repository()
	if !ok {
		return "", errors.New("the floors can only be raised inside the repository: go there first")
	}
	return filepath.Join(root, "internal", "eval", "floors.json"), nil
}

// open opens a file of the reference data, unpacked where it is gzip.
func (r *run) open(name string) (io.ReadCloser, error) {
	f, err := os.Open(filepath.Join(r.shared, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, absent{"no " + name + " in the shared folder"}
	}
	if err != nil {
		return nil, fmt.Errorf("opening reference data: %w", err)
	}
	if !strings.HasSuffix(name, ".gz") {
		return f, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpacking %s: %w", name, err)
	}
	return unpacked{z, f}, nil
}

type unpacked struct {
	io.Reader
	file *os.File
}

func (u unpacked) Close() error { return u.file.Close() }

// readFile reads a whole file of the reference data.
func (r *run) readFile(name string) ([]byte, error) {
	f, err := r.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return data, nil
}

// lines decodes a file of JSON lines, at most limit of them (0: all).
func lines[T any](r *run, name string, limit int) ([]T, error) {
	f, err := r.open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dec := json.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	var all []T
	for limit == 0 || len(all) < limit {
		var v T
		err := dec.Decode(&v)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading line %d of %s: %w", len(all)+1, name, err)
		}
		all = append(all, v)
	}
	return all, nil
}

// read makes articles of the pages and reads them on all cores; readings come
// in the order of pages.
func (r *run) read(ctx context.Context, pages []record.Page) ([]record.Reading, error) {
	out := make([]record.Reading, len(pages))
	errs := make([]error, len(pages))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(pages) || ctx.Err() != nil {
					return
				}
				a, err := r.Article(pages[i])
				if err != nil {
					errs[i] = fmt.Errorf("reading %s: %w", pages[i].ID, err)
					continue
				}
				out[i] = r.Read(a)
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return out, errors.Join(errs...)
}

// points turns offsets in code points into offsets in bytes.
type points []int

func newPoints(text string) points {
	p := make(points, 0, len(text)+1)
	for i := range text {
		p = append(p, i)
	}
	return append(p, len(text))
}

// span is the bytes of code points [start, end); offsets past the text are
// drawn back to its end.
func (p points) span(start, end int) record.Span {
	start = min(max(start, 0), len(p)-1)
	end = min(max(end, start), len(p)-1)
	return record.Span{Start: p[start], End: p[end]}
}

func (p points) spans(pairs [][2]int) []record.Span {
	var out []record.Span
	for _, s := range pairs {
		out = append(out, p.span(s[0], s[1]))
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Shared is the folder of the reference data, as ONRECORD_SHARED or the place
// of the repository gives it, for benchmarks.
func Shared() string { return findShared("") }
