package eval

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/internal/record"
)

const tagFile = "data/polnear/cofenet-valid.jsonl.gz"

// instance is one tokenised passage with its labels.
type instance struct {
	ID     string   `json:"id"`
	Tokens []string `json:"tokens"`
	Labels []string `json:"labels"`
}

// tagTypes are the rows of the table.
var tagTypes = []string{"source", "cue", "content"}

// tag scores labels token by token as the published figures do: exact spans,
// micro over all instances. Without a model the reader's quotations are laid
// over the tokens, which is the baseline.
func tag(ctx context.Context, r *run) error {
	instances, err := lines[instance](r, tagFile, r.Limit)
	if err != nil {
		return err
	}
	labels, err := r.label(ctx, instances)
	if err != nil {
		return err
	}
	scores := map[string]*tally{}
	for _, typ := range tagTypes {
		scores[typ] = &tally{}
	}
	var errs []mistake
	for i, in := range instances {
		if len(labels[i]) != len(in.Tokens) {
			return fmt.Errorf("instance %d: %d labels for %d tokens", i+1, len(labels[i]), len(in.Tokens))
		}
		scoreLabels(scores, in.Labels, labels[i])
		if !slices.Equal(in.Labels, labels[i]) {
			errs = append(errs, mistake{"labels", bracketed(in.Tokens, in.Labels) + "\n      got " + bracketed(in.Tokens, labels[i])})
		}
	}
	how := "by the rules"
	if r.Tag != nil {
		how = "by the model"
	}
	t := &table{title: fmt.Sprintf("tag: %d instances, exact spans, %s", len(instances), how),
		columns: []string{"", "wanted", "claimed", "right", "P", "R", "F1"}}
	mean := 0.0
	for _, typ := range tagTypes {
		s := scores[typ]
		mean += s.f1() / float64(len(tagTypes))
		t.row(typ, count(s.wanted), count(s.claimed), count(s.right), percent(s.precision()), percent(s.recall()), r.keep(typ, s.f1()))
	}
	t.row("mean", "", "", "", "", "", r.keep("mean", mean))
	r.print(t)
	r.printErrors(errs)
	return nil
}

// label asks the model, or the reader.
func (r *run) label(ctx context.Context, instances []instance) ([][]string, error) {
	out := make([][]string, len(instances))
	if r.Tag != nil {
		for i, in := range instances {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			out[i] = r.Tag(in.Tokens)
		}
		return out, nil
	}
	texts := make([]detokenised, len(instances))
	pages := make([]record.Page, len(instances))
	for i, in := range instances {
		texts[i] = detokenise(in.Tokens)
		// The title keeps the passage from being taken for a headline.
		pages[i] = record.Page{ID: fmt.Sprintf("i%d", i+1), Title: "-", Form: record.PlainText, Bytes: []byte(texts[i].text)}
	}
	readings, err := r.read(ctx, pages)
	if err != nil {
		return nil, err
	}
	for i := range readings {
		out[i] = texts[i].labels(&readings[i])
	}
	return out, nil
}

// labelled is one labelled span of tokens, half open.
type labelled struct {
	typ        string
	start, end int
}

// labelSpans reads labels as spans: one starts at B-x and runs over I-x. An
// I-x that follows no x belongs to no span.
func labelSpans(labels []string) []labelled {
	var out []labelled
	for i := 0; i < len(labels); i++ {
		typ, ok := strings.CutPrefix(labels[i], "B-")
		if !ok {
			continue
		}
		end := i + 1
		for end < len(labels) && labels[end] == "I-"+typ {
			end++
		}
		out = append(out, labelled{typ, i, end})
		i = end - 1
	}
	return out
}

// scoreLabels counts the spans with the same type, start and end.
func scoreLabels(scores map[string]*tally, want, got []string) {
	wanted := map[labelled]bool{}
	for _, s := range labelSpans(want) {
		wanted[s] = true
		scores[s.typ].wanted++
	}
	for _, s := range labelSpans(got) {
		scores[s.typ].claimed++
		if wanted[s] {
			scores[s.typ].hit()
		}
	}
}

