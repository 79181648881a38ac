package graph

import (
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// reportEntities are the rows of a usage report as values of the type that JSON has of
// them.
func reportEntities(t *openapi.Type, columns []string, rows [][]string) []behavior.Entity {
	if t == nil {
		return nil
	}
	made := make([]behavior.Entity, 0, len(rows))
	for _, cells := range rows {
		e := behavior.Entity{}
		for i, column := range columns {
			if p := t.PropertyFold(columnProperty(column)); p != nil {
				e.Set(p.Name, []byte(reportValue(p, cells[i])))
			}
		}
		made = append(made, e)
	}
	return made
}

// columnProperty is the name of a column as a property has it, letter case apart.
func columnProperty(column string) string {
	return strings.NewReplacer(" ", "", "-", "", "/", "", "(Byte)", "InBytes").Replace(column)
}

// reportValue is a cell in JSON.
func reportValue(p *openapi.Property, cell string) string {
	switch {
	case p.Type.Collection:
		return "[]"
	case p.Type.Name == "Edm.Boolean":
		return strconv.FormatBool(cell == "True")
	case cell == "":
		return "null"
	case strings.HasPrefix(p.Type.Name, "Edm.Int"):
		return cell
	}
	return string(entity.Quote(nil, cell))
}
