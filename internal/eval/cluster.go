package eval

// clusters scores a grouping of items against a reference grouping. Both give
// a group to every item; items of one group belong together.
type clusters struct{ want, got []int }

// pairs counts pairs of items that are grouped together: right where the
// reference groups them too. count tells which pairs count at all.
func (c clusters) pairs(count func(i, j int) bool) tally {
	var t tally
	for i := range c.want {
		for j := range i {
			if !count(i, j) {
				continue
			}
			together, claimed := c.want[i] == c.want[j], c.got[i] == c.got[j]
			t.wanted += one(together)
			t.claimed += one(claimed)
			t.right += one(together && claimed)
			t.found += one(together && claimed)
		}
	}
	return t
}

// contingency is pairs of all items, counted without listing them: groups may
// be many and the items a million.
func (c clusters) contingency() tally {
	type both struct{ want, got int }
	wants, gots, common := map[int]int{}, map[int]int{}, map[both]int{}
	for i := range c.want {
		wants[c.want[i]]++
		gots[c.got[i]]++
		common[both{c.want[i], c.got[i]}]++
	}
	var t tally
	for _, n := range wants {
		t.wanted += n * (n - 1) / 2
	}
	for _, n := range gots {
		t.claimed += n * (n - 1) / 2
	}
	for _, n := range common {
		t.right += n * (n - 1) / 2
	}
	t.found = t.right
	return t
}

// bcubed is the B-cubed precision and recall (Bagga and Baldwin 1998): the
// mean over items of how pure, and how whole, an item's group is.
func (c clusters) bcubed() (precision, recall float64) {
	if len(c.want) == 0 {
		return 1, 1
	}
	type both struct{ want, got int }
	wants, gots, common := map[int]int{}, map[int]int{}, map[both]int{}
	for i := range c.want {
		wants[c.want[i]]++
		gots[c.got[i]]++
		common[both{c.want[i], c.got[i]}]++
	}
	for i := range c.want {
		n := common[both{c.want[i], c.got[i]}]
		precision += ratio(n, gots[c.got[i]])
		recall += ratio(n, wants[c.want[i]])
	}
	n := float64(len(c.want))
	return precision / n, recall / n
}

// forest joins items into groups; its zero value of n items is made by newForest.
type forest []int

func newForest(n int) forest {
	f := make(forest, n)
	for i := range f {
		f[i] = i
	}
	return f
}

func (f forest) root(i int) int {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

// join puts the groups of i and j together under the smaller root.
func (f forest) join(i, j int) {
	i, j = f.root(i), f.root(j)
	f[max(i, j)] = min(i, j)
}

func (f forest) groups() []int {
	out := make([]int, len(f))
	for i := range f {
		out[i] = f.root(i)
	}
	return out
}
