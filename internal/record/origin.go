package record

// Standing says what came of looking for the report that a credit names.
type Standing string

// The standings of a credit.
const (
	// CreditOwn: the report names itself, "told the Gazette" in the Gazette.
	CreditOwn Standing = "own"
	// CreditKept: a kept report of that outlet, printed no later, has the words.
	CreditKept Standing = "kept"
	// CreditLater: the kept report of that outlet with the words was printed later.
	CreditLater Standing = "later"
	// CreditWithout: kept reports of that outlet quote the speaker in those days, and not with these words.
	CreditWithout Standing = "without_words"
	// CreditSilent: reports of that outlet are kept; none quotes the speaker in those days.
	CreditSilent Standing = "silent"
	// CreditNotKept: nothing of that outlet is kept.
	CreditNotKept Standing = "not_kept"
	// CreditUnclear: the name can be that of several outlets, or of none in particular.
	CreditUnclear Standing = "unclear"
	// CreditVenue: the name is where the words were said: a podcast, a programme.
	CreditVenue Standing = "venue"
)

// Source is one credit of a variant, and where it leads among what is kept.
type Source struct {
	Credit
	Words     string // the words of credit as the report prints them; "" where the text is not at hand
	Standing  Standing
	Quotation string   // the member that it leads to (own: none; later: the one printed later); ""
	Others    []string // for CreditWithout: quotations of the credited outlet that lack the words; for CreditUnclear: the members it may be
}

// Origin is where following the credits from the earliest report leads.
type Origin struct {
	Chain  []string // Quotation.IDs, from the earliest printed one up; the last is at the origin
	Outlet string   // the outlet that the last one credits and of which nothing with these words is kept; ""
	Venue  string   // where the last one says that it was said, if that is no outlet of ours; ""
	Ring   bool     // the credits lead back to a report that was passed: there is no origin
}

// Evidence is one piece of why two quotations are linked. The pieces of one
// link add up to its bits.
type Evidence struct {
	What  string // "shared words", "same speaker", "printed within two days", …
	Bits  float64
	Words []string // the words that it rests on, as printed; none for dates
}

// NoteKind is the sort of a note.
type NoteKind string

// The kinds of note.
const (
	NoteCircle     NoteKind = "circular_credit"      // outlets credit each other in a ring
	NoteWithout    NoteKind = "unsupported_credit"   // the credited outlet's kept reports have not these words
	NoteLater      NoteKind = "later_credit"         // the credited report was printed later
	NoteVenues     NoteKind = "conflicting_credits"  // two reports say that the words were said to two
	NoteNotKept    NoteKind = "credit_not_kept"      // nothing of the credited outlet is kept
	NoteSpeakers   NoteKind = "conflicting_speakers" // two reports credit two speakers
	NoteDates      NoteKind = "conflicting_dates"    // two reports give dates that do not meet
	NoteAfterPrint NoteKind = "date_after_print"     // a report dates the words later than they were printed
	NoteNoSuchDate NoteKind = "no_such_date"         // a date that cannot be
)

// Note is something about an utterance that a careful reader would want to
// know: what two reports say that does not go together. It never says which of
// them is right.
type Note struct {
	Kind       NoteKind
	Text       string   // in words
	Quotations []string // the members it is about, in order of print
	Credits    []string // the words of credit or of the date, beside Quotations
}

// Confirmed is a stretch of the fullest wording and how many printed it.
type Confirmed struct {
	At          Span // in the fullest wording's Words
	Text        string
	Reports     int // reports that print all of the stretch
	Independent int // … as independent texts
}

// Answer is what a quotation says about earlier words of its speaker: the
// other end of a Clarification.
type Answer struct {
	Entry     Entry  // the earlier words
	By        string // Quotation.ID of the member that answers them
	Kind      string // clarification, denial, apology, repetition
	Reason    Reason
	Utterance string // Utterance.ID of the earlier words
}
