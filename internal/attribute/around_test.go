package attribute

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// The cases of testdata/around.txtar are reports with their quotations and
// mentions marked by hand, so that the tests of venue, date, hedges,
// referents and credits need no other stage:
//
//	[A|Mara Quill]   a mention of A (O to Z: an organisation)
//	[1s|…] [1c|…]    the speaker's words and the cue of quotation 1
//	[1t|…]           its addressee
//	[1p|…] [1x|…]    a part given in marks; reported content
//	[1m|…]           a part in marks of a mixed quotation
//	[1b|…]           a block
//	[1=A|]           its speaker is A, with no words for it here
type marked struct {
	text   string
	chains map[byte]*record.Chain
	qs     map[int]*record.Quotation
}

// parse strips the markup of s and notes where it stood.
func (m *marked) parse(s string) string {
	for s != "" {
		open, end := strings.IndexByte(s, '['), strings.IndexByte(s, ']')
		switch {
		case end >= 0 && (open < 0 || end < open):
			m.text += s[:end]
			return s[end+1:]
		case open < 0:
			m.text += s
			return ""
		}
		m.text += s[:open]
		tag, rest, ok := strings.Cut(s[open+1:], "|")
		if !ok {
			m.text += "["
			s = s[open+1:]
			continue
		}
		start := len(m.text)
		s = m.parse(rest)
		m.note(tag, record.Span{Start: start, End: len(m.text)})
	}
	return ""
}

func (m *marked) note(tag string, s record.Span) {
	n, err := strconv.Atoi(tag[:1])
	if err != nil {
		m.chain(tag[0]).Mentions = append(m.chain(tag[0]).Mentions, record.Mention{Span: s, Kind: m.kind(s)})
		return
	}
	q := m.qs[n]
	if q == nil {
		q = &record.Quotation{Where: record.InBody, Kind: record.Direct}
		m.qs[n] = q
	}
	switch tag[1] {
	case 's':
		q.Speaker = &record.Speaker{Span: &s, Name: s.Of(m.text), Chain: record.NoChain}
	case '=':
		q.Speaker = &record.Speaker{Name: string(tag[2]), Chain: record.NoChain}
	case 'c':
		q.Cue = &s
	case 't':
		q.Addressee = &record.Party{Span: &s, Name: s.Of(m.text), Chain: record.NoChain}
	case 'p':
		q.Parts = append(q.Parts, s)
	case 'm':
		q.Parts, q.Kind = append(q.Parts, s), record.Mixed
	case 'x':
		q.Content, q.Kind = append(q.Content, s), record.Indirect
	case 'b':
		q.Parts, q.Kind = append(q.Parts, s), record.Block
	}
}

func (m *marked) chain(letter byte) *record.Chain {
	c := m.chains[letter]
	if c == nil {
		c = &record.Chain{Nature: record.APerson}
		if letter >= 'O' {
			c.Nature = record.AnOrganisation
		}
		m.chains[letter] = c
	}
	return c
}

func (m *marked) kind(s record.Span) record.MentionKind {
	switch w := strings.ToLower(s.Of(m.text)); w {
	case "he", "she", "him", "her", "his", "they", "them", "their":
		return record.ByPronoun
	default:
		if strings.HasPrefix(w, "the ") {
			return record.ByDescription
		}
	}
	return record.ByName
}

// build makes the document, the chains and the quotations.
func (m *marked) build(printed string) (*text.Doc, []record.Chain, []record.Quotation) {
	a := &record.Article{Text: m.text, Language: "en", Outlet: "Westmark Courier"}
	if t, err := time.Parse(time.DateOnly, printed); err == nil {
		a.Published = record.When{From: t, Until: t.AddDate(0, 0, 1)}
	}
	letters := make([]int, 0, len(m.chains))
	for l := range m.chains {
		letters = append(letters, int(l))
	}
	sort.Ints(letters)
	chains := make([]record.Chain, len(letters))
	at := map[string]int{}
	for i, l := range letters {
		c := m.chains[byte(l)]
		sort.Slice(c.Mentions, func(i, j int) bool { return c.Mentions[i].Start < c.Mentions[j].Start })
		c.ID, c.Name = i, m.longest(c)
		chains[i], at[string(byte(l))] = *c, i
	}
	qs := make([]record.Quotation, len(m.qs))
	for n, q := range m.qs {
		if q.Kind == record.Indirect && len(q.Parts) > 0 {
			q.Kind = record.Mixed
		}
		if len(q.Parts) == 0 {
			q.Parts = q.Content
		}
		if len(q.Content) == 0 {
			q.Content = q.Parts
		}
		if s := q.Speaker; s != nil && s.Span == nil {
			s.Chain, s.Name = at[s.Name], chains[at[s.Name]].Name
		} else if s != nil {
			s.Chain = holder(chains, *s.Span)
		}
		if q.Addressee != nil {
			q.Addressee.Chain = holder(chains, *q.Addressee.Span)
		}
		qs[n-1] = *q
	}
	return text.New(a), chains, qs
}

func (m *marked) longest(c *record.Chain) string {
	name := ""
	for _, o := range c.Mentions {
		if w := o.Span.Of(m.text); o.Kind == record.ByName && len(w) > len(name) {
			name = w
		}
	}
	return name
}

