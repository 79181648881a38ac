package behavior

// Evidence for cells (resource excel and page range-update of both versions):
//   - documented: what is written by text is taken as if it were typed: a number,
//     true or false, a formula behind "="; null leaves a cell alone, "" empties it;
//     an empty cell is "" and of the type Empty, its format is General.
//   - assumed (2026-11): numbers, percents, amounts, days and times are read as Excel
//     reads them in English, and give the cell a format; text shows values by their
//     format, of General in eleven characters.

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const (
	cellsNavigation = HiddenPrefix + "cells" // of a worksheet: an entity per row that holds something
	generalFormat   = "General"
	dayFormat       = "m/d/yyyy"
)

// cell is what one cell holds.
type cell struct {
	value   json.RawMessage // number, string, true or false; nil for an empty one
	formula string          // with its "="; "" for none
	format  string          // of numbers; "" is General

	row, column int // where it is, of a cell with its value
}

func (c cell) empty() bool { return c.value == nil && c.formula == "" }

// cells are those of one worksheet, read as they are asked for.
type cells struct {
	tx      Tx
	sheet   Entity
	rows    map[int]entity.Object
	changed map[int]bool
	all     bool
	moves   []formula.Move // that references have not followed

	calculating *formula.Calculator // of the cells as they are; nil for none
}

func cellsOf(tx Tx, sheet Entity) *cells {
	return &cells{tx: tx, sheet: sheet, rows: map[int]entity.Object{}, changed: map[int]bool{}}
}

func (c *cells) home() Collection { return Below(c.sheet.Ref, cellsNavigation) }

func (c *cells) rowAt(n int) entity.Object {
	if row, known := c.rows[n]; known || c.all {
		return row
	}
	e, _ := c.tx.Get(c.home(), strconv.Itoa(n))
	e.Object = e.Object.Clone()
	e.Delete("id")
	c.rows[n] = e.Object
	return e.Object
}

// load reads all rows.
func (c *cells) load() {
	if c.all {
		return
	}
	for e := range c.tx.All(c.home()) {
		n, err := strconv.Atoi(e.ID)
		if _, known := c.rows[n]; err == nil && !known {
			o := e.Object.Clone()
			o.Delete("id")
			c.rows[n] = o
		}
	}
	c.all = true
}

// at is a cell by row and column.
func (c *cells) at(row, column int) cell {
	raw, ok := c.rowAt(row).Get(strconv.Itoa(column))
	if !ok {
		return cell{}
	}
	o, _ := entity.Members(raw)
	read := cell{formula: text(o, "f"), format: text(o, "n")}
	read.value, _ = o.Get("v")
	return read
}

func (c *cells) set(row, column int, to cell) {
	o, name := c.rowAt(row), strconv.Itoa(column)
	c.changed[row], c.calculating = true, nil
	if to.empty() && to.format == "" {
		o.Delete(name)
		c.rows[row] = o
		return
	}
	var kept entity.Object
	if to.value != nil {
		kept.Set("v", to.value)
	}
	if to.formula != "" {
		kept.SetString("f", to.formula)
	}
	if to.format != "" {
		kept.SetString("n", to.format)
	}
	o.Set(name, kept.JSON())
	c.rows[row] = o
}

// keep stores what was set.
func (c *cells) keep() *grapherr.Error {
	if fault := c.follow(); fault != nil {
		return fault
	}
	for n := range c.changed {
		id := strconv.Itoa(n)
		if old, there := c.tx.Get(c.home(), id); there && len(c.rows[n]) == 0 {
			if fault := c.tx.Delete(old.Ref); fault != nil {
				return fault
			}
		} else if len(c.rows[n]) > 0 {
			o := c.rows[n].Clone()
			o.SetString("id", id)
			if _, fault := c.tx.Put(c.home(), Entity{ID: id, Object: o}); fault != nil {
				return fault
			}
		}
	}
	return nil
}

