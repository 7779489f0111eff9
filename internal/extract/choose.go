package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"onrecord/internal/record"
)

// How the body is found. Sentences are weighed (a block of some length, with
// few links, that ends like one); the container that holds nearly all of them
// is the body, and what in it is no sentence, heading or item of a list of the
// report is left out.
//
// The thresholds were set by eye, on the 90 pages of the reference set: body
// F1 .96 (4-gram shingles), against .96 for go-trafilatura, .95 for
// go-readability. None of them is critical: half or one and a half times each
// costs at most .010.
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
	bodyLeast = 0.25
	// articleLeast: an <article> is the report if it holds so much of it.
	articleLeast = 0.5
)

// prose tells whether a block is of the report, by its own looks.
func (b *block) prose() bool {
	if len(b.text) < goodBytes || float64(b.links) > goodLinks*float64(len(b.text)) {
		return false
	}
	return b.tag == atom.P || ends(b.text) || len(b.text) > 200
}

// doubtful hints are believed only of parts that hold little of the prose.
const doubtful = hintNo | hintByline | hintCaption | hintPull | hintUnseen

// noReport is what keeps a block out of the report.
const noReport = hintNo | hintByline | hintCaption | hintPull | hintUnseen

// weigh sums the prose of each container and settles what holds for the text
// in it. A container stands after the one it stands in, so that one pass each
// way does.
func (s *scanner) weigh() {
	s.sum(0)
	total := float64(s.nodes[0].good)
	for i := 1; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		h := n.hint
		if float64(n.good) >= tooMuch*total && n.good > 0 {
			h &^= doubtful
			if unseen[n.tag] {
				h |= hintUnseen // never shown, however much it holds
			}
		}
		if h&hintBody != 0 {
			h &^= hintNo
		}
		in := s.nodes[n.parent].in
		if h&hintQuote != 0 {
			in &^= hintCaption // a <figure> may frame a quotation
		}
		n.in = in | h
		if n.in&hintEmbed != 0 {
			n.in &^= hintQuote
		}
	}
	s.sum(noReport)
}

// sum weighs the prose outside of what the hints of without hold for.
func (s *scanner) sum(without hint) {
	for i := range s.nodes {
		s.nodes[i].good = 0
	}
	for i := range s.blocks {
		if b := &s.blocks[i]; s.nodes[b.node].in&without == 0 && b.prose() {
			s.nodes[b.node].good += len(b.text)
		}
	}
	for i := len(s.nodes) - 1; i > 0; i-- {
		s.nodes[s.nodes[i].parent].good += s.nodes[i].good
	}
}

// roots are the containers of the report: mostly one.
func (s *scanner) roots() []int32 {
	total := float64(s.nodes[0].good)
	marked := s.marked()
	weight, best := 0, int32(0)
	for _, i := range marked {
		weight += s.nodes[i].good
		if best == 0 || s.nodes[i].good > s.nodes[best].good {
			best = i
		}
	}
	switch {
	case total == 0:
		return []int32{0}
	case float64(weight) < bodyLeast*total:
		return []int32{s.descend(s.article())}
	case float64(s.nodes[best].good) < mostOf*float64(weight):
		return marked // a body in several pieces, advertisements between them
	}
	return []int32{s.descend(best)}
}

// marked are the outermost containers whose names say that they are the body,
// and that hold some prose.
func (s *scanner) marked() []int32 {
	var out []int32
	covered := make([]bool, len(s.nodes))
	for i := 1; i < len(s.nodes); i++ {
		n := &s.nodes[i]
		covered[i] = covered[n.parent]
		if !covered[i] && n.hint&hintBody != 0 && n.in&noReport == 0 && n.good > 0 {
			covered[i] = true
			out = append(out, int32(i))
		}
	}
	return out
}

// article is the <article> that holds most of the prose; 0, the page, where
// none does.
func (s *scanner) article() int32 {
	best := int32(0)
	for i := range s.nodes {
		n := &s.nodes[i]
		if n.tag == atom.Article && float64(n.good) >= articleLeast*float64(s.nodes[0].good) && (best == 0 || n.good >= s.nodes[best].good) {
			best = int32(i)
		}
	}
	return best
}

