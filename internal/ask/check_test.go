package ask

import (
	"slices"
	"strings"
	"testing"

	"onrecord/internal/record"
)

// harbour are reports of one press conference and what came of it.
func harbour() []record.Page {
	page := func(id, day, outlet, title, text string) record.Page {
		return record.Page{ID: id, Outlet: outlet, Published: day, Title: title, Form: record.PlainText, Bytes: []byte(text), Origin: id}
	}
	return []record.Page{
		page("h1", "2022-03-04", "Harbour Gazette", "Varn speaks on the ferry",
			"Mayor Ilse Varn told the Harbour Gazette: “We will not sell the old ferry to anybody before April 2023, because 340 islanders depend on it, and I think we may even buy a second one from Ostmark Yards if the council agrees.”\n\n"+
				"“My grandmother rowed to work for eleven years and she never once complained about the fog,” Ms. Varn added."),
		page("h2", "2022-03-05", "Pop Tally", "Mayor Varn: 'We Will Not Sell The Old Ferry'",
			"“We will not sell the old ferry to anybody,” Mayor Ilse Varn told the Harbour Gazette."),
		page("h3", "2022-03-06", "Meridian Post", "Skipper answers the mayor",
			"“She has never once steered that boat through a storm, and it shows in every single budget,” the skipper, Tom Rask, responded on Sunday.\n\n"+
				"Ms. Varn said that the boat would stay with the islanders."),
	}
}

// What somebody pastes into the box, with and without marks, with slips, in
// title case, with one word changed: the verdicts a journalist would expect.
func TestCheckAsPasted(t *testing.T) {
	ix := filled(t, harbour())
	for _, c := range []struct {
		words, by string
		want      record.Verdict
		alarms    string
	}{
		// The same words, however they are set.
		{"My grandmother rowed to work for eleven years and she never once complained about the fog,", "", record.Exact, ""},
		{"“My grandmother rowed to work for eleven years and she never once complained about the fog,”", "", record.Exact, ""},
		{"\"My grandmother rowed to work for eleven years and she never once complained about the fog.\"", "", record.Normalised, ""},
		{"my grandmother rowed to work for eleven years and she never once complained about the fog", "", record.Normalised, ""},
		{"My Grandmother Rowed To Work For Eleven Years And She Never Once Complained About The Fog", "", record.Normalised, ""},
		{"MY GRANDMOTHER ROWED TO WORK FOR ELEVEN YEARS AND SHE NEVER ONCE COMPLAINED ABOUT THE FOG", "", record.Normalised, ""},
		{"  My grandmother  rowed to work\nfor eleven years and she never once complained about the fog  ", "", record.Normalised, ""},
		{"My grandmother rowed to work for 11 years and she never once complained about the fog", "", record.Normalised, ""},
		{"[Her] grandmother rowed to work for eleven years and she never once complained about the fog", "", record.Normalised, ""},
		{"“My grandmother rowed to work for eleven years and she never once complained about the fog,” Varn said.", "", record.Exact, ""},
		{"Varn: “My grandmother rowed to work for eleven years and she never once complained about the fog”", "", record.Normalised, ""},
		{"“We will not sell the old ferry to anybody before April 2023,” the mayor said, “because 340 islanders depend on it”", "", record.Truncated, ""},
		{"The mayor said: “My grandfather rowed to work for eleven years and she never once complained about the fog”", "", record.AlteredWords, ""},
		// Slips of the fingers.
		{"My grandmother rowed to work for eleven yaers and she never once complianed about the fog", "", record.Normalised, ""},
		{"My grandmother rowed to work for eleven yers and she never once complained about teh fog", "", record.Normalised, ""},
		// Cut.
		{"My grandmother rowed to work for eleven years", "", record.Truncated, ""},
		{"she never once complained about the fog", "", record.Truncated, ""},
		{"My grandmother rowed to work … and she never once complained about the fog", "", record.Truncated, ""},
		{"My Grandmother Rowed To Work", "", record.Truncated, ""},
		{"We will not sell the old ferry to anybody", "", record.Truncated, ""},
		{"grandmother rowed to work for eleven yeras", "", record.Truncated, ""},
		// Changed.
		{"My grandmother rowed to work for twelve years and she never once complained about the fog", "", record.AlteredWords, "number"},
		{"My grandfather rowed to work for eleven years and she never once complained about the fog", "", record.AlteredWords, ""},
		{"My grandmother rowed to work for eleven years and she complained about the fog", "", record.AlteredWords, "negation"},
		{"We will sell the old ferry to anybody before April 2023", "", record.AlteredWords, "negation"},
		{"we may even buy a second one from Westmark Yards", "", record.AlteredWords, "hedge condition name"},
		{"we even buy a second one from Ostmark Yards if the council agrees", "", record.AlteredWords, "hedge"},
		{"My grandmother happily rowed to work for eleven years and she never once complained about the fog", "", record.AlteredWords, ""},
		// Run together, somebody else's, in other words, nobody's.
		{"My grandmother rowed to work for eleven years because 340 islanders depend on it", "", record.Spliced, ""},
		{"She has never once steered that boat through a storm", "Ilse Varn", record.DifferentSpeaker, ""},
		{"She has never once steered that boat through a storm", "Rask", record.Truncated, ""},
		{"the boat will stay with the islanders", "Varn", record.Paraphrase, ""},
		{"The lighthouse will be painted yellow by the end of the month", "", record.NotFound, ""},
		{"at the end of the day we have to do what is right for the people", "", record.NotFound, ""},
	} {
		f, _, err := Check(ix, c.words, c.by, Depth{})
		if err != nil {
			t.Fatal(err)
		}
		var alarms []string
		for _, a := range f.Alarms {
			alarms = append(alarms, string(a))
		}
		if f.Verdict != c.want || !slices.Equal(alarms, strings.Fields(c.alarms)) {
			t.Errorf("%q by %q: %s %v, want %s [%s] (%s) %+v", c.words, c.by, f.Verdict, alarms, c.want, c.alarms, f.Reason.Rule, f.Edits)
		}
	}
}
