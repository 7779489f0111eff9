package ask

import (
	"onrecord/internal/read"
	"onrecord/internal/record"
	"onrecord/internal/trace"
)

// Depth is how far an answer goes into its reasons.
type Depth struct {
	Why   bool // every link with the pieces of evidence it is made of
	quick bool // what the words repeat is left out
}

// complete adds to an utterance what only the whole store tells: which
// utterances the later words are, what its own words answer, and, where it is
// asked for, why everything is linked.
func complete(ix *read.Index, u *record.Utterance, d Depth) error {
	if u.ID == "" || len(u.Variants) == 0 {
		return nil
	}
	if err := nameLater(ix, u); err != nil {
		return err
	}
	var err error
	if u.Answers, err = trace.NewLookback(ix).Answered(u.Variants[0].Entry.Key, !d.quick); err != nil || !d.Why {
		return err
	}
	return trace.Explain(ix, u)
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
