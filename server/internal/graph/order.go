package graph

import (
	"fmt"
	"slices"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// sortKey is one key of $orderby.
type sortKey struct {
	path       []string
	typ        string  // Edm type, decides how values compare
	read       operand // in place of the path where that leads to another entity; else nil
	descending bool
}

// readOrder checks $orderby: property paths only (graph-behaviour §2.10).
func (q *run) readOrder(query *odata.Query, t *openapi.Type) *refusal {
	for i := range query.OrderBy {
		item := &query.OrderBy[i]
		path, ok := item.By.(*odata.Path)
		if !ok {
			return option("The $orderby expression must be a property path.", "$orderby: expressions are not supported")
		}
		if throughNavigation(t, path) {
			if refused := q.orderThrough(query, t, path, item.Descending); refused != nil {
				return refused
			}
			continue
		}
		p, refused := resolve(t, path, "$orderby")
		if refused != nil {
			return refused
		}
		q.options.order = append(q.options.order, sortKey{path: p.names, typ: p.edm, descending: item.Descending})
		q.options.judged = append(q.options.judged, p.names[0])
	}
	return nil
}

// throughNavigation reports whether a path begins with a navigation that the
// service sorts by.
func throughNavigation(t *openapi.Type, path *odata.Path) bool {
	return t != nil && len(path.Segments) > 1 && listsFold(behavior.QueryableOf(t.Name).Through, firstName(path))
}

// orderThrough adds a key that another entity has.
func (q *run) orderThrough(query *odata.Query, t *openapi.Type, path *odata.Path, descending bool) *refusal {
	p := planner{typ: t, catalogue: q.Call.Catalogue, aliases: &query.Options}
	read, edm := p.value(path)
	names, _ := path.Names()
	q.options.order = append(q.options.order, sortKey{path: names, typ: edm, read: read, descending: descending})
	return p.refused
}

// orderByAge puts the newest first where the service does and the client does
// not ask for another order; of equal ones the one made last, also where the
// client asks for this order.
func (q *run) orderByAge() {
	if q.place.typ == nil {
		return
	}
	o := &q.options
	name := behavior.NewestFirst(q.place.typ.Name)
	if len(o.order) == 0 && name != "" {
		o.order = []sortKey{{path: []string{name}, typ: "Edm.DateTimeOffset", descending: true}}
	}
	o.newest = len(o.order) == 1 && o.order[0].descending && slices.Equal(o.order[0].path, []string{name})
}

// keysOf appends the sort keys of an entity.
func (q *run) keysOf(keys []scalar, e store.Entity) []scalar {
	for i := range q.options.order {
		k := &q.options.order[i]
		if k.read != nil {
			keys = append(keys, k.read(&scope{run: q, item: item{data: e.JSON, entity: e, typ: q.place.typ}}))
			continue
		}
		keys = append(keys, readScalar(e.JSON, k.path, k.typ))
	}
	return keys
}

// compareKeys orders by each key in turn; nulls come first (O).
func (q *run) compareKeys(a, b []scalar) int {
	for i, k := range q.options.order {
		c := a[i].compare(b[i])
		if c != 0 && k.descending {
			return -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// property is a resolved path to a primitive value.
type property struct {
	names []string // member names from the entity down
	edm   string   // Edm type; an enumeration compares as Edm.String
	enum  *openapi.Type
}

// resolve follows a property path through complex types.
func resolve(t *openapi.Type, path *odata.Path, where string) (property, *refusal) {
	names, plain := path.Names()
	if !plain {
		return property{}, option("The path is not supported.", where+": only property paths are evaluated by this version of fakegraph")
	}
	var p property
	for i, name := range names {
		var found *openapi.Property
		if t != nil {
			found = propertyOf(t, name)
		}
		if found == nil {
			return p, option(fmt.Sprintf("%sCould not find a property named '%s' on type '%s'.", clause(where), name, typeName(t)),
				where+": no property "+name+" on "+typeName(t))
		}
		p.names = append(p.names, found.Name)
		p.edm, t = found.Type.Name, found.Type.Type()
		if found.Navigation || found.Type.Collection || (i == len(names)-1) == (t != nil && t.Kind != openapi.EnumType) {
			return p, option(fmt.Sprintf("%sThe property '%s' cannot be used here.", clause(where), name), where+": "+name+" is not a primitive value")
		}
	}
	if t != nil {
		p.enum, p.edm = t, "Edm.String"
	}
	return p, nil
}

func clause(where string) string {
	switch where {
	case "$filter":
		return "Invalid filter clause: "
	case "$select", "$expand":
		return "Parsing OData Select and Expand failed: "
	}
	return ""
}
