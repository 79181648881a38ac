package graph

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// test plans a function that yields a Boolean.
func (p *planner) test(n *odata.Call) predicate {
	switch n.Name {
	case "isof":
		return p.isof(n)
	case "matchesPattern":
		return p.pattern(n)
	}
	compare, ok := textFunction[n.Name]
	if !ok {
		return p.unsupported(n)
	}
	a, aType := p.operand(n.Args[0])
	b, bType := p.operand(n.Args[1])
	if p.refused == nil && (!textual(aType) || !textual(bType)) {
		return p.refuse("No function signature for the function with name '" + n.Name + "' matches the specified arguments.")
	}
	if test := p.plainText(compare, n.Args[0], n.Args[1]); test != nil {
		return test
	}
	return func(s *scope) bool {
		text, part := a(s), b(s)
		return text.Kind == textScalar && part.Kind == textScalar && compare.text(text.Text, part.Text)
	}
}

// isof holds for entities of a type, and of those that derive from it.
func (p *planner) isof(n *odata.Call) predicate {
	name, ok := n.Args[len(n.Args)-1].(*odata.TypeName)
	if !ok || len(n.Args) == 2 {
		return p.unsupported(n)
	}
	t := p.catalogue.Type(name.Name)
	if t == nil {
		return p.refuse("The type '" + name.Name + "' is not defined in the model.")
	}
	return func(s *scope) bool {
		of := s.item.typ
		if own := s.item.entity.Type; own != "" {
			of = p.catalogue.Type(own)
		}
		return of != nil && of.Is(t)
	}
}

func (p *planner) pattern(n *odata.Call) predicate {
	text, _ := p.operand(n.Args[0])
	literal, ok := n.Args[1].(*odata.Literal)
	if !ok {
		return p.unsupported(n)
	}
	re, err := regexp.Compile("(?i)" + literal.Text)
	if err != nil {
		return p.refuse("The pattern of matchesPattern is not valid.")
	}
	return func(s *scope) bool { return re.MatchString(text(s).Text) }
}

// function plans a function that yields a value.
func (p *planner) function(n *odata.Call) (operand, string) {
	if n.Name == "cast" {
		return p.cast(n)
	}
	if _, text := textFunction[n.Name]; text || n.Name == "isof" || n.Name == "matchesPattern" {
		return boolean(p.test(n))
	}
	f, ok := valueFunctions[n.Name]
	if !ok {
		p.unsupported(n)
		return nil, ""
	}
	args := make([]operand, len(n.Args))
	for i, a := range n.Args {
		var edm string
		args[i], edm = p.operand(a)
		if p.refused == nil && edm != "null" && class(edm) != f.takes && i == 0 {
			p.refuse("No function signature for the function with name '" + n.Name + "' matches the specified arguments.")
		}
	}
	return func(s *scope) scalar {
		values := make([]scalar, len(args))
		for i := range args {
			if values[i] = args[i](s); values[i].Kind == nullScalar {
				return scalar{}
			}
		}
		return f.apply(s, values)
	}, f.edm
}

// cast reads a value as a type; what is compared decides by kind.
func (p *planner) cast(n *odata.Call) (operand, string) {
	name, ok := n.Args[len(n.Args)-1].(*odata.TypeName)
	if !ok || len(n.Args) != 2 {
		p.unsupported(n)
		return nil, ""
	}
	read, _ := p.operand(n.Args[0])
	if name.Name != "Edm.String" {
		return read, name.Name
	}
	return func(s *scope) scalar {
		v := read(s)
		if v.Kind == numberScalar {
			return scalar{Kind: textScalar, Text: strconv.FormatFloat(v.Number, 'f', -1, 64)}
		}
		return v
	}, name.Name
}

// valueFunction is a canonical function: what its first argument must be, what
// it yields, and how. Arguments are not null.
type valueFunction struct {
	takes string // class of the first argument
	edm   string
	apply func(s *scope, args []scalar) scalar
}

