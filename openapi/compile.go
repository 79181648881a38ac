package openapi

import (
	"errors"
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
	parts    parts
	problems *problemList
	progress progress
}

// compile reads a document part by part, leaves out what cannot be served, and
// finds the facts of what is left.
func compile(version, file string, data []byte, told func(done, total int)) (*facts.Version, []Problem, error) {
	src := &source{file: file, data: data}
	doc, err := openDocument(src)
	var found *facts.Version
	var problems []Problem
	if err == nil {
		found, problems, err = compileDocument(version, doc, told)
	}
	if errors.Is(err, errParts) {
		if doc, err = undivided(src, err); err == nil {
			found, problems, err = compileDocument(version, doc, told)
		}
	}
	if err != nil {
		return nil, problems, fmt.Errorf("%s: %w", file, err)
	}
	return found, problems, nil
}

func compileDocument(version string, doc *document, told func(done, total int)) (*facts.Version, []Problem, error) {
	dialect, _ := doc.head["openapi"].(string)
	if !strings.HasPrefix(dialect, "3.") {
		return nil, nil, fmt.Errorf("not an OpenAPI 3 document: openapi is %q", dialect)
	}
	for _, name := range []string{"paths", "components"} {
		if doc.head[name] != nil {
			return nil, nil, fmt.Errorf("not a valid OpenAPI document: %s is no object", name)
		}
	}
	problems := &problemList{file: doc.source.file, place: doc.position}
	refs, err := newReferences(doc, problems)
	if err != nil {
		return nil, problems.sorted(), err
	}
	c := &compiler{facts: &facts.Version{Name: version}, types: map[string]*draftType{}, problems: problems}
	c.parts = newParts(c, refs)
	c.progress = progress{tell: told, total: 2*len(doc.names("/components/schemas")) + len(doc.names("/paths"))}
	if info, ok := doc.head["info"].(map[string]any); ok {
		c.facts.Title, _ = info["title"].(string)
	}
	if err := c.findFacts(); err != nil {
		return nil, problems.sorted(), err
	}
	return c.facts, problems.sorted(), nil
}

// findFacts is the way from the parts of a document to its facts.
func (c *compiler) findFacts() error {
	if err := c.compileTypes(); err != nil {
		return err
	}
	root, err := c.compilePaths()
	if err != nil {
		return err
	}
	c.classify(root)
	c.settleEntities(root)
	c.compileOperations(root)
	c.listTypes()
	return nil
}

// progress tells how far a compilation is, not too often.
type progress struct {
	tell        func(done, total int) // nil: nobody listens
	done, total int
}

func (p *progress) step() {
	p.done++
	if p.tell != nil && (p.done%64 == 0 || p.done == p.total) {
		p.tell(p.done, p.total)
	}
}

// compilePaths inserts every path into a draft of the trie.
func (c *compiler) compilePaths() (*draft, error) {
	root := newDraft("", nil)
	for _, path := range c.parts.refs.document.names("/paths") {
		item, err := c.parts.path(path)
		if err != nil {
			return nil, err
		}
		if item != nil {
			c.compilePath(root, path, item)
		}
		c.progress.step()
	}
	return root, nil
}

func (c *compiler) compilePath(root *draft, path string, item *openapi3.PathItem) {
	at := "/paths/" + escapePointer(path)
	d, err := root.insert(path)
	if err != nil {
		c.problems.add(at, "%v", err)
		return
	}
	var twice []string
	described := item.Operations()
	for _, method := range sortedKeys(described) {
		if d.item[method] != nil {
			twice = append(twice, method)
			continue
		}
		d.describe(method, c.describe(d, method, described[method], item))
	}
	if d.item == nil {
		d.item = map[string]*draftOperation{}
	}
	if len(twice) > 0 {
		c.problems.add(at, "%s is described twice, first at %s: this one is left out", strings.Join(twice, " and "), d.path())
	}
}

// compileOperations finds the facts of every operation.
func (c *compiler) compileOperations(root *draft) {
	root.walk(func(d *draft) {
		for _, method := range sortedKeys(d.item) {
			if !table.IsMethod(method) {
				c.problems.add("/paths/"+escapePointer(d.path()), "%q is not a method of HTTP: it is left out", method)
				continue
			}
			c.facts.Operations = append(c.facts.Operations, c.operation(d, method, d.item[method]))
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
