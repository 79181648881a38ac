package main

import (
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// members adds the navigation properties that have builders but no property in
// the SDK's models: those into another namespace, which Go's ban on import
// cycles keeps out of the models.
func (r *resolver) members() {
	for _, path := range sortedKeys(r.builders) {
		owner := r.schema.types[r.builders[path].owner()]
		cut := strings.LastIndexByte(path, '/')
		if piece := path[cut+1:]; owner == nil || strings.ContainsAny(piece, "{$(") || r.schema.types[piece] != nil || cut == 0 {
			continue
		}
		answer := r.answer(path)
		if target := r.schema.types[answer.Name]; target != nil && target.Entity && r.at(path[:cut]).Type == owner.Name {
			answer.Collection = answer.Collection || r.keys[path] != ""
			r.schema.add(owner, facts.Property{Name: path[cut+1:], Type: answer, Nullable: !answer.Collection, Navigation: true})
			clear(r.places)
		}
	}
}

// containment decides for navigation properties that no metadata knows whether
// the entities live below their parent. The SDK's builders show it: what can be
// created, changed or deleted at the property is contained, what can only be
// read is a reference. Evidence of writing under any path counts. What has a
// $ref is a reference even where the metadata says ContainsTarget: entitlement
// management marks its incompatibleGroups so, which are groups of the directory.
func (r *resolver) containment() {
	type member struct{ owner, name string }
	written, linked := map[member]bool{}, map[member]bool{}
	for path, b := range r.builders {
		piece := path[strings.LastIndexByte(path, '/')+1:]
		if piece == "$ref" || strings.HasPrefix(piece, "{") {
			path = path[:len(path)-len(piece)-1]
		}
		if strings.HasPrefix(path[strings.LastIndexByte(path, '/')+1:], "{") {
			path = path[:strings.LastIndexByte(path, '/')]
		}
		p := r.at(path)
		of := member{r.declaring(p.Owner, p.Name), p.Name}
		switch {
		case piece == "$ref":
			linked[of] = true
		case b.has("POST") || b.has("PATCH") || b.has("PUT") || b.has("DELETE"):
			written[of] = true
		}
	}
	for name, t := range r.schema.types {
		for i := range t.Properties {
			p := &t.Properties[i]
			of := member{name, p.Name}
			if p.Navigation && !r.schema.documented[name+"/"+p.Name] {
				p.Contained = written[of]
			}
			p.Contained = p.Contained && !linked[of]
		}
	}
	clear(r.places)
}

// declaring is the base type that has a property as its own.
func (r *resolver) declaring(typeName, property string) string {
	for t := r.schema.types[typeName]; t != nil; t = r.schema.types[t.Base] {
		for i := range t.Properties {
			if t.Properties[i].Name == property {
				return t.Name
			}
		}
	}
	return typeName
}
