package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/internal/record"
)

// Any six words in a row of what a report tells are found, and any three of a
// quotation, without the word index.
func TestWordsInARowAreFound(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "onrecord.db"), Options{Create: true, steps: 1})
	v := newInventor(8)
	var told, quoted []string
	for i := range 150 {
		p, r := v.report(fmt.Sprintf("r%d", i), 3)
		put(t, s, p, r)
		told = append(told, strings.Split(strings.Split(r.Article.Text, "\n\n")[1], "“")[0])
		quoted = append(quoted, r.Quotations[i%3].Words(r.Article.Text))
	}
	rng := rand.New(rand.NewPCG(9, 9))
	for i := range 300 {
		for words, all := range map[int][]string{sketched: told, 11: told, 3: quoted, 9: quoted} {
			text := all[i%len(all)]
			list := wordsOf(text)
			if len(list) < words {
				continue
			}
			at := rng.IntN(len(list) - words + 1)
			asked := text[list[at].at.Start:list[at+words-1].at.End]
			got, _, err := s.Passages(asked, 5)
			must(t, err)
			if len(got) == 0 || got[0].Share != 1 {
				t.Fatalf("%d words of report %d are not found: %+v", words, i%len(all), got)
			}
		}
	}
}

// Which of many reports with the words are named does not depend on which was
// added first: the first printed.
func TestPassagesInAnyOrder(t *testing.T) {
	var first []string
	for _, seed := range []uint64{1, 2, 3} {
		s := fresh(t)
		order := rand.New(rand.NewPCG(seed, 1)).Perm(3 * candidates)
		for _, i := range order {
			p, r := simple(fmt.Sprintf("w%d", i), "", fmt.Sprintf("Note %d\n\nThe lamp on the north pier burns green since the storm. Signed, hand %d.", i, i))
			r.Article.Published = record.Day(2030, time.May, 1+i%28)
			put(t, s, p, r)
		}
		got, whole, err := s.Passages("the lamp on the north pier burns green", 3)
		must(t, err)
		var ids []string
		for _, p := range got {
			ids = append(ids, p.Article)
		}
		if first == nil {
			first = ids
		}
		if !whole || len(ids) != 3 || !slices.Equal(ids, first) {
			t.Errorf("order %d: %v, whole %v; before: %v", seed, ids, whole, first)
		}
	}
}

// Two or three words that stand in every report are not looked for through all
// of them, and the search says so; a rare word beside them is enough.
func TestCommonWordsAreNotWalkedThrough(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "onrecord.db"), Options{Create: true, steps: 60})
	for i := range 100 {
		p, r := simple(fmt.Sprintf("c%d", i), "", fmt.Sprintf("Note %d\n\nIt was on the quay and it was late.", i))
		if i == 70 {
			p, r = simple("c70", "", "Note\n\nIt was on the quay that the heron was.")
		}
		put(t, s, p, r)
	}
	must(t, s.Sync(context.Background()))
	if got, whole, err := s.Passages("was it", 3); err != nil || whole || len(got) > 0 {
		t.Errorf("two common words: %+v, whole %v, %v", got, whole, err)
	}
	if got, whole, err := s.Passages("the heron", 3); err != nil || !whole || len(got) != 1 || got[0].Article != "c70" {
		t.Errorf("a rare word: %+v, whole %v, %v", got, whole, err)
	}
}

// A store that an older version wrote opens, finds what it found before, and
// finds words in running text by their sketches.
func TestOlderStoreOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true, memory: 1})
	v := newInventor(12)
	truth := plainIndex{}
	var asked []uint64
	for i := range 3 * tailRows {
		p, r := v.report(fmt.Sprintf("r%d", i), 2)
		must(t, s.Within(context.Background(), func() error {
			a := put(t, s, p, r)
			for k, key := range a.Keys {
				sh := shingles(r.Quotations[k].Words(r.Article.Text))
				for _, h := range sh {
					truth[h] = append(truth[h], key)
				}
				asked = append(asked, sh[0])
				must(t, s.AddPostings(key, sh))
			}
			return nil
		}))
	}
	text := ""
	must(t, s.one("SELECT text FROM article WHERE n = 100", nil, &text))
	must(t, s.Close())
	run(t, path, `DROP TABLE sketch_tail; DROP TABLE sketch_segment; DROP TABLE sketch_chunk;
		CREATE TABLE old AS SELECT ((n >> 32) << 20) | (n & 1048575) AS n, data FROM posting_chunk;
		DELETE FROM posting_chunk; INSERT INTO posting_chunk SELECT n, data FROM old; DROP TABLE old; PRAGMA user_version = 1`)
	if _, err := Open(context.Background(), path, Options{ReadOnly: true}); err == nil || !strings.Contains(err.Error(), "older version") {
		t.Errorf("reading an older store: %v", err)
	}
	s = open(t, path, Options{steps: 1})
	if !s.Raised() {
		t.Error("nobody is told that the store was of an older version")
	}
	for h, l := range truth {
		slices.Sort(l)
		truth[h] = slices.Compact(l)
	}
	agree(t, s, truth, asked)
	list := wordsOf(text)
	got, _, err := s.Passages(text[list[20].at.Start:list[28].at.End], 3)
	if err != nil || len(got) == 0 || got[0].Number != 100 || got[0].Share != 1 {
		t.Errorf("nine words of an older report: %+v, %v", got, err)
	}
}
