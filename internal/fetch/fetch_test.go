package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"onrecord/internal/record"
)

// run reads the sources and returns one line for each page and each problem.
func run(t *testing.T, o Options, args ...string) (pages []record.Page, problems []string) {
	t.Helper()
	o.Problem = func(origin string, err error) {
		line := origin + ": " + err.Error()
		if strings.Contains(line, "\n") {
			t.Errorf("a problem of more than one line: %q", line)
		}
		problems = append(problems, line)
	}
	n, err := Each(context.Background(), args, o, func(p record.Page) error {
		pages = append(pages, p)
		return nil
	})
	if err != nil {
		t.Fatalf("Each(%q): %v", args, err)
	}
	if n != len(problems) {
		t.Errorf("%d problems counted, %d told", n, len(problems))
	}
	return pages, problems
}

// folder makes a folder of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, data := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func zipped(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func wantProblem(t *testing.T, problems []string, n int, words ...string) {
	t.Helper()
	if len(problems) != n {
		t.Errorf("%d problems, want %d: %q", len(problems), n, problems)
	}
	all := strings.Join(problems, "\n")
	for _, w := range words {
		if !strings.Contains(all, w) {
			t.Errorf("no problem says %q: %q", w, problems)
		}
	}
}

func TestFolderInOrder(t *testing.T) {
	root := folder(t, map[string]string{
		"b/second.htm":     "<p>Two</p>",
		"a.txt":            "\uFEFFOne",
		"c.jsonl.gz":       zipped(t, `{"id":"x","text":"Three"}`+"\n"),
		"d.json":           ` [{"text":"Four"}, {"html":"<p>Five"}] `,
		"picture.png":      "\x89PNG",
		".hidden/never.md": "x",
		".git/x.txt":       "never",
	})
	pages, problems := run(t, Options{}, root)
	wantProblem(t, problems, 0)
	var got []string
	for _, p := range pages {
		got = append(got, fmt.Sprintf("%s %s %s %s", strings.TrimPrefix(p.Origin, root+"/"), p.Form, p.Bytes, strings.TrimPrefix(p.File, root+"/")))
	}
	want := []string{
		"a.txt text One a.txt",
		"b/second.htm html <p>Two</p> b/second.htm",
		"c.jsonl.gz line 1 text Three ",
		"d.json document 1 text Four ",
		"d.json document 2 html <p>Five ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if n, size := Count([]string{root, "-", filepath.Join(root, "none")}, Options{}); n != 4 || size == 0 {
		t.Errorf("Count = %d, %d", n, size)
	}
}

func TestProgressAddsUpToCount(t *testing.T) {
	root := folder(t, map[string]string{
		"a.txt": strings.Repeat("word ", 50_000), "b.jsonl.gz": zipped(t, strings.Repeat(`{"text":"x"}`+"\n", 1000)), "c.html": "<p>x", "long.txt": strings.Repeat("x", 300_000),
	})
	var read int64
	run(t, Options{MaxBytes: 280_000, Progress: func(n int64) { read += n }}, root)
	if _, size := Count([]string{root}, Options{}); read != size {
		t.Errorf("%d bytes told, %d counted", read, size)
	}
}

func TestLines(t *testing.T) {
	in := "\uFEFF" + `{"id":7,"url":"https://x.example/a","outlet":"X","title":"T","published":"2030-01-02","authors":"Ana Diaz, Bo Lund and Cy Voss","text":"One","extra":{"a":[1]}}
not json at all
{"text":"cut in the midd

   
{"id":"n","authors":["Ana Diaz",{"name":"Bo Lund"},3,null],"html":"<p>Two"}
{"id":"m","authors":42,"title":null,"text":"Three ` + "\xff" + `"}
{"id":"empty"}
{"id":true,"text":"x"}
{"text":"nul \u0000 inside"}
{"text":"last"}`
	pages, problems := run(t, Options{JSONLines: true, Stdin: strings.NewReader(in)}, "-")
	wantProblem(t, problems, 5, "standard input line 2: is not a document in JSON", "line 3: is not", `line 8: has no words in "text" or "html"`, "line 9:", "line 10: is not text")
	if len(pages) != 4 {
		t.Fatalf("%d pages: %v", len(pages), pages)
	}
	p := pages[0]
	if p.ID != "7" || p.URL != "https://x.example/a" || p.Outlet != "X" || p.Title != "T" || p.Published != "2030-01-02" ||
		fmt.Sprint(p.Authors) != "[Ana Diaz, Bo Lund and Cy Voss]" || string(p.Bytes) != "One" || p.Form != record.PlainText || p.Origin != "standard input line 1" {
		t.Errorf("page 1: %+v", p)
	}
	if p := pages[1]; p.Form != record.HTML || strings.Join(p.Authors, ";") != "Ana Diaz;Bo Lund" {
		t.Errorf("page 2: %+v", p)
	}
	if p := pages[2]; string(p.Bytes) != "Three \uFFFD" || p.Authors != nil {
		t.Errorf("page 3: %+v", p)
	}
	if p := pages[3]; string(p.Bytes) != "last" || p.Origin != "standard input line 11" {
		t.Errorf("page 4: %+v", p)
	}
}

