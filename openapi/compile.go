package openapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
)

// compiler turns one OpenAPI document into a version.
type compiler struct {
	in       *Version
	doc      *openapi3.T
	problems *problemList
}

// compile reads a document, mends what the loader would stop at, and builds
// the version from what is left.
func compile(version, file string, data []byte) (*Version, []Problem, error) {
	src, err := readSource(file, data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	problems := &problemList{source: src}
	doc, err := load(src.tree, problems)
	if err != nil {
		return nil, problems.sorted(), fmt.Errorf("%s: %w", file, err)
	}
	c := compiler{in: &Version{name: version, types: map[string]*Type{}}, doc: doc, problems: problems}
	if doc.Info != nil {
		c.in.title = doc.Info.Title
	}
	c.compileTypes()
	root := c.compilePaths()
	c.settleEntities(root)
	root.finish()
	c.in.root = root.node
	c.compileOperations(root)
	return c.in, problems.sorted(), nil
}

// load mends a tree and hands it to kin-openapi's loader.
func load(tree map[string]any, problems *problemList) (*openapi3.T, error) {
	dialect, _ := tree["openapi"].(string)
	if !strings.HasPrefix(dialect, "3.") {
		return nil, fmt.Errorf("not an OpenAPI 3 document: openapi is %q", dialect)
	}
	dropExamples(tree, false)
	mendReferences(tree, problems)
	data, err := json.Marshal(tree)
	if err != nil {
		return nil, err
	}
	doc := &openapi3.T{}
	if err := doc.UnmarshalJSON(data); err != nil {
		return nil, fmt.Errorf("not a valid OpenAPI document: %w", err)
	}
	if err := openapi3.NewLoader().ResolveRefsIn(doc, nil); err != nil {
		return nil, fmt.Errorf("not a valid OpenAPI document: %w", err)
	}
	return doc, nil
}

// compilePaths inserts every path into a draft of the trie and says what
// stands at each place.
func (c *compiler) compilePaths() *draft {
	root := newDraft(&node{}, nil)
	if c.doc.Paths != nil {
		for _, path := range sortedKeys(c.doc.Paths.Map()) {
			if err := root.insert(path, c.doc.Paths.Value(path)); err != nil {
				c.problems.add("/paths/"+escapePointer(path), "%v", err)
			}
		}
	}
	c.classify(root)
	return root
}

// compileOperations gives the nodes their operations and the version its list.
func (c *compiler) compileOperations(root *draft) {
	root.walk(func(d *draft) {
		if d.item == nil {
			return
		}
		for method, described := range d.item.Operations() {
			if described != nil {
				d.node.item.add(c.operation(d, method, described))
			}
		}
		c.in.operations = append(c.in.operations, d.node.item.operations...)
	})
	slices.SortFunc(c.in.operations, func(a, b *Operation) int {
		if a.Template != b.Template {
			return strings.Compare(a.Template, b.Template)
		}
		return strings.Compare(a.Method, b.Method)
	})
}

// settleEntities decides which types are entity types: those that derive from
// Graph's "entity", those that stand behind a key, and what derives from them.
// Properties of entity types are navigation properties.
func (c *compiler) settleEntities(root *draft) {
	entities := map[*Type]bool{c.in.types["entity"]: true}
	root.walk(func(d *draft) {
		if d.node.kind == KeySegment {
			for t := d.node.value.Type(); t != nil; t = t.Base() {
				entities[t] = true
			}
		}
	})
	for _, t := range c.in.types {
		for b := t; b != nil && t.Kind == ComplexType; b = b.Base() {
			if entities[b] {
				t.Kind = EntityType
			}
		}
	}
	for _, t := range c.in.types {
		if t.Kind == EntityType && !t.anonymous() {
			c.in.entities++
		}
		for _, p := range t.own {
			if to := p.Type.Type(); to != nil && to.Kind == EntityType {
				p.Navigation = true
			}
		}
	}
	root.walk(settleContained)
}

// settleContained marks the navigation property that a place stands for as
// contained when entities can be made or changed there, not only linked.
func settleContained(d *draft) {
	if d.parent == nil || d.node.kind != SetSegment && d.node.kind != SingleSegment {
		return
	}
	owner := d.parent.node.value.Type()
	if owner == nil || d.literals["$ref"] != nil {
		return
	}
	p := owner.PropertyFold(d.node.name)
	if p != nil && p.Navigation && (d.writes() || d.key != nil && d.key.writes()) {
		p.Contained = true
	}
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
