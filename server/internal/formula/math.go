package formula

import "math"

// mathFunctions are what definitions of numbers rest on.
var mathFunctions = []function{
	{"SUM", 1, -1, false, func(c *call) Value { return sum(c.numbers(0)) }, nil},
	{"PRODUCT", 1, -1, false, product, nil},
	{"MIN", 1, -1, false, func(c *call) Value { return least(c.numbers(0), 1) }, nil},
	{"MAX", 1, -1, false, func(c *call) Value { return least(c.numbers(0), -1) }, nil},
	{".SORT", 1, 1, false, sorted, nil},
	{"MODE.SNGL", 1, -1, false, mode, nil},
	{"MOD", 2, 2, true, remainder, nil},
	{"ATAN2", 2, 2, true, arcTangent, nil},
	{".ROUND", 3, 3, true, rounded, nil},
	{".GCD", 2, 2, true, greatest, nil},
	{".BIT", 3, 3, true, bits, nil},
	{".GAMMA", 3, 3, true, gammaPart, nil},
	{".BETAI", 3, 3, true, func(c *call) Value { return betaPart(c.num(1), c.num(2), c.num(0)) }, nil},
}

func sum(all []float64) (total float64) {
	for _, n := range all {
		total += n
	}
	return total
}

// least is the least of numbers, or the greatest for a sign of -1; of none 0.
func least(all []float64, sign float64) (found float64) {
	for i, n := range all {
		if i == 0 || n*sign < found*sign {
			found = n
		}
	}
	return found
}

func product(c *call) Value {
	all, p := c.numbers(0), 1.0
	for _, n := range all {
		p *= n
	}
	if len(all) == 0 {
		return 0.0
	}
	return p
}

func remainder(c *call) Value {
	n, by := c.num(0), c.num(1)
	if by == 0 {
		return ErrDivide
	}
	r := math.Mod(n, by)
	if r != 0 && (r < 0) != (by < 0) {
		r += by
	}
	return near(r, n, 0)
}

func arcTangent(c *call) Value {
	x, y := c.num(0), c.num(1)
	if x == 0 && y == 0 {
		return ErrDivide
	}
	return math.Atan2(y, x)
}

// rounded rounds the size of a number at a digit: up (1), down (-1), or to the
// nearest (0).
func rounded(c *call) Value {
	return roundTo(c.num(0), c.num(1), c.num(2))
}

func roundTo(n, digits, way float64) float64 {
	scale, size := math.Pow(10, math.Trunc(max(-300, min(300, digits)))), math.Abs(n)
	scaled := Number(size * scale)
	if digits < 0 {
		scaled = Number(size / math.Pow(10, -math.Trunc(max(-300, digits))))
	}
	switch {
	case digits >= 0 && size >= 1e15 || math.IsInf(scaled, 0):
		return n
	case way > 0:
		scaled = math.Ceil(scaled)
	case way < 0:
		scaled = math.Floor(scaled)
	default:
		scaled = math.Round(scaled)
	}
	return math.Copysign(Number(scaled/scale), n)
}

func greatest(c *call) Value {
	a, b := math.Trunc(c.num(0)), math.Trunc(c.num(1))
	for b != 0 {
		a, b = b, math.Mod(a, b)
	}
	return a
}

// bits joins two whole numbers of 48 bits: and (0), or (1), exclusive or (2).
func bits(c *call) Value {
	x, y := c.num(0), c.num(1)
	if min(x, y) < 0 || max(x, y) >= 1<<48 || x != math.Trunc(x) || y != math.Trunc(y) {
		return ErrNumber
	}
	a, b := uint64(x), uint64(y)
	switch c.num(2) {
	case 0:
		return float64(a & b)
	case 1:
		return float64(a | b)
	}
	return float64(a ^ b)
}
