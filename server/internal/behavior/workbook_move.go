package behavior

// Evidence for references that follow cells which move:
//   - documented (support page of relative and absolute references, range-insert,
//     range-delete): formulas, names and tables refer to the same cells afterwards;
//     what refers to cells that are gone is #REF!; a worksheet that is renamed is
//     referred to by its new name.
//   - assumed (2026-11): a reference follows when the cells that move are as wide as
//     it is, and stays otherwise.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/formula"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// follow moves what refers to cells that were moved on this worksheet.
func (c *cells) follow() *grapherr.Error {
	moves := c.moves
	c.moves = nil
	if len(moves) == 0 {
		return nil
	}
	file, name := bookOf(c.tx, c.sheet.Ref), text(c.sheet.Object, "name")
	for _, sheet := range sheetsOf(c.tx, file) {
		held := c
		if sheet.Ref != c.sheet.Ref {
			held = cellsOf(c.tx, sheet)
		}
		held.refer(moves, name)
		if held == c {
			continue
		}
		if fault := held.keep(); fault != nil {
			return fault
		}
	}
	return c.followOutside(file, name, moves)
}

// refer changes the formulas of a worksheet that refer to cells moved on another.
func (c *cells) refer(moves []formula.Move, moved string) {
	own := strings.EqualFold(text(c.sheet.Object, "name"), moved)
	c.formulas(func(text string) string {
		for _, m := range moves {
			text = m.Follow(text, own, moved)
		}
		return text
	})
}

// followOutside moves names of the workbook and tables of the worksheet.
func (c *cells) followOutside(file Ref, sheet string, moves []formula.Move) *grapherr.Error {
	if fault := eachName(c.tx, file, func(value string) string {
		for _, m := range moves {
			value = m.Follow(value, false, sheet)
		}
		return value
	}); fault != nil {
		return fault
	}
	for table := range c.tx.All(Below(file, tablesPath)) {
		if fault := c.followTable(table, moves); fault != nil {
			return fault
		}
	}
	return nil
}

func (c *cells) followTable(table Entity, moves []formula.Move) *grapherr.Error {
	t, placed := tableOf(c.tx, table)
	if !placed || t.sheet.Ref != c.sheet.Ref {
		return nil
	}
	a := formula.Area(t.area)
	for _, m := range moves {
		if after, there := m.Area(a); there {
			a = after
		}
	}
	if area(a) == t.area {
		return nil
	}
	return t.resize(area(a))
}

// renameSheet changes the formulas and names that refer to a worksheet by its name.
func renameSheet(tx Tx, book Ref, from, to string) *grapherr.Error {
	for _, sheet := range sheetsOf(tx, book) {
		c := cellsOf(tx, sheet)
		c.formulas(func(text string) string { return formula.Renamed(text, from, to) })
		if fault := c.keep(); fault != nil {
			return fault
		}
	}
	return eachName(tx, book, func(value string) string { return formula.Renamed(value, from, to) })
}

// eachName changes what the names of a workbook refer to.
func eachName(tx Tx, book Ref, change func(value string) string) *grapherr.Error {
	for named := range tx.All(Below(book, namesPath)) {
		value := text(named.Object, "value")
		after := change(value)
		if after == value {
			continue
		}
		named.SetString("value", after)
		if fault := tx.Replace(named.Ref, named.Object); fault != nil {
			return fault
		}
	}
	return nil
}
