package formula

import (
	"strconv"
	"strings"
)

// corner is a cell as a reference writes it; what is left out is -1.
type corner struct {
	row, column           int
	fixedRow, fixedColumn bool // behind "$"
}

// refNode is a reference as it stands in a formula.
type refNode struct {
	sheet    string // "" for the formula's own
	from, to corner
	ranged   bool
	start    int // where it is in the text, the sheet left out
	end      int
}

// cells reads a reference to cells at a place, or nothing.
func (p *parser) cells(sheet string, at int) *refNode {
	from, next, ok := readCorner(p.text, at)
	if !ok {
		return nil
	}
	r := &refNode{sheet: sheet, from: from, to: from, start: at}
	if next < len(p.text) && p.text[next] == ':' {
		if to, end, ok := readCorner(p.text, next+1); ok && from.kind() == to.kind() && p.ends(end) {
			r.to, r.ranged, next = to, true, end
		}
	}
	if !r.ranged && from.kind() != 3 || !p.ends(next) {
		return nil
	}
	r.end, p.at = next, next
	p.refs = append(p.refs, r)
	return r
}

// ends reports whether a reference may end at a place: no word goes on there.
func (p *parser) ends(at int) bool {
	return at >= len(p.text) || !wordByte(p.text[at]) && !strings.ContainsRune("(![", rune(p.text[at]))
}

// kind tells cells (3), columns (1) and rows (2) apart.
//
//go:noinline
func (c corner) kind() (kind int) {
	if c.column >= 0 {
		kind = 1
	}
	if c.row >= 0 {
		kind += 2
	}
	return kind
}

// readCorner reads "$B$2", "B" or "2" at a place of a text.
func readCorner(text string, at int) (c corner, end int, ok bool) {
	c = corner{row: -1, column: -1}
	dollar := at < len(text) && text[at] == '$'
	if dollar {
		at++
	}
	n, from := 0, at
	for ; at < len(text) && at-from < 4 && isLetter(text[at]); at++ {
		n = n*26 + int(text[at]|0x20-'a') + 1
	}
	if at > from {
		c.column, c.fixedColumn = n-1, dollar
		dollar = at < len(text) && text[at] == '$'
		if dollar {
			at++
		}
	}
	digits := at
	for at < len(text) && at-digits < 8 && text[at] >= '0' && text[at] <= '9' {
		at++
	}
	if at > digits {
		n, _ := strconv.Atoi(text[digits:at])
		c.row, c.fixedRow = n-1, dollar
	}
	ok = c.column < SheetColumns && c.row < SheetRows && (at > digits && c.row >= 0 || at == digits && c.column >= 0 && !dollar)
	return c, at, ok
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// area is where a reference leads.
func (r *refNode) area() Area {
	a := cornerArea(r.from)
	return a.Bounding(cornerArea(r.to))
}

//go:noinline
func cornerArea(c corner) Area {
	a := Area{c.row, c.column, 1, 1}
	if c.row < 0 {
		a.Top, a.Rows = 0, SheetRows
	}
	if c.column < 0 {
		a.Left, a.Columns = 0, SheetColumns
	}
	return a
}

// String writes a corner: "$B$2".
func (c corner) String() string {
	t := ""
	if c.column >= 0 {
		t = mark(c.fixedColumn) + ColumnName(c.column)
	}
	if c.row >= 0 {
		t += mark(c.fixedRow) + strconv.Itoa(c.row+1)
	}
	return t
}

func mark(fixed bool) string {
	if fixed {
		return "$"
	}
	return ""
}

// ColumnName is the letters of a column counted from 0: A, Z, AA.
func ColumnName(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// String writes a reference without its worksheet.
func (r *refNode) String() string {
	if r.ranged {
		return r.from.String() + ":" + r.to.String()
	}
	return r.from.String()
}

// structure is a structured reference: a table's rows and columns.
type structure struct {
	table       string // "" for the one that the formula is in
	parts       []string
	first, last string // columns; "" for all
}

// bracketed reads "[Column]" or "[@Column]" of the formula's own table, or skips
// the number of another workbook, which is not there.
func (p *parser) bracketed() node {
	n := p.structured("")
	if p.err == nil && wordByte(p.peek()) {
		end := wordEnd(p.text, p.at)
		if end < len(p.text) && p.text[end] == '!' {
			p.at = end + 1
			p.onSheet("")
			return foreign{}
		}
	}
	return n
}

// structured reads what stands in brackets behind a table's name.
func (p *parser) structured(table string) node {
	s := structure{table: table}
	p.at++
	inner := false
	for p.err == nil {
		switch c := p.next(); c {
		case ']':
			p.at++
			return s
		case '[':
			p.at++
			inner = true
			s.add(p.specifier())
			if !p.take("]") {
				return p.fail()
			}
		case ',', ':':
			p.at++
		case '@':
			p.at++
			s.parts = append(s.parts, "#this row")
		default:
			if inner {
				return p.fail()
			}
			s.add(p.specifier())
		}
	}
	return p.fail()
}

// specifier reads the name of a column or a part, up to a bracket; "'" makes the
// character behind it plain.
func (p *parser) specifier() string {
	name := ""
	for p.at < len(p.text) {
		switch c := p.text[p.at]; {
		case c == ']' || c == '[':
			return name
		case c == '\'' && p.at+1 < len(p.text):
			p.at++
			fallthrough
		default:
			name += p.text[p.at : p.at+1]
			p.at++
		}
	}
	p.fail()
	return ""
}

func (s *structure) add(name string) {
	switch {
	case strings.HasPrefix(name, "#"):
		s.parts = append(s.parts, strings.ToLower(name))
	case s.first == "":
		s.first, s.last = name, name
	default:
		s.last = name
	}
}
