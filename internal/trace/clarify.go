package trace

import (
	"cmp"
	"slices"
	"strings"

	"onrecord/internal/record"
)

const (
	// answerBits is what later words must share with the earlier ones that
	// they answer, beside a sign that they speak of earlier words;
	// contextBits where the sign is the report's and not the speaker's.
	answerBits  = 20
	contextBits = 26
	// rareStem: one content word as rare as this answers alone.
	rareStem = 15
)

// repetition is the kind of the same words said again on another day.
const repetition = "repetition"

// signal is a sign that an entry speaks of earlier words of its speaker.
type signal struct {
	kind    string // clarification, denial, apology
	words   string // the sign
	at      record.Span
	context bool // it stands in the report's words round the quotation
}

// signals finds the signs in the words, then those in the report's own words
// round them.
func signals(x *item) []signal {
	if !x.signed {
		x.signs, x.signed = findSignals(x), true
	}
	return x.signs
}

func findSignals(x *item) []signal {
	var out []signal
	if x.quoted() {
		for _, s := range find(signs().clarify, x.text.toks, 0, x.text.Len()) {
			if !strings.Contains(s.value, "context") {
				out = append(out, signal{s.value, s.words, place(x.text, s.at, s.end), false})
			}
		}
	}
	if x.Context == "" || !signs().around.in(x.Context) {
		return out
	}
	scan := scanners.Get().(*scanner)
	defer scan.release()
	around := scan.scan(x.Context, nil)
	for _, s := range find(signs().clarify, around, 0, len(around)) {
		if kind, ok := strings.CutSuffix(s.value, " context"); ok {
			out = append(out, signal{kind, s.words, record.Span{}, true})
		}
	}
	return out
}

// looksBack tells whether the speaker's own words speak of earlier ones.
func looksBack(x *item) bool {
	return slices.ContainsFunc(signals(x), func(s signal) bool { return !s.context })
}

// clarifications finds what the speaker said later about the utterance: words
// with a sign that they speak of earlier ones, about the same thing. Words
// answer one utterance only: the one they share most with.
func (l *Lookback) clarifications(members []*item) ([]record.Clarification, error) {
	ix := l.ix
	var later []int64
	for _, h := range speakerHashes(members) {
		lists, err := ix.Postings([]uint64{combine(tagSign, h)})
		if err != nil {
			return nil, err
		}
		later = append(later, lists[0]...)
	}
	own := map[int64]bool{}
	for _, m := range members {
		own[m.Key] = true
	}
	later = slices.DeleteFunc(later, func(k int64) bool { return own[k] })
	slices.Sort(later)
	later, err := l.mayAnswer(slices.Compact(later), members)
	if err != nil || len(later) == 0 {
		return nil, err
	}
	items, err := addItems(ix, nil, later)
	if err != nil {
		return nil, err
	}
	var out []record.Clarification
	for _, x := range items {
		if !slices.ContainsFunc(members, func(m *item) bool { return m.Article == x.Article || answers(x, m).target != nil }) {
			continue // whatever it answers, it is none of these
		}
		a, err := l.answered(x)
		if err != nil {
			return nil, err
		}
		if a.target == nil {
			if c, ok := besideOlder(x, members); ok {
				out = append(out, c)
			}
			continue
		}
		if !own[a.target.Key] {
			continue
		}
		out = append(out, record.Clarification{
			Entry: *x.Entry, Of: a.target.Quotation, Kind: a.sign.kind,
			Reason: record.Reason{
				Rule:  "“" + a.sign.words + "”, and the same matter: " + strings.Join(a.shared, ", "),
				Score: min(1, a.bits/60), Words: signWords(a.sign),
			},
		})
	}
	return out, nil
}

// ofReport is what an Index may have besides: the quotations of a report.
type ofReport interface {
	Keys(article string) ([]int64, error)
}

// few is how many later words are looked at without asking first which of them
// can answer the members.
const few = 16

// mayAnswer leaves, of a talkative speaker's words about earlier words, those
// that share content words with a member or stand in one report with it. What
// it takes away could answer none of them.
func (l *Lookback) mayAnswer(later []int64, members []*item) ([]int64, error) {
	shelf, ok := l.ix.(ofReport)
	if !ok || len(later) <= few {
		return later, nil
	}
	var may []int64
	seen := map[uint64]bool{}
	articles := map[string]bool{}
	for _, m := range members {
		if !articles[m.Article] {
			articles[m.Article] = true
			keys, err := shelf.Keys(m.Article)
			if err != nil {
				return nil, err
			}
			may = append(may, keys...)
		}
		if at := m.whole ^ speakerHash(m.Entry); !seen[at] {
			seen[at] = true
			for _, quoted := range []bool{true, false} {
				items, err := byStems(l.ix, m, quoted)
				if err != nil {
					return nil, err
				}
				for _, x := range items {
					may = append(may, x.Key)
				}
			}
		}
	}
	slices.Sort(may)
	return slices.DeleteFunc(later, func(k int64) bool { _, found := slices.BinarySearch(may, k); return !found }), nil
}

// Lookback looks up what was said later about many utterances: what some words
// answer is found out once.
type Lookback struct {
	ix    Index
	known map[int64]answer
}

// NewLookback is for an index that does not change meanwhile.
func NewLookback(ix Index) *Lookback { return &Lookback{ix, map[int64]answer{}} }

// answered is bestAnswered, remembered.
func (l *Lookback) answered(x *item) (answer, error) {
	if a, ok := l.known[x.Key]; ok {
		return a, nil
	}
	a, err := bestAnswered(l.ix, x)
	if err == nil {
		l.known[x.Key] = a
	}
	return a, err
}

