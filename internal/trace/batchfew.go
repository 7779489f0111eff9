package trace

import (
	"cmp"
	"slices"
)

// fewRow is an entry of a speaker and days of which there are also a few common
// words.
type fewRow struct {
	hash  uint64 // besideHash of all that the speaker says in those days
	entry uint32
	few   bool // it is those common words
}

// fewRows brings a few common words together with all else that their speaker
// says in those days.
func (b *batch) fewRows() []fewRow {
	var hashes []uint64
	few := make(map[uint32]bool)
	for w := range b.wordings {
		if !b.wordings[w].few {
			continue
		}
		for _, i := range b.members(uint32(w)) {
			for _, h := range besideHashes(tagBeside, &b.entries[i]) {
				if h != 0 {
					hashes, few[i] = append(hashes, h), true
				}
			}
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	slices.Sort(hashes)
	var out []fewRow
	for _, i := range b.order {
		h := besideHash(tagBeside, &b.entries[i], 0)
		if _, ok := slices.BinarySearch(hashes, h); ok {
			out = append(out, fewRow{h, i, few[i]})
		}
	}
	sortAll(out, b.workers, func(x, y fewRow) int {
		return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.entry, y.entry))
	})
	return out
}

// besides calls meet with every other entry that entry is to be compared with
// because one of the two is a few common words.
func (b *batch) besides(entry uint32, meet func(other uint32)) {
	if len(b.few) == 0 {
		return
	}
	own := b.isFew(entry)
	for _, h := range besideHashes(tagBeside, &b.entries[entry]) {
		if h == 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(b.few, h, func(r fewRow, h uint64) int { return cmp.Compare(r.hash, h) })
		for ; at < len(b.few) && b.few[at].hash == h; at++ {
			if r := b.few[at]; r.entry != entry && (own || r.few) && near(&b.entries[entry], &b.entries[r.entry]) {
				meet(r.entry)
			}
		}
	}
}

// isFew tells whether the entry is a few common words.
func (b *batch) isFew(entry uint32) bool {
	h := besideHash(tagBeside, &b.entries[entry], 0)
	at, ok := slices.BinarySearchFunc(b.few, fewRow{hash: h, entry: entry}, func(r, want fewRow) int {
		return cmp.Or(cmp.Compare(r.hash, want.hash), cmp.Compare(r.entry, want.entry))
	})
	return ok && b.few[at].few
}
