package graph

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// selection is a checked $select, or the part of one that speaks of the members
// of a complex value.
type selection struct {
	names []string // paths in the model's spelling, in the order asked for, as a context fragment lists them
	items []selected
	index entity.Names // of the items
	id    bool         // id is among them
	apart bool         // properties that another service keeps are among them

	of     *openapi.Type // the type that blanks is of
	blanks [][]byte      // of the items: what is shown where an entity has no value; nil for nothing
}

// selected is one member of an object that is to be shown.
type selected struct {
	name  string
	of    *openapi.Type // only of entities of this type; nil for all
	inner *selection    // only these members of its value; nil for the whole
	key   []byte        // the name as it begins the member in JSON, with its colon
}

// selectionOf selects whole members.
func selectionOf(names ...string) *selection {
	s := &selection{}
	for _, name := range names {
		s.add(name, selected{name: name})
	}
	return s
}

// add adds an item under its path. What is asked for whole is not cut down by
// what is asked for in part.
func (s *selection) add(path string, item selected) {
	if !slices.Contains(s.names, path) {
		s.names = append(s.names, path)
	}
	s.id = s.id || item.name == "id" && item.of == nil
	i := slices.IndexFunc(s.items, func(x selected) bool { return x.name == item.name && x.of == item.of })
	switch {
	case i < 0:
		item.key = keyOf(item.name)
		s.items = append(s.items, item)
		s.index.Add(item.name)
	case item.inner == nil || s.items[i].inner == nil:
		s.items[i].inner = nil
	default:
		s.items[i].inner.join(item.inner)
	}
}

func (s *selection) join(other *selection) {
	for _, item := range other.items {
		s.add(item.name, item)
	}
}

// single refuses, on a collection, properties that another service keeps and
// gives of one entity at a time (D, graph-behaviour §2.5).
func (q *run) single(s *selection, t *openapi.Type) *refusal {
	if s == nil || t == nil {
		return nil
	}
	for _, name := range behavior.VisibilityOf(t.Name).Alone {
		s.apart = s.apart || s.has(name)
		if s.has(name) && q.op.Kind == openapi.List {
			return &refusal{err: grapherr.ForStatus(q.family(), 501), reason: "query: $select: " + name + " can be read of one " + shortName(t.Name) + " only, not of a list"}
		}
	}
	return nil
}

// has reports whether a member is selected, whole or in part.
func (s *selection) has(name string) bool {
	return slices.ContainsFunc(s.items, func(x selected) bool { return x.name == name })
}

// readSelect checks $select against the type (graph-behaviour §2.6).
func (q *run) readSelect(query *odata.Query, t *openapi.Type) *refusal {
	if !query.Given.Has(odata.OptionSelect) {
		return nil
	}
	if q.op.Kind == openapi.LinkRead {
		q.note("$select has no effect on references") // github.com/manicminer/hamilton asks for id and url
		return nil
	}
	q.options.bareSelect = query.Bare.Has(odata.OptionSelect)
	s, refused := q.selectionFrom(query.Select, t)
	if refused == nil {
		refused = q.single(s, t)
	}
	q.options.selection = s
	return refused
}

// selectionFrom reads items; nil for all default properties.
func (q *run) selectionFrom(items []odata.SelectItem, t *openapi.Type) (*selection, *refusal) {
	s := &selection{}
	for i := range items {
		item := &items[i]
		if last := item.Path[len(item.Path)-1]; last.Kind == odata.SegmentStar {
			return nil, nil
		}
		if q.selectAnnotation(s, item, t) {
			continue
		}
		r := selectReader{run: q, item: item, path: item.Path}
		chosen, refused := r.read(t)
		if refused != nil {
			return nil, refused
		}
		s.add(strings.Join(r.names, "/"), chosen)
	}
	return s, nil
}

// selectReader reads one item of $select, segment by segment.
type selectReader struct {
	*run
	item  *odata.SelectItem
	path  []odata.Segment // what is left of it
	names []string        // what was read, in the model's spelling
}

// read reads the rest of the path below a type: a cast perhaps, a property, and
// behind it members of its complex value.
func (r *selectReader) read(t *openapi.Type) (chosen selected, refused *refusal) {
	if len(r.path) > 1 && len(r.names) == 0 && r.path[0].Kind == odata.SegmentCast {
		if t, refused = r.cast(t); refused != nil {
			return chosen, refused
		}
		chosen.of = t
	}
	name := r.path[0].Name
	p := r.selectable(t, name)
	switch {
	case p == nil && len(r.path) == 1 && len(r.names) == 0 && undeclaredName(t, name):
		chosen.name = name
	case p == nil:
		return chosen, r.unknown(name, t)
	default:
		chosen.name = p.Name
	}
	r.path, r.names = r.path[1:], append(r.names, chosen.name)
	if len(r.path) > 0 || r.item.Options != nil {
		chosen.inner, refused = r.within(p)
	}
	return chosen, refused
}

// cast reads a type cast: the members behind it are those of entities of that
// type alone.
func (r *selectReader) cast(t *openapi.Type) (*openapi.Type, *refusal) {
	name := r.path[0].Name
	to := r.Call.Catalogue.Type(name)
	if to == nil {
		to = r.Call.Catalogue.TypeFold(name)
	}
	switch {
	case to == nil:
		return nil, r.invalid(fmt.Sprintf("The type '%s' is not defined in the model.", name), "no type "+name)
	case t == nil || !to.Is(t):
		return nil, r.invalid(fmt.Sprintf("Encountered invalid type cast. '%s' is not assignable from '%s'.", typeName(t), to.Name), to.Name+" does not derive from "+typeName(t))
	}
	r.path, r.names = r.path[1:], append(r.names, to.Name)
	return to, nil
}

