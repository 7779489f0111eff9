package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"onrecord/internal/record"
)

// How the body is found. Sentences are weighed (a block of some length, with
// few links, that ends like one); the container that holds nearly all of them
// is the body, and what in it is no sentence, heading or item of a list of the
// report is left out. The figures were set on half of the 90 pages of the
// reference set and looked at on the other half; body F1 is in eval's floors.
const (
	// goodBytes and goodLinks: a block of prose is at least so long, and at
	// most so much of it is links.
	goodBytes = 60
	goodLinks = 0.33
	// mostOf: go into a container that holds so much of its parent's prose.
	mostOf = 0.8
	// tooMuch: a part whose name says that it is no report is believed unless
	// it holds so much of the page's prose.
	tooMuch = 0.5
	// bodyLeast: a part whose name says that it is the report is believed if
	// it holds so much of the page's prose.
	bodyLeast = 0.4
)

// good tells whether a block is prose, by its own looks.
func (b *block) good() bool {
	if len(b.text) < goodBytes || b.in&(inCaption|inByline|inUnseen|inPull) != 0 {
		return false
	}
	if float64(b.links) > goodLinks*float64(len(b.text)) {
		return false
	}
	return b.tag == atom.P || ends(b.text) || len(b.text) > 200
}

// weigh sums the prose of each container and settles which parts are no part
// of the report.
func (s *scanner) weigh() {
	for i := range s.blocks {
		if b := &s.blocks[i]; b.good() {
			s.nodes[b.node].good += len(b.text)
		}
	}
	// A container comes after the one it stands in.
	for i := len(s.nodes) - 1; i > 0; i-- {
		s.nodes[s.nodes[i].parent].good += s.nodes[i].good
	}
	total := float64(s.nodes[0].good)
	for i := 1; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		n.no = s.nodes[n.parent].no ||
			n.hint&hintNo != 0 && n.hint&hintBody == 0 && float64(n.good) < tooMuch*total
	}
	// Again, without those parts.
	for i := range s.nodes {
		s.nodes[i].good = 0
	}
	for i := range s.blocks {
		if b := &s.blocks[i]; b.good() && !s.nodes[b.node].no {
			s.nodes[b.node].good += len(b.text)
		}
	}
	for i := len(s.nodes) - 1; i > 0; i-- {
		s.nodes[s.nodes[i].parent].good += s.nodes[i].good
	}
}

// bodyNode is the container of the report.
func (s *scanner) bodyNode() int32 {
	best := int32(0)
	total := float64(s.nodes[0].good)
	for i := range s.nodes {
		n := &s.nodes[i]
		if n.hint&hintBody != 0 && !n.no && float64(n.good) >= bodyLeast*total && n.good > 0 &&
			(best == 0 || n.good >= s.nodes[best].good) {
			best = int32(i) // of nested ones of equal weight, the inner
		}
	}
	if best != 0 {
		return best
	}
	// The heaviest child of each container, found in one pass.
	heaviest := make([]int32, len(s.nodes))
	for i := int32(1); i < int32(len(s.nodes)); i++ {
		p := s.nodes[i].parent
		if h := heaviest[p]; h == 0 || s.nodes[i].good > s.nodes[h].good {
			heaviest[p] = i
		}
	}
	for {
		h := heaviest[best]
		if h == 0 || float64(s.nodes[h].good) < mostOf*float64(s.nodes[best].good) || s.nodes[h].good == 0 {
			return best
		}
		if tag := s.nodes[h].tag; tag == atom.P || tag == atom.Blockquote {
			return best
		}
		best = h
	}
}

// paragraph is a block that is kept.
type paragraph struct {
	text string
	in   inherited
	head bool
}

