package eval

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// table is rows of cells under column names; the first column names the row.
type table struct {
	title   string
	columns []string
	rows    [][]string
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

// print writes the table: names to the left, figures to the right.
func (r *run) print(t *table) {
	width := make([]int, len(t.columns))
	for _, row := range append([][]string{t.columns}, t.rows...) {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	r.line("")
	if t.title != "" {
		r.line("%s", t.title)
	}
	for _, row := range append([][]string{t.columns}, t.rows...) {
		var b strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString(cell + pad)
			} else {
				b.WriteString("  " + pad + cell)
			}
		}
		r.line("  %s", strings.TrimRight(b.String(), " "))
	}
}

// percent writes a share with one decimal: 0.8372 is 83.7.
func percent(v float64) string { return fmt.Sprintf("%.1f", 100*v) }

func count(n int) string { return fmt.Sprint(n) }

// ratio is a/b; with nothing to judge, nothing is wrong.
func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// tally counts what is needed for precision and recall. Right claims and found
// wants are counted apart: in a table by kind, a claim and the want that it
// meets may be of two kinds.
type tally struct{ right, claimed, found, wanted int }

func (t tally) precision() float64 { return ratio(t.right, t.claimed) }
func (t tally) recall() float64    { return ratio(t.found, t.wanted) }

// f1 is the harmonic mean of precision and recall.
func (t tally) f1() float64 { return harmonic(t.precision(), t.recall()) }

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// hit counts one right claim that meets one want of the same kind.
func (t *tally) hit() {
	t.right++
	t.found++
}

// clip shortens words to n code points for one line of a terminal.
func clip(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	runes := []rune(s)
	half := (n - 1) / 2
	return string(runes[:half]) + "…" + string(runes[len(runes)-half:])
}
