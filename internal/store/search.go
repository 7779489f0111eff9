package store

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord/internal/record"
)

// The word index over whole texts is filled in batches, since a batch of 256
// costs half of 256 single reports. What is not indexed yet is at most that
// many texts, and a search reads them directly, so it never misses one.
const indexBatch = 256

// indexTexts brings the word index up to date.
func (s *Store) indexTexts(ctx context.Context) error {
	for {
		var waiting int
		if err := s.one("SELECT count(*) FROM (SELECT 1 FROM article WHERE n > (SELECT indexed FROM counter) LIMIT 1)", nil, &waiting); err != nil {
			return s.explain("indexing", err)
		}
		if waiting == 0 {
			return nil
		}
		if err := s.Within(ctx, s.indexSome); err != nil {
			return s.explain("indexing", err)
		}
	}
}

func (s *Store) indexSome() error {
	var last int64
	err := s.one(`SELECT coalesce(max(n), 0) FROM (SELECT n FROM article WHERE n > (SELECT indexed FROM counter) ORDER BY n LIMIT ?)`,
		[]any{indexBatch}, &last)
	if err != nil || last == 0 {
		return err
	}
	_, err = s.exec(`INSERT INTO article_text (rowid, text) SELECT n, text FROM article
		WHERE n > (SELECT indexed FROM counter) AND n <= ? ORDER BY n`, last)
	if err != nil {
		return err
	}
	_, err = s.exec("UPDATE counter SET indexed = ?", last)
	return err
}

// Passage is where words stand in a kept text.
type Passage struct {
	Article string
	Number  int64
	Span    record.Span // from the first to the last of the words
	Share   float64     // of the words asked for, how many stand there in order; 1: all, next to each other
	printed int64       // for the order
}

const (
	// candidates bounds how many texts one search opens for their sketches,
	// found how many for their words.
	candidates = 24
	found      = 200
)

// Passages finds pasted words in the running text of the kept articles,
// whether or not they were taken for a quotation there: the whole phrase,
// else the best stretch that holds most of it. Best first, then by date of
// print, the undated last. whole tells that every text was looked through: fewer than six words
// that are all too common for the word index are found only where a sketch
// happens to hold them.
func (s *Store) Passages(words string, limit int) (out []Passage, whole bool, err error) {
	asked := wordsOf(words)
	if len(asked) == 0 {
		return nil, true, nil
	}
	err = s.Within(context.Background(), func() error {
		out, whole, err = s.passages(asked)
		return err
	})
	if err != nil {
		return nil, false, s.explain("searching", err)
	}
	slices.SortStableFunc(out, func(a, b Passage) int {
		return cmp.Or(cmp.Compare(b.Share, a.Share), cmp.Compare(a.printed, b.printed), cmp.Compare(a.Article, b.Article))
	})
	return out[:min(limit, len(out))], whole, nil
}

// passages looks through the likeliest texts: those whose sketches share most
// with the question, then those with the phrase, then those with all words
// but one.
func (s *Store) passages(asked []textWord) ([]Passage, bool, error) {
	numbers, err := s.sketchedLike(asked, candidates)
	if err != nil {
		return nil, false, err
	}
	out, err := s.open(asked, numbers)
	if err != nil {
		return nil, false, err
	}
	whole := len(asked) >= sketched
	good := func(p Passage) bool { return p.Share >= goodShare }
	if whole && (len(asked) > mostInexact || slices.ContainsFunc(out, good)) {
		return out, whole, nil
	}
	steps, err := s.steps(asked)
	if err != nil {
		return nil, false, err
	}
	for _, q := range []struct {
		query string
		steps int
	}{{phrase(asked), steps.phrase}, {allButOne(asked), steps.allButOne}} {
		if q.query == "" || q.steps > s.opt.steps {
			continue
		}
		whole = true
		more, err := s.withWords(q.query, numbers)
		if err != nil {
			return nil, false, err
		}
		better, err := s.open(asked, more)
		if err != nil {
			return nil, false, err
		}
		if out = append(out, better...); slices.ContainsFunc(out, good) {
			break
		}
	}
	return out, whole, nil
}

const (
	// goodShare is the share of words at which no better place is looked for.
	goodShare = .8
	// mostInexact is the length up to which a changed word may leave no six in
	// a row, so that the word index is asked too.
	mostInexact = 12
)

// open looks for the asked words in some texts.
func (s *Store) open(asked []textWord, numbers []int64) (out []Passage, err error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	err = s.each("SELECT n, id, coalesce(published, 1 << 62), text FROM article WHERE n IN (SELECT value FROM json_each(?))", []any{jsonList(numbers)},
		func(scan func(...any) error) error {
			var p Passage
			var text string
			if err := scan(&p.Number, &p.Article, &p.printed, &text); err != nil {
				return err
			}
			if p.Span, p.Share = bestStretch(asked, wordsOf(text)); p.Share >= 0.5 {
				out = append(out, p)
			}
			return nil
		})
	return out, err
}

