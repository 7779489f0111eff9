package quote

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"onrecord/internal/lang"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Told is one attribution as a finder sees it: the words of its cue, source
// and content, in order of place. Any of them may be missing.
type Told struct{ Cue, Source, Content []record.Span }

// enoughMarked is how many marked words show that content was uttered where
// the cue tells nothing; fewer are mostly names and scare quotes.
const enoughMarked = 3

// ActOf tells whether the source said the content, wrote it, or only thought,
// felt, wanted, decided or did it. It leans to thought: a thought shown as
// words said is the worse error, so that a cue no list knows is speech only
// where the content holds marked words.
//
// The first listed word of the cue decides ("wants to say" is a wish, "said
// they hope" is speech), but for a participle that begins a clause of its own
// ("sued, claiming"). Speech by or in a written thing is writing ("said in a
// statement", "the report says"). Verbs of cues.txt do what cues.txt says;
// acts.txt has the rest. A negation leaves the act as it is ("did not say
// whether"), except where it tells of silence ("did not respond").
func ActOf(d *text.Doc, t Told) record.Act {
	r := actReader{acts: actsOf(d.Lang), grammar: lexiconOf(d.Lang).grammar, cue: wordsIn(d, t.Cue), marked: holdsMarked(d, t)}
	r.source = r.acts.nature(d, t.Source)
	r.next = nextWord(d, t)
	return r.act()
}

// actMark is what acts.txt says of a word beside its act.
type actMark uint8

const (
	light actMark = 1 << iota
	silent
	shows
	paper
	mute
	denies
)

var actMarks = map[string]actMark{"light": light, "silent": silent, "shows": shows, "paper": paper, "mute": mute, "denies": denies}

// actWord is one listed form.
type actWord struct {
	rest []string // the words after the first
	act  record.Act
	mark actMark
}

// actWords are the listed forms by their first word, the longest first.
type actWords map[string][]actWord

var (
	actsMu sync.Mutex
	actsBy = map[string]actWords{}
)

func actsOf(l *lang.Lang) actWords {
	actsMu.Lock()
	defer actsMu.Unlock()
	if x := actsBy[l.Code]; x != nil {
		return x
	}
	x := actWords{}
	// cues.txt first: where both lists give an act, its act stands.
	for _, name := range []string{"cues", "acts"} {
		for _, e := range l.List(name).Entries {
			for _, w := range strings.Fields(e.Word) {
				x.add(strings.Split(w, "_"), strings.Fields(e.Value))
			}
		}
	}
	for _, list := range x {
		slices.SortStableFunc(list, func(a, b actWord) int { return len(b.rest) - len(a.rest) })
	}
	actsBy[l.Code] = x
	return x
}

func (x actWords) add(words, values []string) {
	var w actWord
	for _, v := range values {
		switch a := record.Act(v); a {
		case record.Speech, record.Writing, record.Thought:
			w.act = a
		default:
			w.mark |= actMarks[v]
		}
	}
	w.rest = words[1:]
	list := x[words[0]]
	for i := range list {
		if slices.Equal(list[i].rest, w.rest) {
			list[i].mark |= w.mark
			if list[i].act == "" {
				list[i].act = w.act
			}
			return
		}
	}
	x[words[0]] = append(list, w)
}

// at is the longest listed form at words[i]; it may run one word past the cue.
func (x actWords) at(words []string, i int, next string) (actWord, bool) {
	after := words[i+1:]
	for _, w := range x[words[i]] {
		n := len(w.rest)
		inside := n <= len(after) && slices.Equal(w.rest, after[:n])
		across := n > 0 && n == len(after)+1 && w.rest[n-1] == next && slices.Equal(w.rest[:n-1], after)
		if inside || across {
			return w, true
		}
	}
	return actWord{}, false
}

// actReader reads one cue.
type actReader struct {
	acts    actWords
	grammar map[string]class
	cue     []string // lower case, with its punctuation
	next    string   // the first word of a content that follows the cue
	source  actMark  // paper, mute, or 0 for somebody
	marked  bool     // the content holds marked words
}

func (r *actReader) act() record.Act {
	w, inPaper := r.decisive()
	onPaper := inPaper || r.source == paper
	switch {
	case w == nil:
		return r.unlisted(onPaper)
	case w.act == record.Thought, w.mark&silent != 0 && r.negated():
		return record.Thought
	case w.act != "" && r.source == mute && !r.marked, w.act == "" && r.source != paper:
		return record.Thought
	case onPaper:
		return record.Writing
	}
	return w.act
}

// unlisted is the act of a cue without a listed word. One without any word is
// a colon or a dash: "Calder: No more boats".
func (r *actReader) unlisted(onPaper bool) record.Act {
	wordless := !slices.ContainsFunc(r.cue, hasLetter)
	switch {
	case onPaper:
		return record.Writing
	case r.marked, wordless && len(r.cue) > 0:
		return record.Speech
	}
	return record.Thought
}

// decisive is the word of the cue that tells the act, or nil, and whether the
// cue names a written thing.
func (r *actReader) decisive() (decisive *actWord, inPaper bool) {
	for i := 0; i < len(r.cue); i++ {
		w, ok := r.acts.at(r.cue, i, r.next)
		if !ok {
			continue
		}
		switch tells := w.act != "" || w.mark&shows != 0; {
		case w.mark&light != 0:
		case !tells:
			inPaper = inPaper || w.mark&paper != 0
		case decisive == nil, decisive.act == "", w.act != record.Thought && r.clauseAt(i):
			decisive = &w
		}
		i += min(len(w.rest), len(r.cue)-1-i)
	}
	return decisive, inPaper
}

