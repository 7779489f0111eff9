package tag

import "onrecord/internal/matrix"

// projection holds the product of the first layer's input matrices with the
// rows of the tables, made once at loading: the input of a token is then a sum
// of some fourteen rows instead of a product with 200 rows of weights. Of the
// words only the most frequent are worth the time at loading; the vocabulary
// is in that order.
type projection struct {
	net    *Net
	width  int // both directions' gates
	bias   []float32
	word   []float32        // frequent × width
	rare   [2]matrix.Packed // the matrices of the other words, one a direction
	tables [][]float32      // of each of tables: size × width
	bits   []float32        // Bits × width
}

// frequent is how many words are projected: 94 % of the tokens of news.
const frequent = 8192

// projectionMost is the widest network that is worth a projection, in gates of
// both directions: for the large one, reading its rows costs as much as the
// product.
const projectionMost = 512

// project makes the projection of a network, or nil where it is too large.
func (n *Net) project() *projection {
	half := gates * n.Hidden
	if 2*half > projectionMost {
		return nil
	}
	j := &projection{net: n, width: 2 * half, bias: make([]float32, 2*half)}
	in := n.Layers[0]
	copy(j.bias, in[0].Bias)
	copy(j.bias[half:], in[1].Bias)
	at := 0
	rows := func(table []float32, dim int) []float32 {
		count := len(table) / dim
		out := make([]float32, count*j.width)
		for d := range 2 {
			var part matrix.Packed
			part.Pack(in[d].In[at*half:(at+dim)*half], dim, half, false)
			matrix.MulAdd(out[d*half:], j.width, table, dim, count, &part)
		}
		at += dim
		return out
	}
	for d := range j.rare {
		j.rare[d].Pack(in[d].In[:n.Dim*half], n.Dim, half, false)
	}
	j.word = rows(n.Word[:min(n.Words, frequent)*n.Dim], n.Dim)
	for i, t := range n.Tables {
		j.tables = append(j.tables, rows(t, tables[i].dim))
	}
	one := make([]float32, Bits*Bits)
	for b := range Bits {
		one[b*Bits+b] = 1
	}
	j.bits = rows(one, Bits)
	return j
}

// fill writes the input's part of the gates of every token of a batch to
// w.first, both directions side by side.
func (j *projection) fill(w *work, s batch, paragraphs [][]Token) {
	w.first = sized(w.first, s.rows()*j.width)
	for b, tokens := range paragraphs {
		for t := range tokens {
			tok := &tokens[t]
			z := w.first[(s.row[t]+b)*j.width:][:j.width]
			copy(z, j.bias)
			if row := int(j.net.Row(tok)); (row+1)*j.width <= len(j.word) {
				add(z, j.word, row)
			} else {
				vec := j.net.Word[row*j.net.Dim:][:j.net.Dim]
				matrix.MulAdd(z, j.width, vec, j.net.Dim, 1, &j.rare[0])
				matrix.MulAdd(z[j.width/2:], j.width, vec, j.net.Dim, 1, &j.rare[1])
			}
			for f, v := range tok.values() {
				add(z, j.tables[f], v)
			}
			for bit := range Bits {
				if tok.Bits>>bit&1 != 0 {
					add(z, j.bits, bit)
				}
			}
		}
	}
}

// add adds a row of a table to z.
func add(z, table []float32, row int) { matrix.Axpy(z, 1, table[row*len(z):][:len(z)]) }
