package behavior

// Evidence for charts (pages chartcollection-add, chart-setdata, chart-setposition
// and chart-image of both versions; resource excel):
//   - documented: the parameters; the size that a new chart has in the example; its
//     name is Chart and a number; an image is a text in base64.
//   - assumed (2026-11): a series per column of the data, or per row, named by its
//     header; cells are 48 points wide and 15 high; an image is one white pixel.

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const cellWidth, cellHeight = 48, 15 // points

func workbookCharts() []Registration {
	const on, all = "microsoft.graph.workbook", "Collection(microsoft.graph.workbook"
	return []Registration{
		{Bound: all + "Chart)/add", Behavior: invoked(addChart)},
		{Bound: on + "Chart/setData", Behavior: invoked(setChartData)},
		{Bound: on + "Chart/setPosition", Behavior: invoked(placeChart)},
		{Bound: on + "Chart/image", Behavior: invoked(chartImage)},
		{Bound: on + "ChartFill/clear", Behavior: transit{}},
		{Bound: on + "ChartFill/setSolidColor", Behavior: transit{}},
		{Bound: on + "ChartLineFormat/clear", Behavior: transit{set: []Default{{"color", `""`}}}},
	}
}

func addChart(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	home := tx.Collection()
	n := sizeOf(tx, home) + 1
	id := "{" + strings.ToUpper(tx.NewID()) + "}"
	o := fields("id", quoted(id), "name", quoted("Chart "+strconv.Itoa(n)), "height", "216", "left", "0", "top", "0", "width", "360")
	made, fault := tx.Insert(home, Entity{ID: id, Object: o})
	if fault == nil {
		fault = chartSeries(tx, made, p)
	}
	return Result{Entity: &made}, fault
}

func setChartData(tx Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	for e := range tx.All(Below(bound.Ref, "series")) {
		if fault := tx.Delete(e.Ref); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, chartSeries(tx, *bound, p)
}

// chartSeries makes a series for each column of the source, or each row.
func chartSeries(tx Tx, chart Entity, p entity.Object) *grapherr.Error {
	address := cmp.Or(text(p, "sourceData"), text(inner(p, "sourceData"), "address"))
	sheet, _ := tx.Entity(tx.Home(chart.Ref).Parent)
	r, fault := rangeIn(tx, sheet, wholeSheet).at(address)
	if fault != nil || r.unbounded() {
		return nil // of which nothing can be told
	}
	byRows := strings.EqualFold(text(p, "seriesBy"), "Rows")
	n := r.Columns
	if byRows {
		n = r.Rows
	}
	for i := range min(n, 255) {
		at := r.column(i)
		if byRows {
			at = r.row(i)
		}
		name := shown(r.cells.valued(at.Top, at.Left).value, generalFormat)
		o := fields("name", quoted(cmp.Or(name, "Series"+strconv.Itoa(i+1))))
		if _, fault := tx.Insert(Below(chart.Ref, "series"), Entity{Object: o}); fault != nil {
			return fault
		}
	}
	return nil
}

// placeChart puts a chart over cells.
func placeChart(_ Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
	_, from, ok := parseArea(cmp.Or(text(p, "startCell"), text(inner(p, "startCell"), "address")))
	if !ok {
		return Result{}, invalidArgument("startCell is no cell.")
	}
	bound.Set("left", json.RawMessage(strconv.Itoa(from.Left*cellWidth)))
	bound.Set("top", json.RawMessage(strconv.Itoa(from.Top*cellHeight)))
	if _, to, ok := parseArea(cmp.Or(text(p, "endCell"), text(inner(p, "endCell"), "address"))); ok {
		whole := from.bounding(to)
		bound.Set("width", json.RawMessage(strconv.Itoa(whole.Columns*cellWidth)))
		bound.Set("height", json.RawMessage(strconv.Itoa(whole.Rows*cellHeight)))
	}
	return Result{}, nil
}

// whitePixel is a PNG of one pixel.
const whitePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8//8/AwAI/AL+X2N0WQAAAABJRU5ErkJggg=="

func chartImage(Tx, *Entity, entity.Object) (Result, *grapherr.Error) {
	return Result{Value: json.RawMessage(quoted(whitePixel))}, nil
}