// body picks the paragraphs of the report.
func (s *scanner) body(title string, words *patterns) []paragraph {
	s.weigh()
	root := s.bodyNode()
	inside := make([]bool, len(s.nodes))
	inside[root] = true
	for i := int(root) + 1; i < len(s.nodes); i++ {
		inside[i] = inside[s.nodes[i].parent]
	}
	var out []paragraph
	seen := map[string]bool{}
	for i := range s.blocks {
		b := &s.blocks[i]
		text := tidy(b.text)
		if b.in&inCaption != 0 {
			seen[text] = true // a caption given again as a paragraph
		}
		if !inside[b.node] || s.nodes[b.node].no || !s.keep(b) || sameWords(text, title) {
			continue
		}
		if len(text) > goodBytes {
			if seen[text] {
				continue
			}
			seen[text] = true
		}
		out = append(out, paragraph{text: text, in: b.in, head: isHead(b.tag)})
	}
	return trim(out, words)
}

// tidy ends the work on a block's text: single line breaks become spaces.
func tidy(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, " \n", " "), "\n", " "))
}

func isHead(tag atom.Atom) bool {
	switch tag {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// keep tells whether a block inside the body is part of the report.
func (s *scanner) keep(b *block) bool {
	if b.in&(inCaption|inByline|inUnseen|inPull) != 0 {
		return b.in&(inEmbed|inQuote) != 0 && b.in&(inCaption|inUnseen|inPull) == 0
	}
	if b.in&inEmbed != 0 {
		return true
	}
	share := float64(b.links) / float64(len(b.text))
	letters := strings.IndexFunc(b.text, unicode.IsLetter) >= 0
	switch {
	case !letters || b.tag == atom.H1 || b.tag == atom.Time:
		return false
	case isHead(b.tag):
		return share < 0.5
	case b.tag == atom.P:
		return share < 0.8
	case b.tag == atom.Li:
		return share < 0.5 && len(b.text) > 30
	case b.tag == atom.Td || b.tag == atom.Th || b.tag == atom.Caption || b.tag == atom.Summary:
		return b.good()
	}
	return b.good() || b.in&inQuote != 0 || (share < 0.3 && len(b.text) > 30 && ends(b.text))
}

// trim takes headings off the end, and lists of links that a heading of
// their own announces.
func trim(ps []paragraph, words *patterns) []paragraph {
	for len(ps) > 0 && (ps[len(ps)-1].head || words.list[bareLine(ps[len(ps)-1].text)]) {
		ps = ps[:len(ps)-1]
	}
	return ps
}

func bareLine(s string) string { return strings.TrimRight(strings.ToLower(s), " :»>") }

// sameWords tells whether two lines say the same, marks and case aside.
func sameWords(a, b string) bool {
	return a != "" && b != "" && utf8.RuneCountInString(a)-utf8.RuneCountInString(b) < 20 && squeeze(a) == squeeze(b)
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// fromHTML lays out a page: the title, a blank line, the paragraphs of the
// body parted by blank lines.
func fromHTML(a *record.Article, p record.Page) *meta {
	s := scan(p.Bytes, "")
	m := &s.meta
	for i := range s.blocks {
		b := &s.blocks[i]
		if b.tag == atom.H1 && b.in&inUnseen == 0 {
			m.heads = append(m.heads, tidy(b.text))
		}
		if b.in&inByline != 0 && len(b.text) < 200 {
			m.bylines = append(m.bylines, tidy(b.text))
		}
	}
	m.fill(a)
	a.Title = strings.TrimSpace(p.Title)
	if a.Title == "" {
		a.Title = m.headline(a.Outlet)
	}
	var text strings.Builder
	if a.Title != "" {
		text.WriteString(a.Title)
		text.WriteString("\n\n")
	}
	a.BodyStart = text.Len()
	for i, para := range s.body(a.Title, boilerplateOf(m.lang)) {
		if i > 0 {
			text.WriteString("\n\n")
		}
		span := record.Span{Start: text.Len(), End: text.Len() + len(para.text)}
		text.WriteString(para.text)
		switch {
		case para.in&inEmbed != 0:
			a.Passed = append(a.Passed, record.Passed{Span: span, Why: record.WhyEmbed})
		case para.in&inQuote != 0:
			a.SetOff = append(a.SetOff, span)
		}
	}
	a.Text = text.String()
	return m
}
