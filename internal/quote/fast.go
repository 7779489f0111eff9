package quote

import (
	"onrecord/internal/tag"
	"onrecord/internal/text"
)

// pieces are the stretches of a document that the tagger reads, and the first
// token of each: whole paragraphs, or in the fast lane only the sentences
// that hold a quotation mark or a cue.
func (m Model) pieces(d *text.Doc, in [][]tag.Token) (list [][]tag.Token, first []int) {
	for p, tokens := range in {
		if len(tokens) == 0 {
			continue
		}
		par := &d.Paragraphs[p]
		if !m.Fast {
			list, first = append(list, tokens), append(first, par.FirstToken)
			continue
		}
		for s := par.FirstSentence; s < par.EndSent; s++ {
			from := s
			for s < par.EndSent && speaks(tokens[d.Sentences[s].FirstToken-par.FirstToken:d.Sentences[s].EndToken-par.FirstToken]) {
				s++
			}
			if s > from {
				a, b := d.Sentences[from].FirstToken, d.Sentences[s-1].EndToken
				list, first = append(list, tokens[a-par.FirstToken:b-par.FirstToken]), append(first, a)
			}
		}
	}
	return list, first
}

// speaks tells a sentence in which a quotation mark or a cue stands.
func speaks(sentence []tag.Token) bool {
	for i := range sentence {
		if sentence[i].Quote != 0 || sentence[i].Bits&saidBits != 0 {
			return true
		}
	}
	return false
}

// saidBits are the word classes of cues of speech and writing; in the fast
// lane beliefs and wishes are not looked for.
const saidBits = uint32(speech|writing) << 15
