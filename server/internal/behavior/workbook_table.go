package behavior

// Evidence for tables (pages table-*, tablecolumn-*, tablerow-* and tablesort-apply
// of both versions, resource excel):
//   - documented: a table is an area of cells with a row of headers; without headers
//     in the cells one is made above them; its properties and their defaults; that it
//     is of the workbook and of its worksheet; convertToRange keeps the cells.
//   - assumed (2026-11): names are Table1 and so on, ids are numbers; tables do not
//     overlap; a table that a fixture gives no cells keeps rows and columns of its
//     own, and its ranges are B2 alone.

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const tableType = "microsoft.graph.workbookTable"

// What a table has and does not show.
const (
	tableSheet   = "worksheetId" // by which the door of its worksheet finds it
	tableAddress = "address"     // without the worksheet, headers included
)

func workbookTables() []Registration {
	const on, all = "microsoft.graph.workbook", "Collection(microsoft.graph.workbook"
	return append([]Registration{
		{Type: tableType, Behavior: WorkbookTable{}},
		{Bound: all + "Table)/add", Behavior: invoked(addTable)},
		{Bound: on + "Table/convertToRange", Behavior: invoked(convertTable)},
		{Bound: on + "Table/clearFilters", Behavior: invoked(clearFilters)},
		{Bound: on + "Table/reapplyFilters", Behavior: transit{}},
		{Bound: on + "TableSort/apply", Behavior: invoked(sortTable)},
		{Bound: on + "TableSort/clear", Behavior: transit{set: []Default{{"fields", "[]"}}}},
		{Bound: on + "TableSort/reapply", Behavior: transit{}},
		{Kept: tableType + "/rows", Behavior: TableRows{}},
		{Kept: tableType + "/columns", Behavior: TableColumns{}},
		{Kept: tableType + "/worksheet", Behavior: SheetOfTable{}},
	}, tableFilters()...)
}

// WorkbookTable hides where its cells are, and empties them when it goes.
type WorkbookTable struct{}

var (
	_ Reader  = WorkbookTable{}
	_ Deleter = WorkbookTable{}
	_ Creator = WorkbookTable{}
)

// Read implements [Reader].
func (WorkbookTable) Read(_ Tx, e *Entity) {
	e.Object.Delete(tableSheet)
	e.Object.Delete(tableAddress)
}

// Computes implements [Computing].
func (WorkbookTable) Computes() []string { return []string{tableSheet, tableAddress} }

// Create implements [Creator].
func (WorkbookTable) Create(tx Tx, e *Entity) *grapherr.Error {
	complete(tx, Below(bookAt(tx), tablesPath), e)
	return nil
}

// Delete implements [Deleter].
func (WorkbookTable) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if t, placed := tableOf(tx, e); placed {
		return false, t.clear("Contents")
	}
	return false, nil
}

// bookAt is the file of the collection that the call is about.
func bookAt(tx Tx) Ref {
	if at := tx.Collection(); strings.HasPrefix(at.Name, "workbook/") {
		return at.Parent
	} else if at.Parent != None {
		return bookOf(tx, at.Parent)
	}
	return None
}

// complete gives a new table its name, its id and what else it begins with.
func complete(tx Tx, home Collection, e *Entity) {
	n := 1
	for ; ; n++ {
		_, id := tx.Get(home, strconv.Itoa(n))
		_, named := tx.By(home, "name", "Table"+strconv.Itoa(n))
		if !id && !named {
			break
		}
	}
	e.SetString("id", strconv.Itoa(n))
	for _, d := range []Default{
		{"name", quoted("Table" + strconv.Itoa(n))}, {"legacyId", quoted(strconv.Itoa(n))}, {"showHeaders", "true"}, {"showTotals", "false"},
		{"style", `"TableStyleMedium2"`}, {"showBandedRows", "true"}, {"showBandedColumns", "false"}, {"showFilterButton", "true"},
		{"highlightFirstColumn", "false"}, {"highlightLastColumn", "false"},
	} {
		if !present(e.Object, d.Name) {
			e.Set(d.Name, []byte(d.JSON))
		}
	}
	e.ID = text(e.Object, "id")
}

// sheetTable is a table with its cells.
type sheetTable struct {
	sheetRange // with the headers
	table      Entity
}

// tableOf is where a table is; false for one that has no cells.
func tableOf(tx Tx, table Entity) (sheetTable, bool) {
	if stored, ok := tx.Entity(table.Ref); ok {
		table = stored // what reading hides included
	}
	book := bookOf(tx, table.Ref)
	sheet, found := sheetNamed(tx, book, text(table.Object, tableSheet))
	if !found {
		sheet = sheetsOf(tx, book)[0]
	}
	_, a, placed := parseArea(text(table.Object, tableAddress))
	if !placed {
		a = nowhere
	}
	return sheetTable{rangeIn(tx, sheet, a), table}, placed
}

