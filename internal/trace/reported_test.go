package trace

import "testing"

// linkedCase is two quotations, as readEntries reads them, and whether the
// first hangs on the second.
type linkedCase struct {
	what, lines string
	want        bool
}

func checkLinked(t *testing.T, cases []linkedCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) {
			e := readEntries(t, c.lines)
			if len(e) != 2 {
				t.Fatalf("%d quotations", len(e))
			}
			if _, _, d := both(newItem(&e[0]), newItem(&e[1])); d.linked != c.want {
				t.Errorf("linked %v: %+v", d.linked, d)
			}
		})
	}
}

// A report tells what somebody said of a thing. That two texts speak of one
// thing is not enough.
func TestReportTellsSomething(t *testing.T) {
	checkLinked(t, []linkedCase{
		{"the verb is shared",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | she would never dredge the lagoon
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | Nobody is going to dredge that lagoon while I am mayor.`, true},
		{"only the thing is shared",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | the lagoon committee would resign
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | The committee has looked at the lagoon for nine years.`, false},
		{"a thing is no report",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | the lagoon's dredging programme
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | I have doubts about the programme for dredging, which the lagoon may not survive.`, false},
		{"what it is said to be is shared",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | the lagoon was more treacherous than the estuary
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | You think the estuary is bad, but our lagoon is treacherous.`, true},
		{"the next day, and two words shared",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | she would dredge the lagoon
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | Lagoons are there to swim in, and those who dredge them drown.`, true},
		{"a week later, and two words shared",
			`a:1 | 2024-03-07 | The Gull | Zoë Calder | indirect | she would dredge the lagoon
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | Lagoons are there to swim in, and those who dredge them drown.`, false},
	})
}

// A report of what was said a year ago does not tell today's words.
func TestReportDatedBefore(t *testing.T) {
	const words = `b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | Nobody is going to dredge that lagoon while I am mayor.`
	checkLinked(t, []linkedCase{
		{"of no date", `a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | she would never dredge the lagoon
			` + words, true},
		{"of last year", `a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | she would never dredge the lagoon
			+ said 2023-01-01 2024-01-01
			` + words, false},
	})
}

// A few words are one quotation only where they stand together.
func TestFewWords(t *testing.T) {
	checkLinked(t, []linkedCase{
		{"cut out", `a:1 | 2024-03-02 | The Gull | Zoë Calder | mixed | a herring strike from the get-go
			b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | The pilots knew that it was a herring strike from the get-go.`, true},
		{"broken in two", `a:1 | 2024-03-02 | The Gull | Zoë Calder | mixed | a herring strike from the get-go
			b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | It was a herring strike and the pilots in Larkhaven knew from the get-go what the council wanted.`, false},
		{"one of four words is another", `a:1 | 2024-03-02 | The Gull | Zoë Calder | mixed | own, long-haul ferry
			b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | With the council and the pilots together I will find a long-haul ferry.`, false},
	})
}

// The words of a report are the reporter's own: that they agree proves little
// where the sources are not known to be one.
func TestReportOfUnknownSource(t *testing.T) {
	const rest = " although the harbour master kept the ledgers of the winter ferry locked in his boathouse cellar"
	checkLinked(t, []linkedCase{
		{"officials here, a magazine there",
			`a:1 | 2024-03-02 | The Gull | harbour officials | indirect | the two brothers sold the winter ferry to a scrap dealer
			 b:1 | 2024-03-02 | The Tide | two magazines | indirect | the brothers sold the winter ferry to a dealer who paid in cash`, false},
		{"the same sentence printed twice",
			`a:1 | 2024-03-02 | The Gull | harbour officials | indirect | the two brothers sold the winter ferry to a scrap dealer` + rest + `
			 b:1 | 2024-03-02 | The Tide | two magazines | indirect | the two brothers sold the winter ferry to a scrap dealer` + rest, true},
		{"one source, and a few words quoted",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | the ferry had suffered a seizure of the pistons
			 b:1 | 2024-03-02 | The Tide | Zoë Calder | mixed | suffered a seizure of the pistons`, true},
		{"a few words quoted are not what is reported",
			`a:1 | 2024-03-02 | The Gull | Zoë Calder | indirect | as she began her farewell tour of the islands in Larkhaven the ferrymen struck for wages and shut every harbour
			 b:1 | 2024-03-02 | The Tide | Zoë Calder | mixed | farewell tour of the islands`, false},
	})
}

