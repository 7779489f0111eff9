package eval_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/view"
)

// stages are the stages of the program, as the command puts them in.
func stages() eval.Options {
	return eval.Options{
		Article: extract.Article,
		Read:    func(a record.Article) record.Reading { return read.Article(a, read.Full) },
		Tracer:  eval.Memory,
		Sum:     extract.Sum,
		JSON:    func(rd record.Reading) ([]byte, error) { return json.Marshal(view.Read(rd)) },
	}
}

// TestSets measures the sets named in ONRECORD_EVAL, for work on the rules:
// ONRECORD_EVAL=polnear,tag ONRECORD_EVAL_ERRORS=5 go test -v -run Sets ./internal/eval
func TestSets(t *testing.T) {
	names := os.Getenv("ONRECORD_EVAL")
	if names == "" {
		t.Skip("ONRECORD_EVAL names no set")
	}
	o := stages()
	o.Sets = strings.Split(names, ",")
	o.Errors, _ = strconv.Atoi(os.Getenv("ONRECORD_EVAL_ERRORS"))
	o.Limit, _ = strconv.Atoi(os.Getenv("ONRECORD_EVAL_LIMIT"))
	if os.Getenv("ONRECORD_EVAL_RAISE") != "" {
		path, err := eval.FloorsPath()
		if err != nil {
			t.Fatal(err)
		}
		o.Raise = path
	}
	var out bytes.Buffer
	err := eval.Run(t.Context(), o, &out)
	t.Log(out.String())
	if err != nil {
		t.Fatal(err)
	}
}

// TestEvidence asks for every reported span of every set at its place; what is
// absent is skipped by Run, which says so.
func TestEvidence(t *testing.T) {
	o := stages()
	o.Sets = []string{"evidence"}
	o.Floors = true
	if testing.Short() {
		o.Limit = 20
	}
	var out bytes.Buffer
	err := eval.Run(t.Context(), o, &out)
	t.Log(out.String())
	if err != nil {
		t.Fatal(err)
	}
}
