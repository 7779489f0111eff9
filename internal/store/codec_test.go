package store

import (
	"reflect"
	"testing"
	"time"

	"onrecord/internal/record"
)

// A field that an older or a newer version has and this one has not.
type older struct {
	Name  string
	Gone  []string
	Count int
}

type newer struct {
	Name  string
	Count int
	Extra *record.Span
}

func TestOldRowsCanBeRead(t *testing.T) {
	b := encode(nil, &older{"wind", []string{"a", ""}, -300})
	var n newer
	if err := decode(b, &n); err != nil || n.Name != "wind" || n.Count != -300 || n.Extra != nil {
		t.Errorf("%+v, %v", n, err)
	}
}

func TestTimesKeepTheirZone(t *testing.T) {
	at := time.Date(2030, 5, 4, 9, 30, 0, 5, time.FixedZone("", -4*3600))
	for _, w := range []record.When{{From: at}, {Until: at.UTC()}, {From: time.Date(-40, 1, 1, 0, 0, 0, 0, time.UTC), Until: at}} {
		var got record.When
		if err := decode(encode(nil, &w), &got); err != nil || !reflect.DeepEqual(got, w) {
			t.Errorf("%v came back as %v, %v", w, got, err)
		}
	}
}

// FuzzDecode: whatever stands in a row, reading it ends in a value or an
// error, and a value that was read writes itself back.
func FuzzDecode(f *testing.F) {
	_, r := newInventor(9).report("seed", 3)
	f.Add(encode(nil, &kept{Quotation: r.Quotations[0]}))
	f.Add([]byte{0xff, 0xff, 0x7f, 0})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		var k, again kept
		if decode(b, &k) != nil {
			return
		}
		if err := decode(encode(nil, &k), &again); err != nil {
			t.Fatal(err)
		}
		if first, second := encode(nil, &k), encode(nil, &again); string(first) != string(second) {
			t.Errorf("%x and then %x", first, second)
		}
	})
}
