package store

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// load reads the directory: which segments there are and where their
// chunks begin; and the tail, which is small.
func (s *Store) load(p *postings) error {
	if p.loaded {
		return nil
	}
	err := s.each("SELECT data FROM "+p.name+"_tail ORDER BY n", nil, func(scan func(...any) error) error {
		var data []byte
		if err := scan(&data); err != nil {
			return err
		}
		p.tails = append(p.tails, data)
		p.bytes += len(data)
		return nil
	})
	if err != nil {
		return err
	}
	p.rows = len(p.tails)
	p.tails = joinTails(p.tails)
	err = s.each("SELECT n, level FROM "+p.name+"_segment ORDER BY n", nil, func(scan func(...any) error) error {
		var seg segment
		err := scan(&seg.n, &seg.level)
		p.segments = append(p.segments, seg)
		return err
	})
	if err != nil {
		return err
	}
	for i := range p.segments {
		if err := s.loadFirsts(p, &p.segments[i]); err != nil {
			return err
		}
	}
	p.loaded, p.before = true, nil
	return nil
}

// loadFirsts reads where a segment's chunks begin, unless that is known from
// before somebody else wrote: a segment never changes.
func (s *Store) loadFirsts(p *postings, seg *segment) error {
	if i := slices.IndexFunc(p.before, func(o segment) bool { return o.n == seg.n }); i >= 0 {
		seg.firsts = p.before[i].firsts
		return nil
	}
	var firsts []byte
	if err := s.one("SELECT firsts FROM "+p.name+"_segment WHERE n = ?", []any{seg.n}, &firsts); err != nil {
		return err
	}
	seg.firsts = make([]uint64, 0, len(firsts)/8)
	for ; len(firsts) >= 8; firsts = firsts[8:] {
		seg.firsts = append(seg.firsts, binary.BigEndian.Uint64(firsts))
	}
	return nil
}

// again makes the postings be loaded anew, after somebody else has written.
// What cannot have changed is kept: numbers of segments are never given twice.
func (p *postings) again() {
	before := p.segments
	if !p.loaded {
		before = p.before
	}
	*p = postings{name: p.name, before: before, chunks: p.chunks, older: p.older, size: p.size}
}

// joinTails makes one sorted run of many, two and two.
func joinTails(runs [][]byte) [][]byte {
	for len(runs) > 1 {
		var out [][]byte
		for ; len(runs) > 1; runs = runs[2:] {
			out = append(out, joinRuns(runs[0], runs[1]))
		}
		runs = append(out, runs...)
	}
	return runs
}

func joinRuns(a, b []byte) []byte {
	out := make([]byte, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if bytes.Compare(a[:postingSize], b[:postingSize]) <= 0 {
			out, a = append(out, a[:postingSize]...), a[postingSize:]
		} else {
			out, b = append(out, b[:postingSize]...), b[postingSize:]
		}
	}
	return append(append(out, a...), b...)
}

// flushPostings writes what the open transaction has posted.
func (s *Store) flushPostings() error {
	if err := s.flush(&s.post); err != nil {
		return err
	}
	return s.flush(&s.sketch)
}

// flush writes what is staged, and merges what is then due.
func (s *Store) flush(p *postings) error {
	if len(p.staged) == 0 {
		return nil
	}
	data := tailOf(p.staged)
	p.staged = p.staged[:0]
	if _, err := s.exec("INSERT INTO "+p.name+"_tail (data) VALUES (?)", data); err != nil {
		return err
	}
	p.rows++
	p.bytes += len(data)
	if p.memory != nil {
		p.covered++
	} else {
		p.tails = append(p.tails, data)
	}
	if p.rows < tailRows && p.bytes < tailSize {
		return nil
	}
	return s.mergeTail(p)
}

// tailOf brings postings into the form of a row of the tail.
func tailOf(list []posting) []byte {
	slices.SortFunc(list, comparePostings)
	data := make([]byte, 0, len(list)*postingSize)
	for i, x := range list {
		if i == 0 || x != list[i-1] {
			data = appendPosting(data, x)
		}
	}
	return data
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
		*p = postings{name: p.name}
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
func (s *Store) merge(p *postings, level int, sources []*source) (segment, error) {
	res, err := s.exec("INSERT INTO "+p.name+"_segment (level, postings, firsts) VALUES (?, 0, x'')", level)
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
		_, err := s.exec("INSERT INTO "+p.name+"_chunk (n, data) VALUES (?,?)", seg.n<<chunkBits|int64(len(seg.firsts)), chunk)
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
	_, err = s.exec("UPDATE "+p.name+"_segment SET postings = ?, firsts = ? WHERE n = ?", total, firsts, seg.n)
	return seg, err
}

func (s *Store) mergeTail(p *postings) error {
	var all []posting
	err := s.each("SELECT data FROM "+p.name+"_tail", nil, func(scan func(...any) error) error {
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
	seg, err := s.merge(p, 1, []*source{{data: tailOf(all)}})
	if err != nil {
		return err
	}
	if _, err := s.exec("DELETE FROM " + p.name + "_tail"); err != nil {
		return err
	}
	seg.covered = p.covered == p.rows
	p.segments = append(p.segments, seg)
	p.rows, p.bytes, p.covered, p.tails = 0, 0, 0, nil
	return s.mergeLevels(p)
}

// mergeLevels merges four segments of one level into one of the next, as long
// as there are four.
func (s *Store) mergeLevels(p *postings) error {
	for level := 1; level < topLevel; level++ {
		var due []segment
		for _, seg := range p.segments {
			if seg.level == level {
				due = append(due, seg)
			}
		}
		if len(due) < fanOut {
			continue
		}
		if err := s.mergeSegments(p, level+1, due); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) mergeSegments(p *postings, level int, due []segment) error {
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
			err := s.one("SELECT data FROM "+p.name+"_chunk WHERE n = ?", []any{seg.n<<chunkBits | int64(at)}, &data)
			at++
			return data, err
		}
		first, err := next()
		if err != nil {
			return err
		}
		sources = append(sources, &source{first, next})
	}
	merged, err := s.merge(p, level, sources)
	if err != nil {
		return err
	}
	merged.covered = covered
	for _, seg := range due {
		if _, err := s.exec("DELETE FROM "+p.name+"_chunk WHERE n >= ? AND n < ?", seg.n<<chunkBits, (seg.n+1)<<chunkBits); err != nil {
			return err
		}
		if _, err := s.exec("DELETE FROM "+p.name+"_segment WHERE n = ?", seg.n); err != nil {
			return err
		}
	}
	keep := p.segments[:0]
	for _, seg := range p.segments {
		if !slices.ContainsFunc(due, func(d segment) bool { return d.n == seg.n }) {
			keep = append(keep, seg)
		}
	}
	p.segments = append(keep, merged)
	return nil
}
