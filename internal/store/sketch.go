package store

import (
	"cmp"
	"math"
	"slices"

	"onrecord/internal/record"
)

// A sketch is what a whole text is found again by: of all its three words in a
// row, the one with the least hash in every four that follow each other
// (Schleimer, Wilkerson and Aiken 2003, "Winnowing"): two in five. Two texts
// that share six words in a row share at least one. Of the words of quotations
// all are kept, since a few of them may be asked for. So a search for pasted
// words reads short lists, where the word index would walk through every text
// that holds the commonest of them.
const (
	sketchWords  = 3
	sketchWindow = 4
	// sketched is how many words in a row are surely found.
	sketched = sketchWords + sketchWindow - 1
	// askedShingles bounds what is looked up for one question: a pasted page
	// is known by its first words.
	askedShingles = 256
	// sharedMost bounds how many postings one question goes through, the
	// shortest lists first; one list is always read whole.
	sharedMost = 50_000
)

// hashesOf are the hashes of every three words in a row, in order of place.
func hashesOf(words []textWord) []uint64 {
	if len(words) < sketchWords {
		return nil
	}
	ids := make([]uint64, len(words))
	for i := range words {
		ids[i] = hashFolded(words[i].folded)
	}
	out := make([]uint64, len(words)-sketchWords+1)
	for i := range out {
		h := ids[i]
		for _, id := range ids[i+1 : i+sketchWords] {
			h = scatter(h*0x9e3779b97f4a7c15 + id)
		}
		out[i] = h
	}
	return out
}

// hashFolded is FNV-1a. It is kept in the store: it may never change.
func hashFolded(word string) uint64 {
	h := uint64(0xcbf29ce484222325)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 0x100000001b3
	}
	return scatter(h)
}

func scatter(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xd6e8feb86659fd93
	return h ^ h>>32
}

// winnow keeps the least hash of every window, in place; a text shorter than a
// window keeps one.
func winnow(hashes []uint64) []uint64 {
	if len(hashes) <= sketchWindow {
		if len(hashes) > 0 {
			hashes[0] = slices.Min(hashes)
			hashes = hashes[:1]
		}
		return hashes
	}
	out := make([]uint64, 0, len(hashes)/2)
	last := -1
	for i := range len(hashes) - sketchWindow + 1 {
		least := i
		for j := i + 1; j < i+sketchWindow; j++ {
			if hashes[j] <= hashes[least] {
				least = j
			}
		}
		if least != last {
			out = append(out, hashes[least])
			last = least
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sketchText posts an article under its sketch.
func (s *Store) sketchText(article int64, text string) error {
	if err := s.load(&s.sketch); err != nil {
		return err
	}
	for _, h := range winnow(hashesOf(wordsOf(text))) {
		s.sketch.staged = append(s.sketch.staged, posting{hash48(h), article})
	}
	return nil
}

// sketchQuotation posts an article under all shingles of one of its
// quotations, so that a few words cut out of it are surely found.
func (s *Store) sketchQuotation(article int64, q *record.Quotation, text string) error {
	if err := s.load(&s.sketch); err != nil {
		return err
	}
	for _, part := range q.Parts {
		if part.Start < 0 || part.End < part.Start || part.End > len(text) {
			continue // verify reports it
		}
		for _, h := range hashesOf(wordsOf(part.Of(text))) {
			s.sketch.staged = append(s.sketch.staged, posting{hash48(h), article})
		}
	}
	return nil
}

// shared is what the asked shingles in a text's sketch are worth.
type shared struct {
	article int64
	worth   int
}

// sketchedLike returns the texts whose sketches share most with the asked
// words, so many at most: what few texts hold is worth more.
func (s *Store) sketchedLike(asked []textWord, most int) ([]int64, error) {
	hashes := hashesOf(asked)
	if len(hashes) > askedShingles {
		hashes = hashes[:askedShingles]
	}
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	lists, err := s.lookUp(&s.sketch, hashes)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(lists, func(a, b []int64) int { return cmp.Compare(len(a), len(b)) })
	articles := 0
	if err := s.one("SELECT articles FROM counter", nil, &articles); err != nil {
		return nil, err
	}
	worth, sum := map[int64]int{}, 0
	for _, l := range lists {
		if sum += len(l); sum > sharedMost && sum > len(l) {
			break
		}
		rare := 1 + int(16*math.Log2(float64(articles+1)/float64(len(l)+1)))
		for _, article := range l {
			worth[article] += max(rare, 1)
		}
	}
	all := make([]shared, 0, len(worth))
	for article, w := range worth {
		all = append(all, shared{article, w})
	}
	slices.SortFunc(all, func(a, b shared) int {
		return cmp.Or(cmp.Compare(b.worth, a.worth), cmp.Compare(a.article, b.article))
	})
	return s.firstPrinted(all, most)
}

// firstPrinted takes the best of all; where the last place is shared, those
// printed first have it, so that the order of arrival makes no difference.
func (s *Store) firstPrinted(all []shared, most int) ([]int64, error) {
	var out, tied []int64
	for i, x := range all {
		switch {
		case len(all) <= most || x.worth > all[most].worth:
			out = append(out, all[i].article)
		case x.worth == all[most].worth:
			tied = append(tied, x.article)
		}
	}
	if len(tied) == 0 {
		return out, nil
	}
	first, err := s.firstArticles(tied, most-len(out))
	return append(out, first...), err
}

// sketchAll makes the sketches of all texts: for stores of before there were any.
func (s *Store) sketchAll() error {
	numbers, err := s.numbers("SELECT n FROM article ORDER BY n")
	if err != nil {
		return err
	}
	for _, n := range numbers {
		r, err := s.ReadingAt(n)
		if err != nil {
			return err
		}
		if err := s.sketchText(n, r.Article.Text); err != nil {
			return err
		}
		for i := range r.Quotations {
			if err := s.sketchQuotation(n, &r.Quotations[i], r.Article.Text); err != nil {
				return err
			}
		}
		if len(s.sketch.staged) > 100_000 {
			if err := s.flush(&s.sketch); err != nil {
				return err
			}
		}
	}
	return s.flush(&s.sketch)
}

// stagedUnder finds what the open transaction has added and not yet written.
func (p *postings) stagedUnder(h uint64, keys []int64) []int64 {
	if p.memory != nil {
		return keys // memory has it
	}
	for _, x := range p.staged {
		if x.hash == h {
			keys = append(keys, x.key)
		}
	}
	return keys
}
