package trace

import (
	"strings"
	"testing"

	"onrecord/internal/record"
)

func quoted(words string) record.Entry { return record.Entry{Words: words, Kind: record.Direct} }

// Every change, in the words of a village that does not exist.
func TestChange(t *testing.T) {
	for _, c := range []struct {
		name, full, here string
		want             record.Change
	}{
		{"the same words", "We shall rebuild the mill by autumn.", "We shall rebuild the mill by autumn", record.Verbatim},
		{"house style is no change", "We’ll re-build the mill – all of it – by autumn.", "We will re-build the mill, all of it, by autumn", record.Verbatim},

		{"cut at the end", "We shall rebuild the mill by autumn, and the baker will lend a hand.", "We shall rebuild the mill by autumn", record.Cut},
		{"cut at the end, with dots", "We shall rebuild the mill by autumn, and the baker will lend a hand.", "We shall rebuild the mill by autumn …", record.Cut},
		{"cut on both sides", "My neighbours know that we shall rebuild the mill by autumn with borrowed stone.", "we shall rebuild the mill by autumn", record.Cut},
		{"a figure left off with its hedge", "They came in less than 24 hours with a cart that nobody had seen before.", "a cart that nobody had seen before", record.Cut},
		{"when, of the past", "When I was a boy I kept the goats of the bishop.", "I kept the goats of the bishop", record.Cut},
		{"no doubt is no denial", "There is no doubt that the watchman slept beside the lamp.", "the watchman slept beside the lamp", record.Cut},
		{"printed on beyond the end", "The old mill burned for two nights and nobody slept", "The old mill burned for two nights and nobody slept. The roof fell in at dawn.", record.Cut},

		{"words in brackets", "He told the millers to go home before the storm.", "He [the mayor] told the millers to go home before the storm", record.MarkedInsertion},
		{"brackets for a pronoun", "He told the millers to go home before the storm.", "[The mayor] told the millers to go home before the storm", record.MarkedInsertion},
		{"two printers' brackets", "We told [the old mayor] Harl Voss to mend the bell", "We told [the former mayor] Harl Voss to mend the bell", record.MarkedInsertion},
		{"brackets at the border", "The council wants to win and knows that many of its goats are old and tired.", "many of [the valley's] goats are old and tired", record.MarkedInsertion},
		{"another printer's brackets", "He [the mayor of Ostrand] told the millers to go home", "He told the millers to go home", record.MarkedInsertion},

		{"left out with dots", "We bought the stone in March, when the road was dry, and the timber in May.", "We bought the stone in March … and the timber in May", record.MarkedOmission},
		{"left out with dots, in brackets", "We bought the stone in March, when the road was dry, and the timber in May.", "We bought the stone in March […] and the timber in May", record.MarkedOmission},

		{"a slip of the tongue", "We have, uh, forty goats to feed on the hill this winter.", "We have forty goats to feed on the hill this winter", record.CleanUp},
		{"a phrase of speech", "We have, you know, forty goats to feed on the hill this winter.", "We have forty goats to feed on the hill this winter", record.CleanUp},
		{"doubled words", "The harvest, the harvest was poor because the river never rose.", "The harvest was poor because the river never rose", record.CleanUp},
		{"a false start with a condition", "We know it well. If the bishop, if the bishop pays for the stone we shall build.", "If the bishop pays for the stone we shall build", record.Cut},
		{"the word that", "He promised that the harvest would be stored under the church roof.", "He promised the harvest would be stored under the church roof", record.CleanUp},
		{"another article", "The bell fell through a roof of the chapel at midnight.", "The bell fell through the roof of the chapel at midnight", record.CleanUp},
		{"a spoken form", "We are gonna feed forty goats on the hill this winter.", "We are going to feed forty goats on the hill this winter", record.CleanUp},
		{"a name spelt otherwise", "We told Marchetty about the goats before the snow came.", "We told Marchetti about the goats before the snow came", record.CleanUp},
		{"two ways to tell the future", "We are going to rebuild the mill by autumn with stone.", "We will rebuild the mill by autumn with stone", record.CleanUp},
		{"two ways to write an amount", "The town owes 2,000,000 crowns to the salt merchants of the coast.", "The town owes two million crowns to the salt merchants of the coast", record.CleanUp},

		{"a pronoun at the border", "I told them we would rather walk than pay the toll again.", "they would rather walk than pay the toll again", record.Inflection},
		{"a pronoun for another word that points", "We love our valley and its goats more than the bishop does.", "We love this valley and its goats more than the bishop does", record.Inflection},
		{"a tense", "The mill stands empty and the millers drink all day long.", "The mill stood empty and the millers drink all day long", record.Inflection},
		{"an ending", "The mill stands empty and the millers drink loud songs all day.", "The mill stands empty and the miller drink loud songs all day", record.Inflection},
		{"a pronoun inside", "They say our goats ate the bishop's roses in the night.", "They say their goats ate the bishop's roses in the night", record.Inflection},

		{"can and could", "We can hear the bell of the chapel from the hill.", "We could hear the bell of the chapel from the hill", record.Inflection},

		{"moved", "In the spring we shall paint the boats and mend the nets.", "We shall paint the boats and mend the nets in the spring", record.Moved},

		{"an adverb moved", "The council has even agreed to mend the bell of the chapel.", "The council has agreed even to mend the bell of the chapel", record.Moved},
		{"not, moved over a word", "We would have not sold the mill to the salt merchants.", "We would not have sold the mill to the salt merchants", record.Moved},
		{"moved at the border of a cut", "We can agree even on this, and the bishop will pay for the stone.", "We can even agree on this", record.Moved},
		{"a kind of what", "I want to know what kind of timber the bishop sold to the merchants.", "I want to know what the bishop sold to the merchants", record.Omission},
		{"a month is no hedge", "We shall light the lamps again on May 14 if God wills.", "We shall light the lamps again if God wills", record.Omission},
		{"left out inside", "The mill burned because the careless watchman slept beside the lamp.", "The mill burned because the watchman slept beside the lamp", record.Omission},
		{"whole sentences left out", "The mill burned. Nobody called the bell ringers. We lost the whole harvest.", "The mill burned. We lost the whole harvest.", record.Omission},
		{"put on at the end", "The watchman slept beside the lamp of the miller.", "The watchman slept beside the lamp of the miller that hated him", record.Insertion},
		{"added inside", "The mill burned because the watchman slept beside the lamp.", "The mill burned because the drunken watchman slept beside the lamp", record.Insertion},
		{"another word", "The mill burned because the watchman slept beside the lamp.", "The mill burned because the shepherd slept beside the lamp", record.WordReplaced},
		{"for and against", "All the millers of the valley voted for the new bridge.", "All the millers of the valley voted against the new bridge", record.WordReplaced},

		{"a hedge lost at the front", "I think the watchman slept beside the lamp that night.", "the watchman slept beside the lamp that night", record.HedgeChanged},
		{"a hedge lost inside", "The watchman probably slept beside the lamp that night.", "The watchman slept beside the lamp that night", record.HedgeChanged},
		{"an adverb of degree lost at the front", "The bishop wants to essentially abolish the goats of the valley.", "abolish the goats of the valley", record.HedgeChanged},
		{"a hedge for certainty", "The council will sell the mill to the salt merchants.", "The council might sell the mill to the salt merchants", record.HedgeChanged},
		{"more than", "The bridge has cost the valley more than 300 crowns so far.", "The bridge has cost the valley 300 crowns so far", record.HedgeChanged},
		{"a hedge added", "The watchman slept beside the lamp that night.", "The watchman perhaps slept beside the lamp that night", record.HedgeChanged},

		{"a condition lost", "If the bishop pays for the stone, we shall rebuild the mill by autumn.", "we shall rebuild the mill by autumn", record.ConditionLost},
		{"when, of any time", "When the river is high, close the lower bridge to all the carts.", "close the lower bridge to all the carts", record.ConditionLost},
		{"a condition lost at the end", "We shall rebuild the mill by autumn unless the bishop keeps the stone.", "We shall rebuild the mill by autumn", record.ConditionLost},

		{"another name", "We bought the stone from Ostrand because it was cheap.", "We bought the stone from Hallam because it was cheap", record.NameChanged},

		{"another name among other words", "We signed the Quiet Goats Act, a law for the whole valley, at midnight.", "We signed the Loud Sheep Act at midnight", record.NameChanged},

		{"another figure", "We lost 14 goats and two sheep in the flood of last spring.", "We lost 40 goats and two sheep in the flood of last spring", record.NumberChanged},
		{"another scale", "The bridge has cost the valley three million crowns so far.", "The bridge has cost the valley three billion crowns so far", record.NumberChanged},
		{"another figure among other words", "It took the whole council almost 14 long and bitter years of hard talk to mend it.", "It took the whole council 40 very happy years of easy talk to mend it", record.NumberChanged},
		{"one figure of two", "We lost fourteen or fifteen goats in the flood of last spring.", "We lost fifteen goats in the flood of last spring", record.NumberChanged},
		{"a half left out", "The council has talked for two and a half years about the bell.", "The council has talked for two years about the bell", record.NumberChanged},
		{"another unit", "The bell was heard for three miles on the night of the fire.", "The bell was heard for three kilometres on the night of the fire", record.NumberChanged},

		{"a negation lost", "We did not sell the mill to the salt merchants.", "We did sell the mill to the salt merchants", record.Polarity},
		{"a negation added", "The mayor has paid for the stone and the timber.", "The mayor has never paid for the stone and the timber", record.Polarity},
		{"a negation lost with the front", "I do not believe that the watchman slept beside the lamp.", "the watchman slept beside the lamp", record.Polarity},
		{"a denial by a prefix", "It is possible to rebuild the mill before the first snow.", "It is impossible to rebuild the mill before the first snow", record.Polarity},
		{"denied in another way", "It is not possible to rebuild the mill before the first snow.", "It is impossible to rebuild the mill before the first snow", record.WordReplaced},
		{"only lost", "We shall only rebuild the mill before the first snow.", "We shall rebuild the mill before the first snow", record.Polarity},

		{"two sentences made one", "We will fight the fire in the mill. The valley has money and the will to build three bridges.", "We will fight to build three bridges", record.Splice},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Lay(quoted(c.here), quoted(c.full))
			if v.Change != c.want {
				t.Errorf("full %q\nhere %q\nis %s, want %s: %+v", c.full, c.here, v.Change, c.want, v.Edits)
			}
		})
	}
}

