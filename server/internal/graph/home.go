package graph

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// ownType names an entity's type where it is not the declared one.
func (q *run) ownType(declared *openapi.Type, set store.SetKey, e store.Entity) string {
	if e.Type != "" {
		return e.Type
	}
	t := q.homeType(set)
	if t == nil || declared != nil && t.Name == declared.Name {
		return ""
	}
	return t.Name
}

// homeType is the declared type of the members of a set.
func (q *run) homeType(set store.SetKey) *openapi.Type {
	return homeType(q.reader, q.Call.Catalogue, set)
}

// homeType is the type that a version declares the members of a set with.
func homeType(tx store.Reader, v *openapi.Version, set store.SetKey) *openapi.Type {
	if set.Parent == 0 {
		return rootType(v, set.Name)
	}
	home, parent, err := tx.At(set.Parent)
	if err != nil {
		return nil
	}
	t := homeType(tx, v, home)
	if parent.Type != "" {
		t = v.Type(parent.Type)
	}
	for name := range strings.SplitSeq(set.Name, "/") {
		t = propertyType(t, name)
	}
	return t
}

func rootType(v *openapi.Version, path string) *openapi.Type {
	target, err := v.Resolve("/"+path, make([]openapi.Segment, 0, 8))
	if err != nil || len(target.Segments) == 0 {
		return nil
	}
	return target.Segments[len(target.Segments)-1].Type()
}

func propertyType(t *openapi.Type, name string) *openapi.Type {
	if t == nil {
		return nil
	}
	if p := t.Property(name); p != nil {
		return p.Type.Type()
	}
	return nil
}

// umbrella looks for an entity in the sets of types derived from the addressed
// set's, as /directoryObjects/{id} finds users and groups.
func (w *walk) umbrella(id string) {
	if w.at.set.Parent != 0 || w.at.typ == nil || isBin(w.at.set.Name) {
		return
	}
	for set, e := range w.run.reader.Find(w.at.set.Tenant, id) {
		if isBin(set.Name) {
			continue
		}
		t := w.run.Call.Catalogue.Type(w.run.ownType(w.at.typ, set, e))
		if t != nil && t.Is(w.at.typ) {
			e.Type = t.Name
			w.at.entity, w.at.found = e, true
			return
		}
	}
}

// naturalKeys are properties that stand in for the id in a path (D,
// graph-behaviour §1.5).
var naturalKeys = map[string]string{
	"microsoft.graph.federatedIdentityCredential": "name", // (D, page of its get)
	"microsoft.graph.mailFolder":                  "wellKnownName",
	"microsoft.graph.contactFolder":               "wellKnownName",
	"microsoft.graph.user":                        "userPrincipalName",
	"microsoft.graph.place":                       "emailAddress", // (D, page place-get)
	"microsoft.graph.list":                        "displayName",  // (D, {list-title} in the page list-get)
	"microsoft.graph.workbookWorksheet":           "name",         // (D, {id|name} in the pages of workbooks)
	"microsoft.graph.workbookTable":               "name",
	"microsoft.graph.workbookNamedItem":           "name",
	"microsoft.graph.workbookChart":               "name",
}

// natural looks for an entity by its natural key.
func (w *walk) natural(key string) {
	if w.at.typ == nil || naturalKeys[w.at.typ.Name] == "" {
		return
	}
	w.at.entity, w.at.found = ByText(w.run.reader, w.at.set, naturalKeys[w.at.typ.Name], key)
}
