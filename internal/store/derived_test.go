package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// harbour keeps three reports by hand: a full wording, a cut one by the same
// speaker, and one without a date.
func harbour(t *testing.T, s *Store) []Added {
	t.Helper()
	var all []Added
	for i, text := range []string{
		"Ferry stays in port\n\n“We will not sail in this wind, whatever the minister says,” said Ilse Brandvik.",
		"No sailing\n\n“We will not sail in this wind,” Ilse Brandvik said on the quay. She went home.",
		"A note\n\n“Come and see,” said Ilse Brandvik.",
	} {
		p, r := simple(fmt.Sprintf("h%d", i+1), "", text)
		r.Article.Published = record.Day(2030, 5, 4+i)
		if i == 2 {
			r.Article.Published = record.When{}
		}
		all = append(all, put(t, s, p, r))
	}
	people := []record.Person{
		{ID: "brandvik", Name: "Ilse Brandvik", Aliases: []string{"Brandvik", "Ms. Brándvik-Holm"}, Nature: record.APerson, Reason: "one name"},
		{ID: "holm", Name: "Aase Holm", Nature: record.APerson},
	}
	for _, p := range people {
		must(t, s.PutPerson(p))
	}
	for _, a := range all {
		must(t, s.SetIdentities(a.Number, map[int]string{0: "brandvik"}))
	}
	return all
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestEntries(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true})
	all := harbour(t, s)
	keys := []int64{all[2].Keys[0], all[0].Keys[0], 999 << keyBits, all[1].Keys[0]}
	got, err := s.Entries(keys)
	must(t, err)
	s.Close()
	again, err := open(t, path, Options{ReadOnly: true}).Entries(keys)
	must(t, err)
	if !reflect.DeepEqual(got, again) {
		t.Errorf("what was just put and what is read back differ:\n%+v\n%+v", got, again)
	}
	if len(got) != 3 || got[0].Article != "h3" || got[2].Quotation != "h2:1" {
		t.Fatalf("%+v", got)
	}
	e := got[1]
	if e.Words != "We will not sail in this wind, whatever the minister says," || e.Person != "brandvik" || e.Speaker != "Ilse Brandvik" ||
		e.Page != "h1" || e.Outlet != "Quay News" || e.ArticleSum == 0 || !e.Published.From.Equal(record.Day(2030, 5, 4).From) {
		t.Errorf("%+v", e)
	}
	if !strings.HasPrefix(e.Context, "“We will") || !strings.HasSuffix(e.Context, "Brandvik.") {
		t.Errorf("context %q", e.Context)
	}
}

func TestByPerson(t *testing.T) {
	s := fresh(t)
	all := harbour(t, s)
	day := func(d int) time.Time { return record.Day(2030, 5, d).From }
	k := func(i ...int) (out []int64) {
		for _, n := range i {
			out = append(out, all[n].Keys[0])
		}
		return out
	}
	for _, c := range []struct {
		person      string
		from, until time.Time
		want        []int64
	}{
		{"brandvik", time.Time{}, time.Time{}, k(2, 0, 1)},
		{"brandvik", day(5), time.Time{}, k(2, 1)},
		{"brandvik", day(1), day(5), k(2, 0)},
		{"holm", time.Time{}, time.Time{}, nil},
		{"nobody", time.Time{}, time.Time{}, nil},
	} {
		got, err := s.ByPerson(c.person, c.from, c.until)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %v-%v: %v, %v, want %v", c.person, c.from, c.until, got, err, c.want)
		}
	}
}

func TestPeopleNamed(t *testing.T) {
	s := fresh(t)
	harbour(t, s)
	for asked, want := range map[string]string{
		"Ilse Brandvik": "brandvik", "ilse  brandvik": "brandvik", "BRANDVIK": "brandvik", "Ms Brandvik-Holm": "brandvik",
		"Holm": "holm", "Ílse": "brandvik", "aase h": "holm", "Brandvik Ilse": "", "x": "", "": "", "%": "",
	} {
		got, err := s.PeopleNamed(asked)
		must(t, err)
		var ids []string
		for _, p := range got {
			ids = append(ids, p.ID)
		}
		if strings.Join(ids, " ") != want {
			t.Errorf("%q leads to %v, want %q", asked, ids, want)
		}
	}
	p, err := s.Person("brandvik")
	must(t, err)
	p.Aliases = nil
	must(t, s.PutPerson(p))
	if got, _ := s.PeopleNamed("Ms. Brandvik-Holm"); len(got) != 0 {
		t.Errorf("an alias that was taken back still leads to %v", got)
	}
	if places, err := s.ChainsOf("brandvik"); err != nil || !reflect.DeepEqual(places, []Place{{1, 0}, {2, 0}, {3, 0}}) {
		t.Errorf("chains %v, %v", places, err)
	}
}

