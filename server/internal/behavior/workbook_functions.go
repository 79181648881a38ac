package behavior

// Evidence for the functions of a workbook (resource excel, page workbookfunctions
// of both versions):
//   - documented: functions take values or ranges by address, and answer a value and
//     an error.
//   - assumed (2026-11): those here calculate as Excel does; all others answer
//     generically.

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// operand is what a function works with: float64, string, bool, nil of an empty cell,
// or []operand of a range.
type operand any

// formulaError is an error as cells show it.
type formulaError string

const (
	errorValue  formulaError = "#VALUE!"
	errorNumber formulaError = "#NUM!"
	errorDivide formulaError = "#DIV/0!"
)

// workbookFunction is a function: the names of its parameters, of which "values" are
// any number, and what it calculates of them.
type workbookFunction struct {
	takes []string
	value func(args []operand) operand
}

// ofNumbers is a function of all numbers among the arguments.
func ofNumbers(value func([]float64) operand) workbookFunction {
	return workbookFunction{[]string{"values"}, func(args []operand) operand { return value(numbersIn(args)) }}
}

// ofNumber is a function of one number.
func ofNumber(value func(float64) float64) workbookFunction {
	return workbookFunction{[]string{"number"}, func(args []operand) operand {
		n, ok := numberOf(args[0])
		if !ok {
			return errorValue
		}
		if result := value(n); !math.IsNaN(result) && !math.IsInf(result, 0) {
			return result
		}
		return errorNumber
	}}
}

// ofText is a function of one text.
func ofText(value func(string) operand) workbookFunction {
	return workbookFunction{[]string{"text"}, func(args []operand) operand { return value(textOf(args[0])) }}
}

// rounding is a function of a number and how many digits it has.
func rounding(round func(float64) float64) workbookFunction {
	return workbookFunction{[]string{"number", "numDigits"}, func(args []operand) operand {
		n, ok := numberOf(args[0])
		digits, _ := numberOf(args[1])
		if !ok {
			return errorValue
		}
		scale := math.Pow(10, math.Trunc(digits))
		return math.Copysign(round(math.Abs(n)*scale)/scale, n)
	}}
}

// workbookFunctions are keyed by their names in the model.
var workbookFunctions = map[string]workbookFunction{
	"sum": ofNumbers(func(all []float64) operand { return total(all) }),
	"product": ofNumbers(func(all []float64) operand {
		p := 1.0
		for _, n := range all {
			p *= n
		}
		return p
	}),
	"average": ofNumbers(func(all []float64) operand {
		if len(all) == 0 {
			return errorDivide
		}
		return total(all) / float64(len(all))
	}),
	"min":   ofNumbers(func(all []float64) operand { return slices.Min(append(all[:len(all):len(all)], orZero(all)...)) }),
	"max":   ofNumbers(func(all []float64) operand { return slices.Max(append(all[:len(all):len(all)], orZero(all)...)) }),
	"count": ofNumbers(func(all []float64) operand { return float64(len(all)) }),
	"median": ofNumbers(func(all []float64) operand {
		if len(all) == 0 {
			return errorNumber
		}
		slices.Sort(all)
		return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
	}),
	"countA": {[]string{"values"}, func(args []operand) operand {
		n := 0.0
		for _, a := range flat(args) {
			if a != nil {
				n++
			}
		}
		return n
	}},

	"abs": ofNumber(math.Abs), "sqrt": ofNumber(math.Sqrt), "int": ofNumber(math.Floor), "exp": ofNumber(math.Exp),
	"ln": ofNumber(math.Log), "log10": ofNumber(math.Log10),
	"round": rounding(math.Round), "roundUp": rounding(math.Ceil), "roundDown": rounding(math.Floor),
	"power": {[]string{"number", "power"}, func(args []operand) operand {
		n, okN := numberOf(args[0])
		power, okP := numberOf(args[1])
		if !okN || !okP {
			return errorValue
		}
		return math.Pow(n, power)
	}},

	"upper": ofText(func(t string) operand { return strings.ToUpper(t) }),
	"lower": ofText(func(t string) operand { return strings.ToLower(t) }),
	"trim":  ofText(func(t string) operand { return strings.Join(strings.Fields(t), " ") }),
	"len":   ofText(func(t string) operand { return float64(len([]rune(t))) }),
	"concatenate": {[]string{"values"}, func(args []operand) operand {
		joined := ""
		for _, a := range flat(args) {
			joined += textOf(a)
		}
		return joined
	}},
	"if": {[]string{"logicalTest", "valueIfTrue", "valueIfFalse"}, func(args []operand) operand {
		if truthOf(args[0]) {
			return args[1]
		}
		return args[2]
	}},
	"and": {[]string{"values"}, func(args []operand) operand {
		return !slices.ContainsFunc(flat(args), func(a operand) bool { return a != nil && !truthOf(a) })
	}},
	"or":  {[]string{"values"}, func(args []operand) operand { return slices.ContainsFunc(flat(args), truthOf) }},
	"not": {[]string{"logical"}, func(args []operand) operand { return !truthOf(args[0]) }},
}

