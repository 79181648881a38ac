package behavior

// Evidence for filters of columns (pages filter-apply, filter-clear and their kin;
// resource workbookFilterCriteria):
//   - documented: the parameters of each action, and what criteria consist of.
//   - assumed (2026-11): which parameter is which criterion; what a filter hides is
//     left out of visible views alone, see workbook_visible.go.

import (
	"encoding/json"
	"strconv"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

const filtersNavigation = HiddenPrefix + "filters" // of a table: what its columns are filtered by

// filterActions say what criterion a parameter of each action is.
var filterActions = map[string]struct {
	on    string
	roles map[string]string
}{
	"applyBottomItemsFilter":   {"BottomItems", map[string]string{"count": "criterion1"}},
	"applyBottomPercentFilter": {"BottomPercent", map[string]string{"percent": "criterion1"}},
	"applyTopItemsFilter":      {"TopItems", map[string]string{"count": "criterion1"}},
	"applyTopPercentFilter":    {"TopPercent", map[string]string{"percent": "criterion1"}},
	"applyCellColorFilter":     {"CellColor", map[string]string{"color": "color"}},
	"applyFontColorFilter":     {"FontColor", map[string]string{"color": "color"}},
	"applyCustomFilter":        {"Custom", map[string]string{"criteria1": "criterion1", "criteria2": "criterion2", "oper": "operator"}},
	"applyDynamicFilter":       {"Dynamic", map[string]string{"criteria": "dynamicCriteria"}},
	"applyIconFilter":          {"Icon", map[string]string{"icon": "icon"}},
	"applyValuesFilter":        {"Values", map[string]string{"values": "values"}},
}

// criteriaOf are the criteria that an action sets; null of clear, false of none.
func criteriaOf(action string, p entity.Object) (json.RawMessage, bool) {
	switch action {
	case "clear":
		return json.RawMessage("null"), true
	case "apply":
		return json.RawMessage(or(jsonOf(p, "criteria"), "null")), true
	}
	a, known := filterActions[action]
	if !known {
		return nil, false
	}
	o := fields("filterOn", quoted(a.on), "operator", `"And"`, "dynamicCriteria", `"Unknown"`)
	for parameter, role := range a.roles {
		raw, given := p.Get(parameter)
		if !given || string(raw) == "null" {
			continue
		}
		if role == "criterion1" && raw[0] != '"' {
			raw = json.RawMessage(strconv.Quote(string(raw)))
		}
		o.Set(role, raw)
	}
	return o.JSON(), true
}

// tableFilters are the actions of filters that are kept by themselves.
func tableFilters() []Registration {
	var all []Registration
	names := []string{"apply", "clear"}
	for name := range filterActions {
		names = append(names, name)
	}
	for _, name := range names {
		all = append(all, Registration{Bound: "microsoft.graph.workbookFilter/" + name, Behavior: invoked(func(_ Tx, bound *Entity, p entity.Object) (Result, *grapherr.Error) {
			criteria, _ := criteriaOf(name, p)
			bound.Set("criteria", criteria)
			return Result{}, nil
		})})
	}
	return all
}

// clearFilters lets a table show all its rows.
func clearFilters(tx Tx, bound *Entity, _ entity.Object) (Result, *grapherr.Error) {
	for e := range tx.All(Below(bound.Ref, filtersNavigation)) {
		if fault := tx.Delete(e.Ref); fault != nil {
			return Result{}, fault
		}
	}
	return Result{}, nil
}

// filter reads or changes the filter of a column.
func (t sheetTable) filter(q Query, way []Step, column int) (Result, *grapherr.Error) {
	home, id := Below(t.table.Ref, filtersNavigation), strconv.Itoa(column)
	kept, _ := t.tx.Get(home, id)
	criteria := json.RawMessage(or(jsonOf(kept.Object, "criteria"), "null"))
	switch {
	case len(way) > 0:
		var known bool
		if criteria, known = criteriaOf(way[0].Name, q.Body); !known {
			return Result{}, notThere(way[0].Name)
		}
	case q.Method == "PATCH":
		criteria = json.RawMessage(or(jsonOf(q.Body, "criteria"), string(criteria)))
	case q.Method == "DELETE":
		criteria = json.RawMessage("null")
	default:
		return Result{Entity: &Entity{Type: "microsoft.graph.workbookFilter", Object: fields("id", quoted(id), "criteria", string(criteria))}}, nil
	}
	o := fields("id", quoted(id), "criteria", string(criteria))
	if _, fault := t.tx.Put(home, Entity{ID: id, Object: o}); fault != nil || len(way) > 0 || q.Method == "DELETE" {
		return Result{}, fault
	}
	return Result{Entity: &Entity{Type: "microsoft.graph.workbookFilter", Object: o}}, nil
}
