package behavior

// Evidence for rows and columns of tables: see workbook_table.go;
//   - documented (pages table-post-rows, tablerowcollection-add, tablerow-update,
//     tablerow-delete and those of columns): index and values, at the end where the
//     index is null; what is below or to the right moves; a column has its header
//     as its first value and is found by its id or its name, a row by its index.

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// TableRows keeps the rows of tables in cells.
type TableRows struct{}

var _ Keeper = TableRows{}

// Keep implements [Keeper].
func (TableRows) Keep(tx Tx, table Entity, q Query) (Result, bool, *grapherr.Error) {
	t, placed := tableOf(tx, table)
	if !placed {
		return t.loose(q)
	}
	way := q.Way[1:]
	switch n := max(t.Rows-1, 0); {
	case len(way) == 0 && q.Method == "POST", len(way) == 1 && way[0].Name == "add":
		r, fault := t.addRows(q.Body)
		return r, true, fault
	case len(way) == 0, way[0].Name == "$count":
		return ListOf(t.rowsFrom(0, n)...), true, nil
	case way[0].Name == "count":
		return Result{Value: json.RawMessage(strconv.Itoa(n))}, true, nil
	default:
		r, fault := t.oneRow(q, way, n)
		return r, true, fault
	}
}

// loose answers for a table without cells: what it has by the general rules, and
// the first cell as the range of each row or column.
func (t sheetTable) loose(q Query) (Result, bool, *grapherr.Error) {
	for i, step := range q.Way {
		if step.Name == "range" || strings.HasSuffix(step.Name, "Range") {
			r, fault := t.answer(q.Method, q.Way[i+1:], q.Body)
			return r, true, fault
		}
	}
	last := q.Way[len(q.Way)-1]
	if len(q.Way) != 2 || last.Name != "add" {
		return Result{}, false, nil
	}
	home, n := Below(t.table.Ref, q.Way[0].Name), 0
	for range t.tx.All(home) {
		n++
	}
	o := fields("index", strconv.Itoa(n), "values", or(jsonOf(q.Body, "values"), "null"))
	if name := jsonOf(q.Body, "name"); name != "null" {
		o.Set("name", json.RawMessage(name))
	}
	made, fault := t.tx.Insert(home, Entity{Object: o})
	return Result{Entity: &made}, true, fault
}

// rowsFrom are rows of the table as entities.
func (t sheetTable) rowsFrom(first, n int) (rows []Entity) {
	for i := first; i < first+n; i++ {
		rows = append(rows, t.rowEntity(i, 1))
	}
	return rows
}

// rowEntity is a row, or several as one.
func (t sheetTable) rowEntity(index, n int) Entity {
	t.area = area{t.Top + 1 + index, t.Left, n, t.Columns}
	o := fields("id", quoted(strconv.Itoa(index)), "index", strconv.Itoa(index))
	o.Set("values", t.matrix(func(c cell) json.RawMessage { return c.told("values") }))
	return Entity{ID: strconv.Itoa(index), Type: "microsoft.graph.workbookTableRow", Object: o}
}

// addRows puts rows at an index, or behind the last.
func (t *sheetTable) addRows(p entity.Object) (Result, *grapherr.Error) {
	had := max(t.Rows-1, 0)
	index, raw := number(p, "index", had), json.RawMessage(or(jsonOf(p, "values"), `""`))
	if index < 0 || index > had {
		return Result{}, invalidArgument("The index is not in the table.")
	}
	n := 0
	for range entity.Elements(raw) {
		n++
	}
	n = max(n, 1)
	at := area{t.Top + 1 + index, t.Left, n, t.Columns}
	t.cells.move(area{at.Top, t.Left, sheetRows - at.Top, t.Columns}, n, 0)
	added := t.sheetRange
	added.area = at
	if fault := added.write("values", raw); fault != nil {
		return Result{}, fault
	}
	if fault := t.cells.keep(); fault != nil {
		return Result{}, fault
	}
	if fault := t.resize(t.shifted(0, 0, n, 0)); fault != nil {
		return Result{}, fault
	}
	made := t.rowEntity(index, n)
	return Result{Entity: &made}, nil
}

// oneRow reads, changes or removes a row, or goes on from its range.
func (t *sheetTable) oneRow(q Query, way []Step, n int) (Result, *grapherr.Error) {
	index, err := strconv.Atoi(way[0].Name)
	if way[0].Name == "itemAt" {
		index, err = strconv.Atoi(text(way[0].Args, "index"))
	}
	if err != nil || index < 0 || index >= n {
		return Result{}, notThere(way[0].Name)
	}
	row := t.sheetRange
	row.area = t.body().row(index)
	switch {
	case len(way) > 1:
		return row.answer(q.Method, way[2:], q.Body)
	case q.Method == "DELETE":
		if fault := row.remove("Up"); fault != nil {
			return Result{}, fault
		}
		return Result{}, t.resize(t.shifted(0, 0, -1, 0))
	case q.Method == "PATCH" && q.Body.Has("values"):
		if fault := row.write("values", json.RawMessage(jsonOf(q.Body, "values"))); fault != nil {
			return Result{}, fault
		}
		if fault := t.cells.keep(); fault != nil {
			return Result{}, fault
		}
	}
	e := t.rowEntity(index, 1)
	return Result{Entity: &e}, nil
}

