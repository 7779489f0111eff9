package store

import (
	"context"
	"encoding/binary"
	"slices"
	"sort"
	"strconv"
)

// Postings say which quotations hold a shingle. One row for each would cost
// six times as much as what is done here, which is how log-structured stores
// work: the postings of one report are one small sorted row, the tail, kept
// in the report's own transaction; 64 such rows, or fewer large ones, are
// merged into a segment of level 1, four segments of a level into one of the
// next. A segment is cut
// into chunks of one page that begin with a known shingle, so a look-up reads
// one page of each segment. What this process has posted itself it also
// remembers in a map, so that a bulk load never reads back its own.
//
// A posting is 12 bytes, big end first so that bytes compare as numbers: 48
// bits of the shingle's hash and 48 bits of the key. Two shingles that share
// 48 bits only cost the tracer one more candidate to refuse.
const (
	postingSize = 12
	tailRows    = 64
	tailSize    = 1 << 20 // bytes of rows that are merged however few they are
	fanOut      = 4
	chunkSize   = 336 * postingSize // a row that fills a page of 4 KB
	chunkMemory = 32 << 20          // bytes of chunks remembered
	chunkBits   = 32                // a chunk's number is its segment's << 32 | its place
	topLevel    = 62
)

// postings is one set of segments, in tables that begin with its name.
type postings struct {
	name     string
	loaded   bool
	memory   map[uint64]int32 // first node of a hash, in nodes
	nodes    []node
	staged   []posting // added in the open transaction
	tails    [][]byte  // tail rows that memory does not cover
	rows     int       // all tail rows
	bytes    int       // … and what they hold
	covered  int       // those that memory covers
	segments []segment // in order of number
	before   []segment // those of before somebody else wrote
	chunks   map[int64][]byte
	older    map[int64][]byte
	size     int // bytes in chunks
}

// The sets of segments: the tracer's shingles, and those of whole texts.
func noPostings() postings { return postings{name: "posting"} }
func noSketches() postings { return postings{name: "sketch"} }

type posting struct {
	hash uint64
	key  int64
}

type node struct {
	key  int64
	next int32
}

type segment struct {
	n       int64
	level   int
	firsts  []uint64 // the first hash of each chunk
	covered bool     // memory holds all of it
}

func hash48(shingle uint64) uint64 { return shingle >> 16 }

// AddPostings posts key under each of the shingles.
func (s *Store) AddPostings(key int64, shingles []uint64) error {
	return s.writing("keeping the index", func() error {
		if err := s.load(&s.post); err != nil {
			return err
		}
		for _, sh := range shingles {
			s.post.stage(hash48(sh), key)
		}
		return nil
	})
}

// stage posts into the open transaction and into memory.
func (p *postings) stage(h uint64, key int64) {
	if p.memory == nil {
		p.memory = map[uint64]int32{}
		p.nodes = append(p.nodes, node{}) // 0 ends a list
	}
	first := p.memory[h]
	if first != 0 && p.nodes[first].key == key {
		return
	}
	p.nodes = append(p.nodes, node{key, first})
	p.memory[h] = int32(len(p.nodes) - 1)
	p.staged = append(p.staged, posting{h, key})
}

// Postings returns, for each of the shingles, the keys posted under it,
// ascending, each once.
func (s *Store) Postings(shingles []uint64) (out [][]int64, err error) {
	err = s.looking(func() error { out, err = s.lookUp(&s.post, shingles); return err })
	return out, s.explain("searching", err)
}

// looking runs f on one moment of the store: a writer may be merging segments.
func (s *Store) looking(f func() error) error {
	switch {
	case s.inside:
		return f()
	case s.opt.ReadOnly:
		return s.Within(context.Background(), f)
	}
	if err := s.refresh(); err != nil {
		return err
	}
	return f()
}

// lookUp finds the lists of all shingles together, so that the chunks they
// stand in are read by one statement.
func (s *Store) lookUp(p *postings, shingles []uint64) ([][]int64, error) {
	if err := s.load(p); err != nil {
		return nil, err
	}
	var wanted []int64
	for _, sh := range shingles {
		for i := range p.segments {
			wanted = p.segments[i].chunksOf(hash48(sh), wanted)
		}
	}
	chunks, err := s.chunks(p, wanted)
	if err != nil {
		return nil, err
	}
	out := make([][]int64, len(shingles))
	for i, sh := range shingles {
		out[i] = p.list(hash48(sh), chunks)
	}
	return out, nil
}

