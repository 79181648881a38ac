// Package formula calculates the formulas of worksheets: a parser, an evaluator
// over whatever holds the cells, and a library of functions by Excel's names.
//
// It is pure: it knows no store, no HTTP and no Graph, and time and chance come
// from its [Book]. No formula makes it panic or run away: nesting, the depth of
// cells that need each other, and the work of one [Calculator] have limits.
// Small functions that many call are not inlined, for the size of the binary.
// Start reading at [Calculator.Value], then parse.go and library.go.
package formula

import (
	"math"
	"strconv"
	"strings"
)

// Value is what a formula works with: float64, string, bool, nil of an empty cell,
// [Error], *[Matrix], [Ref], [Union], or [Missing] of an argument left out.
type Value any

// Error is an error as cells show it.
type Error string

// The errors that cells have.
const (
	ErrNull   Error = "#NULL!"
	ErrDivide Error = "#DIV/0!"
	ErrValue  Error = "#VALUE!"
	ErrRef    Error = "#REF!"
	ErrName   Error = "#NAME?"
	ErrNumber Error = "#NUM!"
	ErrNA     Error = "#N/A"
)

// errorCodes are the errors in the order of ERROR.TYPE, from 1.
var errorCodes = []Error{ErrNull, ErrDivide, ErrValue, ErrRef, ErrName, ErrNumber, ErrNA}

// Is reports whether a text is one of the errors.
func (e Error) Is() bool { return kindOf(e) > kindError }

// Missing is an argument that the caller left out, between others.
type Missing struct{}

// Matrix is values row by row.
type Matrix struct {
	Rows, Columns int
	Cells         []Value
}

// Area is a rectangle of cells, counted from 0.
type Area struct{ Top, Left, Rows, Columns int }

// Ref is an area of a worksheet.
type Ref struct {
	Sheet string
	Area
}

// Union is several areas together.
type Union []Ref

// Sizes of a worksheet.
const (
	SheetRows    = 1048576
	SheetColumns = 16384
)

//go:noinline
func (a Area) Valid() bool {
	return a.Top >= 0 && a.Left >= 0 && a.Rows > 0 && a.Columns > 0 && a.Top+a.Rows <= SheetRows && a.Left+a.Columns <= SheetColumns
}

// Common is what two areas share; it has no rows when they share nothing.
//
//go:noinline
func (a Area) Common(b Area) Area {
	top, left := max(a.Top, b.Top), max(a.Left, b.Left)
	c := Area{top, left, min(a.Top+a.Rows, b.Top+b.Rows) - top, min(a.Left+a.Columns, b.Left+b.Columns) - left}
	if c.Rows <= 0 || c.Columns <= 0 {
		return Area{}
	}
	return c
}

// Bounding is the least area that holds two.
//
//go:noinline
func (a Area) Bounding(b Area) Area {
	top, left := min(a.Top, b.Top), min(a.Left, b.Left)
	return Area{top, left, max(a.Top+a.Rows, b.Top+b.Rows) - top, max(a.Left+a.Columns, b.Left+b.Columns) - left}
}

// Number writes a number as worksheets keep it, of fifteen digits.
func Number(n float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		return n
	}
	return short
}

// asNumber reads a value as arithmetic does.
func asNumber(v Value) (float64, Error) {
	switch v := v.(type) {
	case float64:
		return v, ""
	case bool:
		if v {
			return 1, ""
		}
	case string:
		if n, ok := ParseNumber(v); ok {
			return n, ""
		}
		return 0, ErrValue
	case Error:
		return 0, v
	}
	return 0, ""
}

// asText reads a value as text.
func asText(v Value) (string, Error) {
	switch v := v.(type) {
	case string:
		return v, ""
	case float64:
		return plain(v), ""
	case bool:
		return strings.ToUpper(strconv.FormatBool(v)), ""
	case Error:
		return "", v
	}
	return "", ""
}

// asBool reads a value as a condition.
func asBool(v Value) (bool, Error) {
	if t, is := v.(string); is {
		if t = strings.ToUpper(t); t == "TRUE" || t == "FALSE" {
			return t == "TRUE", ""
		}
		return false, ErrValue
	}
	n, wrong := asNumber(v)
	return n != 0, wrong
}

// plain writes a number as it joins with text.
func plain(n float64) string {
	n = Number(n)
	if size := math.Abs(n); n != 0 && (size >= 1e15 || size < 1e-9) {
		return exponent(strconv.FormatFloat(n, 'E', -1, 64))
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// exponent writes the exponent with a sign and two digits, as strconv does too.
func exponent(t string) string {
	mantissa, power, _ := strings.Cut(t, "E")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	return mantissa + "E" + power
}

// finite is a number as a value: what is none is #NUM!.
//
//go:noinline
func finite(n float64) Value {
	if math.IsNaN(n) || math.IsInf(n, 0) {
		return ErrNumber
	}
	return n
}

// rank orders the types of values.
//
//go:noinline
func rank(v Value) int {
	switch v.(type) {
	case string:
		return 1
	case bool:
		return 2
	}
	return 0
}

// like is an empty value as another one's type has it.
//
//go:noinline
func like(v, other Value) Value {
	if v != nil {
		return v
	}
	switch other.(type) {
	case string:
		return ""
	case bool:
		return false
	}
	return 0.0
}

// compare orders two values: numbers, then texts without regard to case, then truths.
func compare(a, b Value) int {
	a, b = like(a, b), like(b, a)
	if d := rank(a) - rank(b); d != 0 {
		return d
	}
	if t, is := a.(string); is {
		return strings.Compare(strings.ToLower(t), strings.ToLower(b.(string)))
	}
	x, _ := asNumber(a)
	y, _ := asNumber(b)
	switch d := near(x-y, x, y); {
	case d < 0:
		return -1
	case d > 0:
		return 1
	}
	return 0
}

// near is a difference, 0 when it is beyond the fifteenth digit of what it is of.
//
//go:noinline
func near(d, x, y float64) float64 {
	if math.Abs(d) < 2e-15*max(math.Abs(x), math.Abs(y)) {
		return 0
	}
	return d
}
