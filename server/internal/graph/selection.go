package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
)

// selection is a checked $select.
type selection struct {
	names []string // in the model's spelling, in the order asked for
	id    bool     // id is among them
}

// readSelect checks $select against the type (graph-behaviour §2.6).
func (q *run) readSelect(query *odata.Query, t *openapi.Type) *refusal {
	if !query.Given.Has(odata.OptionSelect) {
		return nil
	}
	s := &selection{}
	for i := range query.Select {
		item := &query.Select[i]
		if len(item.Path) == 1 && item.Path[0].Kind == odata.SegmentStar {
			return nil // all default properties
		}
		p := selectable(t, item)
		if p == nil && extended(t, item) {
			s.names = append(s.names, item.Name())
			continue
		}
		if p == nil {
			message := fmt.Sprintf("Parsing OData Select and Expand failed: Could not find a property named '%s' on type '%s'.", item.Name(), typeName(t))
			return option(message, "$select: no property "+item.Name()+" on "+typeName(t))
		}
		if !slices.Contains(s.names, p.Name) {
			s.names = append(s.names, p.Name)
		}
		s.id = s.id || p.Name == "id"
	}
	q.options.selection = s
	return nil
}

func selectable(t *openapi.Type, item *odata.SelectItem) *openapi.Property {
	if t == nil || len(item.Path) != 1 || item.Options != nil {
		return nil
	}
	return propertyOf(t, item.Path[0].Name)
}

// extended reports whether an item names an extension property, which has an
// underscore in its name (graph-behaviour §3.10).
func extended(t *openapi.Type, item *odata.SelectItem) bool {
	return t != nil && (t.Extensible || t.Open) && len(item.Path) == 1 && strings.Contains(item.Name(), "_")
}

func typeName(t *openapi.Type) string {
	if t == nil {
		return "Edm.Untyped"
	}
	return t.Name
}

// append appends the selected members of a stored object to an object that is
// open, and closes it.
func (s *selection) append(b, object []byte, keepID bool) []byte {
	if keepID && !s.id {
		b = appendMember(b, object, "id")
	}
	for _, name := range s.names {
		b = appendMember(b, object, name)
	}
	return closeObject(b)
}

func appendMember(b, object []byte, name string) []byte {
	v, ok := entity.Field(object, name)
	if !ok {
		return b
	}
	b = append(entity.Quote(b, name), ':')
	return append(append(b, v...), ',')
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
