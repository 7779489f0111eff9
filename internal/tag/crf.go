package tag

import "math"

// CRF holds the scores of one label after another: a linear-chain conditional
// random field (Lafferty, McCallum and Pereira 2001) over the network's scores.
type CRF struct {
	Trans []float32 // Labels × Labels: score of column after row; row 0 also stands for the start
}

// step is a label that may follow another, and the place of the two in a
// Labels × Labels table.
type step struct{ from, to, at int }

// steps are all of them: 61 of 169 pairs.
var steps = func() (out []step) {
	for i := range Labels * Labels {
		if follows(i/Labels, i%Labels) {
			out = append(out, step{i / Labels, i % Labels, i})
		}
	}
	return out
}()

// Lattice is the forward-backward state of one paragraph.
type Lattice struct {
	n          int
	emit       []float64        // n × Labels: exp(score − largest score of the token)
	alpha      []float64        // n × Labels, each row adding up to one
	beta       []float64        // n × Labels
	scale      []float64        // one over what each row of alpha was divided by
	logScale   []float64        // the log of scale
	inner      [Types][]float64 // sums of the logs of staying inside a span, over the tokens before
	step       [Labels * Labels]float64
	LogPartial float64 // log of the sum over all labellings, less the sum of the largest scores
}

// Run does the forward and backward passes over scores (n × Labels). Time and
// memory are linear in n.
func (l *Lattice) Run(c *CRF, scores []float32) {
	l.n = len(scores) / Labels
	l.emit, l.alpha = grow(l.emit, len(scores)), grow(l.alpha, len(scores))
	l.beta, l.scale, l.logScale = grow(l.beta, len(scores)), grow(l.scale, l.n), grow(l.logScale, l.n)
	for _, s := range steps {
		l.step[s.at] = math.Exp(float64(c.Trans[s.at]))
	}
	tops := make([]float32, l.n)
	for t := range l.n {
		row := scores[t*Labels : (t+1)*Labels]
		top := row[0]
		for _, s := range row {
			top = max(top, s)
		}
		tops[t] = top
		for y, s := range row {
			l.emit[t*Labels+y] = math.Exp(float64(s - top))
		}
	}
	l.forward()
	l.backward()
	for t := range Types {
		in := label(Type(t), inside)
		stay := float64(c.Trans[in*Labels+in])
		sums := grow(l.inner[t], l.n+1)
		sums[0] = 0
		for i := range l.n {
			sums[i+1] = sums[i] + stay + float64(scores[i*Labels+in]-tops[i]) + l.logScale[i]
		}
		l.inner[t] = sums
	}
}

func grow(s []float64, n int) []float64 {
	if cap(s) < n {
		return make([]float64, n)
	}
	return s[:n]
}

func (l *Lattice) forward() {
	var before [Labels]float64
	before[0] = 1
	l.LogPartial = 0
	for t := range l.n {
		at := (*[Labels]float64)(l.alpha[t*Labels:])
		clear(at[:])
		for _, s := range steps {
			at[s.to] += before[s.from] * l.step[s.at]
		}
		sum := 0.0
		for y := range at {
			at[y] *= l.emit[t*Labels+y]
			if t == l.n-1 && !follows(y, 0) {
				at[y] = 0 // a span cannot be left open at the end
			}
			sum += at[y]
		}
		sum = max(sum, 1e-300)
		l.scale[t], l.logScale[t] = 1/sum, -math.Log(sum)
		l.LogPartial -= l.logScale[t]
		for y := range at {
			at[y] *= l.scale[t]
			before[y] = at[y]
		}
	}
}

func (l *Lattice) backward() {
	var next [Labels]float64 // emit·beta of the token after, scaled
	for t := l.n - 1; t >= 0; t-- {
		at := (*[Labels]float64)(l.beta[t*Labels:])
		clear(at[:])
		if t == l.n-1 {
			for a := range at {
				at[a] = 1
			}
		} else {
			for _, s := range steps {
				at[s.from] += l.step[s.at] * next[s.to]
			}
		}
		for y := range next {
			next[y] = at[y] * l.emit[t*Labels+y] * l.scale[t]
		}
		if t == l.n-1 {
			for y := range next {
				if !follows(y, 0) {
					next[y] = 0
				}
			}
		}
	}
}

// Marginal is the probability of label y at token t.
func (l *Lattice) Marginal(t, y int) float64 { return l.alpha[t*Labels+y] * l.beta[t*Labels+y] }

// AddPairs adds the expected count of each label after each, times weight, to
// pairs (Labels × Labels); the start counts as label 0.
func (l *Lattice) AddPairs(pairs []float64, weight float64) {
	var before [Labels]float64
	before[0] = 1
	for t := range l.n {
		for a, p := range before {
			if p == 0 {
				continue
			}
			for b := range Labels {
				i := t*Labels + b
				end := 1.0
				if t == l.n-1 && !follows(b, 0) {
					end = 0
				}
				pairs[a*Labels+b] += weight * end * p * l.step[a*Labels+b] * l.emit[i] * l.beta[i] * l.scale[t]
			}
		}
		copy(before[:], l.alpha[t*Labels:(t+1)*Labels])
	}
}

// LogLikelihood is the log of the probability of a labelling of the paragraph.
func (l *Lattice) LogLikelihood(labels []uint8) float64 {
	sum, before := -l.LogPartial, 0
	for t, y := range labels {
		sum += math.Log(l.step[before*Labels+int(y)]) + math.Log(max(l.emit[t*Labels+int(y)], math.SmallestNonzeroFloat64))
		before = int(y)
	}
	return sum
}
