package mention

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// shared is the folder of reference data.
func shared() string {
	if s := os.Getenv("ONRECORD_SHARED"); s != "" {
		return s
	}
	return filepath.Join("..", "..", "..", "shared")
}

// goldMention is a person mention of the reference: its words and its head.
type goldMention struct {
	span, head record.Span
	group      string
	proper     bool
	words      string
}

// gumDoc is a reference document as running text.
type gumDoc struct {
	text string
	gold []goldMention
}

// readGUM reads the persons of one CoNLL-U document. First and second person
// pronouns and relative pronouns are left out: nobody resolves them here.
func readGUM(path string) (gumDoc, error) {
	file, err := os.Open(path)
	if err != nil {
		return gumDoc{}, err
	}
	defer file.Close()
	var g gumReader
	s := bufio.NewScanner(file)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		g.line(s.Text())
	}
	return gumDoc{g.b.String(), g.gold}, s.Err()
}

type openGold struct {
	group, kind, min string
	first            int
}

type gumReader struct {
	b      strings.Builder
	spans  []record.Span // of the tokens of the document
	tags   []string
	first  int // index of the sentence's first token
	stack  []openGold
	gold   []goldMention
	merged int // bytes of a multi-word token still to be given out
}

func (g *gumReader) line(l string) {
	switch {
	case strings.HasPrefix(l, "# newpar_block"), strings.HasPrefix(l, "# newpar "), l == "# newpar":
		if s := g.b.String(); s != "" && !strings.HasSuffix(s, "\n") {
			g.b.WriteString("\n\n")
		}
		return
	case strings.HasPrefix(l, "# sent_id"):
		g.first = len(g.spans)
		return
	case l == "" || l[0] == '#':
		return
	}
	col := strings.Split(l, "\t")
	if strings.Contains(col[0], ".") {
		return
	}
	if strings.Contains(col[0], "-") {
		g.write(col[1], col[9])
		g.merged = len(g.b.String()) - strings.LastIndex(g.b.String(), col[1])
		g.b.Len()
		g.merged = 0
		a, z, _ := strings.Cut(col[0], "-")
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(z)
		g.merged = y - x + 1
		return
	}
	g.token(col)
}

func (g *gumReader) write(form, misc string) record.Span {
	at := g.b.Len()
	g.b.WriteString(form)
	if !strings.Contains(misc, "SpaceAfter=No") {
		g.b.WriteByte(' ')
	}
	return record.Span{Start: at, End: at + len(form)}
}

func (g *gumReader) token(col []string) {
	var s record.Span
	if g.merged > 0 {
		g.merged--
		from := 0
		if n := len(g.spans); n > 0 {
			from = g.spans[n-1].End
		}
		if k := strings.Index(g.b.String()[from:], col[1]); k >= 0 {
			s = record.Span{Start: from + k, End: from + k + len(col[1])}
		} else {
			s = record.Span{Start: from, End: from}
		}
	} else {
		s = g.write(col[1], col[9])
	}
	g.spans = append(g.spans, s)
	g.tags = append(g.tags, col[4])
	_, e, ok := strings.Cut(col[9], "Entity=")
	if !ok {
		return
	}
	e, _, _ = strings.Cut(e, "|")
	g.entities(e)
}

// entities reads "(3-person-new-cf1-1-coref(4-place-…)3)".
func (g *gumReader) entities(e string) {
	for e != "" {
		if e[0] == '(' {
			end := strings.IndexAny(e[1:], "()")
			body := e[1:]
			if end >= 0 {
				body = e[1 : 1+end]
			}
			if end >= 0 && e[1+end] == ')' && strings.Contains(body, "-") {
				g.push(body)
				g.pop(strings.SplitN(body, "-", 2)[0])
				e = e[end+2:]
				continue
			}
			g.push(body)
			e = e[1+len(body):]
			continue
		}
		end := strings.IndexByte(e, ')')
		if end < 0 {
			return
		}
		g.pop(e[:end])
		e = e[end+1:]
	}
}

func (g *gumReader) push(body string) {
	p := strings.Split(body, "-")
	o := openGold{group: p[0], first: len(g.spans) - 1, min: "1"}
	if len(p) > 1 {
		o.kind = p[1]
	}
	for _, x := range p[2:] {
		if x != "" && strings.Trim(x, "0123456789,") == "" {
			o.min = x
			break
		}
	}
	g.stack = append(g.stack, o)
}

var unresolved = map[string]bool{"i": true, "me": true, "my": true, "mine": true, "myself": true, "we": true, "us": true, "our": true, "ours": true,
	"ourselves": true, "you": true, "your": true, "yours": true, "yourself": true, "who": true, "whom": true, "whose": true, "which": true, "that": true,
	"they": true, "them": true, "their": true, "themselves": true, "everyone": true, "someone": true, "one": true, "those": true, "others": true}

