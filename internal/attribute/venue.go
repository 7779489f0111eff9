package attribute

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
	"onrecord/internal/when"
)

// venueHit is a venue that the article's own words name.
type venueHit struct {
	first, end int
	name       string
	medium     record.Medium
	rank       int // how much it says: a named podcast more than "a statement"
}

// The ranks: what has a name says more than what has none, and the place the
// words were said in more than the paper they were told to.
const (
	venueRankNoun = iota + 1
	venueRankVerb
	venueRankOutlet
	venueRankPlatform
	venueRankNamed
)

// venues says where the words of each quotation were said: in the sentence of
// the cue, in the one before where that one tells of the speaker, or where the
// speaker's quotation just before was said.
func venues(f *frame) {
	qs, v := f.qs, venueListsOf(f.d.Lang)
	for k := range qs {
		if h, ok := f.venueHere(v, k); ok {
			qs[k].Venue = f.venueOf(f.platformOf(v, k, h))
		} else if h, ok := f.venueBefore(v, k); ok {
			qs[k].Venue = f.venueOf(f.platformOf(v, k, h))
		} else if k > 0 && qs[k-1].Venue != nil && f.carriesOn(k) {
			qs[k].Venue = &record.Venue{Name: qs[k-1].Venue.Name, Medium: qs[k-1].Venue.Medium}
		}
	}
}

// platformOf names the platform of "a series of posts": the one on which the
// report last said that the speaker wrote.
func (f *frame) platformOf(v *venueLists, k int, h venueHit) venueHit {
	if h.medium != record.Post || h.rank != venueRankNoun {
		return h
	}
	last := int(f.d.Tokens[h.first].Sentence)
	for s := last - 1; s >= 0 && s > last-platformReach; s-- {
		sen := f.d.Sentences[s]
		if !f.speakerMention(k, sen.Span) {
			continue
		}
		first, end := f.near(k, sen)
		for _, o := range f.venueHits(v, first, end) {
			if o.medium == record.Post && o.rank == venueRankPlatform {
				h.name, h.rank = o.name, o.rank
				return h
			}
		}
	}
	return h
}

// platformReach is how many sentences back a platform is still remembered.
const platformReach = 12

func (f *frame) venueOf(h venueHit) *record.Venue {
	s := f.d.SpanOf(h.first, h.end)
	return &record.Venue{Span: &s, Name: h.name, Medium: h.medium}
}

// venueHere looks in the sentence of the cue.
func (f *frame) venueHere(v *venueLists, k int) (venueHit, bool) {
	s := f.sentence(k)
	if s < 0 {
		return venueHit{}, false
	}
	first, end := f.near(k, f.d.Sentences[s])
	var best venueHit
	for _, h := range f.venueHits(v, first, end) {
		if h.rank == venueRankVerb && !f.onCue(k, h) {
			continue
		}
		if f.attached(k, h.first, h.end) && (h.rank > venueRankVerb || f.introduced(k)) {
			best = f.betterVenue(best, h)
		}
	}
	if h, ok := f.venueTold(v, k); ok {
		best = f.betterVenue(best, h)
	}
	return best, best.rank > 0
}

// betterVenue keeps what says more; an outlet that was told something "in an
// interview" lends its name to the interview.
func (f *frame) betterVenue(a, b venueHit) venueHit {
	if a.rank == venueRankOutlet && b.rank == venueRankNoun {
		a, b = b, a
	}
	if a.rank == venueRankNoun && b.rank == venueRankOutlet {
		b.medium = a.medium
		return b
	}
	if b.rank > a.rank {
		return b
	}
	return a
}

func (f *frame) onCue(k int, h venueHit) bool {
	a, b, ok := f.tokens(f.qs[k].Cue)
	return ok && h.first < b && a < h.end
}

