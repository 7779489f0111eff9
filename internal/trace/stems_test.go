package trace

import (
	"testing"

	"onrecord/internal/record"
)

// A word weighs more in one form than in another. Whether the report or the
// words reported came first makes no difference.
func TestReportBeforeTheWords(t *testing.T) {
	said := reportAt(1, 1, record.Direct, "We will campaign for Odell")
	told := reportAt(2, 1, record.Indirect, "she was campaigning for Odell")
	want := links(placeAll(t, []record.Entry{said, told}))
	if got := links(placeAll(t, []record.Entry{told, said})); got != want {
		t.Error(firstDifference(want, got))
	}
	if got := batched([]record.Entry{told, said}, 1); got != want {
		t.Error(firstDifference(want, got))
	}
}
