//go:build unix

package quote_test

import (
	"reflect"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"onrecord/internal/quote"
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// Texts that never end what a reader waits for the end of: from plain text to
// quotations, each must cost what its length costs.
// The network does the same for any word, so that it reads only the kinds that
// give it much to choose from.
var endless = []struct {
	name, unit string
	models     bool
}{
	{"a document", "Ann Roe, the mayor of Larkhaven, said that the ferry was late. “We will close the crossing,” she told the Gazette on Monday. " +
		"“It is over.”\n\nThe harbour master denied it. According to Carl Dent, a spokesman, the boats were “a farce” and would go.\n\n", true},
	{"a paragraph", "Ann Roe said the ferry was late. “It is over,” she added. ", false},
	{"a sentence of words", "the old ferry on the river near a small town and ", false},
	{"a sentence of cues", "Ann Roe said that the ferry was late and ", true},
	{"a sentence of commas", "Ann Roe, the mayor, said the ferry, the boat, was late, and ", false},
	{"a sentence of quotations", "“the ferry is late,” Ann Roe said, and “it is over,” and ", true},
	{"a sentence of sources", "according to the mayor the ferry is late and ", false},
	{"nothing but cues", "said ", false},
	{"nothing but commas", ", ", false},
	{"nothing but names", "Alpha Bravo Carl ", false},
	{"nothing but opening marks", "“ ", false},
	{"nothing but closing marks", "” ", false},
	{"nothing but straight marks", "\" ", true},
	{"nothing but straight marks, together", "\"", false},
	{"nothing but pairs", "“ ” ", false},
	{"nothing but marks of all kinds", "“ ‘ ” ’ « » \" ' ", false},
	{"marks never closed", "“ferry\n\n", false},
	{"scare quotes beside quotations", "“We lost the ferry,” Ann Roe said. The “new” boat sank at “old” quay. “It is over now,” he said. ", true},
	{"titles beside thoughts", "He sang “Tin Roof” on Monday. Critics fear the ferry and its song will sink. ", true},
}

// body repeats a unit to about so many words.
func body(unit string, words int) string {
	return strings.Repeat(unit, words/max(len(strings.Fields(unit)), 1))
}

// find goes from plain text to quotations, and says how many tokens it read,
// how many bytes that took from the allocator, and how much processor time.
func find(words string, with quote.Finder) (tokens int, bytes uint64, used time.Duration) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := processorTime()
	d := text.New(&record.Article{ID: "long", Text: words, Language: "en"})
	with.Find(d)
	used = processorTime() - began
	runtime.ReadMemStats(&after)
	return len(d.Tokens), after.TotalAlloc - before.TotalAlloc, used
}

// processorTime is what this process has used so far: other work on the
// machine must not fail a test.
func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// What all of a document takes from the allocator bounds what it holds at
// once. Measured: 0.4 to 3 KB a token, of which the network's scores and the
// lattice are some 500 bytes, and 20 MB for the network's work whatever the
// length.
const (
	mostPerToken = 6 << 10
	mostAtAll    = 64 << 20
)

// Four times the text may take eight times the time at most (a square would
// take sixteen), and memory that grows no faster than the text.
func TestLongTexts(t *testing.T) {
	words := 50_000
	if testing.Short() {
		words = 8_000
	}
	model := quote.Model{Tagger: tag.Embedded()} // loading is not part of it
	for _, c := range endless {
		costs(t, c.name+", rules", body(c.unit, words/4), body(c.unit, words), quote.Rules{})
		if c.models {
			costs(t, c.name+", models", body(c.unit, words/4), body(c.unit, words), model)
		}
	}
}

// costs holds what finding takes in a text, and in four times as much of it,
// against each other.
func costs(t *testing.T, name, short, long string, with quote.Finder) {
	t.Helper()
	few, _, before := find(short, with)
	many, bytes, after := find(long, with)
	if many < 3*few {
		t.Fatalf("%s: %d tokens, and %d in four times the text: no measure", name, few, many)
	}
	if most := uint64(mostAtAll + mostPerToken*many); bytes > most {
		t.Errorf("%s: %d tokens take %d bytes, more than %d", name, many, bytes, most)
	}
	// A time too short to be measured says nothing, and a first run may be
	// disturbed.
	const tooShort = 50 * time.Millisecond
	slow := func() bool { return after > max(8*before, tooShort) }
	for try := 0; try < 4 && slow() && !testing.Short(); try++ {
		_, _, before = find(short, with)
		_, _, after = find(long, with)
	}
	if slow() && !testing.Short() {
		t.Errorf("%s: %v for %d tokens, %v for %d", name, before, few, after, many)
	}
}

