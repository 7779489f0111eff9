package phrases

import (
	"bytes"
	"testing"
)

func TestCommonest(t *testing.T) {
	count := map[uint64]int32{1 << 32: 5, 2 << 32: 9, 3 << 32: 5, 4 << 32: 1, 5 << 32: 7}
	for n, want := range map[int][]byte{
		0: nil,
		2: {0, 0, 0, 2, 0, 0, 0, 5},
		3: {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 5},             // of two that are as common, the lower
		9: {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 5}, // what stands once is not common
	} {
		if got := commonest(count, n); !bytes.Equal(got, want) {
			t.Errorf("the %d commonest: %v, not %v", n, got, want)
		}
	}
}

func TestTrainSaysWhatIsMissing(t *testing.T) {
	if _, err := Train(t.TempDir(), &bytes.Buffer{}); err == nil {
		t.Error("no error without the reference data")
	}
}