// used is the least area with all cells that hold something, or that have a
// format, too, unless only values count.
func (c *cells) used(valuesOnly bool) (a area) {
	c.load()
	for n, row := range c.rows {
		for _, m := range row {
			column, err := strconv.Atoi(m.Name)
			if err != nil || valuesOnly && c.at(n, column).empty() {
				continue
			}
			one := area{n, column, 1, 1}
			if a.Rows == 0 {
				a = one
			}
			a = a.bounding(one)
		}
	}
	return a
}

// formulas changes the formula of each cell that has one.
func (c *cells) formulas(change func(formula string) string) {
	c.load()
	for n, row := range c.rows {
		for _, m := range row.Clone() {
			column, err := strconv.Atoi(m.Name)
			held := c.at(n, column)
			if err != nil || held.formula == "" {
				continue
			}
			if after := change(held.formula); after != held.formula {
				held.formula = after
				c.set(n, column, held)
			}
		}
	}
}

// each calls visit for the cells of an area, row by row.
func (a area) each(visit func(row, column int)) {
	for row := a.Top; row < a.Top+a.Rows; row++ {
		for column := a.Left; column < a.Left+a.Columns; column++ {
			visit(row, column)
		}
	}
}

// move shifts the cells of an area by as many rows and columns; where they were is
// empty afterwards, and what they come to is written over.
func (c *cells) move(from area, down, right int) {
	c.load()
	c.moves = append(c.moves, formula.Move{From: formula.Area(from), Down: down, Right: right})
	from = from.common(c.used(false))
	held := make([]cell, 0, from.Rows*from.Columns)
	from.each(func(row, column int) {
		held = append(held, c.at(row, column))
		c.set(row, column, cell{})
	})
	from.each(func(row, column int) {
		if row+down >= 0 && column+right >= 0 {
			c.set(row+down, column+right, held[0])
		}
		held = held[1:]
	})
}

// typed is a cell after a value was typed into it.
func (c cell) typed(raw json.RawMessage) cell {
	written, isText := entity.Unquote(raw)
	c.formula = ""
	switch {
	case !isText:
		c.value = entity.Compact(raw)
	case written == "":
		c.value = nil
	case c.format == "@":
		c.value = json.RawMessage(quoted(written))
	case written[0] == '=' && len(written) > 1:
		c.value, c.formula, c.format = nil, written, cmp.Or(c.format, formula.FormatOf(written))
	case written[0] == '\'':
		c.value = json.RawMessage(quoted(written[1:]))
	default:
		return c.read(written)
	}
	return c
}

// read takes a text for the number, the day or the truth that it says.
func (c cell) read(written string) cell {
	n, format, isNumber := formula.Typed(written)
	switch upper := strings.ToUpper(written); {
	case isNumber:
		c.value, c.format = numeral(n), cmp.Or(c.format, format)
	case upper == "TRUE" || upper == "FALSE":
		c.value = json.RawMessage(strings.ToLower(written))
	default:
		c.value = json.RawMessage(quoted(written))
	}
	return c
}

// numeral writes a number as JSON, of fifteen digits as worksheets have.
func numeral(n float64) json.RawMessage {
	short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64)
	if err != nil {
		short = n
	}
	if short > -1e15 && short < 1e15 {
		return json.RawMessage(strconv.FormatFloat(short, 'f', -1, 64))
	}
	return json.RawMessage(strconv.FormatFloat(short, 'g', -1, 64))
}

// shown is the text of a value under a format.
func shown(value json.RawMessage, format string) string {
	v := valueOf(value)
	if n, is := v.(float64); is && format == generalFormat {
		return formula.General(n)
	}
	return formula.Format(v, format)
}

// valueKind is the type of a value as ranges tell it.
func valueKind(value json.RawMessage) string {
	switch {
	case value == nil:
		return "Empty"
	case value[0] == '"' && formula.Error(strings.Trim(string(value), `"`)).Is():
		return "Error"
	case value[0] == '"':
		return "String"
	case value[0] == 't' || value[0] == 'f':
		return "Boolean"
	}
	return "Double"
}
