package eval

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

const (
	bulkArticles = "data/bulk/articles.jsonl.gz"
	plantedEach  = 150 // changes of a kind: a share is then known to ±4 in a hundred
	plantedSeed  = 20260101
)

// planted checks texts that a script makes out of the quotations of the
// requote set, and texts that nobody said; nothing of it is kept.
func planted(ctx context.Context, r *run) error {
	readings, err := requoteReadings(ctx, r)
	if err != nil {
		return err
	}
	entries := Entries(readings, r.Sum)
	tr := r.Tracer()
	for i, e := range entries {
		if i%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := tr.Place(e); err != nil {
			return err
		}
	}
	utterances, err := tr.Utterances()
	if err != nil {
		return err
	}
	stock := fullWordings(utterances)
	if len(stock) < 10 {
		return absent{"too few quotations were read in the requote set"}
	}
	changes := plant(stock, r.Seed+plantedSeed)
	nowhere, err := r.neverSaid(stock, readings)
	if err != nil {
		return err
	}
	p := &plantedScore{verdicts: map[string]map[record.Verdict]int{}, wanted: map[string]record.Verdict{},
		alarms: map[record.Alarm]*tally{}}
	for _, c := range append(changes, nowhere...) {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := tr.Check(c.words, c.by)
		if err != nil {
			return fmt.Errorf("checking a planted text: %w", err)
		}
		p.add(c, f)
	}
	p.report(r, len(stock))
	return nil
}

// source is a quotation to make changes of.
type source struct{ words, speaker string }

// fullWordings are the fullest wordings of direct speech in one part, 12 to 60
// words, each text once: those for which it is plain what a check must say.
func fullWordings(utterances []record.Utterance) []source {
	seen := map[string]bool{}
	var out []source
	for _, u := range utterances {
		for _, v := range u.Variants {
			e := &v.Entry
			n := len(strings.Fields(e.Words))
			if e.Quotation != u.Fullest || e.Kind != record.Direct || len(e.Parts) != 1 || n < 12 || n > 60 || seen[e.Words] ||
				strings.ContainsAny(e.Words, "[]…*") || strings.Contains(e.Words, "..") || strings.ContainsAny(e.Words, "\"“”\n") {
				continue
			}
			seen[e.Words] = true
			out = append(out, source{e.Words, e.Speaker})
		}
	}
	slices.SortFunc(out, func(a, b source) int { return strings.Compare(a.words, b.words) })
	return out
}

// plant makes plantedEach changes of every kind, as far as the stock goes.
func plant(stock []source, seed uint64) []change {
	var out []change
	for k, a := range alterations {
		p := &planter{rng: rand.New(rand.NewPCG(seed, uint64(k)))}
		for _, s := range stock {
			p.others = append(p.others, s.words)
		}
		made := 0
		for _, i := range p.rng.Perm(len(stock)) {
			if made == plantedEach {
				break
			}
			words, verdict, ok := a.make(p, stock[i].words)
			if !ok {
				continue
			}
			made++
			out = append(out, change{kind: a.kind, words: words, verdict: verdict, alarm: a.alarm, may: mayAlarm(stock[i].words, words)})
		}
	}
	return append(out, otherSpeakers(stock, seed)...)
}

// otherSpeakers asks for words under the name of somebody else.
func otherSpeakers(stock []source, seed uint64) []change {
	rng := rand.New(rand.NewPCG(seed, 100))
	var out []change
	for _, i := range rng.Perm(len(stock)) {
		other := stock[rng.IntN(len(stock))].speaker
		if len(out) == plantedEach {
			break
		}
		if stock[i].speaker == "" || sharesWord(other, stock[i].speaker) || len(strings.Fields(other)) != 2 {
			continue
		}
		out = append(out, change{kind: "other speaker", words: stock[i].words, by: other, verdict: record.DifferentSpeaker})
	}
	return out
}

func sharesWord(a, b string) bool {
	for _, w := range strings.Fields(a) {
		if slices.Contains(strings.Fields(b), w) {
			return true
		}
	}
	return false
}

// neverSaid are texts that no article of the set holds: sentences of other
// articles, and the words of quotations in another order.
func (r *run) neverSaid(stock []source, readings []record.Reading) ([]change, error) {
	rng := rand.New(rand.NewPCG(r.Seed+plantedSeed, 200))
	var out []change
	for _, i := range rng.Perm(len(stock))[:min(2*plantedEach, len(stock))] {
		w := strings.Fields(stock[i].words)
		rng.Shuffle(len(w), func(a, b int) { w[a], w[b] = w[b], w[a] })
		out = append(out, change{kind: "shuffled", words: strings.Join(w, " "), verdict: record.NotFound})
	}
	articles, err := lines[printed](r, bulkArticles, 1500)
	if err != nil {
		return out, nil // without the bulk set the shuffles alone are the nowhere texts
	}
	known := map[string]bool{}
	for i := range readings {
		for s := range runs(readings[i].Article.Text, 6) {
			known[s] = true
		}
	}
	for _, a := range articles {
		if len(out) == 2*plantedEach+600 {
			break
		}
		if s := foreignSentence(a.Text, known); s != "" {
			out = append(out, change{kind: "said elsewhere", words: s, verdict: record.NotFound})
		}
	}
	return out, nil
}

