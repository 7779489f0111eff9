package link

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

// Buckets is the number of hashed features.
const Buckets = 1 << 20

// Model is the weights of both chains of choices.
type Model struct{ weights []float32 }

// NewModel makes a model of Buckets weights, for training.
func NewModel(weights []float32) *Model { return &Model{weights} }

func (m *Model) score(ids []uint32) float32 {
	var sum float32
	for _, id := range ids {
		sum += m.weights[id]
	}
	return sum
}

// step is the size of one unit of a rounded weight.
const step = 1.0 / 24

// magic begins the weights file.
const magic = "onrecord-link-1\n"

// Encode rounds weights to eight bits, leaves out those that become 0, and
// packs the rest: after the magic line, gzip of the distances between kept
// buckets (uvarint; 0 ends them) and then one signed byte for each.
func Encode(weights []float32) ([]byte, error) {
	var where, what []byte
	last := -1
	for i, w := range weights {
		v := max(-127, min(127, math.Round(float64(w)/step)))
		if v == 0 {
			continue
		}
		where = binary.AppendUvarint(where, uint64(i-last))
		what = append(what, byte(int8(v)))
		last = i
	}
	return pack(slices.Concat(where, []byte{0}, what))
}

// pack writes the magic line and gzip of data.
func pack(data []byte) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(magic)
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err == nil {
		_, err = z.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("packing linker weights: %w", err)
	}
	return out.Bytes(), nil
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Model, error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, errors.New("not a file of linker weights")
	}
	z, err := gzip.NewReader(bytes.NewReader(rest))
	if err != nil {
		return nil, fmt.Errorf("unpacking linker weights: %w", err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		return nil, fmt.Errorf("unpacking linker weights: %w", err)
	}
	at, err := buckets(bytes.NewReader(plain))
	if err != nil {
		return nil, err
	}
	m := &Model{make([]float32, Buckets)}
	for i, v := range plain[len(plain)-len(at):] {
		m.weights[at[i]] = float32(int8(v)) * step
	}
	return m, nil
}

var errCut = errors.New("linker weights: cut short")

// buckets reads which buckets are kept; one byte for each must be left.
func buckets(r *bytes.Reader) ([]int, error) {
	var at []int
	for last := -1; ; {
		n, err := binary.ReadUvarint(r)
		switch {
		case err != nil:
			return nil, errCut
		case n == 0 && r.Len() != len(at):
			return nil, errCut
		case n == 0:
			return at, nil
		case n > Buckets || last+int(n) >= Buckets:
			return nil, errors.New("linker weights: a bucket that does not exist")
		}
		last += int(n)
		at = append(at, last)
	}
}

//go:embed link.bin
var file []byte

// embedded is the model that is shipped, unpacked when first asked for.
var embedded = sync.OnceValue(func() *Model {
	m, err := Decode(file)
	if err != nil {
		panic("link: " + err.Error()) // a broken build; any test finds it
	}
	return m
})
