package behavior

import (
	"strconv"
	"strings"
)

// Sizes of a worksheet (documented, resource excel: A:XFD and 1:1048576).
const (
	sheetRows    = 1048576
	sheetColumns = 16384
)

// area is a rectangle of cells, counted from 0.
type area struct{ top, left, rows, columns int }

// wholeSheet is all cells of a worksheet.
var wholeSheet = area{0, 0, sheetRows, sheetColumns}

// unbounded reports whether an area has whole rows or columns.
func (a area) unbounded() bool { return a.rows == sheetRows || a.columns == sheetColumns }

// within reports whether all of an area is cells of a worksheet.
func (a area) within(b area) bool {
	return a.top >= b.top && a.left >= b.left && a.top+a.rows <= b.top+b.rows && a.left+a.columns <= b.left+b.columns
}

// valid reports whether an area has cells, all of them on a worksheet.
func (a area) valid() bool { return a.rows > 0 && a.columns > 0 && a.within(wholeSheet) }

// shifted is an area moved and made larger by as many cells.
func (a area) shifted(down, right, moreRows, moreColumns int) area {
	return area{a.top + down, a.left + right, a.rows + moreRows, a.columns + moreColumns}
}

// row and column are lines of an area, the n-th from 0.
func (a area) row(n int) area    { return area{a.top + n, a.left, 1, a.columns} }
func (a area) column(n int) area { return area{a.top, a.left + n, a.rows, 1} }

// bounding is the least area that holds two.
func (a area) bounding(b area) area {
	top, left := min(a.top, b.top), min(a.left, b.left)
	return area{top, left, max(a.top+a.rows, b.top+b.rows) - top, max(a.left+a.columns, b.left+b.columns) - left}
}

// common is what two areas share; it has no rows when they share nothing.
func (a area) common(b area) area {
	top, left := max(a.top, b.top), max(a.left, b.left)
	c := area{top, left, min(a.top+a.rows, b.top+b.rows) - top, min(a.left+a.columns, b.left+b.columns) - left}
	if c.rows <= 0 || c.columns <= 0 {
		return area{}
	}
	return c
}

// String writes the address without a worksheet: "A1:B2", "B2", "A:C", "1:3".
func (a area) String() string {
	bottom, right := a.top+a.rows, a.left+a.columns-1
	switch {
	case a.rows == sheetRows && a.columns < sheetColumns:
		return columnName(a.left) + ":" + columnName(right)
	case a.columns == sheetColumns && a.rows < sheetRows:
		return strconv.Itoa(a.top+1) + ":" + strconv.Itoa(bottom)
	case a.rows == 1 && a.columns == 1:
		return columnName(a.left) + strconv.Itoa(bottom)
	}
	return columnName(a.left) + strconv.Itoa(a.top+1) + ":" + columnName(right) + strconv.Itoa(bottom)
}

// fixed writes the address as formulas of names have it: "$A$1:$B$2".
func (a area) fixed() string {
	first := "$" + columnName(a.left) + "$" + strconv.Itoa(a.top+1)
	if a.rows == 1 && a.columns == 1 {
		return first
	}
	return first + ":$" + columnName(a.left+a.columns-1) + "$" + strconv.Itoa(a.top+a.rows)
}

// columnName is the letters of a column counted from 0: A, Z, AA.
func columnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
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
		return sheet, area{from.top, from.left, 1, 1}, okFrom && from.top >= 0 && from.left >= 0
	}
	to, okTo := parseCorner(last)
	a = area{min(from.top, to.top), min(from.left, to.left), max(from.top, to.top) - min(from.top, to.top) + 1, max(from.left, to.left) - min(from.left, to.left) + 1}
	switch {
	case from.top < 0 && to.top < 0:
		a.top, a.rows = 0, sheetRows
	case from.left < 0 && to.left < 0:
		a.left, a.columns = 0, sheetColumns
	case from.top < 0 || to.top < 0 || from.left < 0 || to.left < 0:
		return "", area{}, false
	}
	return sheet, a, okFrom && okTo && a.valid()
}

// parseCorner reads "B2", "B" or "2"; what is left out is -1.
func parseCorner(text string) (corner area, ok bool) {
	corner = area{top: -1, left: -1}
	letters := strings.TrimRight(text, "0123456789")
	if digits := text[len(letters):]; digits != "" {
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > sheetRows {
			return corner, false
		}
		corner.top = n - 1
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
	corner.left = n - 1
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
