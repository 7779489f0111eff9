// Package sample gives the reports that speed is measured on: always the same
// ones, as plain text.
package sample

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"onrecord/internal/eval"
	"onrecord/internal/extract"
	"onrecord/internal/fetch"
	"onrecord/internal/record"
)

// Reports are the first n reports of the bulk set. Where the reference texts
// are not at hand they are the example reports, over and over; real says which.
func Reports(n int) (pages []record.Page, real bool, err error) {
	pages, err = bulk(n)
	if errors.Is(err, fs.ErrNotExist) {
		pages, err = examples(n)
		return pages, false, err
	}
	return pages, true, err
}

func bulk(n int) ([]record.Page, error) {
	f, err := os.Open(filepath.Join(eval.Shared(), "data", "bulk", "articles.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("unpacking the bulk set: %w", err)
	}
	dec := json.NewDecoder(bufio.NewReader(z))
	var pages []record.Page
	for len(pages) < n {
		var a struct{ ID, URL, Outlet, Title, Published, Text string }
		if err := dec.Decode(&a); err == io.EOF {
			break
		} else if err != nil {
			return nil, fmt.Errorf("reading the bulk set: %w", err)
		}
		pages = append(pages, record.Page{ID: a.ID, URL: a.URL, Outlet: a.Outlet, Title: a.Title, Published: a.Published,
			Form: record.PlainText, Bytes: []byte(a.Text)})
	}
	return pages, nil
}

// examples are n example reports, their text taken out of their pages.
func examples(n int) ([]record.Page, error) {
	folder, err := above("examples")
	if err != nil {
		return nil, err
	}
	var once []record.Page
	_, err = fetch.Each(context.Background(), []string{folder}, fetch.Options{}, func(p record.Page) error {
		a, err := extract.Article(p)
		if err != nil {
			return nil // a page without a report is no part of the sample
		}
		once = append(once, record.Page{ID: a.ID, Form: record.PlainText, Bytes: []byte(a.Text)})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("reading the examples: %w", err)
	}
	if len(once) == 0 {
		return nil, errors.New("no example reports in " + folder)
	}
	var pages []record.Page
	for i := range n {
		p := once[i%len(once)]
		p.ID = fmt.Sprintf("%s-%d", p.ID, i/len(once))
		pages = append(pages, p)
	}
	return pages, nil
}

// above finds a folder of the repository from anywhere inside it.
func above(name string) (string, error) {
	for dir := "."; len(dir) < 40; dir = filepath.Join(dir, "..") {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.IsDir() {
			return filepath.Join(dir, name), nil
		}
	}
	return "", fmt.Errorf("no folder %q here or above: go into the repository first", name)
}
