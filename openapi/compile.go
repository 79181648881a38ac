package openapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// compiler turns one OpenAPI document into plain facts.
type compiler struct {
	facts    *facts.Version
	types    map[string]*draftType // by name without Graph's namespace
	folded   map[string]*draftType // as types, names in lower case
	doc      *openapi3.T
	problems *problemList
}

// compile reads a document, mends what the loader would stop at, and finds the
// facts of what is left.
func compile(version, file string, data []byte) (*facts.Version, []Problem, error) {
	src, err := readSource(file, data)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", file, err)
	}
	problems := &problemList{source: src}
	doc, err := load(src.tree, problems)
	if err != nil {
		return nil, problems.sorted(), fmt.Errorf("%s: %w", file, err)
	}
	c := compiler{facts: &facts.Version{Name: version}, types: map[string]*draftType{}, doc: doc, problems: problems}
	if doc.Info != nil {
		c.facts.Title = doc.Info.Title
	}
	c.compileTypes()
	root := c.compilePaths()
	c.settleEntities(root)
	c.compileOperations(root)
	c.listTypes()
	return c.facts, problems.sorted(), nil
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
	root := newDraft("", nil)
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

// compileOperations finds the facts of every operation.
func (c *compiler) compileOperations(root *draft) {
	root.walk(func(d *draft) {
		if d.item == nil {
			return
		}
		described := d.item.Operations()
		for _, method := range sortedKeys(described) {
			if !table.IsMethod(method) {
				c.problems.add("/paths/"+escapePointer(d.path()), "%q is not a method of HTTP: it is left out", method)
				continue
			}
			c.facts.Operations = append(c.facts.Operations, c.operation(d, method, described[method]))
		}
	})
}

// settleEntities decides which types are entity types: those that derive from
// Graph's "entity", those that stand behind a key, and what derives from them.
// Properties of entity types are navigation properties.
func (c *compiler) settleEntities(root *draft) {
	entities := map[*draftType]bool{c.types["entity"]: true}
	root.walk(func(d *draft) {
		if d.kind == KeySegment {
			for t := c.typeOf(d.value); t != nil; t = c.baseOf(t) {
				entities[t] = true
			}
		}
	})
	for _, t := range c.types {
		for b := t; b != nil && t.kind == ComplexType; b = c.baseOf(b) {
			if entities[b] {
				t.kind = EntityType
			}
		}
	}
	for _, t := range c.types {
		for _, p := range t.own {
			if to := c.typeOf(p.Type); to != nil && to.kind == EntityType {
				p.Navigation = true
			}
		}
	}
	root.walk(c.settleContained)
}

// settleContained marks the navigation property that a place stands for as
// contained when entities can be made or changed there, not only linked.
func (c *compiler) settleContained(d *draft) {
	if d.parent == nil || d.kind != SetSegment && d.kind != SingleSegment {
		return
	}
	owner := c.typeOf(d.parent.value)
	if owner == nil || d.literals["$ref"] != nil {
		return
	}
	p := c.propertyFold(owner, d.name)
	if p != nil && p.Navigation && (d.writes() || d.key != nil && d.key.writes()) {
		p.Contained, d.contained = true, true
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
