package behavior

// Evidence for ranges (pages range-*, worksheet-range, worksheet-cell and
// worksheet-usedrange of both versions, resource excel):
//   - documented: what a range tells of its cells; cell-level properties of an
//     unbounded range are null and cannot be set; one value is for all cells; a
//     matrix has the range's size; the names of functions and their parameters.
//   - assumed (2026-11): the used range of an empty worksheet is A1; a range of more
//     than a million cells is refused; what is outside of the worksheet, too.

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const rangeType = "microsoft.graph.workbookRange"

// mostCells is how many cells one answer tells of.
const mostCells = 1_000_000

// WorkbookRange answers what functions that return a range lead to.
type WorkbookRange struct{}

var _ Keeper = WorkbookRange{}

// Keep implements [Keeper].
func (WorkbookRange) Keep(tx Tx, from Entity, q Query) (Result, bool, *grapherr.Error) {
	r, fault := rangeOf(tx, from, q.Way[0])
	if fault != nil {
		return Result{}, true, fault
	}
	result, fault := r.answer(q.Method, q.Way[1:], q.Body)
	return result, true, fault
}

// sheetRange is an area of a worksheet.
type sheetRange struct {
	tx    Tx
	sheet Entity
	cells *cells
	area
}

func rangeIn(tx Tx, sheet Entity, a area) sheetRange {
	return sheetRange{tx: tx, sheet: sheet, cells: cellsOf(tx, sheet), area: a}
}

// rangeOf is what a function of an entity of a workbook returns.
func rangeOf(tx Tx, from Entity, step Step) (sheetRange, *grapherr.Error) {
	switch shortType(from.Type) {
	case "workbookWorksheet":
		return rangeOfSheet(tx, from, step)
	case "workbookTable":
		return rangeOfTable(tx, from, step.Name)
	case "workbookNamedItem":
		return namedRange(tx, bookOf(tx, from.Ref), from)
	}
	return sheetRange{}, notThere(step.Name)
}

func rangeOfSheet(tx Tx, sheet Entity, step Step) (sheetRange, *grapherr.Error) {
	r := rangeIn(tx, sheet, wholeSheet)
	switch step.Name {
	case "cell":
		r.area = area{count(step, "row"), count(step, "column"), 1, 1}
	case "usedRange":
		r.area = r.usedIn(step)
	default:
		return r.at(text(step.Args, "address"))
	}
	return r, r.outside()
}

// at is the range of an address, of which a worksheet, a name and "" may be part.
func (r sheetRange) at(address string) (sheetRange, *grapherr.Error) {
	if address == "" {
		return r, nil
	}
	book := bookOf(r.tx, r.sheet.Ref)
	sheet, a, ok := parseArea(address)
	if !ok {
		if named, is := r.tx.By(Below(book, "workbook/names"), "name", address); is {
			return namedRange(r.tx, book, named)
		}
		return r, invalidArgument("The address '" + address + "' is no range.")
	}
	if sheet != "" && !strings.EqualFold(sheet, text(r.sheet.Object, "name")) {
		other, found := sheetNamed(r.tx, book, sheet)
		if !found {
			return r, notThere(sheet)
		}
		r.sheet, r.cells = other, cellsOf(r.tx, other)
	}
	r.area = a
	return r, nil
}

func (r sheetRange) usedIn(step Step) area {
	used := r.cells.used(text(step.Args, "valuesOnly") == "true").common(r.area)
	if used.Rows == 0 {
		return area{r.Top, r.Left, 1, 1}
	}
	return used
}

func (r sheetRange) outside() *grapherr.Error {
	if !r.valid() {
		return invalidArgument("The range is not on the worksheet.")
	}
	return nil
}

// count is a whole number among a step's arguments.
func count(step Step, name string) int {
	n, err := strconv.Atoi(text(step.Args, name))
	if err != nil && (name == "count") {
		return 1
	}
	return n
}

// answer goes on from the range, and does what the call asks for at the end.
func (r sheetRange) answer(method string, way []Step, body entity.Object) (Result, *grapherr.Error) {
	for i, step := range way {
		next, isRange, fault := r.next(step)
		if fault != nil {
			return Result{}, fault
		}
		if !isRange {
			return r.act(method, way[i:], body)
		}
		r = next
	}
	if method == "PATCH" {
		return r.update(body)
	}
	return r.result()
}

