package graph

import (
	"maps"
	"slices"
	"sync"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/behavior"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// typeViews remembers how a type is seen through its version.
type typeViews struct{ known sync.Map } // *openapi.Type -> *typeView

// typeView is how entities of a type are seen through one version.
type typeView struct {
	shown      *selection      // the default properties; nil for all
	whole      *template       // all that is shown of a wide type; nil for what the entity has
	hidden     map[string]bool // properties of another version only, or shown when selected only; nil for none
	sealed     []behavior.Sealed
	inner      inner
	innerShown inner    // of shown
	foreign    [][]byte // of a complex type, the members that only another version has, as inner has them
	evolved    bool     // values can be members of an enumeration behind its sentinel
}

// viewOf returns how entities of a type are seen. Most answers are of one type:
// the run remembers the latest.
func (q *run) viewOf(t *openapi.Type) *typeView {
	if q.lastView == nil || q.lastType != t {
		q.lastView, q.lastType = q.findView(t), t
	}
	return q.lastView
}

func (q *run) findView(t *openapi.Type) *typeView {
	if v, ok := q.views.known.Load(t); ok {
		return v.(*typeView)
	}
	v := &typeView{evolved: evolvedIn(t, map[*openapi.Type]bool{})}
	visible := behavior.VisibilityOf(t.Name)
	v.sealed = visible.Sealed
	if len(visible.Shown) > 0 && q.Call.Catalogue.Name() == "v1.0" {
		v.shown = selectionOf(visible.Shown...)
		v.shown.blanksOf(t) // it is shared: nothing is written to it later
	}
	for _, name := range visible.OnSelect {
		v.conceal(name)
	}
	isWide := wide(t)
	for _, other := range q.otherVersions() {
		if there := other.Type(t.Name); there != nil {
			v.hide(t, there)
			v.foreign = append(v.foreign, foreignNames(q.Call.Catalogue, t, there)...)
			v.inner = v.inner.compare(q.Call.Catalogue, t, there)
			isWide = isWide || wide(there)
		}
	}
	if v.shown != nil {
		v.innerShown = v.inner.of(v.shown)
	}
	if isWide {
		v.whole = newTemplate(t, v.hidden)
	}
	known, _ := q.views.known.LoadOrStore(t, v)
	return known.(*typeView)
}

// otherVersions are the versions that share the data, but not the call's own.
func (q *run) otherVersions() []*openapi.Version {
	if q.Catalogue == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(q.Catalogue.Versions()), func(v *openapi.Version) bool { return v == q.Call.Catalogue })
}

// hide notes the properties that a type has in another version only.
func (v *typeView) hide(here, there *openapi.Type) {
	for _, p := range there.Properties() {
		if here.Property(p.Name) == nil {
			v.conceal(p.Name)
		}
	}
}

func (v *typeView) conceal(name string) {
	if v.hidden == nil {
		v.hidden = map[string]bool{}
	}
	v.hidden[name] = true
}

// seen appends what the version shows of an entity to an object that is open,
// and closes it.
func (q *run) seen(b []byte, e store.Entity) []byte {
	t := q.entityType(e)
	if t == nil {
		return splice(b, e.JSON)
	}
	v := q.viewOf(t)
	switch {
	case v.shown != nil && isBin(q.place.set.Name):
		return selectionOf(append([]string{"deletedDateTime"}, v.shown.names...)...).append(b, e.JSON, t, false)
	case v.shown != nil && len(q.revealed) > 0:
		return selectionOf(slices.Concat(v.shown.names, q.revealed)...).append(b, e.JSON, t, false)
	case v.shown != nil:
		return v.shown.append(b, e.JSON, t, false)
	case v.whole != nil && len(q.revealed) == 0:
		return v.whole.append(b, e.JSON, v.hidden)
	case v.whole != nil:
		return v.revealing(t, q.revealed).append(b, e.JSON, v.hidden)
	case v.hidden == nil:
		return splice(b, e.JSON)
	}
	for name, value := range entity.Each(e.JSON) {
		if !name.In(v.hidden) || slices.ContainsFunc(q.revealed, name.Is) {
			b = append(append(b, name.Quoted...), ':')
			b = append(append(b, value...), ',')
		}
	}
	return closeObject(b)
}

// revealing is the template with some properties that are not shown otherwise.
func (v *typeView) revealing(t *openapi.Type, names []string) *template {
	hidden := maps.Clone(v.hidden)
	for _, name := range names {
		delete(hidden, name)
	}
	return newTemplate(t, hidden)
}