// foreignSentence is the first sentence of 8 to 40 words that shares no run of
// six words with the known texts.
func foreignSentence(text string, known map[string]bool) string {
	for _, s := range strings.FieldsFunc(text, func(c rune) bool { return c == '.' || c == '\n' || c == '?' }) {
		s = strings.TrimSpace(strings.Trim(s, "\"“” "))
		if n := len(strings.Fields(s)); n < 8 || n > 40 || utf8.RuneCountInString(s) < 40 {
			continue
		}
		shared := false
		for run := range runs(s, 6) {
			shared = shared || known[run]
		}
		if !shared {
			return s
		}
	}
	return ""
}

// runs are the runs of n words of a text, in lower case without punctuation.
func runs(text string, n int) map[string]bool {
	var words []string
	for _, s := range wordSpans(text) {
		words = append(words, strings.ToLower(s.Of(text)))
	}
	out := map[string]bool{}
	for i := 0; i+n <= len(words); i++ {
		out[strings.Join(words[i:i+n], " ")] = true
	}
	return out
}

// plantedScore gathers the answers.
type plantedScore struct {
	kinds    []string
	verdicts map[string]map[record.Verdict]int
	wanted   map[string]record.Verdict
	alarms   map[record.Alarm]*tally
	mistakes []mistake
}

func (p *plantedScore) add(c change, f record.Finding) {
	if p.verdicts[c.kind] == nil {
		p.kinds = append(p.kinds, c.kind)
		p.verdicts[c.kind] = map[record.Verdict]int{}
		p.wanted[c.kind] = c.verdict
	}
	p.verdicts[c.kind][f.Verdict]++
	full := ""
	if f.Fullest != nil {
		full = f.Fullest.Words
	}
	say := func(kind string) {
		p.mistakes = append(p.mistakes, mistake{kind, fmt.Sprintf("%s: %s %v\n      asked “%s”\n      full  “%s”",
			c.kind, f.Verdict, f.Alarms, clip(c.words, 300), clip(full, 300))})
	}
	if f.Verdict != c.verdict {
		say(c.kind + " taken for " + string(f.Verdict))
	}
	if c.verdict == record.NotFound {
		return
	}
	if c.alarm != "" {
		t := p.alarm(c.alarm)
		t.wanted++
		t.found += one(slices.Contains(f.Alarms, c.alarm))
		if !slices.Contains(f.Alarms, c.alarm) {
			say("no alarm " + string(c.alarm))
		}
	}
	if c.verdict == record.Spliced {
		return // what a splice drops and adds is a whole other quotation
	}
	for _, a := range f.Alarms {
		switch {
		case a == c.alarm:
			p.alarm(a).claimed++
			p.alarm(a).right++
		case !slices.Contains(c.may, a):
			p.alarm(a).claimed++
			say("false alarm " + string(a))
		}
	}
}

func (p *plantedScore) alarm(a record.Alarm) *tally {
	if p.alarms[a] == nil {
		p.alarms[a] = &tally{}
	}
	return p.alarms[a]
}

var verdictColumns = []record.Verdict{record.Exact, record.Normalised, record.Truncated, record.AlteredWords,
	record.Spliced, record.DifferentSpeaker, record.Paraphrase, record.NotFound}

func (p *plantedScore) report(r *run, stock int) {
	t := &table{title: fmt.Sprintf("planted: texts made of %d full wordings of the requote set, checked", stock),
		columns: []string{"change", "texts", "verdict right"}}
	for _, v := range verdictColumns {
		t.columns = append(t.columns, string(v))
	}
	right, all, falseFinds, nowhere := 0, 0, 0, 0
	least := 1.0 // of the kinds of change
	for _, k := range p.kinds {
		n := 0
		for _, v := range verdictColumns {
			n += p.verdicts[k][v]
		}
		good := p.verdicts[k][p.wanted[k]]
		row := []string{k, count(n), percent(ratio(good, n))}
		for _, v := range verdictColumns {
			row = append(row, count(p.verdicts[k][v]))
		}
		t.row(row...)
		if p.wanted[k] == record.NotFound {
			falseFinds, nowhere = falseFinds+n-good, nowhere+n
		} else {
			right, all, least = right+good, all+n, min(least, ratio(good, n))
		}
	}
	r.print(t)
	r.line("  verdict right, over all changes: %s, over the worst kind: %s; texts that nobody said: %d of %d found all the same",
		r.keep("verdict.all", ratio(right, all)), r.keep("verdict.least", least), falseFinds, nowhere)
	r.keep("nowhere", ratio(nowhere-falseFinds, nowhere))
	p.reportAlarms(r)
	r.printErrors(p.mistakes)
}

// reportAlarms prints and keeps how right the alarms are.
func (p *plantedScore) reportAlarms(r *run) {
	t := &table{columns: []string{"alarm", "planted", "raised", "false", "P", "R"}}
	for _, a := range []record.Alarm{record.AlarmNegation, record.AlarmNumber, record.AlarmHedge, record.AlarmCondition, record.AlarmName} {
		s := p.alarm(a)
		recall := "–"
		if s.wanted > 0 {
			recall = r.keep("alarm."+string(a)+".recall", s.recall())
		}
		precision := percent(s.precision())
		if s.claimed >= plantedEach/2 { // fewer say too little to be held to
			precision = r.keep("alarm."+string(a)+".precision", s.precision())
		}
		t.row(string(a), count(s.wanted), count(s.claimed), count(s.claimed-s.right), precision, recall)
	}
	r.print(t)
}
