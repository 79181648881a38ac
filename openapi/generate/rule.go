package main

import (
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
)

// copyRule repeats the operations below one path below others.
type copyRule struct {
	From     string
	To       []string
	Without  []string // pieces whose operations stay away
	Itself   []string // methods of From itself that are repeated as well
	Evidence string
}

// index is a set of operations by method and path, whatever the keys' names.
type index map[string]bool

// add tells whether an operation is new.
func (x index) add(op *facts.Operation) bool {
	key := op.Method
	for _, piece := range pieces(op.Path) {
		if strings.HasPrefix(piece, "{") {
			piece = "{}"
		}
		key += "/" + piece
	}
	known := x[key]
	x[key] = true
	return !known
}

// merge adds the operations that are not there yet.
func (d *draft) merge(known index, added []facts.Operation) {
	for _, op := range added {
		if known.add(&op) {
			op.Overlay = true
			d.Version.Operations = append(d.Version.Operations, op)
		}
	}
}

// applyRules adds operations that follow from others. Copies come last, so that
// they repeat what the other rules have added.
func (d *draft) applyRules(o *overlay, p *permissionMap) {
	known := index{}
	for i := range d.Version.Operations {
		known.add(&d.Version.Operations[i])
	}
	d.merge(known, o.operations(d.Version.Name, d.resolver))
	added, places := d.declaredNavigations(o, p)
	d.merge(known, added)
	d.merge(known, d.declaredMethods(o, p, places))
	d.merge(known, d.references(o))
	d.merge(known, d.values(o))
	for i := range o.Twins {
		d.merge(known, d.twins(&o.Twins[i]))
	}
	d.merge(known, d.inherited(&o.Inherited))
	for i := range o.Copies {
		for _, to := range o.Copies[i].To {
			d.merge(known, d.copied(&o.Copies[i], to))
		}
	}
}

// copied are the operations below From as they stand below to.
func (d *draft) copied(rule *copyRule, to string) []facts.Operation {
	var all []facts.Operation
	head, length := d.segments(to), len(pieces(rule.From))
	for _, op := range d.Version.Operations {
		rest, ok := strings.CutPrefix(op.Path, rule.From)
		if !ok || rest != "" && rest[0] != '/' || rest == "" && !slices.Contains(rule.Itself, op.Method) {
			continue
		}
		if slices.ContainsFunc(op.Segments[length:], func(s facts.Segment) bool { return slices.Contains(rule.Without, s.Name) }) {
			continue
		}
		op.Path = to + rest
		op.Segments = append(slices.Clone(head), op.Segments[length:]...)
		all = append(all, op)
	}
	return all
}

// references gives navigation properties that do not contain their entities
// the operations of $ref; unlinkable takes back what cannot be linked.
func (d *draft) references(o *overlay) []facts.Operation {
	var all []facts.Operation
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		last := op.Segments[len(op.Segments)-1]
		if op.Method != "GET" || len(op.Segments) < 2 || last.Contained || o.barred(op) {
			continue
		}
		computed := slices.Contains(o.References.Computed, last.Name)
		switch last.Kind {
		case "set":
			all = append(all, link(op, "", "GET", "linkRead"))
			if !computed {
				all = append(all, link(op, "", "POST", "linkAdd"), link(op, "", "DELETE", "linkDrop"), link(op, d.keyPiece(op), "GET", "linkRead"), link(op, d.keyPiece(op), "DELETE", "linkDrop"))
			}
		case "single":
			all = append(all, link(op, "", "GET", "linkRead"))
			if !computed {
				all = append(all, link(op, "", "PUT", "linkSet"), link(op, "", "DELETE", "linkDrop"))
			}
		}
	}
	return all
}

// writes reports whether the SDK makes, changes or deletes entities at a path or
// at the key below it.
func (d *draft) writes(path string) bool {
	for _, at := range []string{path, path + "/" + d.keys[path]} {
		if b := d.builders[at]; b != nil && (b.has("POST") || b.has("PATCH") || b.has("PUT") || b.has("DELETE")) {
			return true
		}
	}
	return false
}

// unlinkable drops the links that rules have added and Microsoft does not
// document where there can be none: where the SDK makes, changes or deletes
// entities at the path itself, which live there then, and below what is no
// entity of a set, as links start at an entity.
func (d *draft) unlinkable(s *sources) {
	inSets := d.inSets()
	d.Version.Operations = slices.DeleteFunc(d.Version.Operations, func(op facts.Operation) bool {
		if !op.Overlay || !slices.Contains([]string{"linkAdd", "linkSet", "linkDrop"}, op.Kind) {
			return false
		}
		linked := strings.TrimSuffix(op.Path, "/$ref")
		if keyed(&op) {
			linked = linked[:strings.LastIndexByte(linked, '/')]
		}
		documented := op.StatusFrom == fromPage || s.permissions.direct(op.Method, normalPath(op.Path)) != nil
		return !documented && (d.writes(s.overlay.source(linked)) || !ownedByEntity(op.Segments, inSets))
	})
	d.unreadable()
}

