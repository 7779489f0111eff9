package ask

import (
	"onrecord/internal/read"
	"onrecord/internal/trace"
)

// IDs names the utterances of quotations, and remembers those it has named.
type IDs struct {
	Index *read.Index
	known map[int64]string // by the key of the utterance's root
}

// Of returns the id of the utterance that a quotation belongs to, "" where
// the quotation has no words.
func (ids *IDs) Of(key int64) (string, error) {
	root, err := trace.Root(ids.Index, key)
	if err != nil {
		return "", err
	}
	if id, ok := ids.known[root]; ok {
		return id, nil
	}
	id, err := trace.IDOf(ids.Index, root)
	if err != nil {
		return "", err
	}
	if ids.known == nil {
		ids.known = map[int64]string{}
	}
	ids.known[root] = id
	return id, nil
}
