package trace

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

// mark is what the printing shows about a token or about the place before it.
type mark uint16

const (
	gapBefore      mark = 1 << iota // "…" stands before it, or the quotation is interrupted there
	sentenceBefore                  // a sentence ends before it
	clauseBefore                    // a comma, semicolon, colon or dash stands before it
	edited                          // wholly an editor's: inside [ ] or ( )
	partly                          // partly an editor's: [T]he, want[ed]
	wild                            // masked letters: sh*t, s--t
	capital                         // printed with a capital
	numeral                         // holds a digit
	function                        // a word of the list of function words
	open                            // 's or 'd, which may be several words
)

// token is one word of a text, folded so that the same word compares equal. It
// is half a cache line: texts are folded, kept and compared by the million.
type token struct {
	id         uint64 // of the word: hash of its norm
	w          *word
	start, end uint32 // bytes of the words it stands for
	gain       int32  // its bits in the whole numbers of the alignment
	mark       mark
}

func (t *token) is(m mark) bool { return t.mark&m != 0 }

// norm is the word in lower case, with a straight apostrophe; "n't" and
// "cannot" are taken apart, numbers are in digits.
func (t *token) norm() string { return t.w.norm }

// bits is how telling the word is: minus log2 of its frequency.
func (t *token) bits() float64 { return t.w.bits }

// span is the bytes of the words that it stands for.
func (t *token) span() record.Span { return record.Span{Start: int(t.start), End: int(t.end)} }

// stand makes the token stand for a word.
func (t *token) stand(w *word) { t.id, t.w, t.gain = w.id, w, w.gain }

// Text is words made comparable.
type Text struct {
	Words  string
	toks   []token
	gapEnd bool // "…" stands at the end
	bits   float64
}

// Len is the number of tokens.
func (t *Text) Len() int { return len(t.toks) }

// NewText makes words comparable: case, marks, dashes and white space are
// dropped, contractions are taken apart, numbers are written in digits.
// Every token keeps its place in words.
func NewText(words string) *Text { return newText(words, nil) }

// newText is NewText with the places where the quotation is interrupted
// ("…," he said, "…"): byte offsets in words where a further part begins.
func newText(words string, parts []int) *Text {
	t := &Text{}
	t.fold(words, parts)
	return t
}

func (t *Text) fold(words string, parts []int) {
	s := scanners.Get().(*scanner)
	toks := s.scan(words, parts)
	t.Words, t.toks, t.gapEnd = words, append(make([]token, 0, len(toks)), toks...), s.pending&gapBefore != 0
	s.release()
	for i := range t.toks {
		t.bits += t.toks[i].w.bits
	}
}

// entryText makes the words of an entry comparable, with the borders of its
// parts as places where something may be left out.
func entryText(t *Text, e *record.Entry) {
	var parts []int
	if len(e.Parts) > 1 {
		at := 0
		for _, p := range e.Parts[:len(e.Parts)-1] {
			at += p.Len() + 1
			parts = append(parts, at)
		}
		if at >= len(e.Words) { // the words are not the parts (indirect: the content)
			parts = nil
		}
	}
	t.fold(e.Words, parts)
}

// scanner walks over words once.
type scanner struct {
	words   string
	parts   []int
	at      int
	bracket int  // depth of [ ] or ( ) at at
	pending mark // what stands before the next token
	toks    []token
	buf     []byte
	lex     *vocabulary
	strange strangers
	careful bool    // fold every word the slow way
	only    *bitset // where it is set, plain words whose spelling it lacks are passed over
}

func (s *scanner) run() {
	for s.at < len(s.words) {
		if len(s.parts) > 0 && s.at >= s.parts[0] {
			s.pending |= gapBefore
			s.parts = s.parts[1:]
		}
		if s.words[s.at] == ' ' {
			s.at++
			continue
		}
		if s.plainWord() {
			continue
		}
		r, n := utf8.DecodeRuneInString(s.words[s.at:])
		switch {
		case isWord(r):
			s.word()
		case r == '$' || r == '£' || r == '€' || r == '%':
			s.emit(symbols[r], record.Span{Start: s.at, End: s.at + n}, 0)
			s.at += n
		default:
			s.punctuation(r, n)
		}
	}
}

// symbols are written as the word that speech has for them.
var symbols = map[rune]string{'$': "dollars", '£': "pounds", '€': "euros", '%': "percent"}

func (s *scanner) punctuation(r rune, n int) {
	end := s.at + n
	switch r {
	case '…':
		s.pending |= gapBefore
	case '.':
		if dots, stop := dotRun(s.words[s.at:]); dots > 1 {
			s.pending |= gapBefore
			if dots > 3 {
				s.pending |= sentenceBefore
			}
			end = s.at + stop
		} else {
			s.pending |= sentenceBefore
		}
	case '!', '?', '\n':
		s.pending |= sentenceBefore
	case ',', ';', ':', '–', '—':
		s.pending |= clauseBefore
	case '-':
		if strings.HasPrefix(s.words[s.at:], "--") || strings.HasPrefix(s.words[s.at:], "- ") {
			s.pending |= clauseBefore
		}
	case '[', '(':
		if closes(s.words[end:], r) {
			s.bracket++
		}
	case ']', ')':
		if s.bracket > 0 {
			s.bracket--
		}
	}
	s.at = end
}