func TestLinks(t *testing.T) {
	s := fresh(t)
	all := harbour(t, s)
	a, b, c := all[0].Keys[0], all[1].Keys[0], all[2].Keys[0]
	link := record.Link{Parent: a, Relation: record.Trimmed, Bits: 31.5, Rule: "shares six words in a row"}
	must(t, s.SetLink(b, &record.Link{Parent: c, Relation: record.Same}))
	must(t, s.SetLink(b, &link))
	must(t, s.SetLink(c, &record.Link{Parent: b, Relation: record.Paraphrased}))
	if got, ok, err := s.Link(b); err != nil || !ok || got != link {
		t.Errorf("%+v %v %v", got, ok, err)
	}
	if got, err := s.Children(a); err != nil || !reflect.DeepEqual(got, []int64{b}) {
		t.Errorf("children %v, %v", got, err)
	}
	for _, k := range []int64{a, b, c} {
		if got, err := s.Component(k); err != nil || !reflect.DeepEqual(got, []int64{a, b, c}) {
			t.Errorf("component of %d: %v, %v", k, got, err)
		}
	}
	// The id that the utterance had while h3:1 was all of it leads to it still.
	if got, err := s.Members(UtteranceID("h3:1")); err != nil || !reflect.DeepEqual(got, []int64{c}) {
		t.Errorf("members %v, %v", got, err)
	}
	for _, id := range []string{"u0123456789", "u012345678", "uzzzzzzzzzz", ""} {
		if _, err := s.Members(id); !errors.Is(err, ErrNotFound) {
			t.Errorf("utterance %q: %v", id, err)
		}
	}
	must(t, s.SetLink(c, nil))
	var roots []int64
	must(t, s.EachUtterance(context.Background(), func(k int64) error { roots = append(roots, k); return nil }))
	if !reflect.DeepEqual(roots, []int64{c, a}) {
		t.Errorf("utterances %v", roots)
	}
	if err := s.SetLink(a, &record.Link{Parent: 12345}); err == nil {
		t.Error("a link to nothing was kept")
	}
}

func TestPassages(t *testing.T) {
	s := fresh(t)
	harbour(t, s)
	for range 2 { // once read directly, once from the word index
		for _, c := range []struct {
			asked, article, words string
			share                 float64
		}{
			{"Whatever the MINISTER says", "h1", "whatever the minister says", 1},
			{"she went home.", "h2", "She went home", 1},
			{"whatever the prime minister says", "h1", "whatever the minister says", 0.8},
			{"we will not sail in that wind", "h1", "We will not sail in this wind", 0},
			{"the moon rises over the hills", "", "", 0},
			{"…", "", "", 0},
		} {
			got, _, err := s.Passages(c.asked, 5)
			must(t, err)
			if c.article == "" {
				if len(got) > 0 {
					t.Errorf("%q is found in %+v", c.asked, got)
				}
				continue
			}
			if len(got) == 0 || got[0].Article != c.article || (c.share > 0 && got[0].Share != c.share) {
				t.Errorf("%q: %+v, want %s", c.asked, got, c.article)
				continue
			}
			a, err := s.Article(got[0].Article)
			must(t, err)
			if w := got[0].Span.Of(a.Text); w != c.words {
				t.Errorf("%q is found as %q", c.asked, w)
			}
		}
		must(t, s.Sync(context.Background()))
	}
}

func TestCorrectionsAreOnlyAdded(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true})
	all := harbour(t, s)
	ctx := context.Background()
	body := json.RawMessage(`{"quotation":"h2:1","person":"holm"}`)
	at := time.Date(2030, 6, 1, 12, 0, 0, 0, time.UTC)
	if seq, err := s.Correct(ctx, Correction{By: "una", Kind: RightSpeaker, Body: body, At: at}); err != nil || seq != 1 {
		t.Fatal(seq, err)
	}
	if _, err := s.Correct(ctx, Correction{Kind: Undo, Body: json.RawMessage(`{`)}); err == nil {
		t.Error("a body that is not JSON was kept")
	}
	must(t, s.SetSpeaker("h2:1", "holm"))
	must(t, s.SetHidden("h3:1", true))
	must(t, s.SetIdentities(all[1].Number, map[int]string{0: "brandvik"}))
	got, err := s.Entries([]int64{all[1].Keys[0], all[2].Keys[0]})
	if err != nil || len(got) != 1 || got[0].Person != "holm" || got[0].Speaker != "Aase Holm" {
		t.Errorf("%+v, %v", got, err)
	}
	must(t, s.SetSpeaker("h2:1", ""))
	must(t, s.SetHidden("h3:1", false))
	got, err = s.Entries([]int64{all[1].Keys[0], all[2].Keys[0]})
	if err != nil || len(got) != 2 || got[0].Person != "brandvik" {
		t.Errorf("%+v, %v", got, err)
	}
	want := []Correction{{Seq: 1, At: at, By: "una", Kind: RightSpeaker, Body: body}}
	if list, err := s.Corrections(); err != nil || !reflect.DeepEqual(list, want) {
		t.Errorf("%+v, %v", list, err)
	}
	s.Close()
	db, err := sql.Open("sqlite", "file:"+path)
	must(t, err)
	defer db.Close()
	for _, q := range []string{"DELETE FROM correction", "UPDATE correction SET by = 'x'"} {
		if _, err := db.Exec(q); err == nil {
			t.Errorf("%s went through", q)
		}
	}
}

