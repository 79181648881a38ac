package openapi

import (
	_ "embed" // the table of ids
	"iter"
	"strings"
	"sync"
)

//go:embed data/permission-ids.tsv
var permissionIDs string

// PermissionID is a permission of Graph under one scheme, with the id that app
// role assignments and requiredResourceAccess name it by.
type PermissionID struct{ Name, Scheme, ID string }

// PermissionIDs yields all permissions of Graph that have an id, by name.
func PermissionIDs() iter.Seq[PermissionID] {
	return func(yield func(PermissionID) bool) {
		for line := range strings.Lines(permissionIDs) {
			name, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			scheme, id, ok := strings.Cut(rest, "\t")
			if ok && len(id) == 36 && !yield(PermissionID{name, scheme, id}) {
				return
			}
		}
	}
}

// permissionTable finds permissions by name and by id. It is made at the first
// need of it.
var permissionTable = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for p := range PermissionIDs() {
		kind := p.Scheme
		if kind == SchemeDelegatedPersonal {
			kind = SchemeDelegatedWork
		}
		table[kind+"/"+strings.ToLower(p.Name)] = p.ID
		table[kind+"#"+p.ID] = p.Name
	}
	return table
})

// HasScope reports whether Graph has a delegated scope of this name.
func HasScope(name string) bool {
	return permissionTable()[SchemeDelegatedWork+"/"+strings.ToLower(name)] != ""
}

// RoleNamed returns the name of the application permission with an id; "" when
// there is none.
func RoleNamed(id string) string {
	return permissionTable()[SchemeApplication+"#"+strings.ToLower(id)]
}

// ScopeNamed returns the name of the delegated permission with an id; "" when
// there is none.
func ScopeNamed(id string) string {
	return permissionTable()[SchemeDelegatedWork+"#"+strings.ToLower(id)]
}
