package mention

import (
	"strings"
	"testing"
)

// A text that never ends its sentence, paragraph, run of capitals or list of
// the same description costs what its length costs. Were each item weighed
// against all others, these would take minutes and more.
func TestLong(t *testing.T) {
	for _, c := range []struct{ unit, first string }{ // the unit, and who comes first in many of it; "": nobody
		{"the singer said he was. ", "the singer"},
		{"The former mayor of the city of the north of the land of the king of the town of ", "The former mayor of the city of the north of the land"},
		{"according to the mayor, ", "the mayor"},
		{"its mayor said. ", "its mayor"},
		{"Alpha ", ""},
		{"Anna Bell said she liked Carl Dent. He said Bell was kind. ", "Anna Bell"},
		{"he said that ", ""},
		{"“A b c d e f,” Ann Roe said. ", "Ann Roe"},
		{"“A he c d,” said nobody. ", ""},
	} {
		first := ""
		if chains := Find(docOf(strings.Repeat(c.unit, 256<<10/len(c.unit)))); len(chains) > 0 {
			first = chains[0].Name
		}
		if first != c.first {
			t.Errorf("256 KB of %q: the first is %q, want %q", c.unit, first, c.first)
		}
	}
}
