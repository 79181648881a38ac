package behavior

// Evidence for changes of ranges: see workbook_range.go;
//   - documented (pages range-clear, range-insert, range-delete, range-merge and
//     rangesort-apply): applyTo and shift, that an insert answers with the range
//     that is empty then.
//   - assumed (2026-11): a formula that is not well formed is an invalidArgument, as
//     it is refused when it is typed; a merge keeps the first value of what it merges;
//     a sort puts numbers before texts, those before truths, and empty cells last, and
//     moves formulas as if they were copied.

import (
	"encoding/json"
	"sort"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// update changes what a PATCH names.
func (r sheetRange) update(body entity.Object) (Result, *grapherr.Error) {
	for _, name := range []string{"numberFormat", "values", "formulas", "formulasLocal", "formulasR1C1"} {
		raw, given := body.Get(name)
		if !given {
			continue
		}
		if fault := r.write(name, raw); fault != nil {
			return Result{}, fault
		}
	}
	var hidden entity.Object
	for _, name := range []string{"columnHidden", "rowHidden"} {
		if raw, given := body.Get(name); given {
			hidden.Set(name, raw)
		}
	}
	if len(hidden) > 0 {
		if fault := r.setFormat("hidden", hidden); fault != nil {
			return Result{}, fault
		}
	}
	if fault := r.cells.keep(); fault != nil {
		return Result{}, fault
	}
	return r.result()
}

// write sets a property of each cell; cells that are null stay.
func (r sheetRange) write(property string, raw json.RawMessage) *grapherr.Error {
	if r.unbounded() {
		return invalidArgument("Cells of whole rows or columns cannot be set.")
	}
	if fault := r.tooLarge(); fault != nil {
		return fault
	}
	values, fault := matrixOf(raw, r.Rows, r.Columns)
	if fault != nil {
		return fault
	}
	n := 0
	r.each(func(row, column int) {
		raw := values[n%len(values)]
		n++
		if string(raw) == "null" || fault != nil {
			return
		}
		c := r.cells.at(row, column)
		if property == "numberFormat" {
			if c.format, _ = entity.Unquote(raw); c.format == generalFormat {
				c.format = ""
			}
		} else {
			c.row, c.column = row, column
			c, fault = c.entered(property, raw)
		}
		r.cells.set(row, column, c)
	})
	return fault
}

// entered is a cell after a value or a formula was set; a formula that is not well
// formed is refused.
func (c cell) entered(property string, raw json.RawMessage) (cell, *grapherr.Error) {
	written, _ := entity.Unquote(raw)
	if !strings.HasPrefix(written, "=") || c.format == "@" || len(written) == 1 {
		return c.typed(raw), nil
	}
	var err error
	if property == "formulasR1C1" {
		written, err = formula.FromR1C1(written, c.row, c.column)
	}
	if err == nil {
		err = formula.Check(written)
	}
	if err != nil {
		return c, invalidArgument("The formula '" + written + "' cannot be read: " + err.Error() + ".")
	}
	return c.typed(json.RawMessage(quoted(written))), nil
}

// matrixOf are the cells of a matrix of a size, row by row, or the one value for
// all.
func matrixOf(raw json.RawMessage, rows, columns int) (values []json.RawMessage, fault *grapherr.Error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, invalidArgument("A value for cells is missing.")
	}
	if raw[0] != '[' {
		return []json.RawMessage{raw}, nil
	}
	lines := 0
	for line := range entity.Elements(raw) {
		lines++
		before := len(values)
		for value := range entity.Elements(line) {
			values = append(values, value)
		}
		if n := len(values) - before; n != columns && (n != 1 || rows*columns == 1) {
			return nil, invalidArgument("The values do not have the size of the range: " + strconv.Itoa(columns) + " columns are wanted.")
		}
	}
	if len(values) == 1 || lines == rows && len(values) == rows*columns {
		return values, nil
	}
	return nil, invalidArgument("The values do not have the size of the range: " + strconv.Itoa(rows) + " rows are wanted.")
}

// clear empties cells, takes their formats away, or both.
func (r sheetRange) clear(applyTo string) *grapherr.Error {
	contents, formats := !strings.EqualFold(applyTo, "Formats"), !strings.EqualFold(applyTo, "Contents")
	r.area = r.common(r.cells.used(false))
	r.each(func(row, column int) {
		c := r.cells.at(row, column)
		if contents {
			c.value, c.formula = nil, ""
		}
		if formats {
			c.format = ""
		}
		r.cells.set(row, column, c)
	})
	return r.cells.keep()
}

