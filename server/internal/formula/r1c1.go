package formula

import (
	"strconv"
	"strings"
)

// rewrite writes a formula anew with each of its references changed.
func rewrite(text string, change func(r *refNode) string) (string, error) {
	_, p, err := parse(text)
	if err != nil {
		return text, err
	}
	out := ""
	from := 0
	for _, r := range p.refs {
		if r.start < from {
			continue
		}
		out += text[from:r.start]
		out += change(r)
		from = r.end
	}
	out += text[from:]
	return out, nil
}

// Copied is a formula as a cell has it that it is copied to, so many rows and
// columns away: references that are not fixed move along.
func Copied(text string, down, right int) string {
	out, _ := rewrite(text, func(r *refNode) string {
		moved, ok := *r, true
		for _, c := range []*corner{&moved.from, &moved.to} {
			if c.row >= 0 && !c.fixedRow {
				c.row += down
				ok = ok && c.row >= 0 && c.row < SheetRows
			}
			if c.column >= 0 && !c.fixedColumn {
				c.column += right
				ok = ok && c.column >= 0 && c.column < SheetColumns
			}
		}
		if !ok {
			return string(ErrRef)
		}
		return moved.String()
	})
	return out
}

// ToR1C1 writes the references of a cell's formula by their distance.
func ToR1C1(text string, row, column int) string {
	out, _ := rewrite(text, func(r *refNode) string {
		first := r.from.distant(row, column)
		if last := r.to.distant(row, column); r.ranged && last != first {
			return first + ":" + last
		}
		return first
	})
	return out
}

// distant writes a corner as "R[1]C[-1]", "R2C3", "C1".
func (c corner) distant(row, column int) string {
	t := ""
	if c.row >= 0 {
		t = "R" + distance(c.row, row, c.fixedRow)
	}
	if c.column >= 0 {
		t += "C" + distance(c.column, column, c.fixedColumn)
	}
	return t
}

func distance(n, from int, fixed bool) string {
	switch {
	case fixed:
		return strconv.Itoa(n + 1)
	case n == from:
		return ""
	}
	return "[" + strconv.Itoa(n-from) + "]"
}

// FromR1C1 writes the references of a formula in the usual way.
func FromR1C1(text string, row, column int) (string, error) {
	out := ""
	for at := 0; at < len(text); {
		c := text[at]
		if c == '"' || c == '\'' {
			end := strings.IndexByte(text[at+1:], c)
			if end < 0 {
				return "", errSyntax
			}
			out += text[at : at+end+2]
			at += end + 2
			continue
		}
		if reference, end := relative(text, at, row, column); end > at {
			out += reference
			at = end
			continue
		}
		end := max(at+1, wordEnd(text, at))
		out += text[at:end]
		at = end
	}
	return out, nil
}

// relative reads a reference by distance at a place of a text; a whole row or column
// is a range.
func relative(text string, at, row, column int) (string, int) {
	from, end := distantCorner(text, at, row, column)
	if end == at || end < len(text) && (wordByte(text[end]) || text[end] == '(' || text[end] == '!') {
		return "", at
	}
	r := &refNode{from: from, to: from, ranged: from.kind() != 3}
	if end < len(text) && text[end] == ':' {
		if to, behind := distantCorner(text, end+1, row, column); behind > end+1 && to.kind() == from.kind() {
			r.to, r.ranged, end = to, true, behind
		}
	}
	return r.String(), end
}

func distantCorner(text string, at, row, column int) (corner, int) {
	c, end := corner{row: -1, column: -1}, at
	if end < len(text) && text[end]|0x20 == 'r' {
		c.row, c.fixedRow, end = distanceAt(text, end+1, row)
	}
	if end < len(text) && text[end]|0x20 == 'c' {
		c.column, c.fixedColumn, end = distanceAt(text, end+1, column)
	}
	if c.row < -1 || c.column < -1 || c.row >= SheetRows || c.column >= SheetColumns {
		return c, at
	}
	return c, end
}

// outside is no row or column.
const outside = -1 << 30

// distanceAt reads "[2]", "2" or nothing.
func distanceAt(text string, at, from int) (n int, fixed bool, end int) {
	end = at
	if at < len(text) && text[at] == '[' {
		if size := strings.IndexByte(text[at:], ']'); size > 0 {
			if n, err := strconv.Atoi(text[at+1 : at+size]); err == nil {
				if n += from; n < 0 {
					n = outside
				}
				return n, false, at + size + 1
			}
		}
		return outside, false, at
	}
	for end < len(text) && end-at < 8 && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	if end == at {
		return from, false, end
	}
	n, _ = strconv.Atoi(text[at:end])
	if n == 0 {
		return outside, true, end
	}
	return n - 1, true, end
}
