package trace

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// readEntries reads the quotations of a case, one a line:
//
//	id | date or ? | outlet | speaker or ? | kind, and "headline" | words
//
// A further line "+ said DATE DATE", "+ context …", "+ about …", "+ copy N" or
// "+ content …", "+ page …", "+ venue MEDIUM NAME", "+ credit KIND NAME" adds to
// the one before.
func readEntries(t *testing.T, lines string) []record.Entry {
	var out []record.Entry
	for line := range strings.Lines(lines) {
		line = strings.TrimSpace(line)
		if more, ok := strings.CutPrefix(line, "+ "); ok {
			addTo(t, &out[len(out)-1], more)
			continue
		}
		f := strings.SplitN(line, "|", 6)
		if len(f) < 6 {
			t.Fatalf("no quotation: %q", line)
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		e := record.Entry{Key: int64(len(out) + 1), Quotation: f[0], Outlet: f[2], Speaker: f[3], Where: record.InBody, Words: f[5]}
		e.Article, _, _ = strings.Cut(f[0], ":")
		if day, err := time.Parse(time.DateOnly, f[1]); err == nil {
			e.Published = record.Day(day.Year(), day.Month(), day.Day())
		}
		if e.Speaker == "?" {
			e.Speaker = ""
		}
		e.Person = strings.ToLower(e.Speaker)
		kind, where, _ := strings.Cut(f[4], " ")
		e.Kind = record.Kind(kind)
		if where == "headline" {
			e.Where = record.InHeadline
		}
		out = append(out, e)
	}
	return out
}

func addTo(t *testing.T, e *record.Entry, more string) {
	what, rest, _ := strings.Cut(more, " ")
	switch what {
	case "said":
		var from, until string
		if _, err := fmt.Sscan(rest, &from, &until); err != nil {
			t.Fatal(err)
		}
		e.Said.From, _ = time.Parse(time.DateOnly, from)
		e.Said.Until, _ = time.Parse(time.DateOnly, until)
		e.SaidText = from
	case "context":
		e.Context = rest
	case "content":
		e.Content = rest
	case "page":
		e.Page = rest
	case "venue":
		medium, name, _ := strings.Cut(rest, " ")
		e.Medium, e.Venue = record.Medium(medium), name
	case "credit":
		kind, name, _ := strings.Cut(rest, " ")
		e.Credits = append(e.Credits, record.Credit{Kind: kind, Name: name})
	case "about":
		e.About = append(e.About, rest)
	case "copy":
		if _, err := fmt.Sscan(rest, &e.ArticleSum); err != nil {
			t.Fatal(err)
		}
	default:
		t.Fatalf("unknown addition %q", more)
	}
}

// Reports come in, utterances come out; what is asked is answered.
func TestTrace(t *testing.T) {
	runCases(t, "trace", func(t *testing.T, files map[string]string) string {
		ix := placeAll(t, readEntries(t, files["quotations"]))
		all, err := ix.Utterances()
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, u := range all {
			writeUtterance(&b, u)
		}
		for line := range strings.Lines(files["asked"]) {
			words, by, _ := strings.Cut(strings.TrimSpace(line), " -- ")
			f, err := Check(ix, words, by, Options{})
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "? %s\n  %s", strings.TrimSpace(line), f.Verdict)
			for _, a := range f.Alarms {
				fmt.Fprintf(&b, " !%s", a)
			}
			if f.Fullest != nil {
				fmt.Fprintf(&b, " %s", f.Fullest.Quotation)
			}
			if f.Second != nil {
				fmt.Fprintf(&b, " and %s", f.Second.Fullest)
			}
			b.WriteString("\n")
		}
		return b.String()
	})
}

func writeUtterance(b *strings.Builder, u record.Utterance) {
	fmt.Fprintf(b, "%s: earliest %s, fullest %s\n", u.Speaker, u.Earliest, u.Fullest)
	credited := false
	for _, v := range u.Variants {
		fmt.Fprintf(b, "  %s %s", v.Entry.Quotation, v.Relation)
		for _, a := range v.Alarms {
			fmt.Fprintf(b, " !%s", a)
		}
		if v.Copy {
			b.WriteString(" copy")
		}
		for _, s := range v.Sources {
			credited = true
			fmt.Fprintf(b, " · %s %s: %s", s.Kind, s.Name, strings.TrimSpace(string(s.Standing)+" "+s.Quotation))
		}
		b.WriteString("\n")
	}
	if credited {
		fmt.Fprintf(b, "  reports %d, independent texts %d\n", u.Reports, u.Independent)
		fmt.Fprintf(b, "  origin %s", strings.Join(u.Origin.Chain, " < "))
		for _, s := range []string{u.Origin.Outlet, u.Origin.Venue} {
			if s != "" {
				b.WriteString(" < " + s)
			}
		}
		if u.Origin.Ring {
			b.WriteString(", a ring")
		}
		b.WriteString("\n")
	}
	for _, n := range u.Notes {
		if n.Kind != record.NoteSpeakers && n.Text != u.Problem {
			fmt.Fprintf(b, "  %s: %s %v\n", n.Kind, n.Text, n.Quotations)
		}
	}
	for _, c := range u.Clarifications {
		fmt.Fprintf(b, "  later %s: %s of %s\n", c.Entry.Quotation, c.Kind, c.Of)
	}
	for _, d := range u.Disagreements {
		fmt.Fprintf(b, "  disagreement: %s\n", d)
	}
	if u.Problem != "" {
		fmt.Fprintf(b, "  problem: %s\n", u.Problem)
	}
}

// A sentence of which one half is repeated a year later and the other is
// printed alone is no splice of those halves: it was printed before.
func TestFirstPrintIsNoSplice(t *testing.T) {
	m := NewMemory()
	var entries []record.Entry
	for i, x := range []struct {
		words string
		on    record.When
	}{
		{"My teacher showed me how to hold a lantern, and I would cross the frozen moor on foot to hear her laugh,", record.Day(2024, 5, 1)},
		{"I would cross the frozen moor on foot to hear her laugh,", record.Day(2024, 5, 2)},
		{"My teacher showed me how to hold a lantern, I will go on saying it until she asks for money,", record.Day(2025, 8, 9)},
	} {
		id := fmt.Sprintf("s%d", i+1)
		e := record.Entry{Key: int64(i+1) << 16, Quotation: id + ":1", Article: id, Outlet: id, Words: x.words, Kind: record.Direct,
			Where: record.InBody, Person: "p-otto-fenwick", Speaker: "Otto Fenwick", Published: x.on}
		entries = append(entries, e)
	}
	p := NewPlacer(m)
	for _, e := range entries {
		m.Put(e)
		if _, err := p.Place(e); err != nil {
			t.Fatal(err)
		}
	}
	u, err := Utterance(m, entries[1].Key)
	if err != nil || u.Fullest != "s1:1" {
		t.Errorf("fullest %s of %d, %v", u.Fullest, len(u.Variants), err)
	}
}
