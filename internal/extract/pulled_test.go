package extract

import (
	"slices"
	"testing"

	"onrecord/internal/record"
)

// What a page sets large is found by its class, without marks and names.
func TestPullQuotes(t *testing.T) {
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"an aside", `<p>Text.</p><aside class="pullquote"><p>“We will<br> row home.”</p><cite>Ilse Varn</cite></aside><p>“Text.”</p>`, []string{"We will row home."}},
		{"classes of many spellings", `<div class="c-Pull_Quote big"><span>Row home</span></div><blockquote class="pull-quote">"No boat"</blockquote>`, []string{"Row home", "No boat"}},
		{"the same twice", `<q class=pullquote>‘Row’</q><q class=pullquote>‘Row’</q>`, []string{"Row"}},
		{"one in another, and one never closed", `<div class=pullquote>a <div class=pullquote>b</div></div><div class=pullquote>c`, []string{"a b"}},
		{"none", `<p class="quote">“Row”</p>`, nil},
	} {
		if got := PullQuotes(record.Page{Form: record.HTML, Bytes: []byte(c.page)}); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := PullQuotes(record.Page{Form: record.PlainText, Bytes: []byte(`<aside class="pullquote">“Row”</aside>`)}); got != nil {
		t.Errorf("plain text has %q", got)
	}
}
