package read_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onrecord/internal/fetch"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

// The order in which reports arrive changes neither who is who nor any
// utterance; nor does reading everything again.
func TestOrderOfArrival(t *testing.T) {
	var pages []record.Page
	var args []string
	for _, f := range []string{"coach", "duet", "ferry", "kettles", "naps", "northline.jsonl"} {
		args = append(args, filepath.Join(examples, f))
	}
	if _, err := fetch.Each(t.Context(), args, fetch.Options{}, func(p record.Page) error {
		pages = append(pages, p)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	var first string
	for _, order := range []string{"as they come", "backwards", "the odd ones first"} {
		list := slices.Clone(pages)
		switch order {
		case "backwards":
			slices.Reverse(list)
		case "the odd ones first":
			slices.SortStableFunc(list, func(a, b record.Page) int {
				return slices.IndexFunc(pages, same(b))%2 - slices.IndexFunc(pages, same(a))%2
			})
		}
		s := keepAll(t, list)
		got := told(t, s)
		if first == "" {
			first = got
		}
		if diff := cmp.Diff(first, got); diff != "" {
			t.Errorf("%s (-as they come +%s)\n%s", order, order, diff)
		}
		if err := read.Reread(t.Context(), s, read.Full, nil); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, told(t, s)); diff != "" {
			t.Errorf("%s, read again (-before +after)\n%s", order, diff)
		}
	}
}

func same(p record.Page) func(record.Page) bool {
	return func(o record.Page) bool { return o.Origin == p.Origin }
}

func keepAll(t *testing.T, pages []record.Page) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "order.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	keeper, err := read.NewKeeper(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		ready, err := read.Prepare(p, read.Full)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := keeper.Keep(t.Context(), ready); err != nil {
			t.Fatal(err)
		}
	}
	if err := read.Settle(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// told is every person and every utterance of a store, as text.
func told(t *testing.T, s *store.Store) string {
	t.Helper()
	ix, err := read.NewIndex(s)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := s.EachPerson(t.Context(), func(p record.Person) error {
		_, err := fmt.Fprintf(&b, "%+v\n", p)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var lines []string
	if err := s.EachUtterance(t.Context(), func(root int64) error {
		u, err := trace.Utterance(ix, root)
		line := fmt.Sprintf("%s %s %s %s %s", u.ID, u.Person, u.Speaker, u.Earliest, u.Fullest)
		for _, v := range u.Variants {
			line += fmt.Sprintf("\n  %s %s %v %v", v.Entry.Quotation, v.Relation, v.Edits, v.Alarms)
		}
		for _, c := range u.Clarifications {
			line += fmt.Sprintf("\n  %s of %s: %s", c.Kind, c.Of, c.Entry.Quotation)
		}
		lines = append(lines, line)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return b.String() + strings.Join(lines, "\n")
}
