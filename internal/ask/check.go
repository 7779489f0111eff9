// Package ask puts questions to a store: were these words said, who printed
// them, what did two people say of each other, does a headline hold what its
// body says. It finds the answers and leaves showing them to others.
package ask

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/store"
	"onrecord/internal/trace"
)

// Passage is a stretch of a kept report's running text.
type Passage struct {
	Article record.Article
	Span    record.Span
}

const (
	// passages is how many places in running text a check names at most.
	passages = 3
	// passageShare is the least share of the words, in order, that a place in
	// running text must hold; below it the likeness is chance.
	passageShare = .8
)

// Check answers whether somebody said the words, and whether they are all of
// it. Where no quotation holds them, places in the reports' running text that
// do come back beside the finding.
func Check(ix *read.Index, words, by string, d Depth) (record.Finding, []Passage, error) {
	d.quick = true
	opts := trace.Options{Why: d.Why}
	if by != "" {
		people, err := ix.PeopleNamed(by)
		if err != nil {
			return record.Finding{}, nil, err
		}
		for _, p := range people {
			opts.Persons = append(opts.Persons, p.ID)
		}
	}
	f, err := trace.Check(ix, words, by, opts)
	if err != nil {
		return f, nil, err
	}
	if f.Searched, err = ix.Searched(); err != nil {
		return f, nil, err
	}
	if f.Utterance != nil {
		return f, nil, complete(ix, f.Utterance, d)
	}
	hits, whole, err := inText(ix, words)
	if err != nil {
		return f, nil, err
	}
	if !whole && f.Reason.Rule == "" {
		f.Reason.Rule = tooCommon
	}
	if by != "" {
		return f, hits, nil
	}
	found, ok, err := insideOne(ix, hits, f, d)
	if ok || err != nil {
		return found, nil, err
	}
	return f, hits, nil
}

// insideOne looks for the words asked about inside the quotations of the
// places in running text that hold them to the letter.
func insideOne(ix *read.Index, hits []Passage, f record.Finding, d Depth) (record.Finding, bool, error) {
	for _, h := range hits {
		if !sameLetters(h.Span.Of(h.Article.Text), f.Asked) {
			continue // like these words, and not these words
		}
		if found, ok, err := insideQuotation(ix, h, f, d); ok || err != nil {
			return found, ok, err
		}
	}
	return f, false, nil
}

// insideQuotation answers for words too few for the tracer to tell by ("a
// nap") that stand in running text within somebody's quotation: they are cut
// out of that one.
func insideQuotation(ix *read.Index, h Passage, f record.Finding, d Depth) (record.Finding, bool, error) {
	r, err := ix.Reading(h.Article.ID)
	if err != nil {
		return f, false, err
	}
	keys, err := ix.Keys(h.Article.ID)
	if err != nil {
		return f, false, err
	}
	for i := range r.Quotations {
		q := &r.Quotations[i]
		if q.Kind == record.Indirect || !q.Worded() || i >= len(keys) || !slices.ContainsFunc(q.Parts, func(p record.Span) bool { return p.Contains(h.Span) }) {
			continue
		}
		u, err := trace.Utterance(ix, keys[i])
		if err != nil || u.ID == "" {
			return f, false, err
		}
		f.Utterance = &u
		for j := range u.Variants {
			e := &u.Variants[j].Entry
			if e.Quotation == u.Fullest {
				f.Fullest = e
			}
			if e.Quotation == u.Earliest {
				f.Earliest = e
			}
		}
		f.Verdict, f.Edits = record.Truncated, cutOut(h.Span.Of(h.Article.Text), f.Fullest.Words)
		f.Reason = record.Reason{Rule: "the words stand inside a quotation", Score: .5}
		return f, true, complete(ix, &u, d)
	}
	return f, false, nil
}

// sameLetters tells whether two stretches are the same words, whatever their
// case, marks and spaces.
func sameLetters(a, b string) bool {
	letters := func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}
	return strings.Map(letters, a) == strings.Map(letters, b)
}

