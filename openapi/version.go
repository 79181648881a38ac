package openapi

import (
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
)

// Version is one version of Graph's API: its paths, operations and types.
type Version struct {
	name       string
	title      string
	root       *node
	operations []*Operation     // by template, then method
	types      map[string]*Type // by name without Graph's namespace
	entities   int

	foldOnce sync.Once
	folded   map[string]*Type // as types, names in lower case
}

// Name is the version as it stands in URLs: "v1.0", "beta".
func (v *Version) Name() string { return v.name }

// Operations yields the documented operations, sorted by path and method.
func (v *Version) Operations() iter.Seq[*Operation] { return slices.Values(v.operations) }

// Len is the number of documented operations.
func (v *Version) Len() int { return len(v.operations) }

// EntityTypes is the number of entity types.
func (v *Version) EntityTypes() int { return v.entities }

// Type finds a type by its name, with or without "#" and with "microsoft.graph."
// or its alias "graph." in front or nothing; nil when there is none.
func (v *Version) Type(name string) *Type {
	return v.types[shortTypeName(name)]
}

// Types yields the named types, sorted by name.
func (v *Version) Types() iter.Seq[*Type] {
	return func(yield func(*Type) bool) {
		for _, name := range slices.Sorted(maps.Keys(v.types)) {
			if t := v.types[name]; !t.anonymous() && !yield(t) {
				return
			}
		}
	}
}

// typeFold finds a type by its short name without regard to ASCII case, as
// casts in URLs are written.
func (v *Version) typeFold(short string) *Type {
	if t := v.types[short]; t != nil {
		return t
	}
	v.foldOnce.Do(func() {
		v.folded = make(map[string]*Type, len(v.types))
		for name, t := range v.types {
			v.folded[strings.ToLower(name)] = t
		}
	})
	return v.folded[strings.ToLower(short)]
}

// shortTypeName cuts "#" and Graph's namespace off; type names outside of URLs are
// exact in case.
func shortTypeName(name string) string {
	name = strings.TrimPrefix(name, "#")
	if short, found := strings.CutPrefix(name, namespace); found {
		return short
	}
	return strings.TrimPrefix(name, alias)
}
