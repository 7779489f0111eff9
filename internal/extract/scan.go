package extract

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// A page is read in one pass over its tokens, without building a tree of
// elements: the tree is what costs, what can nest without end, and what a
// page cut in the middle lacks. What is kept is a flat list of text blocks and
// a list of the containers they stand in.

// node is a container: a block element, and what is known of it.
type node struct {
	parent int32
	tag    atom.Atom
	hint   hint // of its own names, and for some of its tag
	good   int  // bytes of prose in it, set by weigh
	in     hint // what holds for its text: its own hints that are believed, and those of what it stands in, set by weigh
}

// block is a run of text between two block elements.
type block struct {
	node  int32
	tag   atom.Atom // the innermost block element
	text  string
	links int // bytes of text inside links
}

// scanner is the state of the one pass.
type scanner struct {
	z      *html.Tokenizer
	nodes  []node
	stack  []open
	count  map[atom.Atom]int // open elements by tag
	blocks []block
	text   []byte
	space  bool
	links  int
	inLink bool
	author int // where the text of a link to the author begins; -1: in none
	meta   meta
}

// open is an element not closed yet.
type open struct {
	tag   atom.Atom
	block atom.Atom // the innermost block element: tag, unless that is a <span>
	node  int32
}

var voids = atoms("area base br col embed hr img input link meta param source track wbr")

// rawText elements hold no mark-up, and no words of the report.
var rawText = atoms("title script style iframe textarea noframes noembed noscript xmp")

// unseen elements hold no words of the report either, but other elements.
var unseen = atoms("svg template select button object audio video canvas math datalist map")

// breaking elements begin and end a block of text.
var breaking = atoms(`address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form
	h1 h2 h3 h4 h5 h6 header hr html li main menu nav ol option p pre section summary table tbody td tfoot th thead time tr ul hgroup legend`)

// seldom elements are no part of a report, unless most of it stands in them.
var seldom = atoms("nav aside footer form header menu dialog details address")

func atoms(names string) map[atom.Atom]bool {
	m := map[atom.Atom]bool{}
	for _, n := range strings.Fields(names) {
		if a := atom.Lookup([]byte(n)); a != 0 {
			m[a] = true
		}
	}
	return m
}

// scan reads the page.
func scan(data []byte, contentType string) *scanner {
	data = bytes.ReplaceAll(data, []byte{0}, nil)
	var in io.Reader = bytes.NewReader(data)
	if !utf8.Valid(data) {
		if r, err := charset.NewReader(in, contentType); err == nil {
			in = r
		}
	}
	s := &scanner{z: html.NewTokenizer(in), count: map[atom.Atom]int{}, author: -1}
	s.nodes = append(s.nodes, node{parent: -1, tag: atom.Html})
	s.stack = append(s.stack, open{tag: atom.Html, block: atom.Html})
	for {
		switch s.z.Next() {
		case html.ErrorToken:
			s.flush()
			return s
		case html.TextToken:
			s.words(s.z.Text())
		case html.StartTagToken, html.SelfClosingTagToken:
			s.start()
		case html.EndTagToken:
			name, _ := s.z.TagName()
			s.end(atom.Lookup(name))
		}
	}
}

func (s *scanner) top() *open { return &s.stack[len(s.stack)-1] }

// words adds text to the current block, its white space made single.
func (s *scanner) words(raw []byte) {
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' || r == '\u00A0' || r == '\u2028' || r == '\u2029':
			s.space = true
		case r == '\u00AD' || r == '\u200B' || r == '\uFEFF' || r < ' ':
			// soft hyphens and the like are no letters
		default:
			before := len(s.text)
			if s.space && before > 0 {
				s.text = append(s.text, ' ')
			}
			s.space = false
			if r == utf8.RuneError && n == 1 {
				s.text = utf8.AppendRune(s.text, r)
			} else {
				s.text = append(s.text, raw[:n]...)
			}
			if s.inLink {
				s.links += len(s.text) - before
			}
		}
		raw = raw[n:]
	}
}

// flush ends the current block.
func (s *scanner) flush() {
	if len(s.text) > 0 {
		t := s.top()
		s.blocks = append(s.blocks, block{node: t.node, tag: t.block, text: string(s.text), links: s.links})
	}
	s.text, s.links, s.space, s.author = s.text[:0], 0, false, -1
}

func (s *scanner) start() {
	name, hasAttr := s.z.TagName()
	tag := atom.Lookup(name)
	var at attributes
	if hasAttr {
		at.read(s.z, tag)
	}
	switch {
	case tag == atom.Title && s.count[atom.Body] == 0 && s.meta.title == "":
		s.meta.title = s.raw(tag)
		return
	case tag == atom.Script && strings.Contains(strings.ToLower(at.kind), "ld+json"):
		s.meta.jsonLD(s.raw(tag))
		return
	case rawText[tag]:
		s.raw(tag)
		return
	case voids[tag]:
		s.void(tag, &at)
		return
	case tag == atom.A:
		s.inLink = true
		s.author = -1
		if at.rel == "author" || at.prop == "author" {
			s.author = len(s.text)
		}
		return
	case tag == atom.Span:
		s.span(&at)
		return
	case !breaking[tag] && !unseen[tag]:
		return
	}
	s.flush()
	s.implied(tag)
	s.push(tag, &at)
}