func (g *gumReader) pop(group string) {
	for k := len(g.stack) - 1; k >= 0; k-- {
		o := g.stack[k]
		if o.group != group {
			continue
		}
		g.stack = append(g.stack[:k], g.stack[k+1:]...)
		if o.kind != "person" {
			return
		}
		parts := strings.Split(o.min, ",")
		n, _ := strconv.Atoi(parts[len(parts)-1])
		head := min(o.first+max(n, 1)-1, len(g.spans)-1)
		m := goldMention{span: record.Span{Start: g.spans[o.first].Start, End: g.spans[len(g.spans)-1].End}, head: g.spans[head],
			group: o.group, proper: strings.HasPrefix(g.tags[head], "NNP")}
		m.words = m.span.Of(g.b.String())
		if !unresolved[strings.ToLower(m.words)] {
			g.gold = append(g.gold, m)
		}
		return
	}
}

// match pairs predicted mentions of persons with reference ones by head.
func (g gumDoc) match(chains []record.Chain) (chainOf []int, predicted, hit int) {
	chainOf = make([]int, len(g.gold))
	for i := range chainOf {
		chainOf[i] = -1 - i
	}
	for c := range chains {
		if chains[c].Nature == record.AnOrganisation {
			continue
		}
		for _, m := range chains[c].Mentions {
			predicted++
			best := -1
			for i, o := range g.gold {
				if chainOf[i] < 0 && m.Contains(o.head) && (best < 0 || abs(o.span.Len()-m.Len()) < abs(g.gold[best].span.Len()-m.Len())) {
					best = i
				}
			}
			if best >= 0 {
				chainOf[best] = c
				hit++
			}
		}
	}
	return chainOf, predicted, hit
}

func abs(n int) int { return max(n, -n) }

// bcubed is B-cubed precision and recall (Bagga and Baldwin 1998) over the
// reference mentions that keep lets in; one that was not found is alone.
func (g gumDoc) bcubed(chainOf []int, keep func(goldMention) bool) (p, r float64, n int) {
	for i, a := range g.gold {
		if !keep(a) {
			continue
		}
		n++
		var same, gold, mine float64
		for j, b := range g.gold {
			if !keep(b) {
				continue
			}
			if a.group == b.group {
				gold++
			}
			if chainOf[i] == chainOf[j] {
				mine++
				if a.group == b.group {
					same++
				}
			}
		}
		p += same / mine
		r += same / gold
	}
	return p, r, n
}

func f1(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

var thirdPerson = map[string]bool{"he": true, "him": true, "his": true, "himself": true, "she": true, "her": true, "herself": true, "hers": true}

// TestGUM measures names, pronouns and chains of persons on the news of GUM,
// and holds floors below what was reached when they were set.
func TestGUM(t *testing.T) {
	for genre, floor := range map[string]float64{"news": 0.87, "interview": 0.88, "speech": 0.79} {
		t.Run(genre, func(t *testing.T) { measureGUM(t, genre, floor) })
	}
}

func measureGUM(t *testing.T, genre string, floor float64) {
	files, _ := filepath.Glob(filepath.Join(shared(), "data", "names", "gum", "GUM_"+genre+"_*.conllu"))
	if len(files) == 0 {
		t.Skip("reference data is absent: set ONRECORD_SHARED to the folder that holds data/names/gum")
	}
	named := func(m goldMention) bool { return m.proper || thirdPerson[strings.ToLower(m.words)] }
	var gold, found, predicted, hit, names, namesFound, n int
	var p, r float64
	for _, path := range files {
		g, err := readGUM(path)
		if err != nil {
			t.Fatal(err)
		}
		d := text.New(&record.Article{Text: g.text, Language: "en"})
		chains := Find(d)
		chainOf, pr, h := g.match(chains)
		predicted, hit = predicted+pr, hit+h
		for i, m := range g.gold {
			gold++
			if chainOf[i] >= 0 {
				found++
			}
			if m.proper {
				names++
				if chainOf[i] >= 0 {
					namesFound++
				} else if os.Getenv("ONRECORD_MISSES") != "" {
					t.Logf("missed %q in %s", m.words, filepath.Base(path))
				}
			}
		}
		if os.Getenv("ONRECORD_MISSES") != "" {
			g.spurious(t, chains)
		}
		dp, dr, dn := g.bcubed(chainOf, named)
		p, r, n = p+dp, r+dr, n+dn
	}
	precision, recall := float64(hit)/float64(predicted), float64(found)/float64(gold)
	bp, br := p/float64(n), r/float64(n)
	t.Logf("%s: person mentions P %.3f R %.3f F1 %.3f; names R %.3f (%d); B-cubed of names and pronouns P %.3f R %.3f F1 %.3f (%d)",
		genre, precision, recall, f1(precision, recall), float64(namesFound)/float64(names), names, bp, br, f1(bp, br), n)
	if f1(bp, br) < floor {
		t.Errorf("%s: B-cubed F1 %.3f is below its floor %.2f", genre, f1(bp, br), floor)
	}
}

// spurious logs the names that the reference does not hold.
func (g gumDoc) spurious(t *testing.T, chains []record.Chain) {
	for _, c := range chains {
		for _, m := range c.Mentions {
			if c.Nature != record.APerson || m.Kind != record.ByName {
				continue
			}
			ok := false
			for _, o := range g.gold {
				ok = ok || o.span.Overlaps(m.Span)
			}
			if !ok {
				t.Logf("spurious %q", m.Of(g.text))
			}
		}
	}
}