// insert moves cells down or to the right, and answers the range that is empty then.
func (r sheetRange) insert(shift string) (Result, *grapherr.Error) {
	if strings.EqualFold(shift, "Right") {
		r.cells.move(area{r.Top, r.Left, r.Rows, sheetColumns - r.Left}, 0, r.Columns)
	} else {
		r.cells.move(area{r.Top, r.Left, sheetRows - r.Top, r.Columns}, r.Rows, 0)
	}
	if fault := r.cells.keep(); fault != nil {
		return Result{}, fault
	}
	return r.result()
}

// remove takes cells away; others move up or to the left.
func (r sheetRange) remove(shift string) *grapherr.Error {
	r.area.common(r.cells.used(false)).each(func(row, column int) { r.cells.set(row, column, cell{}) })
	if strings.EqualFold(shift, "Left") {
		right := r.Left + r.Columns
		r.cells.move(area{r.Top, right, r.Rows, sheetColumns - right}, 0, -r.Columns)
	} else {
		bottom := r.Top + r.Rows
		r.cells.move(area{bottom, r.Left, sheetRows - bottom, r.Columns}, -r.Rows, 0)
	}
	return r.cells.keep()
}

// merge leaves the first value of the area, or of each row.
func (r sheetRange) merge(across bool) *grapherr.Error {
	r.common(r.cells.used(false)).each(func(row, column int) {
		if column > r.Left || row > r.Top && !across {
			r.cells.set(row, column, cell{format: r.cells.at(row, column).format})
		}
	})
	return r.cells.keep()
}

// sort answers the sort of a range, of which nothing is kept, or sorts it.
func (r sheetRange) sort(way []Step, body entity.Object) (Result, *grapherr.Error) {
	if len(way) == 1 || way[1].Name != "apply" {
		return Result{Entity: &Entity{Type: "microsoft.graph.workbookRangeSort", Object: fields("id", quoted(r.String()))}}, nil
	}
	if body.True("hasHeaders") {
		r.area = area{r.Top + 1, r.Left, r.Rows - 1, r.Columns}
	}
	r.sortBy(list(body, "fields"), body.True("matchCase"))
	return Result{}, r.cells.keep()
}

// sortedRow is a row as it was, with the values of its formulas.
type sortedRow struct {
	was    int
	cells  []cell
	values []json.RawMessage
}

// sortBy puts the rows in the order of fields, the first of which counts most.
func (r sheetRange) sortBy(by []entity.Object, matchCase bool) {
	r.area = r.common(r.cells.used(false))
	rows := make([]sortedRow, r.Rows)
	r.each(func(row, column int) {
		at := &rows[row-r.Top]
		at.was, at.cells = row, append(at.cells, r.cells.at(row, column))
		at.values = append(at.values, r.cells.valued(row, column).value)
	})
	sort.SliceStable(rows, func(i, j int) bool { return r.before(rows[i].values, rows[j].values, by, matchCase) })
	r.each(func(row, column int) {
		from := rows[row-r.Top]
		c := from.cells[column-r.Left]
		if c.formula != "" {
			c.formula = formula.Copied(c.formula, row-from.was, 0)
		}
		r.cells.set(row, column, c)
	})
}

// before reports whether a row comes before another.
func (r sheetRange) before(a, b []json.RawMessage, by []entity.Object, matchCase bool) bool {
	for _, f := range by {
		key := number(f, "key", 0)
		if key < 0 || key >= r.Columns {
			continue
		}
		order := compareCells(a[key], b[key], matchCase)
		if f.Has("ascending") && !f.True("ascending") && a[key] != nil && b[key] != nil {
			order = -order
		}
		if order != 0 {
			return order < 0
		}
	}
	return false
}

// compareCells orders values as a sort does.
func compareCells(a, b json.RawMessage, matchCase bool) int {
	ranks := map[string]int{"Double": 0, "String": 1, "Boolean": 2, "Error": 3, "Empty": 4}
	ka, kb := valueKind(a), valueKind(b)
	if ka != kb {
		return ranks[ka] - ranks[kb]
	}
	if ka == "Double" {
		x, _ := strconv.ParseFloat(string(a), 64)
		y, _ := strconv.ParseFloat(string(b), 64)
		switch {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return 0
	}
	x, y := string(a), string(b)
	if !matchCase {
		x, y = strings.ToLower(x), strings.ToLower(y)
	}
	return strings.Compare(x, y)
}