func signWords(s signal) []record.Span {
	if s.context {
		return nil
	}
	return []record.Span{s.at}
}

func speakerHashes(members []*item) []uint64 {
	var out []uint64
	for _, m := range members {
		if h := speakerHash(m.Entry); h != 0 {
			out = append(out, h)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// besideReach is how far apart, in bytes, later words and a reprint of the
// earlier ones may stand for the report to set one beside the other.
const besideReach = 1500

// besideOlder finds what later words answer that name no matter of their own
// ("I never said I was leaving"): the older utterance of the same speaker that
// the report itself prints beside them.
func besideOlder(x *item, members []*item) (record.Clarification, bool) {
	sigs := signals(x)
	if len(sigs) == 0 || sigs[0].context || len(x.Parts) == 0 || !later(x.Entry, members[0].Entry) {
		return record.Clarification{}, false
	}
	for _, m := range members {
		if m.Article != x.Article || speakers(x.Entry, m.Entry) != sameWho || !m.quoted() || looksBack(m) || m.Where != x.Where {
			continue
		}
		if gap := m.Parts[0].Start - x.Parts[0].Start; gap > besideReach || gap < -besideReach {
			continue
		}
		return record.Clarification{Entry: *x.Entry, Of: m.Quotation, Kind: sigs[0].kind, Reason: record.Reason{
			Rule: "“" + sigs[0].words + "”, printed beside the older words", Score: .6, Words: signWords(sigs[0])}}, true
	}
	return record.Clarification{}, false
}

// answer is how later words stand to earlier ones.
type answer struct {
	target *item
	sign   signal
	bits   float64
	shared []string
	stems  []stem // the words shared, with their weights
}

// bestAnswered finds the earlier words that x speaks of: those it shares most
// with, among all its speaker's. An indirect report of them counts only where
// nothing quoted does.
func bestAnswered(ix Index, x *item) (answer, error) {
	var items []*item
	for _, quoted := range []bool{true, false} {
		more, err := byStems(ix, x, quoted)
		if err != nil {
			return answer{}, err
		}
		items = append(items, more...)
	}
	var best answer
	for _, t := range items {
		a := answers(x, t)
		if a.target == nil {
			continue
		}
		if best.target == nil || a.bits > best.bits || a.bits == best.bits && before(t.Entry, best.target.Entry) {
			best = a
		}
	}
	return best, nil
}

// answers decides about two entries alone.
func answers(x, t *item) answer {
	if x.Key == t.Key || speakers(x.Entry, t.Entry) != sameWho || later(t.Entry, x.Entry) {
		return answer{}
	}
	if x.Article == t.Article && !t.quoted() {
		return answer{} // "Roe denied that she was leaving": the report's own words for x
	}
	sigs := signals(x)
	if len(sigs) == 0 || looksBack(t) && !before(t.Entry, x.Entry) {
		return answer{}
	}
	if _, _, d := both(x, t); d.linked {
		return answer{} // the same words again
	}
	a := answer{target: t, sign: sigs[0]}
	n, rarest := 0, 0.0
	have := stemsOf(t.text, 0, t.text.Len())
	for _, s := range stemsOf(x.text, 0, x.text.Len()) {
		if slices.ContainsFunc(have, func(h stem) bool { return h.id == s.id }) && !s.name {
			n++
			a.bits += s.bits
			rarest = max(rarest, s.bits)
			a.shared = append(a.shared, x.text.toks[s.at].norm())
			a.stems = append(a.stems, s)
		}
	}
	least := float64(answerBits)
	if a.sign.context {
		least = contextBits
	}
	if a.bits < least || n < 2 && rarest < rareStem {
		return answer{}
	}
	if x.Article == t.Article {
		a.bits += sameReport
	}
	if !t.quoted() {
		a.bits -= 2 * sameReport
	}
	if looksBack(t) {
		a.bits -= 2 * sameReport // itself about earlier words: those are meant
	}
	return a
}

// later tells whether x was printed or said after y.
func later(x, y *record.Entry) bool {
	if x.Article == y.Article {
		return false
	}
	if x.Published.From.IsZero() || y.Published.From.IsZero() {
		return false
	}
	return x.Published.From.After(y.Published.From)
}

// repetitions finds the same words said again by the same speaker on another
// day: another utterance, shown beside this one.
func repetitions(ix Index, members []*item, fullest *item) ([]record.Clarification, error) {
	if fullest.Person == "" && fullest.Speaker == "" || !fullest.quoted() {
		return nil, nil // two reports in a report's own words are no words said twice
	}
	items, err := byWords(ix, fullest.text, []*item{fullest})
	if err != nil {
		return nil, err
	}
	var out []record.Clarification
	for _, x := range items {
		if slices.ContainsFunc(members, func(m *item) bool { return m.Key == x.Key }) || later(fullest.Entry, x.Entry) || !x.quoted() {
			continue
		}
		lo, hi := x, fullest
		if higher(x, fullest) {
			lo, hi = fullest, x
		}
		if d := decide(lo, hi); d.repeated {
			out = append(out, record.Clarification{
				Entry: *x.Entry, Of: fullest.Quotation, Kind: repetition,
				Reason: record.Reason{Rule: "the same words by the same speaker on another day", Score: min(1, (d.bits+40)/80)},
			})
		}
	}
	return out, nil
}

func sortClarifications(list []record.Clarification) {
	slices.SortFunc(list, func(a, b record.Clarification) int {
		return cmp.Or(compareEntries(&a.Entry, &b.Entry), cmp.Compare(a.Kind, b.Kind))
	})
}