// The report itself may say in the same sentence what the quoted words lack.
func TestChangeGivenByTheReport(t *testing.T) {
	full := quoted("If the bishop pays for the stone, we shall rebuild the mill by autumn.")
	for context, want := range map[string]record.Change{
		"If the bishop pays, she said, “we shall rebuild the mill by autumn.” Nobody clapped.": record.Cut,
		"“We shall rebuild the mill by autumn,” she said, if the bishop pays. Nobody clapped.": record.Cut,
		"She asked if anybody had money. “We shall rebuild the mill by autumn,” she said.":     record.ConditionLost,
		"“We shall rebuild the mill by autumn.” If the bishop knows, he is silent.":            record.ConditionLost,
		"The words stand nowhere in this context, if it is one.":                               record.ConditionLost,
	} {
		here := quoted("we shall rebuild the mill by autumn")
		for _, words := range []string{"we shall rebuild the mill by autumn.", "We shall rebuild the mill by autumn,", "We shall rebuild the mill by autumn."} {
			if strings.Contains(context, words) {
				here.Words = words
			}
		}
		here.Context = context
		if v := Lay(here, full); v.Change != want || len(v.Alarms) > 0 != (want == record.ConditionLost) {
			t.Errorf("%s: %s %v, want %s", context, v.Change, v.Alarms, want)
		}
	}
	opinion, here := quoted("I think the watchman slept beside the lamp."), quoted("the watchman slept beside the lamp")
	here.Context = "Quill thinks “the watchman slept beside the lamp”."
	if v := Lay(here, opinion); v.Change != record.Cut {
		t.Errorf("the report gives the opinion as one, and the change is %s", v.Change)
	}
}

