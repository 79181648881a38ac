package formula

import "strings"

// lookups are functions that find places; what stands there is a matter of
// definitions.
var lookups = []function{
	{"MATCH", 2, 3, false, match, nil},
	{"XMATCH", 2, 4, false, extendedMatch, nil},
	{"INDEX", 2, 4, false, index, nil},
	{"OFFSET", 3, 5, false, offset, nil},
	{"INDIRECT", 1, 2, false, indirect, nil},
	{"TRANSPOSE", 1, 1, false, transpose, nil},
	{"ADDRESS", 2, 5, true, address, nil},
}

func transpose(c *call) Value {
	m, wrong := c.matrix(c.arg(0))
	if wrong != "" {
		return wrong
	}
	out := &Matrix{m.Columns, m.Rows, nil}
	for i := range m.Cells {
		out.Cells = append(out.Cells, m.Cells[i%m.Rows*m.Columns+i/m.Rows])
	}
	return out
}

// match finds the same value (0), the last that is not greater (1), or not less in
// a list that falls (-1).
func match(c *call) Value {
	v, kind := orZero(c.value(0)), c.whole(2, 1)
	at, long := c.grid(1).line()
	if kind == 0 {
		return counted(c.nearest(v, at, long, 2))
	}
	found := -1
	for i := range long {
		other := at(i)
		if !comparable(other, v) {
			continue
		}
		d := compare(other, v)
		if kind < 0 {
			d = -d
		}
		if d > 0 {
			break
		}
		if found = i; kind < 0 && d == 0 {
			break
		}
	}
	return counted(found)
}

// counted is a place counted from 1; none is #N/A.
//
//go:noinline
func counted(i int) Value {
	if i < 0 {
		return ErrNA
	}
	return float64(i + 1)
}

// orZero is a value in the place of an empty cell, too.
//
//go:noinline
func orZero(v Value) Value {
	if v == nil {
		return 0.0
	}
	return v
}

// comparable reports whether a value in a list can be what is looked for.
func comparable(other, v Value) bool {
	k := kindOf(other)
	return k > 0 && k < kindError && rank(other) == rank(v)
}

// extendedMatch finds the same value, else the next less (-1) or greater (1), or
// what a text with wildcards (2) says; from the end when the last argument is -1.
func extendedMatch(c *call) Value {
	at, long := c.grid(1).line()
	if c.whole(3, 1) >= 0 {
		return counted(c.nearest(orZero(c.value(0)), at, long, c.whole(2, 0)))
	}
	i := c.nearest(orZero(c.value(0)), func(i int) Value { return at(long - 1 - i) }, long, c.whole(2, 0))
	if i >= 0 {
		i = long - 1 - i
	}
	return counted(i)
}

// nearest finds a value, or the next one below or above it.
func (c *call) nearest(v Value, at func(int) Value, long, kind int) int {
	var nearest Value
	best := -1
	t, _ := v.(string)
	pattern := patternOf(t)
	wild := kind == 2 && strings.ContainsAny(t, "*?~")
	for i := 0; i < long && c.wrong == ""; i++ {
		other := at(i)
		if !comparable(other, v) {
			continue
		}
		d := compare(other, v)
		if wild {
			d = 1
			if s, _ := other.(string); c.spend(len(s)/16) && matches(pattern, []rune(strings.ToLower(s))) {
				d = 0
			}
		}
		if d == 0 {
			return i
		}
		if kind != 0 && kind != 2 && d > 0 == (kind > 0) && (best < 0 || compare(other, nearest) > 0 == (kind < 0)) {
			best, nearest = i, other
		}
	}
	return best
}

// index is a cell of a range, or a whole row or column where the other is 0.
func index(c *call) Value {
	if u, is := c.arg(0).(Union); is {
		n := c.whole(3, 1)
		if n < 1 || n > len(u) {
			return ErrRef
		}
		c.got[0] = u[n-1]
	}
	g := c.grid(0)
	row, column, rows, columns := c.whole(1, 0), c.whole(2, 0), 1, 1
	if c.arg(2) == (Missing{}) {
		if g.Rows == 1 {
			row, column = 1, row
		} else if g.Columns == 1 {
			column = 1
		}
	}
	switch {
	case row < 0 || column < 0:
		return ErrValue
	case row > g.Rows || column > g.Columns:
		return ErrRef
	}
	if row == 0 {
		row, rows = 1, g.Rows
	}
	if column == 0 {
		column, columns = 1, g.Columns
	}
	return g.part(row-1, column-1, rows, columns)
}

// offset moves a reference, and gives it another size.
func offset(c *call) Value {
	r, isRef := c.arg(0).(Ref)
	if !isRef {
		return c.notReference(c.arg(0))
	}
	r.Top, r.Left = r.Top+c.whole(1, 0), r.Left+c.whole(2, 0)
	if c.has(3) {
		r.Rows = c.whole(3, 1)
	}
	if c.has(4) {
		r.Columns = c.whole(4, 1)
	}
	if r.Rows < 0 {
		r.Top, r.Rows = r.Top+r.Rows+1, -r.Rows
	}
	if r.Columns < 0 {
		r.Left, r.Columns = r.Left+r.Columns+1, -r.Columns
	}
	return c.ref(r)
}

// indirect is the reference that a text says.
func indirect(c *call) Value {
	text := c.text(0)
	if c.or(1, 1) == 0 {
		text, _ = FromR1C1(text, c.scope.at.Top, c.scope.at.Left)
	}
	n, _, err := parse(text)
	if err != nil || !isReference(n) || c.names > 20 {
		return ErrRef
	}
	switch v := n.eval(&scope{Calculator: c.Calculator, at: c.scope.at, names: c.names + 1}).(type) {
	case Ref, Union:
		return v
	}
	return ErrRef
}

// address writes a cell's address: fixed as 1 to 4 say, by letters or by distance.
func address(c *call) Value {
	row, column, kind := c.whole(0, 0), c.whole(1, 0), 1
	if v := c.arg(2); v != nil {
		kind = c.whole(2, 1)
	}
	if row < 1 || column < 1 || row > SheetRows || column > SheetColumns || kind < 1 || kind > 4 {
		return ErrValue
	}
	at := corner{row - 1, column - 1, kind <= 2, kind%2 == 1}
	t := at.String()
	if v := c.arg(3); v != nil && c.or(3, 1) == 0 {
		t = at.distant(-1, -1)
	}
	if sheet := c.text(4); sheet != "" {
		t = Sheeted(sheet, t)
	}
	return t
}

// Sheeted is an address with its worksheet: "Sheet1!A1", "'My sheet'!A1".
func Sheeted(sheet, address string) string {
	if wordEnd(sheet, 0) < len(sheet) || strings.ContainsAny(sheet, "$?\\") {
		sheet = "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	}
	return sheet + "!" + address
}
