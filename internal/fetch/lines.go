package fetch

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"onrecord/internal/record"
)

// lines reads JSON lines. A line that is no document is told with its number,
// counted and skipped.
func (r *reader) lines(in io.Reader, origin string) error {
	br := bufio.NewReaderSize(in, 64<<10)
	for n := 1; ; n++ {
		if err := r.cancelled(); err != nil {
			return err
		}
		line, err := r.line(br)
		place := fmt.Sprintf("%s line %d", origin, n)
		switch {
		case err == errLong:
			r.problem(place, r.tooLong())
			continue
		case err != nil && err != io.EOF:
			return fmt.Errorf("cannot be read beyond line %d: %w", n-1, plain(err))
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, bom)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			if err := r.object(line, place); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

var errLong = errors.New("line too long")

// line reads one line, however long up to MaxBytes; of a longer one it reads
// to the end and keeps nothing. The last line need not end in "\n".
func (r *reader) line(br *bufio.Reader) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := br.ReadSlice('\n')
		if int64(len(line)+len(part)) > r.MaxBytes {
			long, line = true, nil
		}
		if !long {
			line = append(line, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case long && (err == nil || err == io.EOF):
			return nil, errLong // the next call meets the end of the file
		}
		return line, err
	}
}

// object hands on the document of one JSON object; a problem is told, and
// only what ends the stream is returned.
func (r *reader) object(data []byte, place string) error {
	p, err := parse(data)
	if err != nil {
		r.problem(place, err)
		return nil
	}
	p.Origin = place
	if !utf8.Valid(data) {
		r.note(place, "has broken UTF-8; the broken bytes are shown as \uFFFD")
	}
	return r.hand(p)
}

// values reads a file of JSON that need not stand on lines of their own: one
// document, a list of documents, or several in a row.
func (r *reader) values(in io.Reader, origin string) error {
	br := bufio.NewReader(in)
	if head, _ := br.Peek(len(bom)); bytes.Equal(head, bom) {
		_, _ = br.Discard(len(bom))
	}
	limited := &io.LimitedReader{R: br, N: r.MaxBytes}
	dec := json.NewDecoder(limited)
	list := false
	for n := 1; ; n++ {
		if err := r.cancelled(); err != nil {
			return err
		}
		if list && !dec.More() {
			return nil
		}
		limited.N = r.MaxBytes
		var raw json.RawMessage
		if !list && n == 1 {
			opened, err := opensList(dec, br, limited)
			if err != nil {
				return err
			}
			if list = opened; list {
				n--
				continue
			}
		}
		err := dec.Decode(&raw)
		switch {
		case err == io.EOF && n > 1:
			return nil
		case err == io.EOF:
			return errors.New("is empty; there is nothing to read")
		case limited.N <= 0:
			return r.tooLong()
		case err != nil:
			return fmt.Errorf("is not JSON from document %d on; correct it, or give one document a line: %w", n, err)
		}
		if p, err := parse(raw); r.walking && err != nil && p.Form == "" {
			continue // a folder may hold JSON of other kinds
		}
		if err := r.object(raw, fmt.Sprintf("%s document %d", origin, n)); err != nil {
			return err
		}
	}
}

// opensList looks past the white space and, where a list begins, enters it.
func opensList(dec *json.Decoder, br *bufio.Reader, limited *io.LimitedReader) (bool, error) {
	for {
		b, err := br.ReadByte()
		if err != nil {
			return false, errors.New("is empty; there is nothing to read")
		}
		limited.N--
		switch b {
		case ' ', '\t', '\r', '\n':
			continue
		}
		if err := br.UnreadByte(); err != nil {
			return false, err
		}
		if b != '[' {
			return false, nil
		}
		_, err = dec.Token()
		return true, err
	}
}

// document is one document as the contract writes it. Unknown fields are ignored.
type document struct {
	ID        text    `json:"id"`
	URL       string  `json:"url"`
	Outlet    string  `json:"outlet"`
	Title     string  `json:"title"`
	Published string  `json:"published"`
	Authors   authors `json:"authors"`
	Text      string  `json:"text"`
	HTML      string  `json:"html"`
}

// text is a string that some programs write as a number.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err == nil {
		*t = text(s)
		return nil
	}
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return errors.New(`"id" is neither a string nor a number`)
	}
	*t = text(n)
	return nil
}

// authors is a list of names, or one string that holds them all; what is
// neither says nothing about the writers and is passed over.
type authors []string

func (a *authors) UnmarshalJSON(data []byte) error {
	var one string
	if json.Unmarshal(data, &one) == nil {
		if one != "" {
			*a = authors{one}
		}
		return nil
	}
	var many []json.RawMessage
	if json.Unmarshal(data, &many) != nil {
		return nil
	}
	for _, raw := range many {
		var one string
		var name struct{ Name string }
		if json.Unmarshal(raw, &one) == nil && one != "" {
			*a = append(*a, one)
		} else if json.Unmarshal(raw, &name) == nil && name.Name != "" {
			*a = append(*a, name.Name)
		}
	}
	return nil
}

// blankAsNone makes a title of nothing but white space none at all.
func blankAsNone(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	return s
}

func parse(data []byte) (record.Page, error) {
	var d document
	if err := json.Unmarshal(data, &d); err != nil {
		var wrong *json.UnmarshalTypeError
		if errors.As(err, &wrong) && wrong.Field != "" {
			return record.Page{}, fmt.Errorf("has a %s in %q, which must be a string; correct or remove the line", wrong.Value, wrong.Field)
		}
		return record.Page{}, fmt.Errorf("is not a document in JSON; correct or remove the line: %w", err)
	}
	p := record.Page{
		ID: string(d.ID), URL: d.URL, Outlet: d.Outlet, Title: blankAsNone(d.Title),
		Published: d.Published, Authors: d.Authors,
	}
	switch {
	case d.Text != "":
		p.Form, p.Bytes = record.PlainText, []byte(d.Text)
	case d.HTML != "":
		p.Form, p.Bytes = record.HTML, []byte(d.HTML)
	default:
		return p, errors.New(`has no words in "text" or "html"; a document needs one of them`)
	}
	return p, unreadable(p.Bytes, p.Form)
}
