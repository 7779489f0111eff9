package attribute

import (
	"onrecord/internal/quote"
	"onrecord/internal/record"
)

// addressees names whom a quotation is addressed to: the object of "told" or
// the words after "to".
func (r *resolver) addressees(found []quote.Candidate, qs []record.Quotation) {
	for i := range found {
		s := found[i].Addressee
		if s == nil {
			continue
		}
		p := &record.Party{Span: s, Name: s.Of(r.d.Text), Chain: record.NoChain}
		if chain, m, ok := r.head(*s); ok {
			p.Chain, p.Name = chain, r.chains[chain].Name
			if m.Kind == record.ByName && s.Contains(m.Span) {
				p.Span = &m.Span
			}
		}
		qs[i].Addressee = p
	}
}