// descend goes from a container into the one inside it that holds nearly all
// of its prose, as long as there is one.
func (s *scanner) descend(from int32) int32 {
	heaviest := make([]int32, len(s.nodes))
	for i := int32(1); i < int32(len(s.nodes)); i++ {
		p := s.nodes[i].parent
		if h := heaviest[p]; h == 0 || s.nodes[i].good > s.nodes[h].good {
			heaviest[p] = i
		}
	}
	for {
		h := heaviest[from]
		if h == 0 || s.nodes[h].good == 0 || float64(s.nodes[h].good) < mostOf*float64(s.nodes[from].good) {
			return from
		}
		if tag := s.nodes[h].tag; tag == atom.P || tag == atom.Blockquote || tag == atom.Li {
			return from
		}
		from = h
	}
}

// paragraph is a block that is kept.
type paragraph struct {
	text string
	in   hint
	head bool
	item bool // an entry of a list, with links
}

// body picks the paragraphs of the report.
func (s *scanner) body(title string, words *patterns) []paragraph {
	inside := make([]bool, len(s.nodes))
	for _, root := range s.roots() {
		inside[root] = true
	}
	for i := 1; i < len(s.nodes); i++ {
		inside[i] = inside[i] || inside[s.nodes[i].parent]
	}
	proseAt := make([]bool, len(s.nodes)) // containers with prose right in them
	for i := range s.blocks {
		b := &s.blocks[i]
		proseAt[b.node] = proseAt[b.node] || b.prose()
	}
	var out []paragraph
	seen := map[string]bool{}
	for i := range s.blocks {
		b := &s.blocks[i]
		text := tidy(b.text)
		in := s.nodes[b.node].in
		if in&hintCaption != 0 {
			seen[text] = true // a caption given again as a paragraph
		}
		if !inside[b.node] || !b.keep(in, proseAt[b.node]) || sameWords(text, title) {
			continue
		}
		if len(text) > goodBytes {
			if seen[text] {
				continue
			}
			seen[text] = true
		}
		out = append(out, paragraph{text: text, in: in, head: isHead(b.tag), item: b.tag == atom.Li && 5*b.links > len(b.text)})
	}
	if s.nodes[0].good == 0 {
		return s.scraps(title)
	}
	return trim(out, words)
}

// scraps are all the words of a page that holds no prose at all: a line or
// two sent as HTML.
func (s *scanner) scraps(title string) []paragraph {
	var out []paragraph
	for i := range s.blocks {
		b := &s.blocks[i]
		text, in := tidy(b.text), s.nodes[b.node].in
		if text != "" && in&noReport == 0 && b.links == 0 && !sameWords(text, title) {
			out = append(out, paragraph{text: text, in: in})
		}
	}
	return out
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
func (b *block) keep(in hint, prose bool) bool {
	if in&noReport != 0 {
		return false
	}
	if in&hintEmbed != 0 {
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
		return b.prose()
	}
	return b.prose() || in&hintQuote != 0 || (share < 0.3 && len(b.text) > 30 && (prose || ends(b.text)))
}

// trim takes off the end what no paragraph follows: headings, lists of links;
// and off the beginning the word or two that name the section of the paper.
func trim(ps []paragraph, words *patterns) []paragraph {
	for len(ps) > 0 {
		last := ps[len(ps)-1]
		if !last.head && !last.item && !words.list[bareLine(last.text)] {
			break
		}
		ps = ps[:len(ps)-1]
	}
	for len(ps) > 1 && ps[0].in&(hintEmbed|hintQuote) == 0 && len(strings.Fields(ps[0].text)) <= 2 && !ends(ps[0].text) {
		ps = ps[1:]
	}
	return ps
}

func bareLine(s string) string { return strings.TrimRight(strings.ToLower(s), " :»>") }

// sameWords tells whether two lines say the same, marks and case aside.
func sameWords(a, b string) bool {
	return a != "" && len(a) <= 2*len(b)+20 && squeeze(a) == squeeze(b)
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
	s.weigh()
	m := &s.meta
	for i := range s.blocks {
		b := &s.blocks[i]
		in := s.nodes[b.node].in | s.nodes[b.node].hint
		if b.tag == atom.H1 && in&hintUnseen == 0 {
			m.heads = append(m.heads, tidy(b.text))
		}
		if in&hintByline != 0 && len(b.text) < 200 {
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
		case para.in&hintEmbed != 0:
			a.Passed = append(a.Passed, record.Passed{Span: span, Why: record.WhyEmbed})
		case para.in&hintQuote != 0:
			a.SetOff = append(a.SetOff, span)
		}
	}
	a.Text = text.String()
	return m
}
