package trace

import "math/bits"

// postings is a table from the hashes of shingles to the entries posted under
// them, without pointers. A shingle that one entry has costs eight bytes.
// Lists grow at their head and are never changed behind it, so shingles that
// lead to the same entries share one list: what a further wording of known
// words adds is a node or two, and not one for each of its shingles.
//
// The table is cut into parts by the first bits of the hash, each small enough
// to stay in the cache of a core while it grows. In a part, slots stand in the
// order of their hashes, which makes a look-up in vain as short as one that
// finds, lets the part grow by any factor in one pass, and so keeps it fuller
// than three quarters all the time. A slot holds 34 bits of the hash and
// 30 bits of a reference: a posted value + 1, or, with the highest bit set, a
// place in nodes. Two shingles that share 34 bits only cost one more candidate
// to refuse.
type postings struct {
	parts [1 << partBits]part
	nodes [][]node // in chunks, so that growing copies nothing
}

type part struct {
	slots []uint64 // 0: empty
	used  int
}

// node is one entry of a list.
type node struct{ value, next uint32 } // next: a reference as in a slot

const (
	partBits = 9
	refBits  = 30
	refMask  = 1<<refBits - 1
	inNodes  = 1 << (refBits - 1)
	nodeBits = 14 // of a chunk of nodes
	// spare is how many slots stand behind the last place that a hash leads
	// to, so that no run has to go round.
	spare = 48
)

func (p *postings) part(hash uint64) *part { return &p.parts[hash>>(64-partBits)] }

// home is where the hash belongs in a part of n places.
func home(hash uint64, n int) int {
	hi, _ := bits.Mul64(hash&^refMask<<partBits, uint64(n))
	return int(hi)
}

// tagOf is what a slot keeps of the hash; 0 is for empty slots.
func tagOf(hash uint64) uint64 { return max(hash&^refMask, 1<<refBits) }

// find returns the reference of the list posted under the hash; 0: none.
func (p *postings) find(hash uint64) uint32 {
	slots := p.part(hash).slots
	n := len(slots) - spare
	if n <= 0 {
		return 0
	}
	tag := tagOf(hash)
	for i := home(hash, n); i < len(slots); i++ {
		if s := slots[i]; s == 0 || s&^refMask >= tag {
			if s&^refMask == tag {
				return uint32(s & refMask)
			}
			break
		}
	}
	return 0
}

// fetch reads where each of the probes leads to, and nothing else: the reads
// do not wait for each other, so that the memory answers many at a time.
func (p *postings) fetch(probes []probe) (sum uint64) {
	for i := range probes {
		slots := p.part(probes[i].hash).slots
		if n := len(slots) - spare; n > 0 {
			sum += slots[home(probes[i].hash, n)]
		}
	}
	return sum
}

// next returns the value at a reference, and the reference to the next.
func (p *postings) next(ref uint32) (value, rest uint32) {
	if ref&inNodes == 0 {
		return ref - 1, 0
	}
	at := ref &^ inNodes
	n := &p.nodes[at>>nodeBits][at&(1<<nodeBits-1)]
	return n.value, n.next
}

// has tells whether the list at a reference holds the value.
func (p *postings) has(ref, value uint32) bool {
	for ref != 0 {
		var v uint32
		if v, ref = p.next(ref); v == value {
			return true
		}
	}
	return false
}

// add posts the value under each of the hashes. Where fresh is set, the value
// is known to be posted nowhere yet.
func (p *postings) add(hashes []uint64, value uint32, fresh bool) {
	var made [8][2]uint32 // lists that got the value already: before, after
	n := 0
	for _, h := range hashes {
		slot := p.part(h).slot(h)
		first := uint32(*slot & refMask)
		if first == 0 {
			*slot |= uint64(value + 1)
			continue
		}
		if fresh {
			if v, _ := p.next(first); v == value {
				continue
			}
		} else if p.has(first, value) {
			continue
		}
		ref := uint32(0)
		for _, m := range made[:min(n, len(made))] {
			if m[0] == first {
				ref = m[1]
			}
		}
		if ref == 0 {
			ref = p.push(node{value, first})
			made[n%len(made)] = [2]uint32{first, ref}
			n++
		}
		*slot = *slot&^refMask | uint64(ref)
	}
}

func (p *postings) push(n node) (ref uint32) {
	last := len(p.nodes) - 1
	if last < 0 || len(p.nodes[last]) == 1<<nodeBits {
		p.nodes = append(p.nodes, make([]node, 0, 1<<nodeBits))
		last++
	}
	p.nodes[last] = append(p.nodes[last], n)
	return inNodes | uint32(last<<nodeBits+len(p.nodes[last])-1)
}

// slot finds the slot of the hash, and makes it where there is none.
func (p *part) slot(hash uint64) *uint64 {
	if n := len(p.slots) - spare; p.used*8 >= n*7 {
		p.grow()
	}
	tag := tagOf(hash)
	for {
		i := home(hash, len(p.slots)-spare)
		for p.slots[i] != 0 && p.slots[i]&^refMask < tag {
			i++
		}
		if p.slots[i]&^refMask == tag {
			return &p.slots[i]
		}
		end := i
		for p.slots[end] != 0 {
			end++
		}
		if end >= len(p.slots)-2 {
			p.grow()
			continue
		}
		copy(p.slots[i+1:end+1], p.slots[i:end])
		p.slots[i] = tag
		p.used++
		return &p.slots[i]
	}
}

// grow makes the part larger by an eighth: the table is then five sixths full
// on average.
func (p *part) grow() {
	old := p.slots
	n := max(len(old)-spare, 1<<5) * 9 / 8
	for !p.refill(old, n) { // a run longer than what is spare: more room
		n += n/8 + 1
	}
}

func (p *part) refill(old []uint64, n int) bool {
	p.slots = make([]uint64, n+spare)
	at := 0
	for _, s := range old {
		if s == 0 {
			continue
		}
		at = max(at, home(s, n))
		if at >= len(p.slots)-2 {
			return false
		}
		p.slots[at] = s
		at++
	}
	return true
}

// size is the number of bytes that the table takes.
func (p *postings) size() int {
	n := len(p.nodes) << nodeBits * 8
	for i := range p.parts {
		n += len(p.parts[i].slots) * 8
	}
	return n
}
