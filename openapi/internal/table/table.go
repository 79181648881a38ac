package table

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Table reads a Graph version in place. It does not change and may be used by
// many goroutines. Rows are counted from zero; a row that does not exist reads
// as zero, so that damaged data gives wrong answers but never a panic.
type Table struct {
	base  string // strings of the table that this one was written on
	parts [sections]string
	head  [headNumbers]uint32
}

// Open takes a table that [Write] wrote, with the base that it was written on;
// nil for none. It looks at the header alone, whatever the size. The data must
// not change: names are cut out of it.
func Open(data string, base *Table) (*Table, error) {
	if len(data) < headerSize || data[:len(magic)] != magic {
		return nil, errors.New("not a table")
	}
	if got := number(data, len(magic)); got != format {
		return nil, fmt.Errorf("table has format %d: want %d, generate it again", got, format)
	}
	t := &Table{}
	at := len(magic) + 4
	for i := range t.head {
		t.head[i], at = number(data, at), at+4
	}
	for i := range t.parts {
		start, end := int(number(data, at)), int(number(data, at+4))
		if start < headerSize || start > end || end > len(data) || (end-start)%widths[i] != 0 {
			return nil, fmt.Errorf("table is damaged: section %d from %d to %d of %d bytes", i, start, end, len(data))
		}
		t.parts[i], at = data[start:end], at+4
	}
	if t.Nodes() < 1 || t.Types() < 0 {
		return nil, errors.New("table is damaged: no nodes or no types")
	}
	if base != nil {
		t.base = base.parts[stringSection]
	}
	if want := int(t.head[headShared]); want != len(t.base) {
		return nil, fmt.Errorf("table was written on another, with %d bytes of strings: it is opened on %d", want, len(t.base))
	}
	return t, nil
}

// Name is the version's name: "v1.0".
func (t *Table) Name() string { return t.text(t.head[headName]) }

// Title is the title of the document that the version was compiled from, empty
// for Graph itself.
func (t *Table) Title() string { return t.text(t.head[headTitle]) }

// EntityTypes counts the entity types that have a name.
func (t *Table) EntityTypes() int { return int(t.head[headEntityTypes]) }

// rows counts the records of a section.
func (t *Table) rows(section int) int { return len(t.parts[section]) / widths[section] }

// record cuts out one record; empty when there is none of that row.
func (t *Table) record(section, row int) string {
	width := widths[section]
	if row < 0 || row >= len(t.parts[section])/width {
		return ""
	}
	return t.parts[section][row*width : row*width+width]
}

// text cuts a string out of its section; empty when the reference is wrong.
func (t *Table) text(ref uint32) string {
	at := int(ref) - len(t.base)
	if at < 0 {
		s, _ := cut(t.base, int(ref))
		return s
	}
	s, _ := cut(t.parts[stringSection], at)
	return s
}

// cut takes the string at a place, and tells where the next begins.
func cut(part string, at int) (s string, next int) {
	if at >= len(part) {
		return "", len(part)
	}
	n, start := int(part[at]), at+1
	if n >= 0x80 {
		if start >= len(part) {
			return "", len(part)
		}
		n, start = n&0x7f|int(part[start])<<7, start+1
	}
	if n > len(part)-start {
		return "", len(part)
	}
	return part[start : start+n], start + n
}

// longest is the length of the longest string that can be written: two bytes
// of length, the first with seven bits.
const longest = 1<<15 - 1

// paired finds the second number of the pair whose first is given.
func (t *Table) paired(section, first int) uint32 {
	lo, hi := 0, t.rows(section)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if int(number24(t.record(section, mid), 0)) < first {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if r := t.record(section, lo); r != "" && int(number24(r, 0)) == first {
		return number24(r, 3)
	}
	return 0
}

func number(s string, at int) uint32 {
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16 | uint32(s[at+3])<<24
}

func number24(s string, at int) uint32 {
	return uint32(s[at]) | uint32(s[at+1])<<8 | uint32(s[at+2])<<16
}

func number16(s string, at int) uint16 { return uint16(s[at]) | uint16(s[at+1])<<8 }

func appendNumber(b []byte, n uint32) []byte   { return binary.LittleEndian.AppendUint32(b, n) }
func appendNumber16(b []byte, n uint16) []byte { return binary.LittleEndian.AppendUint16(b, n) }

func appendNumber24(b []byte, n uint32) []byte { return append(b, byte(n), byte(n>>8), byte(n>>16)) }
