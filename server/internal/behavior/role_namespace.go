package behavior

// Evidence for unifiedRbacResourceNamespace and unifiedRbacResourceAction (pages list
// resourceNamespaces and list resourceActions of beta, 2022 to 2025):
//   - documented: a namespace is what stands before the first slash of its actions; an
//     action's id is its name with hyphens, and its verb behind it; reading is GET,
//     updating PATCH; all tasks have no verb.
//   - assumed (2026-11): creating is POST and deleting DELETE; others have no verb; the
//     actions are those of the built-in roles that the fake knows; a description is the
//     name; credentials, passwords and what grants roles or permissions are privileged.

import (
	"slices"
	"strings"
	"sync"
)

var actionVerbs = map[string]string{"read": "GET", "update": "PATCH", "create": "POST", "delete": "DELETE"}

// privilegedParts are in the names of actions by which somebody can get more rights.
var privilegedParts = []string{
	"/credentials/", "/password/", "/invalidateAllRefreshTokens", "/bitlockerKeys/key/", "roleAssignments/", "roleDefinitions/",
	"oAuth2PermissionGrants/allProperties", "appRoleAssignedTo", "conditionalAccessPolicies/", "privilegedIdentityManagement/",
}

// knownActions are the names of all actions of the built-in roles, sorted.
var knownActions = sync.OnceValue(func() []string {
	var all []string
	for role := range roleActions {
		all = append(all, actionsOf(role)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
})

// namespaceRows are the namespaces with their actions, each as JSON.
func namespaceRows() (rows []string) {
	var names []string
	actions := map[string][]string{}
	for _, action := range knownActions() {
		name, _, _ := strings.Cut(action, "/")
		if actions[name] == nil {
			names = append(names, name)
		}
		actions[name] = append(actions[name], actionRow(action))
	}
	for _, name := range names {
		rows = append(rows, `{"id":`+quoted(name)+`,"name":`+quoted(name)+`,"resourceActions":[`+strings.Join(actions[name], ",")+`]}`)
	}
	return rows
}

func actionRow(name string) string {
	id, verb := strings.ReplaceAll(name, "/", "-"), "null"
	if v := actionVerbs[name[strings.LastIndexByte(name, '/')+1:]]; v != "" {
		id, verb = id+"-"+strings.ToLower(v), quoted(v)
	}
	privileged := slices.ContainsFunc(privilegedParts, func(part string) bool { return strings.Contains(name, part) })
	return `{"id":` + quoted(id) + `,"name":` + quoted(name) + `,"description":` + quoted(name) + `,"actionVerb":` + verb +
		`,"isPrivileged":` + boolean(privileged && !strings.HasSuffix(name, "/read")) + `,"resourceScopeId":null}`
}

func standingNamespaces() []Standing {
	return []Standing{Standing{Navigation: directoryRoles + "resourceNamespaces", Rows: namespaceRows}.bringing("resourceActions")}
}
