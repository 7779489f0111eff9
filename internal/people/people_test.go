package people

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"onrecord/internal/record"
)

// parse reads "article | outlet | name | gender | aliases | company | roles |".
func parse(t *testing.T, s string) []Seen {
	t.Helper()
	var out []Seen
	for line := range strings.Lines(s) {
		c := strings.Split(strings.TrimSpace(line), "|")
		if len(c) != 8 {
			t.Fatalf("%q has %d columns", line, len(c))
		}
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		x := Seen{Article: c[0], Outlet: c[1], Name: c[2], Nature: record.APerson, Aliases: list(c[4]), Company: list(c[5]), Roles: list(c[6])}
		switch c[3] {
		case "m":
			x.Gender = record.Masculine
		case "f":
			x.Gender = record.Feminine
		case "o":
			x.Nature = record.AnOrganisation
		}
		for i := range out {
			if out[i].Article == x.Article {
				x.Chain++
			}
		}
		out = append(out, x)
	}
	return out
}

func list(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ", ")
}

func render(persons []record.Person, ids []Identity) string {
	var b strings.Builder
	for _, p := range persons {
		fmt.Fprintf(&b, "%s %s %v : %s\n", p.ID, p.Name, p.Aliases, p.Reason)
	}
	for _, i := range ids {
		fmt.Fprintf(&b, "%s %s\n", i.Article, i.Person)
	}
	return b.String()
}

func cases(t *testing.T) map[string][2]string {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/resolve.txtar")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][2]string{}
	for i := 0; i+1 < len(ar.Files); i += 2 {
		if ar.Files[i+1].Name != ar.Files[i].Name+".want" {
			t.Fatalf("%s stands without its answer", ar.Files[i].Name)
		}
		out[ar.Files[i].Name] = [2]string{string(ar.Files[i].Data), string(ar.Files[i+1].Data)}
	}
	return out
}

func TestResolve(t *testing.T) {
	for name, c := range cases(t) {
		t.Run(name, func(t *testing.T) {
			if got := render(Resolve(parse(t, c[0]))); got != c[1] {
				t.Errorf("got\n%swant\n%s", got, c[1])
			}
		})
	}
}

// The order of arrival must not change who is who.
func TestResolveInAnyOrder(t *testing.T) {
	for name, c := range cases(t) {
		seen := parse(t, c[0])
		for seed := range uint64(20) {
			shuffled := slices.Clone(seen)
			rand.New(rand.NewPCG(seed, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if got := render(Resolve(shuffled)); got != c[1] {
				t.Fatalf("%s, seed %d:\n%s", name, seed, got)
			}
		}
	}
}

// memory is a Lookup over persons kept so far.
type memory struct {
	persons map[string]record.Person
	outlets map[[2]string]bool
}

func (m *memory) ByName(key string) ([]record.Person, error) {
	var out []record.Person
	for _, p := range m.persons {
		k := Key(p.Name, p.Nature)
		if k == key || lastWord(k) == key || firstWord(k) == key {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b record.Person) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

func (m *memory) InOutlet(person, outlet string) (bool, error) {
	return m.outlets[[2]string{person, outlet}], nil
}

// NamedWhole counts the outlets, which the cases give one report each.
func (m *memory) NamedWhole(person string, _, _ time.Time) (reports, outlets int, err error) {
	for at := range m.outlets {
		if at[0] == person {
			outlets++
		}
	}
	return outlets, outlets, nil
}

// One by one, in order of article, gives the persons that all at once gives.
func TestPlaceLikeResolve(t *testing.T) {
	for name, c := range cases(t) {
		m := &memory{map[string]record.Person{}, map[[2]string]bool{}}
		var got []string
		for _, s := range parse(t, c[0]) {
			p, reason, err := Place(s, m)
			if err != nil || reason == "" {
				t.Fatalf("%s: %v, reason %q", name, err, reason)
			}
			m.persons[p.ID] = p
			m.outlets[[2]string{p.ID, s.Outlet}] = true
			got = append(got, s.Article+" "+p.ID)
		}
		_, ids := Resolve(parse(t, c[0]))
		for i, id := range ids {
			if want := id.Article + " " + id.Person; got[i] != want {
				t.Errorf("%s: placed %s, resolved %s", name, got[i], want)
			}
		}
	}
}

func TestSeenOf(t *testing.T) {
	text := "Rose Adair sang. A spokesman left."
	a := &record.Article{ID: "a1", Outlet: "Gazette", Text: text}
	chains := []record.Chain{
		{ID: 0, Name: "Rose Adair", Nature: record.APerson, Mentions: []record.Mention{{Span: record.Span{Start: 0, End: 10}, Kind: record.ByName}}},
		{ID: 1, Name: "A spokesman", Nature: record.APerson, Mentions: []record.Mention{{Span: record.Span{Start: 17, End: 28}, Kind: record.ByDescription}}},
	}
	seen := SeenOf(a, chains)
	if len(seen) != 1 || seen[0].Name != "Rose Adair" {
		t.Errorf("got %+v: who has no name is nobody across articles", seen)
	}
}

func FuzzKey(f *testing.F) {
	for _, s := range []string{"Rose Adair", "Tom A. Finch", "Zoë O’Brien", "the Harrow Trust, Inc.", "", " . ", "İ I\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range []record.Nature{record.APerson, record.AnOrganisation} {
			k := Key(s, n)
			if again := Key(k, n); Key(again, n) != again {
				t.Errorf("Key(%q) does not settle: %q, %q", s, k, again)
			}
			if strings.ContainsAny(IDOf(k, n), " \n\t/") {
				t.Errorf("id %q", IDOf(k, n))
			}
		}
	})
}
