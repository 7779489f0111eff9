package attribute

import (
	"strings"
	"sync"

	"onrecord/internal/lang"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// venueEntry is one line of the list of venues.
type venueEntry struct {
	rest   []string
	class  string
	medium string // or, for a platform, its name
	name   string
	text   string
}

// venueLists are the lists that venues are read with, by first word, longest
// entry first.
type venueLists struct {
	words    map[string][]venueEntry
	outlets  *lang.List
	dates    *lang.List
	places   *lang.List
	demonyms *lang.List
}

var (
	venueLoaded = map[*lang.Lang]*venueLists{}
	venueLock   sync.Mutex
)

func venueListsOf(l *lang.Lang) *venueLists {
	venueLock.Lock()
	defer venueLock.Unlock()
	if v := venueLoaded[l]; v != nil {
		return v
	}
	v := &venueLists{words: map[string][]venueEntry{}, outlets: l.List("outlets"), dates: l.List("dates"), places: l.List("places"), demonyms: l.List("demonyms")}
	for _, e := range l.List("venues").Entries {
		for does := range strings.SplitSeq(e.Value, "; ") {
			v.add(e.Word, does)
		}
	}
	venueLoaded[l] = v
	return v
}

// add keeps one class of a line, longest expression first.
func (v *venueLists) add(words, does string) {
	split := strings.Fields(words)
	class, value, _ := strings.Cut(does, " ")
	entry := venueEntry{rest: split[1:], class: class, text: words, name: value}
	if class != "platform" {
		entry.medium, entry.name, _ = strings.Cut(value, " ")
	}
	list := append(v.words[split[0]], entry)
	for i := len(list) - 1; i > 0 && len(list[i].rest) > len(list[i-1].rest); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	v.words[split[0]] = list
}

// at is the longest entry of a class that stands at token i, and the token
// after it.
func (v *venueLists) at(d *text.Doc, i, end int, class string) (venueEntry, int, bool) {
	if i < 0 || i >= end {
		return venueEntry{}, i, false
	}
	for _, e := range v.words[d.Tokens[i].Lower] {
		if class != "" && e.class != class || i+1+len(e.rest) > end {
			continue
		}
		same := true
		for k, w := range e.rest {
			same = same && d.Tokens[i+1+k].Lower == w
		}
		if same {
			return e, i + 1 + len(e.rest), true
		}
	}
	return venueEntry{}, i, false
}

// venueMedium is the medium that a list names.
func venueMedium(s string) record.Medium {
	if s == "conference" {
		return record.Conference
	}
	return record.Medium(s)
}

// venueNamed is a name that stands in the text: its tokens and the name itself.
type venueNamed struct {
	first, end int
	name       string
	quoted     bool
}

// nameAt reads a name at token i: capitalised words, "the" before them left
// out, or a title in quotation marks that is no quotation.
func (f *frame) nameAt(v *venueLists, i, end int) (venueNamed, bool) {
	start := i
	for i < end && (f.d.Tokens[i].Lower == "the" || f.d.Tokens[i].Lower == "a") && !f.d.Tokens[i].Cap {
		i++
	}
	if i >= end {
		return venueNamed{}, false
	}
	if f.d.Tokens[i].Kind == text.QuoteMark {
		return f.quotedAt(start, i, end)
	}
	j := i
	for j < end && f.nameWord(v, j) {
		j++
		if j+1 < end && f.abbreviated(j) && f.nameWord(v, j+1) {
			j++
		}
		if j+1 < end && venueLink(f.d.Tokens[j].Lower) && f.nameWord(v, j+1) && j > i {
			j++
		}
	}
	if j == i {
		return venueNamed{}, false
	}
	return venueNamed{first: start, end: j, name: f.d.SpanOf(i, j).Of(f.d.Text)}, true
}

func (f *frame) nameWord(v *venueLists, i int) bool {
	t := f.d.Tokens[i]
	if f.reported[i] || t.Kind == text.QuoteMark || t.Kind == text.Punct {
		return false
	}
	if !t.Cap && t.Kind != text.Number || strings.HasPrefix(t.Lower, "'") {
		return false
	}
	if t.Kind == text.Number {
		return i > 0 && f.d.Tokens[i-1].Cap && len(t.Lower) < 4
	}
	class, ok := v.dates.Value(t.Lower)
	return !ok || !strings.HasPrefix(class, "weekday") && !strings.HasPrefix(class, "month")
}

// abbreviated tells the full stop of "Mr." or "St." at token i.
func (f *frame) abbreviated(i int) bool {
	t, before := f.d.Tokens[i], f.d.Tokens[i-1]
	return t.Lower == "." && t.Start == before.End && t.Sentence == f.d.Tokens[i+1].Sentence
}

// venueLink tells the small words inside a name.
func venueLink(w string) bool { return w == "of" || w == "on" || w == "&" || w == "the" || w == "for" }

// quotedAt reads a title in marks at token i.
func (f *frame) quotedAt(start, i, end int) (venueNamed, bool) {
	m := f.d.Tokens[i].Mark
	if m < 0 || f.reported[min(i+1, len(f.d.Tokens)-1)] {
		return venueNamed{}, false
	}
	mark := f.d.Marks[m]
	if mark.FirstToken != i || mark.Unclosed || mark.LastToken >= end || mark.LastToken-i > 9 || mark.LastToken == i+1 {
		return venueNamed{}, false
	}
	name := strings.Trim(mark.Inner.Of(f.d.Text), " ,.")
	if name == "" || !f.d.Tokens[i+1].Cap && f.d.Tokens[i+1].Kind != text.Number {
		return venueNamed{}, false
	}
	return venueNamed{first: start, end: mark.LastToken + 1, name: name, quoted: true}, true
}

// outlet tells whether a name is an outlet's, and whether it broadcasts. loose
// takes any organisation that is no authority: whoever is told things by the
// people in the news is mostly an outlet.
func (f *frame) outlet(v *venueLists, n venueNamed, loose bool) (medium record.Medium, ok bool) {
	words := strings.Fields(strings.ToLower(strings.TrimPrefix(n.name, "The ")))
	if len(words) == 0 {
		return "", false
	}
	if class, ok := v.outlets.Value(strings.Join(words, " ")); ok && class != "body" && !strings.HasPrefix(class, "ending") && class != "begin" {
		return venueOutletMedium(class), true
	}
	if a := f.d.Article.Outlet; a != "" && strings.EqualFold(a, n.name) {
		return record.Outlet, true
	}
	last := words[len(words)-1]
	class, listed := v.outlets.Value(last)
	switch {
	case listed && class == "body":
		return "", false
	case v.begins(words[0]) && len(words) > 1:
		return record.Broadcast, !f.personAt(n)
	case listed && strings.HasPrefix(class, "ending"):
		c := f.chainAt(n)
		return record.Outlet, c < 0 || f.chains[c].Nature != record.APerson || len(words) > 1 && words[0] == "the"
	}
	if !loose {
		return "", false
	}
	if _, people := v.demonyms.Value(words[0]); people || len(words) == 1 && n.name == strings.ToUpper(n.name) {
		return "", false // "told Americans", "told the NSA": outlets known by initials are listed
	}
	c := f.chainAt(n)
	return record.Outlet, c >= 0 && f.chains[c].Nature == record.AnOrganisation
}

// begins tells a first word that makes a name an outlet: "Radio", "Channel".
func (v *venueLists) begins(w string) bool {
	class, ok := v.outlets.Value(w)
	return ok && strings.HasSuffix(class, "begin")
}

func venueOutletMedium(class string) record.Medium {
	if class == "broadcast" {
		return record.Broadcast
	}
	return record.Outlet
}

// chainAt is the chain mentioned within a name, or -1.
func (f *frame) chainAt(n venueNamed) int {
	for _, m := range f.mentionsIn(f.d.SpanOf(n.first, n.end)) {
		return m.chain
	}
	return record.NoChain
}

// personAt tells whether a name is that of a person in a chain.
func (f *frame) personAt(n venueNamed) bool {
	c := f.chainAt(n)
	return c >= 0 && f.chains[c].Nature == record.APerson
}
