package show

import (
	"testing"

	"onrecord/internal/record"
)

// A verdict tells each edit, and blames nobody for tidying up.
func TestChangeTold(t *testing.T) {
	for want, e := range map[string]record.Edit{
		"“whole” left out without a mark":       {Op: record.Omit, Full: "whole", Type: record.Omission},
		"“uh” left out, a tidying":              {Op: record.Omit, Full: "uh", Type: record.CleanUp},
		"“we” became “they”, another form":      {Op: record.Replace, Full: "we", Here: "they", Type: record.Inflection},
		"“he” became “[the baker]”, marked":     {Op: record.Replace, Full: "he", Here: "[the baker]", Marked: true, Type: record.MarkedInsertion},
		"“goats” became “sheep” without a mark": {Op: record.Replace, Full: "goats", Here: "sheep", Type: record.WordReplaced},
		"“in the spring” moved without a mark":  {Op: record.Move, Full: "in the spring", Type: record.Moved},
		"“drunken” added without a mark":        {Op: record.Insert, Here: "drunken", Type: record.Insertion},
		"“not” left out without a mark":         {Op: record.Omit, Full: "not", Type: record.Polarity},
		"“in the rain” left out, marked":        {Op: record.Omit, Full: "in the rain", Marked: true, Type: record.MarkedOmission},
		"“and the bells” left out, marked":      {Op: record.Omit, Full: "and the bells", Marked: true, Type: record.MarkedInsertion},
	} {
		if got := change(e); got != want {
			t.Errorf("%+v: %q, want %q", e, got, want)
		}
	}
}

// What the relation and the alarms tell already is not told again.
func TestDoing(t *testing.T) {
	for _, c := range []struct {
		v    record.Variant
		want string
	}{
		{record.Variant{Change: record.Verbatim}, ""},
		{record.Variant{Change: record.Cut}, ""},
		{record.Variant{Change: record.Splice}, ""},
		{record.Variant{Change: record.TurnedIndirect}, ""},
		{record.Variant{Change: record.Polarity, Alarms: []record.Alarm{record.AlarmHedge, record.AlarmNegation}}, ""},
		{record.Variant{Change: record.Polarity}, "a negation lost or added"},
		{record.Variant{Change: record.HedgeChanged, Alarms: []record.Alarm{record.AlarmNumber}}, "a hedge lost or added"},
		{record.Variant{Change: record.CleanUp}, "tidied"},
		{record.Variant{Change: record.OtherSpeaker}, "given to another speaker"},
	} {
		if got := doing(&c.v); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.v.Change, c.v.Alarms, got, c.want)
		}
	}
}
