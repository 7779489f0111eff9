package trace

import "testing"

// A report calls an outlet by what its readers call it.
func TestIsOutlet(t *testing.T) {
	for _, c := range []struct {
		name, outlet, address string
		want                  bool
	}{
		{"the Gazette", "The Harbour Gazette", "", true},
		{"Harbour Gazette", "The Harbour Gazette", "", true},
		{"The Harbour Gazette’s", "Harbour Gazette", "", true},
		{"Ledger magazine", "Ledger", "", true},
		{"Tide", "Tide News Online", "", true},
		{"Pop Tally", "PopTally", "", true},
		{"PopTally", "", "https://www.poptally.example/x", true},
		{"Tidewater", "Tidewater (Web News)", "", true},
		{"Tidewater Times", "Tidewater Times - Editorial", "", true},
		{"WNA", "Westmark News Agency", "", true},
		{"Westmark News Agency", "WNA", "", true},
		{"Harbour", "The Harbour Gazette", "", false},
		{"the Meridian Gazette", "The Harbour Gazette", "", false},
		{"Gazette Extra", "The Harbour Gazette", "", false},
		{"the", "The Harbour Gazette", "", false},
		{"example", "", "https://gazette.example/x", false},
		{"", "", "", false},
	} {
		if got := IsOutlet(c.name, c.outlet, c.address); got != c.want {
			t.Errorf("%q for %q at %q: %v", c.name, c.outlet, c.address, got)
		}
	}
}

func TestSameVenue(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"Late Reel", "Late Reel (Channel Six)", true},
		{"Channel Six’s Late Reel", "Late Reel (Channel Six)", true},
		{"Late Reel", "Early Reel", false},
		{"Harbour Gazette", "The Long Bench", false},
	} {
		if got := sameVenue(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: %v", c.a, c.b, got)
		}
	}
}