// closes tells whether a bracket opened just before rest is closed soon: an
// editor adds words, not paragraphs, and ":(" opens nothing.
func closes(rest string, open rune) bool {
	const longest = 160 // bytes
	if len(rest) > longest {
		rest = rest[:longest]
	}
	if open == '(' {
		return strings.IndexByte(rest, ')') >= 0
	}
	return strings.IndexByte(rest, ']') >= 0
}

// dotRun counts the full stops of "...", ". . ." and tells where they end.
func dotRun(s string) (dots, end int) {
	for i := 0; i < len(s); {
		if s[i] == '.' {
			dots++
			i++
			end = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsSpace(r) || r == '\n' {
			break
		}
		i += n
	}
	return dots, end
}

func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '‘' || r == '`' }

// word scans one printed word, folded into s.buf, and emits its tokens.
func (s *scanner) word() {
	start := s.at
	var m mark
	inside, outside := false, false // letters in brackets, letters not
	s.buf = s.buf[:0]
	first := true
	for s.at < len(s.words) {
		r, n := utf8.DecodeRuneInString(s.words[s.at:])
		switch {
		case isWord(r):
			if first && unicode.IsUpper(r) {
				m |= capital
			}
			if '0' <= r && r <= '9' {
				m |= numeral
			}
			if s.bracket > 0 {
				inside = true
			} else {
				outside = true
			}
			s.buf = appendFolded(s.buf, r)
		case isApostrophe(r) && s.wordAfter(n):
			s.buf = append(s.buf, '\'')
		case (r == '.' || r == ',') && m&numeral != 0 && s.digitAfter(n):
			if r == '.' {
				s.buf = append(s.buf, '.')
			}
		case r == '.' && s.initialism(start, n):
			// u.s. = us, a.m. = am: the stops are no words
		case (r == '*' || r == '-') && s.masked(start):
			m |= wild
			s.buf = append(s.buf, '*')
		case (r == '[' || r == ']') && s.wordAfter(n):
			if r == '[' {
				if closes(s.words[s.at+n:], r) {
					s.bracket++
				}
			} else if s.bracket > 0 {
				s.bracket--
			}
		default:
			goto done
		}
		first = false
		s.at += n
	}
done:
	if inside && !outside {
		m |= edited
	} else if inside {
		m |= partly
	}
	s.split(record.Span{Start: start, End: s.at}, m)
}

// wordAfter tells whether a letter stands right after the rune of n bytes.
func (s *scanner) wordAfter(n int) bool {
	r, _ := utf8.DecodeRuneInString(s.words[s.at+n:])
	return r != utf8.RuneError && isWord(r)
}

func (s *scanner) digitAfter(n int) bool {
	i := s.at + n
	return i < len(s.words) && '0' <= s.words[i] && s.words[i] <= '9'
}

// initialism tells whether the full stop here belongs to "U.S." or "p.m.":
// one letter before it, and before that a stop or the beginning of the word.
func (s *scanner) initialism(start, n int) bool {
	i := s.at
	if i-start < 1 || i-start >= 2 && s.words[i-2] != '.' {
		return false
	}
	c := s.words[i-1] | 0x20
	if c < 'a' || c > 'z' {
		return false
	}
	if i-start >= 2 { // the second or a later stop
		return !strings.HasPrefix(s.words[i:], "..")
	}
	// The first: only where one letter and a stop follow (not "I. Then").
	return i+2 < len(s.words) && s.wordAfter(n) && s.words[i+2] == '.'
}

// masked tells whether the "*" or "-" here hides letters: sh*t, f***, s--t.
// A double hyphen after a whole word is a dash.
func (s *scanner) masked(start int) bool {
	rest := s.words[s.at:]
	if rest[0] == '*' {
		return s.wordAfter(1) || strings.HasPrefix(rest, "**") || s.words[s.at-1] == '*' && s.at-2 >= start
	}
	run := len(rest) - len(strings.TrimLeft(rest, "-"))
	if s.words[s.at-1] == '-' && len(s.buf) > 0 && s.buf[len(s.buf)-1] == '*' {
		return true
	}
	if run < 2 || run > 6 || s.at-start != 1 {
		return false
	}
	switch s.words[start] | 0x20 {
	case 'a', 'i', 'o':
		return false
	}
	return true
}

// appendFolded appends r in lower case, without the accent that a careless
// keyboard leaves out for the commonest Latin letters.
func appendFolded(b []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(b, byte(r))
	}
	r = unicode.ToLower(r)
	if plain, ok := unaccented[r]; ok {
		return append(b, plain)
	}
	if unicode.Is(unicode.Mn, r) { // an accent set as a character of its own
		return b
	}
	return utf8.AppendRune(b, r)
}

