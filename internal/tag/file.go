package tag

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
)

// The model file: magic; the sizes and the decoding biases; the vocabulary,
// a word a line; the tables of words and features, each row a float32 scale
// and one signed byte a number; then the network's matrices as float32. All
// little-endian. The tables are nine tenths of the numbers and bear eight bits
// without loss (MODEL_CARD.md).
const magic = "onrecord tagger 1\n"

// errDamaged says that the model inside the program is not whole: a mistake
// of the build.
var errDamaged = errors.New("the model is cut short or damaged")

// Encode writes a network as a model file.
func Encode(n *Net, bias Bias) []byte {
	b := []byte(magic)
	words := make([]string, n.Words)
	for w, i := range n.Vocabulary {
		words[i] = w
	}
	text := strings.Join(words, "\n")
	for _, v := range []int{n.Words, n.Dim, n.Hidden, len(n.Layers), len(text)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(v))
	}
	for _, v := range bias {
		b = appendFloats(b, []float32{v})
	}
	b = append(b, text...)
	b = appendRows(b, n.Word, n.Dim)
	for i, t := range n.Tables {
		b = appendRows(b, t, tables[i].dim)
	}
	for _, m := range n.matrices() {
		b = appendFloats(b, *m.at)
	}
	return b
}

// block is one matrix of a network and how many numbers it has.
type block struct {
	at  *[]float32
	len int
}

// matrices are the network's matrices in the order of the file.
func (n *Net) matrices() []block {
	var out []block
	width := gates * n.Hidden
	for l := range n.Layers {
		for d := range n.Layers[l] {
			x := &n.Layers[l][d]
			out = append(out, block{&x.In, n.LayerInput(l) * width}, block{&x.Rec, n.Hidden * width}, block{&x.Bias, width})
		}
	}
	return append(out, block{&n.Out, 2 * n.Hidden * Labels}, block{&n.OutBias, Labels}, block{&n.CRF.Trans, Labels * Labels})
}

func appendFloats(b []byte, w []float32) []byte {
	for _, x := range w {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func appendRows(b []byte, w []float32, dim int) []byte {
	for row := range slices.Chunk(w, dim) {
		top := float32(1e-12)
		for _, x := range row {
			top = max(top, x, -x)
		}
		scale := top / 127
		b = appendFloats(b, []float32{scale})
		for _, x := range row {
			b = append(b, byte(int8(math.Round(float64(x/scale)))))
		}
	}
	return b
}

// Decode reads a model file.
func Decode(data []byte) (n *Net, bias Bias, err error) {
	rest, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, bias, errDamaged
	}
	r := reader{rest: rest}
	n = &Net{Sizes: Sizes{Words: r.size(), Dim: r.size(), Hidden: r.size()}}
	layers, text := r.size(), r.size()
	r.floats(bias[:])
	sound := func(v, most int) bool { return v > 0 && v <= most }
	if !sound(n.Words, len(data)) || !sound(n.Dim, 1<<12) || !sound(n.Hidden, 1<<12) || !sound(layers, 16) {
		return nil, bias, errDamaged
	}
	words := strings.Split(string(r.bytes(text)), "\n")
	if r.failed || len(words) != n.Words {
		return nil, bias, errDamaged
	}
	n.Vocabulary = make(map[string]int32, len(words))
	for i, w := range words {
		n.Vocabulary[w] = int32(i)
	}
	n.Word = r.rows(n.Words, n.Dim)
	for _, t := range tables {
		n.Tables = append(n.Tables, r.rows(t.size, t.dim))
	}
	n.Layers = make([][2]Direction, layers)
	for _, m := range n.matrices() {
		if m.len*4 > len(r.rest) {
			return nil, bias, errDamaged
		}
		*m.at = make([]float32, m.len)
		r.floats(*m.at)
	}
	if r.failed || len(r.rest) > 0 {
		return nil, bias, errDamaged
	}
	return n, bias, nil
}

// reader takes numbers off a file; failed says that it ended too soon.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.rest) {
		r.failed, r.rest = true, nil
		return nil
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reader) size() int {
	if b := r.bytes(4); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (r *reader) floats(to []float32) {
	b := r.bytes(4 * len(to))
	if b == nil {
		return
	}
	for i := range to {
		to[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
}

func (r *reader) rows(rows, dim int) []float32 {
	b := r.bytes(rows * (dim + 4))
	out := make([]float32, rows*dim)
	for i := 0; i < rows && b != nil; i++ {
		row := b[i*(dim+4):][:dim+4]
		scale := math.Float32frombits(binary.LittleEndian.Uint32(row))
		to := out[i*dim:][:dim]
		for j, x := range row[4:] {
			to[j] = float32(int8(x)) * scale
		}
	}
	return out
}
