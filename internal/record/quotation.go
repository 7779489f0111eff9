package record

// Kind says how the words are given.
type Kind string

// The kinds of quotation.
const (
	Direct   Kind = "direct"   // whole sentences inside marks
	Mixed    Kind = "mixed"    // a reported clause with some stretches inside marks
	Indirect Kind = "indirect" // a reported clause without marks
	Block    Kind = "block"    // words set off without marks
)

// Act says what the source did.
type Act string

// The acts.
const (
	Speech  Act = "speech"
	Writing Act = "writing"
	Thought Act = "thought"
)

// Where a quotation stands in its article.
type Where string

// The places.
const (
	InHeadline Where = "headline"
	InBody     Where = "body"
)

// Quotation is words that an article says somebody said.
type Quotation struct {
	ID        string // "<article id>:<n>", n counting from 1 in order of place
	Kind      Kind
	Act       Act
	Topic     bool // the content names what was spoken of and gives no words of it: "praised the plan"
	Where     Where
	Parts     []Span // the words given as said, without marks and interruptions
	Content   []Span // the whole reported content, marked words or not
	Cue       *Span
	Speaker   *Speaker // nil: unattributed
	Addressee *Party
	Venue     *Venue
	About     []Referent
	Said      *Said
	Hedges    []Hedge
	Credits   []Credit // whom the article names as its source for the words
	Reason    Reason
}

// Worded tells whether the article gives words that somebody said or wrote:
// words in marks or set off, or a report of what was said. A thought, a wish or
// a plan without marks, and what was only spoken of, are not worded, and never
// traced, checked or shown as words said.
func (q *Quotation) Worded() bool { return q.Kind != Indirect || q.Act != Thought && !q.Topic }

// Words joins the parts as the article prints them, a space between parts.
func (q *Quotation) Words(text string) string {
	switch len(q.Parts) {
	case 0:
		return ""
	case 1:
		return q.Parts[0].Of(text)
	}
	n := 0
	for _, p := range q.Parts {
		n += p.Len() + 1
	}
	b := make([]byte, 0, n)
	for i, p := range q.Parts {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, p.Of(text)...)
	}
	return string(b)
}

// NoChain stands for "no chain of the article" in Speaker, Party and Referent.
const NoChain = -1

// Speaker is who said it, and the words that name the speaker here.
type Speaker struct {
	Span   *Span  // the words in the speaker's place; nil where none stand there
	Name   string // who that is: the name of the chain
	Chain  int    // index in Reading.Chains, or NoChain
	Reason string // "subject of the cue", "carried on from the paragraph before", …
}

// Party is somebody a quotation is addressed to.
type Party struct {
	Span  *Span
	Name  string
	Chain int
}

// Medium is the sort of venue.
type Medium string

// The media.
const (
	Interview  Medium = "interview"
	Podcast    Medium = "podcast"
	Broadcast  Medium = "broadcast"
	Post       Medium = "post" // a tweet, a series of tweets, an Instagram post
	Statement  Medium = "statement"
	Speaking   Medium = "speech"
	Conference Medium = "press conference"
	Court      Medium = "court"
	Document   Medium = "document" // a letter, a book, an op-ed, a report
	Outlet     Medium = "outlet"   // told Vanity Fair: some outlet, form unknown
)

// Venue is where the words were said.
type Venue struct {
	Span   *Span // nil where it carries on from an earlier quotation
	Name   string
	Medium Medium
}

// Referent is somebody that a quotation is about.
type Referent struct {
	Name  string
	Chain int
}

// Said is when it was said, as far as the words tell.
type Said struct {
	Span    *Span
	When    When
	Problem string // "no such year: 202"
}

// Hedge is a sign that the article, or the source, keeps a distance.
type Hedge struct {
	Span
	Kind string // reportedly, allegedly, translated, anonymous
}

// Credit is the article's own word on where it has the quotation from:
// "told the Gazette", "per People", "as first reported by …".
type Credit struct {
	Span
	Name string
	Kind string // told, via, first
}

// Reading is what one reading of one article finds.
type Reading struct {
	Article    Article
	Passed     []Passed // the article's own, and quoted words that are no speech; in order of place
	Chains     []Chain
	Quotations []Quotation // in order of place
}
