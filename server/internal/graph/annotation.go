package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/odata"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// annotated appends the annotations of an entity to an object that is open;
// typed is the type to name with minimal metadata, "" for none.
func (q *run) annotated(b []byte, e store.Entity, typed string) []byte {
	if q.bare() {
		return b
	}
	if q.full() {
		return q.annotatedInFull(b, e)
	}
	if typed != "" {
		b = appendType(b, typed)
	}
	return q.appendTag(b, e)
}

func (q *run) annotatedInFull(b []byte, e store.Entity) []byte {
	own, id := q.entityType(e), q.idPath(e)
	if own != nil {
		b = appendType(b, own.Name)
	}
	if id != "" {
		b = appendLink(b, "@odata.id", id)
	}
	b = q.appendTag(b, e)
	if id != "" {
		b = appendLink(b, "@odata.editLink", q.editLink(id, own))
	}
	return b
}

// appendType names a type of the model, or of its form: nothing of it is to be
// escaped.
func appendType(b []byte, name string) []byte {
	return append(append(append(b, `"@odata.type":"#`...), name...), `",`...)
}

// idPath is the path of an entity, relative to the service root (R: answers of
// the directory with full metadata, 2021-10); "" when the place tells none.
func (q *run) idPath(e store.Entity) string {
	set := q.place.context
	if q.place.ref != nil && q.place.typ != nil && q.place.cast == nil && boundSets[q.place.typ.Name] != "" {
		set = boundSets[q.place.typ.Name]
	}
	if set == "" || e.ID == "" || q.place.single && q.place.ref == nil && !q.place.solid {
		return set
	}
	return set + "('" + fragmentEscape(e.ID) + "')"
}

// editLink is an entity's path with its type, where that is not the declared
// one (R, as idPath). A readLink would be the same, and is left out therefore
// (O, JSON format §4.6.9).
func (q *run) editLink(path string, own *openapi.Type) string {
	if own != nil && q.place.typ != nil && own != q.place.typ {
		path += "/" + own.Name
	}
	return path
}

// navigations appends the links of an entity's navigation properties to the
// object that b ends with (R, as editLink): of all, or of the selected ones.
func (q *run) navigations(b []byte, e store.Entity) []byte {
	own, id := q.entityType(e), q.idPath(e)
	if own == nil || id == "" {
		return b
	}
	b = reopen(b)
	base := q.root() + "/" + q.editLink(id, own) + "/"
	for _, p := range own.Properties() {
		if !p.Navigation || q.options.selection != nil && !q.options.selection.has(p.Name) {
			continue
		}
		b = appendLink(b, p.Name+"@odata.associationLink", base+p.Name+"/$ref")
		b = appendLink(b, p.Name+"@odata.navigationLink", base+p.Name)
	}
	if q.options.selection == nil {
		b = appendActions(b, own, base)
	}
	return closeObject(b)
}

// appendActions appends the actions that can be called on an entity (R, 2023:
// answers of the directory with full metadata; functions were not in them). Those
// that a base type declares stand behind a cast to that, which the service does
// not take itself.
func appendActions(b []byte, own *openapi.Type, base string) []byte {
	for _, a := range own.Actions() {
		name, target := "microsoft.graph."+a.Name, base
		if a.On != own {
			target += a.On.Name + "/"
		}
		b = append(entity.Quote(b, "#"+name), `:{`...)
		b = appendLink(b, "title", name)
		b = append(closeObject(appendLink(b, "target", target+name)), ',')
	}
	return b
}

// selectAnnotation takes the name of an annotation in $select; false for what is
// none.
func (q *run) selectAnnotation(s *selection, item *odata.SelectItem, t *openapi.Type) bool {
	if t == nil || len(item.Path) != 1 {
		return false
	}
	name := item.Path[0].Name
	a, ok := behavior.AnnotationOf(t.Name, name)
	switch {
	case !ok:
		return false
	case a.BareOnly && !q.options.bareSelect:
		q.note("$select: " + a.Member + " is not shown for its own name")
		s.add(name, selected{name: name})
	default:
		s.add(name, selected{name: a.Member})
	}
	return true
}