// dump is everything derived, as text: two stores with one dump are the same.
func dump(t *testing.T, s *Store) string {
	t.Helper()
	var b strings.Builder
	ctx := context.Background()
	must(t, s.EachQuotation(ctx, func(c Cited) error {
		fmt.Fprintf(&b, "%d %+v %s %v\n", c.Key, c.Quotation.Parts, c.Speaker, c.Persons)
		return nil
	}))
	must(t, s.EachPerson(ctx, func(p record.Person) error { fmt.Fprintf(&b, "%+v\n", p); return nil }))
	must(t, s.EachUtterance(ctx, func(k int64) error {
		c, err := s.Component(k)
		fmt.Fprintf(&b, "%d: %v\n", k, c)
		return err
	}))
	must(t, s.EachEntry(ctx, func(e record.Entry) error {
		lists, err := s.Postings(shingles(e.Words))
		fmt.Fprintf(&b, "%s %v %+v\n", e.Quotation, lists, e)
		return err
	}))
	n, err := s.Searched()
	must(t, err)
	fmt.Fprintf(&b, "%+v\n", n)
	return b.String()
}

// again reads an invented report again from what is kept of it.
func again(s *Store, i int, k Kept, change func(*record.Reading)) error {
	_, r := newInventor(uint64(i/2)).report(k.Page.ID, quotationsOf(i/2))
	change(&r)
	a, err := s.Replace(k, r, Extra{})
	if err != nil {
		return err
	}
	return placeAll(s, a, r)
}

func TestRereadGivesTheSame(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	if err := addTwice(path, 20); err != nil {
		t.Fatal(err)
	}
	s := open(t, path, Options{})
	ctx := context.Background()
	before := dump(t, s)
	if !strings.Contains(before, "]\n") || strings.Count(before, "\n") < 100 {
		t.Fatalf("a poor sample:\n%s", before)
	}
	if _, err := s.Correct(ctx, Correction{By: "una", Kind: NotAQuotation, Body: json.RawMessage(`"r1:1"`)}); err != nil {
		t.Fatal(err)
	}
	i := -1
	reread := func(stop int) error {
		i = -1
		return s.Reread(ctx, func(k Kept) error {
			if i++; i == stop {
				return errors.New("stopped in the middle")
			}
			return again(s, i, k, func(*record.Reading) {})
		}, nil)
	}
	if err := reread(7); err == nil || dump(t, s) != before {
		t.Errorf("a reading that stopped in the middle (%v) left something behind", err)
	}
	must(t, reread(-1))
	if after := dump(t, s); after != before {
		t.Errorf("reading again changed the store:\n%s\nwas\n%s", after, before)
	}
	if list, err := s.Corrections(); err != nil || len(list) != 1 {
		t.Errorf("corrections after reading again: %v, %v", list, err)
	}
}

// addTwice adds each invented report under two ids, so that there are links.
func addTwice(path string, n int) error {
	s, err := Open(context.Background(), path, Options{Create: true})
	if err != nil {
		return err
	}
	defer s.Close()
	for i := range n {
		id := fmt.Sprintf("r%d", i)
		p, r := newInventor(uint64(i/2)).report(id, quotationsOf(i/2))
		if err := wholeReport(s, p, r); err != nil {
			return err
		}
	}
	return nil
}