func total(all []float64) (sum float64) {
	for _, n := range all {
		sum += n
	}
	return sum
}

// orZero is the one number of nothing.
func orZero(all []float64) []float64 {
	if len(all) == 0 {
		return []float64{0}
	}
	return nil
}

// flat are all operands, those of ranges included.
func flat(args []operand) (all []operand) {
	for _, a := range args {
		if list, is := a.([]operand); is {
			all = append(all, flat(list)...)
		} else {
			all = append(all, a)
		}
	}
	return all
}

func numbersIn(args []operand) (all []float64) {
	for _, a := range flat(args) {
		if n, is := a.(float64); is {
			all = append(all, n)
		}
	}
	return all
}

func single(a operand) operand {
	if list, is := a.([]operand); is && len(list) > 0 {
		return list[0]
	}
	return a
}

func numberOf(a operand) (float64, bool) {
	switch v := single(a).(type) {
	case nil:
		return 0, true
	case float64:
		return v, true
	case bool:
		if v {
			return 1, true
		}
		return 0, true
	case string:
		n, err := strconv.ParseFloat(v, 64)
		return n, err == nil
	}
	return 0, false
}

func textOf(a operand) string {
	switch v := single(a).(type) {
	case string:
		return v
	case float64:
		return string(numeral(v))
	case bool:
		return strings.ToUpper(strconv.FormatBool(v))
	}
	return ""
}

func truthOf(a operand) bool {
	n, ok := numberOf(a)
	return ok && n != 0
}

// operandOf is what JSON says: a value, or a range by its address.
func operandOf(raw json.RawMessage, at func(address string) operand) operand {
	if written, isText := entity.Unquote(raw); isText {
		return written
	}
	if n, err := strconv.ParseFloat(string(raw), 64); err == nil {
		return n
	}
	switch {
	case string(raw) == "true" || string(raw) == "false":
		return string(raw) == "true"
	case len(raw) > 0 && raw[0] == '[':
		var list []operand
		for element := range entity.Elements(raw) {
			list = append(list, operandOf(element, at))
		}
		return list
	}
	o, err := entity.Members(raw)
	if err != nil {
		return nil
	}
	return at(cmp.Or(text(o, "address"), text(o, "Address")))
}

// operandsAt are the values of a range.
func (r sheetRange) operandsAt() operand {
	list := []operand{}
	r.area.common(r.cells.used(true)).each(func(row, column int) {
		list = append(list, operandOf(r.cells.valued(row, column).value, func(string) operand { return nil }))
	})
	return list
}

// jsonOfOperand is a result as JSON.
func jsonOfOperand(a operand) json.RawMessage {
	switch v := single(a).(type) {
	case float64:
		return numeral(v)
	case string:
		return json.RawMessage(quoted(v))
	case formulaError:
		return json.RawMessage(quoted(string(v)))
	case bool:
		return json.RawMessage(strconv.FormatBool(v))
	}
	return json.RawMessage("0")
}

// functionCalls are the functions of a workbook as actions.
func functionCalls() []Registration {
	var all []Registration
	for name, f := range workbookFunctions {
		all = append(all, Registration{Bound: "microsoft.graph.workbookFunctions/" + name, Behavior: invoked(func(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
			return f.call(tx, p)
		})})
	}
	return all
}

// call calculates a function of parameters by name.
func (f workbookFunction) call(tx Tx, p entity.Object) (Result, *grapherr.Error) {
	args := make([]operand, len(f.takes))
	var fault *grapherr.Error
	for i, name := range f.takes {
		args[i] = operandOf(json.RawMessage(jsonOf(p, name)), func(address string) operand {
			r, wrong := tableSource(tx, address)
			if wrong != nil {
				fault = wrong
				return nil
			}
			return r.operandsAt()
		})
	}
	if fault != nil {
		return Result{}, fault
	}
	value := f.value(args)
	o := fields("id", `"result"`, "error", "null")
	if wrong, is := value.(formulaError); is {
		o.SetString("error", string(wrong))
		value = nil
		o.Set("value", json.RawMessage("null"))
	} else {
		o.Set("value", jsonOfOperand(value))
	}
	return Result{Entity: &Entity{Type: "microsoft.graph.workbookFunctionResult", Object: o}}, nil
}
