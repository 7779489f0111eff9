package eval

import (
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode"

	"onrecord/internal/record"
)

// The world of the planted million.
//
// Sentences of the bulk articles are utterances: 8 to 60 words, without marks,
// brackets or dots that would make a quotation in parts of them. A sentence
// that shares six words in a row with an earlier one is left out: most such
// are copies of it, and would be counted as wrong where they are joined. Stock
// phrases of up to five words stay, as they do in speech.
//
// Each utterance is printed 1 to 7 times, every number as often, on the day of
// the speech or within the three days after it, each day as often. The first
// printing is on the day itself, and verbatim. A fifth of the others are
// verbatim; the rest have one of twelve kinds of edit, each as often, at places
// drawn without regard to what the words say: many a fragment says nothing that
// another sentence could not say. Words that come in are drawn from other
// sentences, as often as they stand there.
//
// The speakers are a pool of a tenth as many people as there are utterances,
// the one of rank r speaking in proportion to 1/(r+9): about a fifth of all
// words come from a hundred of them. Of a hundred mentions 85 name the right
// one, 7 another of the pool (who speaks often is often named), 4 nobody, and 4
// have a description ("a spokesman"). One utterance in 200 is said again by the
// same speaker, 60 to 365 days later: another utterance. The world is as many
// days long as 1,400 mentions a day make it.
//
// Nothing in an entry gives the utterance away: every mention is an article of
// its own, with its own page, and no signature says that two are copies.
const (
	millionMentions = 1_000_000
	mentionsADay    = 1400
	millionSeed     = 20260707
	mostPrinted     = 7
	daysAfter       = 3
	sharedRun       = 6
	saidRightly     = 85 // of a hundred mentions
	saidByOther     = 92 // … up to here another of the pool
	saidByNobody    = 96 // … up to here nobody, then a description
	repeatedOneIn   = 200
)

// minted is one mention of the world and what it was made of.
type minted struct {
	record.Entry
	utterance int32
	kind      int8 // place in edits, or one of the kinds below
}

const (
	firstPrint int8 = -1 // the whole sentence, on the day itself
	reprint    int8 = -2 // the whole sentence again
)

// mill makes the world, the same for the same seed.
type mill struct {
	rng       *rand.Rand
	sentences []string
	people    []string
	rank      []float64 // sums of what the ranks weigh
	start     time.Time
}

// speech is one utterance before it is printed.
type speech struct {
	sentence, speaker, day int
}

func newMill(sentences []string, seed uint64) *mill {
	return &mill{
		rng: rand.New(rand.NewPCG(seed, millionSeed)), sentences: sentences,
		start: time.Date(2020, time.January, 1, 0, 0, 0, 0, time.UTC),
	}
}

// make prints n mentions, in the order of their print dates: fewer where the
// sentences are too few.
func (m *mill) make(n int) []minted {
	speeches, times := m.speeches(n)
	var all []minted
	for u, s := range speeches {
		for k := range times[u] {
			all = append(all, m.print(int32(u), s, k))
		}
	}
	order := m.rng.Perm(min(n, len(all)))
	slices.SortStableFunc(order, func(i, j int) int { return all[i].Published.From.Compare(all[j].Published.From) })
	out := make([]minted, 0, len(order))
	for i, at := range order {
		p := all[at]
		p.Key, p.Article = int64(i+1), fmt.Sprintf("m%07d", i+1)
		p.Quotation, p.Page = p.Article+":1", "https://planted.example/"+p.Article
		p.URL = p.Page
		out = append(out, p)
	}
	return out
}

// speeches draws who says what on which day, and how often it is printed.
func (m *mill) speeches(n int) (all []speech, times []int) {
	days := max(1, n/mentionsADay)
	order := m.rng.Perm(len(m.sentences))
	m.gather(max(10, n/10/((1+mostPrinted)/2)))
	for printed := 0; printed < n && len(order) > 0; {
		s := speech{sentence: order[0], speaker: m.speaker(), day: m.rng.IntN(days)}
		order = order[1:]
		said := []speech{s}
		if m.rng.IntN(repeatedOneIn) == 0 {
			s.day += 60 + m.rng.IntN(306)
			said = append(said, s)
		}
		for _, s := range said {
			all, times = append(all, s), append(times, 1+m.rng.IntN(mostPrinted))
			printed += times[len(times)-1]
		}
	}
	return all, times
}

