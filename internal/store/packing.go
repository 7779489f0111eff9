package store

import (
	"bytes"
	"compress/flate"
	"io"
	"strings"
	"sync"

	"onrecord/internal/record"
)

// How an article's bytes are kept: a positive packing p means that they are
// the text from byte p-1 on, as they are for plain text and for JSON lines,
// and need no room of their own.
const (
	packedFlate = 0
	packedPlain = -1
)

var flaters = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, flate.BestSpeed)
	return w
}}

// pack chooses the cheapest way to keep the bytes beside the text.
func pack(b []byte, text string) (packing int64, kept []byte) {
	if n := len(text) - len(b); n >= 0 && strings.HasSuffix(text, string(b)) {
		return int64(n) + 1, nil
	}
	var out bytes.Buffer
	w := flaters.Get().(*flate.Writer)
	defer flaters.Put(w)
	w.Reset(&out)
	w.Write(b) // a bytes.Buffer takes everything
	w.Close()
	if out.Len() >= len(b) {
		return packedPlain, b
	}
	return packedFlate, out.Bytes()
}

func unpack(packing int64, kept []byte, text string) ([]byte, error) {
	switch {
	case packing > 0 && packing-1 <= int64(len(text)):
		return []byte(text[packing-1:]), nil
	case packing == packedPlain:
		return kept, nil
	}
	return io.ReadAll(flate.NewReader(bytes.NewReader(kept)))
}

// given is what is kept of a page beside its bytes.
func given(p record.Page) record.Page {
	p.Bytes = nil
	return p
}
