package ask

import (
	"slices"
	"testing"

	"onrecord/internal/record"
)

// Whom a report credits is looked for in all that is kept, not only among
// those who print the words.
func TestCreditsAmongAllKept(t *testing.T) {
	const words = "“We will keep the old ferry until spring, and I will row the last passenger home myself,” Mayor Ilse Varn "
	page := func(id, outlet, text string) record.Page {
		return record.Page{ID: id, Outlet: outlet, Published: "2022-03-04", Title: "Ferry stays, says mayor", Form: record.PlainText,
			Bytes: []byte("Ferry stays, says mayor (" + id + ")\n\n" + text), Origin: id}
	}
	other := page("t1", "Tidewater Times", "“The fog will lift when it likes and the council cannot vote on it,” Mayor Ilse Varn said on the pier.")
	quiet := page("e1", "Evening Ledger", "“The soup is getting cold for everybody,” the cook, Otto Brandt, said on the pier.")
	for _, c := range []struct {
		name, credit string
		kept         []record.Page
		standing     record.Standing
		kind         record.NoteKind
		independent  int
	}{
		{"the paper quotes her that day, without these words", "told the Tidewater Times.", []record.Page{other}, record.CreditWithout, record.NoteWithout, 1},
		{"the paper is kept and has nothing of her", "told the Evening Ledger.", []record.Page{quiet}, record.CreditSilent, record.NoteNotKept, 1},
		{"nothing of the paper is kept", "told the Morning Tribune.", nil, record.CreditNotKept, record.NoteNotKept, 2},
		{"the paper that prints it", "told the Harbour Gazette.", nil, record.CreditKept, "", 1},
		{"nobody credited", "said on Friday.", nil, "", "", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			ix := filled(t, append([]record.Page{
				page("g1", "Harbour Gazette", words+"said on the pier in the rain, and then she put on her hat and left the islanders to their tea."),
				page("p1", "Pop Tally", "The mayor was wet. It had rained since noon on both sides of the water, and nobody had brought a boat.\n\n"+words+c.credit),
			}, c.kept...))
			u, found, err := Utterance(ix, "I will row the last passenger home myself", Depth{})
			if err != nil || !found || len(u.Variants) != 2 {
				t.Fatalf("found %v with %d printings, %v; want 2", found, len(u.Variants), err)
			}
			var standings []record.Standing
			for _, v := range u.Variants {
				for _, s := range v.Sources {
					standings = append(standings, s.Standing)
				}
			}
			if c.standing == "" && len(standings) > 0 || c.standing != "" && !slices.Equal(standings, []record.Standing{c.standing}) {
				t.Errorf("the credit is %v, want %s", standings, c.standing)
			}
			var kinds []record.NoteKind
			for _, n := range u.Notes {
				kinds = append(kinds, n.Kind)
			}
			if c.kind == "" && len(kinds) > 0 || c.kind != "" && !slices.Equal(kinds, []record.NoteKind{c.kind}) {
				t.Errorf("findings %v, want %s", kinds, c.kind)
			}
			if u.Reports != 2 || u.Independent != c.independent {
				t.Errorf("%d reports, %d independent texts, want 2 and %d", u.Reports, u.Independent, c.independent)
			}
		})
	}
}