// unreadable drops the reading of single links that nobody can drop.
func (d *draft) unreadable() {
	dropped := map[string]bool{}
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		dropped[op.Path] = dropped[op.Path] || op.Kind == "linkDrop"
	}
	d.Version.Operations = slices.DeleteFunc(d.Version.Operations, func(op facts.Operation) bool {
		return op.Overlay && op.Kind == "linkRead" && keyed(&op) && !dropped[op.Path]
	})
}

// keyed reports whether an operation is about one link of a collection.
func keyed(op *facts.Operation) bool {
	n := len(op.Segments)
	return n > 1 && op.Segments[n-2].Kind == "key"
}

// source is the path that the rules of copies have taken a path from; itself
// when it is no copy.
func (o *overlay) source(path string) string {
	for i := range slices.Backward(o.Copies) {
		for _, to := range o.Copies[i].To {
			if rest, ok := strings.CutPrefix(path, to); ok && (rest == "" || rest[0] == '/') {
				path = o.Copies[i].From + rest
			}
		}
	}
	return path
}

// ownedByEntity reports whether the navigation that a link is changed at is that
// of an entity: one with a key, the caller, what the caller's path copies, or one
// that a single navigation leads to and that is of a set.
func ownedByEntity(segments []facts.Segment, inSets map[string]bool) bool {
	last := len(segments) - 2
	if segments[last].Kind == "key" {
		last--
	}
	for last--; last > 0 && segments[last].Kind == "cast"; last-- {
	}
	return last >= 0 && (segments[last].Kind == "key" || last == 0 && segments[0].Name == "me" || last > 0 && segments[last].Kind == "single" && inSets[segments[last].Type])
}

// inSets are the types whose entities have keys somewhere.
func (d *draft) inSets() map[string]bool {
	types := map[string]bool{}
	for i := range d.Version.Operations {
		for _, s := range d.Version.Operations[i].Segments {
			if s.Kind == "key" {
				types[s.Type] = true
			}
		}
	}
	return types
}

// barred tells the places whose references are not linked through $ref.
func (o *overlay) barred(op *facts.Operation) bool {
	return slices.ContainsFunc(op.Segments, func(s facts.Segment) bool { return slices.Contains(o.References.Without, s.Name) })
}

// keyPiece is the key that a set has below it, else one named after its type
// that no other key of the path is named like.
func (d *draft) keyPiece(op *facts.Operation) string {
	if piece := d.keys[op.Path]; piece != "" {
		return "/" + piece
	}
	name := shortName(op.Segments[len(op.Segments)-1].Type) + "-id"
	for strings.Contains(op.Path, "{"+name+"}") {
		name += "1"
	}
	return "/{" + name + "}"
}

// link is an operation of $ref below a navigation property.
func link(op *facts.Operation, key, method, kind string) facts.Operation {
	last := op.Segments[len(op.Segments)-1]
	segments := slices.Clone(op.Segments)
	if key != "" {
		segments = append(segments, facts.Segment{Name: strings.Trim(key, "/{}"), Kind: "key", Type: last.Type})
	}
	linked := facts.Operation{
		Method: method, Path: op.Path + key + "/$ref", Kind: kind, Deprecation: op.Deprecation,
		Segments: append(segments, facts.Segment{Name: "$ref", Kind: "ref", Type: last.Type}),
	}
	if kind == "linkRead" && op.Kind == "list" {
		linked.Query = []string{"count", "filter", "orderby", "search", "skip", "top"}
	}
	if kind == "linkDrop" && key == "" && last.Kind == "set" {
		id := facts.Argument{In: "query"}
		id.Name, id.Type, id.Required = "@id", facts.TypeRef{Name: "Edm.String"}, true
		linked.Arguments = []facts.Argument{id}
	}
	return linked
}

// values gives media entities their content.
func (d *draft) values(o *overlay) []facts.Operation {
	var all []facts.Operation
	for i := range d.Version.Operations {
		op := &d.Version.Operations[i]
		last := op.Segments[len(op.Segments)-1]
		if op.Method != "GET" || op.Kind != "get" || last.Kind != "key" && last.Kind != "single" || !d.isMedia(last.Type, o) {
			continue
		}
		all = append(all, facts.Operation{
			Method: "GET", Path: op.Path + "/$value", Kind: "stream", Response: facts.TypeRef{Name: "Edm.Stream"},
			Segments:    append(slices.Clone(op.Segments), facts.Segment{Name: "$value", Kind: "value", Type: "Edm.Stream"}),
			Deprecation: op.Deprecation,
		})
	}
	return all
}

// isMedia tells whether a type or a base of it has content of its own.
func (d *draft) isMedia(name string, o *overlay) bool {
	for t := d.schema.types[name]; t != nil; t = d.schema.types[t.Base] {
		if t.Stream || slices.Contains(o.Values.Types, t.Name) {
			return true
		}
	}
	return false
}
