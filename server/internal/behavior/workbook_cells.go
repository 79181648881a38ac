package behavior

// Evidence for cells (resource excel and page range-update of both versions):
//   - documented: what is written by text is taken as if it were typed: a number,
//     true or false, a formula behind "="; null leaves a cell alone, "" empties it;
//     an empty cell is "" and of the type Empty, its format is General.
//   - assumed (2026-11): a date of the form 1/31/2026 becomes a day's number with
//     the format m/d/yyyy; text shows values as General does, and dates.

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/entity"
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
}

func (c cell) empty() bool { return c.value == nil && c.formula == "" }

// cells are those of one worksheet, read as they are asked for.
type cells struct {
	tx      Tx
	sheet   Entity
	rows    map[int]entity.Object
	changed map[int]bool
	all     bool
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
	c.changed[row] = true
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
			if a.rows == 0 {
				a = one
			}
			a = a.bounding(one)
		}
	}
	return a
}

// each calls visit for the cells of an area, row by row.
func (a area) each(visit func(row, column int)) {
	for row := a.top; row < a.top+a.rows; row++ {
		for column := a.left; column < a.left+a.columns; column++ {
			visit(row, column)
		}
	}
}

// move shifts the cells of an area by as many rows and columns; where they were is
// empty afterwards, and what they come to is written over.
func (c *cells) move(from area, down, right int) {
	c.load()
	from = from.common(c.used(false))
	held := make([]cell, 0, from.rows*from.columns)
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
		c.value, c.formula = nil, written
	case written[0] == '\'':
		c.value = json.RawMessage(quoted(written[1:]))
	default:
		return c.read(written)
	}
	return c
}

// read takes a text for the number, the day or the truth that it says.
func (c cell) read(written string) cell {
	if n, err := strconv.ParseFloat(strings.ReplaceAll(written, ",", ""), 64); err == nil && strings.IndexFunc(written, notOfNumber) < 0 {
		c.value = numeral(n)
	} else if day, err := time.Parse("1/2/2006", written); err == nil {
		c.value = numeral(day.Sub(dayZero).Hours() / 24)
		if c.format == "" {
			c.format = dayFormat
		}
	} else if upper := strings.ToUpper(written); upper == "TRUE" || upper == "FALSE" {
		c.value = json.RawMessage(strings.ToLower(written))
	} else {
		c.value = json.RawMessage(quoted(written))
	}
	return c
}

func notOfNumber(r rune) bool { return !strings.ContainsRune("0123456789.,+-eE", r) }

// dayZero is the day before that of number 1, as days after February 1900 are
// counted.
var dayZero = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

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
	if t, isText := entity.Unquote(value); isText {
		return t
	}
	n, err := strconv.ParseFloat(string(value), 64)
	switch {
	case value == nil:
		return ""
	case err != nil:
		return strings.ToUpper(string(value))
	case format == dayFormat:
		return dayZero.Add(time.Duration(n * 24 * float64(time.Hour))).Format("1/2/2006")
	}
	if decimals, ok := strings.CutPrefix(format, "0."); ok && strings.Trim(decimals, "0") == "" {
		return strconv.FormatFloat(n, 'f', len(decimals), 64)
	}
	return string(value)
}

// valueKind is the type of a value as ranges tell it.
func valueKind(value json.RawMessage) string {
	switch {
	case value == nil:
		return "Empty"
	case value[0] == '"' && strings.HasPrefix(string(value), `"#`):
		return "Error"
	case value[0] == '"':
		return "String"
	case value[0] == 't' || value[0] == 'f':
		return "Boolean"
	}
	return "Double"
}

// valued is a cell with the value of its formula.
func (c *cells) valued(row, column int) cell {
	read := c.at(row, column)
	if read.formula != "" && read.value == nil {
		read.value = json.RawMessage("0")
		c.tx.Note("formulas are not calculated: their value is 0")
	}
	return read
}
