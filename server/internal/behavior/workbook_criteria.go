package behavior

// Evidence for what filters hide: see workbook_visible.go.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
)

// columnFilter is a filter of a column of a table, with what the column holds.
type columnFilter struct {
	body     area
	criteria entity.Object
	cells    []cell
}

type columnFilters []columnFilter

// filtered are the filters of the tables that are on the range's worksheet.
func (r sheetRange) filtered() (all columnFilters) {
	for table := range r.tx.All(Below(bookOf(r.tx, r.sheet.Ref), tablesPath)) {
		t, placed := tableOf(r.tx, table)
		if !placed || t.sheet.Ref != r.sheet.Ref {
			continue
		}
		for e := range r.tx.All(Below(table.Ref, filtersNavigation)) {
			n, err := strconv.Atoi(e.ID)
			if criteria := inner(e.Object, "criteria"); err == nil && criteria != nil && n < t.Columns {
				all = append(all, t.columnFilter(n, criteria))
			}
		}
	}
	return all
}

func (t sheetTable) columnFilter(column int, criteria entity.Object) columnFilter {
	f := columnFilter{body: t.body(), criteria: criteria}
	for i := range f.body.Rows {
		f.cells = append(f.cells, t.cells.valued(f.body.Top+i, f.body.Left+column))
	}
	return f
}

// hide reports whether a filter takes a row out of sight.
func (all columnFilters) hide(row int) bool {
	return slices.ContainsFunc(all, func(f columnFilter) bool {
		i := row - f.body.Top
		return i >= 0 && i < len(f.cells) && !f.passes(f.cells[i])
	})
}

// passes reports whether a cell of the column meets the criteria.
func (f columnFilter) passes(c cell) bool {
	first, second := text(f.criteria, "criterion1"), text(f.criteria, "criterion2")
	switch on := strings.ToLower(text(f.criteria, "filterOn")); on {
	case "values":
		return slices.ContainsFunc(f.wanted(), func(value string) bool { return strings.EqualFold(value, c.text()) })
	case "custom":
		if second == "" {
			return c.meets(first)
		}
		if strings.EqualFold(text(f.criteria, "operator"), "or") {
			return c.meets(first) || c.meets(second)
		}
		return c.meets(first) && c.meets(second)
	case "topitems", "bottomitems", "toppercent", "bottompercent":
		return f.ranked(c, on, first)
	}
	return true
}

// wanted are the texts that a filter by values lets pass.
func (f columnFilter) wanted() (all []string) {
	raw, _ := f.criteria.Get("values")
	for value := range entity.Elements(raw) {
		if s, isText := entity.Unquote(value); isText {
			all = append(all, s)
		} else {
			all = append(all, string(value))
		}
	}
	return all
}

func (c cell) text() string { return shown(c.value, cmp.Or(c.format, generalFormat)) }

// number is the value of a cell that holds one.
func (c cell) number() (float64, bool) {
	if _, isText := entity.Unquote(c.value); isText || c.value == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(c.value), 64)
	return n, err == nil
}

// ranked reports whether a number is among the highest or lowest.
func (f columnFilter) ranked(c cell, on, count string) bool {
	var all []float64
	for _, other := range f.cells {
		if n, ok := other.number(); ok {
			all = append(all, n)
		}
	}
	mine, isNumber := c.number()
	n, err := strconv.Atoi(count)
	if !isNumber || err != nil {
		return false
	}
	if strings.HasSuffix(on, "percent") {
		n = len(all) * n / 100
	}
	better := 0
	for _, other := range all {
		if other > mine == strings.HasPrefix(on, "top") && other != mine {
			better++
		}
	}
	return better < max(n, 1)
}

// comparisons are how a criterion may begin, longer ones first.
var comparisons = []string{">=", "<=", "<>", ">", "<", "="}

// meets reports whether a cell meets one criterion: ">5", "<>", "=a*".
func (c cell) meets(criterion string) bool {
	how, operand := "=", criterion
	for _, sign := range comparisons {
		if rest, ok := strings.CutPrefix(criterion, sign); ok {
			how, operand = sign, rest
			break
		}
	}
	wanted, err := strconv.ParseFloat(operand, 64)
	mine, isNumber := c.number()
	if err == nil && isNumber {
		return compares(cmp.Compare(mine, wanted), how)
	}
	if how == "=" || how == "<>" {
		return formula.Like(operand, c.text()) == (how == "=")
	}
	return err != nil && !isNumber && c.value != nil && compares(strings.Compare(strings.ToLower(c.text()), strings.ToLower(operand)), how)
}

// compares reports whether an order is what a sign says.
func compares(order int, sign string) bool {
	switch sign {
	case ">":
		return order > 0
	case "<":
		return order < 0
	case ">=":
		return order >= 0
	case "<=":
		return order <= 0
	case "<>":
		return order != 0
	}
	return order == 0
}
