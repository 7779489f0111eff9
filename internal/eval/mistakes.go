package eval

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"onrecord/internal/record"
)

// mistake is one error, of its kind, for reading by eye.
type mistake struct{ kind, line string }

// errors lists what is wrong with an article's claims, in words.
func (m *matching) errors(id string) []mistake {
	var out []mistake
	say := func(kind string, a attribution, b *attribution) {
		line := fmt.Sprintf("%s %s: %s", kind, id, m.show(a))
		if b != nil {
			line += "\n      got " + m.show(*b)
		} else {
			line += "\n      in  " + m.context(a)
		}
		out = append(out, mistake{kind, line})
	}
	used := map[int]bool{}
	for i, w := range m.want {
		j := m.pairs[i]
		if j < 0 {
			say("missed "+w.kind, w, nil)
			continue
		}
		used[j] = true
		g := m.got[j]
		if !m.ruler.same(w.source, g.source) && !m.sameHead(w.source, g.source) {
			say("source "+w.kind, w, &g)
		} else if !m.ruler.same(w.source, g.source) {
			say("source extent "+w.kind, w, &g)
		} else if !m.ruler.same(w.content, g.content) {
			say("content "+w.kind, w, &g)
		} else if !m.ruler.same(w.cue, g.cue) {
			say("cue "+w.kind, w, &g)
		}
	}
	for j, g := range m.got {
		if !used[j] {
			say("spurious "+g.kind, g, nil)
		}
	}
	return out
}

func (m *matching) show(a attribution) string {
	return fmt.Sprintf("[%s] <%s> “%s”", m.words(a.source, 60), m.words(a.cue, 40), m.words(a.content, 160))
}

func (m *matching) words(spans []record.Span, n int) string {
	s := ""
	for i, p := range spans {
		if i > 0 {
			s += " | "
		}
		s += p.Of(m.text)
	}
	return clip(s, n)
}

// context is the text round an attribution.
func (m *matching) context(a attribution) string {
	if len(a.content) == 0 {
		return ""
	}
	start, end := len(m.text), 0
	for _, list := range [][]record.Span{a.source, a.cue, a.content} {
		for _, s := range list {
			start, end = min(start, s.Start), max(end, s.End)
		}
	}
	return clip(wide(m.text, start, end, 100), 400)
}

// wide is text[start:end] with about n bytes more on either side.
func wide(text string, start, end, n int) string {
	start, end = max(0, start-n), min(len(text), end+n)
	for start > 0 && text[start]&0xC0 == 0x80 {
		start--
	}
	for end < len(text) && text[end]&0xC0 == 0x80 {
		end++
	}
	return text[start:end]
}

// printErrors prints a seeded sample of the errors, Options.Errors of a kind,
// after the count of each kind.
func (r *run) printErrors(errs []mistake) {
	if r.Errors <= 0 {
		return
	}
	kinds := map[string][]string{}
	for _, e := range errs {
		kinds[e.kind] = append(kinds[e.kind], e.line)
	}
	var names []string
	for k := range kinds {
		names = append(names, k)
	}
	slices.Sort(names)
	rng := rand.New(rand.NewPCG(r.Seed, 1))
	for _, k := range names {
		list := kinds[k]
		r.line("\n  %s: %d", k, len(list))
		rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, l := range list[:min(r.Errors, len(list))] {
			r.line("    %s", l)
		}
	}
}