// venueTold is the outlet that the words were told to: "told the Gazette",
// "told Ann Lee of the Gazette".
func (f *frame) venueTold(v *venueLists, k int) (venueHit, bool) {
	q := &f.qs[k]
	if q.Addressee == nil {
		return venueHit{}, false
	}
	a, b, ok := f.tokens(q.Addressee.Span)
	if !ok {
		return venueHit{}, false
	}
	end := f.d.SentenceOf(a).EndToken
	if h, ok := f.toldNoun(v, a, b); ok {
		return h, true
	}
	n, ok := f.nameAt(v, a, end)
	if !ok {
		return venueHit{}, false
	}
	if c := q.Addressee.Chain; c < 0 || c >= len(f.chains) || f.chains[c].Nature != record.APerson {
		if m, ok := f.outlet(v, n, f.tells(k)); ok {
			return f.programme(v, venueHit{n.first, n.end, n.name, m, venueRankOutlet}, end), true
		}
	}
	at := max(b, n.end)
	if at < end && (f.d.Tokens[at].Lower == "of" || f.d.Tokens[at].Lower == "from") {
		if n, ok := f.nameAt(v, at+1, end); ok {
			if m, ok := f.outlet(v, n, false); ok {
				return venueHit{n.first, n.end, n.name, m, venueRankOutlet}, true
			}
		}
	}
	return venueHit{}, false
}

// tells tells a cue that is a form of "tell".
func (f *frame) tells(k int) bool {
	if f.qs[k].Cue == nil {
		return false
	}
	switch strings.ToLower(f.qs[k].Cue.Of(f.d.Text)) {
	case "told", "tells", "tell", "telling":
		return true
	}
	return false
}

// programme adds the title behind a broadcaster: "told NBC’s “Breakfast”".
func (f *frame) programme(v *venueLists, h venueHit, end int) venueHit {
	if h.end+1 >= end || f.d.Tokens[h.end].Lower != "'s" {
		return h
	}
	if t, ok := f.nameAt(v, h.end+1, end); ok && t.quoted {
		h.name, h.end, h.rank, h.medium = t.name+" ("+h.name+")", t.end, venueRankNamed, record.Broadcast
	}
	return h
}

// toldNoun reads an addressee that is a venue itself ("told a news
// conference", "told the podcast “Late Reel”"), the report's own outlet
// ("told this newspaper"), or has its kind before its name.
func (f *frame) toldNoun(v *venueLists, a, b int) (venueHit, bool) {
	end := f.d.SentenceOf(a).EndToken
	for i := a; i < b; i++ {
		if _, next, ok := v.at(f.d, i, end, "kind"); ok && i > a {
			if n, ok := f.nameAt(v, next, end); ok && !f.personAt(n) && !f.isSpeaker(n) && !f.d.Tokens[i].Cap {
				m := record.Outlet
				if f.d.Tokens[i].Lower == "podcast" {
					m = record.Podcast
				}
				return venueHit{n.first, n.end, n.name, m, venueRankOutlet}, true
			}
			if own := f.d.Article.Outlet; own != "" && f.d.Tokens[i-1].Lower == "this" {
				return venueHit{i - 1, next, own, record.Outlet, venueRankOutlet}, true
			}
		}
		e, next, ok := v.at(f.d, i, end, "noun")
		if !ok || f.d.Tokens[i].Cap || e.medium == "document" || e.medium == "post" {
			continue
		}
		h := venueHit{a, next, e.text, venueMedium(e.medium), venueRankNoun}
		if h.medium == record.Podcast || h.medium == record.Broadcast {
			return h, f.nameShow(v, &h, [3]int{a - 1, i, end})
		}
		return h, true
	}
	return venueHit{}, false
}

