package extract

import (
	"sort"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/lang"
	"onrecord/internal/record"
)

// patterns are the lists "boilerplate" and "captions" of one language, sorted
// by how each phrase is met.
type patterns struct {
	whole, list, role       map[string]bool
	start, link, embed, has []string
	by, wrote               []string
	call                    map[string][]string // by its first word
	captionStart, agency    []string
	credit                  map[string]bool
}

var (
	loaded   = map[*lang.Lang]*patterns{}
	loadedMu sync.Mutex
)

func load(l *lang.Lang) *patterns {
	loadedMu.Lock()
	defer loadedMu.Unlock()
	if p := loaded[l]; p != nil {
		return p
	}
	p := &patterns{whole: map[string]bool{}, list: map[string]bool{}, role: map[string]bool{}, credit: map[string]bool{}, call: map[string][]string{}}
	for _, e := range l.List("boilerplate").Entries {
		for _, how := range strings.Fields(e.Value) {
			p.add(how, e.Word)
		}
	}
	for _, e := range l.List("captions").Entries {
		for _, how := range strings.Fields(e.Value) {
			p.add("caption "+how, e.Word)
		}
	}
	loaded[l] = p
	return p
}

func (p *patterns) add(how, phrase string) {
	switch how {
	case "whole":
		p.whole[phrase] = true
	case "list":
		p.list[phrase] = true
	case "role":
		p.role[phrase] = true
	case "start":
		p.start = append(p.start, phrase)
	case "link":
		p.link = append(p.link, phrase)
	case "embed":
		p.embed = append(p.embed, phrase)
	case "has":
		p.has = append(p.has, phrase)
	case "wrote":
		p.wrote = append(p.wrote, phrase)
	case "call":
		word, _, _ := strings.Cut(phrase, " ")
		p.call[word] = append(p.call[word], phrase)
	case "by":
		p.by = append(p.by, phrase)
	case "caption start":
		p.captionStart = append(p.captionStart, phrase)
	case "caption credit":
		p.credit[phrase] = true
	case "caption agency":
		p.agency = append(p.agency, phrase)
	}
}

// The most words of a line that a pattern may pass over. A promo runs longer
// than a line that leads elsewhere; a caption is a sentence or two.
const (
	maxLinkWords    = 30
	maxPromoWords   = 120
	maxStartWords   = 60
	maxCaptionWords = 70
	maxHasWords     = 40
	// speechWords: so many words inside marks are speech until shown
	// otherwise; titles and slogans are mostly shorter.
	speechWords = 4
)

// unit is a line of the text, or a paragraph broken into lines of one width,
// without the white space round it.
type unit struct {
	record.Span
	low   string // in lower case, white space single
	words int
	after bool // it goes on from an unfinished line just above: no line of its own
}

// passedOver finds what is no report in text from body on.
func passedOver(text string, body int, code string) []record.Passed {
	p := load(lang.For(code))
	us := units(text, body)
	var out []record.Passed
	inList := false
	for i, u := range us {
		why := p.why(text, u)
		if why == "" && repeated(text, us, i) {
			why = record.WhyCaption
		}
		if why == "" && inList && p.listed(text, u) {
			why = record.WhyBoilerplate
		}
		switch {
		case why == "":
			inList = false
		case p.list[strings.TrimRight(u.low, " :»>")]:
			inList = true
		}
		if why != "" {
			out = append(out, record.Passed{Span: u.Span, Why: why})
		}
	}
	return out
}

// why tells for what reason a line is passed over; "": it is not.
func (p *patterns) why(text string, u unit) string {
	bare := strings.TrimRight(u.low, " .:!…»>→|")
	switch {
	case u.after:
		return ""
	case p.whole[bare] || p.list[bare]:
		return record.WhyBoilerplate
	case u.words <= maxLinkWords && begins(u.low, p.link):
		return record.WhyBoilerplate
	case u.words <= maxHasWords && begins(u.low, p.embed):
		return record.WhyEmbed
	case holdsSpeech(u.Of(text)):
		return ""
	case p.promo(u):
		return record.WhyBoilerplate
	case p.caption(u):
		return record.WhyCaption
	case p.byline(u.Of(text)) || p.credits(u.Of(text), u):
		return record.WhyByline
	}
	return ""
}

func (p *patterns) promo(u unit) bool {
	if u.words <= maxStartWords && begins(u.low, p.start) {
		return true
	}
	if u.words <= maxHasWords {
		for _, phrase := range p.has {
			if strings.Contains(u.low, phrase) {
				return true
			}
		}
	}
	if u.words > maxPromoWords {
		return false
	}
	return p.invites(u.low)
}

