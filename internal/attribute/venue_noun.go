package attribute

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// venueNoun reads a venue that a noun names: "in an interview with the
// Gazette", "on the Late Reel podcast", "posted a series of tweets".
func (f *frame) venueNoun(v *venueLists, e venueEntry, at [4]int) (venueHit, bool) {
	first, i, next, end := at[0], at[1], at[2], at[3]
	if _, _, more := v.at(f.d, next, end, "noun"); more {
		return venueHit{}, false // "podcast interview": the last noun counts
	}
	if e.medium == "post" && f.d.Tokens[i].Cap && i > first && f.d.Tokens[i-1].Cap {
		return venueHit{}, false // "the Huffington Post"
	}
	start := f.back(v, first, i)
	if start < first || f.d.Tokens[start].Lower == "to" {
		return venueHit{}, false
	}
	if _, _, ok := v.at(f.d, start, i, "publish"); ok && e.medium != "post" && e.medium != "statement" && e.medium != "document" &&
		e.medium != "interview" && e.medium != "speech" {
		return venueHit{}, false
	}
	h := venueHit{start, next, e.text, venueMedium(e.medium), venueRankNoun}
	if e.name != "" {
		h.name, h.rank = e.name, venueRankPlatform
		return h, true
	}
	switch h.medium {
	case record.Podcast, record.Broadcast:
		return h, f.nameShow(v, &h, [3]int{start, i, end})
	case record.Interview:
		f.nameInterview(v, &h, [3]int{start, i, end})
	case record.Post:
		f.namePost(v, &h, end)
	case record.Document:
		f.nameDocument(v, &h, end)
	case record.Speaking:
		f.nameTo(v, &h, end)
	}
	return h, true
}

// nameShow names a podcast or a programme: by the words before the noun, by
// the title after it, and by whose it is. It is none where it is neither an
// outlet's nor a person's ("in Iran's programme").
func (f *frame) nameShow(v *venueLists, h *venueHit, at [3]int) bool {
	start, i, end := at[0], at[1], at[2]
	owner, title, airs := "", "", false
	noun := f.d.SpanOf(i, h.end).Of(f.d.Text)
	from := start + 1
	for j := start + 1; j < i; j++ {
		if f.d.Tokens[j].Lower != "'s" {
			continue
		}
		from = j + 1
		if n, ok := f.nameEnding(v, start+1, j); ok {
			_, airs = f.outlet(v, n, false)
			if owner = n.name; !airs && !f.personAt(n) {
				return false
			}
		}
	}
	for j := from; j < i && title == ""; j++ {
		if n, ok := f.nameAt(v, j, i); ok && n.end == i {
			title = n.name
		}
	}
	if title == "" {
		title = f.titleAfter(v, h, end)
	}
	switch {
	case title != "" && airs:
		h.name = title + " (" + owner + " " + noun + ")"
	case title != "":
		h.name = title
	case airs:
		h.name = owner + " " + noun
	case owner != "":
		h.name = owner + "’s " + noun
	default:
		return true
	}
	h.rank = venueRankNamed
	return true
}

// nameEnding is the longest name within [from, end) that ends at end.
func (f *frame) nameEnding(v *venueLists, from, end int) (venueNamed, bool) {
	for j := from; j < end; j++ {
		if n, ok := f.nameAt(v, j, end); ok && n.end == end {
			return n, true
		}
	}
	return venueNamed{}, false
}

// titleAfter is the title that stands behind the noun, "her podcast, Late
// Reel,"; not the name of somebody who speaks next.
func (f *frame) titleAfter(v *venueLists, h *venueHit, end int) string {
	j, comma := h.end, false
	if j < end && f.d.Tokens[j].Lower == "," {
		j, comma = j+1, true
	}
	if j < end && (f.d.Tokens[j].Lower == "called" || f.d.Tokens[j].Lower == "titled") {
		j++
	}
	n, ok := f.nameAt(v, j, end)
	if !ok || f.personAt(n) || f.isSpeaker(n) {
		return ""
	}
	if comma && !n.quoted && n.end < end && f.d.Tokens[n.end].Kind == text.Word {
		return "" // "On the podcast, Reyes said"
	}
	h.end = n.end
	return n.name
}

// isSpeaker tells whether a name stands in some quotation's speaker's place.
func (f *frame) isSpeaker(n venueNamed) bool {
	span := f.d.SpanOf(n.first, n.end)
	for k := range f.qs {
		if s := f.qs[k].Speaker; s != nil && s.Span != nil && s.Span.Overlaps(span) {
			return true
		}
	}
	return false
}

// nameInterview takes the outlet's name from before the noun ("her Gazette
// interview") or after it ("an interview with Ann Lee", "published in …").
func (f *frame) nameInterview(v *venueLists, h *venueHit, at [3]int) {
	if n, ok := f.nameEnding(v, at[0]+1, at[1]); ok && n.first > at[0] {
		if _, ok := f.outlet(v, n, true); ok {
			h.name, h.rank = n.name, venueRankNamed
			return
		}
	}
	j := h.end
	for j < at[2] && j < h.end+3 {
		if _, _, ok := v.at(f.d, j, at[2], "aired"); !ok {
			break
		}
		j++
	}
	if j >= at[2] {
		return
	}
	switch f.d.Tokens[j].Lower {
	case "with", "by", "on", "in", "for", "to":
	default:
		return
	}
	n, ok := f.nameAt(v, j+1, at[2])
	if !ok || f.isSpeaker(n) {
		return
	}
	if _, isOutlet := f.outlet(v, n, true); !isOutlet && f.d.Tokens[j].Lower != "with" {
		return
	}
	if _, _, more := v.at(f.d, n.end, at[2], "noun"); more {
		return // "an interview on the Late Reel podcast": the podcast names itself
	}
	h.name, h.end, h.rank = n.name, n.end, venueRankNamed
}

