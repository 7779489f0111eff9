// Package trace follows one act of speech through everybody who printed it:
// quotations and an index of their words in, utterances with aligned variants
// out. It works on record.Entry values alone and never knows the store; the
// few things it must be able to look up are the Index below.
//
// Whether two quotations are the same utterance is decided by a function of
// these two alone, and every quotation hangs on at most one other: the best of
// those that are higher in a fixed order. Utterances are the trees of that
// forest, so that the order of arrival can never matter.
package trace

import "onrecord/internal/record"

// Index is what the tracer needs to look up. The store has it; Memory is the
// one kept in memory, for tests, measures and small sets.
//
// Keys are Entry.Key. The tracer is the only caller of the writing methods,
// from one goroutine, inside whatever transaction the owner has open, and it
// reads what it has written.
type Index interface {
	// Postings returns, for each of the shingles in turn, the keys posted
	// under it: ascending, each once, nil where there is none.
	Postings(shingles []uint64) ([][]int64, error)
	// AddPostings posts key under each of the shingles (each once). Posting a
	// key again under the same shingle changes nothing.
	AddPostings(key int64, shingles []uint64) error
	// Entries returns the entries of the keys, in the order of keys. A key
	// that is gone (a correction took it out) is left out.
	Entries(keys []int64) ([]record.Entry, error)
	// Link returns the link from child to its parent; false where it has none.
	Link(child int64) (Link, bool, error)
	// SetLink replaces the link of child; nil takes it away.
	SetLink(child int64, l *Link) error
	// Children returns the keys whose link leads to parent, ascending.
	Children(parent int64) ([]int64, error)
}

// Link hangs a quotation on the one that it repeats.
type Link = record.Link
