package trace

import (
	"math"
	"testing"
	"time"

	"onrecord/internal/record"
)

// FuzzWhy: the pieces of an explanation add up to what was decided, in both
// tiers, and two quotations that are not linked have none.
func FuzzWhy(f *testing.F) {
	for i, s := range stock {
		f.Add(s, stock[(i+1)%len(stock)], uint16(i*37), uint8(i))
		f.Add(s[len(s)/3:], s, uint16(i), uint8(i*5))
		f.Add(s[:len(s)/2]+" … "+s[len(s)*2/3:], s, uint16(i*411), uint8(i*11))
		f.Add(s, s, uint16(i*3), uint8(i))
	}
	f.Add("she would not abandon Oake and his trombone", "I'm not going to abandon Deven Oake because he taught me the trombone.", uint16(1), uint8(1|8))
	f.Add("the bishop could not find his own cathedral", "The bishop, to be clear, could not find his own cathedral with a lantern.", uint16(0), uint8(1|8|16))
	f.Fuzz(func(t *testing.T, here, full string, days uint16, facts uint8) {
		if len(here) > 1000 || len(full) > 1000 {
			return
		}
		x := record.Entry{Quotation: "a:1", Article: "a", Kind: record.Direct, Words: here, Published: record.Day(2024, 3, 4)}
		y := record.Entry{Quotation: "b:1", Article: "b", Kind: record.Direct, Words: full, Published: record.Day(2024, 3, 4+int(days%90))}
		withFacts(&x, &y, facts)
		child, parent, d := both(newItem(&x), newItem(&y))
		why := Why(child.Entry, parent.Entry)
		if !d.linked && !d.repeated {
			if len(why) > 0 {
				t.Fatalf("%q and %q are not linked, and yet: %+v", here, full, why)
			}
			return
		}
		if got := Bits(why); math.Abs(got-d.bits) > 1e-4 { // a link keeps 24 bits of it
			t.Fatalf("%q on %q: %f bits, the pieces make %f: %+v", child.Words, parent.Words, d.bits, got, why)
		}
	})
}

// withFacts gives two entries what a bit of facts each says.
func withFacts(x, y *record.Entry, facts uint8) {
	if facts&1 != 0 {
		x.Speaker, y.Speaker = "Mara Quill", "Quill"
		x.Person, y.Person = "quill", "quill"
	}
	if facts&2 != 0 {
		x.Speaker, x.Person = "Deven Oake", "oake"
	}
	if facts&4 != 0 {
		y.Article = x.Article
	}
	if facts&8 != 0 {
		x.Kind, x.About, y.About = record.Indirect, []string{"Deven Oake"}, []string{"Deven Oake"}
	}
	if facts&16 != 0 {
		x.Said = record.When{From: time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC), Until: time.Date(2024, 3, 5, 0, 0, 0, 0, time.UTC)}
	}
	if facts&32 != 0 {
		y.Said = record.Day(2024, 3, 2+int(facts>>6)*3)
	}
	if facts&64 != 0 {
		x.Published = record.When{}
	}
}