func TestLongLine(t *testing.T) {
	for _, end := range []string{"\n" + `{"text":"after"}`, "\n", ""} {
		in := `{"text":"before"}` + "\n" + `{"text":"` + strings.Repeat("x", 300_000) + `"}` + end
		pages, problems := run(t, Options{JSONLines: true, Stdin: strings.NewReader(in), MaxBytes: 200_000}, "-")
		wantProblem(t, problems, 1, "line 2: is longer than 195 KiB")
		if want := 1 + strings.Count(end, "after"); len(pages) != want {
			t.Errorf("%d pages, want %d", len(pages), want)
		}
	}
	in := `{"text":"` + strings.Repeat("x", 300_000) + `"}`
	if pages, _ := run(t, Options{JSONLines: true, Stdin: strings.NewReader(in)}, "-"); len(pages) != 1 || len(pages[0].Bytes) != 300_000 {
		t.Error("a long line within the limit is lost")
	}
}

func TestJSONFiles(t *testing.T) {
	root := folder(t, map[string]string{
		"one.json":     "{\n  \"text\": \"One\"\n}\n",
		"several.json": "\uFEFF{\"text\":\"A\"}\n{\"text\":\"B\"}",
		"broken.json":  `[{"text":"C"}, {"text":`,
		"empty.json":   "  ",
		"other.json":   `{"name":"a package","version":"1.0.0"}`,
		"long.json":    `{"text":"` + strings.Repeat("x", 3000) + `"}`,
		"none.json":    `[]`,
	})
	pages, problems := run(t, Options{MaxBytes: 1000}, root)
	wantProblem(t, problems, 3, "broken.json: is not JSON from document 2 on", "empty.json: is empty", "long.json: is longer")
	if len(pages) != 4 {
		t.Errorf("%d pages", len(pages))
	}
	_, problems = run(t, Options{}, filepath.Join(root, "other.json"))
	wantProblem(t, problems, 1, "other.json document 1: has no words")
}

func TestStandardInputIsSniffed(t *testing.T) {
	for in, form := range map[string]record.Form{
		"BMW recalls cars\n\nThe maker said so.":     record.PlainText,
		"\n<!DOCTYPE html><html><p>x":                record.HTML,
		"<html lang=en>":                             record.HTML,
		"The mark < is no tag.":                      record.PlainText,
		"{\"text\":\"not asked for as JSON lines\"}": record.PlainText,
	} {
		pages, problems := run(t, Options{Stdin: strings.NewReader(in)}, "-")
		if len(pages) != 1 || pages[0].Form != form {
			t.Errorf("%q: %v %v", in, pages, problems)
		}
	}
}

func TestBadInput(t *testing.T) {
	root := folder(t, map[string]string{
		"empty.txt":  "",
		"blank.html": " \n ",
		"binary.txt": "ELF\x00\x01\x02",
		"packed.htm": "\x1f\x8b\x08\x00\x00",
		"doc.txt":    "%PDF-1.7 and so on",
		"bad.txt.gz": "not gzip",
		"cut.txt.gz": zipped(t, strings.Repeat("words and more words ", 5000))[:60],
		"good.txt":   "Fine.",
		"nul.html":   "<html><p>a stray \x00 NUL",
		"wide.txt":   "\xff\xfeN\x00o\x00",
	})
	pages, problems := run(t, Options{}, root)
	wantProblem(t, problems, 7, "empty.txt: is empty", "blank.html: is empty", "binary.txt: is not text (it holds NUL bytes)",
		"packed.htm: is not text (application/x-gzip)", "doc.txt: is not text (application/pdf)", "bad.txt.gz: is not a gzip file", "cut.txt.gz: cannot be read to its end")
	if len(pages) != 3 {
		t.Errorf("%d pages", len(pages))
	}
}

func TestSourcesThatCannotBe(t *testing.T) {
	_, problems := run(t, Options{}, "https://x.example/a", "HTTP://x.example", "x.warc.gz", "postgres://db/x", "no/such/file.txt", "-")
	wantProblem(t, problems, 6, "https://x.example/a: fetching addresses comes with a later version; save the page", "x.warc.gz: reading web archives comes with a later version",
		"postgres://db/x: reading from PostgreSQL", "no/such/file.txt: no such file or folder", "-: there is no standard input")
}