// venueBefore looks in the sentence before the cue's, in the same paragraph or,
// where the cue's sentence only leads in ("The singer wrote:"), in the one
// above, as long as it tells of the same speaker and quotes nobody else.
func (f *frame) venueBefore(v *venueLists, k int) (venueHit, bool) {
	s := f.sentence(k)
	prev, ok := f.sentenceBefore(k, s)
	if !ok || !f.speakerMention(k, f.d.Sentences[prev].Span) {
		return venueHit{}, false
	}
	sen := f.d.Sentences[prev]
	if f.otherCue(k, sen.FirstToken, sen.EndToken) && !f.carriesOn(k) {
		return venueHit{}, false
	}
	first, end := f.near(k, sen)
	var best venueHit
	for _, h := range f.venueHits(v, first, end) {
		if h.medium != record.Outlet {
			best = f.betterVenue(best, h)
		}
	}
	return best, best.rank > 0
}

// sentenceBefore is the sentence that leads to sentence s.
func (f *frame) sentenceBefore(k, s int) (int, bool) {
	if s <= 0 {
		return 0, false
	}
	sen := f.d.Sentences[s]
	p := s - 1
	if f.d.Sentences[p].Paragraph == sen.Paragraph {
		return p, true
	}
	if !f.leadsIn(sen) {
		return 0, false
	}
	for p > 0 && f.d.Paragraphs[f.d.Sentences[p].Paragraph].Kind == text.Passed {
		p--
	}
	return p, f.d.Paragraphs[f.d.Sentences[p].Paragraph].Kind == text.Body && f.qs[k].Where == record.InBody
}

// leadsIn tells a sentence that ends with a colon.
func (f *frame) leadsIn(sen text.Sentence) bool {
	return strings.HasSuffix(strings.TrimRight(sen.Span.Of(f.d.Text), " \u00a0"), ":")
}

// carriesOn tells whether quotation k goes on where k-1 stopped: the same
// speaker, nothing of the article's own between, no new date, and either the
// same paragraph or words set off on their own.
func (f *frame) carriesOn(k int) bool {
	if k == 0 || !f.sameSpeaker(k-1, k) || f.qs[k-1].Where != f.qs[k].Where {
		return false
	}
	_, end, ok1 := f.content(k - 1)
	first, _, ok2 := f.content(k)
	s, before := f.sentence(k), f.sentence(k-1)
	if !ok1 || !ok2 || s < 0 {
		return false
	}
	last := max(before, int(f.d.Tokens[end-1].Sentence))
	start := min(s, int(f.d.Tokens[first].Sentence))
	if s == before {
		return true
	}
	if start > last+1 {
		return false
	}
	sen := f.d.Sentences[s]
	for _, x := range when.Find(f.d, sen.FirstToken, sen.EndToken) {
		if !f.reported[x.First] && f.attached(k, x.First, x.End) {
			return false
		}
	}
	if f.d.Sentences[last].Paragraph == f.d.Sentences[start].Paragraph {
		return true
	}
	return f.qs[k].Kind == record.Direct && (f.qs[k].Cue == nil || f.leadsIn(sen))
}

// venueHits finds every venue named in the article's own words among the
// tokens [first, end).
func (f *frame) venueHits(v *venueLists, first, end int) []venueHit {
	var hits []venueHit
	for i := first; i < end; i++ {
		if f.reported[i] {
			continue
		}
		for _, class := range [...]string{"phrase", "platform", "noun", "verb", "with", "talk"} {
			e, next, ok := v.at(f.d, i, end, class)
			if !ok {
				continue
			}
			if h, ok := f.venueHit(v, e, [4]int{first, i, next, end}); ok {
				hits = append(hits, h)
				break
			}
		}
		if h, ok := f.onAir(v, i, end); ok {
			hits = append(hits, h)
		}
		if h, ok := f.onPlatform(v, first, i, end); ok {
			hits = append(hits, h)
		}
	}
	return hits
}

