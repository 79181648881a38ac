package graph

import (
	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// selves are singletons that stand for the caller's own entity in a set (D,
// graph-behaviour §1.6).
var selves = map[string]string{"me": "users", "education/me": "education/users"}

// selfNames are the last names of selves: they tell most singletons apart
// without a path being put together.
var selfNames = lastNames(selves)

// lastNames are the names behind the last slash of paths.
func lastNames[V any](paths map[string]V) map[string]bool {
	names := make(map[string]bool, len(paths))
	for path := range paths {
		names[lastOf(path)] = true
	}
	return names
}

// selfAt is the path of a singleton that stands for the caller, when a segment
// leads to one; "" otherwise.
func selfAt(p *place, s *openapi.Segment) string {
	if !selfNames[s.Name] || s.Kind != openapi.SingleSegment || p.key != "" || p.set.Parent != 0 {
		return ""
	}
	if path := join(p.set.Name, s.Name); selves[path] != "" {
		return path
	}
	return ""
}

// selfSpace is where the store keeps, per tenant, which entity of a set a
// caller is whose token does not say.
const selfSpace = "self/"

// self goes to the caller's own entity: the token's, else the one that a
// fixture set, else the oldest.
func (w *walk) self(path string, s *openapi.Segment) *refusal {
	set := store.SetKey{Tenant: w.at.set.Tenant, Name: selves[path]}
	w.at = place{set: set, typ: s.Type(), context: set.Name}
	p := &w.run.Call.Principal
	if p.ObjectID != "" {
		w.read(p.ObjectID)
	}
	if !w.at.found && p.UPN != "" {
		w.natural(p.UPN)
	}
	if !w.at.found {
		w.fallback(path)
	}
	if !w.at.found && path != "me" {
		if refused := w.enrol(path); refused != nil {
			return refused
		}
	}
	w.at.key = w.at.entity.ID
	if !w.at.found {
		w.at.key = s.Name
	}
	return nil
}

// enrol makes a caller's entity in a set that holds one for every user of the
// directory, as that of education does.
func (w *walk) enrol(path string) *refusal {
	if w.run.writer == nil {
		return &refusal{reason: errSupply.Error()}
	}
	var o entity.Object
	id := demoSelf
	if me, ok := (tx{w.run}).Self(); ok {
		id = me.ID
		for _, name := range []string{"displayName", "givenName", "surname", "mail", "userPrincipalName"} {
			if v, has := me.Get(name); has {
				o.Set(name, v)
			}
		}
	}
	o.SetString("id", id)
	e := store.Entity{ID: id, JSON: fresh(w.at.typ, o).JSON()}
	ordinal, err := w.run.writer.Insert(w.at.set, e)
	if err != nil {
		return broken(err)
	}
	e.Ordinal = ordinal
	w.at.entity, w.at.found = e, true
	return failed(w.run.writer.SetValue(selfSpace+path, w.at.set.Tenant, []byte(id)))
}

func (w *walk) fallback(name string) {
	if id, ok := w.run.reader.Value(selfSpace+name, w.at.set.Tenant); ok {
		w.read(string(id))
	}
	if w.at.found {
		return
	}
	for e := range w.run.reader.Scan(w.at.set, 0) {
		w.at.entity, w.at.found = e, true
		return
	}
}

// Self returns whom /me means to a caller whose token does not say.
func Self(tx store.Reader, tenant string) (store.Entity, bool) {
	set := store.SetKey{Tenant: tenant, Name: selves["me"]}
	if id, ok := tx.Value(selfSpace+"me", tenant); ok {
		if e, err := tx.Get(set, string(id)); err == nil {
			return e, true
		}
	}
	for e := range tx.Scan(set, 0) {
		return e, true
	}
	return store.Entity{}, false
}