func TestUnreadableFile(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("permissions stop nobody here")
	}
	root := folder(t, map[string]string{"a.txt": "x", "b.txt": "y"})
	if err := os.Chmod(filepath.Join(root, "a.txt"), 0); err != nil {
		t.Fatal(err)
	}
	pages, problems := run(t, Options{}, root)
	wantProblem(t, problems, 1, "may not be read")
	if len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
}

func TestLoopOfLinks(t *testing.T) {
	root := folder(t, map[string]string{"in/a.txt": "x"})
	if err := os.Symlink(root, filepath.Join(root, "in", "loop")); err != nil {
		t.Skip("no links here")
	}
	if pages, _ := run(t, Options{}, root); len(pages) != 1 {
		t.Errorf("%d pages", len(pages))
	}
}

// zeros is a file without end that holds no line end; it counts what is read.
type zeros struct{ read atomic.Int64 }

func (z *zeros) Read(p []byte) (int, error) {
	if z.read.Load() > 200<<20 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = 'x'
	}
	z.read.Add(int64(len(p)))
	return len(p), nil
}

func TestTooLongIsNotReadIntoMemory(t *testing.T) {
	long := filepath.Join(t.TempDir(), "long.txt")
	f, err := os.Create(long)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(200 << 20); err != nil {
		t.Skip("no room for a sparse file")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, problems := run(t, Options{}, long)
	wantProblem(t, problems, 1, "long.txt: is longer than 64 MiB")
	in := &zeros{}
	_, problems = run(t, Options{Stdin: in, MaxBytes: 1 << 20}, "-")
	wantProblem(t, problems, 1, "standard input: is longer than 1 MiB")
	if n := in.read.Load(); n > 4<<20 {
		t.Errorf("%d bytes read to find that 1 MiB is passed", n)
	}
	_, problems = run(t, Options{Stdin: &zeros{}, JSONLines: true, MaxBytes: 1 << 20}, "-")
	wantProblem(t, problems, 1, "line 1: is longer than 1 MiB")
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 32<<20 {
		t.Errorf("%d MiB allocated", got>>20)
	}
}

func TestNoteOnOldCharacterSet(t *testing.T) {
	root := folder(t, map[string]string{"a.txt": "Caf\xe9"})
	var notes []string
	pages, _ := run(t, Options{Note: func(_, note string) { notes = append(notes, note) }}, root)
	if len(notes) != 1 || len(pages) != 1 || string(pages[0].Bytes) != "Caf\xe9" {
		t.Errorf("notes %q, pages %v", notes, pages)
	}
}

func TestCancelledBetweenDocuments(t *testing.T) {
	in := strings.Repeat(`{"text":"x"}`+"\n", 100)
	ctx, cancel := context.WithCancel(context.Background())
	n := 0
	_, err := Each(ctx, []string{"-", "-"}, Options{JSONLines: true, Stdin: strings.NewReader(in)}, func(record.Page) error {
		if n++; n == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 10 {
		t.Errorf("%d pages, %v", n, err)
	}
}

// Nobody types: Ctrl-C must still end it.
func TestCancelledWhileWaitingForInput(t *testing.T) {
	for _, lines := range []bool{true, false} {
		in, out := io.Pipe()
		defer out.Close()
		ctx, cancel := context.WithCancel(context.Background())
		go func() {
			fmt.Fprintln(out, `{"text":"x"}`) // returns when it is read
			cancel()
		}()
		n, err := Each(ctx, []string{"-"}, Options{JSONLines: lines, Stdin: in}, func(record.Page) error { return nil })
		if !errors.Is(err, context.Canceled) || n != 0 {
			t.Errorf("%d problems, %v", n, err)
		}
	}
}

func TestCallersErrorEndsTheStream(t *testing.T) {
	root := folder(t, map[string]string{"a.txt": "x", "b.txt": "y", "c.jsonl": `{"text":"z"}`})
	full := errors.New("disk full")
	for stopAt := 1; stopAt <= 3; stopAt++ {
		n := 0
		problems, err := Each(context.Background(), []string{root}, Options{}, func(record.Page) error {
			if n++; n == stopAt {
				return full
			}
			return nil
		})
		if err != full || n != stopAt || problems != 0 {
			t.Errorf("%d pages, %d problems, %v", n, problems, err)
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add(`{"text":"a"}`+"\n"+`{"html":"b","authors":["c"]}`, int64(100))
	f.Add("\uFEFF\n\n{", int64(3))
	f.Fuzz(func(t *testing.T, in string, most int64) {
		given := 0
		problems, err := Each(context.Background(), []string{"-"}, Options{JSONLines: true, Stdin: strings.NewReader(in), MaxBytes: most}, func(p record.Page) error {
			given++
			if len(p.Bytes) == 0 || p.Form == "" || p.Origin == "" {
				t.Errorf("a page of nothing: %+v", p)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Count(in, "\n") + 1
		if given+problems > lines {
			t.Errorf("%d pages and %d problems from %d lines", given, problems, lines)
		}
	})
}
