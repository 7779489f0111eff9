package trace

// Shingles are the keys under which a text is found again: every three words
// in a row. Cutting, replacing or adding words anywhere leaves most of them
// whole, and rarity keeps their lists short.

// Tags keep the families of keys apart.
const (
	tagShingle uint64 = 0x9e3779b97f4a7c15
	// tagShort marks shingles of short texts. It changes one bit that every index
	// keeps and that moves a hash least: both families of a shingle then stand
	// side by side in a store, and are read together.
	tagShort   uint64 = 1 << 31
	tagRun     uint64 = 0x8cb92ba72f3d8dd7 // five words, where three are all function words
	tagWhole   uint64 = 0xaef17502108ef2d9 // the whole text
	tagStem    uint64 = 0xdb4f0b9175ae2165 // one content word of one speaker
	tagSpeaker uint64 = 0xc2b2ae3d27d4eb4f // whatever a speaker is quoted with
	tagBeside  uint64 = 0x94d049bb133111eb // what a speaker says in a week
	tagFew     uint64 = 0xbf58476d1ce4e5b9 // … a few common words
	tagTold    uint64 = 0x27d4eb2f165667c5 // a speaker of whom something is reported
	tagSign    uint64 = 0xbbe0563303a4615f // a speaker's words about earlier words
)

// shortText is the length up to which a text may be a fragment that stands
// wholly inside another on the strength of one shingle.
const shortText = 9

// probe is one key to look up, and what sharing it is worth.
type probe struct {
	hash uint64
	bits float64
}

func combine(tag uint64, ids ...uint64) uint64 {
	h := tag
	for _, id := range ids {
		h = mix(h*0x9e3779b97f4a7c15 + id)
	}
	return h
}

// wholeHash stands for all the words of the text.
func (t *Text) wholeHash() uint64 {
	h := tagWhole ^ uint64(len(t.toks))
	for i := range t.toks {
		h = mix(h*0x9e3779b97f4a7c15 + t.toks[i].id)
	}
	return h
}

// shingles returns the distinct shingles of the text in order of place,
// without a tag for the family. A shingle of function words alone, or one of
// the commonest of the language, is a stop shingle: it leads everywhere, so
// five words in a row stand in for it. That is decided by lists of words and
// never by the length of a list of postings, so that the order of arrival
// cannot matter.
func (t *Text) shingles() []probe { return t.appendShingles(make([]probe, 0, len(t.toks))) }

func (t *Text) appendShingles(out []probe) []probe {
	toks, stop := t.toks, common()
	for i := 0; i+3 <= len(toks); i++ {
		x, y, z := &toks[i], &toks[i+1], &toks[i+2]
		if x.mark&y.mark&z.mark&function == 0 {
			if hash := combine(tagShingle, x.id, y.id, z.id); !stop.has(hash) {
				out = append(out, probe{hash, x.bits() + y.bits() + z.bits()})
				continue
			}
		}
		if i+5 <= len(toks) {
			p := probe{hash: tagRun}
			for k := i; k < i+5; k++ {
				p.hash = mix(p.hash*0x9e3779b97f4a7c15 + toks[k].id)
				p.bits += toks[k].bits()
			}
			out = append(out, p)
		}
	}
	return distinct(out)
}

// Shingles returns the hash of every three words in a row of which one is of
// content, in order of place: what the list of the commonest is counted from.
func Shingles(words string) []uint64 {
	toks := NewText(words).toks
	var out []uint64
	for i := 0; i+3 <= len(toks); i++ {
		if x, y, z := &toks[i], &toks[i+1], &toks[i+2]; x.mark&y.mark&z.mark&function == 0 {
			out = append(out, combine(tagShingle, x.id, y.id, z.id))
		}
	}
	return out
}

// distinct keeps the first of equal probes, in place.
func distinct(list []probe) []probe {
	if len(list) < 2 {
		return list
	}
	if len(list) <= 32 {
		out := list[:0]
	next:
		for _, p := range list {
			for i := range out {
				if out[i].hash == p.hash {
					continue next
				}
			}
			out = append(out, p)
		}
		return out
	}
	seen := make(map[uint64]struct{}, len(list))
	out := list[:0]
	for _, p := range list {
		if _, twice := seen[p.hash]; !twice {
			seen[p.hash] = struct{}{}
			out = append(out, p)
		}
	}
	return out
}
