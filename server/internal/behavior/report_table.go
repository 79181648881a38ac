package behavior

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// reportTable is a report as Cloud PC and Intune answer it: rows whose members are
// columns, of which the call picks some, in an order, from one on.
type reportTable struct {
	columns []string // where the call selects none
	rows    []entity.Object
	top     int  // where the call says none
	session bool // whether the answer names one
}

type reportColumn struct{ Column, PropertyType string }

// answer is what a call of a report with parameters gets: bytes that hold JSON.
func (t reportTable) answer(tx Tx, p entity.Object) (Result, *grapherr.Error) {
	wanted, readable := reportFilter(text(p, "filter"))
	if !readable {
		tx.Note("the report's filter is not evaluated: it is no filter that fakegraph can read")
		wanted = func(entity.Object) bool { return true }
	}
	part := strings.ToLower(text(p, "search"))
	rows := slices.DeleteFunc(slices.Clone(t.rows), func(row entity.Object) bool { return !wanted(row) || !mentions(row, part) })
	orderRows(rows, texts(p, "orderBy"))
	columns := texts(p, "select")
	if len(columns) == 0 {
		columns = t.columns
	}
	body := struct {
		TotalRowCount int
		Schema        []reportColumn
		Values        [][]json.RawMessage
		SessionID     *string `json:"SessionId,omitempty"`
	}{len(rows), schemaOf(columns, rows), [][]json.RawMessage{}, nil}
	for _, row := range window(rows, number(p, "skip", 0), number(p, "top", t.top)) {
		body.Values = append(body.Values, reportCells(row, columns))
	}
	if t.session {
		id := text(p, "sessionId")
		body.SessionID = &id
	}
	raw, err := json.Marshal(body)
	if err != nil {
		return Result{}, grapherr.Internal()
	}
	return Result{Body: raw, MediaType: "application/octet-stream"}, nil
}

// mentions reports whether some cell of a row has a text.
func mentions(row entity.Object, part string) bool {
	return part == "" || slices.ContainsFunc(row, func(m entity.Member) bool {
		return strings.Contains(strings.ToLower(cellText(row, m.Name)), part)
	})
}

// orderRows sorts by columns, each with "desc" or without.
func orderRows(rows []entity.Object, by []string) {
	for _, order := range slices.Backward(by) {
		column, direction, _ := strings.Cut(strings.TrimSpace(order), " ")
		slices.SortStableFunc(rows, func(a, b entity.Object) int {
			if n := compareReported(cellText(a, column), cellText(b, column)); strings.EqualFold(strings.TrimSpace(direction), "desc") {
				return -n
			} else {
				return n
			}
		})
	}
}

func reportCells(row entity.Object, columns []string) []json.RawMessage {
	cells := make([]json.RawMessage, len(columns))
	for i, c := range columns {
		cells[i] = json.RawMessage(jsonOf(row, c))
	}
	return cells
}

// schemaOf says what is in each column.
func schemaOf(columns []string, rows []entity.Object) []reportColumn {
	schema := make([]reportColumn, len(columns))
	for i, c := range columns {
		schema[i] = reportColumn{c, "String"}
		for _, row := range rows {
			if raw, known := row.Get(c); known {
				schema[i].PropertyType = cellType(c, raw)
				break
			}
		}
	}
	return schema
}

// cellType is the type of a column by its name and what is in a cell.
func cellType(column string, raw json.RawMessage) string {
	switch {
	case len(raw) == 0:
	case raw[0] == 't', raw[0] == 'f':
		return "Boolean"
	case raw[0] >= '0' && raw[0] <= '9', raw[0] == '-':
		return "Int32"
	}
	if strings.HasSuffix(column, "TimeUtc") || strings.HasSuffix(column, "DateTime") || strings.HasSuffix(column, "Contact") {
		return "DateTime"
	}
	return "String"
}
