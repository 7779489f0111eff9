package extract

import "strings"

// headline chooses the title: the heading as printed where it agrees with
// what the page says of itself, for that may be cut short or written for
// search engines; else what the page says.
func (m *meta) headline(outlet string) string {
	var said []string
	for _, s := range []string{m.linked.headline, clean(m.first("og:title")), clean(m.first("twitter:title")), m.withoutSite(outlet)} {
		if s != "" {
			said = append(said, stripSite(s, outlet))
		}
	}
	for _, h := range m.heads {
		for _, s := range said {
			if agree(h, s) {
				return h
			}
		}
	}
	switch {
	case len(said) > 0:
		return said[0]
	case len(m.heads) > 0:
		return m.heads[0]
	}
	return ""
}

// withoutSite is the <title> without the name of the site at its end, which
// may be set off by a bar without being named anywhere else.
func (m *meta) withoutSite(outlet string) string {
	t := stripSite(clean(m.title), outlet)
	for _, bar := range []string{" | ", " « ", " » ", " :: "} {
		if front, _, ok := strings.Cut(t, bar); ok && len(strings.Fields(front)) >= 3 {
			return front
		}
	}
	return t
}

// stripSite takes the outlet's name, and what sets it off, from the end.
func stripSite(title, outlet string) string {
	for _, sep := range []string{" | ", " - ", " – ", " — ", " : ", " · "} {
		i := strings.LastIndex(title, sep)
		if i <= 0 || outlet == "" {
			continue
		}
		last, name := squeeze(title[i+len(sep):]), squeeze(outlet)
		if last != "" && (last == name || strings.TrimPrefix(name, "the") == strings.TrimPrefix(last, "the") || strings.HasPrefix(last, name)) {
			return strings.TrimSpace(title[:i])
		}
	}
	return title
}

// agree tells whether a heading and a title are one headline: most of the
// words of the shorter stand in the longer.
func agree(a, b string) bool {
	wa, wb := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(wa) > len(wb) {
		wa, wb = wb, wa
	}
	if len(wa) == 0 || (len(wa) < 3 && len(wb) > 2*len(wa)) {
		return false
	}
	in := map[string]bool{}
	for _, w := range wb {
		in[squeeze(w)] = true
	}
	n := 0
	for _, w := range wa {
		if in[squeeze(w)] {
			n++
		}
	}
	return float64(n) >= 0.6*float64(len(wa))
}
