package behavior

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/formula"
)

// Sizes of a worksheet (documented, resource excel: A:XFD and 1:1048576).
const (
	sheetRows    = formula.SheetRows
	sheetColumns = formula.SheetColumns
)

// area is a rectangle of cells, counted from 0.
type area formula.Area

// wholeSheet is all cells of a worksheet.
var wholeSheet = area{0, 0, sheetRows, sheetColumns}

// unbounded reports whether an area has whole rows or columns.
func (a area) unbounded() bool { return a.Rows == sheetRows || a.Columns == sheetColumns }

// within reports whether all of an area is cells of a worksheet.
func (a area) within(b area) bool {
	return a.Top >= b.Top && a.Left >= b.Left && a.Top+a.Rows <= b.Top+b.Rows && a.Left+a.Columns <= b.Left+b.Columns
}

// valid reports whether an area has cells, all of them on a worksheet.
func (a area) valid() bool { return formula.Area(a).Valid() }

// shifted is an area moved and made larger by as many cells.
func (a area) shifted(down, right, moreRows, moreColumns int) area {
	return area{a.Top + down, a.Left + right, a.Rows + moreRows, a.Columns + moreColumns}
}

// row and column are lines of an area, the n-th from 0.
func (a area) row(n int) area    { return area{a.Top + n, a.Left, 1, a.Columns} }
func (a area) column(n int) area { return area{a.Top, a.Left + n, a.Rows, 1} }

// bounding is the least area that holds two.
func (a area) bounding(b area) area { return area(formula.Area(a).Bounding(formula.Area(b))) }

// common is what two areas share; it has no rows when they share nothing.
func (a area) common(b area) area { return area(formula.Area(a).Common(formula.Area(b))) }

// String writes the address without a worksheet: "A1:B2", "B2", "A:C", "1:3".
func (a area) String() string {
	bottom, right := a.Top+a.Rows, a.Left+a.Columns-1
	switch {
	case a.Rows == sheetRows && a.Columns < sheetColumns:
		return formula.ColumnName(a.Left) + ":" + formula.ColumnName(right)
	case a.Columns == sheetColumns && a.Rows < sheetRows:
		return strconv.Itoa(a.Top+1) + ":" + strconv.Itoa(bottom)
	case a.Rows == 1 && a.Columns == 1:
		return formula.ColumnName(a.Left) + strconv.Itoa(bottom)
	}
	return formula.ColumnName(a.Left) + strconv.Itoa(a.Top+1) + ":" + formula.ColumnName(right) + strconv.Itoa(bottom)
}

// fixed writes the address as formulas of names have it: "$A$1:$B$2".
func (a area) fixed() string {
	first := "$" + formula.ColumnName(a.Left) + "$" + strconv.Itoa(a.Top+1)
	if a.Rows == 1 && a.Columns == 1 {
		return first
	}
	return first + ":$" + formula.ColumnName(a.Left+a.Columns-1) + "$" + strconv.Itoa(a.Top+a.Rows)
}

// parseArea reads an address, with "$" or without. sheet is the worksheet that it
// names, "" for none.
func parseArea(address string) (sheet string, a area, ok bool) {
	if i := strings.LastIndexByte(address, '!'); i >= 0 {
		sheet, address = strings.ReplaceAll(strings.Trim(address[:i], "'"), "''", "'"), address[i+1:]
	}
	first, last, ranged := strings.Cut(strings.ReplaceAll(strings.TrimSpace(address), "$", ""), ":")
	from, okFrom := parseCorner(first)
	if !ranged {
		return sheet, area{from.Top, from.Left, 1, 1}, okFrom && from.Top >= 0 && from.Left >= 0
	}
	to, okTo := parseCorner(last)
	a = area{min(from.Top, to.Top), min(from.Left, to.Left), max(from.Top, to.Top) - min(from.Top, to.Top) + 1, max(from.Left, to.Left) - min(from.Left, to.Left) + 1}
	switch {
	case from.Top < 0 && to.Top < 0:
		a.Top, a.Rows = 0, sheetRows
	case from.Left < 0 && to.Left < 0:
		a.Left, a.Columns = 0, sheetColumns
	case from.Top < 0 || to.Top < 0 || from.Left < 0 || to.Left < 0:
		return "", area{}, false
	}
	return sheet, a, okFrom && okTo && a.valid()
}

// parseCorner reads "B2", "B" or "2"; what is left out is -1.
func parseCorner(text string) (corner area, ok bool) {
	corner = area{Top: -1, Left: -1}
	letters := strings.TrimRight(text, "0123456789")
	if digits := text[len(letters):]; digits != "" {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > sheetRows {
			return corner, false
		}
		corner.Top = n - 1
	}
	if letters == "" {
		return corner, text != ""
	}
	n := 0
	for _, c := range strings.ToUpper(letters) {
		if c < 'A' || c > 'Z' || n > sheetColumns {
			return corner, false
		}
		n = n*26 + int(c-'A') + 1
	}
	corner.Left = n - 1
	return corner, n <= sheetColumns
}

// sheetAddress is an address with its worksheet: "Sheet1!A1", "'My sheet'!A1".
func sheetAddress(sheet, address string) string {
	plain := strings.IndexFunc(sheet, func(r rune) bool {
		return r != '_' && r != '.' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && r < 128
	}) < 0
	if !plain {
		sheet = "'" + strings.ReplaceAll(sheet, "'", "''") + "'"
	}
	return sheet + "!" + address
}
