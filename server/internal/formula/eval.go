package formula

import (
	"strings"
	"time"
)

// Book is a workbook as formulas see it. Names of worksheets count without case.
type Book interface {
	// Used is the least area of a worksheet that holds all its values; false for
	// a worksheet that is not there.
	Used(sheet string) (Area, bool)
	// Cell is what a cell holds: a value, or a formula, "" for none, with the value
	// that it had last, if that is known.
	Cell(sheet string, row, column int) (Value, string)
	// Name is the formula that a name stands for, on a worksheet or everywhere.
	Name(sheet, name string) (string, bool)
	// Table finds a table by its name, or by a cell of it where that is "".
	Table(name string, at Ref) (Table, bool)
	// Sheets are the worksheets' names in their order.
	Sheets() []string
	Now() time.Time
	// Random is a number from 0 to below 1.
	Random() float64
}

// Table is where a table is, headers included.
type Table struct {
	Ref
	Headers []string
}

// Limits of one [Calculator].
const (
	mostSteps  = 1_000_000
	mostDepth  = 4_000 // cells that need each other
	mostMatrix = 1 << 18
	mostText   = 32767
)

// Calculator calculates cells of a book that does not change meanwhile, each once.
type Calculator struct {
	book      Book
	functions map[string]*function // by which the tables need not know the library
	known     map[Ref]Value        // of cells with formulas
	open      map[Ref]bool
	depth     int
	left      int // steps
	notes     []string
	unknown   int // how often something was met that cannot be calculated
}

// New returns a calculator for a book as it is now.
func New(book Book) *Calculator {
	return &Calculator{book: book, functions: library(), known: map[Ref]Value{}, open: map[Ref]bool{}, left: mostSteps}
}

// Notes tell what a result does not show, each once.
func (c *Calculator) Notes() []string { return c.notes }

//go:noinline
func (c *Calculator) note(text string) {
	for _, known := range c.notes {
		if known == text {
			return
		}
	}
	c.notes = append(c.notes, text)
}

// Value is what a cell shows.
func (c *Calculator) Value(sheet string, row, column int) Value {
	v, text := c.book.Cell(sheet, row, column)
	if text == "" {
		return v
	}
	at := Ref{strings.ToLower(sheet), Area{row, column, 1, 1}}
	if v, is := c.known[at]; is {
		return v
	}
	switch {
	case c.open[at]:
		c.note("a circular reference has the value 0")
		return 0.0
	case c.depth >= mostDepth:
		c.miss("the calculation was broken off: too many cells need each other")
		return ErrNumber
	}
	c.open[at] = true
	c.depth++
	unknown := c.unknown
	result := c.Formula(Ref{sheet, at.Area}, text)
	c.depth--
	delete(c.open, at)
	if c.unknown > unknown && v != nil {
		result = v // as the program left it that can
	}
	c.unknown = unknown
	c.known[at] = result
	return result
}

// Formula is the value of a formula in a cell; of a matrix the first.
func (c *Calculator) Formula(at Ref, text string) Value {
	n, _, err := parse(text)
	if err != nil {
		c.miss(err.Error() + ": " + text)
		return ErrName
	}
	return c.result(n.eval(&scope{Calculator: c, at: at}))
}

// Call is the value of a function; arguments left out are [Missing].
func (c *Calculator) Call(name string, at Ref, args []Value) Value {
	for len(args) > 0 && args[len(args)-1] == (Missing{}) {
		args = args[:len(args)-1]
	}
	n := &called{name: name}
	for _, a := range args {
		n.args = append(n.args, literal{a})
	}
	return c.result(n.eval(&scope{Calculator: c, at: at}))
}

// result is a value as a cell holds it.
func (c *Calculator) result(v Value) Value {
	switch v = c.single(v); n := v.(type) {
	case nil, Missing:
		return 0.0
	case float64:
		return finite(Number(n))
	}
	return v
}

// spend reports whether there is work left to do for n more values.
//
//go:noinline
func (c *Calculator) spend(n int) bool {
	if c.left -= n; c.left >= 0 {
		return true
	}
	c.miss("the calculation was broken off: it is too much work")
	return false
}

// miss notes what cannot be calculated.
func (c *Calculator) miss(text string) {
	c.unknown++
	c.note(text)
}

// scope is where a formula is calculated.
type scope struct {
	*Calculator
	at    Ref
	names int // within each other
	bound *binding
}

