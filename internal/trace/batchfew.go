package trace

import (
	"cmp"
	"slices"
)

// fewRow is an entry of a speaker and report of which there are also a few
// common words.
type fewRow struct {
	hash  uint64 // besideHash of all that the speaker says in the report
	entry uint32
	few   bool // it is those common words
}

// fewRows brings a few common words together with all else that their speaker
// says in the same report.
func (b *batch) fewRows() []fewRow {
	var hashes []uint64
	few := make(map[uint32]bool)
	for w := range b.wordings {
		if !b.wordings[w].few {
			continue
		}
		for _, i := range b.members(uint32(w)) {
			if h := besideHash(tagBeside, &b.entries[i]); h != 0 {
				hashes, few[i] = append(hashes, h), true
			}
		}
	}
	if len(hashes) == 0 {
		return nil
	}
	slices.Sort(hashes)
	var out []fewRow
	for _, i := range b.order {
		h := besideHash(tagBeside, &b.entries[i])
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
	h := besideHash(tagBeside, &b.entries[entry])
	if len(b.few) == 0 || h == 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(b.few, h, func(r fewRow, h uint64) int { return cmp.Compare(r.hash, h) })
	end, own := at, false
	for end < len(b.few) && b.few[end].hash == h {
		own = own || b.few[end].entry == entry && b.few[end].few
		end++
	}
	for _, r := range b.few[at:end] {
		if r.entry != entry && (own || r.few) {
			meet(r.entry)
		}
	}
}
