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

// references finds and mends the broken references of a tree.
type references struct {
	root     map[string]any
	problems *problemList
}

// mendReferences leaves the tree without references that cannot be followed.
func mendReferences(root map[string]any, problems *problemList) {
	r := references{root: root, problems: problems}
	components, _ := root["components"].(map[string]any)
	if schemas, ok := components["schemas"].(map[string]any); ok {
		r.mendSchemas(schemas)
	}
	for r.dropComponents(components) {
	}
	paths, _ := root["paths"].(map[string]any)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if item, ok := paths[path].(map[string]any); ok && !r.mendPath(path, item) {
			delete(paths, path)
		}
	}
}

// mendSchemas replaces broken references inside schemas by schemas that allow
// anything.
func (r *references) mendSchemas(schemas map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		at := "/components/schemas/" + escapePointer(name)
		r.broken(schemas[name], at, func(pointer, ref string, holder map[string]any) {
			r.problems.add(pointer, "%s: the place is served without a type", r.explain(ref))
			clear(holder)
		})
	}
}

// dropComponents takes out components with broken references, schemas aside,
// and reports whether there were any: others may refer to them.
func (r *references) dropComponents(components map[string]any) bool {
	dropped := false
	for _, kind := range slices.Sorted(maps.Keys(components)) {
		group, ok := components[kind].(map[string]any)
		if !ok || kind == "schemas" {
			continue
		}
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

// follow takes a JSON pointer within the document.
func (r *references) follow(ref string) (any, bool) {
	rest, ok := strings.CutPrefix(ref, "#/")
	if !ok {
		return nil, false
	}
	var at any = r.root
	for name := range strings.SplitSeq(rest, "/") {
		object, isObject := at.(map[string]any)
		if !isObject {
			return nil, false
		}
		if at, ok = object[pointerUnescaper.Replace(name)]; !ok {
			return nil, false
		}
	}
	return at, true
}

// explain says why a reference cannot be followed.
func (r *references) explain(ref string) string {
	if !strings.HasPrefix(ref, "#") {
		return "reference to another document " + strconv.Quote(ref)
	}
	if _, ok := r.follow(ref); ok {
		return "circular reference " + strconv.Quote(ref)
	}
	at := strings.LastIndexByte(ref, '/')
	if parent, ok := r.follow(ref[:max(at, 0)]); ok {
		if object, ok := parent.(map[string]any); ok {
			return "nothing at " + strconv.Quote(ref) + didYouMean(suggest(ref[at+1:], slices.Sorted(maps.Keys(object))))
		}
	}
	return "nothing at " + strconv.Quote(ref)
}
