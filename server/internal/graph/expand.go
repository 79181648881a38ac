package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// expansion is a checked item of $expand.
type expansion struct {
	nav     *openapi.Property
	cast    *openapi.Type  // only members of this type; nil for all
	options options        // nested ones
	nested  *odata.Options // as written; nil for none
	refs    bool           // nav/$ref: references instead of entities
	tally   bool           // nav/$count: the number alone
	levels  int            // of $levels; 0 without
	whole   bool           // the related entities show theirs unasked, too
	most    int            // related entities to show, without a link to further ones; 0 for all
}

// directoryExpanded is how many related objects the directory shows (D,
// graph-behaviour §2.11).
const directoryExpanded = 20

// moreExpanded are relationships of which it shows more (D, known issues of
// query parameters, 2023).
var moreExpanded = map[string]int{"registeredDevices": 100}

// deepestLevels bounds $levels=max (D).
const deepestLevels = 1000

// readExpand checks $expand against the type (graph-behaviour §2.11).
func (q *run) readExpand(query *odata.Query, t *openapi.Type) *refusal {
	if !query.Given.Has(odata.OptionExpand) {
		return nil
	}
	if refused := q.expandLimits(query.Expand, t); refused != nil {
		return refused
	}
	var refused *refusal
	q.options.expand, refused = q.expansions(query.Expand, t)
	return refused
}

func (q *run) expansions(items []odata.ExpandItem, t *openapi.Type) ([]expansion, *refusal) {
	var list []expansion
	for i := range items {
		item := &items[i]
		if len(item.Path) == 1 && item.Path[0].Kind == odata.SegmentStar {
			list = append(list, allExpansions(t)...)
			continue
		}
		e, refused := q.expansion(item, t)
		if refused != nil {
			return nil, refused
		}
		list = append(list, e)
	}
	if q.isDirectory(t) {
		for i := range list {
			list[i].most = max(directoryExpanded, moreExpanded[list[i].nav.Name])
		}
	}
	return list, nil
}

// allExpansions is $expand=*: all that the entities contain and refer to (O).
func allExpansions(t *openapi.Type) (list []expansion) {
	if t == nil {
		return nil
	}
	for _, p := range t.Properties() {
		if p.Navigation {
			list = append(list, expansion{nav: p})
		}
	}
	return list
}

// expansion checks one item: casts, the navigation property, and what may
// stand behind it.
func (q *run) expansion(item *odata.ExpandItem, t *openapi.Type) (e expansion, refused *refusal) {
	for i := range item.Path {
		s := &item.Path[i]
		switch s.Kind {
		case odata.SegmentCast:
			if e.nav != nil {
				e.cast = q.Call.Catalogue.Type(s.Name)
			} else if derived := q.Call.Catalogue.Type(s.Name); derived != nil {
				t = derived
			}
		case odata.SegmentRef:
			e.refs = true
		case odata.SegmentCount:
			e.tally = true
		default:
			if e.nav, refused = q.expandable(t, s.Name); refused != nil {
				return e, refused
			}
		}
	}
	if e.nav == nil {
		return e, q.notExpandable(item.Name(), t)
	}
	return e, q.nestedOptions(&e, item.Options)
}

// expandable finds a navigation property, of the type or of one derived from
// it: collections hold entities of many types.
func (q *run) expandable(t *openapi.Type, name string) (*openapi.Property, *refusal) {
	if t == nil {
		return nil, q.notExpandable(name, t)
	}
	p := propertyOf(t, name)
	switch {
	case p == nil:
		return nil, option(fmt.Sprintf("Parsing OData Select and Expand failed: Could not find a property named '%s' on type '%s'.", name, typeName(t)),
			"$expand: no property "+name+" on "+typeName(t))
	case !p.Navigation:
		return nil, q.notExpandable(name, t)
	}
	return p, nil
}

func (q *run) notExpandable(name string, t *openapi.Type) *refusal {
	r := option(fmt.Sprintf("Expand is not allowed for property '%s' according to the entity schema.", name),
		"$expand: "+name+" is no navigation property of "+typeName(t))
	r.err.Code = "ExpandNotSupported"
	return r
}

// nestedOptions checks the options in the parentheses behind an item.
func (q *run) nestedOptions(e *expansion, nested *odata.Options) *refusal {
	if nested == nil {
		return nil
	}
	t := e.nav.Type.Type()
	if e.cast != nil {
		t = e.cast
	}
	sub := run{Engine: q.Engine, Request: q.Request, op: q.op, form: q.form}
	query := odata.Query{Options: *nested}
	for _, read := range []func(*odata.Query, *openapi.Type) *refusal{sub.readSelect, sub.readFilter, sub.readSearch, sub.readOrder, sub.readExpand} {
		if refused := read(&query, t); refused != nil {
			return refused
		}
	}
	e.options, e.nested = sub.options, nested
	e.options.top, e.options.skip, e.options.count = nested.Top, nested.Skip, nested.Count
	if nested.Given.Has(odata.OptionLevels) {
		e.levels = nested.Levels
		if e.levels == odata.LevelsMax {
			e.levels = deepestLevels
		}
	}
	return nil
}

// expand appends the expanded navigation properties to the object that b ends
// with. context is the fragment of the entity, with its key.
func (q *run) expand(b []byte, e store.Entity, list []expansion, context string) []byte {
	for i := range list {
		x := &list[i]
		b = reopen(b)
		b = q.expandOne(b, e, x, context)
		b = append(b, '}')
	}
	return b
}

