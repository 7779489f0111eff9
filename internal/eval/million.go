package eval

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"onrecord/internal/record"
)

// telling is a tracer that can be asked for single links and utterances: a
// million of them are not written out to be judged.
type telling interface {
	Tracer
	Link(child int64) (record.Link, bool, error)
	Utterance(key int64) (record.Utterance, error)
}

// million traces the world of millionworld.go and judges the links against
// what the mentions were made of: all mentions as a batch, and the first
// placedSingly of them one after the other too.
func million(ctx context.Context, r *run) error {
	articles, err := lines[printed](r, bulkArticles, 0)
	if err != nil {
		return err
	}
	tr, ok := r.Tracer().(telling)
	if !ok {
		return absent{"no tracer that tells its links"}
	}
	size := millionMentions
	if r.Limit > 0 {
		size = min(size, r.Limit)
	}
	sentences := plainSentences(articles)
	if len(sentences) < 100 {
		return absent{"too few sentences in " + bulkArticles}
	}
	w := &worldTraced{all: newMill(sentences, r.Seed).make(size)}
	w.entries = make([]record.Entry, len(w.all))
	for i := range w.all {
		w.entries[i] = w.all[i].Entry
	}
	links, speed := w.batch(r, len(w.all))
	p := w.score(links)
	r.print(p.kinds(fmt.Sprintf("million: %d mentions of %d utterances, made of %d sentences of the bulk articles",
		len(w.all), len(p.first), len(sentences))))
	p.print(r)
	r.line("  as a batch: %s", speed)
	return w.singly(ctx, r, tr)
}

// worldTraced is the world with its mentions as the tracer sees them.
type worldTraced struct {
	all     []minted
	entries []record.Entry
}

// batch traces the first n mentions all at once.
func (w *worldTraced) batch(r *run, n int) (links []record.Link, speed string) {
	workers, start := runtime.GOMAXPROCS(0), time.Now()
	links = r.Batch(w.entries[:n], workers)
	return links, fmt.Sprintf("%.0f mentions/s on %d cores", float64(n)/time.Since(start).Seconds(), workers)
}

// placedSingly is how many mentions are placed one after the other.
const placedSingly = 100_000

// singly places mentions one after the other, and holds the links against
// those of a batch of the same.
func (w *worldTraced) singly(ctx context.Context, r *run, tr telling) error {
	n := min(placedSingly, len(w.entries))
	start := time.Now()
	for i := range n {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := tr.Place(w.entries[i]); err != nil {
			return err
		}
	}
	took := time.Since(start)
	links, differ := make([]record.Link, n), 0
	atOnce, _ := w.batch(r, n)
	for i := range n {
		var err error
		if links[i], _, err = tr.Link(w.entries[i].Key); err != nil {
			return err
		}
		differ += one(links[i] != atOnce[i])
	}
	p := w.score(links)
	r.line("  the first %d one after the other: %.0f mentions/s; B-cubed F1 %s, as a batch %s; links that differ: %d",
		n, float64(n)/took.Seconds(), percent(p.bcubed()), percent(w.score(atOnce).bcubed()), differ)
	r.keep("same_links", ratio(n-differ, n))
	return p.ends(r, tr)
}

func (w *worldTraced) score(links []record.Link) *millionScore {
	p := &millionScore{all: w.all[:len(links)], links: links}
	p.group()
	return p
}

// millionScore judges the links of the world's mentions.
type millionScore struct {
	all    []minted
	links  []record.Link // by place in all
	root   []int         // by place: the place of the top of the tree
	firsts map[int]int   // by root: how many first printings its tree holds
	first  map[int32]int // by utterance: the place of its first printing
}

// group finds the tree of each mention, and where the first printings are.
func (p *millionScore) group() {
	p.root, p.firsts, p.first = make([]int, len(p.all)), map[int]int{}, map[int32]int{}
	for i := range p.all {
		at := i
		for p.links[at].Parent != 0 {
			at = int(p.links[at].Parent - 1)
		}
		p.root[i] = at
		if p.all[i].kind == firstPrint {
			p.firsts[at]++
			p.first[p.all[i].utterance] = i
		}
	}
}

func (p *millionScore) clusters() clusters {
	c := clusters{want: make([]int, len(p.all)), got: p.root}
	for i := range p.all {
		c.want[i] = int(p.all[i].utterance)
	}
	return c
}

func (p *millionScore) bcubed() float64 { return harmonic(p.clusters().bcubed()) }

