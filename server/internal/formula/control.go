package formula

import "math"

// controls are functions whose arguments are calculated for other values of a name.
// Those with a point in front are for definitions.
var controls = []function{
	{"LET", 3, -1, false, let, nil},
	{".FOLD", 6, 6, false, foldUp, nil},
	{".INV", 4, 4, false, inverse, nil},
	{".ROOT", 3, 3, false, root, nil},
}

// name is an argument that names something.
//
//go:noinline
func (c *call) name(i int) string {
	if i < len(c.args) {
		if n, is := c.args[i].(named); is {
			return n.name
		}
	}
	c.fail(ErrName)
	return ""
}

func let(c *call) Value {
	s := c.scope
	for i := 0; i+1 < len(c.args); i += 2 {
		s = s.with(c.name(i), c.args[i+1].eval(s))
	}
	if len(c.args)%2 == 0 {
		return ErrValue
	}
	return c.args[len(c.args)-1].eval(s)
}

// foldUp counts from one number to another, and calculates a value from the one
// before: a name, both numbers, the value's name, what it is at first, the formula.
func foldUp(c *call) Value {
	k, from, to, v := c.name(0), c.num(1), c.num(2), c.value(4)
	for ; from <= to && c.wrong == ""; from++ {
		if !c.spend(1) {
			return ErrNumber
		}
		v = c.single(c.args[5].eval(c.with(c.name(3), v).with(k, from)))
		if e, is := v.(Error); is {
			return e
		}
	}
	return v
}

// formulaOf is the formula of an argument for a value of the first, which is a name.
func (c *call) formulaOf(i int) func(x float64) float64 {
	name := c.name(0)
	return func(x float64) float64 {
		n, wrong := asNumber(c.single(c.args[i].eval(c.with(name, x))))
		if wrong != "" {
			return math.NaN()
		}
		return n
	}
}

// inverse finds where a formula that grows comes to a value, from a number on.
func inverse(c *call) Value {
	f, p, low := c.formulaOf(1), c.num(2), c.num(3)
	high := low + 1
	for ; f(high) < p && high < 1e300; high *= 2 {
		low = high
		if high <= 0 {
			high = 0.5
		}
	}
	for range 1100 {
		middle := low + (high-low)/2
		if middle == low || middle == high {
			break
		}
		if f(middle) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}

// root finds where a formula of a rate is 0, near a guess or else anywhere above -1.
func root(c *call) Value {
	f, x := c.formulaOf(1), c.num(2)
	for range 50 {
		h := 1e-6 * max(1, math.Abs(x))
		next := x - f(x)/((f(x+h)-f(x-h))/(2*h))
		if math.IsNaN(next) || math.IsInf(next, 0) || next <= -1 {
			break
		}
		if math.Abs(next-x) < 1e-13*max(1, math.Abs(x)) {
			return next
		}
		x = next
	}
	return bracketed(f)
}

// bracketed looks for a change of sign, and halves.
func bracketed(f func(float64) float64) float64 {
	low := -0.9999
	for high := -0.99; high < 1e4; high += max(0.01, math.Abs(high)/10) {
		if a := f(low); a*f(high) <= 0 {
			for range 200 {
				middle := (low + high) / 2
				if f(middle)*a > 0 {
					low = middle
				} else {
					high = middle
				}
			}
			return high
		}
		low = high
	}
	return math.NaN()
}
