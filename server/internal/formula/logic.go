package formula

// logicFunctions are functions of conditions; what is not asked for is not
// calculated.
var logicFunctions = []function{
	{"IF", 2, 3, false, condition, nil},
	{"IFERROR", 2, 2, false, func(c *call) Value { return c.unless(0) }, nil},
	{"IFNA", 2, 2, false, func(c *call) Value { return c.unless(kindError + 7) }, nil},
	{"IFS", 2, -1, false, conditions, nil},
	{"SWITCH", 3, -1, false, cases, nil},
	{"CHOOSE", 2, -1, false, choose, nil},
	{"AND", 1, -1, false, func(c *call) Value { return c.truths(func(all, yes int) bool { return all == yes }) }, nil},
	{"OR", 1, -1, false, func(c *call) Value { return c.truths(func(_, yes int) bool { return yes > 0 }) }, nil},
	{"XOR", 1, -1, false, func(c *call) Value { return c.truths(func(_, yes int) bool { return yes%2 == 1 }) }, nil},
	{".KIND", 1, 1, true, func(c *call) Value { return float64(kindOf(c.arg(0))) }, nil},
}

// kinds of values; an error's is above kindError, by its number.
const (
	kindMissing = -1
	kindNumber  = 1
	kindText    = 2
	kindBool    = 4
	kindError   = 16
)

//go:noinline
func kindOf(v Value) int {
	switch v := v.(type) {
	case nil:
		return 0
	case float64:
		return kindNumber
	case string:
		return kindText
	case bool:
		return kindBool
	case Error:
		for i, e := range errorCodes {
			if e == v {
				return kindError + i + 1
			}
		}
	}
	return kindMissing
}

// condition is IF.
func condition(c *call) Value {
	if !many(c.arg(0)) {
		return choice(c)
	}
	return c.lift([]Value{c.arg(0), c.branch(1), c.otherwise()}, func(a []Value) Value {
		each := &call{scope: c.scope, got: a}
		if v := choice(each); each.wrong == "" {
			return v
		}
		return each.wrong
	})
}

// choice is IF of one condition.
func choice(c *call) Value {
	if c.yes(0) {
		return c.branch(1)
	}
	return c.otherwise()
}

// otherwise is what IF says of a condition that does not hold.
func (c *call) otherwise() Value {
	if c.count() < 3 || c.arg(2) == (Missing{}) {
		return false
	}
	return c.branch(2)
}

// branch is an argument as a result; an empty one is 0.
//
//go:noinline
func (c *call) branch(i int) Value {
	if v := c.arg(i); v != nil && v != (Missing{}) {
		return v
	}
	return 0.0
}

// unless is the first argument, or the second in the place of errors of a kind, or
// of all errors.
func (c *call) unless(kind int) Value {
	wrong := func(v Value) bool {
		k := kindOf(v)
		return k > kindError && (kind == 0 || k == kind)
	}
	v := c.branch(0)
	if many(v) {
		return c.lift([]Value{v, c.arg(1)}, func(a []Value) Value {
			if wrong(a[0]) {
				return a[1]
			}
			return a[0]
		})
	}
	if wrong(c.single(v)) {
		return c.branch(1)
	}
	return v
}

func conditions(c *call) Value {
	for i := 0; i+1 < c.count(); i += 2 {
		if yes := c.yes(i); yes || c.wrong != "" {
			return c.branch(i + 1)
		}
	}
	return ErrNA
}

func cases(c *call) Value {
	v, i := c.value(0), 1
	for ; i+1 < c.count() && c.wrong == ""; i += 2 {
		if w := c.value(i); rank(v) == rank(w) && compare(v, w) == 0 {
			return c.branch(i + 1)
		}
	}
	if i < c.count() {
		return c.branch(i)
	}
	return ErrNA
}

func choose(c *call) Value {
	n := c.whole(0, 0)
	if n < 1 || n >= c.count() {
		return ErrValue
	}
	return c.branch(n)
}

// truths decides by how many conditions there are among all arguments, and how many
// hold; texts in cells are none.
func (c *call) truths(decide func(all, yes int) bool) Value {
	all, yes := 0, 0
	for i := range c.count() {
		c.each(i, func(v Value, cell bool) {
			if k := kindOf(v); k < 0 || cell && (k == 0 || k == kindText) {
				return
			}
			holds, wrong := asBool(v)
			c.fail(wrong)
			if all++; holds {
				yes++
			}
		})
	}
	if all == 0 {
		return ErrValue
	}
	return decide(all, yes)
}
