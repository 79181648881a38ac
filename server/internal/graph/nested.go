package graph

import (
	"encoding/json"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// homeSets are the entity sets in which entities of a type live when they are
// made through a navigation by reference (M, entity sets of the v1.0 model).
var homeSets = map[string]string{
	"microsoft.graph.user":                        "users",
	"microsoft.graph.group":                       "groups",
	"microsoft.graph.device":                      "devices",
	"microsoft.graph.application":                 "applications",
	"microsoft.graph.servicePrincipal":            "servicePrincipals",
	"microsoft.graph.orgContact":                  "contacts",
	"microsoft.graph.directoryRole":               "directoryRoles",
	"microsoft.graph.administrativeUnit":          "directory/administrativeUnits",
	"microsoft.graph.externalUserProfile":         "directory/externalUserProfiles",
	"microsoft.graph.pendingExternalUserProfile":  "directory/pendingExternalUserProfiles",
	"microsoft.graph.drive":                       "drives",
	"microsoft.graph.site":                        "sites",
	"microsoft.graph.room":                        "places",
	"microsoft.graph.chat":                        "chats",
	"microsoft.graph.identityGovernance.workflow": "identityGovernance/lifecycleWorkflows/workflows",
}

// narrower are those of homeSets whose set is declared with a base of theirs: their
// entities say what they are.
var narrower = map[string]bool{"microsoft.graph.room": true}

// homeOf is the set in which a new entity of a type lives; without a set of
// its own it lives below the owner of the reference.
func homeOf(tenant, typeName string, owner store.Ordinal, navigation string) store.SetKey {
	if name := homeSets[typeName]; name != "" {
		return store.SetKey{Tenant: tenant, Name: name}
	}
	return store.SetKey{Tenant: tenant, Parent: owner, Name: navigation}
}

// nested is the entities that a body brings along under one navigation property
// (deep insert, graph-behaviour §3.3): what the new entity contains, or what it
// leads to.
type nested struct {
	property *openapi.Property
	items    []entity.Object
	single   bool
	link     string // under which the owner is linked to what it does not contain; "" for contained
}

// split parts an entity's own members from the entities among them.
func split(t *openapi.Type, o entity.Object) (entity.Object, []nested) {
	if t == nil {
		return o, nil
	}
	var own entity.Object
	var below []nested
	for _, m := range o {
		p := t.Property(m.Name)
		if p == nil || !p.Navigation {
			own = append(own, m)
			continue
		}
		if n, ok := nestedOf(p, m.Value); ok {
			n.link = linkOf(t, p)
			below = append(below, n)
		}
	}
	return own, below
}

// linkOf is the name under which an entity is linked to what a navigation leads to;
// "" for what it contains. Behind some doors are entities of a set of their own.
func linkOf(t *openapi.Type, p *openapi.Property) string {
	if !p.Contained {
		return p.Name
	}
	if d, ok := doorFrom(t, p.Name); ok && p.Type.Type() != nil && homeSets[p.Type.Type().Name] != "" {
		return d.link
	}
	return ""
}

func nestedOf(p *openapi.Property, raw json.RawMessage) (nested, bool) {
	n := nested{property: p, link: linkOf(nil, p)}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list, n.single = []json.RawMessage{raw}, true
	}
	for _, item := range list {
		o, err := entity.Parse(item)
		if err != nil {
			return n, false
		}
		n.items = append(n.items, o)
	}
	return n, true
}

// nesting is how what a body brings along is stored.
type nesting struct {
	newID    func() string
	complete func(t *openapi.Type, own entity.Object) entity.Object    // what each is to be before it is stored; nil for as it is
	made     func(e store.Entity, t *openapi.Type, item entity.Object) // told of each; nil for nobody
}