// namePost names where a post stands: "five posts on Chirrup".
func (f *frame) namePost(v *venueLists, h *venueHit, end int) {
	if n, ok := f.nameEnding(v, h.first+1, h.end-1); ok && !f.personAt(n) {
		h.name, h.rank = n.name, venueRankPlatform
		return
	}
	if h.end+1 < end && (f.d.Tokens[h.end].Lower == "on" || f.d.Tokens[h.end].Lower == "to") {
		if n, ok := f.nameAt(v, h.end+1, end); ok && !f.personAt(n) && !f.isSpeaker(n) {
			if e, _, listed := v.at(f.d, h.end+1, end, "platform"); listed {
				n.name = e.name
			}
			h.name, h.end, h.rank = n.name, n.end, venueRankPlatform
		}
	}
}

// nameDocument takes the title of a book, and to whom a letter went.
func (f *frame) nameDocument(v *venueLists, h *venueHit, end int) {
	switch h.name {
	case "letter", "email", "e-mail", "memo", "text message":
		f.nameTo(v, h, end)
		return
	}
	if title := f.titleAfter(v, h, end); title != "" {
		h.name, h.rank = title, venueRankNamed
	}
}

// nameTo adds before whom: "speech to the Harbour Guild".
func (f *frame) nameTo(v *venueLists, h *venueHit, end int) {
	if h.end+1 >= end {
		return
	}
	link := f.d.Tokens[h.end].Lower
	switch link {
	case "to", "at", "before", "in":
	default:
		return
	}
	n, ok := f.nameAt(v, h.end+1, end)
	if !ok || f.isSpeaker(n) {
		return
	}
	h.name = strings.Join([]string{h.name, f.d.SpanOf(h.end, n.end).Of(f.d.Text)}, " ")
	h.end, h.rank = n.end, venueRankNamed
}

// onAir reads "on Fox News", "on “Breakfast on Nine”": a broadcaster, or a
// programme's title, with no noun to say so.
func (f *frame) onAir(v *venueLists, i, end int) (venueHit, bool) {
	if f.d.Tokens[i].Lower != "on" || i+1 >= end {
		return venueHit{}, false
	}
	n, ok := f.nameAt(v, i+1, end)
	if !ok || f.reported[i+1] {
		return venueHit{}, false
	}
	if n.quoted {
		if !f.leadsToTitle(v, i) {
			return venueHit{}, false
		}
		return venueHit{i, n.end, n.name, record.Broadcast, venueRankNamed}, true
	}
	if m, ok := f.outlet(v, n, false); !ok || m != record.Broadcast {
		return venueHit{}, false
	}
	if n.end+1 < end && f.d.Tokens[n.end].Lower == "'s" {
		if t, ok := f.nameAt(v, n.end+1, end); ok {
			if _, _, noun := v.at(f.d, t.end, end, "noun"); noun {
				return venueHit{}, false // "on NBC's Today show": the noun says it better
			}
			return venueHit{i, t.end, t.name + " (" + n.name + ")", record.Broadcast, venueRankNamed}, true
		}
	}
	return venueHit{i, n.end, n.name, record.Broadcast, venueRankNamed}, true
}

// leadsToTitle tells whether the "on" at token i follows words of speaking or
// appearing, and so leads to a programme and not to a topic.
func (f *frame) leadsToTitle(v *venueLists, i int) bool {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		if _, _, ok := v.at(f.d, j, i, "air"); ok {
			return true
		}
	}
	return false
}

// onPlatform reads "wrote on Chirrup", "went on Chirrup to clarify": whoever
// writes on a name writes on a platform, listed or not.
func (f *frame) onPlatform(v *venueLists, first, i, end int) (venueHit, bool) {
	w := f.d.Tokens[i].Lower
	if w != "on" && w != "to" || i == first || i+1 >= end || f.reported[i+1] {
		return venueHit{}, false
	}
	if _, _, listed := v.at(f.d, i+1, end, "platform"); listed {
		return venueHit{}, false
	}
	_, _, writes := v.at(f.d, i-1, i, "write")
	_, _, goes := v.at(f.d, i-1, i, "go")
	_, _, moves := v.at(f.d, i-1, i, "move")
	if w == "on" && !writes && !goes || w == "to" && (!moves || goes) {
		return venueHit{}, false
	}
	n, ok := f.nameAt(v, i+1, end)
	if !ok || n.quoted || n.first != i+1 || n.end-n.first > 2 || f.d.Tokens[i+1].Lower == "the" || f.chainAt(n) >= 0 && f.personAt(n) {
		return venueHit{}, false
	}
	if v.places.Has(strings.ToLower(n.name)) {
		return venueHit{}, false
	}
	if !writes && !f.clarifies(n.end, end) {
		return venueHit{}, false
	}
	return venueHit{i, n.end, n.name, record.Post, venueRankPlatform}, true
}

// clarifies tells whether "to" and a verb follow soon: "took to Chirrup on
// Tuesday to clarify".
func (f *frame) clarifies(i, end int) bool {
	for j := i; j+1 < end && j < i+4; j++ {
		if f.d.Tokens[j].Lower == "to" && f.d.Tokens[j+1].Kind == text.Word && !f.d.Tokens[j+1].Cap {
			return true
		}
	}
	return false
}
