package trace

import "math/bits"

// postings is a table from the hashes of shingles to the numbers of entries:
// eight bytes for a shingle that one entry has, eight more for each further
// entry, and no pointers. Slots stand in the order of their hashes, so that
// the table can grow by any factor in one pass from its end to its beginning,
// and is never more than a third empty for long.
//
// A slot holds 34 bits of the hash and 30 bits of a reference: an entry's
// number, or, with the highest bit set, a place in nodes. Two shingles that
// share 34 bits only cost one more candidate to refuse.
type postings struct {
	slots []uint64
	used  int
	nodes []node
}

// node is one entry of a list.
type node struct{ id, next uint32 } // next: a reference as in a slot

const (
	refBits = 30
	refMask = 1<<refBits - 1
	inNodes = 1 << (refBits - 1)
	// spare is how many slots stand behind the last place a hash leads to, so
	// that no run has to go round.
	spare = 256
)

// home is where the hash belongs in a table of n places.
func home(hash uint64, n int) int {
	hi, _ := bits.Mul64(hash&^refMask, uint64(n))
	return int(hi)
}

// find returns the reference of the list posted under the hash; 0: none.
func (p *postings) find(hash uint64) uint32 {
	n := len(p.slots) - spare
	if n <= 0 {
		return 0
	}
	tag := hash &^ refMask
	for i := home(hash, n); ; i++ {
		s := p.slots[i]
		if s&^refMask == tag && s != 0 {
			return uint32(s & refMask)
		}
		if s == 0 {
			return 0
		}
	}
}

// next returns the entry at a reference, and the reference to the next.
func (p *postings) next(ref uint32) (id, rest uint32) {
	if ref&inNodes == 0 {
		return ref - 1, 0
	}
	n := &p.nodes[ref&^inNodes]
	return n.id, n.next
}

// add posts the entry under the hash, once.
func (p *postings) add(hash uint64, id uint32) {
	if p.used*20 >= (len(p.slots)-spare)*17 {
		p.grow()
	}
	tag := hash &^ refMask
	for i := home(hash, len(p.slots)-spare); ; i++ {
		s := p.slots[i]
		if s == 0 {
			p.slots[i] = tag | uint64(id+1)
			p.used++
			if i >= len(p.slots)-2 {
				p.grow()
			}
			return
		}
		if s&^refMask != tag {
			continue
		}
		first := uint32(s & refMask)
		for ref := first; ref != 0; {
			var at uint32
			if at, ref = p.next(ref); at == id {
				return
			}
		}
		if len(p.nodes) == cap(p.nodes) { // append would double it
			p.nodes = append(make([]node, 0, len(p.nodes)*5/4+1024), p.nodes...)
		}
		p.nodes = append(p.nodes, node{id, first})
		p.slots[i] = tag | inNodes | uint64(len(p.nodes)-1)
		return
	}
}

// grow makes the table larger by a third.
func (p *postings) grow() {
	old := p.slots
	n := (len(old)-spare)*4/3 + 1024
	if len(old) == 0 {
		n = 1 << 12
	}
	for !p.refill(old, n) { // a run longer than what is spare: more room
		n += n/8 + 1
	}
}

func (p *postings) refill(old []uint64, n int) bool {
	p.slots = make([]uint64, n+spare)
	for _, s := range old {
		if s == 0 {
			continue
		}
		i := home(s, n)
		for p.slots[i] != 0 {
			if i++; i >= len(p.slots)-1 {
				return false
			}
		}
		p.slots[i] = s
	}
	return true
}

// numbering gives keys numbers from 0 on, in the order in which they come.
type numbering struct {
	keys  []int64
	slots []uint32 // number + 1, found by the hash of the key; 0: empty
}

func (n *numbering) find(key int64) (uint32, bool) {
	if len(n.slots) == 0 {
		return 0, false
	}
	mask := uint64(len(n.slots) - 1)
	for i := mix(uint64(key)) & mask; ; i = (i + 1) & mask {
		switch s := n.slots[i]; {
		case s == 0:
			return 0, false
		case n.keys[s-1] == key:
			return s - 1, true
		}
	}
}

func (n *numbering) number(key int64) uint32 {
	if id, ok := n.find(key); ok {
		return id
	}
	if 4*len(n.keys) >= 3*len(n.slots) {
		n.slots = make([]uint32, max(64, 2*len(n.slots)))
		for id, k := range n.keys {
			n.set(k, uint32(id))
		}
	}
	id := uint32(len(n.keys))
	n.keys = append(n.keys, key)
	n.set(key, id)
	return id
}

func (n *numbering) set(key int64, id uint32) {
	mask := uint64(len(n.slots) - 1)
	i := mix(uint64(key)) & mask
	for n.slots[i] != 0 {
		i = (i + 1) & mask
	}
	n.slots[i] = id + 1
}
