package record

// Link hangs a quotation on the fuller one that it repeats. Every quotation
// has at most one, so that utterances are the trees of a forest. It stands
// here because the tracer decides it and the store keeps it, and neither
// imports the other.
type Link struct {
	Parent   int64    // Entry.Key of the fuller wording
	Relation Relation // Paraphrased for an indirect report; else how the child stands to its parent
	Bits     float64  // evidence: text, speaker, dates, same report
	Rule     string   // the rule that linked them, in words, for Reason
}