// clauseAt tells a participle that begins a clause of its own: ", claiming".
func (r *actReader) clauseAt(i int) bool {
	return i > 0 && strings.HasSuffix(r.cue[i], "ing") && (r.cue[i-1] == "," || r.grammar[r.cue[i-1]]&conj != 0)
}

// negated tells a cue that denies: "did not reply", "never mentioned".
func (r *actReader) negated() bool {
	return slices.ContainsFunc(r.cue, func(word string) bool {
		return r.grammar[word]&neg != 0 || slices.ContainsFunc(r.acts[word], func(w actWord) bool { return w.mark&denies != 0 })
	})
}

// nature tells a source that is a written thing or a mute one by the head of
// its phrase: the last word before a preposition, a comma or a relative.
func (x actWords) nature(d *text.Doc, source []record.Span) actMark {
	if len(source) == 0 {
		return 0
	}
	grammar := lexiconOf(d.Lang).grammar
	first, end := d.TokensIn(source[0])
	for i := first + 1; i < end; i++ {
		t := &d.Tokens[i]
		// "a poll released on Monday", "a poll this month": the noun ends there.
		after := strings.HasSuffix(t.Lower, "ed") || strings.HasSuffix(t.Lower, "ing") || grammar[t.Lower]&(det|timeWord) != 0
		if after && x.medium(d.Tokens[i-1].Lower) != 0 || t.Kind != text.Word || grammar[t.Lower]&(prep|rel|comp) != 0 {
			end = i
		}
	}
	if end-1 > first && strings.HasSuffix(d.Tokens[end-1].Lower, "'s") {
		end--
	}
	if first >= end {
		return 0
	}
	if m := x.medium(d.Tokens[end-1].Lower); m != 0 {
		return m
	}
	if isOutlet(d, first, end) {
		return paper
	}
	return 0
}

// medium tells a word for a written thing or a mute one.
func (x actWords) medium(word string) actMark {
	for _, w := range x[word] {
		if m := w.mark & (paper | mute); m != 0 && len(w.rest) == 0 {
			return m
		}
	}
	return 0
}

// isOutlet tells the name of a paper, by its whole or by its last word.
func isOutlet(d *text.Doc, first, end int) bool {
	if d.Tokens[first].Lower == "the" && end-first > 1 {
		first++
	}
	outlets := d.Lang.List("outlets")
	var name []string
	for i := first; i < end; i++ {
		name = append(name, d.Tokens[i].Lower)
	}
	if v, ok := outlets.Value(strings.Join(name, " ")); ok && v == "outlet" {
		return true
	}
	v, _ := outlets.Value(name[len(name)-1])
	return d.Tokens[end-1].Cap && end-first > 1 && strings.HasPrefix(v, "ending")
}

// wordsIn are the tokens of some spans in lower case, a token that a span cuts
// ("self-|described|") as far as the span goes.
func wordsIn(d *text.Doc, spans []record.Span) []string {
	var words []string
	for _, s := range spans {
		for i := d.TokenAt(s.Start); i < len(d.Tokens) && d.Tokens[i].Start < s.End; i++ {
			t := d.Tokens[i].Span
			if s.Contains(t) {
				words = append(words, d.Tokens[i].Lower)
				continue
			}
			cut := record.Span{Start: max(s.Start, t.Start), End: min(s.End, t.End)}
			words = append(words, strings.Trim(strings.ToLower(cut.Of(d.Text)), "-–'’"))
		}
	}
	return words
}

// nextWord is the word after the cue in which a phrase of the lists may end:
// the first of a content that follows at once (agreed <to pay>), else the one
// before the content (agreed on Monday to <a pay rise>).
func nextWord(d *text.Doc, t Told) string {
	if len(t.Cue) == 0 || len(t.Content) == 0 {
		return ""
	}
	cue := d.TokenAt(t.Cue[len(t.Cue)-1].End - 1)
	content := d.TokenAt(t.Content[0].Start)
	switch {
	case content <= cue || content >= len(d.Tokens):
		return ""
	case content == cue+1:
		return d.Tokens[content].Lower
	}
	return d.Tokens[content-1].Lower
}

// holdsMarked tells that marks inside the content hold enough words, or all of
// it. Marks round the cue as well are those of somebody who tells of it.
func holdsMarked(d *text.Doc, t Told) bool {
	around := int32(-1)
	if len(t.Cue) > 0 {
		if first, end := d.TokensIn(t.Cue[0]); first < end {
			around = d.Tokens[first].Mark
		}
	}
	marked, all := 0, 0
	for _, s := range t.Content {
		first, end := d.TokensIn(s)
		for _, tok := range d.Tokens[first:end] {
			if tok.Kind != text.Word && tok.Kind != text.Number {
				continue
			}
			all++
			if tok.Mark >= 0 && tok.Mark != around {
				marked++
			}
		}
	}
	return marked >= enoughMarked || marked > 0 && marked == all
}

func hasLetter(word string) bool { return strings.IndexFunc(word, unicode.IsLetter) >= 0 }
