package mention

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

type seedGold struct {
	Documents []struct {
		File       string `json:"file"`
		Quotations []struct {
			ID        string   `json:"id"`
			Speaker   string   `json:"speaker"`
			Mention   string   `json:"mention"`
			Addressee string   `json:"addressee"`
			About     []string `json:"about"`
			Spans     [][2]int `json:"spans"`
		} `json:"quotations"`
	} `json:"documents"`
}

// The words in the speaker's place lead to the right name, in the two example
// reports.
func TestSeeds(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(shared(), "gold", "seeds.json"))
	if err != nil {
		t.Skip("the example reports are absent: set ONRECORD_SHARED to the folder that holds gold and seeds")
	}
	var gold seedGold
	if err := json.Unmarshal(data, &gold); err != nil {
		t.Fatal(err)
	}
	right, all := 0, 0
	for _, doc := range gold.Documents {
		b, err := os.ReadFile(filepath.Join(shared(), doc.File))
		if err != nil {
			t.Fatal(err)
		}
		s := string(b)
		d := text.New(&record.Article{Text: s, Language: "en", BodyStart: strings.IndexByte(s, '\n') + 1})
		chains := Find(d)
		check(t, s, chains)
		x := NewIndex(d, chains)
		names := map[string]bool{}
		for _, c := range chains {
			names[strings.ToLower(c.Name)] = true
		}
		for _, q := range doc.Quotations {
			all++
			at := nearest(s, q.Mention, len(string([]rune(s)[:q.Spans[0][0]])))
			c, _, ok := x.At(record.Span{Start: at, End: at + len(q.Mention)})
			if !ok || chains[c].Name != q.Speaker {
				t.Errorf("%s: the speaker is not found", q.ID)
				continue
			}
			right++
			for _, n := range q.About {
				if !names[strings.ToLower(n)] {
					t.Errorf("%s: somebody it is about is nobody here", q.ID)
				}
			}
		}
	}
	t.Logf("speakers of %d of %d quotations", right, all)
}

// nearest is the place of words nearest to byte at.
func nearest(s, words string, at int) int {
	best := -1
	for k := 0; k+len(words) <= len(s); k++ {
		if s[k:k+len(words)] == words && (best < 0 || abs(k-at) < abs(best-at)) {
			best = k
		}
	}
	return best
}
