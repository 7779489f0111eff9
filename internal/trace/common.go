package trace

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// commonFile holds the commonest three words in a row of news, as the upper
// halves of their hashes, ascending: made by package train/phrases.
//
//go:embed common.bin
var commonFile []byte

// commons is that list, found by the first bits of a hash.
type commons struct {
	halves []uint32
	from   [1<<prefixBits + 1]uint16 // where those begin that begin with so many bits
}

const prefixBits = 13

var common = sync.OnceValue(func() *commons {
	c := &commons{}
	for b := commonFile; len(b) >= 4; b = b[4:] {
		c.halves = append(c.halves, binary.BigEndian.Uint32(b))
	}
	at := 0
	for i := range c.from {
		for at < len(c.halves) && int(c.halves[at]>>(32-prefixBits)) < i {
			at++
		}
		c.from[i] = uint16(at)
	}
	return c
})

// has tells whether a shingle is one of the commonest.
func (c *commons) has(hash uint64) bool {
	half := uint32(hash >> 32)
	at := half >> (32 - prefixBits)
	for _, h := range c.halves[c.from[at]:c.from[at+1]] {
		if h == half {
			return true
		}
	}
	return false
}
