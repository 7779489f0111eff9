package eval

import (
	"context"
	"fmt"
	"io"
	"math"

	"onrecord/internal/record"
)

// modelRule is the rule that a reading's reason names where the models alone
// found the quotation.
const modelRule = "model"

// Claim is one quotation of a reading of PolNeAR, and whether it is right: it
// shares half of its content with an attribution of the first annotator, and
// the sources overlap or are absent from both.
type Claim struct {
	Kind   record.Kind
	Act    record.Act
	Reason record.Reason
	Right  bool
}

// byModel tells whether the models alone found it.
func (c Claim) byModel() bool { return c.Reason.Rule == modelRule }

// Claims reads a part of PolNeAR, "train" or "dev", with Article and Read of
// the options, and judges what the readings claim: one list for each article.
// Where the part is absent it fails.
func Claims(ctx context.Context, o Options, part string) ([][]Claim, error) {
	r := &run{Options: o, shared: findShared(o.Shared), readAll: map[string][]record.Reading{}}
	return r.claims(ctx, "data/polnear/"+part+".jsonl.gz")
}

func (r *run) claims(ctx context.Context, file string) ([][]Claim, error) {
	articles, err := lines[annotated](r, file, r.Limit)
	if err != nil {
		return nil, err
	}
	readings := r.readAll[file]
	if readings == nil {
		pages := make([]record.Page, len(articles))
		for i, a := range articles {
			pages[i] = a.page()
		}
		if readings, err = r.read(ctx, pages); err != nil {
			return nil, err
		}
	}
	out := make([][]Claim, len(articles))
	for i, a := range articles {
		if readings[i].Article.Text != a.Text {
			return nil, fmt.Errorf("%s: the article's text is not the text as it came", a.ID)
		}
		out[i] = judged(a.reference(), &readings[i])
	}
	return out, nil
}

// judged are the claims of one reading, in its order.
func judged(want []attribution, rd *record.Reading) []Claim {
	out := make([]Claim, len(rd.Quotations))
	for i := range rd.Quotations {
		q := &rd.Quotations[i]
		out[i] = Claim{Kind: q.Kind, Act: q.Act, Reason: q.Reason}
	}
	m := newMatching(rd.Article.Text, want, claims(rd))
	for i, j := range m.pairs {
		if j >= 0 {
			out[j].Right = m.judge(m.want[i], m.got[j]).overlap
		}
	}
	return out
}

// bins is how many levels of sureness a reliability table has, equally wide.
const bins = 10

// bin is the claims of one level of sureness.
type bin struct {
	n, right int
	sum      float64 // of the scores
}

func (b bin) mean() float64 { return b.sum / float64(max(b.n, 1)) }

// reliability sorts claims into bins by their scores; ece is the expected
// calibration error: how far the mean score of a bin is from the share of it
// that is right, weighted by its claims (Naeini, Cooper and Hauskrecht 2015).
func reliability(claims []Claim) (table [bins]bin, ece float64) {
	for _, c := range claims {
		b := &table[min(max(int(c.Reason.Score*bins), 0), bins-1)]
		b.n++
		b.right += one(c.Right)
		b.sum += c.Reason.Score
	}
	for _, b := range table {
		ece += math.Abs(b.sum - float64(b.right))
	}
	return table, ece / float64(max(len(claims), 1))
}

// Reliability prints how sure the claims were and how often rightly, for all,
// those of the models and those of the rules. It returns the expected
// calibration error of the three, in this order.
func Reliability(w io.Writer, title string, claims []Claim) [3]float64 {
	var parts [3][]Claim
	for _, c := range claims {
		parts[0] = append(parts[0], c)
		if c.byModel() {
			parts[1] = append(parts[1], c)
		} else {
			parts[2] = append(parts[2], c)
		}
	}
	r := &run{w: w}
	t := &table{title: title, columns: []string{"score"}}
	var eces [3]float64
	var tables [3][bins]bin
	for i, name := range []string{"all", "model", "rules"} {
		tables[i], eces[i] = reliability(parts[i])
		t.columns = append(t.columns, name, "mean score", "right")
	}
	for b := range bins {
		row := []string{fmt.Sprintf("%.1f to %.1f", float64(b)/bins, float64(b+1)/bins)}
		for _, of := range tables {
			row = append(row, count(of[b].n))
			if of[b].n == 0 {
				row = append(row, "", "")
				continue
			}
			row = append(row, percent(of[b].mean()), percent(ratio(of[b].right, of[b].n)))
		}
		t.row(row...)
	}
	sum := []string{"error"}
	for i := range parts {
		sum = append(sum, count(len(parts[i])), fmt.Sprintf("%.3f", eces[i]), "")
	}
	t.row(sum...)
	r.print(t)
	return eces
}

// calibration measures whether the scores of the quotations are the share of
// them that is right.
func calibration(ctx context.Context, r *run) error {
	articles, err := r.claims(ctx, polnearFile)
	if err != nil {
		return err
	}
	var all []Claim
	for _, list := range articles {
		all = append(all, list...)
	}
	eces := Reliability(r.w, fmt.Sprintf("calibration: %d articles of polnear, by how sure the program is", len(articles)), all)
	for i, name := range []string{"all", "model", "rules"} {
		r.keep(name, 1-eces[i])
	}
	r.line("  right: content half shared and source overlapping; error: expected calibration error. The floors are on 1 less it.")
	return nil
}
