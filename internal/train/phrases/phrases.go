// Package phrases finds the commonest three words in a row: the tracer does
// not look for quotations by them, since they lead everywhere.
package phrases

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"onrecord/internal/trace"
	"onrecord/internal/train/corpus"
)

// Kept is how many are kept. On 464,000 sentences of news the lists that any
// other three words lead to then hold 3 sentences on average, where without
// the list it is 36; one place in ten of a text has one of them.
const Kept = 8192

// Train counts the shingles of the running text of the bulk set, every
// paragraph once, and returns the commonest as the file that package trace is
// built with: the upper halves of their hashes, ascending, big end first.
func Train(shared string, log io.Writer) ([]byte, error) {
	count := map[uint64]int32{}
	seen := map[string]bool{}
	type article struct {
		Text string `json:"text"`
	}
	err := corpus.Lines(filepath.Join(shared, "data", "bulk", "articles.jsonl.gz"), func(a article) error {
		for p := range strings.SplitSeq(a.Text, "\n") {
			if p = strings.TrimSpace(p); p == "" || seen[p] {
				continue
			}
			seen[p] = true
			for _, h := range trace.Shingles(p) {
				count[h]++
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("counting phrases: %w", err)
	}
	fmt.Fprintf(log, "%d paragraphs, %d different shingles\n", len(seen), len(count))
	return commonest(count, Kept), nil
}

// commonest packs the n commonest hashes; of equally common ones the lower.
func commonest(count map[uint64]int32, n int) []byte {
	hashes := make([]uint64, 0, len(count))
	for h, c := range count {
		if c > 1 {
			hashes = append(hashes, h)
		}
	}
	slices.SortFunc(hashes, func(a, b uint64) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	hashes = hashes[:min(n, len(hashes))]
	slices.Sort(hashes)
	var out []byte
	for _, h := range hashes {
		out = binary.BigEndian.AppendUint32(out, uint32(h>>32))
	}
	return out
}