// A document of 200,000 words costs, word for word, what one of 50,000 does,
// read all the way.
func TestDocumentOf200000Words(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	read.Article(record.Article{ID: "first", Text: endless[0].unit, Language: "en"}, read.Full)
	cost := func(words int) (time.Duration, int) {
		a := record.Article{ID: "long", Text: body(endless[0].unit, words), Language: "en"}
		began := processorTime()
		r := read.Article(a, read.Full)
		return processorTime() - began, len(r.Quotations)
	}
	before, few := cost(50_000)
	after, many := cost(200_000)
	if after > 8*before {
		t.Errorf("%v for 50,000 words, %v for 200,000", before, after)
	}
	if few == 0 || many < 4*few-4 || many > 4*few+4 {
		t.Errorf("%d quotations in 50,000 words, %d in 200,000", few, many)
	}
}

// The sentences that many short reports are made of; neighbours differ, so
// that batches mix paragraphs of all lengths.
var sentences = []string{
	"Ann Roe said that the ferry was late.",
	"“We will close the crossing,” the mayor told the Gazette on Monday. “It is over.”",
	"According to Carl Dent, a spokesman for the harbour, the boats were “a farce”.",
	"The council has denied that the bridge was ever promised, and Mr. Dent added that nobody who had read the plan, which is long, would have thought so.",
	"It rained.",
	"“Nobody asked me,” she said, “and I would have told them.”",
	"“The kettles were late,” Ines Hale wrote in a statement.\n\n“They are here now.”",
	"The harbour master believes that tides will rise.",
}

// reports are invented, each from other sentences.
func reports(n int) []record.Article {
	var out []record.Article
	for i := range n {
		var b strings.Builder
		for j := range 3 + i%5 {
			b.WriteString(sentences[(i*3+j*(1+i%3))%len(sentences)])
			b.WriteString([]string{"\n\n", " "}[(i+j)%2])
		}
		out = append(out, record.Article{ID: "r", Text: b.String(), Language: "en"})
	}
	return out
}

// A report's reading is the same alone, after others, and while others are
// read beside it, in every lane.
func TestReadingIsIndependentOfCompany(t *testing.T) {
	all := reports(24)
	for _, lane := range []read.Lane{read.Full, read.Fast, read.Rules} {
		var alone []record.Reading
		found := 0
		for _, a := range all {
			alone = append(alone, read.Article(a, lane))
			found += len(alone[len(alone)-1].Quotations)
		}
		if found < len(all) {
			t.Fatalf("lane %d: %d quotations in all: the test shows little", lane, found)
		}
		together := make([]record.Reading, len(all))
		var wait sync.WaitGroup
		for g := range 4 {
			wait.Go(func() {
				for i := len(all) - 1 - g; i >= 0; i -= 4 {
					together[i] = read.Article(all[i], lane)
				}
			})
		}
		wait.Wait()
		for i := range all {
			if !reflect.DeepEqual(alone[i].Quotations, together[i].Quotations) || !reflect.DeepEqual(alone[i].Chains, together[i].Chains) ||
				!reflect.DeepEqual(alone[i].Passed, together[i].Passed) {
				t.Errorf("lane %d, report %d: another reading among others", lane, i)
			}
		}
	}
}

// A paragraph gets the same spans whatever stands before and after it: what
// the network says of it depends on nothing beside it.
func TestSpansAreIndependentOfDocument(t *testing.T) {
	in := func(words string) [][]tag.Token {
		return quote.Input(text.New(&record.Article{ID: "i", Text: words, Language: "en"}))
	}
	tagger := tag.Embedded()
	var company [][]tag.Token
	for _, a := range reports(40) {
		company = append(company, in(a.Text)...)
	}
	together := tagger.Tag(company)
	found := 0
	for i, p := range company {
		alone := tagger.Tag([][]tag.Token{p})[0]
		if found += len(alone); !reflect.DeepEqual(alone, together[i]) {
			t.Errorf("paragraph %d of %d tokens: %v alone, %v in company", i, len(p), alone, together[i])
		}
	}
	if found == 0 {
		t.Fatal("no spans at all: the test shows nothing")
	}
}
