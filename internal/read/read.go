// Package read is the conductor: the only place where the order of the stages
// is written, a straight line from an article to what its reading finds.
package read

import (
	"fmt"
	"sort"

	"onrecord/internal/attribute"
	"onrecord/internal/extract"
	"onrecord/internal/mention"
	"onrecord/internal/quote"
	"onrecord/internal/record"
	"onrecord/internal/text"
)

// Page reads one page: the article is taken out of it and read.
func Page(p record.Page, lane Lane) (record.Reading, error) { return page(p, lane.finder()) }

// Weighed is Page whose reasons name the words that weighed most in what the
// model found, which takes many times as long.
func Weighed(p record.Page, lane Lane) (record.Reading, error) {
	m := lane.model()
	m.Why = true
	return page(p, m)
}

func page(p record.Page, finder quote.Finder) (r record.Reading, err error) {
	// A mistake of ours must cost one report and not those read beside it.
	defer func() {
		if trouble := recover(); trouble != nil {
			r, err = record.Reading{}, fmt.Errorf("reading this report failed in the program itself (%v); please report it with the document", trouble)
		}
	}()
	a, err := extract.Article(p)
	if err != nil {
		return record.Reading{}, err
	}
	return article(a, finder), nil
}

// Article reads one article. The same article always gives the same reading.
func Article(a record.Article, lane Lane) record.Reading { return article(a, lane.finder()) }

func article(a record.Article, finder quote.Finder) record.Reading {
	doc := text.New(&a)
	chains := mention.Find(doc)
	found, noSpeech := finder.Find(doc)
	quotations := attribute.Resolve(doc, chains, found)
	return record.Reading{Article: a, Passed: merge(a.Passed, noSpeech), Chains: chains, Quotations: quotations}
}

// merge joins what the page and what the rules pass over, in order of place.
func merge(page, noSpeech []record.Passed) []record.Passed {
	all := make([]record.Passed, 0, len(page)+len(noSpeech))
	all = append(append(all, page...), noSpeech...)
	sort.SliceStable(all, func(i, j int) bool { return all[i].Start < all[j].Start })
	return all
}

// PullQuotes are the words that a page sets large beside its text.
func PullQuotes(p record.Page) []string { return extract.PullQuotes(p) }
