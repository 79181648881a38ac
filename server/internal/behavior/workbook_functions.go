package behavior

// Evidence for the functions of a workbook (resource excel, page workbookfunctions
// of both versions):
//   - documented: functions take values, or ranges by address, and answer a value and
//     an error; what each calculates is as Excel's reference of functions has it.
//   - assumed (2026-11): a range is also named by a name; of many values the first is
//     the answer; an argument that is needed and missing is #VALUE!; chance comes from
//     the server's seed. bahtText answers generically.

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// workbookFunction is a function of the model: its name in formulas, and its
// parameters in their order there.
type workbookFunction struct {
	name  string
	takes []string
}

// functionCalls are the functions of a workbook as actions.
func functionCalls() (all []Registration) {
	for line := range strings.Lines(functionParameters) {
		takes, names, _ := strings.Cut(line, ":")
		for _, name := range strings.Fields(names) {
			f := workbookFunction{formulaName(name), strings.Fields(takes)}
			all = append(all, Registration{Bound: "microsoft.graph.workbookFunctions/" + name, Behavior: invoked(f.call)})
		}
	}
	return all
}

// formulaName is a function's name in formulas: NORM.DIST of norm_Dist.
func formulaName(name string) string {
	return strings.ToUpper(strings.ReplaceAll(name, "_", "."))
}

// call calculates a function of parameters by name.
func (f workbookFunction) call(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	a := arguments{rangeIn(tx, sheetsOf(tx, bookAt(tx))[0], wholeSheet), nil}
	var args []formula.Value
	for _, name := range f.takes {
		bare, several := strings.CutSuffix(name, "*")
		raw := json.RawMessage(jsonOf(p, bare))
		if several && len(raw) > 0 && raw[0] == '[' {
			for element := range entity.Elements(raw) {
				args = append(args, a.of(element))
			}
			continue
		}
		args = append(args, a.of(raw))
	}
	if a.fault != nil {
		return Result{}, a.fault
	}
	calculator := a.cells.calculator()
	value := calculator.Call(f.name, formula.Ref{Sheet: text(a.sheet.Object, "name"), Area: formula.Area{Rows: 1, Columns: 1}}, args)
	noteAll(tx, calculator)
	return functionResult(value), nil
}

func functionResult(value formula.Value) Result {
	o := fields("id", `"result"`, "error", "null")
	if wrong, is := value.(formula.Error); is {
		o.SetString("error", string(wrong))
		o.Set("value", json.RawMessage("null"))
	} else {
		o.Set("value", jsonOfValue(value))
	}
	return Result{Entity: &Entity{Type: "microsoft.graph.workbookFunctionResult", Object: o}}
}

// arguments reads what a call gives; the first fault stays.
type arguments struct {
	sheetRange // all of the sheet that addresses without one are of
	fault      *grapherr.Error
}

// of is what JSON says: a value, an array, or a range by its address.
func (a *arguments) of(raw json.RawMessage) formula.Value {
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return formula.Missing{}
	case raw[0] == '[':
		return a.several(raw)
	case raw[0] != '{':
		return valueOf(raw)
	}
	o, _ := entity.Members(raw)
	address := cmp.Or(text(o, "address"), text(o, "Address"))
	if address == "" {
		a.fault = cmp.Or(a.fault, invalidArgument("A range is given by its address."))
		return formula.Missing{}
	}
	r, fault := a.at(address)
	if fault != nil {
		a.fault = cmp.Or(a.fault, fault)
		return formula.Missing{}
	}
	return formula.Ref{Sheet: text(r.sheet.Object, "name"), Area: formula.Area(r.area)}
}

// several is an array: ranges as one, or values row by row.
func (a *arguments) several(raw json.RawMessage) formula.Value {
	m := &formula.Matrix{}
	var ranges formula.Union
	for line := range entity.Elements(raw) {
		row := []json.RawMessage{line}
		if line[0] == '[' {
			row = row[:0]
			for element := range entity.Elements(line) {
				row = append(row, element)
			}
		}
		for _, element := range row {
			v := a.of(element)
			if r, is := v.(formula.Ref); is {
				ranges = append(ranges, r)
			}
			m.Cells = append(m.Cells, v)
		}
		m.Rows++
		m.Columns = len(row)
	}
	switch {
	case len(ranges) == 1 && len(m.Cells) == 1:
		return ranges[0]
	case len(ranges) > 0 && len(ranges) == len(m.Cells):
		return ranges
	case len(m.Cells) == 0 || len(m.Cells) != m.Rows*m.Columns || len(ranges) > 0:
		return formula.ErrValue
	}
	return m
}