// insertNested stores contained entities below their new parent, and links it
// to those that it does not contain.
func insertNested(tx store.Writer, tenant string, parent store.Ordinal, below []nested, as nesting) error {
	for _, n := range below {
		set := within(tx, tenant, parent, n.property.Name)
		for _, item := range n.items {
			if n.link != "" {
				set = n.home(tenant, parent, item)
			}
			ordinal, err := insertTree(tx, set, n, item, as)
			if err == nil && n.link != "" {
				err = n.join(tx, parent, ordinal)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// within is where an entity keeps what it contains under a navigation.
func within(tx store.Reader, tenant string, owner store.Ordinal, navigation string) store.SetKey {
	if set, e, err := tx.At(owner); err == nil {
		return belowOf(set, e, navigation)
	}
	return store.SetKey{Tenant: tenant, Parent: owner, Name: navigation}
}

// belowOf is within of an entity of a set. What is below a single value is kept by
// its path from where the set is, since the value itself need not be stored.
func belowOf(set store.SetKey, e store.Entity, navigation string) store.SetKey {
	if e.ID != "" {
		return store.SetKey{Tenant: set.Tenant, Parent: e.Ordinal, Name: navigation}
	}
	name := join(set.Name, navigation)
	if set.Parent == 0 {
		name = canonical(name)
	}
	return store.SetKey{Tenant: set.Tenant, Parent: set.Parent, Name: name}
}

// home is the set of an entity that is led to.
func (n nested) home(tenant string, parent store.Ordinal, item entity.Object) store.SetKey {
	t := n.property.Type.Type()
	name := derivedOf(t, item)
	if name == "" {
		name = t.Name
	}
	return homeOf(tenant, name, parent, n.property.Name)
}

// join links an entity to one that its navigation leads to.
func (n nested) join(tx store.Writer, from, to store.Ordinal) error {
	link := n.link
	if view, ok := views[link]; ok {
		link = view.link
		if view.transitive {
			return nil // what several steps lead to is worked out
		}
		if view.inverse {
			from, to = to, from
		}
	}
	_, err := tx.Link(from, link, to)
	return err
}

// insertTree stores an entity with what it brings along. One that a reference
// names and that is there already stays as it is.
func insertTree(tx store.Writer, set store.SetKey, n nested, item entity.Object, as nesting) (store.Ordinal, error) {
	t := n.property.Type.Type()
	id, ok := item.String("id")
	if ok && n.link != "" {
		if old, err := tx.Get(set, id); err == nil {
			return old.Ordinal, nil
		}
	}
	whole := n.single && n.link == "" // has no id in its set
	if id == "" && !whole {           // some clients send an empty one
		id = as.newID()
		item.SetString("id", id)
	}
	full := actual(t, nil, item)
	own, below := split(full, item)
	if as.complete != nil && n.link == "" {
		own = as.complete(full, own)
		id, _ = own.String("id")
	}
	e := store.Entity{ID: id, Type: derivedOf(t, own), JSON: fresh(full, plain(own)).JSON()}
	if n.link != "" && narrower[full.Name] {
		e.Type = full.Name
	}
	if whole {
		e.ID = ""
	}
	ordinal, err := tx.Insert(set, e)
	if err != nil {
		return 0, err
	}
	if as.made != nil {
		e.Ordinal = ordinal
		as.made(e, full, item)
	}
	return ordinal, insertNested(tx, set.Tenant, ordinal, below, as)
}

// actual is the type that an object has: the one it names, if that is the
// declared type or derives from it, else a cast, else the declared one.
func actual(declared, cast *openapi.Type, o entity.Object) *openapi.Type {
	if name := derivedOf(declared, o); name != "" {
		for _, d := range declared.Derived() {
			if d.Name == name {
				return d
			}
		}
	}
	if cast != nil {
		return cast
	}
	return declared
}

// derivedOf is the type that an object names, when it is not the declared one.
// Where there is but one to name it may be left out (R: the client of
// pnp/cli-microsoft365 does, of open extensions).
func derivedOf(t *openapi.Type, o entity.Object) string {
	name, ok := o.String("@odata.type")
	if t == nil {
		return ""
	}
	if only := t.Only(); !ok && only != nil {
		return only.Name
	}
	if !ok {
		return ""
	}
	if name = trimHash(name); name == t.Name {
		return ""
	}
	return name
}