// withWords returns the numbers of texts that answer a query of the word
// index, and of all that are not indexed yet, but for those known already.
func (s *Store) withWords(query string, known []int64) ([]int64, error) {
	numbers, err := s.numbers("SELECT rowid FROM article_text WHERE article_text MATCH ? ORDER BY rowid LIMIT ?", query, found)
	if err != nil {
		return nil, err
	}
	waiting, err := s.numbers("SELECT n FROM article WHERE n > (SELECT indexed FROM counter) ORDER BY n")
	numbers = append(numbers, waiting...)
	slices.Sort(numbers)
	return slices.DeleteFunc(slices.Compact(numbers), func(n int64) bool { return slices.Contains(known, n) }), err
}

// walk is how many steps the word index would take for a query, about.
type walk struct{ phrase, allButOne int }

// steps reckons what the queries cost: the index goes from one text that holds
// the rarest word to the next, and looks there for each of the others. Words
// are counted as far only as it matters.
func (s *Store) steps(asked []textWord) (walk, error) {
	if err := s.wordTable(); err != nil {
		return walk{}, err
	}
	others := len(asked)
	most := s.opt.steps/max(others-1, 1) + 1
	rarest, second := most, most
	for _, w := range asked {
		var n int
		err := s.one("SELECT count(*) FROM (SELECT 1 FROM temp.article_word WHERE term = ? LIMIT ?)", []any{w.folded, most}, &n)
		if err != nil {
			return walk{}, err
		}
		if n < rarest {
			rarest, second = n, rarest
		} else {
			second = min(second, n)
		}
	}
	return walk{rarest * others, (others - 1) * (others*rarest + second)}, nil
}

// wordTable shows the word index as a table of words, one row for each place.
func (s *Store) wordTable() error {
	_, err := s.exec("CREATE VIRTUAL TABLE IF NOT EXISTS temp.article_word USING fts5vocab('main', 'article_text', 'instance')")
	return err
}

// allButOne asks for texts in which one word has been changed, added or left
// out; longer questions are found by their sketch.
func allButOne(asked []textWord) string {
	if len(asked) < 3 || len(asked) > mostInexact {
		return ""
	}
	var some []string
	for i := range asked {
		var b strings.Builder
		for j, w := range asked {
			if j != i {
				b.WriteString(` "` + w.folded + `"`)
			}
		}
		some = append(some, "("+b.String()+")")
	}
	return strings.Join(some, " OR ")
}

func phrase(words []textWord) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, w := range words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.folded) // letters and digits only: nothing to escape
	}
	b.WriteByte('"')
	return b.String()
}

type textWord struct {
	folded string
	at     record.Span
}

// wordsOf cuts a text as the word index does: runs of letters and digits,
// lower case, without diacritics.
func wordsOf(text string) []textWord {
	out := make([]textWord, 0, len(text)/6)
	start := -1
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsNumber(r) || (start >= 0 && unicode.Is(unicode.Mn, r))
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			out = append(out, textWord{foldWord(text[start:i]), record.Span{Start: start, End: i}})
			start = -1
		}
	}
	if start >= 0 {
		out = append(out, textWord{foldWord(text[start:]), record.Span{Start: start, End: len(text)}})
	}
	return out
}

func foldWord(w string) string {
	plain := true
	for i := 0; i < len(w); i++ {
		if w[i] >= utf8.RuneSelf {
			plain = false
			break
		}
	}
	if plain {
		return strings.ToLower(w)
	}
	var b strings.Builder
	for _, r := range norm.NFD.String(w) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// bestStretch finds where most of the asked words stand in a text in order,
// within a stretch not much longer than the question.
func bestStretch(asked, text []textWord) (record.Span, float64) {
	places := map[string][]int{}
	for i, w := range asked {
		places[w.folded] = append(places[w.folded], i)
	}
	reach := len(asked) + len(asked)/2 + 2
	var best record.Span
	share := 0.0
	for i := range text {
		first, ok := places[text[i].folded]
		if !ok || (i > 0 && share == 1) {
			continue
		}
		at, last, found := first[0], i, 1
		for j := i + 1; j < len(text) && j < i+reach && at+1 < len(asked); j++ {
			next, ok := nextPlace(places[text[j].folded], at)
			if !ok || next-at > 1+len(asked)/3 {
				continue
			}
			at, last, found = next, j, found+1
		}
		got := float64(found) / float64(len(asked))
		if extra := last - i + 1 - found; extra > 0 {
			got -= 0.25 * float64(extra) / float64(len(asked))
		}
		if got > share {
			share, best = got, record.Span{Start: text[i].at.Start, End: text[last].at.End}
		}
	}
	return best, share
}

// nextPlace is the first of the ascending places that is past at.
func nextPlace(places []int, at int) (int, bool) {
	i, _ := slices.BinarySearch(places, at+1)
	if i == len(places) {
		return 0, false
	}
	return places[i], true
}
