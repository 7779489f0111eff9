package record

// Person is somebody spoken of across articles. Which Person a chain is (its
// identity) is kept beside the quotations and never rewrites them.
type Person struct {
	ID      string // stable: made from the normalised name and, for namesakes, what tells them apart
	Name    string
	Aliases []string // every name the articles use, most frequent first
	Nature  Nature
	Gender  Gender // as far as the articles tell; with Middle it tells namesakes apart
	Middle  string // initials in the middle of the name
	Reason  string // why these chains are thought to be one person
}

// Entry is one quotation as the tracer sees it: the words, and the facts that
// tell whether two quotations are the same utterance. The store makes it from
// a Reading and the identities.
type Entry struct {
	Key        int64  // the store's own number of the quotation
	Quotation  string // Quotation.ID
	Article    string // Article.ID
	Page       string
	URL        string
	Outlet     string
	Title      string
	Published  When
	Kind       Kind
	Act        Act
	Topic      bool // no words are given, only what was spoken of
	Where      Where
	Words      string // parts joined by one space; for indirect and block: the content
	Parts      []Span // in the article's text
	Content    string // the whole reported clause, for mixed and indirect
	Context    string // the sentence or two of the article round the quotation, for clarifications
	Speaker    string // name as resolved inside the article; empty: unattributed
	Person     string // Person.ID of the speaker after identities and corrections; empty: unknown
	Addressee  string
	Venue      string
	Medium     Medium
	Said       When
	SaidText   string
	Impossible string   // a date that cannot be, in words: "no such year: 202"
	About      []string // Person.IDs, else names
	Credits    []Credit
	Credited   []string // the words of each credit, as printed
	Apart      []string // Quotation.IDs that a person said are not the same utterance
	ArticleSum uint64   // near-duplicate signature of the whole text, so that wire copies count as one source
}

// Op is one edit that leads from the fullest wording to the one printed here.
type Op string

// The edits.
const (
	CutFront Op = "cut_front"
	CutEnd   Op = "cut_end"
	Omit     Op = "omit"
	Insert   Op = "insert"
	Replace  Op = "replace"
	Move     Op = "move"
)

// Edit is one difference between the full wording and the words here.
type Edit struct {
	Op     Op
	Full   string // words of the full wording, "" for an insertion
	Here   string // words printed here, "" for a cut
	Marked bool   // the printer showed it: … or [ ]
	Type   Change // what it does to the words: the gravest, where it does several things
	// Places of Full in the full wording's Words and of Here in the words
	// here, in bytes, for pages and terminals that lay one over the other.
	FullAt, HereAt Span
}

// Change says what an edit, or a whole variant, does to the words.
type Change string

// The changes. OtherSpeaker, Splice and TurnedIndirect are judged of a whole
// variant; Splice also of an edit that fuses two distant places.
const (
	OtherSpeaker    Change = "speaker"   // credited to somebody else
	Splice          Change = "splice"    // two utterances, or two distant places, run together
	Polarity        Change = "polarity"  // a negation lost or added
	NumberChanged   Change = "number"    // another figure, unit or amount
	NameChanged     Change = "name"      // another name
	ConditionLost   Change = "condition" // what the statement depends on is gone
	HedgeChanged    Change = "hedge"     // may, I think, probably: lost or added
	WordReplaced    Change = "word"      // a word of content stands for another
	Insertion       Change = "insertion" // words of content added without a mark
	Omission        Change = "omission"  // words of content left out inside without a mark
	Moved           Change = "move"
	Inflection      Change = "inflection"       // a pronoun, tense or ending, mostly to fit the printer's sentence
	CleanUp         Change = "clean_up"         // function words and slips of the tongue, house style
	TurnedIndirect  Change = "indirect"         // quoted words reported, or reported words quoted
	MarkedOmission  Change = "marked_omission"  // …
	MarkedInsertion Change = "marked_insertion" // [ ]
	Cut             Change = "cut"              // left off at an end
	Verbatim        Change = "verbatim"
)

// Changes are all changes, the gravest first.
var Changes = []Change{
	OtherSpeaker, Splice, Polarity, NumberChanged, NameChanged, ConditionLost, HedgeChanged, WordReplaced, Insertion, Omission,
	Moved, Inflection, CleanUp, TurnedIndirect, MarkedOmission, MarkedInsertion, Cut, Verbatim,
}

