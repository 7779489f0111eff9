package eval

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/record"
)

// change is one text made out of a quotation, and what a check of it must say.
type change struct {
	kind    string
	words   string
	by      string
	verdict record.Verdict
	alarm   record.Alarm   // the planted alarm, or ""
	may     []record.Alarm // alarms that the change may give cause for: not counted
}

// alteration makes a change of words; ok is false where the words do not lend
// themselves to it.
type alteration struct {
	kind  string
	alarm record.Alarm
	make  func(p *planter, words string) (changed string, verdict record.Verdict, ok bool)
}

// planter makes changes, the same for the same seed.
type planter struct {
	rng    *rand.Rand
	others []string // words of other quotations, for splices and replacements
}

var alterations = []alteration{
	{"verbatim", "", verbatim},
	{"case and typography", "", typography},
	{"brackets", "", brackets},
	{"cut front", "", cutFront},
	{"cut end", "", cutEnd},
	{"ellipsis", "", ellipsis},
	{"unmarked omission", "", omission},
	{"word replaced", "", replaced},
	{"negation dropped", record.AlarmNegation, negationDropped},
	{"hedge dropped", record.AlarmHedge, hedgeDropped},
	{"number changed", record.AlarmNumber, numberChanged},
	{"two spliced", "", spliced},
}

func verbatim(_ *planter, words string) (string, record.Verdict, bool) {
	return words, record.Exact, true
}

// typography prints the same words with other marks, dashes and case.
func typography(_ *planter, words string) (string, record.Verdict, bool) {
	out := strings.NewReplacer("’", "'", "‘", "'", "—", " - ", "–", "-").Replace(words)
	if out == words {
		out = strings.NewReplacer("'", "’").Replace(words)
	}
	first := []rune(out)
	if unicode.IsUpper(first[0]) {
		first[0] = unicode.ToLower(first[0])
	} else {
		first[0] = unicode.ToUpper(first[0])
	}
	return strings.TrimRight(string(first), ".,") + ",", record.Normalised, true
}

// brackets sets an editor's word into the middle.
func brackets(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	at := p.within(w, 3, 3)
	if at < 0 {
		return "", "", false
	}
	return strings.Join(slices.Insert(w, at, "[sic]"), " "), record.Normalised, true
}

func cutFront(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	at := p.within(w, 3, 7)
	if at < 0 {
		return "", "", false
	}
	return strings.Join(w[at:], " "), record.Truncated, true
}

func cutEnd(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	at := p.within(w, 7, 3)
	if at < 0 {
		return "", "", false
	}
	return strings.TrimRight(strings.Join(w[:at], " "), ",;:—- "), record.Truncated, true
}

func ellipsis(p *planter, words string) (string, record.Verdict, bool) {
	out, ok := p.leaveOut(words, "…")
	return out, record.Truncated, ok
}

func omission(p *planter, words string) (string, record.Verdict, bool) {
	out, ok := p.leaveOut(words, "")
	return out, record.AlteredWords, ok
}

// leaveOut drops two to four words inside and sets mark in their place.
func (p *planter) leaveOut(words, mark string) (string, bool) {
	w := strings.Fields(words)
	at := p.within(w, 4, 8)
	if at < 0 {
		return "", false
	}
	n := 2 + p.rng.IntN(3)
	kept := slices.Clone(w[:at])
	if mark != "" {
		kept = append(kept, mark)
	}
	out := strings.Join(append(kept, w[at+n:]...), " ")
	// Leaving out one of two like stretches leaves the same words behind.
	return out, out != words && bare(w[at]) != bare(w[at+n])
}

// within picks a place with at least before words before and after words
// behind it; -1 where there is none.
func (p *planter) within(w []string, before, after int) int {
	if len(w) < before+after+1 {
		return -1
	}
	return before + p.rng.IntN(len(w)-before-after)
}

// replaced puts another content word, out of another quotation, in the place
// of one.
func replaced(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	at := p.pick(w, func(s string) bool { return plain(s) })
	others := strings.Fields(p.others[p.rng.IntN(len(p.others))])
	from := p.pick(others, func(s string) bool { return plain(s) && !strings.Contains(words, bare(s)) })
	if at < 0 || from < 0 || len(w) < 8 {
		return "", "", false
	}
	w[at] = strings.Replace(w[at], bare(w[at]), bare(others[from]), 1)
	return strings.Join(w, " "), record.AlteredWords, true
}

// pick is a random place whose word will do; -1 where there is none.
func (p *planter) pick(w []string, will func(string) bool) int {
	var at []int
	for i, s := range w {
		if will(s) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return -1
	}
	return at[p.rng.IntN(len(at))]
}