// TableColumns keeps the columns of tables in cells.
type TableColumns struct{}

var _ Keeper = TableColumns{}

// Keep implements [Keeper].
func (TableColumns) Keep(tx Tx, table Entity, q Query) (Result, bool, *grapherr.Error) {
	t, placed := tableOf(tx, table)
	if !placed {
		return t.loose(q)
	}
	way := q.Way[1:]
	switch {
	case len(way) == 0 && q.Method == "POST", len(way) == 1 && way[0].Name == "add":
		r, fault := t.addColumn(q.Body)
		return r, true, fault
	case len(way) == 0, way[0].Name == "$count":
		var all []Entity
		for i := range t.Columns {
			all = append(all, t.columnEntity(i))
		}
		return ListOf(all...), true, nil
	case way[0].Name == "count":
		return Result{Value: json.RawMessage(strconv.Itoa(t.Columns))}, true, nil
	}
	index, found := t.columnNamed(way[0])
	if !found {
		return Result{}, true, notThere(way[0].Name)
	}
	r, fault := t.oneColumn(q, way, index)
	return r, true, fault
}

func (t sheetTable) columnEntity(index int) Entity {
	name := shown(t.cells.valued(t.Top, t.Left+index).value, generalFormat)
	t.area = t.column(index)
	o := fields("id", quoted(strconv.Itoa(index+1)), "index", strconv.Itoa(index), "name", quoted(name))
	o.Set("values", t.matrix(func(c cell) json.RawMessage { return c.told("values") }))
	return Entity{ID: strconv.Itoa(index + 1), Type: "microsoft.graph.workbookTableColumn", Object: o}
}

// columnNamed finds a column by its id, its name or its index.
func (t sheetTable) columnNamed(step Step) (index int, found bool) {
	if step.Name == "itemAt" {
		n := count(step, "index")
		return n, n >= 0 && n < t.Columns
	}
	for i := range t.Columns {
		if e := t.columnEntity(i); e.ID == step.Name || strings.EqualFold(text(e.Object, "name"), step.Name) {
			return i, true
		}
	}
	return 0, false
}

// addColumn puts a column at an index, or behind the last.
func (t *sheetTable) addColumn(p entity.Object) (Result, *grapherr.Error) {
	index := number(p, "index", t.Columns)
	if index < 0 || index > t.Columns {
		return Result{}, invalidArgument("The index is not in the table.")
	}
	at := area{t.Top, t.Left + index, t.Rows, 1}
	t.cells.move(area{at.Top, at.Left, at.Rows, sheetColumns - at.Left}, 0, 1)
	t.area = t.shifted(0, 0, 0, 1)
	if fault := t.writeColumn(index, p); fault != nil {
		return Result{}, fault
	}
	t.nameColumns()
	if fault := t.cells.keep(); fault != nil {
		return Result{}, fault
	}
	if fault := t.resize(t.area); fault != nil {
		return Result{}, fault
	}
	made := t.columnEntity(index)
	return Result{Entity: &made}, nil
}

// writeColumn writes the values and the name of a column; values may be fewer than
// there are cells.
func (t sheetTable) writeColumn(index int, p entity.Object) *grapherr.Error {
	column := t.sheetRange
	column.area = t.column(index)
	if raw := json.RawMessage(jsonOf(p, "values")); len(raw) > 0 && string(raw) != "null" {
		n := 0
		for range entity.Elements(raw) {
			n++
		}
		if n > 1 && n < column.Rows {
			column.Rows = n
		}
		if fault := column.write("values", raw); fault != nil {
			return fault
		}
	}
	if name := text(p, "name"); name != "" {
		t.cells.set(t.Top, column.Left, cell{value: json.RawMessage(quoted(name))})
	}
	return nil
}

// oneColumn reads, changes or removes a column, or goes on from it.
func (t *sheetTable) oneColumn(q Query, way []Step, index int) (Result, *grapherr.Error) {
	column := t.sheetRange
	column.area = t.column(index)
	switch {
	case len(way) > 1 && way[1].Name == "filter":
		return t.filter(q, way[2:], index)
	case len(way) > 1:
		column.area = t.part(way[1].Name, column.area)
		return column.answer(q.Method, way[2:], q.Body)
	case q.Method == "DELETE":
		if fault := column.remove("Left"); fault != nil {
			return Result{}, fault
		}
		return Result{}, t.resize(t.shifted(0, 0, 0, -1))
	case q.Method == "PATCH":
		if fault := t.writeColumn(index, q.Body); fault != nil {
			return Result{}, fault
		}
		if fault := t.cells.keep(); fault != nil {
			return Result{}, fault
		}
	}
	e := t.columnEntity(index)
	return Result{Entity: &e}, nil
}