// void handles the elements that have no end.
func (s *scanner) void(tag atom.Atom, at *attributes) {
	switch tag {
	case atom.Meta:
		s.meta.add(at.name, at.content)
	case atom.Link:
		if strings.EqualFold(at.rel, "canonical") {
			s.meta.canonical = at.href
		}
	case atom.Hr:
		s.flush()
	case atom.Br:
		// Two in a row part paragraphs; one is white space.
		if n := len(s.text); n > 0 && s.text[n-1] == '\n' {
			s.text = s.text[:n-1]
			s.flush()
		} else if n > 0 {
			s.text = append(s.text, '\n')
			s.space = false
		}
	}
}

// push opens a container.
func (s *scanner) push(tag atom.Atom, at *attributes) {
	t := s.top()
	h := s.hintsOf(tag, at)
	if tag == atom.Time && at.datetime != "" && s.meta.clock == "" {
		s.meta.clock = at.datetime
	}
	if (tag == atom.Html || tag == atom.Body) && s.meta.lang == "" {
		s.meta.lang = at.lang
	}
	s.nodes = append(s.nodes, node{parent: t.node, tag: tag, hint: h})
	s.stack = append(s.stack, open{tag: tag, block: tag, node: int32(len(s.nodes) - 1)})
	s.count[tag]++
}

// implied closes what the start of tag closes: a paragraph left open, an item
// by the next item.
func (s *scanner) implied(tag atom.Atom) {
	for s.top().tag == atom.Span {
		s.pop()
	}
	if top := s.top().tag; top == atom.P || (top == tag && (tag == atom.Li || tag == atom.Dd || tag == atom.Dt || tag == atom.Option)) {
		s.pop()
	}
}

// hintsOf is what an element's name, tag and properties tell. The names of
// the outermost elements tell of the whole page or of the report's subject
// ("category-newsletter"), and are not heard.
func (s *scanner) hintsOf(tag atom.Atom, at *attributes) hint {
	var h hint
	switch tag {
	case atom.Html, atom.Body, atom.Main:
		return 0
	case atom.Article:
		h = hintOf(at.names) & (hintBody | hintEmbed)
	default:
		h = hintOf(at.names)
	}
	if at.hidden || unseen[tag] {
		h |= hintUnseen
	}
	if tag == atom.Figcaption || tag == atom.Figure {
		h |= hintCaption
	}
	if tag == atom.Blockquote {
		h |= hintQuote
	}
	if at.prop == "author" || at.rel == "author" {
		h |= hintByline
	}
	if at.prop == "articlebody" {
		h |= hintBody
	}
	if seldom[tag] {
		h |= hintNo
	}
	return h
}

// span opens a <span>. It parts no text, unless its name says that its words
// are a caption, or for programs that read aloud.
func (s *scanner) span(at *attributes) {
	t := *s.top()
	t.tag = atom.Span
	if h := s.hintsOf(atom.Span, at) & (hintUnseen | hintCaption | hintByline); h != 0 {
		s.flush()
		s.nodes = append(s.nodes, node{parent: t.node, tag: atom.Span, hint: h})
		t.node = int32(len(s.nodes) - 1)
	}
	s.stack = append(s.stack, t)
	s.count[atom.Span]++
}

func (s *scanner) endSpan() {
	if s.top().tag != atom.Span {
		return
	}
	if s.top().node != s.stack[len(s.stack)-2].node {
		s.flush()
	}
	s.pop()
}

func (s *scanner) pop() {
	s.count[s.top().tag]--
	s.stack = s.stack[:len(s.stack)-1]
}

func (s *scanner) end(tag atom.Atom) {
	switch {
	case tag == atom.A:
		s.inLink = false
		if s.author >= 0 && s.author < len(s.text) {
			s.meta.bylines = append(s.meta.bylines, strings.TrimSpace(string(s.text[s.author:])))
		}
		s.author = -1
		return
	case tag == atom.Span:
		s.endSpan()
		return
	case !breaking[tag] && !unseen[tag]:
		return
	}
	s.flush()
	if s.count[tag] == 0 {
		return // it closes nothing that is open
	}
	for {
		was := s.top().tag
		s.pop()
		if was == tag {
			return
		}
	}
}

// raw reads the text of an element whose content is no mark-up.
func (s *scanner) raw(tag atom.Atom) string {
	for {
		switch s.z.Next() {
		case html.TextToken:
			if text := string(s.z.Text()); text != "" {
				return text // its end tag closes nothing that was opened, and is passed over
			}
		default:
			return ""
		}
	}
}
