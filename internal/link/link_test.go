package link

import (
	"encoding/binary"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// marked reads a text in which {S …}, {Q …} and {C …} hold source, cue and
// content.
func marked(s string) (*text.Doc, []Span) {
	var plain strings.Builder
	var spans []Span
	var bytes [][2]int
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '{':
			t := map[byte]Type{'S': Source, 'Q': Cue, 'C': Content}[s[i+1]]
			spans = append(spans, Span{Type: t})
			bytes = append(bytes, [2]int{plain.Len(), 0})
			i += 2
		case s[i] == '}':
			bytes[len(bytes)-1][1] = plain.Len()
		default:
			plain.WriteByte(s[i])
		}
	}
	d := text.New(&record.Article{Text: plain.String(), Language: "en"})
	for i, b := range bytes {
		spans[i].First, spans[i].End = d.TokensIn(record.Span{Start: b[0], End: b[1]})
	}
	return d, spans
}

// told writes attributions as "[contents] [cue] source".
func told(list []Attribution) string {
	var out []string
	for _, a := range list {
		out = append(out, fmt.Sprint(a.Content, a.Cue, a.Source))
	}
	return strings.Join(out, " ")
}

func TestLink(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"interrupted", "{C “We planted the trees,”} {S he} {Q said}. {C “Nobody watered them.”}", "[0 3] [2] 1"},
		{"interrupted within the sentence", "{C “The bridge,”} {S Mayor Olga Prent} {Q said}, {C “was never painted.”}", "[0 3] [2] 1"},
		{"according to", "{Q According to} {S the harbour office}, {C two ferries were late}.", "[2] [0] 1"},
		{"according to, behind", "{C Two ferries were late}, {Q according to} {S the harbour office}.", "[0] [1] 2"},
		{"that", "{S The minister} {Q told} reporters {C that the tunnel would open}.", "[2] [1] 0"},
		{"colon into the next paragraph", "The talk was long.\n\n{S Ms. Dolan} {Q put it this way:}\n\n{C “I have never seen such a winter.”}\n\nShe left.", "[2] [1] 0"},
		{"two speakers in one sentence", "{S Arlen} {Q said} {C the vote was fair}, but {S Bruck} {Q argued} {C that it was bought}.", "[2] [1] 0 [5] [4] 3"},
		{"two cues, one speaker", "{S Arlen} {Q said} {C the vote was fair} and {Q added} {C that it was close}.", "[2] [1] 0 [4] [3] 0"},
		{"speaker behind", "{C “Stop the machines,”} {Q said} {S the foreman, Karl Oster}.", "[0] [1] 2"},
		{"floating sentence", "{S She} {Q said} {C the lake was “cold.”} {C “I would not swim there.”}", "[2 3] [1] 0"},
		{"each its own", "{C “No,”} {S Hanna} {Q said}. {C “Yes,”} {Q said} {S Ilse}.", "[0] [2] 1 [3] [4] 5"},
		{"nobody said", "{C “We are late.”}", "[0] [] -1"},
		{"no source", "{Q It was said} {C that the well was dry}.", "[1] [0] -1"},
	} {
		d, spans := marked(c.text)
		got := Link(d, spans)
		if told(got) != c.want {
			t.Errorf("%s: got %s, want %s", c.name, told(got), c.want)
		}
		for _, a := range got {
			if a.Score <= 0 || a.Score > 1 {
				t.Errorf("%s: score %v", c.name, a.Score)
			}
		}
		if again := Link(d, spans); !reflect.DeepEqual(got, again) {
			t.Errorf("%s: a second time %s", c.name, told(again))
		}
	}
}

// counting counts what a chain is asked.
type counting struct {
	chain
	asked *int
}

func (c counting) still(b *bag, i, cand int) {
	*c.asked++
	c.chain.still(b, i, cand)
}

func (c counting) moving(b *bag, i, cand int, h *history) {
	*c.asked++
	c.chain.moving(b, i, cand, h)
}