func holder(chains []record.Chain, s record.Span) int {
	for i := range chains {
		for _, m := range chains[i].Mentions {
			if s.Contains(m.Span) {
				return i
			}
		}
	}
	return record.NoChain
}

func resolveAround(d *text.Doc, chains []record.Chain, qs []record.Quotation) {
	around := frameOf(d, chains, qs)
	venues(around)
	saidDates(around)
	hedges(around)
	abouts(around)
	credits(around)
}

// told renders what was found, a line a finding.
func told(doc string, qs []record.Quotation) string {
	var b strings.Builder
	words := func(s *record.Span) string {
		if s == nil {
			return "[]"
		}
		return "[" + s.Of(doc) + "]"
	}
	for i := range qs {
		q := &qs[i]
		if v := q.Venue; v != nil {
			fmt.Fprintf(&b, "%d venue %s (%s) %s\n", i+1, v.Name, v.Medium, words(v.Span))
		}
		if s := q.Said; s != nil {
			fmt.Fprintf(&b, "%d said %s/%s %s", i+1, record.Format(s.When.From), record.Format(s.When.Until), words(s.Span))
			if s.Problem != "" {
				b.WriteString(" " + s.Problem)
			}
			b.WriteString("\n")
		}
		for _, h := range q.Hedges {
			fmt.Fprintf(&b, "%d hedge %s %s\n", i+1, h.Kind, words(&h.Span))
		}
		for _, r := range q.About {
			fmt.Fprintf(&b, "%d about %s\n", i+1, r.Name)
		}
		for _, c := range q.Credits {
			fmt.Fprintf(&b, "%d credit %s %s %s\n", i+1, c.Kind, c.Name, words(&c.Span))
		}
	}
	return b.String()
}

// TestAround reads each testdata/*.around.txtar: a file "NAME" is a report, a
// file "NAME want" what is to be found round its quotations. A report's first
// line may say when it was printed.
func TestAround(t *testing.T) {
	files, err := filepath.Glob("testdata/*.around.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parts := txtar.Parse(data).Files
		for i := 0; i+1 < len(parts); i += 2 {
			t.Run(parts[i].Name, func(t *testing.T) {
				if parts[i+1].Name != parts[i].Name+" want" {
					t.Fatalf("%s: no want", parts[i].Name)
				}
				around(t, string(parts[i].Data), string(parts[i+1].Data))
			})
		}
	}
}

func around(t *testing.T, report, want string) {
	printed := ""
	if rest, ok := strings.CutPrefix(report, "printed "); ok {
		printed, report, _ = strings.Cut(rest, "\n")
	}
	m := &marked{chains: map[byte]*record.Chain{}, qs: map[int]*record.Quotation{}}
	m.parse(report)
	d, chains, qs := m.build(printed)
	resolveAround(d, chains, qs)
	if got := told(d.Text, qs); strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// FuzzAround: whatever the text, what is found lies in it, and the same text
// gives the same findings.
func FuzzAround(f *testing.F) {
	f.Add("Mara told the Gazette in a 202 interview on CNN’s podcast, The Reel, that “we were friends”.", 5, 9, 20, 60)
	f.Add("In November last year, X reportedly said in Welsh: “it”, as the Post first reported, hinting at Y on X.", 30, 34, 50, 60)
	f.Add("took to Twitter. wrote a series of posts: per People via a source", 0, 4, 17, 22)
	f.Fuzz(func(t *testing.T, body string, a, b, c, e int) {
		body = strings.ToValidUTF8(body, "")
		if len(body) == 0 {
			return
		}
		d := text.New(&record.Article{Text: body, Language: "en"})
		if len(d.Tokens) == 0 {
			return
		}
		at := func(i int) record.Span {
			return d.Tokens[((i%len(d.Tokens))+len(d.Tokens))%len(d.Tokens)].Span
		}
		make1 := func() ([]record.Chain, []record.Quotation) {
			sp, cue, x := at(a), at(b), at(c)
			content := record.Span{Start: min(x.Start, at(e).Start), End: max(x.End, at(e).End)}
			chains := []record.Chain{{Name: "A", Nature: record.APerson, Mentions: []record.Mention{{Span: sp, Kind: record.ByName}}},
				{ID: 1, Name: "B", Nature: record.AnOrganisation, Mentions: []record.Mention{{Span: x, Kind: record.ByName}}}}
			q := record.Quotation{Kind: record.Mixed, Where: record.InBody, Parts: []record.Span{x}, Content: []record.Span{content},
				Cue: &cue, Speaker: &record.Speaker{Span: &sp, Name: "A"}, Addressee: &record.Party{Span: &x, Name: "B", Chain: 1}}
			bare := q
			bare.Cue, bare.Speaker, bare.Addressee = nil, &record.Speaker{Name: "A"}, nil
			return chains, []record.Quotation{q, bare}
		}
		chains, qs := make1()
		resolveAround(d, chains, qs)
		first := told(body, qs) // slices the text at every span
		chains, qs = make1()
		resolveAround(d, chains, qs)
		if again := told(body, qs); again != first {
			t.Fatalf("two readings differ:\n%s\n%s", first, again)
		}
	})
}
