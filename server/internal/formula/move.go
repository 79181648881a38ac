package formula

import (
	"slices"
	"strings"
)

// Move is cells that moved: those of an area to the edge of the worksheet went so
// many rows down or columns to the right, or the other way when others were taken
// out.
type Move struct {
	From        Area
	Down, Right int
}

// Area is where an area is after the move; false when its cells are gone. An area
// that is wider than what moved stays.
func (m Move) Area(a Area) (Area, bool) {
	there := true
	if m.Down != 0 && a.Left >= m.From.Left && a.Left+a.Columns <= m.From.Left+m.From.Columns && a.Rows < SheetRows {
		a.Top, a.Rows, there = follow(a.Top, a.Rows, m.From.Top, m.Down, SheetRows)
	}
	if m.Right != 0 && a.Top >= m.From.Top && a.Top+a.Rows <= m.From.Top+m.From.Rows && a.Columns < SheetColumns {
		a.Left, a.Columns, there = follow(a.Left, a.Columns, m.From.Left, m.Right, SheetColumns)
	}
	return a, there
}

// follow is where lines are after those from one on have moved by n.
func follow(first, size, from, n, most int) (int, int, bool) {
	last := first + size - 1
	if first >= from {
		first += n
	} else if n < 0 && first >= from+n {
		first = from + n
	}
	if last >= from {
		last += n
	} else if n < 0 && last >= from+n {
		last = from + n - 1
	}
	last = min(last, most-1)
	return first, last - first + 1, last >= first
}

// Follow is a formula after cells of a worksheet moved; own tells whether the
// formula is on it, too.
func (m Move) Follow(text string, own bool, sheet string) string {
	out, _ := rewrite(text, func(r *refNode) string {
		if r.sheet == "" && !own || r.sheet != "" && !fold(r.sheet, sheet) {
			return r.String()
		}
		a, there := m.Area(r.area())
		if !there {
			return string(ErrRef)
		}
		return r.over(a).String()
	})
	return out
}

// over is a reference to another area, written as before.
func (r *refNode) over(a Area) *refNode {
	moved := *r
	if cornerArea(r.from).Bounding(cornerArea(r.to)) == a {
		return &moved
	}
	if r.from.row >= 0 {
		moved.from.row, moved.to.row = a.Top, a.Top+a.Rows-1
	}
	if r.from.column >= 0 {
		moved.from.column, moved.to.column = a.Left, a.Left+a.Columns-1
	}
	return &moved
}

// Renamed is a formula after a worksheet got another name.
func Renamed(text, from, to string) string {
	_, p, err := parse(text)
	if err != nil {
		return text
	}
	quoted := strings.TrimSuffix(Sheeted(to, ""), "!")
	for _, s := range slices.Backward(p.sheets) {
		if fold(s.name, from) {
			text = text[:s.start] + quoted + text[s.end:]
		}
	}
	return text
}
