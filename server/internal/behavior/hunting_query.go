package behavior

// Evidence for runHuntingQuery (page security-security-runhuntingquery of v1.0, 2022
// to 2025, and the pages of the tables of advanced hunting):
//   - documented: the schema of the columns that the query leaves, and its rows; the
//     names of tables and columns.
//   - reported: 400 with the words of the semantic error for a table or a column that
//     is none.
//   - assumed (2026-11): tables are filled from users, sign-ins, alerts and managed
//     devices, all others are empty; of KQL there is what [hunt] has, and other
//     operators give a generic answer; Timespan leaves out older rows of a duration.

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// hunt is a query on its way through its operators.
type hunt struct {
	columns []huntingColumn
	rows    []entity.Object
	tx      Tx
}

func runHuntingQuery(tx Tx, _ *Entity, p entity.Object) (Result, *grapherr.Error) {
	steps := huntingSteps(text(p, "query"))
	table, known := huntingTables[steps[0]]
	if !known {
		return Result{}, huntingFault("Failed to resolve table or column expression named '" + steps[0] + "'")
	}
	if tx.AnySignIns() {
		if fault := (SignInLog{}).Supply(tx, Entity{}, ""); fault != nil {
			return Result{}, fault
		}
	}
	h := &hunt{columns: table.columns, rows: table.rows(tx), tx: tx}
	h.since(text(p, "timespan"))
	for _, step := range steps[1:] {
		word, rest, _ := strings.Cut(step, " ")
		judged, fault := h.step(strings.ToLower(word), strings.TrimSpace(rest))
		if fault != nil {
			return Result{}, fault
		}
		if !judged {
			tx.Note("generic answer: the fake does not run " + word + " of KQL")
			h.rows = nil
			break
		}
	}
	return Object(h.told()), nil
}

func huntingFault(message string) *grapherr.Error {
	return &grapherr.Error{Status: 400, Code: "BadRequest", Message: message + ". Fix semantic errors in your query."}
}

// huntingSteps are the operators of a query, which pipes divide, outside of texts.
func huntingSteps(query string) (steps []string) {
	var quote byte
	start := 0
	for i := 0; i < len(query); i++ {
		switch c := query[i]; {
		case quote != 0 && c == '\\':
			i++
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '|':
			steps, start = append(steps, strings.TrimSpace(query[start:i])), i+1
		}
	}
	steps = append(steps, strings.TrimSpace(query[start:]))
	for i, s := range steps {
		steps[i] = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
	}
	return steps
}

// since leaves out rows before a timespan that is a duration.
func (h *hunt) since(timespan string) {
	if span, ok := lasting(timespan); ok {
		from := instant(h.tx.Now().Add(-span))
		h.rows = slices.DeleteFunc(h.rows, func(row entity.Object) bool { at := text(row, "Timestamp"); return at != "" && at < from })
	}
}

// step runs one operator; judged is false for one that is not there.
func (h *hunt) step(word, rest string) (judged bool, fault *grapherr.Error) {
	switch word {
	case "where", "filter":
		return h.where(rest)
	case "project":
		return h.project(huntingNames(rest))
	case "order", "sort":
		return h.order(strings.TrimPrefix(rest, "by "))
	case "take", "limit":
		return h.take(rest)
	case "top":
		count, by, _ := strings.Cut(rest, " by ")
		if judged, fault = h.order(by); !judged || fault != nil {
			return judged, fault
		}
		return h.take(count)
	case "distinct":
		return h.distinct(huntingNames(rest))
	case "count":
		h.counted(nil, "Count")
		return true, nil
	case "summarize":
		return h.summarize(rest)
	}
	return false, nil
}

func huntingNames(list string) (names []string) {
	for name := range strings.SplitSeq(list, ",") {
		names = append(names, strings.TrimSpace(name))
	}
	return names
}

// column finds a column of the query so far; a name that is more than a name is an
// expression.
func (h *hunt) column(name string) (c huntingColumn, judged bool, fault *grapherr.Error) {
	if i := slices.IndexFunc(h.columns, func(c huntingColumn) bool { return c.name == name }); i >= 0 {
		return h.columns[i], true, nil
	}
	if name == "" || strings.ContainsAny(name, "()=+-*/ ") {
		return c, false, nil
	}
	return c, false, huntingFault("Failed to resolve scalar expression named '" + name + "'")
}