// reopen takes the closing brace off an object and prepares it for a member.
func reopen(b []byte) []byte {
	b = b[:len(b)-1]
	if b[len(b)-1] != '{' {
		b = append(b, ',')
	}
	return b
}

func (q *run) expandOne(b []byte, e store.Entity, x *expansion, context string) []byte {
	sub := q.into(e, x, context)
	if !x.nav.Type.Collection {
		return sub.expandSingle(b, x)
	}
	return sub.expandCollection(b, x)
}

// into is the run at the other end of a navigation.
func (q *run) into(e store.Entity, x *expansion, context string) *run {
	q.lacks() // shared by all runs that follow
	sub := *q
	sub.options, sub.whole, sub.echoed = x.options, x.whole, nil
	sub.place = q.passage(e, x)
	sub.place.cast, sub.place.context = x.cast, join(context, x.nav.Name)
	if sub.place.ref == nil && e.ID == "" {
		sub.place.ref = referenceFrom(q.typeOfStored(e), e.Ordinal, x.nav.Name)
	}
	sub.listExpanded(x, sub.place.context)
	if x.levels > 1 {
		deeper := *x
		deeper.levels--
		sub.options.expand = append(slices.Clip(sub.options.expand), deeper)
	}
	return &sub
}

// typeOfStored is the type of an entity of the place.
func (q *run) typeOfStored(e store.Entity) *openapi.Type {
	if e.Type != "" {
		if t := q.Call.Catalogue.Type(e.Type); t != nil {
			return t
		}
	}
	return q.place.typ
}

func (q *run) expandSingle(b []byte, x *expansion) []byte {
	for e := range q.related() {
		if x.refs {
			return q.appendRef(append(entity.Quote(b, x.nav.Name), ':'), e)
		}
		b = q.contextInside(b, x, "/$entity")
		return q.listItem(append(entity.Quote(b, x.nav.Name), ':'), e)
	}
	return append(entity.Quote(b, x.nav.Name), ":null"...)
}

// contextInside appends the context of what is expanded, which all services but
// the directory write (R: answers with expanded fields, attachments and children).
func (q *run) contextInside(b []byte, x *expansion, one string) []byte {
	if q.op.Family == openapi.FamilyDirectory || q.bare() {
		return b
	}
	return appendLink(b, x.nav.Name+"@odata.context", q.root()+"/$metadata#"+q.place.context+q.options.contextList()+one)
}

// related yields what stands at the far end.
func (q *run) related() func(yield func(store.Entity) bool) {
	if q.place.single && q.place.ref == nil {
		return func(yield func(store.Entity) bool) {
			if q.place.found {
				yield(q.computed(q.place.entity, q.place.typ))
			}
		}
	}
	return q.members()
}

func (q *run) expandCollection(b []byte, x *expansion) []byte {
	p := q.expanded(x, x.tally || q.options.count)
	items, cut := p.items, p.more
	if x.tally || q.options.count {
		b = q.appendCount(b, x.nav.Name+"@odata.count", p.total)
	}
	if x.tally {
		return b[:len(b)-1]
	}
	b = q.contextInside(b, x, "")
	if cut && x.most == 0 {
		b = appendLink(b, x.nav.Name+"@odata.nextLink", q.expandedLink(x, p))
	}
	b = append(entity.Quote(b, x.nav.Name), ":["...)
	for i, e := range items {
		if i > 0 {
			b = append(b, ',')
		}
		if x.refs {
			b = q.appendRef(b, e)
			continue
		}
		b = q.listItem(b, e)
	}
	return append(b, ']')
}

// expanded is the page of related entities to show.
func (q *run) expanded(x *expansion, counted bool) page {
	w := window{skip: q.options.skip, size: -1, count: counted}
	if q.options.top > 0 {
		w.size = q.options.top
	}
	if x.most > 0 && (w.size < 0 || w.size > x.most) {
		w.size = x.most
	}
	return q.page(w)
}

// expandedLink is the URL of what follows an expanded page: the navigation's own,
// with the options that stood in the parentheses.
func (q *run) expandedLink(x *expansion, p page) string {
	rest := odata.Query{}
	if x.nested != nil {
		rest.Options = *x.nested
	}
	rest.Given &^= odata.NewOptionSet(odata.OptionSkip, odata.OptionLevels)
	path, query := "/"+q.place.context, rest.String()
	if q.paging().links {
		return q.root() + path + "?" + skippedOptions(query, q.options.skip+len(p.items))
	}
	if query != "" {
		query += "&"
	}
	return q.root() + path + "?" + query + "$skiptoken=" + q.tokenOf(p.next, path, strings.TrimSuffix(query, "&"))
}

// contextExpand is what an expansion adds to the select list of a context
// fragment (graph-behaviour §2.2).
func (x *expansion) contextExpand() string {
	list := x.options.contextList()
	if list == "" {
		list = "()"
	}
	return x.nav.Name + list
}

// expandedNames is the part of a context's select list that $expand brings.
func (o *options) expandedNames() string {
	names := make([]string, len(o.expand))
	for i := range o.expand {
		names[i] = o.expand[i].contextExpand()
	}
	return strings.Join(names, ",")
}
