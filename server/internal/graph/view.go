package graph

import (
	"slices"
	"sync"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// defaultProperties are what the service shows of a type without $select, where
// that is not everything (D, graph-behaviour §2.5). They hold for v1.0; beta
// shows all.
var defaultProperties = map[string][]string{
	"microsoft.graph.user": {
		"businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone",
		"officeLocation", "preferredLanguage", "surname", "userPrincipalName",
	},
}

// typeViews remembers how a type is seen through its version.
type typeViews struct{ known sync.Map } // *openapi.Type -> *typeView

// typeView is how entities of a type are seen through one version.
type typeView struct {
	shown  *selection      // the default properties; nil for all
	hidden map[string]bool // properties that only another version has; nil for none
}

// viewOf returns how entities of a type are seen.
func (q *run) viewOf(t *openapi.Type) *typeView {
	if v, ok := q.views.known.Load(t); ok {
		return v.(*typeView)
	}
	v := &typeView{}
	if names := defaultProperties[t.Name]; names != nil && q.Call.Catalogue.Name() == "v1.0" {
		v.shown = &selection{names: names, id: true}
	}
	for _, other := range q.otherVersions() {
		v.hide(t, other.Type(t.Name))
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
	if there == nil {
		return
	}
	for _, p := range there.Properties() {
		if here.Property(p.Name) != nil {
			continue
		}
		if v.hidden == nil {
			v.hidden = map[string]bool{}
		}
		v.hidden[p.Name] = true
	}
}

// seen appends what the version shows of an entity to an object that is open,
// and closes it.
func (q *run) seen(b []byte, e store.Entity) []byte {
	t := q.place.typ
	if e.Type != "" {
		t = q.Call.Catalogue.Type(e.Type)
	}
	if t == nil {
		return splice(b, e.JSON)
	}
	v := q.viewOf(t)
	switch {
	case v.shown != nil && q.place.set.Name == binName:
		shown := &selection{names: append([]string{"deletedDateTime"}, v.shown.names...), id: true}
		return shown.append(b, e.JSON, false)
	case v.shown != nil:
		return v.shown.append(b, e.JSON, false)
	case v.hidden == nil:
		return splice(b, e.JSON)
	}
	o, err := entity.Members(e.JSON)
	if err != nil {
		return splice(b, e.JSON)
	}
	for _, m := range o {
		if !v.hidden[m.Name] {
			b = append(entity.Quote(b, m.Name), ':')
			b = append(append(b, m.Value...), ',')
		}
	}
	return closeObject(b)
}
