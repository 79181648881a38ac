package openapi

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// A reference that leads nowhere stops kin-openapi's loader for the whole
// document. So they are looked for first: an operation that has one is left
// out, a schema that has one goes on without a type at that place.

// methods are the fields of a path item that hold operations.
var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// references finds and mends the broken references of a document.
type references struct {
	document   *document
	components map[string]map[string]any // by kind and name, schemas aside: they are few, and used again and again
	problems   *problemList
	known      map[string]bool // whether a reference leads somewhere
}

// newReferences reads the components and leaves none with references that
// cannot be followed, schemas aside.
func newReferences(d *document, problems *problemList) (*references, error) {
	r := &references{document: d, components: map[string]map[string]any{}, problems: problems, known: map[string]bool{}}
	for _, kind := range d.kinds() {
		if kind == "schemas" {
			continue
		}
		r.components[kind] = map[string]any{}
		for _, name := range d.names("/components/" + kind) {
			tree, err := d.tree("/components/"+kind, name)
			if err != nil {
				return nil, err
			}
			r.components[kind][name] = tree
		}
	}
	for r.dropComponents() {
		clear(r.known)
	}
	return r, nil
}

// schema parses a schema and replaces broken references in it by schemas that
// allow anything.
func (r *references) schema(name string) (any, error) {
	tree, err := r.document.tree("/components/schemas", name)
	if err != nil {
		return nil, err
	}
	r.broken(tree, "/components/schemas/"+escapePointer(name), func(pointer, ref string, holder map[string]any) {
		r.problems.add(pointer, "%s: the place is served without a type", r.explain(ref))
		clear(holder)
	})
	return tree, nil
}

// path parses a path item without the operations that have broken references;
// nil when it cannot stay at all.
func (r *references) path(name string) (map[string]any, error) {
	tree, err := r.document.tree("/paths", name)
	item, ok := tree.(map[string]any)
	if err != nil || !ok || !r.mendPath(name, item) {
		return nil, err
	}
	return item, nil
}

// dropComponents takes out components with broken references, schemas aside,
// and reports whether there were any: others may refer to them.
func (r *references) dropComponents() bool {
	dropped := false
	for _, kind := range slices.Sorted(maps.Keys(r.components)) {
		group := r.components[kind]
		for _, name := range slices.Sorted(maps.Keys(group)) {
			at := "/components/" + kind + "/" + escapePointer(name)
			if r.report(group[name], at, "the component is left out") {
				delete(group, name)
				dropped = true
			}
		}
	}
	return dropped
}

// mendPath takes out operations with broken references. It reports false when
// the path cannot stay at all.
func (r *references) mendPath(path string, item map[string]any) bool {
	at := "/paths/" + escapePointer(path)
	shared := map[string]any{}
	for field, value := range item {
		if !slices.Contains(methods, field) {
			shared[field] = value
		}
	}
	if r.report(shared, at, path+" is left out") {
		return false
	}
	for _, method := range methods {
		if op, ok := item[method]; ok && r.report(op, at+"/"+method, strings.ToUpper(method)+" "+path+" is left out") {
			delete(item, method)
		}
	}
	return true
}

// report names every broken reference in a value and says what follows.
func (r *references) report(value any, at, consequence string) bool {
	found := false
	r.broken(value, at, func(pointer, ref string, _ map[string]any) {
		r.problems.add(pointer, "%s: %s", r.explain(ref), consequence)
		found = true
	})
	return found
}

// broken calls found for each reference in value that cannot be followed, with
// the object that holds it.
func (r *references) broken(value any, at string, found func(pointer, ref string, holder map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		if ref, ok := value["$ref"].(string); ok {
			if !r.leads(ref) {
				found(at+"/$ref", ref, value)
			}
			return
		}
		for _, name := range slices.Sorted(maps.Keys(value)) {
			if !strings.HasPrefix(name, "x-") {
				r.broken(value[name], at+"/"+escapePointer(name), found)
			}
		}
	case []any:
		for i, item := range value {
			r.broken(item, at+"/"+strconv.Itoa(i), found)
		}
	}
}

// mostHops bounds chains of references, so that one that leads to itself ends.
const mostHops = 20

// leads reports whether a reference ends at something that is no reference.
func (r *references) leads(ref string) bool {
	leads, known := r.known[ref]
	if !known {
		leads = r.ends(ref)
		r.known[ref] = leads
	}
	return leads
}

func (r *references) ends(ref string) bool {
	for range mostHops {
		target, ok := r.follow(ref)
		if !ok {
			return false
		}
		object, _ := target.(map[string]any)
		next, again := object["$ref"].(string)
		if !again {
			return object != nil
		}
		ref = next
	}
	return false
}

// follow takes a reference within the document.
func (r *references) follow(ref string) (any, bool) {
	pointer, ok := strings.CutPrefix(ref, "#")
	if !ok || !strings.HasPrefix(pointer, "/") {
		return nil, false
	}
	section, name, rest, _ := r.document.cutMember(pointer)
	kind, _ := strings.CutPrefix(section, "/components/")
	group, kept := r.components[kind]
	if !kept {
		return r.document.follow(pointer)
	}
	component, ok := group[name]
	if !ok {
		return nil, false
	}
	return descend(component, rest)
}

// explain says why a reference cannot be followed.
func (r *references) explain(ref string) string {
	if !strings.HasPrefix(ref, "#") {
		return "reference to another document " + strconv.Quote(ref)
	}
	if _, ok := r.follow(ref); ok {
		return "circular reference " + strconv.Quote(ref)
	}
	at := max(strings.LastIndexByte(ref, '/'), 0)
	return "nothing at " + strconv.Quote(ref) + didYouMean(suggest(ref[min(at+1, len(ref)):], r.siblings(strings.TrimPrefix(ref[:at], "#"))))
}

// siblings are the names that stand at a pointer.
func (r *references) siblings(pointer string) []string {
	if r.document.sections[pointer] != nil {
		if kept, ok := r.components[strings.TrimPrefix(pointer, "/components/")]; ok {
			return slices.Sorted(maps.Keys(kept))
		}
		return r.document.names(pointer)
	}
	parent, _ := r.follow("#" + pointer)
	object, _ := parent.(map[string]any)
	return slices.Sorted(maps.Keys(object))
}