// A long text asks no more of a span than a short one.
func TestLinearTime(t *testing.T) {
	d, spans := marked(strings.Repeat("{S She} {Q said} {C the lake was cold}. {C “I swam.”}\n", 5000))
	if len(spans) != 20000 {
		t.Fatalf("%d spans", len(spans))
	}
	l := newLayout(d, spans)
	asked := 0
	chosen := embedded().decode(counting{cueChoices{l}, &asked})
	groups := l.grouped(chosen)
	embedded().decode(counting{sourceChoices{l, groups}, &asked})
	const most = (cuesLeft + cuesRight + 2) * (beamWidth + 2)
	if asked == 0 || asked > most*(len(l.contents)+len(groups)) {
		t.Errorf("%d questions for %d contents", asked, len(l.contents))
	}
}

func FuzzLink(f *testing.F) {
	f.Add([]byte{2, 0, 4, 1, 5, 6, 0, 7, 9, 2, 3, 3})
	f.Add([]byte("2\a02\x010"))
	f.Add([]byte{2, 200, 4, 2, 5, 250, 7, 7, 9, 1, 0, 255, 0, 0, 255, 2, 1, 30})
	d := text.New(&record.Article{Text: "“Stop,” he said. She said that they\n\nhad: “gone, and come.” No", Language: "en"})
	f.Fuzz(func(t *testing.T, data []byte) {
		var spans []Span
		want := map[int]bool{}
		for ; len(data) >= 3; data = data[3:] {
			s := Span{Type(data[0] % 4), int(int8(data[1])), int(int8(data[2]))}
			if s.Type == Content {
				want[len(spans)] = true
			}
			spans = append(spans, s)
		}
		checkPartition(t, d, spans, want)
		checkPartition(t, text.New(&record.Article{}), spans, want)
	})
}

func checkPartition(t *testing.T, d *text.Doc, spans []Span, want map[int]bool) {
	t.Helper()
	contents, cues := map[int]bool{}, map[int]bool{}
	last := -1
	for _, a := range Link(d, spans) {
		if len(a.Content) == 0 || len(a.Cue) > 1 || a.Content[0] < last || a.Source >= len(spans) {
			t.Fatalf("%v", a)
		}
		last = a.Content[0]
		for _, c := range a.Content {
			if contents[c] || !want[c] {
				t.Fatalf("content %d stands twice or is none", c)
			}
			contents[c] = true
		}
		for _, k := range a.Cue {
			if cues[k] || spans[k].Type != Cue {
				t.Fatalf("cue %d stands twice or is none", k)
			}
			cues[k] = true
		}
		if a.Source >= 0 && spans[a.Source].Type != Source {
			t.Fatalf("%d is no source", a.Source)
		}
		if !slices.IsSorted(a.Content) {
			t.Fatalf("contents %v", a.Content)
		}
	}
	if len(contents) != len(want) {
		t.Fatalf("%d contents, want %d", len(contents), len(want))
	}
}

func TestWeightsFile(t *testing.T) {
	weights := make([]float32, Buckets)
	weights[0], weights[17], weights[Buckets-1], weights[5] = 1, -2.5, 100, step/4
	data, err := Encode(weights)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if m.weights[0] != 1 || m.weights[17] != -2.5 || m.weights[Buckets-1] != 127*float32(step) || m.weights[5] != 0 {
		t.Errorf("got %v %v %v %v", m.weights[0], m.weights[17], m.weights[Buckets-1], m.weights[5])
	}
	for n := range len(data) {
		if _, err := Decode(data[:n]); err == nil {
			t.Fatalf("a file cut at %d is read", n)
		}
	}
	far, err := pack(append(binary.AppendUvarint(nil, Buckets+1), 0, 1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(far); err == nil {
		t.Error("a bucket that does not exist is read")
	}
	if len(file) > 300_000 {
		t.Errorf("the weights take %d bytes", len(file))
	}
}

func BenchmarkLink(b *testing.B) {
	d, spans := marked(strings.Repeat("{S She} {Q said} {C the lake was cold}. {C “I swam.”}\n", 20))
	for b.Loop() {
		Link(d, spans)
	}
}
