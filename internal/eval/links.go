package eval

import (
	"cmp"
	"context"
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// Links are the tracer's own claims, one by one: this quotation repeats that
// one of another outlet. The listed pairs of the requote set say what must be
// joined; only reading says whether what was joined belongs together. So a
// sample of the links was read by eye, with the paragraphs round both sides,
// and the verdicts are kept here as articles and offsets, which outlive every
// renumbering of quotations.

//go:embed links.json
var linksReference []byte

const (
	// linksDrawn is how many links are drawn.
	linksDrawn = 200
	// drawnSame is how many of them have the very same words on both sides:
	// few, since reading them says little. The others are drawn as they come.
	drawnSame = 30
)

// linked is one link that the tracer made.
type linked struct {
	child, parent *record.Entry
	link          record.Link
}

// linkLister is a tracer that can list its links, ascending by child.
type linkLister interface {
	Links() ([]linked, error)
}

// sitting is where a quotation stands: code points of the document's text,
// title and body, from the beginning of its first part to the end of its last.
type sitting struct {
	Article string `json:"article"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
}

// linkVerdict is a link that was read. Right means that both sides tell one act of
// speech of one person; Why is a class of error, or empty.
type linkVerdict struct {
	Child  sitting `json:"child"`
	Parent sitting `json:"parent"`
	Right  bool    `json:"right"`
	Why    string  `json:"why,omitempty"`
	Drawn  string  `json:"drawn"` // the sample it was drawn for
}

// links measures how many of the tracer's links between outlets are right, on
// those that were read.
func links(ctx context.Context, r *run) error {
	verdicts, err := readVerdicts(linksReference)
	if err != nil {
		return err
	}
	c, err := traceLinks(ctx, r)
	if err != nil || c == nil {
		return err
	}
	c.score(r, verdicts)
	return nil
}

func readVerdicts(data []byte) ([]linkVerdict, error) {
	var all []linkVerdict
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, fmt.Errorf("reading the verdicts on links: %w", err)
	}
	return all, nil
}

// linkCase is the links between outlets of the requote set, as read.
type linkCase struct {
	readings map[string]*record.Reading // by article
	entries  map[string][]*record.Entry // by article
	links    []linked                   // between outlets, ascending by child
	parent   map[int64]int64            // every link, by keys
}

// traceLinks reads and traces the requote set.
func traceLinks(ctx context.Context, r *run) (*linkCase, error) {
	readings, err := requoteReadings(ctx, r)
	if err != nil {
		return nil, err
	}
	entries := Entries(readings, r.Sum)
	tracer := r.Tracer()
	lister, ok := tracer.(linkLister)
	if !ok {
		return nil, absent{"the tracer does not list its links"}
	}
	c := &linkCase{readings: map[string]*record.Reading{}, entries: map[string][]*record.Entry{}, parent: map[int64]int64{}}
	for i := range readings {
		c.readings[readings[i].Article.ID] = &readings[i]
	}
	for i := range entries {
		if i%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := tracer.Place(entries[i]); err != nil {
			return nil, err
		}
		c.entries[entries[i].Article] = append(c.entries[entries[i].Article], &entries[i])
	}
	all, err := lister.Links()
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		c.parent[l.child.Key] = l.parent.Key
		if betweenOutlets(l) {
			c.links = append(c.links, l)
		}
	}
	return c, nil
}

// betweenOutlets tells a link from one outlet's own text to another's: copies
// of one wire report prove nothing.
func betweenOutlets(l linked) bool {
	x, y := l.child, l.parent
	return x.Article != y.Article && x.Outlet != y.Outlet && !record.Near(x.ArticleSum, y.ArticleSum)
}

func (c *linkCase) sittingOf(e *record.Entry) sitting {
	text := c.readings[e.Article].Article.Text
	start, end := e.Parts[0].Start, e.Parts[len(e.Parts)-1].End
	return sitting{e.Article, utf8.RuneCountInString(text[:start]), utf8.RuneCountInString(text[:end])}
}

// draw takes the sample of a seed: the links in the order of a hash of their
// places, so that a link keeps its turn however many others come and go.
func (c *linkCase) draw(seed uint64) []linked {
	type turn struct {
		linked
		hash uint64
	}
	var same, other []turn
	for _, l := range c.links {
		t := turn{l, turnOf(seed, c.sittingOf(l.child), c.sittingOf(l.parent))}
		if slices.Equal(lettersOf(l.child.Words), lettersOf(l.parent.Words)) {
			same = append(same, t)
		} else {
			other = append(other, t)
		}
	}
	var out []linked
	for _, part := range []struct {
		all []turn
		n   int
	}{{other, linksDrawn - drawnSame}, {same, drawnSame}} {
		slices.SortFunc(part.all, func(a, b turn) int {
			return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.child.Key, b.child.Key))
		})
		for _, t := range part.all[:min(part.n, len(part.all))] {
			out = append(out, t.linked)
		}
	}
	return out
}

func turnOf(seed uint64, places ...sitting) uint64 {
	h := fnv.New64a()
	h.Write(binary.LittleEndian.AppendUint64(nil, seed))
	for _, p := range places {
		fmt.Fprintf(h, "%s:%d-%d ", p.Article, p.Start, p.End)
	}
	// FNV mixes its last bytes little; one multiplication spreads them.
	x := h.Sum64()
	x ^= x >> 31
	x *= 0x9e3779b97f4a7c15
	return x ^ x>>29
}

// at is the entry that stands where a verdict says: the one that shares most
// with the place and is no other size by more than half; nil where none is.
func (c *linkCase) at(s sitting) *record.Entry {
	var found *record.Entry
	most := 0
	for _, e := range c.entries[s.Article] {
		p := c.sittingOf(e)
		common := min(p.End, s.End) - max(p.Start, s.Start)
		if common > most && 3*common >= 2*max(p.End-p.Start, s.End-s.Start) {
			found, most = e, common
		}
	}
	return found
}

// linkName is a link as two keys.
type linkName struct{ child, parent int64 }

// score holds the links that the program makes against the verdicts.
func (c *linkCase) score(r *run, verdicts []linkVerdict) {
	known := map[linkName]bool{}
	all, parts := tally{}, map[string]*tally{}
	tick := func(part string, right bool) {
		if parts[part] == nil {
			parts[part] = &tally{}
		}
		parts[part].claimed++
		parts[part].right += one(right)
	}
	var errs []mistake
	for _, v := range verdicts {
		x, y := c.at(v.Child), c.at(v.Parent)
		if x == nil || y == nil || c.parent[x.Key] != y.Key {
			continue
		}
		known[linkName{x.Key, y.Key}] = true
		all.claimed++
		all.right += one(v.Right)
		tick(tierOf(x, y), v.Right)
		tick("sample "+v.Drawn, v.Right)
		if !v.Right {
			errs = append(errs, mistake{"wrong: " + v.Why, c.lineOf(x) + "\n      " + c.lineOf(y)})
		}
	}
	unread := 0
	drawn := c.draw(r.Seed)
	for _, l := range drawn {
		if !known[linkName{l.child.Key, l.parent.Key}] {
			unread++
			errs = append(errs, mistake{"to be read", c.asked(l)})
		}
	}
	t := &table{title: fmt.Sprintf("links: %d links between outlets, %d of them read by eye", len(c.links), len(verdicts)),
		columns: []string{"", "still made", "right", "share"}}
	t.row("all", count(all.claimed), count(all.right), r.keep("right", all.precision()))
	for _, p := range sortedKeys(parts) {
		t.row(p, count(parts[p].claimed), count(parts[p].right), percent(parts[p].precision()))
	}
	r.print(t)
	r.line("  of the %d links drawn now, %d were not read by anybody", len(drawn), unread)
	r.printErrors(errs)
}

// tierOf names what a link joins.
func tierOf(child, parent *record.Entry) string {
	switch {
	case child.Kind == record.Indirect && parent.Kind == record.Indirect:
		return "two reports in other words"
	case child.Kind == record.Indirect || parent.Kind == record.Indirect:
		return "a report of quoted words"
	case slices.Equal(lettersOf(child.Words), lettersOf(parent.Words)):
		return "the same quoted words"
	}
	return "quoted words that differ"
}

func (c *linkCase) lineOf(e *record.Entry) string {
	p := c.sittingOf(e)
	return fmt.Sprintf("%s %d-%d %s %s [%s] “%s”", p.Article, p.Start, p.End, record.Format(e.Published.From), e.Speaker, e.Kind, clip(e.Words, 300))
}

// asked is a link that nobody has read: both sides with the words round them,
// and the line for links.json that waits for a verdict.
func (c *linkCase) asked(l linked) string {
	var b strings.Builder
	for _, e := range []*record.Entry{l.child, l.parent} {
		text, at := c.readings[e.Article].Article.Text, e.Parts
		fmt.Fprintf(&b, "%s\n      … %s …\n      ", c.lineOf(e), wide(text, at[0].Start, at[len(at)-1].End, 600))
	}
	line, err := json.Marshal(linkVerdict{Child: c.sittingOf(l.child), Parent: c.sittingOf(l.parent)})
	if err != nil {
		return b.String()
	}
	return fmt.Sprintf("%s%s, %.0f bits\n      %s", b.String(), l.link.Rule, l.link.Bits, line)
}
