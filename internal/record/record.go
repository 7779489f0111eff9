// Package record holds the nouns of onrecord and nothing else: what an
// article is, what a quotation is, who is spoken of, what an utterance is and
// how its variants differ. It imports nothing of ours, so that every stage of
// the trip can speak the same words. ARCHITECTURE.md defines them.
//
// Every place in a text is a Span of bytes of Article.Text. Offsets in code
// points exist only at the edge, in package view.
package record

// Span is a half-open range of bytes [Start, End) of an Article's Text.
type Span struct{ Start, End int }

// Of returns the words that the span covers.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Len is the number of bytes covered.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether o lies wholly inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps tells whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Form says how a page's bytes are to be understood.
type Form string

// The forms of a page.
const (
	PlainText Form = "text" // the whole input is the text; its first line is the headline
	HTML      Form = "html"
)

// Page is what came in, before anything is understood: the bytes as they came
// and what the sender said about them. It is what the store keeps.
type Page struct {
	ID        string // the sender's own name for the document; may be empty
	URL       string
	Outlet    string
	Title     string // for PlainText: empty means that the first line is the headline
	Published string // as given: an RFC 3339 date or time, or empty
	Authors   []string
	Form      Form
	Bytes     []byte
	Origin    string // where the bytes came from, for messages: a file name, "standard input", "file.jsonl line 12"
	File      string // absolute path for a file that is one document, else empty: it tells two editions of one file
}

// Article is one edition of one page. Its Text never changes; a changed page
// is a new edition. Everything else is a span of that Text.
type Article struct {
	ID        string // unique over all editions
	Page      string // what the editions of one page have in common: the URL, else the given id, else the file
	Edition   int    // 1 for the first
	URL       string
	Outlet    string
	Title     string
	Authors   []string
	Published When
	Language  string // BCP 47, "en"
	Text      string // the title, "\n\n", the body; or the plain text as it stands
	BodyStart int    // byte offset of the body in Text; 0 where there is no headline
	Passed    []Passed
	SetOff    []Span // paragraphs that the page itself sets off as quoted (<blockquote>)
}

// Passed is a stretch of text that the reading passes over, and why:
// boilerplate, a caption, an embed, or quoted words that are no speech.
type Passed struct {
	Span
	Why string // one of the Why… values
}

// Why a stretch is passed over.
const (
	WhyBoilerplate = "boilerplate" // promos, "subscribe", "quick links", navigation
	WhyCaption     = "caption"
	WhyEmbed       = "embed"
	WhyByline      = "byline"
	WhyTitle       = "title of a work"
	WhySlogan      = "slogan"
	WhyNickname    = "nickname"
	WhyScare       = "scare quotes"
	WhyTerm        = "term" // a word spoken of: the word "reckless"; a so-called name
	WhyUnmatched   = "unmatched mark"
)

// MentionKind says how a text refers to somebody.
type MentionKind string

// The kinds of mention.
const (
	ByName        MentionKind = "name"
	ByDescription MentionKind = "description"
	ByPronoun     MentionKind = "pronoun"
)

// Mention is a place where the text refers to somebody.
type Mention struct {
	Span
	Kind MentionKind
}

// Gender is what the text lets one know of a referent's grammatical gender.
type Gender byte

// The genders a pronoun can tell apart.
const (
	UnknownGender Gender = iota
	Masculine
	Feminine
)

// Nature tells what sort of referent a chain has.
type Nature string

// The natures of a referent.
const (
	APerson        Nature = "person"
	AnOrganisation Nature = "organisation" // courts, ministries, outlets, bands
	AGroup         Nature = "group"        // "police", "two officials"
)

// Chain is all mentions of one referent in one article, in order of place.
type Chain struct {
	ID       int    // its index in Reading.Chains
	Name     string // the fullest name the article gives, else the first description
	Aliases  []string
	Nature   Nature
	Gender   Gender
	Mentions []Mention
}

// Reason is why a judgement was made: the rule or model, how sure it is, and
// the words that convinced it.
type Reason struct {
	Rule  string
	Score float64 // 0 to 1
	Words []Span
}