// binding is a value by a name, before those that were bound earlier.
type binding struct {
	name  string
	value Value
	next  *binding
}

// with is the scope with one more name.
//
//go:noinline
func (s *scope) with(name string, value Value) *scope {
	inner := *s
	inner.bound = &binding{name, value, s.bound}
	return &inner
}

// node is a part of a formula.
type node interface{ eval(s *scope) Value }

// literal is a value as it is written.
type literal struct{ value Value }

func (n literal) eval(*scope) Value { return n.value }

func (r *refNode) eval(s *scope) Value {
	sheet := r.sheet
	if sheet == "" {
		sheet = s.at.Sheet
	}
	return s.ref(Ref{sheet, r.area()})
}

// ref is a reference, if there is such a worksheet.
func (s *scope) ref(r Ref) Value {
	if _, there := s.book.Used(r.Sheet); !there || !r.Valid() {
		return ErrRef
	}
	return r
}

// named is a name.
type named struct{ sheet, name string }

func (n named) eval(s *scope) Value {
	for b := s.bound; b != nil && n.sheet == ""; b = b.next {
		if fold(b.name, n.name) {
			return b.value
		}
	}
	sheet := n.sheet
	if sheet == "" {
		sheet = s.at.Sheet
	}
	text, known := s.book.Name(sheet, n.name)
	if !known {
		if t, is := s.book.Table(n.name, s.at); is {
			return structure{table: n.name}.of(s, t)
		}
		return ErrName
	}
	if s.names >= 20 {
		return ErrRef
	}
	inner, _, err := parse(text)
	if err != nil {
		return ErrName
	}
	return inner.eval(&scope{Calculator: s.Calculator, at: s.at, names: s.names + 1})
}

func (s structure) eval(at *scope) Value {
	t, found := at.book.Table(s.table, at.at)
	if !found {
		return ErrRef
	}
	return s.of(at, t)
}

// of is the part of a table that a structured reference means.
func (s structure) of(at *scope, t Table) Value {
	a := t.Area
	body := Area{a.Top + 1, a.Left, a.Rows - 1, a.Columns}
	rows := Area{}
	for i, part := range s.parts {
		switch part {
		case "#headers":
			a = Area{t.Top, t.Left, 1, t.Columns}
		case "#totals":
			a = Area{t.Top + t.Rows, t.Left, 1, t.Columns}
		case "#data":
			a = body
		case "#this row":
			a = Area{at.at.Top, t.Left, 1, t.Columns}.Common(body)
		case "#all":
		default:
			return ErrRef
		}
		if i > 0 {
			a = a.Bounding(rows)
		}
		rows = a
	}
	if len(s.parts) == 0 {
		a = body
	}
	if s.first != "" {
		first, last := t.column(s.first), t.column(s.last)
		if first < 0 || last < 0 {
			return ErrRef
		}
		a = Area{a.Top, t.Left + min(first, last), a.Rows, max(first, last) - min(first, last) + 1}
	}
	return at.ref(Ref{t.Sheet, a})
}

//go:noinline
func (t Table) column(name string) int {
	for i, c := range t.Headers {
		if strings.EqualFold(c, name) {
			return i
		}
	}
	return -1
}

// foreign is a reference to another workbook, which is not there.
type foreign struct{}

func (foreign) eval(s *scope) Value {
	s.miss("another workbook is not there")
	return ErrRef
}

// union is several references together.
type union []node

func (n union) eval(s *scope) Value {
	var all Union
	for _, part := range n {
		switch v := part.eval(s).(type) {
		case Ref:
			all = append(all, v)
		case Union:
			all = append(all, v...)
		case Error:
			return v
		default:
			return ErrValue
		}
	}
	return all
}

// join is a reference made of two: the range from one to the other, or what both share.
type join struct {
	by          byte
	left, right node
}

func (n join) eval(s *scope) Value {
	a, okA := n.left.eval(s).(Ref)
	b, okB := n.right.eval(s).(Ref)
	switch {
	case !okA || !okB:
		return ErrRef
	case n.by == ':':
		a.Area = a.Bounding(b.Area)
		return a
	}
	if a.Area = a.Common(b.Area); a.Rows == 0 || !strings.EqualFold(a.Sheet, b.Sheet) {
		return ErrNull
	}
	return a
}

// isReference reports whether a part of a formula may be a reference.
func isReference(n node) bool {
	switch n.(type) {
	case *refNode, named, join, union, structure, *called:
		return true
	}
	return false
}
