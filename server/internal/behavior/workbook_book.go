package behavior

// Evidence for the values of formulas (support pages of operators, of their order,
// of structured references, of circular references and of each function; resource
// excel):
//   - documented: how formulas are written, what operators and functions make of
//     values, errors, and that cells which need each other in a circle are 0.
//   - assumed (2026-11): cells have their values whenever they are read; of a matrix
//     the first value is the cell's, and nothing spills into others; what cannot be
//     calculated keeps the value that its file has, else it is #NAME?, or #NUM! when
//     it is too much work.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
)

// book is a workbook as its formulas see it. What it has read once stays, so it is
// of one state of the workbook.
type book struct {
	tx     Tx
	file   Ref
	all    []Entity
	sheets map[string]*cells // by name in small letters
	used   map[string]area
	held   map[place]cell
}

// place is a cell of a worksheet.
type place struct {
	sheet       *cells
	row, column int
}

var _ formula.Book = (*book)(nil)

// bookAround is the workbook of a file; cells that are at work are seen as they are.
func bookAround(tx Tx, file Ref, at *cells) *book {
	b := &book{tx: tx, file: file, all: sheetsOf(tx, file), sheets: map[string]*cells{}, used: map[string]area{}, held: map[place]cell{}}
	for _, sheet := range b.all {
		held := cellsOf(tx, sheet)
		if at != nil && at.sheet.Ref == sheet.Ref {
			held = at
		}
		b.sheets[strings.ToLower(text(sheet.Object, "name"))] = held
	}
	return b
}

// Used implements [formula.Book].
func (b *book) Used(sheet string) (formula.Area, bool) {
	name := strings.ToLower(sheet)
	held, there := b.sheets[name]
	if !there {
		return formula.Area{}, false
	}
	used, known := b.used[name]
	if !known {
		used = held.used(true)
		b.used[name] = used
	}
	return formula.Area(used), true
}

// Cell implements [formula.Book].
func (b *book) Cell(sheet string, row, column int) (formula.Value, string) {
	at := place{b.sheets[strings.ToLower(sheet)], row, column}
	if at.sheet == nil {
		return formula.ErrRef, ""
	}
	c, known := b.held[at]
	if !known {
		c = at.sheet.at(row, column)
		b.held[at] = c
	}
	return valueOf(c.value), c.formula
}

// Name implements [formula.Book].
func (b *book) Name(sheet, name string) (string, bool) {
	places := []Collection{Below(b.file, namesPath)}
	if held, there := b.sheets[strings.ToLower(sheet)]; there {
		places = []Collection{Below(held.sheet.Ref, "names"), places[0]}
	}
	for _, place := range places {
		if named, found := b.tx.By(place, "name", name); found {
			return text(named.Object, "value"), true
		}
	}
	return "", false
}

// Table implements [formula.Book].
func (b *book) Table(name string, at formula.Ref) (formula.Table, bool) {
	for table := range b.tx.All(Below(b.file, tablesPath)) {
		t, placed := tableOf(b.tx, table)
		in := strings.EqualFold(text(t.sheet.Object, "name"), at.Sheet) && t.common(area(at.Area)).Rows > 0
		if !placed || name != "" && !strings.EqualFold(text(table.Object, "name"), name) || name == "" && !in {
			continue
		}
		sheet := text(t.sheet.Object, "name")
		found := formula.Table{Ref: formula.Ref{Sheet: sheet, Area: formula.Area(t.area)}}
		held := b.sheets[strings.ToLower(sheet)]
		for i := range t.Columns {
			found.Headers = append(found.Headers, shown(held.at(t.Top, t.Left+i).value, generalFormat))
		}
		return found, true
	}
	return formula.Table{}, false
}

// Sheets implements [formula.Book].
func (b *book) Sheets() (names []string) {
	for _, sheet := range b.all {
		names = append(names, text(sheet.Object, "name"))
	}
	return names
}

// Now implements [formula.Book].
func (b *book) Now() time.Time { return b.tx.Now() }

// Random implements [formula.Book].
func (b *book) Random() float64 {
	n, _ := strconv.ParseUint(b.tx.NewID()[:8], 16, 64)
	return float64(n) / (1 << 32)
}

// valueOf is a value of JSON as formulas have it.
func valueOf(raw json.RawMessage) formula.Value {
	if written, isText := entity.Unquote(raw); isText {
		if e := formula.Error(written); e.Is() {
			return e
		}
		return written
	}
	if n, err := strconv.ParseFloat(string(raw), 64); err == nil {
		return n
	}
	switch string(raw) {
	case "true", "false":
		return string(raw) == "true"
	}
	return nil
}

// jsonOfValue is a single value of a formula as JSON.
func jsonOfValue(v formula.Value) json.RawMessage {
	switch v := v.(type) {
	case float64:
		return numeral(v)
	case string:
		return json.RawMessage(quoted(v))
	case formula.Error:
		return json.RawMessage(quoted(string(v)))
	case bool:
		return json.RawMessage(strconv.FormatBool(v))
	}
	return json.RawMessage("0")
}

// calculator calculates the formulas of the worksheet's workbook, until something
// in these cells changes.
func (c *cells) calculator() *formula.Calculator {
	if c.calculating == nil {
		c.calculating = formula.New(bookAround(c.tx, bookOf(c.tx, c.sheet.Ref), c))
	}
	return c.calculating
}

// valued is a cell with the value of its formula.
func (c *cells) valued(row, column int) cell {
	read := c.at(row, column)
	read.row, read.column = row, column
	if read.formula != "" {
		calculator := c.calculator()
		read.value = jsonOfValue(calculator.Value(text(c.sheet.Object, "name"), row, column))
		noteAll(c.tx, calculator)
	}
	return read
}

// noteAll tells what calculating has to tell.
func noteAll(tx Tx, calculator *formula.Calculator) {
	for _, note := range calculator.Notes() {
		tx.Note(note)
	}
}
