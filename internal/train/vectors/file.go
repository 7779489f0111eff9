package vectors

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// The file: magic; the number of words and the numbers a word (uint32 each);
// for each word its length in bytes (uint16) and its bytes; the vectors as
// float32, row by row. All little-endian.
const magic = "onrecord vectors 1\n"

// Save writes vec, len(words) rows of dim numbers, to a file. The file
// appears whole or not at all, so that one who waits for it may take it at once.
func Save(path string, words []string, vec []float32, dim int) error {
	if err := save(path, words, vec, dim); err != nil {
		return fmt.Errorf("save vectors: %w", err)
	}
	return nil
}

func save(path string, words []string, vec []float32, dim int) error {
	if len(vec) != len(words)*dim {
		return fmt.Errorf("%d numbers for %d words of %d", len(vec), len(words), dim)
	}
	part := path + ".part"
	f, err := os.Create(part)
	if err != nil {
		return err
	}
	defer os.Remove(part) // of no effect once renamed
	w := bufio.NewWriterSize(f, 1<<20)
	b := append([]byte(magic), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint32(b[len(magic):], uint32(len(words)))
	binary.LittleEndian.PutUint32(b[len(magic)+4:], uint32(dim))
	w.Write(b) // a bufio.Writer keeps its first error for Flush
	for _, word := range words {
		if len(word) > math.MaxUint16 {
			f.Close()
			return fmt.Errorf("a word of %d bytes", len(word))
		}
		w.Write(binary.LittleEndian.AppendUint16(b[:0], uint16(len(word))))
		w.WriteString(word)
	}
	for _, x := range vec {
		w.Write(binary.LittleEndian.AppendUint32(b[:0], math.Float32bits(x)))
	}
	if err := errors.Join(w.Flush(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}

// Load reads what Save wrote; Tokens is not kept in the file. It fails where
// the file is cut short, is too long or is none of ours.
func Load(path string) (*Vectors, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load vectors: %w", err)
	}
	v, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("load vectors: %s: %w", path, err)
	}
	return v, nil
}

func parse(data []byte) (*Vectors, error) {
	if len(data) < len(magic)+8 || string(data[:len(magic)]) != magic {
		return nil, errors.New("no file of vectors")
	}
	data = data[len(magic):]
	count, dim := int(binary.LittleEndian.Uint32(data)), int(binary.LittleEndian.Uint32(data[4:]))
	data = data[8:]
	v := &Vectors{Dim: dim}
	for range count {
		if len(data) < 2 {
			return nil, io.ErrUnexpectedEOF
		}
		n := int(binary.LittleEndian.Uint16(data))
		if data = data[2:]; len(data) < n {
			return nil, io.ErrUnexpectedEOF
		}
		v.Words = append(v.Words, string(data[:n]))
		data = data[n:]
	}
	if len(data) != 4*count*dim {
		return nil, fmt.Errorf("%d bytes for %d words of %d numbers", len(data), count, dim)
	}
	v.Vec = make([]float32, count*dim)
	for i := range v.Vec {
		v.Vec[i] = math.Float32frombits(binary.LittleEndian.Uint32(data[4*i:]))
	}
	return v, nil
}
