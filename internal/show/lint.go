package show

import (
	"strings"

	"onrecord/internal/record"
)

// Headline is what lint says of one quotation in a headline.
type Headline struct {
	Words   string         // as the headline prints them
	Body    string         // as the body prints them, "" where it does not
	Verdict record.Verdict // NotFound: not in the body
	Edits   []record.Edit  // from Body to Words
	Alarms  []record.Alarm
	Whole   bool // it stands whole in the body: no finding
	Pull    bool // it is a pull quote
}

// Lint shows what is to be said of a report's headline; of one in order, one
// line.
func (p Paper) Lint(name string, list []Headline) {
	findings := 0
	for _, h := range list {
		if h.Whole {
			continue
		}
		findings++
		b := (&block{rest: 4}).add(plain, name+": ").add(strong, headlineFinding(h))
		if w := alarms(h.Alarms); w != "" {
			b.add(plain, " ").add(alarm, w)
		}
		p.print(*b)
		runs := []run{{h.Words, plain}}
		if h.Body != "" {
			if over, ok := overlay(h.Body, h.Edits); ok {
				runs = over
			}
		}
		p.print(block{runs: quoted(runs), first: 4, rest: 4})
	}
	if findings > 0 {
		return
	}
	if len(list) == 0 {
		p.print(*(&block{rest: 4}).add(plain, name+": no quotation in the headline."))
		return
	}
	pulled := 0
	for _, h := range list {
		if h.Pull {
			pulled++
		}
	}
	where := ""
	if n := len(list) - pulled; n > 0 {
		where = Count(n, "quotation", "quotations") + " in the headline"
	}
	if pulled > 0 {
		where = joined(" and ", where, Count(pulled, "pull quote", "pull quotes"))
	}
	p.print(*(&block{rest: 4}).add(plain, name+": "+where+", whole in the body."))
}

func headlineFinding(h Headline) string {
	what := strings.TrimPrefix(prefixed(": ", changes(h.Edits)), " ")
	it := "headline"
	if h.Pull {
		it = "pull quote"
	}
	switch h.Verdict {
	case record.Truncated:
		return "the " + it + " cuts the words" + what + "."
	case record.AlteredWords:
		return "the " + it + " changes the words" + what + "."
	case record.Spliced:
		return "the " + it + " runs two quotations together."
	case record.Paraphrase:
		return "the " + it + " puts in quotation marks what the body only reports."
	}
	return "the words in the " + it + " are not in the body."
}
