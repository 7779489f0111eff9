// Package extract turns a page as it came into an article: its title, outlet,
// writers, date and language, its text, and the stretches of that text that
// are no report (boilerplate, captions, embeds, bylines).
//
// Plain text stays as it is, character for character; what is no report in it
// is marked and passed over by later stages. Of an HTML page the text is made
// here: the title, a blank line, and the paragraphs of the body, found by a
// scanner of text blocks (scan.go, choose.go).
package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"strings"

	"onrecord/internal/record"
)

// Article reads a page. The error, if any, says in one line why nothing can
// be read and what to do; a date, a name or a language that cannot be made
// out is unknown and never an error.
func Article(p record.Page) (record.Article, error) {
	a := record.Article{
		ID:      identity(p),
		Edition: 1,
		URL:     strings.TrimSpace(p.URL),
		Outlet:  strings.TrimSpace(p.Outlet),
	}
	a.Published = published(p.Published)
	a.Authors = splitNames(p.Authors)
	var declared string
	if p.Form == record.HTML {
		m := fromHTML(&a, p)
		declared = m.lang
	} else {
		fromText(&a, p)
	}
	if strings.TrimSpace(a.Text) == "" {
		return a, errors.New("holds no text; there is nothing to read")
	}
	if a.Outlet == "" {
		a.Outlet = hostName(a.URL)
	}
	a.Page = pageOf(a, p)
	a.Language = language(declared, a.Text[a.BodyStart:])
	a.Passed = merge(a.Passed, passedOver(a.Text, a.BodyStart, a.Language))
	return a, nil
}

// identity is the sender's own name for the document, else one made from the
// bytes and from all that was sent with them: two outlets that print the same
// wire copy are two articles.
func identity(p record.Page) string {
	if p.ID != "" {
		return p.ID
	}
	h := sha256.New()
	h.Write(p.Bytes)
	for _, field := range []string{p.URL, p.Outlet, p.Title, p.Published} {
		if field != "" {
			h.Write([]byte{0})
			h.Write([]byte(field))
		}
	}
	return "d" + hex.EncodeToString(h.Sum(nil))[:12]
}

// pageOf is what the editions of one page have in common.
func pageOf(a record.Article, p record.Page) string {
	switch {
	case a.URL != "":
		return plainURL(a.URL)
	case p.ID != "":
		return p.ID
	case p.File != "":
		return "file:" + p.File
	}
	return a.ID
}

// plainURL leaves out what does not change the page: the fragment and the
// marks of a campaign.
func plainURL(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	u.Fragment, u.RawFragment = "", ""
	if u.RawQuery != "" {
		var keep []string
		for _, pair := range strings.Split(u.RawQuery, "&") {
			if !strings.HasPrefix(strings.ToLower(pair), "utm_") {
				keep = append(keep, pair)
			}
		}
		u.RawQuery = strings.Join(keep, "&")
	}
	u.ForceQuery = false
	return u.String()
}

// hostName names the outlet of a page that names none.
func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