// list gathers the keys of one hash, ascending, each once.
func (p *postings) list(h uint64, chunks map[int64][]byte) []int64 {
	var keys []int64
	for at := p.memory[h]; at != 0; at = p.nodes[at].next {
		keys = append(keys, p.nodes[at].key)
	}
	keys = p.stagedUnder(h, keys)
	for _, t := range p.tails {
		keys = gather(keys, t, h)
	}
	var few [8]int64
	for i := range p.segments {
		for _, n := range p.segments[i].chunksOf(h, few[:0]) {
			keys = gather(keys, chunks[n], h)
		}
	}
	if len(keys) > 1 {
		slices.Sort(keys)
		keys = slices.Compact(keys)
	}
	return keys
}

// chunksOf appends the numbers of the chunks that may hold h: from the last
// that begins before it to the last that begins with it.
func (seg *segment) chunksOf(h uint64, out []int64) []int64 {
	if seg.covered {
		return out
	}
	at := max(sort.Search(len(seg.firsts), func(i int) bool { return seg.firsts[i] >= h })-1, 0)
	for ; at < len(seg.firsts) && seg.firsts[at] <= h; at++ {
		out = append(out, seg.n<<chunkBits|int64(at))
	}
	return out
}

// gather appends the keys that sorted data holds under h.
func gather(keys []int64, data []byte, h uint64) []int64 {
	n := len(data) / postingSize
	for i := lowerBound(data, h); i < n; i++ {
		p := postingAt(data, i)
		if p.hash != h {
			break
		}
		keys = append(keys, p.key)
	}
	return keys
}

// lowerBound finds the first posting that is not below h. Hashes are spread
// evenly, so it looks where h should be and widens from there: a third of the
// steps of halving.
func lowerBound(data []byte, h uint64) int {
	lo, hi := 0, len(data)/postingSize
	if hi == 0 || h <= hashAt(data, 0) {
		return 0
	}
	first, last := hashAt(data, 0), hashAt(data, hi-1)
	if h > last {
		return hi
	}
	// From here on hash(lo) < h <= hash(hi-1).
	at := int(float64(h-first) / float64(last-first) * float64(hi-1))
	if step := 16; hashAt(data, at) >= h {
		for hi = at; at-step > 0 && hashAt(data, at-step) >= h; step *= 2 {
			hi = at - step
		}
		lo = max(at-step, 0)
	} else {
		for lo = at; at+step < hi && hashAt(data, at+step) < h; step *= 2 {
			lo = at + step
		}
		hi = min(at+step, hi)
	}
	for lo < hi {
		if mid := int(uint(lo+hi) / 2); hashAt(data, mid) < h {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func hashAt(data []byte, i int) uint64 {
	return binary.BigEndian.Uint64(data[i*postingSize:]) >> 16
}

func postingAt(data []byte, i int) posting {
	b := data[i*postingSize : (i+1)*postingSize]
	return posting{binary.BigEndian.Uint64(b) >> 16, int64(binary.BigEndian.Uint64(b[4:]) & (1<<48 - 1))}
}

func appendPosting(b []byte, p posting) []byte {
	var x [postingSize]byte
	binary.BigEndian.PutUint64(x[:], p.hash<<16|uint64(p.key)>>32)
	binary.BigEndian.PutUint32(x[8:], uint32(p.key))
	return append(b, x[:]...)
}

// chunks reads through a bounded memory of two generations. What comes back
// is good until the next call.
func (s *Store) chunks(p *postings, numbers []int64) (map[int64][]byte, error) {
	slices.Sort(numbers)
	out := make(map[int64][]byte, len(numbers))
	var missing []int64
	for _, n := range slices.Compact(numbers) {
		c, ok := p.chunks[n]
		if !ok {
			if c, ok = p.older[n]; ok {
				p.remember(n, c)
			}
		}
		if !ok {
			missing = append(missing, n)
			continue
		}
		out[n] = c
	}
	if len(missing) == 0 {
		return out, nil
	}
	err := s.each("SELECT n, data FROM "+p.name+"_chunk WHERE n IN (SELECT value FROM json_each(?))", []any{jsonList(missing)},
		func(scan func(...any) error) error {
			var n int64
			var data []byte
			err := scan(&n, &data)
			out[n] = data
			p.remember(n, data)
			return err
		})
	return out, err
}

func (p *postings) remember(n int64, data []byte) {
	if p.chunks == nil || p.size+len(data) > chunkMemory/2 {
		p.older, p.chunks, p.size = p.chunks, map[int64][]byte{}, 0
	}
	p.chunks[n] = data
	p.size += len(data)
}

// jsonList is how one statement is handed many numbers.
func jsonList(numbers []int64) string {
	b := make([]byte, 0, 16*len(numbers)+2)
	b = append(b, '[')
	for i, n := range numbers {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n, 10)
	}
	return string(append(b, ']'))
}
