package read

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

func emptyStore(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), filepath.Join(t.TempDir(), "story.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func report(id, day, outlet, text string) record.Page {
	return record.Page{ID: id, Outlet: outlet, Published: day, Title: "Report " + id, Form: record.PlainText, Bytes: []byte(text), Origin: id}
}

func keepAll(t testing.TB, s *store.Store, pages ...record.Page) []store.Added {
	t.Helper()
	k, err := NewKeeper(s)
	if err != nil {
		t.Fatal(err)
	}
	var out []store.Added
	for _, p := range pages {
		prepared, err := Prepare(p, Full)
		if err != nil {
			t.Fatal(err)
		}
		added, err := k.Keep(context.Background(), prepared)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, added)
	}
	if err := Settle(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	return out
}

// state is everything derived, in words: who said what, and which quotations
// are one utterance.
func state(t testing.TB, s *store.Store) []string {
	t.Helper()
	ix, err := NewIndex(s)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ctx := context.Background()
	err = s.EachEntry(ctx, func(e record.Entry) error {
		root, err := trace.Root(ix, e.Key)
		if err != nil {
			return err
		}
		u, err := trace.Utterance(ix, root)
		out = append(out, e.Quotation+" "+e.Person+" "+u.ID)
		return err
	})
	if err == nil {
		err = s.EachPerson(ctx, func(p record.Person) error {
			out = append(out, p.ID+" "+p.Name+" "+p.Reason)
			return nil
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func quarrel() []record.Page {
	return []record.Page{
		report("a", "2023-05-06", "Gazette", "“We will never sell the old lifeboat to a museum,” Ruth Ferrier said. Ferrier spoke for an hour."),
		report("b", "2023-05-06", "Lens", "“We will never sell the old lifeboat,” Ruth Ferrier said on Saturday."),
		report("c", "2023-05-08", "Lens", "“The lifeboat is a museum already,” Theo Marr told the Lens."),
		report("d", "2023-05-09", "Gazette", "“I sleep on the lifeboat now,” Rudolf Marr said on Monday."),
	}
}

func TestKeepAgainChangesNothing(t *testing.T) {
	s := emptyStore(t)
	first := keepAll(t, s, quarrel()...)
	before := state(t, s)
	for i, again := range keepAll(t, s, quarrel()...) {
		if first[i].Outcome != store.New || again.Outcome != store.Unchanged || again.ID != first[i].ID {
			t.Errorf("report %d: first %v, again %v", i, first[i], again)
		}
	}
	if after := state(t, s); !slices.Equal(before, after) {
		t.Errorf("before %q, after %q", before, after)
	}
}

// The order in which reports arrive does not change what is known.
func TestKeepInAnyOrder(t *testing.T) {
	s := emptyStore(t)
	keepAll(t, s, quarrel()...)
	want := state(t, s)
	if len(want) < 5 {
		t.Fatalf("only %q is known", want)
	}
	for _, order := range [][]int{{3, 2, 1, 0}, {1, 0, 3, 2}, {0, 2, 1, 3}} {
		s := emptyStore(t)
		for _, i := range order {
			keepAll(t, s, quarrel()[i])
		}
		if got := state(t, s); !slices.Equal(got, want) {
			t.Errorf("in order %v: %q, want %q", order, got, want)
		}
	}
}

// A report that cannot be kept whole is not kept at all, and who is who is not
// remembered from it.
func TestKeepAllOrNothing(t *testing.T) {
	s := emptyStore(t)
	k, err := NewKeeper(s)
	if err != nil {
		t.Fatal(err)
	}
	prepared, err := Prepare(quarrel()[0], Full)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := k.Keep(ctx, prepared); err == nil {
		t.Fatal("kept under a context that had ended")
	}
	if got := state(t, s); len(got) > 0 {
		t.Errorf("something is half kept: %q", got)
	}
	if _, err := k.Keep(context.Background(), prepared); err != nil {
		t.Errorf("and then it cannot be kept: %v", err)
	}
}

// Every correction changes what it says, survives reading all again, and can
// be taken back.
func TestCorrections(t *testing.T) {
	person := func(s *store.Store, q string) string {
		for _, e := range state(t, s) {
			if len(e) > len(q) && e[:len(q)+1] == q+" " {
				return e
			}
		}
		return ""
	}
	for name, c := range map[string]Correction{
		"merge":    {Correction: store.Correction{Kind: store.MergePeople}, Person: "Theo Marr", Same: "Rudolf Marr"},
		"split":    {Correction: store.Correction{Kind: store.SplitPeople}, Person: "Ruth Ferrier", Articles: []string{"b"}},
		"speaker":  {Correction: store.Correction{Kind: store.RightSpeaker}, Quotation: "c:1", Speaker: "Greta Holm"},
		"hide":     {Correction: store.Correction{Kind: store.NotAQuotation}, Quotation: "b:1"},
		"not same": {Correction: store.Correction{Kind: store.NotSameUtterance}, Quotation: "a:1", Other: "b:1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := emptyStore(t)
			keepAll(t, s, quarrel()...)
			ctx := context.Background()
			before := state(t, s)
			if person(s, "a:1") == "" || person(s, "b:1") == "" || person(s, "c:1") == "" {
				t.Fatalf("not all is found: %q", before)
			}
			seq, err := Correct(ctx, s, c)
			if err != nil {
				t.Fatal(err)
			}
			corrected := state(t, s)
			if slices.Equal(before, corrected) {
				t.Fatal("it changed nothing")
			}
			if err := Reread(ctx, s, Full, nil); err != nil {
				t.Fatal(err)
			}
			if got := state(t, s); !slices.Equal(got, corrected) {
				t.Errorf("read again: %q, want %q", got, corrected)
			}
			undo := Correction{Correction: store.Correction{Kind: store.Undo}, Of: seq}
			if _, err := Correct(ctx, s, undo); err != nil {
				t.Fatal(err)
			}
			if got := state(t, s); !slices.Equal(got, before) {
				t.Errorf("taken back: %q, want %q", got, before)
			}
			if _, err := Correct(ctx, s, undo); err == nil {
				t.Error("it can be taken back twice")
			}
		})
	}
}

func TestCorrectionOfWhatIsNot(t *testing.T) {
	s := emptyStore(t)
	keepAll(t, s, quarrel()...)
	before := state(t, s)
	for _, c := range []Correction{
		{Correction: store.Correction{Kind: store.NotAQuotation}, Quotation: "z:9"},
		{Correction: store.Correction{Kind: store.MergePeople}, Person: "Theo Marr", Same: "Nobody Here"},
		{Correction: store.Correction{Kind: store.MergePeople}, Person: "Theo Marr", Same: "Theo Marr"},
		{Correction: store.Correction{Kind: store.SplitPeople}, Person: "Theo Marr", Articles: []string{"z"}},
		{Correction: store.Correction{Kind: store.Undo}, Of: 7},
	} {
		if _, err := Correct(context.Background(), s, c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
	list, err := Corrections(s)
	if err != nil || len(list) > 0 {
		t.Errorf("%d corrections are kept, %v; want none", len(list), err)
	}
	if after := state(t, s); !slices.Equal(before, after) {
		t.Errorf("something changed: %q", after)
	}
}