// What is judged of the whole pair: who speaks, and in which words.
func TestChangeOfThePair(t *testing.T) {
	full := quoted("We shall rebuild the mill by autumn.")
	full.Speaker = "Mara Quill"
	other, told, parts := full, full, full
	other.Words, other.Speaker = "We shall rebuild the mill", "Deven Oake"
	told.Words, told.Kind = "the town would build its mill again", record.Indirect
	parts.Words = "We shall rebuild by autumn."
	parts.Parts = []record.Span{{Start: 0, End: 16}, {Start: 40, End: 50}}
	for _, c := range []struct {
		name string
		here record.Entry
		want record.Change
	}{
		{"somebody else's words", other, record.OtherSpeaker},
		{"reported", told, record.TurnedIndirect},
		{"interrupted by the report", parts, record.MarkedOmission},
		{"itself", full, record.Verbatim},
	} {
		if v := Lay(c.here, full); v.Change != c.want {
			t.Errorf("%s: %s, want %s: %+v", c.name, v.Change, c.want, v.Edits)
		}
	}
}

// Words that run on with another utterance of the same speaker are a splice.
func TestChangeSpliced(t *testing.T) {
	ix := NewMemory()
	put := func(key int64, words string) {
		e := quoted(words)
		e.Key, e.Quotation, e.Article, e.Speaker = key, string(rune('a'+key))+":1", string(rune('a'+key)), "Mara Quill"
		e.Published = record.Day(2021, 5, 1)
		if err := ix.Place(e); err != nil {
			t.Fatal(err)
		}
	}
	put(1, "The mill burned for two nights because the drunken watchman slept beside the lamp, and nobody rang the bell until the roof of the chapel fell in at dawn.")
	put(2, "Every goat on the northern hill belongs to the bishop, who has never milked one, and the cheese that the widows sell "+
		"at the harbour market is made from sheep that my late father brought over the pass in a snowstorm.")
	put(3, "The mill burned for two nights because the drunken watchman slept beside the lamp and nobody rang the bell; every goat on the northern hill belongs to the bishop.")
	u, err := Utterance(ix, 3)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range u.Variants {
		if v.Entry.Key == 3 && v.Change != record.Splice {
			t.Errorf("two utterances in one: %s, %s", v.Relation, v.Change)
		}
		if v.Entry.Quotation == u.Fullest && v.Change != record.Verbatim {
			t.Errorf("the fullest wording is %s of itself", v.Change)
		}
	}
	if len(u.Variants) < 2 {
		t.Errorf("the splice stands alone: %+v", u.Variants)
	}
}

