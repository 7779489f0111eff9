package store

import (
	"path/filepath"
	"slices"
	"testing"

	"onrecord/internal/record"
)

// What a credit names is looked for among the outlets, whatever its case; and
// an entry carries the words of credit and a date that cannot be.
func TestCreditsAndOutlets(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "a.db"), Options{Create: true})
	for i, outlet := range []string{"The Quay News", "Quayside Weekly", "Tidewater Times"} {
		p, r := simple("q"+string(rune('a'+i)), "", ferry+" She told the Quay News in 202.")
		r.Article.Outlet = outlet
		at := len(ferry) + len(" She ")
		r.Quotations[0].Credits = []record.Credit{{Span: record.Span{Start: at, End: at + len("told the Quay News")}, Name: "Quay News", Kind: "told"}}
		r.Quotations[0].Said = &record.Said{Problem: "no such year: 202"}
		put(t, s, p, r)
	}
	for word, want := range map[string][]string{
		"quay": {"Quayside Weekly", "The Quay News"}, "TIMES": {"Tidewater Times"}, "gazette": nil, "%": nil,
		"": {"Quayside Weekly", "The Quay News", "Tidewater Times"},
	} {
		if got, err := s.OutletsNamed(word); err != nil || !slices.Equal(got, want) {
			t.Errorf("outlets named %q: %q, %v; want %q", word, got, err, want)
		}
	}
	key, err := s.KeyOf("qa:1")
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Entries([]int64{key})
	if err != nil || len(list) != 1 || !slices.Equal(list[0].Credited, []string{"told the Quay News"}) || list[0].Impossible != "no such year: 202" {
		t.Errorf("the entry is %+v, %v", list, err)
	}
}
