package trace

import (
	"cmp"
	"slices"

	"onrecord/internal/record"
)

// row is one shingle of one wording: the upper bits of the shingle's hash and,
// below them, what it weighs. The weight is a function of the shingle, so rows
// are equal where shingles are, but for about one pair in 10^13.
type row = uint64

const (
	rowBits = 23 // of the weight: 128 bits at weight parts of a bit
	rowMask = 1<<rowBits - 1
)

func rowOf(hash uint64, weight int64) row {
	return hash&^rowMask | uint64(min(max(weight, 1), rowMask))
}

// wordRows are the rows of all wordings, one wording after the other.
type wordRows struct {
	rows   []row
	starts []uint32 // by wording: where its rows begin; one more at the end
}

// shingleRows is the second stage's input. Where some words are reported and
// some quoted, a row for all the words tells that both are the same.
func (b *batch) shingleRows() wordRows {
	reports := len(b.wordings) > 0 && b.wordings[len(b.wordings)-1].reported
	parts := make([][]row, (len(b.wordings)+rowsAtOnce-1)/rowsAtOnce)
	b.glances = make([]glance, len(b.wordings))
	out := wordRows{starts: make([]uint32, len(b.wordings)+1)}
	b.parallel(len(parts), func(lo, hi int) {
		for p := lo; p < hi; p++ {
			for w := p * rowsAtOnce; w < min((p+1)*rowsAtOnce, len(b.wordings)); w++ {
				x := newItem(&b.entries[b.members(uint32(w))[0]])
				sh := x.text.shingles()
				x.setSize(sh)
				g := &b.wordings[w]
				g.short, g.few, g.size = x.text.Len() <= shortText, x.text.plainFew(sh), x.size()
				b.glances[w] = b.glanceAt(x, uint32(w))
				before := len(parts[p])
				for _, s := range sh {
					parts[p] = append(parts[p], rowOf(s.hash, s.weight()))
				}
				if reports {
					parts[p] = append(parts[p], rowOf(x.whole, leastSharedLong*weight))
				}
				out.starts[w+1] = uint32(len(parts[p]) - before)
			}
		}
	})
	for w := range b.wordings {
		out.starts[w+1] += out.starts[w]
	}
	out.rows = make([]row, 0, out.starts[len(b.wordings)])
	for p := range parts {
		out.rows = append(out.rows, parts[p]...)
		parts[p] = nil
	}
	return out
}

const rowsAtOnce = 1 << 12

// shared is the lists of wordings that share a shingle. What a wording looks
// up stands in probes: where the list begins in members, and the weight.
type shared struct {
	probes  []row    // in the order of the rows: begin << rowBits | weight; begin 0: nobody shares it
	starts  []uint32 // by wording
	members []uint32 // each list: how many, then the wordings, ascending
}

// shingleLists is the second stage: rows sorted by shingle become lists. It
// sorts about sortedAtOnce rows at a time; which, the highest bits of the hash
// tell. What a wording looks up takes the place of its rows: the highest bits
// are then 0, and rounds go upwards, so no row is taken for another round's.
func shingleLists(in wordRows, workers int) shared {
	rounds := 1
	for len(in.rows)/rounds > sortedAtOnce {
		rounds *= 2
	}
	out := shared{probes: in.rows, starts: in.starts, members: make([]uint32, 1)}
	width := roundBits(rounds)
	var todo []placed
	for round := range rounds {
		todo = todo[:0]
		for w := range len(in.starts) - 1 {
			for at := in.starts[w]; at < in.starts[w+1]; at++ {
				if width == 0 || in.rows[at]>>(64-width) == uint64(round) {
					todo = append(todo, placed{in.rows[at], at, uint32(w)})
				}
			}
		}
		sortAll(todo, workers, func(x, y placed) int {
			if c := cmp.Compare(x.row, y.row); c != 0 {
				return c
			}
			return cmp.Compare(x.wording, y.wording)
		})
		out.take(todo)
	}
	return out
}

const sortedAtOnce = 1 << 22

func roundBits(rounds int) (bits int) {
	for 1<<bits < rounds {
		bits++
	}
	return bits
}

// placed is a row with its place and its wording.
type placed struct {
	row     row
	at      uint32
	wording uint32
}

func (s *shared) take(sorted []placed) {
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n].row == sorted[0].row {
			n++
		}
		begin := uint64(0)
		if n > 1 {
			begin = uint64(len(s.members))
			s.members = append(s.members, uint32(n))
			for _, p := range sorted[:n] {
				s.members = append(s.members, p.wording)
			}
		}
		for _, p := range sorted[:n] {
			s.probes[p.at] = begin<<rowBits | p.row&rowMask
		}
		sorted = sorted[n:]
	}
}

// stemRow is one content word of one entry of one speaker.
type stemRow struct {
	hash   uint64
	entry  uint32 // place in entries
	weight uint32
}

// stemRows are the content words of those entries whose speaker is both
// reported and quoted: no other entry can be tied by them.
func (b *batch) stemRows() []stemRow {
	var reported, quoted []uint64
	for _, i := range b.order {
		who := speakerHash(&b.entries[i])
		if who == 0 {
			continue
		}
		if b.entries[i].Kind == record.Indirect {
			reported = append(reported, who)
		} else {
			quoted = append(quoted, who)
		}
	}
	slices.Sort(reported)
	slices.Sort(quoted)
	reported, quoted = slices.Compact(reported), slices.Compact(quoted)
	var out []stemRow
	for _, i := range b.order {
		who := speakerHash(&b.entries[i])
		if _, ok := slices.BinarySearch(reported, who); !ok {
			continue
		}
		if _, ok := slices.BinarySearch(quoted, who); !ok {
			continue
		}
		for _, p := range stemProbes(newItem(&b.entries[i])) {
			out = append(out, stemRow{p.hash, i, uint32(p.weight())})
		}
	}
	sortAll(out, b.workers, func(x, y stemRow) int {
		if c := cmp.Compare(x.hash, y.hash); c != 0 {
			return c
		}
		return cmp.Compare(x.entry, y.entry)
	})
	return out
}
