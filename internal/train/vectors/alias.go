package vectors

import "math"

// alias draws numbers with given weights in constant time (Walker 1977, in
// the form of Vose 1991): each column holds a number and another to give in
// its stead. Small enough to stay in the cache, which the long table of
// word2vec is not.
type alias struct {
	below []uint32 // in 2^-32: the column's own number up to here
	other []int32
}

func newAlias(weights []float64) alias {
	n := len(weights)
	a := alias{make([]uint32, n), make([]int32, n)}
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	scaled := make([]float64, n)
	var small, large []int32
	for i, w := range weights {
		scaled[i] = w * float64(n) / sum
		if scaled[i] < 1 {
			small = append(small, int32(i))
		} else {
			large = append(large, int32(i))
		}
	}
	for len(small) > 0 && len(large) > 0 {
		s, l := small[len(small)-1], large[len(large)-1]
		small = small[:len(small)-1]
		a.below[s], a.other[s] = uint32(scaled[s]*math.MaxUint32), l
		scaled[l] -= 1 - scaled[s]
		if scaled[l] < 1 {
			large = large[:len(large)-1]
			small = append(small, l)
		}
	}
	for _, i := range append(small, large...) { // full, but for rounding
		a.below[i], a.other[i] = math.MaxUint32, i
	}
	return a
}

// draw turns 64 random bits into a number.
func (a alias) draw(bits uint64) int32 {
	column := bits >> 32 * uint64(len(a.other)) >> 32
	if uint32(bits) <= a.below[column] {
		return int32(column)
	}
	return a.other[column]
}
