package matrix

import "math"

// lanes is the width of an AVX-512 register; the constants of a curve are
// repeated so often that every kernel reads them as whole registers.
const lanes = 16

// curve holds the constants of top/(1+exp(scale·x)) + bias in the order in
// which the assembly knows them.
type curve [16][lanes]float32

// Places in a curve.
const (
	atScale = iota
	atLow
	atHigh
	atLog2e
	atMagic
	atLn2High
	atLn2Low
	atPoly // six coefficients, the highest power first
	atOne  = atPoly + 6
	atTop  = atOne + 1
	atBias = atTop + 1
)

var (
	sigmoidCurve = newCurve(-1, 1, 0)
	tanhCurve    = newCurve(-2, 2, -1)
)

// newCurve lays out the constants. The exponential is expf of the Cephes
// library (S. Moshier): ln 2 in two parts, a polynomial of degree 7 on
// ±ln 2/2. Arguments beyond ±87 are cut off there, short of overflow.
func newCurve(scale, top, bias float32) *curve {
	var c curve
	for i, v := range []float32{
		scale, -87, 87,
		math.Log2E,
		3 << 22, // added, it leaves the nearest whole number in the low bits
		-0.693359375, 2.12194440e-4,
		1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3,
		4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
		1, top, bias,
	} {
		for j := range c[i] {
			c[i][j] = v
		}
	}
	return &c
}

// Sigmoid puts 1/(1+exp(-x)) in the place of every x, off by less than 1e-6.
func Sigmoid(x []float32) { activate(x, sigmoidCurve) }

// Tanh puts tanh x in the place of every x, off by less than 1e-6. The error
// is absolute: close to 0 few digits are right.
func Tanh(x []float32) { activate(x, tanhCurve) }

func activatePlain(x []float32, c *curve) {
	for i, v := range x {
		z := v * c[atScale][0]
		if z < c[atLow][0] {
			z = c[atLow][0]
		}
		if z > c[atHigh][0] {
			z = c[atHigh][0]
		}
		t := fma(z, c[atLog2e][0], c[atMagic][0])
		whole := t - c[atMagic][0]
		z = fma(whole, c[atLn2High][0], z)
		z = fma(whole, c[atLn2Low][0], z)
		y := c[atPoly][0]
		for j := atPoly + 1; j < atOne; j++ {
			y = fma(y, z, c[j][0])
		}
		y = fma(y, float32(z*z), z) + 1
		// 2 to the whole number: its low bits, moved to the exponent.
		y *= math.Float32frombits(math.Float32bits(t)<<23 + math.Float32bits(1))
		// The conversion keeps a compiler from fusing the two roundings.
		x[i] = float32(c[atTop][0]/(float32(y)+1)) + c[atBias][0]
	}
}

// fma is a·b + c. The product is exact in float64; that the sum is rounded
// there first can cost the last bit of the result, and rarely does.
func fma(a, b, c float32) float32 {
	return float32(float64(a)*float64(b) + float64(c))
}