var valueFunctions = map[string]valueFunction{
	"tolower":   {"text", "Edm.String", func(_ *scope, a []scalar) scalar { return a[0] }}, // text compares without case
	"toupper":   {"text", "Edm.String", func(_ *scope, a []scalar) scalar { return a[0] }},
	"trim":      {"text", "Edm.String", func(_ *scope, a []scalar) scalar { return textual16(strings.TrimSpace(a[0].Text)) }},
	"concat":    {"text", "Edm.String", func(_ *scope, a []scalar) scalar { return textual16(a[0].Text + a[1].Text) }},
	"length":    {"text", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(len(utf16.Encode([]rune(a[0].Text))))) }},
	"indexof":   {"text", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(indexOf(a[0].Text, a[1].Text))) }},
	"substring": {"text", "Edm.String", substring},

	"year":    {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Year())) }},
	"month":   {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Month())) }},
	"day":     {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Day())) }},
	"hour":    {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.UTC().Hour())) }},
	"minute":  {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Minute())) }},
	"second":  {"time", "Edm.Int32", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Second())) }},
	"date":    {"time", "Edm.Date", func(_ *scope, a []scalar) scalar { return instant(a[0].Time.UTC().Truncate(24 * time.Hour)) }},
	"time":    {"time", "Edm.TimeOfDay", func(_ *scope, a []scalar) scalar { return textual16(a[0].Time.UTC().Format("15:04:05")) }},
	"now":     {"", "Edm.DateTimeOffset", func(s *scope, _ []scalar) scalar { return instant(s.now()) }},
	"ceiling": {"number", "Edm.Double", func(_ *scope, a []scalar) scalar { return number(math.Ceil(a[0].Number)) }},
	"floor":   {"number", "Edm.Double", func(_ *scope, a []scalar) scalar { return number(math.Floor(a[0].Number)) }},
	"round":   {"number", "Edm.Double", func(_ *scope, a []scalar) scalar { return number(math.Round(a[0].Number)) }},

	"mindatetime":        {"", "Edm.DateTimeOffset", func(*scope, []scalar) scalar { return instant(time.Time{}) }},
	"maxdatetime":        {"", "Edm.DateTimeOffset", func(*scope, []scalar) scalar { return instant(lastInstant) }},
	"fractionalseconds":  {"time", "Edm.Decimal", func(_ *scope, a []scalar) scalar { return number(float64(a[0].Time.Nanosecond()) / 1e9) }},
	"totaloffsetminutes": {"time", "Edm.Int32", func(*scope, []scalar) scalar { return number(0) }}, // stored in UTC
	"totalseconds":       {"duration", "Edm.Decimal", func(_ *scope, a []scalar) scalar { return number(a[0].Number) }},
}

var lastInstant = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)

func (s *scope) now() time.Time {
	if s.run == nil {
		return time.Time{}
	}
	return s.run.now
}

func number(n float64) scalar      { return scalar{Kind: numberScalar, Number: n} }
func instant(t time.Time) scalar   { return scalar{Kind: timeScalar, Time: t} }
func textual16(text string) scalar { return scalar{Kind: textScalar, Text: text} }

// indexOf and substring count as OData's implementations do: in UTF-16.
func indexOf(text, part string) int {
	at := strings.Index(text, part)
	if at < 0 {
		return -1
	}
	return len(utf16.Encode([]rune(text[:at])))
}

func substring(_ *scope, a []scalar) scalar {
	units := utf16.Encode([]rune(a[0].Text))
	from := min(max(int(a[1].Number), 0), len(units))
	end := len(units)
	if len(a) == 3 {
		end = min(from+max(int(a[2].Number), 0), end)
	}
	return textual16(string(utf16.Decode(units[from:end])))
}

func (p *planner) negative(n *odata.Unary) (operand, string) {
	if n.Op == odata.OpNot {
		return boolean(p.predicate(n))
	}
	read, edm := p.operand(n.Operand)
	if p.refused == nil && class(edm) != "number" {
		p.refuse("A unary operator with an incompatible type was detected.")
	}
	return func(s *scope) scalar {
		v := read(s)
		v.Number = -v.Number
		return v
	}, edm
}

// arithmetic plans add, sub, mul, div, divby and mod of numbers.
func (p *planner) arithmetic(n *odata.Binary) (operand, string) {
	a, aType := p.operand(n.Left)
	b, bType := p.operand(n.Right)
	if p.refused == nil && (class(aType) != "number" || class(bType) != "number") {
		p.refuse("A binary operator with incompatible types was detected. Found operand types '" + aType + "' and '" + bType + "' for operator kind '" + n.Op.String() + "'.")
	}
	edm, whole := "Edm.Double", integral(aType) && integral(bType)
	if whole && n.Op != odata.OpDivBy {
		edm = "Edm.Int64"
	}
	return func(s *scope) scalar {
		x, y := a(s), b(s)
		if x.Kind != numberScalar || y.Kind != numberScalar {
			return scalar{}
		}
		return calculate(n.Op, x.Number, y.Number, whole)
	}, edm
}

func integral(edm string) bool {
	switch edm {
	case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64":
		return true
	}
	return false
}

// calculate is one operation; division by zero yields null.
func calculate(op odata.Operator, x, y float64, whole bool) scalar {
	switch op {
	case odata.OpAdd:
		return number(x + y)
	case odata.OpSub:
		return number(x - y)
	case odata.OpMul:
		return number(x * y)
	}
	if y == 0 {
		return scalar{}
	}
	switch {
	case op == odata.OpMod:
		return number(math.Mod(x, y))
	case op == odata.OpDiv && whole:
		return number(math.Trunc(x / y))
	}
	return number(x / y)
}

// onlyProperties reports whether a path is of properties alone.
func onlyProperties(n *odata.Path) bool {
	for i := range n.Segments {
		if n.Segments[i].Kind != odata.SegmentProperty {
			return false
		}
	}
	return true
}
