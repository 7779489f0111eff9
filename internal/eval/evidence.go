package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"onrecord/internal/record"
)

// evidence counts, over the readings of every set, the spans that stand where
// they say they stand. The floor is all of them.
func evidence(ctx context.Context, r *run) error {
	t := &table{title: "evidence: reported spans that equal their text at their offsets",
		columns: []string{"set", "articles", "spans", "held", "share"}}
	var all tally
	sources := []struct {
		name string
		load func(context.Context, *run) ([]record.Reading, error)
	}{
		{"seeds", seedReadings}, {"polnear", polnearReadings}, {"requote", requoteReadings}, {"extraction", extractionReadings},
	}
	var broken []string
	for _, s := range sources {
		readings, err := s.load(ctx, r)
		var gone absent
		if errors.As(err, &gone) {
			r.line("evidence of %s: skipped: %s", s.name, gone.what)
			continue
		}
		if err != nil {
			return err
		}
		var sum witness
		for i := range readings {
			w := examine(&readings[i])
			if r.JSON != nil {
				w.document(&readings[i], r.JSON)
			}
			sum.spans += w.spans
			sum.broken = append(sum.broken, w.broken...)
		}
		held := sum.spans - min(sum.spans, len(sum.broken))
		t.row(s.name, count(len(readings)), count(sum.spans), count(held), percent(ratio(held, sum.spans)))
		all.right += held
		all.claimed += sum.spans
		broken = append(broken, sum.broken...)
	}
	if len(t.rows) == 0 {
		return absent{"none of the sets is there"}
	}
	t.row("all", "", count(all.claimed), count(all.right), r.keep("spans", all.precision()))
	r.print(t)
	for _, b := range broken[:min(len(broken), max(5, r.Errors))] {
		r.line("    %s", b)
	}
	return nil
}

func polnearReadings(ctx context.Context, r *run) ([]record.Reading, error) {
	if kept := r.readAll[polnearFile]; kept != nil {
		return kept, nil
	}
	articles, err := lines[annotated](r, polnearFile, r.Limit)
	if err != nil {
		return nil, err
	}
	var pages []record.Page
	for _, a := range articles {
		pages = append(pages, a.page())
	}
	return r.read(ctx, pages)
}

func extractionReadings(ctx context.Context, r *run) ([]record.Reading, error) {
	pages, _, err := r.rawPages()
	if err != nil {
		return nil, err
	}
	return r.read(ctx, pages)
}

// witness counts spans and tells of those that do not hold.
type witness struct {
	article string
	text    string
	spans   int
	broken  []string
}

// examine checks every span of a reading: inside the text, on the bounds of
// code points, not empty; the parts of a quotation in order, apart from each
// other, and inside its content; passed-over stretches and quotations in order
// of place. It returns how many spans there are and, in words, what is broken.
func examine(rd *record.Reading) witness {
	w := witness{article: rd.Article.ID, text: rd.Article.Text}
	w.order("passed over", passedSpans(rd.Passed), false)
	for _, c := range rd.Chains {
		for _, m := range c.Mentions {
			w.span("mention of "+c.Name, m.Span)
		}
	}
	last := -1
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		w.quotation(q)
		if len(q.Parts) > 0 {
			if q.Parts[0].Start < last {
				w.complain(q.ID, "stands before the quotation listed before it")
			}
			last = q.Parts[0].Start
		}
	}
	return w
}

// Broken tells, in words, of every span of a reading that does not hold; it is
// empty for a sound reading. Tests of other packages use it as a law.
func Broken(rd *record.Reading) []string { return examine(rd).broken }

func (w *witness) complain(what, why string) {
	w.broken = append(w.broken, fmt.Sprintf("%s: %s: %s", w.article, what, why))
}

// span examines one span.
func (w *witness) span(what string, s record.Span) bool {
	w.spans++
	switch {
	case s.Start < 0 || s.End > len(w.text) || s.Start >= s.End:
		w.complain(what, fmt.Sprintf("bytes %d to %d of %d are no stretch of the text", s.Start, s.End, len(w.text)))
	case !utf8.RuneStart(w.text[s.Start]) || s.End < len(w.text) && !utf8.RuneStart(w.text[s.End]):
		w.complain(what, fmt.Sprintf("bytes %d to %d cut a character", s.Start, s.End))
	default:
		return true
	}
	return false
}

// order examines spans that must follow one another without overlap.
func (w *witness) order(what string, spans []record.Span, apart bool) {
	for i, s := range spans {
		if !w.span(what, s) || i == 0 {
			continue
		}
		if before := spans[i-1]; s.Start < before.Start || apart && s.Start < before.End {
			w.complain(what, fmt.Sprintf("bytes %d to %d come out of order or overlap", s.Start, s.End))
		}
	}
}

func (w *witness) quotation(q *record.Quotation) {
	w.order(q.ID+" parts", q.Parts, true)
	w.order(q.ID+" content", q.Content, true)
	if len(q.Parts) == 0 {
		w.complain(q.ID, "a quotation of no words")
	}
	for _, p := range q.Parts {
		inside := false
		for _, c := range q.Content {
			inside = inside || c.Contains(p)
		}
		if !inside {
			w.complain(q.ID, fmt.Sprintf("the part at byte %d lies outside the content", p.Start))
		}
	}
	optional := map[string]*record.Span{"cue": q.Cue}
	if q.Speaker != nil {
		optional["speaker"] = q.Speaker.Span
	}
	if q.Addressee != nil {
		optional["addressee"] = q.Addressee.Span
	}
	if q.Venue != nil {
		optional["venue"] = q.Venue.Span
	}
	if q.Said != nil {
		optional["said"] = q.Said.Span
	}
	for _, name := range []string{"cue", "speaker", "addressee", "venue", "said"} {
		if s := optional[name]; s != nil {
			w.span(q.ID+" "+name, *s)
		}
	}
	for _, h := range q.Hedges {
		w.span(q.ID+" hedge", h.Span)
	}
	for _, c := range q.Credits {
		w.span(q.ID+" credit", c.Span)
	}
	for _, s := range q.Reason.Words {
		w.span(q.ID+" reason", s)
	}
}

func passedSpans(list []record.Passed) []record.Span {
	var out []record.Span
	for _, p := range list {
		out = append(out, p.Span)
	}
	return out
}

// document examines the document as the command prints it: every object with
// "text", "start" and "end" must equal the text at these code points.
func (w *witness) document(rd *record.Reading, print func(record.Reading) ([]byte, error)) {
	data, err := print(*rd)
	if err != nil {
		w.complain("document", err.Error())
		return
	}
	var doc map[string]any
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&doc); err != nil {
		w.complain("document", "is no JSON: "+err.Error())
		return
	}
	text, _ := doc["text"].(string)
	w.walk("document", doc, []rune(text))
}

// walk examines every object under v.
func (w *witness) walk(path string, v any, text []rune) {
	switch v := v.(type) {
	case []any:
		for i, x := range v {
			w.walk(fmt.Sprintf("%s[%d]", path, i), x, text)
		}
	case map[string]any:
		for _, k := range sortedKeys(v) {
			w.walk(path+"."+k, v[k], text)
		}
		words, isText := v["text"].(string)
		start, hasStart := v["start"].(float64)
		end, hasEnd := v["end"].(float64)
		if !isText || !hasStart || !hasEnd {
			return
		}
		w.spans++
		from, to := int(start), int(end)
		if from < 0 || to > len(text) || from >= to || string(text[from:to]) != words {
			w.complain(path, fmt.Sprintf("%q does not stand at %d to %d", clip(words, 40), from, to))
		}
	}
}
