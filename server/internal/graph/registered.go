package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// extensionPrefix begins the names of directory extensions: the application that
// owns them follows, as its id without hyphens, then the name.
const extensionPrefix = "extension_"

// registered refuses extensions in a body that nobody has registered for the type.
func (q *run) registered(t *openapi.Type, before, payload entity.Object) *refusal {
	if refused := q.extended(t, before, payload); refused != nil {
		return refused
	}
	return q.available(t, payload)
}

// available refuses directory extensions that no application has registered for
// the type (R, graph-behaviour §3.10).
func (q *run) available(t *openapi.Type, payload entity.Object) *refusal {
	if q.op.Family != openapi.FamilyDirectory || t == nil {
		return nil
	}
	var unknown []string
	for _, m := range payload {
		if strings.HasPrefix(m.Name, extensionPrefix) && !control(m.Name) && t.Property(m.Name) == nil && !q.isRegistered(t, m.Name) {
			unknown = append(unknown, m.Name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	names := strings.Join(unknown, ",")
	if q.Lenient {
		q.warn = append(q.warn, names+": no application has registered it")
		return nil
	}
	return &refusal{
		err:    grapherr.Rule(q.family(), "", "The following extension properties are not available: "+names+"."),
		reason: "extension: no application of the tenant has registered " + names + " for " + shortName(t.Name) + ": POST it to /applications/{id}/extensionProperties first",
	}
}

// isRegistered reports whether an application of the tenant has an extension
// that a type may carry.
func (q *run) isRegistered(t *openapi.Type, name string) bool {
	id, _, ok := strings.Cut(name[len(extensionPrefix):], "_")
	if !ok || len(id) != 32 {
		return false
	}
	appID := strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-")
	app, ok := ByText(q.reader, store.SetKey{Tenant: q.Call.Tenant, Name: "applications"}, "appId", appID)
	if !ok {
		return false
	}
	for e := range q.reader.Scan(store.SetKey{Tenant: q.Call.Tenant, Parent: app.Ordinal, Name: "extensionProperties"}, 0) {
		if fieldText(e.JSON, "name") == name {
			return targets(e.JSON, shortName(t.Name))
		}
	}
	return false
}

// targets reports whether an extension is for a kind of object; one that names
// none, as a fixture may leave it, is for all.
func targets(extension []byte, kind string) bool { return includes(extension, "targetObjects", kind) }

// includes reports whether a list of names has one, or is empty.
func includes(object []byte, member, kind string) bool {
	raw, _ := entity.Field(object, member)
	some := false
	for item := range entity.Elements(raw) {
		if text, ok := entity.Unquote(item); ok && strings.EqualFold(text, kind) {
			return true
		}
		some = true
	}
	return !some
}
