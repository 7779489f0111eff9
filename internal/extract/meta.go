package extract

import (
	"encoding/json"
	"html"
	"net/url"
	"strings"

	"onrecord/internal/record"
)

// meta is what a page says about itself.
type meta struct {
	lang      string
	title     string // <title>
	canonical string
	clock     string // the first <time datetime>
	fields    map[string][]string
	linked    linked
	heads     []string // the texts of <h1>
	bylines   []string // texts that the page marks as bylines
}

// linked is what the page's JSON-LD says of the article.
type linked struct {
	headline, published, outlet, url string
	authors                          []string
	publisher                        string            // the @id of a publisher named elsewhere
	named                            map[string]string // names by @id
}

func (m *meta) add(name, content string) {
	content = strings.TrimSpace(content)
	if name == "" || content == "" {
		return
	}
	if m.fields == nil {
		m.fields = map[string][]string{}
	}
	m.fields[name] = append(m.fields[name], content)
}

// first is the first of the named fields that is there.
func (m *meta) first(names ...string) string {
	for _, n := range names {
		if v := m.fields[n]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// jsonLD reads one block of JSON-LD. Where it is broken it says nothing.
func (m *meta) jsonLD(source string) {
	source = strings.TrimSpace(source)
	source = strings.TrimSuffix(strings.TrimPrefix(source, "<!--"), "-->")
	source = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(source), "//<![CDATA["), "//]]>")
	var v any
	if json.Unmarshal([]byte(source), &v) != nil {
		// Line breaks inside strings are the most common fault.
		source = strings.Map(func(r rune) rune {
			if r < ' ' {
				return ' '
			}
			return r
		}, source)
		if json.Unmarshal([]byte(source), &v) != nil {
			return
		}
	}
	m.linked.walk(v, 0)
}

// walk looks for the article in lists and graphs.
func (l *linked) walk(v any, depth int) {
	if depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			l.walk(x, depth+1)
		}
	case map[string]any:
		if id, name := text(v["@id"]), text(v["name"]); id != "" && name != "" {
			if l.named == nil {
				l.named = map[string]string{}
			}
			l.named[id] = name
		}
		if isArticle(v["@type"]) {
			l.take(v)
			return
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "publisher"} {
			l.walk(v[key], depth+1)
		}
	}
}

// text is a value that is a string, cleaned; else nothing.
func text(v any) string {
	s, _ := v.(string)
	return clean(s)
}

func isArticle(kind any) bool {
	switch k := kind.(type) {
	case string:
		return strings.HasSuffix(k, "Article") || strings.HasSuffix(k, "BlogPosting") || strings.HasSuffix(k, "Report") || k == "Review"
	case []any:
		for _, x := range k {
			if isArticle(x) {
				return true
			}
		}
	}
	return false
}

func (l *linked) take(v map[string]any) {
	set := func(to *string, from any) {
		if s, ok := from.(string); ok && *to == "" {
			*to = clean(s)
		}
	}
	set(&l.headline, v["headline"])
	set(&l.published, v["datePublished"])
	set(&l.url, v["url"])
	if p, ok := v["publisher"].(map[string]any); ok {
		set(&l.outlet, p["name"])
		set(&l.publisher, p["@id"])
	}
	if len(l.authors) == 0 {
		l.authors = people(v["author"])
	}
}

// people reads the authors: a name, an object with a name, or a list.
func people(v any) []string {
	switch v := v.(type) {
	case string:
		if s := clean(v); s != "" && !strings.Contains(s, "://") {
			return []string{s}
		}
	case map[string]any:
		if k, _ := v["@type"].(string); k == "Organization" || k == "NewsMediaOrganization" {
			return nil
		}
		return people(v["name"])
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, people(x)...)
		}
		return out
	}
	return nil
}

// clean takes mark-up entities and doubled white space out of a value.
func clean(s string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(html.UnescapeString(s), " "))
}

// fill gives the article what the page says, where the sender said nothing.
func (m *meta) fill(a *record.Article) {
	if a.URL == "" {
		for _, u := range []string{m.canonical, m.first("og:url"), m.linked.url} {
			if p, err := url.Parse(strings.TrimSpace(u)); err == nil && p.Host != "" && strings.HasPrefix(p.Scheme, "http") && len(p.Path) > 1 {
				a.URL = p.String()
				break
			}
		}
	}
	if a.Outlet == "" {
		a.Outlet = m.linked.outlet
	}
	if a.Outlet == "" && m.linked.publisher != "" {
		a.Outlet = m.linked.named[m.linked.publisher]
	}
	if a.Outlet == "" {
		a.Outlet = clean(m.first("og:site_name", "publisher", "application-name"))
	}
	if !a.Published.Known() {
		a.Published = m.date()
	}
	if len(a.Authors) == 0 {
		a.Authors = m.writers(a.Outlet)
	}
}

// dateFields are the names under which pages give the day of print, the
// surest first.
var dateFields = []string{"article:published_time", "article:published", "og:published_time", "datepublished", "date.published", "parsely-pub-date",
	"sailthru.date", "publishdate", "publish-date", "pubdate", "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "date",
	"article.published", "cxenseparse:recs:publishtime", "analyticsattributes.articledate", "rnews:datepublished"}

func (m *meta) date() record.When {
	if w := printed(m.linked.published); w.Known() {
		return w
	}
	for _, name := range dateFields {
		for _, v := range m.fields[name] {
			if w := printed(v); w.Known() {
				return w
			}
		}
	}
	return printed(m.clock)
}

// writers are the names that the page gives: in its data, else as printed.
func (m *meta) writers(outlet string) []string {
	words := boilerplateOf("en")
	var out []string
	take := func(given []string) {
		for _, g := range given {
			for _, name := range words.bylineNames(clean(g), false) {
				if !strings.EqualFold(name, outlet) {
					out = append(out, name)
				}
			}
		}
	}
	take(m.linked.authors)
	for _, name := range []string{"author", "byl", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byline", "authors"} {
		if len(out) == 0 {
			take(m.fields[name])
		}
	}
	for _, line := range m.bylines {
		if len(out) == 0 {
			for _, name := range words.bylineNames(line, len(strings.Fields(line)) > 4) {
				if !strings.EqualFold(name, outlet) {
					out = append(out, name)
				}
			}
		}
	}
	seen := map[string]bool{}
	kept := out[:0]
	for _, name := range out {
		if low := strings.ToLower(name); !seen[low] {
			seen[low] = true
			kept = append(kept, name)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}