// invites tells whether a line holds two different invitations that share no
// words ("subscribe now" holds "subscribe"), one of them at the head of a
// sentence: a report may well say that people can sign up for a newsletter.
func (p *patterns) invites(low string) bool {
	var first string
	found, head := 0, false
	for at := 0; at < len(low); {
		end := at
		for end < len(low) && low[end] != ' ' {
			end++
		}
		word := strings.TrimLeft(low[at:end], "\"'“‘([*")
		from := end - len(word)
		if phrase := p.callAt(low[from:]); phrase != "" {
			before := strings.TrimRight(low[:at], " ")
			head = head || before == "" || strings.ContainsRune(".!?", lastRune(before))
			if phrase != first {
				found++
				first = phrase
			}
			for end = from + len(phrase); end < len(low) && low[end] != ' '; {
				end++
			}
		}
		at = end + 1
	}
	return found >= 2 && head
}

// callAt is the longest invitation that a line begins with.
func (p *patterns) callAt(low string) string {
	end := strings.IndexFunc(low, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(low)
	}
	best := ""
	for _, phrase := range p.call[low[:end]] {
		if len(phrase) > len(best) && begins(low, []string{phrase}) {
			best = phrase
		}
	}
	return best
}

func (p *patterns) caption(u unit) bool {
	if u.words > maxCaptionWords {
		return false
	}
	if begins(u.low, p.captionStart) {
		return true
	}
	if strings.HasSuffix(strings.TrimRight(u.low, "."), ")") {
		if i := strings.LastIndexByte(u.low, '('); i >= 0 && len(u.low)-i < 100 {
			inside := strings.FieldsFunc(u.low[i:], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			for _, w := range inside {
				if p.credit[w] {
					return true
				}
			}
		}
	}
	if u.words > 10 || strings.HasSuffix(u.low, ".") {
		return false
	}
	for _, name := range p.agency {
		if strings.HasSuffix(u.low, name) || strings.Contains(u.low, name+"/") {
			return true
		}
	}
	return false
}

func (p *patterns) byline(line string) bool {
	return len(line) <= 160 && !strings.HasSuffix(line, ".") && p.bylineNames(line, true) != nil
}

// credits tells whether a line says who wrote or edited the report: the words
// for that, and then mostly names.
func (p *patterns) credits(line string, u unit) bool {
	if u.words > maxHasWords || !begins(u.low, p.wrote) {
		return false
	}
	names := 0
	for w := range strings.FieldsSeq(line) {
		if unicode.IsUpper(firstRune(strings.TrimLeft(w, "(—–-"))) {
			names++
		}
	}
	return names*2 >= u.words
}

// listed tells whether a line can be an entry of a list of links: a few
// words, no sentence, no speech.
func (p *patterns) listed(text string, u unit) bool {
	return u.words <= 16 && !u.after && !strings.ContainsAny(u.low[len(u.low)-1:], ".:;,") &&
		!strings.HasSuffix(u.low, "”") && !strings.HasSuffix(u.low, "\"") && !holdsSpeech(u.Of(text))
}

// repeated tells whether the very same line stands next to this one: a
// caption that a page gives twice. Speech may be repeated for effect, and is
// left alone; so are lines too short to tell.
func repeated(text string, us []unit, i int) bool {
	u := us[i]
	if u.words < 4 || u.words > maxCaptionWords || holdsSpeech(u.Of(text)) {
		return false
	}
	return (i > 0 && us[i-1].low == u.low) || (i+1 < len(us) && us[i+1].low == u.low)
}

// begins tells whether a line begins with one of the phrases, as words: the
// phrase "ad" does not begin "adam".
func begins(low string, phrases []string) bool {
	for _, phrase := range phrases {
		if !strings.HasPrefix(low, phrase) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(low[len(phrase):])
		last, _ := utf8.DecodeLastRuneInString(phrase)
		if len(low) == len(phrase) || !unicode.IsLetter(next) || !unicode.IsLetter(last) {
			return true
		}
	}
	return false
}

// holdsSpeech tells whether a line has so many words inside double marks that
// it may be speech, or opens a mark that it does not close.
func holdsSpeech(line string) bool {
	open, words, inWord := false, 0, false
	for _, r := range line {
		switch r {
		case '“', '«', '„':
			open, words = true, 0
		case '”', '»':
			if open && words >= speechWords {
				return true
			}
			open = false
		case '"':
			if open && words >= speechWords {
				return true
			}
			open, words = !open, 0
		}
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || r == '\'' || r == '’'
		if letter && !inWord {
			words++
		}
		inWord = letter
	}
	return open && words >= speechWords
}

// merge puts two lists of passed stretches in order of place; of two that
// overlap the one of the first list stays.
func merge(first, second []record.Passed) []record.Passed {
	if len(first) == 0 {
		return second
	}
	out := append([]record.Passed(nil), first...)
	for _, s := range second {
		clash := false
		for _, f := range first {
			clash = clash || f.Overlaps(s.Span)
		}
		if !clash {
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Start < out[j].Start })
	return out
}