// next is the range that a function of it returns; false for all else.
func (r sheetRange) next(step Step) (sheetRange, bool, *grapherr.Error) {
	n := count(step, "count")
	switch step.Name {
	case "cell":
		r.area = area{r.Top + count(step, "row"), r.Left + count(step, "column"), 1, 1}
	case "row":
		r.area = r.row(count(step, "row"))
	case "column":
		r.area = r.column(count(step, "column"))
	case "lastCell":
		r.area = area{r.Top + r.Rows - 1, r.Left + r.Columns - 1, 1, 1}
	case "lastRow":
		r.area = r.row(r.Rows - 1)
	case "lastColumn":
		r.area = r.column(r.Columns - 1)
	case "entireRow":
		r.area = area{r.Top, 0, r.Rows, sheetColumns}
	case "entireColumn":
		r.area = area{0, r.Left, sheetRows, r.Columns}
	case "rowsAbove":
		r.area = area{r.Top - n, r.Left, n, r.Columns}
	case "rowsBelow":
		r.area = area{r.Top + r.Rows, r.Left, n, r.Columns}
	case "columnsBefore":
		r.area = area{r.Top, r.Left - n, r.Rows, n}
	case "columnsAfter":
		r.area = area{r.Top, r.Left + r.Columns, r.Rows, n}
	case "offsetRange":
		r.area = r.shifted(count(step, "rowOffset"), count(step, "columnOffset"), 0, 0)
	case "resizedRange":
		r.area = r.shifted(0, 0, count(step, "deltaRows"), count(step, "deltaColumns"))
	case "usedRange":
		r.area = r.usedIn(step)
	case "boundingRect", "intersection":
		return r.with(step)
	default:
		return r, false, nil
	}
	return r, true, r.outside()
}

// with is the range together with another one, or what both share.
func (r sheetRange) with(step Step) (sheetRange, bool, *grapherr.Error) {
	other, fault := r.at(text(step.Args, "anotherRange"))
	if fault != nil {
		return r, true, fault
	}
	if step.Name == "boundingRect" {
		r.area = r.bounding(other.area)
		return r, true, nil
	}
	if r.area = r.common(other.area); r.Rows == 0 {
		return r, true, notThere(step.Name)
	}
	return r, true, nil
}

// act answers what is no range: a view, the worksheet, a format, and actions.
func (r sheetRange) act(method string, way []Step, body entity.Object) (Result, *grapherr.Error) {
	switch way[0].Name {
	case "worksheet":
		return Result{Entity: &r.sheet}, nil
	case "visibleView":
		return r.view(way[1:])
	case "format":
		return r.format(method, way, body)
	case "sort":
		return r.sort(way, body)
	case "clear":
		return Result{}, r.clear(text(body, "applyTo"))
	case "insert":
		return r.insert(text(body, "shift"))
	case "delete":
		return Result{}, r.remove(text(body, "shift"))
	case "merge":
		return Result{}, r.merge(body.True("across"))
	case "unmerge":
		return Result{}, nil
	}
	return Result{}, notThere(way[0].Name)
}

// result is the range as an answer.
func (r sheetRange) result() (Result, *grapherr.Error) {
	if fault := r.tooLarge(); fault != nil {
		return Result{}, fault
	}
	return Result{Entity: &Entity{Type: rangeType, Object: r.object()}}, nil
}

func (r sheetRange) tooLarge() *grapherr.Error {
	if !r.unbounded() && r.Rows*r.Columns > mostCells {
		return grapherr.Workbook(400, "rangeExceedsLimit", "The range has too many cells for one request.")
	}
	return nil
}

func (r sheetRange) object() entity.Object {
	address := quoted(sheetAddress(text(r.sheet.Object, "name"), r.String()))
	cellCount := min(r.Rows*r.Columns, 1<<31-1)
	o := fields("id", address, "address", address, "addressLocal", address, "cellCount", strconv.Itoa(cellCount),
		"columnCount", strconv.Itoa(r.Columns), "columnIndex", strconv.Itoa(r.Left),
		"rowCount", strconv.Itoa(r.Rows), "rowIndex", strconv.Itoa(r.Top))
	o = append(o, r.formatted("hidden", hiddenStandard)...)
	return append(o, r.contents()...)
}

// cellLevel are the properties that tell of each cell.
var cellLevel = []string{"formulas", "formulasLocal", "formulasR1C1", "numberFormat", "text", "values", "valueTypes"}

// contents are the properties that tell of each cell; null when unbounded.
func (r sheetRange) contents() (o entity.Object) {
	for _, name := range cellLevel {
		o.Set(name, json.RawMessage("null"))
		if !r.unbounded() {
			o.Set(name, r.matrix(func(c cell) json.RawMessage { return c.told(name) }))
		}
	}
	return o
}

// matrix is a value of each cell, row by row.
func (r sheetRange) matrix(of func(cell) json.RawMessage) json.RawMessage {
	return r.lines().matrix(func(row, column int) json.RawMessage { return of(r.cells.valued(row, column)) })
}

// told is what a property says of a cell.
func (c cell) told(property string) json.RawMessage {
	format := cmp.Or(c.format, generalFormat)
	switch {
	case property == "numberFormat":
		return json.RawMessage(quoted(format))
	case property == "valueTypes":
		return json.RawMessage(quoted(valueKind(c.value)))
	case property == "text":
		return json.RawMessage(quoted(shown(c.value, format)))
	case property == "formulasR1C1" && c.formula != "":
		return json.RawMessage(quoted(formula.ToR1C1(c.formula, c.row, c.column)))
	case property != "values" && c.formula != "":
		return json.RawMessage(quoted(c.formula))
	case c.value == nil:
		return json.RawMessage(`""`)
	}
	return c.value
}

func invalidArgument(message string) *grapherr.Error {
	return grapherr.Workbook(400, "invalidArgument", message)
}

func notThere(name string) *grapherr.Error { return grapherr.NotFound("excel", name) }
