// Package ask puts questions to a store: were these words said, who printed
// them, what did two people say of each other, does a headline hold what its
// body says. It finds the answers and leaves showing them to others.
package ask

import (
	"errors"
	"regexp"
	"strings"

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
func Check(ix *read.Index, words, by string) (record.Finding, []Passage, error) {
	var opts trace.Options
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
		return f, nil, nameLater(ix, f.Utterance)
	}
	hits, err := inText(ix, words)
	return f, hits, err
}

// inText looks for the words in the whole texts.
func inText(ix *read.Index, words string) ([]Passage, error) {
	found, err := ix.Passages(words, passages)
	if err != nil {
		return nil, err
	}
	var out []Passage
	for _, p := range found {
		if p.Share < passageShare {
			continue
		}
		a, err := ix.ArticleAt(p.Number)
		if err != nil {
			return nil, err
		}
		out = append(out, Passage{a, p.Span})
	}
	return out, nil
}

// nameLater finds which utterances the clarifications themselves are.
func nameLater(ix *read.Index, u *record.Utterance) error {
	ids := IDs{Index: ix}
	for i := range u.Clarifications {
		c := &u.Clarifications[i]
		if c.Utterance != "" {
			continue
		}
		id, err := ids.Of(c.Entry.Key)
		if err != nil {
			return err
		}
		c.Utterance = id
	}
	return nil
}

// idShape is the shape of an utterance's id.
var idShape = regexp.MustCompile(`^u[0-9a-f]{10}$`)

// Utterance finds the utterance that a reference means: its id, an old id of
// it, the id of one of its quotations, or words of it. found is false where
// there is none.
func Utterance(ix *read.Index, ref string) (u record.Utterance, found bool, err error) {
	key, found, err := keyOf(ix, ref)
	if err != nil {
		return u, false, err
	}
	if !found {
		f, err := trace.Check(ix, ref, "", trace.Options{})
		if err != nil || f.Utterance == nil {
			return u, false, err
		}
		return *f.Utterance, true, nameLater(ix, f.Utterance)
	}
	if u, err = trace.Utterance(ix, key); err != nil {
		return u, false, err
	}
	return u, u.ID != "", nameLater(ix, &u)
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
