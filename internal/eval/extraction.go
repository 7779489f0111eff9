package eval

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"onrecord/internal/record"
)

const extractionTruth = "data/extraction/ground-truth.json"

// truth is what a raw page should become.
type truth struct {
	ArticleBody string `json:"articleBody"`
	URL         string `json:"url"`
}

// extraction scores the bodies made of raw pages by their 4-gram word
// shingles, as the public comparison of extractors does; the mean is over pages.
func extraction(ctx context.Context, r *run) error {
	pages, truths, err := r.rawPages()
	if err != nil {
		return err
	}
	var sum, sumP, sumR float64
	var spent time.Duration
	var worst []scored
	for i, p := range pages {
		if err := ctx.Err(); err != nil {
			return err
		}
		began := time.Now()
		a, err := r.Article(p)
		spent += time.Since(began)
		if err != nil {
			r.line("  %s: %v", p.ID, err)
		}
		precision, recall := bodyScore(body(&a), truths[i].ArticleBody)
		f := harmonic(precision, recall)
		sum, sumP, sumR = sum+f, sumP+precision, sumR+recall
		worst = append(worst, scored{fmt.Sprintf("%s P %s R %s", p.ID, percent(precision), percent(recall)), f})
	}
	n := float64(len(pages))
	t := &table{title: fmt.Sprintf("extraction: %d pages, 4-gram shingles of the body, mean over pages", len(pages)),
		columns: []string{"", "P", "R", "F1", "pages/s"}}
	t.row("body", percent(sumP/n), percent(sumR/n), r.keep("body", sum/n), fmt.Sprintf("%.0f", n/spent.Seconds()))
	r.print(t)
	slices.SortStableFunc(worst, func(a, b scored) int { return sign(a.score - b.score) })
	for _, w := range worst[:min(r.Errors, len(worst))] {
		r.line("    %s F1 %s", w.name, percent(w.score))
	}
	return nil
}

type scored struct {
	name  string
	score float64
}

func sign(v float64) int {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// rawPages are the raw pages in order of id, and what they should become.
func (r *run) rawPages() ([]record.Page, []truth, error) {
	data, err := r.readFile(extractionTruth)
	if err != nil {
		return nil, nil, err
	}
	var all map[string]truth
	if err := json.Unmarshal(data, &all); err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", extractionTruth, err)
	}
	var ids []string
	for id := range all {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if r.Limit > 0 {
		ids = ids[:min(r.Limit, len(ids))]
	}
	var pages []record.Page
	var truths []truth
	for _, id := range ids {
		f, err := r.open("data/extraction/html/" + id + ".html.gz")
		if err != nil {
			return nil, nil, err
		}
		html, err := io.ReadAll(f)
		f.Close()
		if err != nil {
			return nil, nil, fmt.Errorf("reading page %s: %w", id, err)
		}
		pages = append(pages, record.Page{ID: id, URL: all[id].URL, Form: record.HTML, Bytes: html})
		truths = append(truths, all[id])
	}
	return pages, truths, nil
}

// body is the body of an article without what is passed over as no part of it.
func body(a *record.Article) string {
	var b strings.Builder
	at := a.BodyStart
	for _, p := range a.Passed {
		if p.Start < at {
			continue
		}
		b.WriteString(a.Text[at:p.Start])
		b.WriteByte(' ')
		at = p.End
	}
	b.WriteString(a.Text[at:])
	return b.String()
}

// bodyScore is the precision and recall of the shingles of a body.
func bodyScore(got, want string) (precision, recall float64) {
	g, w := wordShingles(got), wordShingles(want)
	common, claimed, wanted := 0, 0, 0
	for s, n := range g {
		claimed += n
		common += min(n, w[s])
	}
	for _, n := range w {
		wanted += n
	}
	return ratio(common, claimed), ratio(common, wanted)
}

// wordShingles counts the runs of four words; a shorter text is one shingle.
func wordShingles(text string) map[string]int {
	words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c)
	})
	out := map[string]int{}
	if n := len(words); n > 0 && n < 4 {
		out[strings.Join(words, " ")]++
	}
	for i := 0; i+4 <= len(words); i++ {
		out[strings.Join(words[i:i+4], " ")]++
	}
	return out
}
