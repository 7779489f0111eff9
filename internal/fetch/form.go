package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// form is what the name of a file promises.
type form int

const (
	formUnknown form = iota
	formText
	formHTML
	formLines // JSON lines
	formJSON  // one JSON document, a list of them, or several in a row
)

func formOf(path string) form {
	name := strings.TrimSuffix(strings.ToLower(filepath.Base(path)), ".gz")
	switch filepath.Ext(name) {
	case ".txt", ".text":
		return formText
	case ".html", ".htm", ".xhtml":
		return formHTML
	case ".jsonl", ".ndjson":
		return formLines
	case ".json":
		return formJSON
	}
	return formUnknown
}

// page is the form a page of one document has; empty: look at the bytes.
func (f form) page() record.Form {
	switch f {
	case formText:
		return record.PlainText
	case formHTML:
		return record.HTML
	}
	return ""
}

var bom = []byte("\uFEFF")

func utf16(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF})
}

// sniff tells HTML from text where no name does.
func sniff(data []byte) record.Form {
	if strings.HasPrefix(http.DetectContentType(data), "text/html") {
		return record.HTML
	}
	return record.PlainText
}

// unreadable tells why bytes are no document: nothing there, or not text.
func unreadable(data []byte, f record.Form) error {
	if len(bytes.TrimSpace(data)) == 0 {
		return errors.New("is empty; there is nothing to read")
	}
	if utf16(data) {
		return nil
	}
	// Only with broken UTF-8 is the kind believed: a report that begins with
	// "BMW" has the mark of a bitmap.
	kind := http.DetectContentType(data)
	packed := !strings.HasPrefix(kind, "text/") && kind != "application/octet-stream" &&
		(kind == "application/pdf" || !utf8.Valid(data))
	// A page may carry a stray NUL, which browsers pass over as well; a text
	// with NULs is no text.
	if packed || (bytes.IndexByte(data, 0) >= 0 && (f == record.PlainText || bytes.IndexByte(data, '<') < 0)) {
		return fmt.Errorf("is not text (%s); save it as text or HTML", kindName(kind, packed))
	}
	return nil
}

func kindName(kind string, known bool) string {
	if !known {
		return "it holds NUL bytes"
	}
	kind, _, _ = strings.Cut(kind, ";")
	return kind
}

// unpack reads through gzip where the name says so.
func unpack(in io.Reader, path string) (io.Reader, error) {
	if !strings.HasSuffix(strings.ToLower(path), ".gz") {
		return in, nil
	}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, fmt.Errorf("is not a gzip file, as its name says; unpack or rename it: %w", err)
	}
	return z, nil
}

// counted tells how many bytes of the source have gone by, about once for
// each document.
type counted struct {
	r    io.Reader
	n    int64
	tell func(int64)
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if c.n >= 64<<10 {
		c.flush()
	}
	return n, err
}

func (c *counted) flush() {
	c.tell(c.n)
	c.n = 0
}
