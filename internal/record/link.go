package record

// Link ties one quotation to the fuller one that it repeats. Every quotation
// has at most one, to its parent, so that utterances are the trees of a
// forest. It stands here because the tracer decides it and the store keeps
// it, and neither imports the other.
type Link struct {
	Parent   int64 // Entry.Key of the fuller wording
	Relation Relation
	Bits     float64 // evidence for the link, in bits
	Share    float64 // how much of the shorter text the longer one holds, 0 to 1
	Edits    []Edit
	Alarms   []Alarm
	Reason   Reason
}
