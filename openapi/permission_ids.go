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
type PermissionID struct {
	Name, Scheme, ID string

	Admin   bool // only an administrator may consent to it
	Derived bool // the id is made up: nobody published one
}

// PermissionIDs yields all permissions of Graph, by name.
func PermissionIDs() iter.Seq[PermissionID] {
	return func(yield func(PermissionID) bool) {
		for line := range strings.Lines(permissionIDs) {
			column := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(column) < 4 {
				continue
			}
			p := PermissionID{Name: column[0], Scheme: column[1], ID: column[2], Admin: column[3] == "admin", Derived: len(column) > 4}
			if !yield(p) {
				return
			}
		}
	}
}

// permissionTable finds permissions by name and by id. It is made at the first
// need of it.
var permissionTable = sync.OnceValue(func() map[string]PermissionID {
	table := map[string]PermissionID{}
	for p := range PermissionIDs() {
		kind := p.Scheme
		if kind == SchemeDelegatedPersonal { // listed behind the work scheme, which decides
			kind = SchemeDelegatedWork
		}
		for _, key := range []string{kind + "/" + strings.ToLower(p.Name), kind + "#" + p.ID} {
			if _, there := table[key]; !there {
				table[key] = p
			}
		}
	}
	return table
})

// HasScope reports whether Graph has a delegated scope of this name.
func HasScope(name string) bool {
	return permissionTable()[SchemeDelegatedWork+"/"+strings.ToLower(name)].ID != ""
}

// NeedsAdmin reports whether only an administrator may consent to a delegated
// scope of Graph.
func NeedsAdmin(scope string) bool {
	return permissionTable()[SchemeDelegatedWork+"/"+strings.ToLower(scope)].Admin
}

// RoleNamed returns the name of the application permission with an id; "" when
// there is none.
func RoleNamed(id string) string {
	return permissionTable()[SchemeApplication+"#"+strings.ToLower(id)].Name
}

// ScopeNamed returns the name of the delegated permission with an id; "" when
// there is none.
func ScopeNamed(id string) string {
	return permissionTable()[SchemeDelegatedWork+"#"+strings.ToLower(id)].Name
}