// cutOut is what stands before and after the words in the full wording, the
// marks at its ends left out; none
// where the full wording has other words in their place.
func cutOut(words, full string) []record.Edit {
	at := strings.Index(full, words)
	if at < 0 {
		return nil
	}
	var edits []record.Edit
	marks := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	end := at + len(words)
	if front := strings.TrimRightFunc(full[:at], marks); front != "" {
		edits = append(edits, record.Edit{Op: record.CutFront, Type: record.Cut, Full: front, FullAt: record.Span{End: len(front)}})
	}
	if back := strings.TrimLeftFunc(full[end:], marks); back != "" {
		start := len(full) - len(back)
		back = strings.TrimRightFunc(back, marks)
		edits = append(edits, record.Edit{Op: record.CutEnd, Type: record.Cut, Full: back, FullAt: record.Span{Start: start, End: start + len(back)}, HereAt: record.Span{Start: len(words), End: len(words)}})
	}
	return edits
}

// tooCommon says of a few common words, in a large store, that the running
// text of its reports was not gone through for them.
const tooCommon = "so few and so common words are looked for in quotations alone, not in the reports' running text"

// inText looks for the words in the whole texts; whole tells that all of them
// were looked through.
func inText(ix *read.Index, words string) (_ []Passage, whole bool, err error) {
	found, whole, err := ix.Passages(words, passages)
	if err != nil {
		return nil, false, err
	}
	var out []Passage
	for _, p := range found {
		if p.Share < passageShare {
			continue
		}
		a, err := ix.ArticleAt(p.Number)
		if err != nil {
			return nil, false, err
		}
		out = append(out, Passage{a, p.Span})
	}
	return out, whole, nil
}

// idShape is the shape of an utterance's id.
var idShape = regexp.MustCompile(`^u[0-9a-f]{10}$`)

// Utterance finds the utterance that a reference means: its id, an old id of
// it, the id of one of its quotations, or words of it. found is false where
// there is none.
func Utterance(ix *read.Index, ref string, d Depth) (u record.Utterance, found bool, err error) {
	key, found, err := keyOf(ix, ref)
	if err != nil {
		return u, false, err
	}
	if !found {
		f, err := trace.Check(ix, ref, "", trace.Options{})
		if err != nil {
			return u, false, err
		}
		if f.Utterance == nil {
			return cutFrom(ix, f, d)
		}
		return *f.Utterance, true, complete(ix, f.Utterance, d)
	}
	if u, err = trace.Utterance(ix, key); err != nil {
		return u, false, err
	}
	return u, u.ID != "", complete(ix, &u, d)
}

// cutFrom finds the utterance that a check shows for words too few for the
// tracer to tell by.
func cutFrom(ix *read.Index, f record.Finding, d Depth) (u record.Utterance, found bool, err error) {
	hits, _, err := inText(ix, f.Asked)
	if err != nil {
		return u, false, err
	}
	f, found, err = insideOne(ix, hits, f, d)
	if !found || err != nil {
		return u, false, err
	}
	return *f.Utterance, true, nil
}

// IsID tells whether a reference has the shape of an id, and not of words.
func IsID(ref string) bool {
	if idShape.MatchString(ref) {
		return true
	}
	i := strings.LastIndexByte(ref, ':')
	return i > 0 && i+1 < len(ref) && !strings.ContainsAny(ref, " \t\n") && strings.Trim(ref[i+1:], "0123456789") == ""
}

func keyOf(ix *read.Index, ref string) (int64, bool, error) {
	if !IsID(ref) {
		return 0, false, nil
	}
	if idShape.MatchString(ref) {
		keys, err := ix.Members(ref)
		if missing(err) {
			return 0, false, nil
		}
		if err != nil {
			return 0, false, err
		}
		return keys[0], true, nil
	}
	key, err := ix.KeyOf(ref)
	if missing(err) {
		return 0, false, nil
	}
	return key, err == nil, err
}

func missing(err error) bool { return errors.Is(err, store.ErrNotFound) }
