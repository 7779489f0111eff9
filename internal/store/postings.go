package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"slices"
	"sort"
)

// Postings say which quotations hold a shingle. One row for each would cost
// six times as much as what is done here, which is how log-structured stores
// work: the postings of one report are one small sorted row, the tail, kept
// in the report's own transaction; 64 such rows are merged into a segment of
// level 1, eight segments of a level into one of the next. A segment is cut
// into chunks of about 32 KB that begin with a known shingle, so a look-up
// reads one chunk of each segment. What this process has posted itself it
// also remembers in a map, so that a bulk load never reads back its own.
//
// A posting is 12 bytes, big end first so that bytes compare as numbers: 48
// bits of the shingle's hash and 48 bits of the key. Two shingles that share
// 48 bits only cost the tracer one more candidate to refuse.
const (
	postingSize = 12
	tailRows    = 64
	fanOut      = 8
	chunkSize   = 32 << 10 / postingSize * postingSize
	chunkMemory = 1024 // chunks remembered: 32 MB
	topLevel    = 62
)

type postings struct {
	loaded   bool
	memory   map[uint64]int32 // first node of a hash, in nodes
	nodes    []node
	staged   []posting // added in the open transaction
	tails    [][]byte  // tail rows that memory does not cover
	rows     int       // all tail rows
	covered  int       // those that memory covers
	segments []segment // in order of number
	chunks   map[int64][]byte
	older    map[int64][]byte
}

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
		if err := s.loadPostings(); err != nil {
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
	if !s.inside && s.opt.ReadOnly {
		// One moment of the store: a writer may be merging segments.
		err = s.Within(context.Background(), func() error { out, err = s.Postings(shingles); return err })
		return out, s.explain("searching", err)
	}
	if !s.inside {
		if err := s.refresh(); err != nil {
			return nil, s.explain("searching", err)
		}
	}
	if err := s.loadPostings(); err != nil {
		return nil, s.explain("searching", err)
	}
	out = make([][]int64, len(shingles))
	for i, sh := range shingles {
		if out[i], err = s.lookUp(hash48(sh)); err != nil {
			return nil, s.explain("searching", err)
		}
	}
	return out, nil
}

func (s *Store) lookUp(h uint64) ([]int64, error) {
	p := &s.post
	var keys []int64
	for at := p.memory[h]; at != 0; at = p.nodes[at].next {
		keys = append(keys, p.nodes[at].key)
	}
	for _, t := range p.tails {
		keys, _ = gather(keys, t, h)
	}
	for i := range p.segments {
		seg := &p.segments[i]
		if seg.covered {
			continue
		}
		// The last chunk that begins before h, since a run may go on.
		at := max(sort.Search(len(seg.firsts), func(i int) bool { return seg.firsts[i] >= h })-1, 0)
		for more := true; more && at < len(seg.firsts) && seg.firsts[at] <= h; at++ {
			chunk, err := s.chunk(seg.n<<keyBits | int64(at))
			if err != nil {
				return nil, err
			}
			keys, more = gather(keys, chunk, h)
		}
	}
	if len(keys) > 1 {
		slices.Sort(keys)
		keys = slices.Compact(keys)
	}
	return keys, nil
}

