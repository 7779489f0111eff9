package trace

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	"onrecord/internal/record"
)

// Batch links all entries at once: the same links as placing them one after
// the other in the order of the slice, without an index that has to be ready
// after every one. The link of entries[i] stands at i; one without a rule is
// none. Keys must be distinct. The result does not depend on workers, the
// number of goroutines.
//
// It works in three shuffles, each of them sorts and walks of flat arrays:
//
//  1. Entries of the same words come together: a wording. Wordings stand in
//     the fixed order (quoted before reported, longer before shorter), so that
//     what one may hang on stands before it.
//  2. Each wording gives a row for each of its shingles. Sorted by shingle, the
//     rows become lists of wordings; shingles that nobody shares are dropped.
//  3. Each wording adds up what it shares with those on its lists, and its
//     entries choose their parents among those that share enough.
//
// Nothing passes from one stage to the next but numbers, and each stage works
// on ranges that know nothing of each other. Beside the entries it keeps
// twelve bytes for each shingle, 130 for each wording and 80 for each entry, its
// link included; texts are folded when they are needed, and forgotten.
func Batch(entries []record.Entry, workers int) []Link {
	b := &batch{entries: entries, workers: max(1, workers), links: make([]Link, len(entries))}
	b.gather(b.fold())
	b.lists = shingleLists(b.shingleRows(), b.workers)
	b.stems, b.few = b.stemRows(), b.fewRows()
	b.choose()
	return b.links
}

// batch is what the stages hand on.
type batch struct {
	entries  []record.Entry
	workers  int
	order    []uint32 // places of entries: by wording, inside it the higher first
	wordings []group  // in the fixed order
	glances  []glance // by wording
	lists    shared
	stems    []stemRow // by hash, then by entry
	few      []fewRow  // by hash, then by entry
	links    []Link
}

// gathered is what the first stage finds out of an entry.
type gathered struct {
	whole uint64
	entry uint32
	class uint32 // what the fixed order looks at first: less is higher
}

// classOf orders quoted words before reported ones and longer ones before
// shorter ones.
func classOf(x *item) uint32 {
	const reported = 1 << 31
	c := reported - 1 - uint32(min(x.text.Len(), reported-1))
	if !x.quoted() {
		c |= reported
	}
	return c
}

// group is a wording: all entries of the same words and sort.
type group struct {
	whole       uint64
	first, end  uint32 // range of order
	class, peer uint32 // peer: the end of the wordings of its class
	size        int64  // what its shingles are worth
	short       bool
	few         bool // a few common words
	reported    bool
}

// fold is the first stage: what the words of each entry are. Entries without a
// word have no part in it.
func (b *batch) fold() []gathered {
	out := make([]gathered, len(b.entries))
	b.parallel(len(b.entries), func(lo, hi int) {
		for i := lo; i < hi; i++ {
			x := newItem(&b.entries[i])
			out[i] = gathered{entry: uint32(i), whole: x.whole, class: classOf(x)}
			if x.text.Len() == 0 {
				out[i].whole = 0
			}
		}
	})
	return slices.DeleteFunc(out, func(f gathered) bool { return f.whole == 0 })
}

// gather sorts the entries and brings those of the same words together.
func (b *batch) gather(all []gathered) {
	sortAll(all, b.workers, func(x, y gathered) int {
		if c := cmp.Compare(x.class, y.class); c != 0 {
			return c
		}
		if c := cmp.Compare(x.whole, y.whole); c != 0 {
			return c
		}
		return compareEntries(&b.entries[x.entry], &b.entries[y.entry])
	})
	b.order = make([]uint32, len(all))
	for i, f := range all {
		b.order[i] = f.entry
		if n := len(b.wordings); n == 0 || b.wordings[n-1].whole != f.whole || b.wordings[n-1].class != f.class {
			e := &b.entries[f.entry]
			b.wordings = append(b.wordings, group{whole: f.whole, first: uint32(i), class: f.class, reported: e.Kind == record.Indirect})
		}
		b.wordings[len(b.wordings)-1].end = uint32(i + 1)
	}
	end := uint32(len(b.wordings))
	for i := len(b.wordings) - 1; i >= 0; i-- {
		if i+1 < len(b.wordings) && b.wordings[i].class != b.wordings[i+1].class {
			end = uint32(i + 1)
		}
		b.wordings[i].peer = end
	}
}

// members are the places of the entries of a wording.
func (b *batch) members(w uint32) []uint32 { return b.order[b.wordings[w].first:b.wordings[w].end] }

// parallel calls work for ranges that cover 0 to n, on all workers.
func (b *batch) parallel(n int, work func(lo, hi int)) {
	const stride = 1024
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(b.workers, n/stride+1) {
		wg.Go(func() {
			for {
				lo := int(next.Add(stride)) - stride
				if lo >= n {
					return
				}
				work(lo, min(lo+stride, n))
			}
		})
	}
	wg.Wait()
}

// sortAll sorts a list in parts, one for each worker, and merges them.
func sortAll[T any](list []T, workers int, compare func(x, y T) int) {
	if workers < 2 || len(list) < 1<<14 {
		slices.SortFunc(list, compare)
		return
	}
	half := len(list) / 2
	var wg sync.WaitGroup
	wg.Go(func() { sortAll(list[:half], workers/2, compare) })
	wg.Go(func() { sortAll(list[half:], workers-workers/2, compare) })
	wg.Wait()
	left, right, out := slices.Clone(list[:half]), list[half:], list[:0]
	for len(left) > 0 && len(right) > 0 {
		if compare(left[0], right[0]) <= 0 {
			out, left = append(out, left[0]), left[1:]
		} else {
			out, right = append(out, right[0]), right[1:]
		}
	}
	copy(list[len(out):], left)
}
