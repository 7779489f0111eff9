package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"onrecord": main})
}

// TestScripts runs the command line as a person would; each script is a file
// of testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			e.Setenv("XDG_DATA_HOME", filepath.Join(e.WorkDir, "data"))
			e.Setenv("ONRECORD_DB", filepath.Join(e.WorkDir, "story.db"))
			e.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"status":  wantStatus,
			"big":     makeBig,
			"bytes":   makeBytes,
			"flip":    flipByte,
			"oneline": oneLineOnly,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("no condition %q", cond)
		},
	})
}

// wantStatus runs "status N onrecord args…" and wants that exit status.
func wantStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N command args...")
	}
	err := ts.Exec(args[1], args[2:]...)
	got := 0
	if err != nil {
		if _, scanErr := fmt.Sscanf(err.Error(), "exit status %d", &got); scanErr != nil {
			ts.Fatalf("%v", err)
		}
	}
	if fmt.Sprint(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

// makeBig writes a file of so many megabytes of words; the work folder is
// removed after the script.
func makeBig(ts *testscript.TestScript, neg bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	defer f.Close()
	var n int
	_, err = fmt.Sscan(args[1], &n)
	ts.Check(err)
	chunk := []byte(strings.Repeat("The harbour board met again and nobody said much. ", 1<<20/50+1)[:1<<20])
	for range n {
		_, err := f.Write(chunk)
		ts.Check(err)
	}
}

// makeBytes writes a file from Go-quoted text, so that a script can hold NULs
// and broken UTF-8.
func makeBytes(ts *testscript.TestScript, neg bool, args []string) {
	var text string
	_, err := fmt.Sscanf(`"`+strings.Join(args[1:], " ")+`"`, "%q", &text)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// flipByte changes one letter of a word wherever a file holds it.
func flipByte(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	data, err := os.ReadFile(path)
	ts.Check(err)
	changed := strings.ReplaceAll(string(data), args[1], args[2])
	if changed == string(data) || len(args[1]) != len(args[2]) {
		ts.Fatalf("%s does not hold %q, or the words differ in length", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, []byte(changed), 0o644))
}

// oneLineOnly wants the last command's errors to be one line that names the
// program.
func oneLineOnly(ts *testscript.TestScript, neg bool, args []string) {
	got := ts.ReadFile("stderr")
	if strings.Count(got, "\n") != 1 || !strings.HasPrefix(got, "onrecord: ") {
		ts.Fatalf("errors are not one line of onrecord: %q", got)
	}
}