// Alarm is a change that can turn the meaning.
type Alarm string

// The alarms.
const (
	AlarmNegation  Alarm = "negation"
	AlarmNumber    Alarm = "number"
	AlarmHedge     Alarm = "hedge"
	AlarmCondition Alarm = "condition"
	AlarmName      Alarm = "name"
)

// Warned is the change that each alarm tells of: one judgement, two names.
var Warned = map[Alarm]Change{
	AlarmNegation: Polarity, AlarmNumber: NumberChanged, AlarmHedge: HedgeChanged, AlarmCondition: ConditionLost, AlarmName: NameChanged,
}

// Relation says how a variant stands to the fullest wording.
type Relation string

// The relations.
const (
	Same        Relation = "same"
	Trimmed     Relation = "trimmed"
	Stitched    Relation = "stitched"
	Altered     Relation = "altered"
	Paraphrased Relation = "paraphrased"
)

// Variant is how one quotation's words differ from the fullest wording.
type Variant struct {
	Entry    Entry
	Relation Relation
	Edits    []Edit
	Change   Change // the gravest of the edits, or what is to be said of the whole
	Alarms   []Alarm
	Reason   Reason     // why it is linked; Words are spans of the entry's own Words
	Bits     float64    // evidence for the link, in bits
	Copy     bool       // its article is a near copy of an earlier one: not an independent source
	Parent   string     // Quotation.ID of the fuller one that it hangs on; "" for the top of the tree
	Why      []Evidence // what Bits are made of; empty where nobody asked
	Sources  []Source   // its words of credit and where they lead, in order of place
	Text     int        // number, from 1, of the independent text that it belongs to; 0: of none that is kept
}

// Clarification is what the speaker said later about his or her own words.
type Clarification struct {
	Entry  Entry  // the later words
	Of     string // Quotation.ID of the member that is answered
	Kind   string // clarification, denial, apology, repetition
	Reason Reason
	Why    []Evidence // what ties it to the older words; empty where nobody asked
	// Utterance.ID of the later words themselves; empty where nobody asked.
	Utterance string
}

// Utterance is one act of speech, told by one or more quotations.
type Utterance struct {
	ID             string
	Speaker        string // name
	Person         string // Person.ID
	Said           When
	Problem        string // a date that cannot be, in the words of one of the variants
	Venue          string
	Medium         Medium
	Earliest       string    // Quotation.ID
	Fullest        string    // Quotation.ID
	Variants       []Variant // in order of print date, then quotation id
	Clarifications []Clarification
	Disagreements  []string // two outlets that credit different speakers: a finding, in words
	Notes          []Note   // what reports say that does not go together, or cannot be looked up
	Origin         Origin
	Reports        int         // reports that print it; two editions of one page are one report
	Independent    int         // independent texts among them
	Confirmed      []Confirmed // the fullest wording, stretch by stretch
	Answers        []Answer    // what its speaker answers with it; empty where nobody asked
}

// Verdict answers "did they say that, and is that all of it?".
type Verdict string

// The verdicts, gravest first among those that may hold together.
const (
	DifferentSpeaker Verdict = "different_speaker"
	Spliced          Verdict = "spliced"
	AlteredWords     Verdict = "altered"
	Truncated        Verdict = "truncated"
	Normalised       Verdict = "normalised"
	Exact            Verdict = "exact"
	Paraphrase       Verdict = "paraphrase"
	NotFound         Verdict = "not_found"
)

// Searched is what a check looked through.
type Searched struct {
	Articles int
	Outlets  int
	Period   When // from the first to the last day of print
}

// Finding is the answer of one check.
type Finding struct {
	Asked     string // the words as they were asked
	By        string // the speaker asked about, or ""
	Verdict   Verdict
	Alarms    []Alarm
	Utterance *Utterance // nil: not found
	Second    *Utterance // the other utterance of a splice
	Fullest   *Entry
	Earliest  *Entry
	Edits     []Edit
	Searched  Searched
	Reason    Reason
	Why       []Evidence // what ties the asked words to the kept ones; empty where nobody asked
}
