package openapi

import (
	"iter"
	"strings"
	"sync"

	"github.com/fakegraph/fakegraph/openapi/internal/facts"
	"github.com/fakegraph/fakegraph/openapi/internal/table"
)

// Version is one version of Graph's API: its paths, operations and types. It
// reads its table in place; nodes, operations and types are made at their first
// use and kept, so that there is one value of each.
type Version struct {
	name  string
	table *table.Table

	nodes      cache[node]
	operations cache[Operation]
	types      cache[Type]
	recent     recent
	profiles   sync.Map // place in the table -> *profile
	lineage    lineage
	bindings   bindings
	metadata   packedMetadata
}

// openVersion serves a version from its table; base is the version on whose
// table that one was written, nil for none.
func openVersion(data string, base *Version) (*Version, error) {
	var on *table.Table
	if base != nil {
		on = base.table
	}
	t, err := table.Open(data, on)
	if err != nil {
		return nil, err
	}
	return &Version{
		name: t.Name(), table: t,
		nodes: newCache[node](t.Nodes()), operations: newCache[Operation](t.Operations()), types: newCache[Type](t.Types()),
	}, nil
}

// Name is the version as it stands in URLs: "v1.0", "beta".
func (v *Version) Name() string { return v.name }

// Operations yields the operations in the order of their paths, compared
// segment by segment without regard to case, keys last; those of a path by
// method.
func (v *Version) Operations() iter.Seq[*Operation] {
	return func(yield func(*Operation) bool) { v.walkOperations(0, yield) }
}

// walkOperations yields the operations at a node and below it.
func (v *Version) walkOperations(row int, yield func(*Operation) bool) bool {
	first, end := v.table.NodeOperations(row)
	for i := first; i < end; i++ {
		if !yield(v.operation(i)) {
			return false
		}
	}
	first, end = v.table.Children(row)
	for i := first; i < end; i++ {
		if !v.walkOperations(i, yield) {
			return false
		}
	}
	return true
}

// Len is the number of operations.
func (v *Version) Len() int { return v.table.Operations() }

// EntityTypes is the number of entity types.
func (v *Version) EntityTypes() int { return v.table.EntityTypes() }

// Type finds a type by its name, with or without "#" and with "microsoft.graph."
// or its alias "graph." in front or nothing; nil when there is none.
func (v *Version) Type(name string) *Type { return v.found(shortTypeName(name), false) }

// TypeFold finds a type as [Version.Type] does, without regard to ASCII case.
// The namespace that Outlook's own service once had stands for Graph's.
func (v *Version) TypeFold(name string) *Type {
	name = strings.TrimPrefix(name, "#")
	for _, space := range [...]string{namespace, outlookNamespace, alias} {
		if len(name) > len(space) && equalFold(name[:len(space)], space) {
			return v.found(name[len(space):], true)
		}
	}
	return v.found(name, true)
}

// outlookNamespace is the one that older pages still write.
const outlookNamespace = "Microsoft.OutlookServices."

// typeFold finds a type by its short name without regard to ASCII case, as
// casts in URLs are written.
func (v *Version) typeFold(short string) *Type { return v.found(short, true) }

func (v *Version) found(short string, fold bool) *Type {
	row := v.table.FindType(short, fold)
	if row < 0 {
		return nil
	}
	return v.typeAt(row)
}

// Types yields the named types in the order of their short names without
// regard to case.
func (v *Version) Types() iter.Seq[*Type] {
	return func(yield func(*Type) bool) {
		for row := range v.table.Types() {
			if v.table.Type(row).Kind == 0 {
				continue
			}
			if t := v.typeAt(row); !t.anonymous() && !yield(t) {
				return
			}
		}
	}
}

// typeAt is the type of a row of the table.
func (v *Version) typeAt(row int) *Type {
	if t := v.types.get(row); t != nil {
		return t
	}
	from := v.table.Type(row)
	return v.types.keep(row, &Type{
		Name: from.Name(), Kind: TypeKind(from.Kind), Open: from.Open, Abstract: from.Abstract, Stream: from.Stream, Extensible: from.Extensible,
		in: v, row: row, base: from.Base, flags: from.Flags,
	})
}

// ref is what a reference of the table names.
func (v *Version) ref(r table.Ref) TypeRef {
	row := r.Row()
	if row < 0 {
		return TypeRef{Collection: r.Collection()}
	}
	if from := v.table.Type(row); from.Kind == 0 {
		return TypeRef{Name: from.Name(), Collection: r.Collection()}
	}
	t := v.typeAt(row)
	return TypeRef{Name: t.Name, Collection: r.Collection(), of: t}
}

// named is ref for a name.
func (v *Version) named(r facts.TypeRef) TypeRef {
	return TypeRef{Name: r.Name, Collection: r.Collection, of: v.Type(r.Name)}
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
