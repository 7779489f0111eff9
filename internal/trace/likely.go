package trace

import (
	"cmp"
	"slices"

	"onrecord/internal/record"
)

// A large store has thousands of entries that share a common turn of phrase
// with whatever is asked, and thousands that print one sentence. Laying the
// asked words over all of them takes seconds and changes nothing: those that
// share most are enough. Which those are is a matter of the entries and never
// of their order: by what they share, and of those that share as much by the
// date of print.

const (
	// likelyMost is how many entries words are laid over.
	likelyMost = 64
	// turnsMost is how many may share the same few words: of more, none is
	// looked at for them alone. It is a turn of phrase. Words that are half of
	// what is asked, or worth surelyShared, are none: very many print one
	// sentence, and it is asked about with a word changed.
	turnsMost = 256
	// halvesMost is how many utterances are tried as the first half of a splice.
	halvesMost = 8
)

// firstPrinter is what an index may have beside the rest: the first printed of
// some entries, without their words being read.
type firstPrinter interface {
	// FirstPrinted returns so many of the keys at most, those printed first:
	// by date, the undated last.
	FirstPrinted(keys []int64, most int) ([]int64, error)
}

// weighStems gives the hits of content words alone what they share, as find has
// just added it up.
func (s *search) weighStems(hits []hit) {
	bits := make(map[int64]int64, len(s.shared.used))
	for _, at := range s.shared.used {
		t := &s.shared.slots[at]
		bits[t.key] = t.bits
	}
	for i := range hits {
		hits[i].shared = bits[hits[i].key]
	}
}

// likely returns likelyMost of the hits at most: those that share most, and
// where those are fewer than all, as many of those that one of the speakers said.
func likely(ix Index, hits []hit, w *wanted, speakers []*item) ([]hit, error) {
	most, turn := likelyMost, min(surelyShared*weight, w.size/2)
	if len(w.words) == 0 {
		turn = enough // content words alone are what anybody may share
	}
	if len(hits) <= most {
		return hits, nil
	}
	hits = slices.Clone(hits) // the speakers are looked for in the same memory
	out, err := likeliest(ix, hits, most, turn)
	if err != nil {
		return nil, err
	}
	for _, x := range speakers {
		said := map[int64]bool{}
		for _, quoted := range []bool{true, false} {
			keys, err := stemKeys(ix, x, quoted)
			if err != nil {
				return nil, err
			}
			for _, k := range keys {
				said[k] = true
			}
		}
		more, err := likeliest(ix, slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return !said[h.key] }), most, turn)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	slices.SortFunc(out, func(a, b hit) int { return compareKeys(a.key, b.key) })
	return slices.Compact(out), nil
}

// likeliest are so many of the hits at most that share most; of those that
// share as much as the last one, those printed first. Very many that share less
// than turn (weight parts of a bit) share a turn of phrase.
func likeliest(ix Index, hits []hit, most int, turn int64) ([]hit, error) {
	if len(hits) <= most {
		return hits, nil
	}
	list := slices.Clone(hits)
	slices.SortFunc(list, func(a, b hit) int { return cmp.Or(cmp.Compare(b.shared, a.shared), compareKeys(a.key, b.key)) })
	last := list[most-1].shared
	at := slices.IndexFunc(list, func(h hit) bool { return h.shared == last })
	out, tied := list[:at:at], []int64(nil)
	for _, h := range list[at:] {
		if h.shared == last {
			tied = append(tied, h.key)
		}
	}
	if len(tied) > turnsMost && last < turn {
		return out, nil
	}
	first, err := firstPrinted(ix, tied, most-at)
	for _, k := range first {
		out = append(out, hit{k, last})
	}
	return out, err
}

// firstPrinted returns so many of the keys at most, those printed first.
func firstPrinted(ix Index, keys []int64, most int) ([]int64, error) {
	if len(keys) <= most {
		return keys, nil
	}
	if f, ok := ix.(firstPrinter); ok {
		return f.FirstPrinted(keys, most)
	}
	entries, err := ix.Entries(keys)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b record.Entry) int { return compareEntries(&a, &b) })
	keys = keys[:0:0]
	for i := range min(most, len(entries)) {
		keys = append(keys, entries[i].Key)
	}
	return keys, nil
}

// stemKeys are the keys of the speaker's entries that share content words with x.
func stemKeys(ix Index, x *item, quoted bool) ([]int64, error) {
	w := wanted{stems: stemProbes(x), family: stemFamily(quoted)}
	if len(w.stems) == 0 {
		return nil, nil
	}
	s := searches.Get().(*search)
	defer searches.Put(s)
	hits, _, err := s.find(ix, &w, 0)
	return keysOf(hits), err
}