func TestRereadWithABetterExtractor(t *testing.T) {
	s := fresh(t)
	p, r := simple("a", "", ferry)
	put(t, s, p, r)
	better := strings.Replace(ferry, "Ferry stays", "Ferry still stays", 1)
	ctx := context.Background()
	for round := range 2 {
		stored := 0
		must(t, s.Reread(ctx, func(k Kept) error {
			if k.Stored != nil {
				stored++
				return nil
			}
			_, r := simple("a", "", better)
			_, err := s.Replace(k, r, Extra{})
			return err
		}, nil))
		if ids, err := s.Editions("a"); err != nil || !reflect.DeepEqual(ids, []string{"a", "a~2"}) || stored != round {
			t.Errorf("round %d: editions %v, %d stored, %v", round, ids, stored, err)
		}
	}
	old, err := s.Reading("a")
	if err != nil || old.Article.Text != ferry || len(old.Quotations) != 1 {
		t.Errorf("the old edition: %+v, %v", old, err)
	}
	if v, err := s.Verify(ctx, func(l Loss) { t.Error(l) }); err != nil || v.ArticlesFound != 2 || v.QuotationsFound != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

func TestVerifyNoticesAFlippedByte(t *testing.T) {
	for name, c := range map[string]struct {
		statement string
		articles  int
		found     int
		says      string
	}{
		"nothing":            {"SELECT 1", 3, 3, ""},
		"in a quotation":     {"UPDATE article SET text = replace(text, 'minister', 'Minister') WHERE id = 'h1'", 2, 2, "not in the kept text"},
		"outside quotations": {"UPDATE article SET text = replace(text, 'home', 'hope') WHERE id = 'h2'", 2, 3, "text has changed"},
		"text cut short":     {"UPDATE article SET text = substr(text, 1, 20) WHERE id = 'h3'", 2, 2, "outside the kept text"},
		"a quotation's body": {"UPDATE quotation SET body = x'ff' WHERE article = 1", 3, 2, "cannot be read"},
		"the bytes":          {"UPDATE article SET packing = -1, bytes = x'00' WHERE id = 'h2'", 2, 3, "not the bytes that came in"},
	} {
		path := filepath.Join(t.TempDir(), "onrecord.db")
		s := open(t, path, Options{Create: true})
		harbour(t, s)
		s.Close()
		run(t, path, c.statement)
		s = open(t, path, Options{ReadOnly: true})
		var losses []string
		v, err := s.Verify(context.Background(), func(l Loss) { losses = append(losses, l.What) })
		if err != nil || v.Articles != 3 || v.Quotations != 3 || v.ArticlesFound != c.articles || v.QuotationsFound != c.found {
			t.Errorf("%s: %+v, %v", name, v, err)
		}
		if (c.says == "") != (len(losses) == 0) || !strings.Contains(strings.Join(losses, "; "), c.says) {
			t.Errorf("%s: losses %q, want %q", name, losses, c.says)
		}
	}
}

func TestFileOnDiskFlipped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true})
	harbour(t, s)
	s.Close()
	b, err := os.ReadFile(path)
	must(t, err)
	i := strings.Index(string(b), "whatever the minister")
	b[i] ^= 1
	must(t, os.WriteFile(path, b, 0o644))
	v, err := open(t, path, Options{ReadOnly: true}).Verify(context.Background(), func(Loss) {})
	if err != nil || v.QuotationsFound != 2 || v.ArticlesFound != 2 {
		t.Errorf("%+v, %v", v, err)
	}
}

// The first printed are chosen by date, then by id, the undated last, in
// whatever order they came.
func TestFirstPrinted(t *testing.T) {
	s := fresh(t)
	var keys []int64
	for i, day := range []int{9, 3, 0, 3, 5} {
		p, r := simple(fmt.Sprintf("f%d", 9-i), "", fmt.Sprintf("Note %d\n\n“We rang the bell,” said Ilse Brandvik.", i))
		r.Article.Published = record.When{}
		if day > 0 {
			r.Article.Published = record.Day(2030, 5, day)
		}
		keys = append(keys, put(t, s, p, r).Keys...)
	}
	got, err := s.FirstPrinted(keys, 4)
	must(t, err)
	if want := []int64{keys[3], keys[1], keys[4], keys[0]}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A reader that stays open finds what another process adds and merges.
func TestReaderFollowsAWriter(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	w := open(t, path, Options{Create: true, memory: 1})
	r := open(t, path, Options{ReadOnly: true})
	truth := plainIndex{}
	for n := range int64(3 * tailRows * fanOut) {
		sh := []uint64{uint64(n%50) << 40, uint64(n) << 32}
		must(t, w.AddPostings(keyOf(n+1, 0), sh))
		truth.add(keyOf(n+1, 0), sh)
		if n%7 == 0 {
			agree(t, r, truth, []uint64{sh[0], sh[1], 7 << 40})
		}
	}
}
