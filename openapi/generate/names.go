package main

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// names gives the structures and enumerations of an SDK their qualified names
// in Graph. The SDK keeps neither the letter case of namespaces and types nor
// their underscores, so the names come from where they are spelled out.
type names struct {
	module     string
	types      map[goType]string
	namespaces map[string]string // in lower case to as written: "microsoft.graph.termstore"
	folded     map[string]string // qualified names by their letters and digits alone
}

// errorNamespace is spelled out nowhere but in Graph's own OpenAPI documents.
const errorNamespace = "microsoft.graph.ODataErrors"

// qualifiedName finds the types that a sentence of the SDK names.
var qualifiedName = regexp.MustCompile(`\bmicrosoft\.graph(\.\w+)+`)

// newNames collects the evidence, the best first: discriminators, the metadata
// documents in the given order, then the rule that a type begins with a small
// letter.
func newNames(module string, models []*model, builders []*builder, documents []*csdl) *names {
	n := &names{module: module, types: map[goType]string{}, namespaces: map[string]string{}, folded: map[string]string{}}
	n.learn(errorNamespace + ".ODataError")
	for _, m := range models {
		for t, name := range m.Known {
			n.types[t] = name
		}
	}
	for _, t := range n.sorted() {
		n.learn(n.types[t])
	}
	for _, c := range documents {
		for _, name := range sortedKeys(c.Types) {
			n.learn(name)
		}
		for _, name := range sortedKeys(c.Enums) {
			n.learn(name)
		}
	}
	for _, b := range builders {
		for _, name := range qualifiedName.FindAllString(b.About, -1) {
			n.learn(name)
		}
	}
	for _, m := range models {
		if n.types[m.goType] == "" && n.inGraph(m.goType) {
			n.types[m.goType] = n.guess(m.goType)
		}
	}
	return n
}

// learn keeps how a type and its namespace are written; what was said first stays.
func (n *names) learn(name string) {
	if folded := foldName(name); n.folded[folded] == "" {
		n.folded[folded] = name
	}
	namespace := name[:strings.LastIndexByte(name, '.')]
	if folded := strings.ToLower(namespace); n.namespaces[folded] == "" {
		n.namespaces[folded] = namespace
	}
}

// inGraph tells types of Graph from those that exist for one builder alone.
func (n *names) inGraph(t goType) bool {
	below, ok := strings.CutPrefix(t.Package, n.module+"/models")
	return ok && (below == "" || below[0] == '/')
}

// guess finds a type among those that are spelled out, else writes its first
// letter small. A name that is a word of Go has "Escaped" behind it.
func (n *names) guess(t goType) string {
	namespace := "microsoft.graph" + strings.ReplaceAll(strings.TrimPrefix(t.Package, n.module+"/models"), "/", ".")
	if known := n.namespaces[namespace]; known != "" {
		namespace = known
	}
	name := strings.TrimSuffix(t.Name, "Escaped")
	if known := n.folded[foldName(namespace+name)]; strings.HasPrefix(known, namespace+".") {
		return known
	}
	if namespace == errorNamespace {
		return namespace + "." + name
	}
	return namespace + "." + strings.ToLower(name[:1]) + name[1:]
}

// sorted lists the types by qualified name.
func (n *names) sorted() []goType {
	all := make([]goType, 0, len(n.types))
	for t := range n.types {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b goType) int {
		return cmp.Or(strings.Compare(n.types[a], n.types[b]), strings.Compare(a.Package, b.Package), strings.Compare(a.Name, b.Name))
	})
	return all
}