// A stock phrase said again on another day is not the old quotation, cut.
func TestSaidOnAnotherDay(t *testing.T) {
	checkLinked(t, []linkedCase{
		{"a clause of its own after a joining word",
			`a:1 | 2024-06-02 | The Gull | Zoë Calder | direct | We'll see what happens.
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | I do trust the ferrymen. But we'll see what happens.`, false},
		{"torn out of the middle of a clause",
			`a:1 | 2024-06-02 | The Gull | Zoë Calder | mixed | trust the ferrymen of Larkhaven
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | direct | I do trust the ferrymen of Larkhaven.`, true},
		{"dated back to the day",
			`a:1 | 2024-06-02 | The Gull | Zoë Calder | mixed | a weak and ineffective ferryman
			 + said 2024-02-29 2024-03-02
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | mixed | weak and ineffective`, true},
		{"dated back to some day of the year",
			`a:1 | 2025-06-02 | The Gull | Zoë Calder | mixed | a weak and ineffective ferryman
			 + said 2024-01-01 2025-01-01
			 b:1 | 2024-03-01 | The Tide | Zoë Calder | mixed | weak and ineffective`, false},
	})
}

// Two printers pick sentences of one speech: one they share, and each another.
func TestSamePassage(t *testing.T) {
	const (
		shared = `I know how hard it is to steer a ferry through the narrows in fog,`
		here   = shared + ` and Runa Tarn has the patience that the harbour will need when the herring fleet comes home.`
		there  = shared + ` which is why the council owes every pilot on this coast a pension and a decent pair of boots.`
	)
	checkLinked(t, []linkedCase{
		{"one speaker on one day", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | ` + here + `
			b:1 | 2024-03-02 | The Tide | Zoë Calder | direct | ` + there, true},
		{"a fortnight apart she said it twice", `a:1 | 2024-03-17 | The Gull | Zoë Calder | direct | ` + here + `
			b:1 | 2024-03-02 | The Tide | Zoë Calder | direct | ` + there, false},
		{"two speakers on one day", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | ` + here + `
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | ` + there, false},
		{"nobody is named, and the run is long", `a:1 | 2024-03-02 | The Gull | ? | direct | ` + here + `
			b:1 | 2024-03-02 | The Tide | Zoë Calder | direct | ` + there, true},
		{"a few words of one speaker", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | Through the narrows in fog the old pilots went by the smell of the tar.
			b:1 | 2024-03-02 | The Tide | Zoë Calder | direct | Nobody taught me to row, but through the narrows in fog I sang.`, false},
	})
}

// A description is known by its head: whom it is a part of has a name, it has
// none.
func TestIsDescription(t *testing.T) {
	for name, want := range map[string]bool{
		"a spokesman": true, "our colleagues at the Gull": true, "a spokeswoman for Runa Tarn": true,
		"the majority opinion by Judge Calder": true, "Calder's spokesman, Odo Reef": true,
		"Zoë Calder": false, "Calder": false, "Secretary of the Harbour": false, "Judge Calder of Larkhaven": false,
	} {
		if got := isDescription(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Two outlets that credit the same words to two people tell of one utterance
// where the words are too many for chance, and the days are the same.
func TestCreditedToTwo(t *testing.T) {
	checkLinked(t, []linkedCase{
		{"on one day", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | I sold nothing to nobody, and I never rowed a ferry over the lagoon in my life.
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | I sold nothing to nobody and I never rowed a ferry over the lagoon in my life`, true},
		{"what everybody says", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | Our thoughts and prayers are with the victims and their families tonight.
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | Our thoughts and prayers are with the victims and their families tonight.`, false},
		{"what every aide says", `a:1 | 2024-03-02 | The Gull | an aide | direct | We have no further comment at this time.
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | The ledger is genuine. No further comment at this time.`, false},
		{"a few words", `a:1 | 2024-03-02 | The Gull | Zoë Calder | direct | I never rowed a boat.
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | I never rowed a boat.`, false},
		{"two months apart", `a:1 | 2024-05-02 | The Gull | Zoë Calder | direct | I sold nothing to nobody, and I never rowed a ferry over the lagoon in my life.
			b:1 | 2024-03-02 | The Tide | Runa Tarn | direct | I sold nothing to nobody and I never rowed a ferry over the lagoon in my life`, false},
	})
}
