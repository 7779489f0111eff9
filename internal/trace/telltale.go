package trace

import "strings"

// bitset is a set of hashes that may say yes where it should say no.
type bitset [64]uint64

func (b *bitset) add(h uint64)      { b[h>>6&63] |= 1 << (h & 63) }
func (b *bitset) has(h uint64) bool { return b[h>>6&63]&(1<<(h&63)) != 0 }

// telltale is the rarest word of each of some phrases. Words that hold none of
// them hold none of the phrases, which is far quicker to see than to fold all
// of the words.
type telltale struct {
	ids       map[uint64]bool
	spellings bitset // hashes of all spellings that fold to one of the ids
}

func newTelltale(list *phrases, of func(phrase) bool) *telltale {
	t := &telltale{ids: map[uint64]bool{}}
	for _, same := range list.by {
		for _, p := range same {
			if !of(p) {
				continue
			}
			rarest := &p.toks[0]
			for i := range p.toks {
				if p.toks[i].bits() > rarest.bits() {
					rarest = &p.toks[i]
				}
			}
			t.ids[rarest.id] = true
			t.spell(rarest.norm())
		}
	}
	for spelling, w := range lexicon().words {
		if t.ids[w.id] {
			t.spell(spelling)
		}
	}
	return t
}

// spell adds a spelling, and the British one of an American word.
func (t *telltale) spell(word string) {
	t.spellings.add(hashWord(word))
	t.spellings.add(hashWord(strings.NewReplacer("iz", "is", "yz", "ys").Replace(word)))
}

// in tells whether one of the words may stand in the text.
func (t *telltale) in(text string) bool {
	s := scanners.Get().(*scanner)
	defer s.release()
	s.only = &t.spellings
	for _, tok := range s.scan(text, nil) {
		if t.ids[tok.id] {
			return true
		}
	}
	return false
}