// bare is a word without the punctuation round it.
func bare(s string) string {
	return strings.TrimFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// plain tells a lower-case content word that is no negation, hedge, condition
// or number.
func plain(s string) bool {
	b := bare(s)
	if len(b) < 6 || triggers(b) != nil {
		return false
	}
	for _, c := range b {
		if !unicode.IsLower(c) {
			return false
		}
	}
	return true
}

// negationDropped takes out "not", "never" or the "n't" of a verb.
func negationDropped(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(strings.ReplaceAll(words, "’", "'"))
	at := p.pick(w, func(s string) bool {
		b := strings.ToLower(bare(s))
		return b == "not" || b == "never" || strings.HasSuffix(b, "n't")
	})
	if at < 0 || len(w) < 8 {
		return "", "", false
	}
	kept := strings.Fields(words)
	if b := strings.ToLower(bare(w[at])); b == "not" || b == "never" {
		if at == 0 {
			return "", "", false // a cut at the front
		}
		return strings.Join(slices.Delete(kept, at, at+1), " "), record.AlteredWords, true
	}
	verb := strings.NewReplacer("can't", "can", "won't", "will", "Can't", "Can", "Won't", "Will", "n't", "").Replace(w[at])
	kept[at] = verb
	return strings.Join(kept, " "), record.AlteredWords, true
}

// hedgeDropped takes out an adverb of doubt or "I think".
func hedgeDropped(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	doubt := func(s string) bool {
		switch strings.ToLower(bare(s)) {
		case "probably", "perhaps", "maybe", "possibly", "likely", "apparently":
			return true
		}
		return false
	}
	var at []int
	n := map[int]int{}
	for i := 1; i+1 < len(w); i++ {
		if doubt(w[i]) {
			at, n[i] = append(at, i), 1
		} else if i+2 < len(w) && w[i] == "I" && (bare(w[i+1]) == "think" || bare(w[i+1]) == "believe" || bare(w[i+1]) == "guess") {
			at, n[i] = append(at, i), 2
		}
	}
	if len(at) == 0 || len(w) < 8 {
		return "", "", false
	}
	i := at[p.rng.IntN(len(at))]
	return strings.Join(slices.Delete(w, i, i+n[i]), " "), record.AlteredWords, true
}

// numberChanged changes a digit of a number.
func numberChanged(p *planter, words string) (string, record.Verdict, bool) {
	w := strings.Fields(words)
	at := p.pick(w, func(s string) bool { return strings.ContainsAny(s, "123456789") })
	if at < 0 || len(w) < 8 {
		return "", "", false
	}
	b := []byte(w[at])
	i := strings.IndexAny(w[at], "123456789")
	b[i] = '1' + (b[i]-'1'+1+byte(p.rng.IntN(8)))%9
	w[at] = string(b)
	return strings.Join(w, " "), record.AlteredWords, true
}

// spliced runs the beginning of the words into the end of another quotation's.
func spliced(p *planter, words string) (string, record.Verdict, bool) {
	w, o := strings.Fields(words), strings.Fields(p.others[p.rng.IntN(len(p.others))])
	if len(w) < 10 || len(o) < 10 || strings.Join(w, " ") == strings.Join(o, " ") {
		return "", "", false
	}
	first := strings.TrimRight(strings.Join(w[:max(8, len(w)*2/3)], " "), ".,;:!?…")
	return first + " " + strings.Join(o[min(len(o)-8, len(o)/3):], " "), record.Spliced, true
}

// triggers are the alarms that a word's loss may give cause for.
func triggers(word string) []record.Alarm {
	word = strings.ReplaceAll(strings.ToLower(bare(word)), "’", "'")
	var out []record.Alarm
	if uses["negation"][word] || strings.HasSuffix(word, "n't") {
		out = append(out, record.AlarmNegation)
	}
	if uses["hedge"][word] {
		out = append(out, record.AlarmHedge)
	}
	if uses["condition"][word] {
		out = append(out, record.AlarmCondition)
	}
	if uses["number"][word] || strings.ContainsAny(word, "0123456789") {
		out = append(out, record.AlarmNumber)
	}
	return out
}

// mayAlarm are the alarms that the words lost or added between full and here
// give cause for; a change of capitalised words may alarm for a name.
func mayAlarm(full, here string) []record.Alarm {
	left := map[string]int{}
	for _, w := range strings.Fields(full) {
		left[bare(w)]++
	}
	for _, w := range strings.Fields(here) {
		left[bare(w)]--
	}
	var out []record.Alarm
	for _, w := range sortedKeys(left) {
		if left[w] == 0 || w == "" {
			continue
		}
		out = append(out, triggers(w)...)
		if unicode.IsUpper([]rune(w)[0]) {
			out = append(out, record.AlarmName)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