// body is the table without its headers.
func (t sheetTable) body() area { return t.shifted(1, 0, -1, 0) }

// resize keeps the table's new area.
func (t *sheetTable) resize(a area) *grapherr.Error {
	t.area = a
	t.table.SetString(tableAddress, a.String())
	return t.tx.Replace(t.table.Ref, t.table.Object)
}

// part is what a function of a table, or of a column of it, returns.
func (t sheetTable) part(function string, whole area) area {
	switch function {
	case "headerRowRange":
		return whole.row(0)
	case "dataBodyRange":
		return whole.shifted(1, 0, max(whole.Rows-1, 1)-whole.Rows, 0)
	case "totalRowRange":
		return whole.row(whole.Rows)
	}
	return whole
}

func rangeOfTable(tx Tx, table Entity, function string) (sheetRange, *grapherr.Error) {
	t, placed := tableOf(tx, table)
	if placed {
		t.area = t.part(function, t.area)
	}
	return t.sheetRange, nil
}

// addTable makes a table of cells.
func addTable(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	r, fault := tableSource(tx, text(p, "address"))
	if fault != nil {
		return Result{}, fault
	}
	book := bookAt(tx)
	for other := range tx.All(Below(book, tablesPath)) {
		if o, placed := tableOf(tx, other); placed && o.sheet.Ref == r.sheet.Ref && o.common(r.area).Rows > 0 {
			return Result{}, invalidArgument("A table cannot overlap another one.")
		}
	}
	if p.Has("hasHeaders") && !p.True("hasHeaders") {
		r.cells.move(area{r.Top, r.Left, sheetRows - r.Top, r.Columns}, 1, 0)
		r.Rows++
	}
	r.nameColumns()
	if fault := r.cells.keep(); fault != nil {
		return Result{}, fault
	}
	e := Entity{Object: fields(tableSheet, quoted(r.sheet.ID), tableAddress, quoted(r.area.String()))}
	complete(tx, Below(book, tablesPath), &e)
	made, fault := tx.Insert(Below(book, tablesPath), e)
	WorkbookTable{}.Read(tx, &made)
	return Result{Entity: &made}, fault
}

// tableSource is the range of an address, on the worksheet of the path or else
// the first.
func tableSource(tx Tx, address string) (sheetRange, *grapherr.Error) {
	book := bookAt(tx)
	sheet, a, ok := parseArea(address)
	at, found := sheetNamed(tx, book, cmp.Or(sheet, pathSheet(tx)))
	switch {
	case !ok || a.unbounded():
		return sheetRange{}, invalidArgument("The address '" + address + "' is no range of cells.")
	case !found && sheet != "":
		return sheetRange{}, notThere(sheet)
	case !found:
		at = sheetsOf(tx, book)[0]
	}
	return rangeIn(tx, at, a), nil
}

// pathSheet is the id of the worksheet that the path goes through; "" for none.
func pathSheet(tx Tx) string {
	e, _ := tx.Entity(tx.Opener())
	return e.ID
}

// nameColumns names the columns that have no text above them.
func (r sheetRange) nameColumns() {
	for i := range r.Columns {
		if c := r.cells.at(r.Top, r.Left+i); c.empty() {
			r.cells.set(r.Top, r.Left+i, cell{value: []byte(quoted("Column" + strconv.Itoa(i+1)))})
		}
	}
}

func convertTable(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	t, _ := tableOf(tx, *bound)
	if fault := tx.Delete(bound.Ref); fault != nil {
		return Result{}, fault
	}
	return t.sheetRange.result()
}

// sortTable sorts the rows of the table that the sort is of.
func sortTable(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	for _, name := range []string{"fields", "matchCase", "method"} {
		if raw, given := p.Get(name); given {
			bound.Set(name, raw)
		}
	}
	table, _ := tx.Entity(tx.Parent())
	t, placed := tableOf(tx, table)
	if !placed || t.Rows < 2 {
		return Result{}, nil
	}
	t.area = t.body()
	t.sortBy(list(p, "fields"), p.True("matchCase"))
	return Result{}, t.cells.keep()
}

// SheetOfTable answers the worksheet of a table.
type SheetOfTable struct{}

var _ Keeper = SheetOfTable{}

// Keep implements [Keeper].
func (SheetOfTable) Keep(tx Tx, table Entity, q Query) (Result, bool, *grapherr.Error) {
	if len(q.Way) > 1 || table.Ref == None {
		return Result{}, false, nil
	}
	t, _ := tableOf(tx, table)
	return Result{Entity: &t.sheet}, true, nil
}
