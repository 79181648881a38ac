package formula

import "strings"

// countFunctions are functions that count, and choose what meets criteria.
var countFunctions = []function{
	{"COUNT", 1, -1, false, func(c *call) Value { return c.tally(true) }, nil},
	{"COUNTA", 1, -1, false, func(c *call) Value { return c.tally(false) }, nil},
	{"COUNTIFS", 2, -1, false, func(c *call) Value { return c.meeting(0, nil) }, nil},
	{"SUMIFS", 3, -1, false, func(c *call) Value { return c.chosen("SUM") }, nil},
	{"AVERAGEIFS", 3, -1, false, func(c *call) Value { return c.chosen("AVERAGE") }, nil},
	{"MAXIFS", 3, -1, false, func(c *call) Value { return c.chosen("MAX") }, nil},
	{"MINIFS", 3, -1, false, func(c *call) Value { return c.chosen("MIN") }, nil},
	{"SUMPRODUCT", 1, -1, false, sumProduct, nil},
	{"SUBTOTAL", 2, -1, false, subtotal, nil},
	{".RECORDS", 3, 3, false, records, nil},
}

// tally counts the values of all arguments, or the numbers among them; values that
// are given count when they can be read as one.
func (c *call) tally(numbers bool) Value {
	n := 0.0
	for i := range c.count() {
		c.each(i, func(v Value, cell bool) {
			k := kindOf(v)
			counts := k > 0 || k == 0 && !cell
			if numbers {
				_, wrong := asNumber(v)
				counts = k == kindNumber || !cell && k >= 0 && wrong == ""
			}
			if counts {
				n++
			}
		})
	}
	return n
}

// meeting counts the cells that meet all criteria, and visits those of them that
// may hold something. The arguments from one on are ranges and criteria by turns.
func (c *call) meeting(from int, visit func(row, column int)) Value {
	var grids []*grid
	var tests []*criterion
	rows, columns, blank := 0, 0, true
	for i := from; i < c.count(); i += 2 {
		g, test := c.grid(i), criterionOf(c.single(c.arg(i+1)))
		if i > from && (g.Rows != grids[0].Rows || g.Columns != grids[0].Columns) {
			return ErrValue
		}
		r, k := g.used()
		rows, columns, blank = max(rows, r), max(columns, k), blank && test.holds(nil)
		grids, tests = append(grids, g), append(tests, test)
	}
	n := 0.0
	for i := 0; i < rows*columns && c.wrong == ""; i++ {
		if c.meet(grids, tests, i/columns, i%columns) {
			if n++; visit != nil {
				visit(i/columns, i%columns)
			}
		}
	}
	if blank {
		n += float64(grids[0].Rows*grids[0].Columns - rows*columns)
	}
	return n
}

func (c *call) meet(grids []*grid, tests []*criterion, row, column int) bool {
	for i, g := range grids {
		v := g.at(row, column)
		t, _ := v.(string)
		if !c.spend(1 + len(t)/16) {
			c.fail(ErrNumber)
		}
		if !tests[i].holds(v) {
			return false
		}
	}
	return true
}

// chosen calls a function of the numbers of the first argument in the places where
// others meet criteria.
func (c *call) chosen(name string) Value {
	var all []float64
	from := c.grid(0)
	if v := c.meeting(1, func(row, column int) {
		v := from.at(row, column)
		if n, is := v.(float64); is {
			all = append(all, n)
		} else if e, is := v.(Error); is {
			c.fail(e)
		}
	}); kindOf(v) > kindError {
		return v
	}
	return c.apply(name, column(all))
}

// apply calls another function.
func (c *call) apply(name string, args ...Value) Value {
	return (&call{scope: c.scope, got: args}).run(c.functions[name])
}

// sumProduct adds up the products of what stands in the same places; what is no
// number is 0.
func sumProduct(c *call) Value {
	var total Value = 1.0
	for i := range c.count() {
		if g := c.grid(i); g.Rows != c.grid(0).Rows || g.Columns != c.grid(0).Columns {
			return ErrValue
		}
		total = c.lift([]Value{total, c.arg(i)}, func(a []Value) Value {
			for _, v := range a {
				if kindOf(v) > kindError {
					return v
				}
			}
			x, _ := a[0].(float64)
			y, _ := a[1].(float64)
			return x * y
		})
	}
	return c.apply("SUM", total)
}

// subtotals are the functions that SUBTOTAL names by number, from 1.
const subtotals = "AVERAGE COUNT COUNTA MAX MIN PRODUCT STDEV.S STDEV.P SUM VAR.S VAR.P"

// subtotal leaves the cells out that are subtotals themselves.
func subtotal(c *call) Value {
	n, names := c.whole(0, 0)%100, strings.Fields(subtotals)
	if n < 1 || n > len(names) {
		return ErrValue
	}
	var args []Value
	for i := 1; i < c.count(); i++ {
		r, is := c.arg(i).(Ref)
		m, wrong := c.matrix(c.arg(i))
		if c.fail(wrong); !is || wrong != "" {
			return c.notReference(c.arg(i))
		}
		for i := range m.Cells {
			_, text := c.book.Cell(r.Sheet, r.Top+i/m.Columns, r.Left+i%m.Columns)
			if strings.Contains(strings.ToUpper(text), "SUBTOTAL(") {
				m.Cells[i] = nil
			}
		}
		args = append(args, m)
	}
	return c.apply(names[n-1], args...)
}

// records are the values of a column of a list with headers, in the rows that meet
// one of the rows of criteria; without a column the rows themselves.
func records(c *call) Value {
	list, criteria := c.grid(0), c.grid(2)
	rows, _ := list.used()
	column := -1
	if c.arg(1) != (Missing{}) && c.arg(1) != nil {
		column = c.field(list, c.value(1))
	}
	found := &Matrix{Columns: 1}
	for row := 1; row < rows && c.wrong == ""; row++ {
		v := Value(float64(row))
		if column >= 0 {
			v = list.at(row, column)
		}
		if v != nil && c.recordMeets(list, row, criteria) {
			found.Cells = append(found.Cells, v)
		}
	}
	return found.orNone()
}

// field is a column by its header or its number.
func (c *call) field(list *grid, v Value) int {
	_, columns := list.used()
	for i := range columns {
		t, _ := asText(list.at(0, i))
		if name, is := v.(string); is && fold(t, name) || v == float64(i+1) {
			return i
		}
	}
	c.fail(ErrValue)
	return 0
}

// recordMeets reports whether a row meets all criteria of a row of them.
func (c *call) recordMeets(list *grid, row int, criteria *grid) bool {
	for i := 1; i < criteria.Rows; i++ {
		meets := true
		for column := 0; column < criteria.Columns && meets; column++ {
			v := criteria.at(i, column)
			if v == nil {
				continue
			}
			test := criterionOf(v)
			if test.op == "" && test.text != "" {
				test.pattern = append(test.pattern, '*')
			}
			meets = test.holds(list.at(row, c.field(list, criteria.at(0, column))))
		}
		if meets {
			return true
		}
	}
	return false
}
