package formula

import "math"

// binary is an operator with what it joins; a sign has nothing to its left.
type binary struct {
	op          string
	left, right node
}

func (n binary) eval(s *scope) Value {
	if !s.spend(1) {
		return ErrNumber
	}
	var left Value = 0.0
	if n.left != nil {
		left = n.left.eval(s)
	}
	right := n.right.eval(s)
	return s.lift([]Value{left, right}, func(args []Value) Value { return operate(n.op, args[0], args[1]) })
}

// sure is a value behind "+": a range becomes its values.
type sure struct{ of node }

func (n sure) eval(s *scope) Value {
	return s.lift([]Value{n.of.eval(s)}, func(args []Value) Value { return args[0] })
}

// operate joins two single values.
func operate(op string, a, b Value) Value {
	for _, v := range []Value{a, b} {
		if e, is := v.(Error); is {
			return e
		}
	}
	switch op {
	case "&":
		return joined(a, b)
	case "+", "-", "*", "/", "^":
		x, wrong := asNumber(a)
		y, also := asNumber(b)
		switch {
		case wrong != "":
			return wrong
		case also != "":
			return also
		}
		return arithmetic(op, x, y)
	}
	return decide(op, compare(a, b))
}

func joined(a, b Value) Value {
	x, _ := asText(a)
	y, _ := asText(b)
	if len(x)+len(y) > mostText {
		return ErrValue
	}
	return x + y
}

func decide(op string, order int) bool {
	switch op {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order >= 0
}

func arithmetic(op string, x, y float64) Value {
	switch op {
	case "+":
		return finite(near(x+y, x, y))
	case "-":
		return finite(near(x-y, x, y))
	case "*":
		return finite(x * y)
	case "/":
		if y == 0 {
			return ErrDivide
		}
		return finite(x / y)
	}
	switch {
	case x == 0 && y == 0:
		return ErrNumber
	case x == 0 && y < 0:
		return ErrDivide
	}
	return finite(math.Pow(x, y))
}

// single is the first value of what may be many.
func (c *Calculator) single(v Value) Value {
	switch v := v.(type) {
	case Ref:
		return c.Value(v.Sheet, v.Top, v.Left)
	case Union:
		return ErrValue
	case *Matrix:
		return v.Cells[0]
	}
	return v
}

// many reports whether a value has more than one cell.
//
//go:noinline
func many(v Value) bool {
	switch v := v.(type) {
	case Ref:
		return v.Rows*v.Columns > 1
	case *Matrix:
		return len(v.Cells) > 1
	}
	return false
}

// matrix is all values of a reference, as far as cells are used.
func (c *Calculator) matrix(v Value) (*Matrix, Error) {
	switch v := v.(type) {
	case *Matrix:
		return v, ""
	case Ref:
		a := c.clipped(v)
		if n := a.Rows * a.Columns; n > mostMatrix || !c.spend(n) {
			return nil, ErrNumber
		}
		m := &Matrix{a.Rows, a.Columns, make([]Value, 0, a.Rows*a.Columns)}
		for i := range a.Rows * a.Columns {
			m.Cells = append(m.Cells, c.Value(v.Sheet, a.Top+i/a.Columns, a.Left+i%a.Columns))
		}
		return m, ""
	case Union:
		return nil, ErrValue
	case Error:
		return nil, v
	}
	return &Matrix{1, 1, []Value{v}}, ""
}

// clipped is an area without what is behind the last used row and column, where
// whole rows or columns were meant; one cell stays.
func (c *Calculator) clipped(r Ref) Area {
	used, _ := c.book.Used(r.Sheet)
	a := r.Area
	if a.Rows*a.Columns > 1<<12 {
		a.Rows = max(1, min(a.Rows, used.Top+used.Rows-a.Top))
		a.Columns = max(1, min(a.Columns, used.Left+used.Columns-a.Left))
	}
	return a
}

// lift calls a function of single values: once, or for each cell where an argument
// has many. What one argument lacks is #N/A; a single row, column or value is
// for all.
func (s *scope) lift(args []Value, do func([]Value) Value) Value {
	rows, columns := 1, 1
	matrices := make([]*Matrix, len(args))
	for i, a := range args {
		if !many(a) {
			args[i] = s.single(a)
			continue
		}
		m, wrong := s.matrix(a)
		if wrong != "" {
			return wrong
		}
		matrices[i] = m
		rows, columns = max(rows, m.Rows), max(columns, m.Columns)
	}
	if rows*columns == 1 {
		return do(firsts(args, matrices))
	}
	if rows*columns > mostMatrix || !s.spend(rows*columns) {
		return ErrNumber
	}
	out := &Matrix{rows, columns, make([]Value, 0, rows*columns)}
	for i := range rows * columns {
		v := do(cellsAt(args, matrices, i/columns, i%columns))
		if t, is := v.(string); is && !s.spend(len(t)/16) {
			return ErrNumber
		}
		out.Cells = append(out.Cells, v)
	}
	return out
}

func firsts(args []Value, matrices []*Matrix) []Value { return cellsAt(args, matrices, 0, 0) }

// cellsAt are the arguments of one cell.
func cellsAt(args []Value, matrices []*Matrix, row, column int) []Value {
	each := make([]Value, len(args))
	for i, m := range matrices {
		if each[i] = args[i]; m != nil {
			each[i] = m.spread(row, column)
		}
	}
	return each
}

// spread is a cell of a matrix whose single row or column is for all.
func (m *Matrix) spread(row, column int) Value {
	if m.Rows == 1 {
		row = 0
	}
	if m.Columns == 1 {
		column = 0
	}
	if row >= m.Rows || column >= m.Columns {
		return ErrNA
	}
	return m.Cells[row*m.Columns+column]
}
