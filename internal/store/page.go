package store

import (
	"database/sql"
	"errors"
	"fmt"

	"onrecord/internal/record"
)

// pageRow is a row of page: what the editions of one page have in common.
type pageRow struct {
	n   int64
	key string
}

// pageOf finds the page that p is an edition of, or makes it: by address,
// else by the sender's id, else by the file. Two documents at one address
// with different ids are two pages; the first keeps the address as its key.
func (s *Store) pageOf(p record.Page, a *record.Article) (pageRow, error) {
	url := a.URL
	if url == "" {
		url = p.URL
	}
	key := a.Page
	switch {
	case key != "":
	case url != "":
		key = url
	case p.ID != "":
		key = p.ID
	case p.File != "":
		key = "file:" + p.File
	default:
		key = a.ID
	}
	var page pageRow
	var err error
	switch {
	case url != "":
		// The article's key is the address without what only counts visits.
		page, err = s.findPage("SELECT n, key FROM page WHERE url = ? AND url <> '' ORDER BY n LIMIT 1", key)
		url = key
	case p.ID != "":
		page, err = s.findPage("SELECT n, key FROM page WHERE given = ? AND url = '' AND given <> '' ORDER BY n LIMIT 1", p.ID)
	default:
		page, err = s.findPage("SELECT n, key FROM page WHERE key = ? AND url = '' AND given = '' LIMIT 1", key)
	}
	if err != nil || page.n != 0 {
		return page, err
	}
	return s.newPage(key, url, p)
}

func (s *Store) findPage(q string, args ...any) (pageRow, error) {
	var page pageRow
	err := s.one(q, args, &page.n, &page.key)
	if errors.Is(err, sql.ErrNoRows) {
		return pageRow{}, nil
	}
	return page, err
}

func (s *Store) newPage(key, url string, p record.Page) (pageRow, error) {
	base := key
	for i := 1; ; i++ {
		res, err := s.exec("INSERT OR IGNORE INTO page (key, url, given, file) VALUES (?,?,?,?)", key, url, p.ID, p.File)
		if err != nil {
			return pageRow{}, err
		}
		made, err := res.RowsAffected()
		if err != nil {
			return pageRow{}, err
		}
		if made == 1 {
			n, err := res.LastInsertId()
			return pageRow{n, key}, err
		}
		key = base + " " + p.ID
		if i > 1 || p.ID == "" {
			key = fmt.Sprintf("%s %s~%d", base, p.ID, i)
		}
	}
}
