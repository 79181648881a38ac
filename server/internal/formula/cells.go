package formula

// otherFunctions are those about cells, worksheets, time and chance.
var otherFunctions = []function{
	{"ISREF", 1, 1, false, func(c *call) Value { _, is := c.arg(0).(Ref); return is }, nil},
	{"ISFORMULA", 1, 1, false, func(c *call) Value { return c.formula(0) != "" }, nil},
	{"FORMULATEXT", 1, 1, false, formulaText, nil},
	{"ROW", 0, 1, false, func(c *call) Value { return c.numbered(true) }, nil},
	{"COLUMN", 0, 1, false, func(c *call) Value { return c.numbered(false) }, nil},
	{"ROWS", 1, 1, false, func(c *call) Value { return float64(c.grid(0).Rows) }, nil},
	{"COLUMNS", 1, 1, false, func(c *call) Value { return float64(c.grid(0).Columns) }, nil},
	{"AREAS", 1, 1, false, areas, nil},
	{"SHEETS", 0, 1, false, func(c *call) Value {
		if c.count() > 0 && c.arg(0) != (Missing{}) {
			return 1.0
		}
		return float64(len(c.book.Sheets()))
	}, nil},
	{"SHEET", 0, 1, false, sheetNumber, nil},
	{"NOW", 0, 0, false, func(c *call) Value { return serial(c.book.Now().UTC()) }, nil},
	{"RAND", 0, 0, false, func(c *call) Value { return c.book.Random() }, nil},
	{"SEQUENCE", 1, 1, false, func(c *call) Value { return c.sequence(0, c.whole(0, 1), true) }, nil},
}

func formulaText(c *call) Value {
	if t := c.formula(0); t != "" {
		return t
	}
	return ErrNA
}

// formula is the text of a cell's formula.
func (c *call) formula(i int) string {
	r, is := c.arg(i).(Ref)
	if !is {
		return ""
	}
	_, text := c.book.Cell(r.Sheet, r.Top, r.Left)
	return text
}

func areas(c *call) Value {
	switch v := c.arg(0).(type) {
	case Union:
		return float64(len(v))
	case Ref:
		return 1.0
	}
	return ErrValue
}

// numbered are the numbers of the rows or columns of a reference.
func (c *call) numbered(rows bool) Value {
	r := c.scope.at
	if v := c.arg(0); v != (Missing{}) {
		given, is := v.(Ref)
		if !is {
			return c.notReference(v)
		}
		r = given
	}
	a := c.clipped(r)
	if rows {
		return c.sequence(a.Top, a.Rows, true)
	}
	return c.sequence(a.Left, a.Columns, false)
}

// sequence counts on from a number, in a column or a row.
func (c *call) sequence(from, n int, down bool) Value {
	if n < 1 || n > mostMatrix || !c.spend(n) {
		return ErrNumber
	}
	m := &Matrix{n, 1, nil}
	if !down {
		m.Rows, m.Columns = 1, n
	}
	for i := range n {
		m.Cells = append(m.Cells, float64(from+i+1))
	}
	return m
}

// notReference is the error of what should have been a reference.
func (c *call) notReference(v Value) Value {
	if e, is := v.(Error); is {
		return e
	}
	return ErrValue
}

func sheetNumber(c *call) Value {
	name := c.scope.at.Sheet
	switch v := c.arg(0).(type) {
	case Missing:
	case Ref:
		name = v.Sheet
	default:
		name = c.text(0)
	}
	for i, sheet := range c.book.Sheets() {
		if fold(sheet, name) {
			return float64(i + 1)
		}
	}
	return ErrNA
}
