package extract

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// attributes are those of one element that the scanner asks for.
type attributes struct {
	names         string // class and id
	prop          string // itemprop, in lower case
	name, content string // of <meta>
	rel, href     string
	datetime      string
	kind          string // type
	lang          string
	hidden        bool
}

func (a *attributes) read(z *html.Tokenizer, tag atom.Atom) {
	for {
		key, value, more := z.TagAttr()
		switch string(key) {
		case "class", "id":
			a.names += " " + string(value)
		case "itemprop", "property", "name":
			if tag == atom.Meta {
				if a.name == "" {
					a.name = strings.ToLower(string(value))
				}
			} else if string(key) == "itemprop" {
				a.prop = strings.ToLower(string(value))
			}
		case "content":
			if tag == atom.Meta {
				a.content = string(value)
			}
		case "rel":
			a.rel = strings.ToLower(string(value))
		case "href":
			a.href = string(value)
		case "datetime":
			a.datetime = string(value)
		case "type":
			a.kind = string(value)
		case "lang":
			a.lang = string(value)
		case "hidden":
			a.hidden = true
		case "style":
			a.hidden = a.hidden || hides(value)
		}
		if !more {
			return
		}
	}
}

func hides(style []byte) bool {
	if len(style) > 1000 {
		return false
	}
	style = bytes.ReplaceAll(bytes.ToLower(style), []byte(" "), nil)
	return bytes.Contains(style, []byte("display:none"))
}
