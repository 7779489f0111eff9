package trace

import (
	"math"

	"onrecord/internal/record"
)

// item is an entry with its text.
type item struct {
	*record.Entry
	text  *Text
	whole uint64
	num   uint32                // its number in a Memory
	names map[string]*nameFacts // of names met lately; nil: none are kept
	has   wordbits              // its words
	marks mark                  // all marks of its words
	sized int64                 // what its shingles are worth; 0: not summed yet
	facts
}

// size is what its shingles are worth, as far as a Memory keeps it.
func (x *item) size() int64 {
	if x.sized == 0 {
		x.setSize(x.text.shingles())
	}
	return x.sized
}

func (x *item) setSize(sh []probe) { x.sized = min(sizeOf(sh)/sizeUnit, math.MaxUint8) * sizeUnit }

// facts are what is found out about an item when it is first asked for.
type facts struct {
	worth   float64 // of all words; 0: not summed yet
	signed  bool
	signs   []signal
	who     uint64 // speakerHash, where asked is set
	asked   bool
	stemmed bool
	stems   []probe
	name    *nameFacts
}

// total is what all the words are worth.
func (x *item) total() float64 {
	if x.worth == 0 {
		x.worth = worthOf(x.text.toks)
	}
	return x.worth
}

// speaker is speakerHash of the entry.
func (x *item) speaker() uint64 {
	if !x.asked {
		x.who, x.asked = speakerHash(x.Entry), true
	}
	return x.who
}

// nameFacts is what is known of a speaker's name.
type nameFacts struct {
	surname   uint16   // a hash of the last of the words; 0: described, or none
	words     []string // nameWords
	described bool     // isDescription
}

// called is what is known of the speaker's name.
func (x *item) called() *nameFacts {
	if x.name == nil {
		if x.name = x.names[x.Speaker]; x.name == nil {
			x.name = factsOf(x.Speaker)
			if len(x.names) >= nameMemory {
				clear(x.names)
			}
			if x.names != nil {
				x.names[x.Speaker] = x.name
			}
		}
	}
	return x.name
}

func factsOf(name string) *nameFacts {
	f := &nameFacts{words: nameWords(name), described: isDescription(name)}
	if n := len(f.words); n > 0 && !f.described {
		f.surname = uint16(hashWord(f.words[n-1])) | 1
	}
	return f
}

func newItem(e *record.Entry) *item {
	both := &struct { // one piece of memory
		item
		text Text
	}{}
	entryText(&both.text, e)
	x := &both.item
	x.Entry, x.text = e, &both.text
	x.whole, x.marks = x.text.wholeHash(), x.has.fill(x.text)
	return x
}

func (x *item) quoted() bool { return x.Kind != record.Indirect }
