package trace

import "onrecord/internal/record"

// A few common words in a row ("I am sorry") have no shingle to be found by.
// Torn out of somebody's words for a headline, they stand in what the same
// speaker says in the same report or the same days, and are looked for there.

// plainFew tells whether a text is that, given its shingles.
func (t *Text) plainFew(sh []probe) bool { return len(sh) == 0 && len(t.toks) >= 3 }

// few is plainFew of an entry.
func (x *item) few() bool { return x.size() == 0 && x.text.Len() >= 3 }

// besides tells whether two entries are to be compared because one of them is
// a few common words.
func besides(x, y *item) bool { return (x.few() || y.few()) && near(x.Entry, y.Entry) }

// near tells whether two entries are of one speaker and one report, or of days
// no more than a week apart.
func near(x, y *record.Entry) bool {
	if who := speakerHash(x); who == 0 || who != speakerHash(y) {
		return false
	}
	if x.Article == y.Article && x.Article != "" {
		return true
	}
	return !x.Published.From.IsZero() && !y.Published.From.IsZero() && x.Published.From.Sub(y.Published.From).Abs() <= 7*day
}

// bucket is how many days are posted together.
const bucket = 8

// besideHash stands for what a speaker says in some days, or, where they are
// not known, in one report; 0: nobody knows whose words they are. tag tells all
// of them from a few common words.
func besideHash(tag uint64, e *record.Entry, days int64) uint64 {
	return besideOf(tag, speakerHash(e), e, days)
}

func besideOf(tag, who uint64, e *record.Entry, days int64) uint64 {
	switch {
	case who == 0:
		return 0
	case e.Published.From.IsZero():
		if e.Article == "" || days != 0 {
			return 0
		}
		return combine(tag, who, hashWord(e.Article))
	}
	return combine(tag, who, uint64(bucketOf(e)+days))
}

// bucketOf counts the days of an entry in buckets.
func bucketOf(e *record.Entry) int64 {
	const epoch = 1 << 20 // so that no time of print is negative
	return e.Published.From.Unix()/(bucket*24*60*60) + epoch
}

// besideHashes stand for all that may be near an entry.
func besideHashes(tag uint64, e *record.Entry) [3]uint64 {
	who := speakerHash(e)
	return [3]uint64{besideOf(tag, who, e, 0), besideOf(tag, who, e, -1), besideOf(tag, who, e, 1)}
}
