package main

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// navigations gives operations to the navigation properties and the roots that
// the metadata declares and the SDK lacks, at every place where their entities
// live: below what contains them, not behind references.
type navigations struct {
	*draft
	permissions *permissionMap
	metadata    *csdl
	stands      map[string]bool // types that the SDK has a home for
	inline      map[string]bool // navigation properties, with their types, that the SDK knows and never has in a path
	served      map[string]bool // paths that have operations
	added       []facts.Operation
	places      []string // paths to new entities and sets
}

// declaredNavigations are the operations, and where new entities stand.
func (d *draft) declaredNavigations(o *overlay, p *permissionMap) ([]facts.Operation, []string) {
	n := &navigations{draft: d, permissions: p, metadata: d.schema.documents[0], stands: map[string]bool{}, served: map[string]bool{}}
	at := d.homes(o)
	for _, path := range at {
		n.stands[d.at(path).Type] = true
	}
	n.findInline()
	for _, name := range n.metadata.Single {
		if path := "/" + name; d.builders[path] == nil && o.source(path) == path && n.proven(name) {
			n.single(path, "", &facts.Property{Name: name, Type: facts.TypeRef{Name: n.metadata.Declared[name]}, Contained: true})
		}
	}
	for _, path := range at {
		if !d.at(path).Collection {
			n.below(path, func(owner string, p *facts.Property) bool { return n.isNew(path, owner, p) })
		}
		n.casts(path)
	}
	return n.added, n.places
}

// findInline finds what is served and the properties that are read with their owner alone, such as
// singleValueExtendedProperties.
func (n *navigations) findInline() {
	n.inline = map[string]bool{}
	for _, t := range n.schema.types {
		for i := range t.Properties {
			if p := &t.Properties[i]; p.Navigation && !n.schema.declared[t.Name+"/"+p.Name] && n.stands[t.Name] {
				n.inline[p.Name+" "+p.Type.Name] = true
			}
		}
	}
	for i := range n.Version.Operations {
		n.served[n.Version.Operations[i].Path] = true
		for _, s := range n.Version.Operations[i].Segments {
			delete(n.inline, s.Name+" "+s.Type)
		}
	}
}

// proven tells whether a root exists beyond the metadata of one cloud.
func (n *navigations) proven(name string) bool {
	return n.metadata.Version == n.Version.Name || n.permissions.leadsOver("/"+name)
}

// isNew tells whether a navigation property has to get its operations: one that
// the SDK does not know, or knows and has no builder for anywhere although the
// map of permissions does. What it left out is for $expand and for reading with
// its owner otherwise. Behind a cast only what the cast type adds.
func (n *navigations) isNew(path, owner string, p *facts.Property) bool {
	here := n.at(path)
	if here.Kind == "cast" && owner != here.Type || n.served[path+"/"+p.Name] {
		return false
	}
	return n.schema.declared[owner+"/"+p.Name] || n.permissions.methods(path+"/"+p.Name) != nil
}

// below adds the navigation properties of the entity at a path, those of its
// bases too.
func (n *navigations) below(path string, which func(owner string, p *facts.Property) bool) {
	for t := n.schema.types[n.at(path).Type]; t != nil; t = n.schema.types[t.Base] {
		for i := range t.Properties {
			if p := &t.Properties[i]; p.Navigation && which(t.Name, p) {
				n.property(path+"/"+p.Name, t.Name, p)
			}
		}
	}
}

func (n *navigations) property(path, owner string, p *facts.Property) {
	if n.schema.types[p.Type.Name] == nil || n.repeats(path) || n.inline[p.Name+" "+p.Type.Name] && !n.permissions.leadsOver(path) {
		return
	}
	if p.Type.Collection {
		n.set(path, owner, p)
	} else {
		n.single(path, owner, p)
	}
}

// repeats tells whether a path leads over the same property twice.
func (n *navigations) repeats(path string) bool {
	cut := strings.LastIndexByte(path, '/')
	last := path[cut:]
	return strings.HasSuffix(path[:cut], last) || strings.Contains(path[:cut], last+"/")
}

