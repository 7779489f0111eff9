//go:build unix

package main

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// question is a text that somebody asks about.
type question struct {
	Sort  string
	Words string
	By    string
}

// eachSort is how many texts of each sort are asked about.
const eachSort = 200

// asker gathers what is asked: a fair sample of what the world's reports say,
// changed as people change what they paste.
type asker struct {
	rng  *rand.Rand
	seen map[string]int
	kept map[string][]question
}

// say offers words that somebody has said.
func (a *asker) say(words []string, by string) {
	a.note("word for word", words, "")
	a.note("cut", words, "")
	a.note("one word changed", words, "")
	a.note("one letter wrong", words, "")
	a.note("a headline's three to six words", words, "")
	a.note("with the speaker named", words, by)
	a.note("with another speaker named", words, by)
	a.note("two halves", words, "")
}

// note keeps each text of a sort with the same chance, however many come.
func (a *asker) note(sort string, words []string, by string) {
	if a.seen == nil {
		a.seen, a.kept = map[string]int{}, map[string][]question{}
	}
	q := question{sort, strings.Join(words, " "), by}
	if a.seen[sort]++; len(a.kept[sort]) < eachSort {
		a.kept[sort] = append(a.kept[sort], q)
	} else if at := a.rng.IntN(a.seen[sort]); at < eachSort {
		a.kept[sort][at] = q
	}
}

// sorts is the order of the table.
var sorts = []string{"word for word", "cut", "one word changed", "one letter wrong", "a headline's three to six words", "with the speaker named",
	"with another speaker named", "two halves", "a phrase that everybody uses", "running text", "said by nobody", "said by nobody, a speaker named"}

// questions are those of all sorts, mixed.
func (a *asker) questions(w *world) []question {
	var out []question
	for _, sort := range sorts {
		kept := a.kept[sort]
		if strings.HasPrefix(sort, "said by nobody") {
			for range eachSort {
				q := question{Sort: sort, Words: strings.Join(w.chain.sentence(a.rng, 5, 40), " ")}
				if sort != "said by nobody" {
					q.By = w.people[draw(a.rng, w.share)]
				}
				kept = append(kept, q)
			}
		}
		for i, q := range kept {
			q.Words = a.change(w, kept, i)
			if sort == "with another speaker named" {
				q.By = w.people[draw(a.rng, w.share)]
			}
			out = append(out, q)
		}
	}
	a.rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// change makes the words what is pasted.
func (a *asker) change(w *world, kept []question, i int) string {
	words := strings.Fields(kept[i].Words)
	n := len(words)
	at := 1 + a.rng.IntN(n-2)
	switch kept[i].Sort {
	case "cut":
		words = words[:n-n/3]
	case "one word changed":
		words[at] = w.chain.words[w.chain.ids[a.rng.IntN(len(w.chain.ids))]]
	case "one letter wrong":
		longest := slices.IndexFunc(words, func(x string) bool { return len(x) > 5 })
		if longest >= 0 {
			x := []byte(words[longest])
			x[3], x[4] = x[4], x[3]
			words[longest] = string(x)
		}
	case "a headline's three to six words":
		at = a.rng.IntN(n - 3)
		words = words[at:min(n, at+3+a.rng.IntN(4))]
	case "two halves":
		other := strings.Fields(kept[(i+1)%len(kept)].Words)
		words = append(words[:n/2:n/2], other[len(other)/2:]...)
	}
	return strings.Join(words, " ")
}