// within reads what stands behind a property: members of its complex value, by
// a path or in parentheses. The directory offers neither (R, 2023-12: nothing
// below onPremisesExtensionAttributes can be selected); the words are those of
// the OData library that the service is built on.
func (r *selectReader) within(p *openapi.Property) (*selection, *refusal) {
	if p == nil || p.Navigation || p.Type.Type() == nil || r.op.Family == openapi.FamilyDirectory {
		return nil, r.invalid("Found a path with multiple navigation properties or a bad complex property path in a select clause. "+
			"Please reword your query such that each level of select or expand only contains either TypeSegments or Properties.",
			r.item.Name()+" leads into a property that is selected whole or not at all")
	}
	if len(r.path) == 0 {
		return r.selectionFrom(r.item.Options.Select, p.Type.Type())
	}
	chosen, refused := r.read(p.Type.Type())
	inner := &selection{}
	inner.add(chosen.name, chosen)
	return inner, refused
}

// selectable finds a property of a type. Outlook, unlike the directory, knows
// those of derived types behind a cast only (R, 2025-07: contentId of
// attachments).
func (r *selectReader) selectable(t *openapi.Type, name string) *openapi.Property {
	if t == nil {
		return nil
	}
	if r.op.Family == openapi.FamilyOutlook {
		return t.PropertyFold(name)
	}
	return propertyOf(t, name)
}

func (r *selectReader) unknown(name string, t *openapi.Type) *refusal {
	return r.invalid(fmt.Sprintf("Could not find a property named '%s' on type '%s'.", name, typeName(t)), "no property "+name+" on "+typeName(t))
}

func (r *selectReader) invalid(message, reason string) *refusal {
	return option("Parsing OData Select and Expand failed: "+message, "$select: "+reason)
}

// undeclaredName reports whether entities of a type may have a property that the
// model does not name: an open type any, others extension properties, which have
// an underscore in their names (graph-behaviour §3.10).
func undeclaredName(t *openapi.Type, name string) bool {
	return t != nil && (t.Open || t.Extensible && strings.Contains(name, "_"))
}

func typeName(t *openapi.Type) string {
	if t == nil {
		return "Edm.Untyped"
	}
	return t.Name
}

// append appends the selected members of a stored object of a type to an object
// that is open, and closes it.
func (s *selection) append(b, object []byte, t *openapi.Type, keepID bool) []byte {
	var room [24]json.RawMessage // what is selected is rarely more
	values := s.values(object, room[:0])
	if t != nil {
		for i, blank := range s.blanksOf(t) {
			if values[i] == nil {
				values[i] = blank
			}
		}
	}
	if keepID && !s.id {
		id, _ := entity.Field(object, "id")
		b = appendMember(b, id, &selectedID)
	}
	for i := range s.items {
		if of := s.items[i].of; of == nil || t != nil && t.Is(of) {
			b = appendMember(b, values[i], &s.items[i])
		}
	}
	return closeObject(b)
}

// blanksOf are the items' blanks for entities of a type. A list is of one type
// mostly.
func (s *selection) blanksOf(t *openapi.Type) [][]byte {
	if s.of == t && len(s.blanks) == len(s.items) {
		return s.blanks
	}
	s.of, s.blanks = t, make([][]byte, len(s.items))
	for i := range s.items {
		if p := t.Property(s.items[i].name); p != nil {
			s.blanks[i] = blankOf(t, p)
		}
	}
	return s.blanks
}

// values are those of the items in one walk through an object; nil for members
// that it has not.
func (s *selection) values(object []byte, into []json.RawMessage) []json.RawMessage {
	into = append(into, make([]json.RawMessage, len(s.items))...)
	left := len(s.items)
	for name, value := range entity.Each(object) {
		for i := s.index.Find(name); i >= 0; i = s.index.Next(name, i) {
			if into[i] == nil {
				into[i] = value
				left--
			}
		}
		if left == 0 {
			break
		}
	}
	return into
}

var selectedID = selected{name: "id", key: keyOf("id")}

func keyOf(name string) []byte { return append(entity.Quote(nil, name), ':') }

func appendMember(b, value []byte, item *selected) []byte {
	if value == nil {
		return b
	}
	b = append(b, item.key...)
	if item.inner != nil {
		return append(item.inner.part(b, value), ',')
	}
	return append(append(b, value...), ',')
}

// part appends the selected members of a complex value, or of each of several.
func (s *selection) part(b, value []byte) []byte {
	switch value[0] {
	case '{':
		b = append(b, '{')
		if own, ok := entity.Field(value, "@odata.type"); ok {
			b = append(append(append(b, `"@odata.type":`...), own...), ',')
		}
		return s.append(b, value, nil, false)
	case '[':
		b = append(b, '[')
		for element := range entity.Elements(value) {
			b = append(s.part(b, element), ',')
		}
		if b[len(b)-1] == ',' {
			b = b[:len(b)-1]
		}
		return append(b, ']')
	}
	return append(b, value...)
}

// contextList is the select list of a context fragment, in request order.
func (o *options) contextList() string {
	names := o.expandedNames()
	switch {
	case o.selection == nil && names == "":
		return ""
	case o.selection == nil:
		return "(" + names + ")"
	case names == "":
		return "(" + strings.Join(o.selection.names, ",") + ")"
	}
	return "(" + strings.Join(o.selection.names, ",") + "," + names + ")"
}