func (n *navigations) set(path, owner string, p *facts.Property) {
	can := n.allowed(path, owner, p)
	key := path + n.newKey(path, p.Type.Name)
	n.keys[path] = key[len(path)+1:]
	clear(n.resolver.places)
	entity := facts.TypeRef{Name: p.Type.Name}
	if can["list"] {
		n.call("GET", path, facts.TypeRef{}, p.Type, listQuery)
		n.call("GET", path+"/$count", facts.TypeRef{}, facts.TypeRef{Name: "Edm.Int32"}, []string{"filter", "search"})
	}
	if can["create"] {
		n.call("POST", path, entity, entity, nil)
	}
	if p.Contained || n.permissions.leadsOver(key) {
		n.places = append(n.places, path)
		n.entity(key, entity, can, p.Contained)
	}
	n.casts(path)
}

func (n *navigations) single(path, owner string, p *facts.Property) {
	can := n.allowed(path, owner, p)
	if !p.Contained {
		n.call("GET", path, facts.TypeRef{}, p.Type, getQuery)
		return
	}
	can["get"] = can["get"] || can["list"]
	can["delete"] = can["delete"] && owner != "" // roots stay
	n.entity(path, p.Type, can, true)
}

// entity adds the methods of one entity and, where it lives, what lies below it.
func (n *navigations) entity(path string, entity facts.TypeRef, can abilities, lives bool) {
	n.places = append(n.places, path)
	if can["get"] {
		n.call("GET", path, facts.TypeRef{}, entity, getQuery)
	}
	if can["update"] {
		n.call("PATCH", path, entity, entity, nil)
	}
	if can["replace"] {
		n.call("PUT", path, entity, entity, nil)
	}
	if can["delete"] {
		n.call("DELETE", path, facts.TypeRef{}, facts.TypeRef{}, nil)
	}
	n.below(path, func(owner string, p *facts.Property) bool {
		return lives && !n.stands[entity.Name] || p.Contained && n.permissions.methods(path+"/"+p.Name) != nil
	})
	n.casts(path)
}

// casts adds the casts to derived types that the map of permissions leads over
// and the SDK has not, with what these types add.
func (n *navigations) casts(path string) {
	here := n.at(path)
	for _, name := range sortedKeys(n.metadata.Types) {
		to := path + "/" + name
		if here.Kind == "cast" || n.builders[to] != nil || name == here.Type || !n.permissions.leadsOver(to) || !n.schema.derives(name, here.Type) {
			continue
		}
		n.places = append(n.places, to)
		if here.Collection {
			n.call("GET", to, facts.TypeRef{}, facts.TypeRef{Name: name, Collection: true}, listQuery)
			continue
		}
		n.call("GET", to, facts.TypeRef{}, facts.TypeRef{Name: name}, getQuery)
		n.below(to, func(owner string, p *facts.Property) bool {
			return owner != here.Type && !n.schema.derives(here.Type, owner)
		})
	}
}

var (
	listQuery = []string{"count", "expand", "filter", "orderby", "search", "select", "skip", "top"}
	getQuery  = []string{"expand", "select"}
)

func (n *navigations) call(method, path string, request, response facts.TypeRef, query []string) {
	n.added = append(n.added, facts.Operation{
		Method: method, Path: path, Segments: n.segments(path), Kind: kindOf(method, n.at(path), response),
		Request: request, Response: response, Query: query,
	})
}

// newKey names the key below a set as the SDK does, by type and key property.
func (n *navigations) newKey(path, typeName string) string {
	key := "id"
	for t := n.schema.types[typeName]; t != nil; t = n.schema.types[t.Base] {
		if len(t.Keys) == 1 {
			key = t.Keys[0]
		}
	}
	name := shortName(typeName) + "-" + key
	for strings.Contains(path, "{"+name+"}") {
		name += "1"
	}
	return "/{" + name + "}"
}
