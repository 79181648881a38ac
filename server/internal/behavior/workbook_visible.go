package behavior

// Evidence for visible views (resource workbookRangeView, page of its rows):
//   - documented: a view is the visible cells of its range, and has rows.
//   - observed (tests of Future-Secure-AI/microsoft-graph, which run against Graph):
//     rows that a filter of a table or rowHidden hides are not in it, nor columns by
//     columnHidden; values are those of the cells that remain.
//   - assumed (2026-11): how criteria compare, which is as AutoFilter does; filters by
//     colours, icons and of dates hide nothing.

import (
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// hiddenStandard is what a range says of being hidden when nothing was.
var hiddenStandard = fields("columnHidden", "false", "hidden", "false", "rowHidden", "false")

// lines are rows and columns of a worksheet, whose crossings are cells.
type lines struct{ rows, columns []int }

// lines are all rows and columns of an area.
func (a area) lines() (l lines) {
	for i := range a.Rows {
		l.rows = append(l.rows, a.Top+i)
	}
	for i := range a.Columns {
		l.columns = append(l.columns, a.Left+i)
	}
	return l
}

// matrix is a value of each cell, row by row.
func (l lines) matrix(of func(row, column int) json.RawMessage) json.RawMessage {
	b := []byte{'['}
	for i, row := range l.rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, column := range l.columns {
			if j > 0 {
				b = append(b, ',')
			}
			b = append(b, of(row, column)...)
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// view is what is visible of the range, or with rows one view of each row.
func (r sheetRange) view(way []Step) (Result, *grapherr.Error) {
	if r.unbounded() { // of whole rows or columns, what is used
		r.area = r.usedIn(Step{})
	}
	if fault := r.tooLarge(); fault != nil {
		return Result{}, fault
	}
	seen := r.visible()
	if len(way) == 0 {
		return Result{Entity: r.viewOf(seen, 0)}, nil
	}
	var rows []Entity
	for i, row := range seen.rows {
		rows = append(rows, *r.viewOf(lines{[]int{row}, seen.columns}, i))
	}
	if len(way) == 1 {
		return ListOf(rows...), nil
	}
	if n, err := strconv.Atoi(way[1].Name); err == nil && n >= 0 && n < len(rows) {
		return Result{Entity: &rows[n]}, nil
	}
	return Result{}, notThere(way[1].Name)
}

// viewOf is a view of some cells.
func (r sheetRange) viewOf(seen lines, index int) *Entity {
	o := fields("id", quoted(strconv.Itoa(index)), "index", strconv.Itoa(index),
		"columnCount", strconv.Itoa(len(seen.columns)), "rowCount", strconv.Itoa(len(seen.rows)))
	o.Set("cellAddresses", seen.matrix(func(row, column int) json.RawMessage {
		return json.RawMessage(quoted(area{row, column, 1, 1}.String()))
	}))
	for _, name := range cellLevel {
		o.Set(name, seen.matrix(func(row, column int) json.RawMessage { return r.cells.valued(row, column).told(name) }))
	}
	return &Entity{Type: "microsoft.graph.workbookRangeView", Object: o}
}

// visible are the rows and columns of the range that nothing hides.
func (r sheetRange) visible() (seen lines) {
	all, hidden := r.lines(), r.hiddenByHand()
	tables := r.filtered()
	for _, row := range all.rows {
		if !hidden.row(row) && !tables.hide(row) {
			seen.rows = append(seen.rows, row)
		}
	}
	for _, column := range all.columns {
		if !hidden.column(column) {
			seen.columns = append(seen.columns, column)
		}
	}
	return seen
}

// hiding is an area whose rows or columns were hidden or shown again, later ones
// last.
type hiding struct {
	area
	set entity.Object
}

type hidings []hiding

func (r sheetRange) hiddenByHand() (all hidings) {
	for e := range r.tx.All(Below(r.sheet.Ref, formatsNavigation)) {
		if _, a, ok := parseArea(text(e.Object, "address")); ok && text(e.Object, "part") == "hidden" {
			all = append(all, hiding{a, inner(e.Object, "set")})
		}
	}
	return all
}

func (all hidings) row(n int) (hidden bool) {
	for _, h := range all {
		if h.set.Has("rowHidden") && n >= h.Top && n < h.Top+h.Rows {
			hidden = h.set.True("rowHidden")
		}
	}
	return hidden
}

func (all hidings) column(n int) (hidden bool) {
	for _, h := range all {
		if h.set.Has("columnHidden") && n >= h.Left && n < h.Left+h.Columns {
			hidden = h.set.True("columnHidden")
		}
	}
	return hidden
}