// venueHit reads the venue at entry e; at is the first token of the sentence,
// the first of the entry, the one after it and the end.
func (f *frame) venueHit(v *venueLists, e venueEntry, at [4]int) (venueHit, bool) {
	i, next := at[1], at[2]
	switch e.class {
	case "phrase":
		return venueHit{i, next, e.name, venueMedium(e.medium), venueRankNoun}, true
	case "verb":
		return venueHit{i, next, e.name, venueMedium(e.medium), venueRankVerb}, true
	case "with":
		n, ok := f.nameAt(v, next, at[3])
		if !ok {
			return venueHit{}, false
		}
		m, ok := f.outlet(v, n, false)
		switch {
		case e.text == "told" && n.quoted:
			m, ok = record.Broadcast, true
		case e.text != "told":
			m = record.Interview
		}
		return f.programme(v, venueHit{n.first, n.end, n.name, m, venueRankOutlet}, at[3]), ok
	case "talk":
		return f.talk(v, at)
	case "platform":
		return f.platform(v, e, at)
	}
	return f.venueNoun(v, e, at)
}

// talk reads "speaking in Welsh to Radio Arvon", an interview where an outlet
// is spoken to.
func (f *frame) talk(v *venueLists, at [4]int) (venueHit, bool) {
	for j := at[2]; j+1 < at[3] && j < at[2]+4; j++ {
		if w := f.d.Tokens[j].Lower; w != "to" && w != "with" {
			continue
		}
		n, ok := f.nameAt(v, j+1, at[3])
		if !ok {
			return venueHit{}, false
		}
		_, ok = f.outlet(v, n, false)
		return venueHit{n.first, n.end, n.name, record.Interview, venueRankOutlet}, ok
	}
	return venueHit{}, false
}

// platform reads "on Twitter", "took to Instagram", "in a Facebook post".
func (f *frame) platform(v *venueLists, e venueEntry, at [4]int) (venueHit, bool) {
	first, i, next, end := at[0], at[1], at[2], at[3]
	if !f.d.Tokens[i].Cap && e.text != "social media" {
		return venueHit{}, false
	}
	j := f.back(v, first, i)
	if j < first {
		return venueHit{}, false
	}
	start := j
	if f.d.Tokens[j].Lower == "to" {
		if start = f.moved(v, first, j); start < 0 {
			return venueHit{}, false
		}
	} else if _, _, ok := v.at(f.d, j, i, "publish"); ok {
		return venueHit{}, false
	}
	if n, after, ok := v.at(f.d, next, end, "noun"); ok && n.medium == "post" {
		next = after
	}
	return venueHit{start, next, e.name, record.Post, venueRankPlatform}, true
}

// moved finds "took" before the "to" at token j; -1 where there is none.
func (f *frame) moved(v *venueLists, first, j int) int {
	for k := j - 1; k >= first && k >= j-4; k-- {
		if _, _, ok := v.at(f.d, k, j, "move"); ok {
			return k
		}
	}
	return -1
}

// listing tells whether token i, after a comma, goes on with a list of
// adjectives ("in a long, frank interview") and begins no clause.
func (f *frame) listing(i int) bool {
	t := f.d.Tokens[i]
	return t.Kind == text.Word && !t.Cap && !strings.HasSuffix(t.Lower, "ing")
}

// back walks from a noun to the preposition or verb that leads its phrase and
// returns that token, or a token before first where there is none.
func (f *frame) back(v *venueLists, first, i int) int {
	lower := 0
	for j := i - 1; j >= first && j >= i-9 && !f.reported[j]; j-- {
		t := f.d.Tokens[j]
		if _, _, ok := v.at(f.d, j, i, "preposition"); ok || t.Lower == "to" {
			return j
		}
		if _, _, ok := v.at(f.d, j, i, "publish"); ok {
			return j
		}
		if _, _, ok := v.at(f.d, j-1, j, "series"); t.Lower == "of" && !ok {
			return first - 1 // "on the other side of the debate"
		}
		if _, _, ok := v.at(f.d, j, i, "stop"); ok {
			return first - 1
		}
		if t.Kind == text.Punct && (t.Lower != "," || !f.listing(j+1)) {
			return first - 1
		}
		if t.Kind == text.Word && !t.Cap {
			if lower++; lower > 5 {
				return first - 1
			}
		}
	}
	return first - 1
}
