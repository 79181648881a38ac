package behavior

// Evidence for columns (pages of columnDefinition, v1.0 2021 to 2025): see
// content_type.go;
//   - assumed (2026-11): the content type that items of a list have has all columns
//     of the list.

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ColumnDefinition keeps the columns of sites, lists and content types.
type ColumnDefinition struct{}

var (
	_ Creator = ColumnDefinition{}
	_ Created = ColumnDefinition{}
	_ Updater = ColumnDefinition{}
	_ Deleter = ColumnDefinition{}
)

// columnRules and textColumn are what new ones and their texts have.
var (
	columnRules = &Rules{Defaults: []Default{{"columnGroup", `"Custom Columns"`}, {"description", `""`}, {"enforceUniqueValues", "false"},
		{"hidden", "false"}, {"indexed", "false"}, {"readOnly", "false"}, {"required", "false"}}}
	textColumn = []Default{{"allowMultipleLines", "false"}, {"appendChangesToExistingText", "false"}, {"linesForEditing", "0"}, {"maxLength", "255"}}
)

// Create implements [Creator].
func (ColumnDefinition) Create(_ Tx, e *Entity) *grapherr.Error {
	completeColumn(&e.Object)
	return nil
}

// completeColumn gives a new column what the service adds.
func completeColumn(column *entity.Object) {
	if !present(*column, "displayName") && present(*column, "name") {
		column.SetString("displayName", text(*column, "name"))
	}
	if present(*column, "text") {
		facet := inner(*column, "text").Clone()
		provide(&facet, textColumn)
		column.Set("text", facet.JSON())
	}
}

// provide sets what an object has not got.
func provide(o *entity.Object, all []Default) {
	for _, d := range all {
		if !present(*o, d.Name) {
			o.Set(d.Name, json.RawMessage(d.JSON))
		}
	}
}

// completeColumns gives the columns that a new list brings what the service adds,
// and the title that lists have.
func completeColumns(o *entity.Object) {
	columns := list(*o, "columns")
	titled := false
	for i := range columns {
		titled = titled || text(columns[i], "name") == "Title"
		provide(&columns[i], columnRules.Defaults)
		completeColumn(&columns[i])
	}
	if !titled {
		title := fields("name", `"Title"`, "text", "{}", "required", "false")
		provide(&title, columnRules.Defaults)
		completeColumn(&title)
		columns = append([]entity.Object{title}, columns...)
	}
	o.Set("columns", arrayOf(columns))
}

// Created implements [Created].
func (ColumnDefinition) Created(tx Tx, e Entity) *grapherr.Error {
	for source := range tx.Linked(e.Ref, "sourceColumn") {
		for _, m := range source.Object {
			if m.Name != "id" {
				e.Set(m.Name, m.Value)
			}
		}
		return tx.Replace(e.Ref, e.Object)
	}
	if into, ok := typeWithColumns(tx, e); ok {
		_, fault := tx.Insert(Below(into.Ref, "columns"), Entity{ID: e.ID, Type: e.Type, Object: e.Object.Clone()})
		return fault
	}
	return nil
}

// Update implements [Updater].
func (ColumnDefinition) Update(tx Tx, _, _ entity.Object, after *Entity) *grapherr.Error {
	if copied, ok := columnOfType(tx, *after); ok {
		return tx.Replace(copied.Ref, after.Object)
	}
	return nil
}

// Delete implements [Deleter].
func (ColumnDefinition) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	if copied, ok := columnOfType(tx, e); ok {
		return false, tx.Delete(copied.Ref)
	}
	return false, nil
}

// typeWithColumns is the content type that has the columns of a list, too: the one
// that its items have.
func typeWithColumns(tx Tx, column Entity) (Entity, bool) {
	list := tx.Home(column.Ref).Parent
	if list == None || tx.Home(list).Name != "lists" {
		return Entity{}, false
	}
	id, _ := defaultType(tx, Entity{Ref: list})
	return tx.Get(Below(list, "contentTypes"), id)
}

// columnOfType is a list's column as its content type has it.
func columnOfType(tx Tx, column Entity) (Entity, bool) {
	into, ok := typeWithColumns(tx, column)
	if !ok {
		return Entity{}, false
	}
	return tx.Get(Below(into.Ref, "columns"), column.ID)
}

// copyColumns gives an entity the columns of another.
func copyColumns(tx Tx, from, to Ref) *grapherr.Error {
	for column := range tx.All(Below(from, "columns")) {
		if _, fault := tx.Insert(Below(to, "columns"), Entity{ID: column.ID, Type: column.Type, Object: column.Object.Clone()}); fault != nil {
			return fault
		}
	}
	return nil
}
