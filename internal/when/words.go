package when

import (
	"strconv"
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/text"
)

// class is what a word does in a date.
type class byte

const (
	none class = iota
	weekday
	month
	season
	day
	unit
	daypart
	which
	part
	lead
	event
	between
	count
	determiner
	vague
)

var classes = map[string]class{
	"weekday": weekday, "month": month, "season": season, "day": day, "unit": unit, "daypart": daypart,
	"which": which, "part": part, "lead": lead, "event": event, "between": between, "count": count,
	"determiner": determiner, "vague": vague,
}

// entry is one line of the list of dates: an expression of one or more words.
type entry struct {
	rest  []string // the words after the first
	class class
	word  string // its value as a word
	n     int    // its value as a number
}

// words is the list of dates by first word, longest expression first.
type words map[string][]entry

var (
	loaded   = map[*lang.Lang]words{}
	loadLock sync.Mutex
)

// wordsOf reads the language's list once.
func wordsOf(l *lang.Lang) words {
	loadLock.Lock()
	defer loadLock.Unlock()
	if w := loaded[l]; w != nil {
		return w
	}
	w := words{}
	for _, e := range l.List("dates").Entries {
		split := strings.Fields(e.Word)
		for does := range strings.SplitSeq(e.Value, "; ") {
			name, value, _ := strings.Cut(does, " ")
			n, _ := strconv.Atoi(value)
			w.add(split[0], entry{rest: split[1:], class: classes[name], word: value, n: n})
		}
	}
	loaded[l] = w
	return w
}

// add keeps the entries of one first word longest first.
func (w words) add(first string, e entry) {
	list := append(w[first], e)
	for i := len(list) - 1; i > 0 && len(list[i].rest) > len(list[i-1].rest); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	w[first] = list
}

// at is the longest entry of class c that stands at token i, and the token
// after it.
func (w words) at(d *text.Doc, i, end int, c class) (entry, int, bool) {
	if i >= end {
		return entry{}, i, false
	}
	for _, e := range w[d.Tokens[i].Lower] {
		if e.class == c && follows(d, i+1, end, e.rest) {
			return e, i + 1 + len(e.rest), true
		}
	}
	return entry{}, i, false
}

func follows(d *text.Doc, i, end int, rest []string) bool {
	if i+len(rest) > end {
		return false
	}
	for k, w := range rest {
		if d.Tokens[i+k].Lower != w {
			return false
		}
	}
	return true
}
