package behavior

// Evidence for unifiedRoleAssignment of the directory:
//   - documented (page rbacapplication-post-roleassignments, 2021 to 2025): what a
//     create names.
//   - reported: the words for an assignment that is there already
//     (manicminer/hamilton, whose client waits for them).

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// RoleAssignment gives a principal a role in a scope.
type RoleAssignment struct{}

var (
	_ Creator = RoleAssignment{}
	_ Created = RoleAssignment{}
	_ Deleter = RoleAssignment{}
)

// Create implements [Creator].
func (RoleAssignment) Create(tx Tx, e *Entity) *grapherr.Error {
	if tx.Collection() != Root("roleManagement/directory/roleAssignments") {
		return nil
	}
	for other := range tx.All(tx.Collection()) {
		same := true
		for _, name := range []string{"principalId", "roleDefinitionId", "directoryScopeId", "appScopeId"} {
			same = same && strings.EqualFold(text(other.Object, name), text(e.Object, name))
		}
		if same {
			return grapherr.ConflictingObject()
		}
	}
	return nil
}