func (h *hunt) project(names []string) (bool, *grapherr.Error) {
	var columns []huntingColumn
	for _, name := range names {
		c, judged, fault := h.column(name)
		if !judged {
			return false, fault
		}
		columns = append(columns, c)
	}
	h.columns = columns
	return true, nil
}

// order sorts by columns, descending unless a name says otherwise.
func (h *hunt) order(by string) (bool, *grapherr.Error) {
	for _, part := range slices.Backward(huntingNames(by)) {
		name, direction, _ := strings.Cut(part, " ")
		c, judged, fault := h.column(name)
		if !judged {
			return false, fault
		}
		ascending := strings.HasPrefix(strings.TrimSpace(direction), "asc")
		slices.SortStableFunc(h.rows, func(a, b entity.Object) int {
			if n := compareHunted(jsonOf(a, c.name), jsonOf(b, c.name)); ascending {
				return n
			} else {
				return -n
			}
		})
	}
	return true, nil
}

// compareHunted compares values of a column: numbers as such, all else as text.
func compareHunted(a, b string) int {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX == nil && errY == nil {
		return cmp.Compare(x, y)
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

func (h *hunt) take(count string) (bool, *grapherr.Error) {
	n, err := strconv.Atoi(strings.TrimSpace(count))
	if err != nil || n < 0 {
		return false, nil
	}
	h.rows = h.rows[:min(n, len(h.rows))]
	return true, nil
}

func (h *hunt) distinct(names []string) (bool, *grapherr.Error) {
	if judged, fault := h.project(names); !judged {
		return false, fault
	}
	h.counted(h.columns, "")
	return true, nil
}

// summarize counts rows, by columns or all of them.
func (h *hunt) summarize(rest string) (bool, *grapherr.Error) {
	what, by, grouped := strings.Cut(rest, " by ")
	name, what, named := strings.Cut(what, "=")
	if !named {
		name, what = "count_", name
	}
	if strings.TrimSpace(what) != "count()" {
		return false, nil
	}
	var columns []huntingColumn
	if grouped {
		for _, name := range huntingNames(by) {
			c, judged, fault := h.column(name)
			if !judged {
				return false, fault
			}
			columns = append(columns, c)
		}
	}
	h.counted(columns, strings.TrimSpace(name))
	return true, nil
}

// counted puts groups of rows that are the same in some columns in place of them,
// with their number where that has a name.
func (h *hunt) counted(columns []huntingColumn, name string) {
	numbers, order := map[string]int{}, []entity.Object{}
	if len(columns) == 0 {
		order = append(order, entity.Object{})
	}
	for _, row := range h.rows {
		group := shownColumns(row, columns)
		key := group.JSON()
		if numbers[string(key)] == 0 && len(columns) > 0 {
			order = append(order, group)
		}
		numbers[string(key)]++
	}
	h.columns, h.rows = slices.Clone(columns), order
	if name == "" {
		return
	}
	for i, row := range order {
		n := numbers[string(row.JSON())]
		h.rows[i].Set(name, json.RawMessage(strconv.Itoa(n)))
	}
	h.columns = append(h.columns, huntingColumn{name: name, kind: "Int64"})
}

func shownColumns(row entity.Object, columns []huntingColumn) entity.Object {
	shown := make(entity.Object, 0, len(columns)+1)
	for _, c := range columns {
		shown.Set(c.name, []byte(jsonOf(row, c.name)))
	}
	return shown
}

// told is the answer of what is left.
func (h *hunt) told() entity.Object {
	var schema, results []entity.Object
	for _, c := range h.columns {
		schema = append(schema, fields("name", quoted(c.name), "type", quoted(c.kind)))
	}
	for _, row := range h.rows {
		results = append(results, shownColumns(row, h.columns))
	}
	return fields("schema", string(arrayOf(schema)), "results", string(arrayOf(results)))
}
