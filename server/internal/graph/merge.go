package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// merge applies the members of a PATCH to an entity and returns those that
// were applied (graph-behaviour §3.4): what is left out stays, scalars and
// collections are replaced, null clears, complex values are merged or replaced
// by their type, and control information is no change. target is changed in
// place.
func merge(t *openapi.Type, target *entity.Object, change entity.Object) entity.Object {
	applied := make(entity.Object, 0, len(change))
	for _, m := range change {
		if control(m.Name) {
			continue
		}
		m.Value = entity.Compact(m.Value)
		applied = append(applied, m)
		if isNull(m.Value) && undeclared(t, m.Name) {
			target.Delete(m.Name) // an extension, or a key of a dictionary
			continue
		}
		if old, ok := target.Get(m.Name); ok && mergeable(t, m.Name, old, m.Value) {
			m.Value = mergeComplex(complexType(t, m.Name), old, m.Value)
			applied[len(applied)-1].Value = m.Value
		}
		target.Set(m.Name, m.Value)
	}
	return applied
}

// control reports whether a member is OData control information, which says
// something about the entity and is no property of it.
func control(name string) bool { return strings.IndexByte(name, '@') >= 0 }

func isNull(raw []byte) bool { return string(raw) == "null" }

// undeclared reports whether a type is open and does not have the name.
func undeclared(t *openapi.Type, name string) bool {
	return t != nil && (t.Open || t.Extensible) && t.Property(name) == nil
}

// units are complex types whose values are replaced as a whole, because their
// members mean nothing apart: a text and its type, a time and its zone (?,
// graph-behaviour §3.4).
var units = map[string]bool{
	"microsoft.graph.itemBody":            true,
	"microsoft.graph.dateTimeTimeZone":    true,
	"microsoft.graph.location":            true,
	"microsoft.graph.patternedRecurrence": true,
	"microsoft.graph.recurrencePattern":   true,
	"microsoft.graph.recurrenceRange":     true,
}

// mergeable reports whether a member is an object on both sides that is merged:
// a complex value of the same derived type, or the value of an extension.
func mergeable(t *openapi.Type, name string, old, change []byte) bool {
	if len(old) == 0 || old[0] != '{' || len(change) == 0 || change[0] != '{' {
		return false
	}
	if undeclared(t, name) {
		return true
	}
	c := complexType(t, name)
	return c != nil && !units[c.Name] && sameTag(c, old, change)
}

// sameTag reports whether two complex values are of one type; a value that does
// not say is of the stored one's, or of the declared one.
func sameTag(declared *openapi.Type, old, change []byte) bool {
	after, tagged := tag(change)
	if !tagged {
		return true
	}
	before, stored := tag(old)
	if !stored {
		before = declared.Name
	}
	return strings.EqualFold(before, after)
}

func tag(object []byte) (string, bool) {
	raw, ok := entity.Field(object, "@odata.type")
	if !ok {
		return "", false
	}
	text, _ := entity.Unquote(raw)
	return trimHash(text), true
}

func complexType(t *openapi.Type, name string) *openapi.Type {
	if t == nil {
		return nil
	}
	p := t.Property(name)
	if p == nil || p.Type.Collection {
		return nil
	}
	if c := p.Type.Type(); c != nil && c.Kind == openapi.ComplexType {
		return c
	}
	return nil
}

func mergeComplex(t *openapi.Type, old, change []byte) []byte {
	target, err := entity.Members(old)
	if err != nil {
		return change
	}
	members, err := entity.Members(change)
	if err != nil {
		return change
	}
	target = target.Clone()
	for _, m := range members {
		if name, ok := strings.CutSuffix(m.Name, "@odata.type"); ok && (name == "" || t == nil || t.Property(name) == nil) {
			target.Set(m.Name, m.Value)
		}
	}
	if t == nil {
		mergeOpen(&target, members)
	} else {
		merge(t, &target, members)
	}
	return target.JSON()
}

// mergeOpen merges what no type declares, the value of an extension or what is
// under a key of a dictionary: null removes.
func mergeOpen(target *entity.Object, change entity.Object) {
	for _, m := range change {
		old, _ := target.Get(m.Name)
		switch {
		case control(m.Name):
		case isNull(m.Value):
			target.Delete(m.Name)
		case len(old) > 0 && old[0] == '{' && m.Value[0] == '{':
			target.Set(m.Name, mergeComplex(nil, old, m.Value))
		default:
			target.Set(m.Name, m.Value)
		}
	}
}

// sparse reports whether the service leaves out what an entity of the type has
// not got: the presence of a facet such as folder is what clients look at (D).
func sparse(t *openapi.Type) bool { return sparseTypes[t.Name] }

var sparseTypes = map[string]bool{
	"microsoft.graph.driveItem": true, "microsoft.graph.drive": true, "microsoft.graph.site": true, "microsoft.graph.list": true,
	"microsoft.graph.listItem": true, "microsoft.graph.permission": true, "microsoft.graph.fieldValueSet": true,
	"microsoft.graph.columnDefinition": true, "microsoft.graph.columnLink": true, "microsoft.graph.contentType": true,
	"microsoft.graph.driveItemVersion": true, "microsoft.graph.listItemVersion": true, "microsoft.graph.documentSetVersion": true,
	"microsoft.graph.itemActivityStat": true, "microsoft.graph.itemAnalytics": true, "microsoft.graph.sharedDriveItem": true,
}

// complete puts the members of an entity in the order of its type and adds
// null, or an empty list, for properties without a value (graph-behaviour
// §2.5). Members that the type lacks follow.
func complete(t *openapi.Type, o entity.Object) entity.Object {
	if t == nil {
		return o
	}
	full := make(entity.Object, 0, len(o)+len(t.Properties()))
	for _, p := range t.Properties() {
		if v, ok := o.Get(p.Name); ok {
			full = append(full, entity.Member{Name: p.Name, Value: entity.Compact(v)})
		} else if !p.Navigation && p.Type.Name != "Edm.Stream" && !sparse(t) {
			full = append(full, entity.Member{Name: p.Name, Value: unset(p)})
		}
	}
	for _, m := range o {
		if !full.Has(m.Name) {
			full = append(full, entity.Member{Name: m.Name, Value: entity.Compact(m.Value)})
		}
	}
	return full
}

func unset(p *openapi.Property) []byte {
	switch {
	case p.Type.Collection:
		return noItems
	case p.Nullable || p.Name == "id" || p.Type.Name == "Edm.Stream":
		return noValue
	}
	return leastValue(p.Type, 0)
}

// noValue and noItems are shared: nothing may be written to them.
var noValue, noItems = []byte("null"), []byte("[]")
