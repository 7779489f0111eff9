// Package lang holds what the program knows of a language, as data: word
// lists, one file a list, one folder a language. A language is added by
// adding a folder; no code names a word that a list could hold.
//
// A list is lines of "entry" or "entry<TAB>value"; "#" begins a comment line.
package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

//go:embed all:en
var files embed.FS

// Lang is one language's lists, read when first asked for and then shared.
type Lang struct {
	Code  string
	mu    sync.Mutex
	lists map[string]*List
}

// List is one word list, in the order of its file.
type List struct {
	Entries []Entry
	index   map[string]string
}

// Entry is one line of a list.
type Entry struct{ Word, Value string }

var (
	mu    sync.Mutex
	langs = map[string]*Lang{}
)

// Fallback is the language used for texts in a language without a folder.
const Fallback = "en"

// For returns the lists of a language ("en", "en-GB"); a language that has no
// folder gets the lists of Fallback.
func For(code string) *Lang {
	code, _, _ = strings.Cut(strings.ToLower(code), "-")
	if _, err := fs.Stat(files, code); code == "" || err != nil {
		code = Fallback
	}
	mu.Lock()
	defer mu.Unlock()
	l := langs[code]
	if l == nil {
		l = &Lang{Code: code, lists: map[string]*List{}}
		langs[code] = l
	}
	return l
}

// List returns the list called name. A list that is not there is a mistake of
// the build, found by any test that loads it, so List panics.
func (l *Lang) List(name string) *List {
	l.mu.Lock()
	defer l.mu.Unlock()
	if got := l.lists[name]; got != nil {
		return got
	}
	data, err := files.ReadFile(l.Code + "/" + name + ".txt")
	if err != nil {
		panic(fmt.Sprintf("lang: no list %q for %q", name, l.Code))
	}
	list := parse(string(data))
	l.lists[name] = list
	return list
}

func parse(data string) *List {
	list := &List{index: map[string]string{}}
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		word, value, _ := strings.Cut(line, "\t")
		word, value = strings.TrimSpace(word), strings.TrimSpace(value)
		if _, twice := list.index[word]; !twice {
			list.Entries = append(list.Entries, Entry{word, value})
			list.index[word] = value
		}
	}
	return list
}

// Has tells whether word stands in the list.
func (l *List) Has(word string) bool { _, ok := l.index[word]; return ok }

// Value is what stands beside word, and whether word is there.
func (l *List) Value(word string) (string, bool) { v, ok := l.index[word]; return v, ok }
