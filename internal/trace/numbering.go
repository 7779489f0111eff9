package trace

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

// renumber gives the key another number, and leaves the old one to nobody.
func (n *numbering) renumber(key int64) {
	mask := uint64(len(n.slots) - 1)
	for i := mix(uint64(key)) & mask; n.slots[i] != 0; i = (i + 1) & mask {
		if at := &n.slots[i]; n.keys[*at-1] == key {
			n.keys = append(n.keys, key)
			*at = uint32(len(n.keys))
			return
		}
	}
}

func (n *numbering) set(key int64, id uint32) {
	mask := uint64(len(n.slots) - 1)
	i := mix(uint64(key)) & mask
	for n.slots[i] != 0 && n.keys[n.slots[i]-1] != n.keys[id] {
		i = (i + 1) & mask
	}
	n.slots[i] = id + 1
}
