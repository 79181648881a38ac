package formula

import (
	"math"
	"sort"
)

// The distributions rest on two functions: the incomplete gamma and the incomplete
// beta function.

// lanczos are the coefficients of an approximation of the gamma function.
var lanczos = [...]float64{676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
	-0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7}

// logGamma is the logarithm of the gamma function above 0.
func logGamma(x float64) float64 {
	if x < 0.5 {
		return math.Log(math.Pi/math.Sin(math.Pi*x)) - logGamma(1-x)
	}
	total := 0.99999999999980993
	for i, k := range lanczos {
		total += k / (x + float64(i))
	}
	return math.Log(2*math.Pi)/2 + (x-0.5)*math.Log(x+6.5) - x - 6.5 + math.Log(total)
}

// gammaPart is the regularized incomplete gamma function: the lower (0) or the
// upper part (1).
func gammaPart(c *call) Value {
	a, x, upper := c.num(0), c.num(1), c.num(2)
	if x <= 0 || x > 1e300 {
		return math.Abs(upper - truth(x > 0))
	}
	front := math.Exp(a*math.Log(x) - x - logGamma(a))
	if x < a+1 {
		term, total := 1/a, 1/a
		for n := 1.0; n < 2000 && math.Abs(term) > math.Abs(total)*1e-17; n++ {
			term *= x / (a + n)
			total += term
		}
		return math.Abs(upper - total*front)
	}
	return math.Abs(1 - upper - front*fraction(x+1-a, func(n float64) (float64, float64) {
		return -n * (n - a), x + 2*n + 1 - a
	}))
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// fraction is one over the continued fraction that begins with b; step gives the
// n-th partial numerator and denominator.
func fraction(b float64, step func(n float64) (a, b float64)) float64 {
	const tiny = 1e-300
	f := b
	if f == 0 {
		f = tiny
	}
	c, d := f, 0.0
	for n := 1.0; n < 2000; n++ {
		numerator, denominator := step(n)
		if d = denominator + numerator*d; d == 0 {
			d = tiny
		}
		if c = denominator + numerator/c; c == 0 {
			c = tiny
		}
		d = 1 / d
		f *= c * d
		if math.Abs(c*d-1) < 1e-16 {
			break
		}
	}
	return 1 / f
}

// betaPart is the regularized incomplete beta function.
func betaPart(a, b, x float64) float64 {
	switch {
	case math.IsNaN(x):
		return x
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaPart(b, a, 1-x)
	}
	front := math.Exp(logGamma(a+b)-logGamma(a)-logGamma(b)+a*math.Log(x)+b*math.Log1p(-x)) / a
	return front * fraction(1, func(n float64) (float64, float64) {
		m := math.Floor(n / 2)
		if n == 2*m {
			return m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m)), 1
		}
		return -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1)), 1
	})
}

// sorted is the numbers of an argument in their order.
func sorted(c *call) Value {
	all := c.numbersOf(0)
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	return column(all)
}

// mode is the first of the numbers that are there most often.
func mode(c *call) Value {
	all := c.numbers(0)
	times, most := map[float64]int{}, 1
	for _, n := range all {
		times[n]++
		most = max(most, times[n])
	}
	for _, n := range all {
		if most > 1 && times[n] == most {
			return n
		}
	}
	return ErrNA
}
