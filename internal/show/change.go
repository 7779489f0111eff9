package show

import (
	"slices"

	"onrecord/internal/record"
)

// doings say what the changes do, in words that follow "altered" or "cut".
// The changes that the relation or an alarm tells already have none.
var doings = map[record.Change]string{
	record.OtherSpeaker:    "given to another speaker",
	record.Polarity:        "a negation lost or added",
	record.NumberChanged:   "a number changed",
	record.NameChanged:     "a name changed",
	record.ConditionLost:   "a condition lost",
	record.HedgeChanged:    "a hedge lost or added",
	record.WordReplaced:    "a word replaced",
	record.Insertion:       "words added",
	record.Omission:        "words left out inside",
	record.Moved:           "words moved",
	record.Inflection:      "a form changed",
	record.CleanUp:         "tidied",
	record.MarkedOmission:  "the omission marked",
	record.MarkedInsertion: "the addition marked",
}

// doing says what the gravest change of a variant does; "" where an alarm
// says it.
func doing(v *record.Variant) string {
	if slices.ContainsFunc(v.Alarms, func(a record.Alarm) bool { return record.Warned[a] == v.Change }) {
		return ""
	}
	return doings[v.Change]
}