// print prints and keeps the scores.
func (p *millionScore) print(r *run) {
	c := p.clusters()
	pairs, f := c.contingency(), p.fragments()
	bp, br := c.bcubed()
	t := &table{columns: []string{"", "P", "R", "F1"}}
	t.row("pairs", percent(pairs.precision()), percent(pairs.recall()), r.keep("pairs", pairs.f1()))
	t.row("B-cubed", percent(bp), percent(br), r.keep("bcubed", harmonic(bp, br)))
	t.row("fragments of 3 to 6 words", percent(f.precision()), percent(f.recall()), r.keep("fragments", f.f1()))
	r.print(t)
	r.printErrors(p.mistakes(r))
}

// kinds scores the pairs of a mention and the first printing, by what the
// mention was made by. A pair is claimed for every first printing that stands
// in the mention's tree.
func (p *millionScore) kinds(title string) *table {
	by := map[int8]*tally{}
	for i := range p.all {
		m := &p.all[i]
		if m.kind == firstPrint {
			continue
		}
		t := by[m.kind]
		if t == nil {
			t = &tally{}
			by[m.kind] = t
		}
		own := one(p.root[p.first[m.utterance]] == p.root[i])
		t.wanted++
		t.found += own
		t.right += own
		t.claimed += p.firsts[p.root[i]]
	}
	tab := &table{title: title, columns: []string{"with the full one", "mentions", "P", "R", "F1"}}
	for kind := reprint; int(kind) < len(edits); kind++ {
		t := by[kind]
		if t == nil {
			continue
		}
		tab.row(kindName(kind), count(t.wanted), percent(t.precision()), percent(t.recall()), percent(t.f1()))
	}
	return tab
}

func kindName(kind int8) string {
	if kind < 0 {
		return "verbatim"
	}
	return edits[kind].kind
}

// fragments scores where the headline fragments hang: of those that hang on
// something, how many have the right utterance at the top; and of all, how
// many do.
func (p *millionScore) fragments() tally {
	var t tally
	for i := range p.all {
		if p.all[i].kind != fragmentKind {
			continue
		}
		t.wanted++
		if p.root[i] == i {
			continue
		}
		right := one(p.all[p.root[i]].utterance == p.all[i].utterance)
		t.claimed++
		t.right += right
		t.found += right
	}
	return t
}

// ends judges the earliest and the fullest wording of the trees that hold a
// first printing: the earliest must be of the utterance and of its day, the
// fullest must have the words as they were said.
func (p *millionScore) ends(r *run, tr telling) error {
	of, earliest, fullest := 0, 0, 0
	for i := range p.all {
		m := &p.all[i]
		if m.kind != firstPrint {
			continue
		}
		u, err := tr.Utterance(m.Key)
		if err != nil {
			return err
		}
		of++
		for _, v := range u.Variants {
			if v.Entry.Quotation == u.Earliest {
				o := &p.all[v.Entry.Key-1]
				earliest += one(o.utterance == m.utterance && o.Published == m.Published)
			}
			if v.Entry.Quotation == u.Fullest {
				fullest += one(v.Entry.Words == m.Words)
			}
		}
	}
	r.line("  of %d utterances: earliest printer right %s, fullest wording right %s",
		of, r.keep("earliest", ratio(earliest, of)), r.keep("fullest", ratio(fullest, of)))
	return nil
}

// mistakes are mentions that stand in a tree without their first printing, and
// those whose parent is a mention of another utterance.
func (p *millionScore) mistakes(r *run) []mistake {
	if r.Errors <= 0 {
		return nil
	}
	var out []mistake
	for i := range p.all {
		m := &p.all[i]
		first := p.first[m.utterance]
		if m.kind != firstPrint && p.root[first] != p.root[i] {
			out = append(out, mistake{"missed: " + kindName(m.kind), p.show(i) + "\n      full " + p.show(first)})
		}
		if at := int(p.links[i].Parent) - 1; at >= 0 && p.all[at].utterance != m.utterance {
			out = append(out, mistake{"wrong parent: " + kindName(m.kind),
				fmt.Sprintf("%s\n      %.1f bits, %s, %s\n      own  %s", p.show(i), p.links[i].Bits, p.links[i].Rule, p.show(at), p.show(first))})
		}
	}
	return out
}

func (p *millionScore) show(i int) string {
	m := &p.all[i]
	return fmt.Sprintf("%s %s [%s] “%s”", m.Article, record.Format(m.Published.From), m.Speaker, clip(m.Words, 300))
}