// gather appends the keys that sorted data holds under h; more tells that
// the data ends before anything greater than h was met.
func gather(keys []int64, data []byte, h uint64) (_ []int64, more bool) {
	n := len(data) / postingSize
	for i := lowerBound(data, h); i < n; i++ {
		p := postingAt(data, i)
		if p.hash != h {
			return keys, false
		}
		keys = append(keys, p.key)
	}
	return keys, true
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

// chunk reads through a bounded memory of two generations.
func (s *Store) chunk(n int64) ([]byte, error) {
	p := &s.post
	if c, ok := p.chunks[n]; ok {
		return c, nil
	}
	c, ok := p.older[n]
	if !ok {
		if err := s.one("SELECT data FROM posting_chunk WHERE n = ?", []any{n}, &c); err != nil {
			return nil, err
		}
	}
	if p.chunks == nil || len(p.chunks) >= chunkMemory/2 {
		p.older, p.chunks = p.chunks, map[int64][]byte{}
	}
	p.chunks[n] = c
	return c, nil
}

// loadPostings reads the directory: which segments there are and where their
// chunks begin; and the tail, which is small.
func (s *Store) loadPostings() error {
	p := &s.post
	if p.loaded {
		return nil
	}
	err := s.each("SELECT data FROM posting_tail ORDER BY n", nil, func(scan func(...any) error) error {
		var data []byte
		if err := scan(&data); err != nil {
			return err
		}
		p.tails = append(p.tails, data)
		return nil
	})
	if err != nil {
		return err
	}
	p.rows = len(p.tails)
	err = s.each("SELECT n, level, firsts FROM posting_segment ORDER BY n", nil, func(scan func(...any) error) error {
		var seg segment
		var firsts []byte
		if err := scan(&seg.n, &seg.level, &firsts); err != nil {
			return err
		}
		for ; len(firsts) >= 8; firsts = firsts[8:] {
			seg.firsts = append(seg.firsts, binary.BigEndian.Uint64(firsts))
		}
		p.segments = append(p.segments, seg)
		return nil
	})
	if err != nil {
		return err
	}
	p.loaded = true
	return nil
}

// flushPostings writes what the open transaction has posted, and merges what
// is then due.
func (s *Store) flushPostings() error {
	p := &s.post
	if len(p.staged) == 0 {
		return nil
	}
	slices.SortFunc(p.staged, comparePostings)
	data := make([]byte, 0, len(p.staged)*postingSize)
	for _, x := range p.staged {
		data = appendPosting(data, x)
	}
	p.staged = p.staged[:0]
	if _, err := s.exec("INSERT INTO posting_tail (data) VALUES (?)", data); err != nil {
		return err
	}
	p.rows++
	p.covered++
	if p.rows < tailRows {
		return nil
	}
	return s.mergeTail()
}

func comparePostings(a, b posting) int {
	switch {
	case a.hash < b.hash:
		return -1
	case a.hash > b.hash:
		return 1
	case a.key < b.key:
		return -1
	case a.key > b.key:
		return 1
	}
	return 0
}

// trim gives the memory back when it has grown past limit postings. What it
// covered is then read from the store.
func (p *postings) trim(limit int) {
	if len(p.nodes) > limit {
		*p = postings{}
	}
}

// source is one sorted run of postings in a merge.
type source struct {
	data []byte
	next func() ([]byte, error) // nil data: at its end
}

func (m *source) step() error {
	m.data = m.data[postingSize:]
	if len(m.data) > 0 || m.next == nil {
		return nil
	}
	var err error
	m.data, err = m.next()
	return err
}

// merge writes the sources, sorted and each posting once, as a new segment.
func (s *Store) merge(level int, sources []*source) (segment, error) {
	res, err := s.exec("INSERT INTO posting_segment (level, postings, firsts) VALUES (?, 0, x'')", level)
	if err != nil {
		return segment{}, err
	}
	seg := segment{level: level}
	if seg.n, err = res.LastInsertId(); err != nil {
		return segment{}, err
	}
	total, chunk := 0, make([]byte, 0, chunkSize)
	flush := func() error {
		if len(chunk) == 0 {
			return nil
		}
		_, err := s.exec("INSERT INTO posting_chunk (n, data) VALUES (?,?)", seg.n<<keyBits|int64(len(seg.firsts)), chunk)
		seg.firsts = append(seg.firsts, postingAt(chunk, 0).hash)
		total += len(chunk) / postingSize
		chunk = chunk[:0]
		return err
	}
	last := make([]byte, postingSize)
	for some := false; ; some = true {
		least := -1
		for i, m := range sources {
			if len(m.data) > 0 && (least < 0 || bytes.Compare(m.data[:postingSize], sources[least].data[:postingSize]) < 0) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		x := sources[least].data[:postingSize]
		if !some || !bytes.Equal(x, last) {
			chunk = append(chunk, x...)
			copy(last, x)
		}
		if err := sources[least].step(); err != nil {
			return segment{}, err
		}
		if len(chunk) == chunkSize {
			if err := flush(); err != nil {
				return segment{}, err
			}
		}
	}
	if err := flush(); err != nil {
		return segment{}, err
	}
	var firsts []byte
	for _, f := range seg.firsts {
		firsts = binary.BigEndian.AppendUint64(firsts, f)
	}
	_, err = s.exec("UPDATE posting_segment SET postings = ?, firsts = ? WHERE n = ?", total, firsts, seg.n)
	return seg, err
}

func (s *Store) mergeTail() error {
	p := &s.post
	var all []posting
	err := s.each("SELECT data FROM posting_tail", nil, func(scan func(...any) error) error {
		var data []byte
		if err := scan(&data); err != nil {
			return err
		}
		for i := range len(data) / postingSize {
			all = append(all, postingAt(data, i))
		}
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortFunc(all, comparePostings)
	data := make([]byte, 0, len(all)*postingSize)
	for _, x := range all {
		data = appendPosting(data, x)
	}
	seg, err := s.merge(1, []*source{{data: data}})
	if err != nil {
		return err
	}
	if _, err := s.exec("DELETE FROM posting_tail"); err != nil {
		return err
	}
	seg.covered = p.covered == p.rows
	p.segments = append(p.segments, seg)
	p.rows, p.covered, p.tails = 0, 0, nil
	return s.mergeLevels()
}

// mergeLevels merges eight segments of one level into one of the next, as
// long as there are eight.
func (s *Store) mergeLevels() error {
	for level := 1; level < topLevel; level++ {
		var due []segment
		for _, seg := range s.post.segments {
			if seg.level == level {
				due = append(due, seg)
			}
		}
		if len(due) < fanOut {
			continue
		}
		if err := s.mergeSegments(level+1, due); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) mergeSegments(level int, due []segment) error {
	covered := true
	var sources []*source
	for _, seg := range due {
		covered = covered && seg.covered
		at := 0
		next := func() ([]byte, error) {
			if at == len(seg.firsts) {
				return nil, nil
			}
			var data []byte
			err := s.one("SELECT data FROM posting_chunk WHERE n = ?", []any{seg.n<<keyBits | int64(at)}, &data)
			at++
			return data, err
		}
		first, err := next()
		if err != nil {
			return err
		}
		sources = append(sources, &source{first, next})
	}
	merged, err := s.merge(level, sources)
	if err != nil {
		return err
	}
	merged.covered = covered
	for _, seg := range due {
		if _, err := s.exec("DELETE FROM posting_chunk WHERE n >= ? AND n < ?", seg.n<<keyBits, (seg.n+1)<<keyBits); err != nil {
			return err
		}
		if _, err := s.exec("DELETE FROM posting_segment WHERE n = ?", seg.n); err != nil {
			return err
		}
	}
	keep := s.post.segments[:0]
	for _, seg := range s.post.segments {
		if !slices.ContainsFunc(due, func(d segment) bool { return d.n == seg.n }) {
			keep = append(keep, seg)
		}
	}
	s.post.segments = append(keep, merged)
	return nil
}