// FuzzChange: a variant's change is the gravest of its edits, every edit has
// one of the known changes, the same words always give the same, and what
// raises an alarm has its change or a graver one.
func FuzzChange(f *testing.F) {
	for i, s := range stock {
		f.Add(s, stock[(i+1)%len(stock)])
		f.Add(s[:len(s)/2]+" … "+s[len(s)*2/3:], s)
		f.Add(s, s)
	}
	f.Add("we won't [ever] pay $2m", "we will pay you 2 million dollars, I think")
	f.Add("it is impossible, it is", "it is not possible unless gonna")
	f.Fuzz(func(t *testing.T, here, full string) {
		if len(here) > 2000 || len(full) > 2000 {
			return
		}
		v, again := Lay(quoted(here), quoted(full)), Lay(quoted(here), quoted(full))
		if v.Change != gravest(v.Edits) || v.Change != again.Change {
			t.Fatalf("here %q\nfull %q\n%s of %+v, then %s", here, full, v.Change, v.Edits, again.Change)
		}
		for i, e := range v.Edits {
			if _, known := gravity[e.Type]; !known || e.Type == record.Verbatim || e.Type != again.Edits[i].Type {
				t.Fatalf("here %q\nfull %q\nan edit is %q, then %q", here, full, e.Type, again.Edits[i].Type)
			}
		}
		for _, al := range v.Alarms {
			if gravity[v.Change] > gravity[record.Warned[al]] {
				t.Fatalf("here %q\nfull %q\nalarm %s, but only %s", here, full, al, v.Change)
			}
		}
	})
}

// The month of May behind a preposition is no hedge.
func TestMonthIsNoHedge(t *testing.T) {
	for asked, full := range map[string]string{
		"The choir sang better than the choir in June":                       "The choir in May sang better than the choir in June.",
		"There has been nothing but rain on the long road to the lighthouse": "There has been nothing but rain since May on the long road to the lighthouse.",
	} {
		if _, edits, alarms := Compare(asked, full); len(alarms) > 0 {
			t.Errorf("%q: %v, %+v", asked, alarms, edits)
		}
	}
}