// bracketed writes tokens with their labelled spans in brackets.
func bracketed(tokens, labels []string) string {
	var b strings.Builder
	at := 0
	for _, s := range labelSpans(labels) {
		fmt.Fprintf(&b, "%s [%s: %s] ", strings.Join(tokens[at:s.start], " "), s.typ, strings.Join(tokens[s.start:s.end], " "))
		at = s.end
	}
	b.WriteString(strings.Join(tokens[at:], " "))
	return clip(b.String(), 500)
}

// detokenised is a text made of tokens, and where each token stands in it.
type detokenised struct {
	text  string
	spans []record.Span
	marks []bool // the token is a quotation mark
}

// treebank are the tokens of the Penn Treebank that a newspaper prints otherwise.
var treebank = map[string]string{
	"``": "“", "''": "”", "`": "‘", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}", "--": "—",
}

// detokenise sets tokens as a newspaper would.
func detokenise(tokens []string) detokenised {
	var d detokenised
	var b strings.Builder
	glue := true // nothing stands between the last token and the next one
	open := false
	for _, tok := range tokens {
		word, quoted := tok, tok == "``" || tok == "''" || tok == "`" || tok == "\""
		if p, ok := treebank[tok]; ok {
			word = p
		}
		if tok == "\"" {
			word = "“"
			if open {
				word = "”"
			}
		}
		if word == "“" {
			open = true
		} else if word == "”" {
			open = false
		}
		if !glue && !closes(tok, word) {
			b.WriteByte(' ')
		}
		d.spans = append(d.spans, record.Span{Start: b.Len(), End: b.Len() + len(word)})
		d.marks = append(d.marks, quoted)
		b.WriteString(word)
		glue = strings.Contains("“‘([{$#", word)
	}
	d.text = b.String()
	return d
}

// closes tells tokens that stand close to the word before them.
func closes(tok, word string) bool {
	switch word {
	case ",", ".", ";", ":", "?", "!", "”", ")", "]", "}", "%", "'", "...", "…":
		return true
	case "n't", "n’t":
		return true
	}
	first, size := utf8.DecodeRuneInString(tok)
	return (first == '\'' || first == '’') && len(tok) > size && unicode.IsLower([]rune(tok)[1])
}

// labels lays the quotations of a reading over the tokens. Labels cannot nest:
// contents go first, the longer before the shorter, then cues and sources
// where room is left.
func (d detokenised) labels(rd *record.Reading) []string {
	labels := slices.Repeat([]string{"O"}, len(d.spans))
	shift := len(rd.Article.Text) - len(d.text)
	var contents, rest []labelled
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		for _, s := range contentOf(q) {
			contents = append(contents, d.asLabelled(d.cover("content", s, shift)))
		}
		if q.Cue != nil {
			rest = append(rest, d.cover("cue", *q.Cue, shift))
		}
		if q.Speaker != nil && q.Speaker.Span != nil {
			rest = append(rest, d.cover("source", *q.Speaker.Span, shift))
		}
	}
	slices.SortStableFunc(contents, func(a, b labelled) int { return cmp.Compare(b.end-b.start, a.end-a.start) })
	for _, s := range append(contents, rest...) {
		if s.start >= s.end || slices.ContainsFunc(labels[s.start:s.end], func(l string) bool { return l != "O" }) {
			continue
		}
		labels[s.start] = "B-" + s.typ
		for i := s.start + 1; i < s.end; i++ {
			labels[i] = "I-" + s.typ
		}
	}
	return labels
}

// cover is the tokens that share a byte with s, a span of the article's text,
// in which the passage begins at shift.
func (d detokenised) cover(typ string, s record.Span, shift int) labelled {
	s.Start, s.End = s.Start-shift, s.End-shift
	l := labelled{typ: typ}
	for i, t := range d.spans {
		if t.Overlaps(s) {
			if l.end == 0 {
				l.start = i
			}
			l.end = i + 1
		}
	}
	return l
}

// asLabelled takes in what the training corpus labels as content and the
// program does not: the quotation marks next to it, and the "that" before it.
func (d detokenised) asLabelled(l labelled) labelled {
	if l.start >= l.end {
		return l
	}
	if l.start > 0 && d.marks[l.start-1] {
		l.start--
	}
	if l.start > 0 && strings.EqualFold(d.spans[l.start-1].Of(d.text), "that") {
		l.start--
	}
	if l.end < len(d.marks) && d.marks[l.end] {
		l.end++
	}
	return l
}