var unaccented = func() map[rune]byte {
	m := map[rune]byte{}
	for plain, letters := range map[byte]string{
		'a': "àáâãäå", 'c': "ç", 'e': "èéêë", 'i': "ìíîï", 'n': "ñ", 'o': "òóôõöø", 'u': "ùúûü", 'y': "ýÿ",
	} {
		for _, r := range letters {
			m[r] = plain
		}
	}
	return m
}()

// split emits the printed word in s.buf as one token, or as two where it is
// a contraction: "don't" = do + not, "she's" = she + 's.
func (s *scanner) split(span record.Span, m mark) {
	w := s.buf
	if len(w) == 0 { // a lone accent
		return
	}
	at := strings.IndexByte(string(w), '\'')
	if m&wild != 0 || at < 0 {
		if string(w) == "cannot" {
			s.emit("can", record.Span{Start: span.Start, End: span.Start + 3}, m)
			s.emit("not", record.Span{Start: span.Start + 3, End: span.End}, m&^(capital))
			return
		}
		s.emitBytes(w, span, m)
		return
	}
	head, tail := string(w[:at]), string(w[at:])
	if strings.HasSuffix(head, "n") && tail == "'t" {
		head, tail = head[:len(head)-1], "n't"
	}
	full, known := contractions[tail]
	if !known || head == "" { // o'clock, d'Or: one word without the mark
		if plain := strings.ReplaceAll(string(w), "'", ""); plain != "" { // not lone accents round a mark
			s.emit(plain, span, m)
		}
		return
	}
	switch head + tail {
	case "won't":
		head = "will"
	case "can't", "shan't":
		head = map[string]string{"ca": "can", "sha": "shall"}[head]
	}
	cut := s.tailStart(span, tail)
	s.emit(head, record.Span{Start: span.Start, End: cut}, m)
	s.emit(full, record.Span{Start: cut, End: span.End}, m&^(capital|numeral))
}

// contractions are the tails that are words of their own. 's (is, has, 's)
// and 'd (would, had) stay open; sameWord lets them meet either.
var contractions = map[string]string{
	"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'s": "'s", "'d": "'d",
}

// tailStart finds where the contracted tail begins in the printed word.
func (s *scanner) tailStart(span record.Span, tail string) int {
	i := span.End
	for want := utf8.RuneCountInString(tail); want > 0 && i > span.Start+1; {
		r, n := utf8.DecodeLastRuneInString(s.words[span.Start:i])
		i -= n
		if isWord(r) || isApostrophe(r) {
			want--
		}
	}
	return i
}

func (s *scanner) emitBytes(w []byte, span record.Span, m mark) {
	h := hashBytes(w)
	v := s.lex.known(h)
	if v == nil {
		v = s.strange.find(h)
	}
	if v == nil { // only a word that was not met lately is made a string
		v = s.strange.add(s.lex, h, string(w), m)
	}
	s.push(v, span, m)
}

func (s *scanner) emit(norm string, span record.Span, m mark) {
	h := hashWord(norm)
	v := s.lex.known(h)
	if v == nil {
		v = s.strange.find(h)
	}
	if v == nil {
		v = s.strange.add(s.lex, h, norm, m)
	}
	s.push(v, span, m)
}

func (s *scanner) push(w *word, span record.Span, m mark) {
	if w.function {
		m |= function
	}
	if s.bracket > 0 && m&partly == 0 {
		m |= edited
	}
	if w.norm[0] == '\'' {
		m |= open
	}
	s.toks = append(s.toks, token{id: w.id, w: w, start: uint32(span.Start), end: uint32(span.End), gain: w.gain, mark: m | s.pending})
	s.pending = 0
}

// joinNumerals makes "twenty five" and "twenty-five" the token 25, and "per
// cent" percent, so that house styles compare equal.
func joinNumerals(toks []token) []token {
	first := 1
	for first < len(toks) && !isUnit(&toks[first]) && toks[first].norm() != "cent" {
		first++
	}
	if first >= len(toks) {
		return toks // the usual case: nothing to join, nothing to copy
	}
	out := toks[:first]
	for _, t := range toks[first:] {
		if n := len(out); n > 0 && isTens(&out[n-1]) && isUnit(&t) && t.mark&(gapBefore|sentenceBefore|clauseBefore|edited) == out[n-1].mark&edited {
			p := &out[n-1]
			norm := p.norm()[:1] + t.norm()
			w := lexicon().known(hashWord(norm))
			if w == nil {
				w = newWord(norm, unknownBits(numeral))
			}
			p.stand(w)
			p.end = t.end
			continue
		}
		if n := len(out); n > 0 && t.norm() == "cent" && out[n-1].norm() == "per" {
			p := &out[n-1]
			p.stand(lexicon().known(hashPercent))
			p.mark, p.end = p.mark&^function, t.end
			continue
		}
		out = append(out, t)
	}
	return out
}

var hashPercent = hashWord("percent")

func isTens(t *token) bool {
	n := t.w.norm
	return !t.is(numeral) && len(n) == 2 && n[1] == '0' && '2' <= n[0] && n[0] <= '9'
}

func isUnit(t *token) bool {
	n := t.w.norm
	return !t.is(numeral) && len(n) == 1 && '1' <= n[0] && n[0] <= '9'
}
