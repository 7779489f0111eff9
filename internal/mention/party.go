package mention

import (
	"strings"

	"onrecord/internal/record"
	"onrecord/internal/text"
)

// seat notes what stands behind the name of an elected person: "(R-Ore.)",
// ", D-Nev.,", ", Oregon Republican,".
func (f *finder) seat(r *referent, end int) {
	d := f.d
	if end+1 >= len(d.Tokens) || d.Of(end) != "(" && d.Of(end) != "," || r.nature != record.APerson {
		return
	}
	t := &d.Tokens[end+1]
	if !t.Cap {
		return
	}
	if len(t.Lower) > 2 && t.Lower[1] == '-' {
		party := f.x.states[t.Lower[:2]]
		state := strings.ReplaceAll(t.Lower[2:], ".", "")
		if full := f.x.states[state]; full != "" {
			state = full
		}
		if party != "" {
			r.mods = appendNew(appendNew(r.mods, party), "@"+state)
		}
		return
	}
	k := end + 1
	for k < len(d.Tokens) && k < end+3 && f.placeAt(k) != "" {
		k += 1 + strings.Count(f.placeAt(k), " ")
	}
	if k > end+1 && k < len(d.Tokens) && f.w[k].flags&role != 0 && d.Tokens[k].Cap {
		for j := end + 1; j <= k; j++ {
			f.qualify(r, j)
		}
	}
}

// placeAt is the place whose name begins at token k, "" where none does.
func (f *finder) placeAt(k int) string {
	t := &f.d.Tokens[k]
	if !t.Cap || t.Kind != text.Word {
		return ""
	}
	if k+1 < len(f.d.Tokens) && f.d.Tokens[k+1].Cap {
		if two := t.Lower + " " + f.d.Tokens[k+1].Lower; f.x.places[two] {
			return two
		}
	}
	if f.w[k].flags&place != 0 {
		return strings.ReplaceAll(t.Lower, ".", "")
	}
	return ""
}

// placed tells whether only "the" and a place stand before the noun at token
// i: "the Oregon Republican", "the New York Democrat".
func (f *finder) placed(i int) bool {
	for n := 1; n <= 2 && i-n > 0; n++ {
		p := f.placeAt(i - n)
		if p != "" && strings.Count(p, " ") == n-1 && f.d.Tokens[i-n-1].Lower == "the" {
			return true
		}
	}
	return false
}

// doubt is how much the gender in which a referent was spoken of before, in
// doubt, speaks against a pronoun, and for it.
const doubt = 40

func (r *referent) lean(g record.Gender) int {
	switch {
	case r.leaning == record.UnknownGender || g == record.UnknownGender || r.gender != record.UnknownGender:
		return 0
	case r.leaning == g:
		return doubt / 5
	}
	return -doubt
}
