package formula

import (
	"math"
	"strings"
)

// called is a function with its arguments, as a formula has it.
type called struct {
	name string
	args []node
}

func (n *called) eval(s *scope) Value {
	f, known := s.functions[n.name]
	switch {
	case !known:
		s.miss("the function " + n.name + " is not calculated")
		return ErrName
	case !f.takes(len(n.args)):
		return ErrValue
	case !s.spend(1):
		return ErrNumber
	case !f.lifted:
		return (&call{scope: s, args: n.args}).run(f)
	}
	args := make([]Value, len(n.args))
	for i, a := range n.args {
		args[i] = a.eval(s)
	}
	return s.lift(args, func(each []Value) Value {
		return (&call{scope: s, got: each}).run(f)
	})
}

// call is a function at work. The first error among the arguments that it reads
// stays and is the result, whatever the function makes of it.
type call struct {
	*scope
	args  []node
	got   []Value // arguments that are calculated
	wrong Error
}

func (c *call) run(f *function) Value {
	var v Value
	if f.do != nil {
		v = f.do(c)
	} else {
		v = f.defined.run(c)
	}
	if c.wrong != "" {
		return c.wrong
	}
	if n, is := v.(float64); is {
		return finite(n)
	}
	return v
}

// fail keeps the first error.
//
//go:noinline
func (c *call) fail(e Error) {
	if c.wrong == "" { // and stays that when e is none
		c.wrong = e
	}
}

// count is how many arguments there are.
//
//go:noinline
func (c *call) count() int { return max(len(c.args), len(c.got)) }

// arg is an argument as it is: a reference, a matrix or a value; errors do not stay.
//
//go:noinline
func (c *call) arg(i int) Value {
	if i >= c.count() {
		return Missing{}
	}
	if c.got == nil {
		c.got = make([]Value, len(c.args))
		for n := range c.got {
			c.got[n] = c // not yet
		}
	}
	if c.got[i] == Value(c) {
		c.got[i] = c.args[i].eval(c.scope)
	}
	return c.got[i]
}

// has reports whether an argument is given and not left empty.
//
//go:noinline
func (c *call) has(i int) bool {
	if i < len(c.args) {
		if n, is := c.args[i].(literal); is && n.value == nil {
			return false
		}
	}
	v := c.arg(i)
	return v != (Missing{})
}

// value is an argument as a single value, whose error stays.
func (c *call) value(i int) Value {
	v := c.single(c.arg(i))
	if e, is := v.(Error); is {
		c.fail(e)
	}
	return v
}

// num is an argument as a number.
func (c *call) num(i int) float64 {
	n, wrong := asNumber(c.value(i))
	c.fail(wrong)
	return n
}

// or is a number that may be left out.
func (c *call) or(i int, standard float64) float64 {
	if c.arg(i) == (Missing{}) {
		return standard
	}
	return c.num(i)
}

// whole is a number without what is behind its point, of a size that counts.
//
//go:noinline
func (c *call) whole(i int, standard int) int {
	return int(math.Trunc(max(-1e12, min(1e12, c.or(i, float64(standard))))))
}

// text is an argument as text.
func (c *call) text(i int) string {
	t, wrong := asText(c.value(i))
	c.fail(wrong)
	return t
}

// yes is an argument as a condition.
func (c *call) yes(i int) bool {
	b, wrong := asBool(c.value(i))
	c.fail(wrong)
	return b
}

// each visits the cells of an argument as far as they are used; of reports whether
// they are cells and not a value that was given.
func (c *call) each(i int, visit func(v Value, cell bool)) {
	c.visit(c.arg(i), visit)
}

func (c *call) visit(v Value, visit func(v Value, cell bool)) {
	switch v := v.(type) {
	case Union:
		for _, r := range v {
			c.visit(r, visit)
		}
	case Ref:
		used, _ := c.book.Used(v.Sheet)
		a := v.Area.Common(used)
		for row := a.Top; row < a.Top+a.Rows; row++ {
			if !c.spend(a.Columns) {
				c.fail(ErrNumber)
				return
			}
			for column := a.Left; column < a.Left+a.Columns; column++ {
				visit(c.Value(v.Sheet, row, column), true)
			}
		}
	case *Matrix:
		for _, cell := range v.Cells {
			visit(cell, true)
		}
	default:
		visit(v, false)
	}
}

// numbers are those of all arguments from one on: of cells the numbers, of values
// given what can be read as one.
func (c *call) numbers(from int) (all []float64) {
	for i := from; i < c.count(); i++ {
		all = append(all, c.numbersOf(i)...)
	}
	return all
}

func (c *call) numbersOf(i int) (all []float64) {
	c.each(i, func(v Value, cell bool) {
		switch v := v.(type) {
		case float64:
			all = append(all, v)
		case Error:
			c.fail(v)
		case bool, string, nil:
			if !cell {
				n, wrong := asNumber(v)
				if wrong != "" {
					c.fail(wrong)
				}
				all = append(all, n)
			}
		}
	})
	return all
}

// grid is an argument as rows and columns of values, read as they are asked for.
type grid struct {
	Area
	of   *scope
	ref  *Ref
	held *Matrix
}

func (c *call) grid(i int) *grid {
	switch v := c.arg(i).(type) {
	case Ref:
		return &grid{v.Area, c.scope, &v, nil}
	case Error:
		c.fail(v)
	case Union:
		c.fail(ErrValue)
	}
	m, wrong := c.matrix(c.arg(i))
	if wrong != "" {
		c.fail(wrong)
		m = &Matrix{1, 1, []Value{nil}}
	}
	return &grid{Area{0, 0, m.Rows, m.Columns}, c.scope, nil, m}
}

// at is a value by row and column, counted from 0.
func (g *grid) at(row, column int) Value {
	switch {
	case !g.of.spend(1):
		return ErrNumber
	case g.ref == nil && (row >= g.Rows || column >= g.Columns):
		return nil
	case g.ref == nil:
		return g.held.Cells[row*g.Columns+column]
	case g.Top+row >= SheetRows || g.Left+column >= SheetColumns:
		return nil
	}
	return g.of.Value(g.ref.Sheet, g.Top+row, g.Left+column)
}

// used is how many of its rows and columns may hold something.
func (g *grid) used() (rows, columns int) {
	if g.ref == nil {
		return g.Rows, g.Columns
	}
	a, _ := g.of.book.Used(g.ref.Sheet)
	return max(0, min(g.Rows, a.Top+a.Rows-g.Top)), max(0, min(g.Columns, a.Left+a.Columns-g.Left))
}

// part is rows and columns of a grid: a reference of a reference.
func (g *grid) part(row, column, rows, columns int) Value {
	if g.ref != nil {
		return g.of.ref(Ref{g.ref.Sheet, Area{g.Top + row, g.Left + column, rows, columns}})
	}
	if rows == 1 && columns == 1 {
		return g.at(row, column)
	}
	m := &Matrix{rows, columns, make([]Value, 0, rows*columns)}
	for i := range rows * columns {
		m.Cells = append(m.Cells, g.at(row+i/columns, column+i%columns))
	}
	return m
}

// line is a grid of one row or column as a list; long is how far it is used.
func (g *grid) line() (at func(i int) Value, long int) {
	rows, columns := g.used()
	if g.Rows == 1 {
		return func(i int) Value { return g.at(0, i) }, columns
	}
	return func(i int) Value { return g.at(i, 0) }, rows
}

// fold compares texts without regard to case.
//
//go:noinline
func fold(a, b string) bool { return strings.EqualFold(a, b) }
