package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"slices"
	"sort"
	"testing"
)

// plainIndex is what postings must agree with.
type plainIndex map[uint64][]int64

func (m plainIndex) add(key int64, shingles []uint64) {
	for _, s := range shingles {
		if !slices.Contains(m[s], key) {
			m[s] = append(m[s], key)
			slices.Sort(m[s])
		}
	}
}

// TestPostingsAgreeWithAMap adds, gives up, reopens and looks up in a random
// order, through merges of several levels, with a memory that overflows.
func TestPostingsAgreeWithAMap(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		path := filepath.Join(t.TempDir(), "onrecord.db")
		opt := Options{Create: true, memory: []int{1, 3000, 1 << 30}[seed]}
		s := open(t, path, opt)
		truth := plainIndex{}
		some := func() []uint64 {
			out := make([]uint64, 1+r.IntN(6))
			for i := range out {
				x := r.Float64()
				out[i] = uint64(x*x*x*4000) << 40 // a few are everywhere
			}
			return out
		}
		key := int64(0)
		for range 1300 {
			give := r.IntN(20) == 0
			errGiven := errors.New("given up")
			err := s.Within(context.Background(), func() error {
				for range 1 + r.IntN(4) {
					key++
					k, sh := keyOf(key, r.IntN(3)), some()
					if err := s.AddPostings(k, sh); err != nil {
						return err
					}
					if !give {
						truth.add(k, sh)
					}
				}
				if give {
					return errGiven
				}
				return nil
			})
			if err != nil && !errors.Is(err, errGiven) {
				t.Fatal(err)
			}
			if r.IntN(100) == 0 {
				s.Close()
				s = open(t, path, opt)
			}
			agree(t, s, truth, some())
		}
		var all []uint64
		for sh := range truth {
			all = append(all, sh)
		}
		slices.Sort(all)
		agree(t, s, truth, all)
		s.Close()
		agree(t, open(t, path, Options{ReadOnly: true}), truth, all)
	}
}

func agree(t *testing.T, s *Store, truth plainIndex, shingles []uint64) {
	t.Helper()
	got, err := s.Postings(shingles)
	if err != nil {
		t.Fatal(err)
	}
	for i, sh := range shingles {
		if !reflect.DeepEqual(got[i], truth[sh]) {
			t.Fatalf("shingle %x: %v, want %v", sh, got[i], truth[sh])
		}
	}
}

func TestLongRunsCrossChunks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "onrecord.db")
	s := open(t, path, Options{Create: true, memory: 1})
	truth := plainIndex{}
	const often, rare = 7 << 50, 9 << 50
	for n := range int64(tailRows) {
		err := s.Within(context.Background(), func() error {
			for i := range 200 {
				k := keyOf(n+1, i)
				truth[often] = append(truth[often], k)
				if err := s.AddPostings(k, []uint64{often}); err != nil {
					return err
				}
			}
			truth[rare] = append(truth[rare], keyOf(n+1, 0))
			return s.AddPostings(keyOf(n+1, 0), []uint64{rare})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	agree(t, s, truth, []uint64{often, rare, often - 1<<20, often + 1<<20, 0, 1<<64 - 1})
	if chunks, err := s.numbers("SELECT count(*) FROM posting_chunk"); err != nil || chunks[0] < 3 {
		t.Errorf("the run lies in %v chunks: %v", chunks, err)
	}
}

// FuzzLowerBound: the guessed place is the one that halving finds.
func FuzzLowerBound(f *testing.F) {
	f.Add([]byte{1, 2, 3, 3, 3, 200}, byte(3), uint8(9))
	f.Add([]byte{0}, byte(0), uint8(200))
	f.Add([]byte{7, 7, 7}, byte(8), uint8(0))
	f.Fuzz(func(t *testing.T, hashes []byte, asked byte, repeat uint8) {
		slices.Sort(hashes)
		var data []byte
		for i, h := range hashes {
			for range 1 + int(repeat)*(i%3) {
				data = appendPosting(data, posting{uint64(h) << 40, int64(len(data))})
			}
		}
		h := uint64(asked) << 40
		want := sort.Search(len(data)/postingSize, func(i int) bool { return postingAt(data, i).hash >= h })
		if got := lowerBound(data, h); got != want {
			t.Errorf("%d in %v (%d): place %d, want %d", asked, hashes, repeat, got, want)
		}
	})
}

func FuzzPostingBytes(f *testing.F) {
	f.Add(uint64(1)<<47, int64(1)<<47)
	f.Add(uint64(0xffffffffffff), int64(5))
	f.Fuzz(func(t *testing.T, h uint64, k int64) {
		p := posting{h & (1<<48 - 1), k & (1<<48 - 1)}
		if got := postingAt(appendPosting(nil, p), 0); got != p {
			t.Errorf("%v came back as %v", p, got)
		}
	})
}