// print makes the k-th mention of a speech.
func (m *mill) print(u int32, s speech, k int) minted {
	words := m.sentences[s.sentence]
	p := minted{utterance: u, kind: firstPrint}
	day := s.day
	if k > 0 {
		day += m.rng.IntN(daysAfter + 1)
		p.kind = reprint
		if m.rng.IntN(5) > 0 {
			p.kind = int8(m.rng.IntN(len(edits)))
			words = edits[p.kind].make(m, words)
		}
	}
	on := m.start.AddDate(0, 0, day)
	p.Entry = record.Entry{
		Outlet: fmt.Sprintf("Outlet %d", 1+m.rng.IntN(300)), Published: record.When{From: on, Until: on.AddDate(0, 0, 1)},
		Kind: record.Direct, Act: record.Speech, Where: record.InBody, Words: words, Content: words, Parts: []record.Span{{Start: 0, End: len(words)}},
	}
	if p.kind == fragmentKind {
		p.Where = record.InHeadline
	}
	switch at := m.rng.IntN(100); {
	case at < saidRightly:
		p.Speaker = m.people[s.speaker]
	case at < saidByOther:
		p.Speaker = m.people[m.speaker()]
	case at >= saidByNobody:
		p.Speaker = descriptions[m.rng.IntN(len(descriptions))]
	}
	if at := strings.LastIndexByte(p.Speaker, ' '); at > 0 && unicode.IsUpper(rune(p.Speaker[at+1])) {
		p.Person = "person:" + p.Speaker
	}
	return p
}

var descriptions = []string{"a spokesman", "the minister", "an official", "one of the players", "a police officer"}

// gather makes a pool of n people with names of their own.
func (m *mill) gather(n int) {
	known := map[string]bool{}
	sum := 0.0
	for len(m.people) < n {
		name := m.name(2) + " " + m.name(2+m.rng.IntN(2))
		if known[name] {
			continue
		}
		known[name] = true
		m.people = append(m.people, name)
		sum += 1 / float64(len(m.people)+9)
		m.rank = append(m.rank, sum)
	}
}

// name is a made-up name of so many syllables.
func (m *mill) name(syllables int) string {
	const heads, vowels, tails = "bcdfghjklmnprstvwz", "aeiou", "lmnrst"
	var b []byte
	for range syllables {
		b = append(b, heads[m.rng.IntN(len(heads))], vowels[m.rng.IntN(len(vowels))])
	}
	b = append(b, tails[m.rng.IntN(len(tails))])
	b[0] -= 'a' - 'A'
	return string(b)
}

// speaker draws one of the pool.
func (m *mill) speaker() int {
	at := m.rng.Float64() * m.rank[len(m.rank)-1]
	return min(sort.SearchFloat64s(m.rank, at), len(m.people)-1)
}

// plainSentences are the sentences of articles that the world is made of.
func plainSentences(articles []printed) []string {
	var out []string
	seed := maphash.MakeSeed()
	seen := map[uint64]struct{}{}
	for _, a := range articles {
		for line := range strings.Lines(a.Text) {
			for _, s := range cutSentences(strings.TrimSpace(line)) {
				hashes, ok := runHashes(seed, s)
				if !ok || slices.ContainsFunc(hashes, func(h uint64) bool { _, dup := seen[h]; return dup }) {
					continue
				}
				for _, h := range hashes {
					seen[h] = struct{}{}
				}
				out = append(out, s)
			}
		}
	}
	return out
}

// runHashes stand for the runs of sharedRun words of a sentence; ok is false
// where it is none for the world.
func runHashes(seed maphash.Seed, s string) (hashes []uint64, ok bool) {
	w := strings.Fields(s)
	if len(w) < 8 || len(w) > 60 || strings.ContainsAny(s, "\"“”[]()…*") || strings.Contains(s, "..") {
		return nil, false
	}
	for i := range w {
		w[i] = strings.ToLower(bare(w[i]))
	}
	w = slices.DeleteFunc(w, func(s string) bool { return s == "" })
	for i := 0; i+sharedRun <= len(w); i++ {
		hashes = append(hashes, maphash.String(seed, strings.Join(w[i:i+sharedRun], " ")))
	}
	return hashes, len(w) >= 8
}

// cutSentences cuts a paragraph where a full stop, a question or an
// exclamation mark stands before a space and a capital, but not after an
// initial or a short title ("Mr.").
func cutSentences(p string) []string {
	var out []string
	start := 0
	for i := 0; i+2 < len(p); i++ {
		if !strings.ContainsRune(".?!", rune(p[i])) || p[i+1] != ' ' || !(unicode.IsUpper(rune(p[i+2])) || p[i+2] == '"') {
			continue
		}
		word := p[strings.LastIndexByte(p[:i], ' ')+1 : i]
		if len(word) <= 3 && word != "" && unicode.IsUpper(rune(word[0])) {
			continue
		}
		out = append(out, p[start:i+1])
		start = i + 2
	}
	return append(out, p[start:])
}
