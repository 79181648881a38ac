package server

import (
	"encoding/json"
	"iter"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// published is what an application or a service principal offers to others.
type published struct {
	AppID    string `json:"appId"`
	AppRoles []struct {
		ID      string `json:"id"`
		Value   string `json:"value"`
		Enabled *bool  `json:"isEnabled"`
	} `json:"appRoles"`
	API struct {
		Scopes        []publishedScope `json:"oauth2PermissionScopes"`
		PreAuthorized []struct {
			AppID string   `json:"appId"`
			IDs   []string `json:"delegatedPermissionIds"`
		} `json:"preAuthorizedApplications"`
	} `json:"api"`
	Scopes []publishedScope `json:"oauth2PermissionScopes"`
}

type publishedScope struct {
	ID      string `json:"id"`
	Value   string `json:"value"`
	Type    string `json:"type"`
	Enabled *bool  `json:"isEnabled"`
}

// api is the application that a resource name means: by client id, with api://
// before it or not, or by application id URI. What an application of another
// tenant publishes is at its service principal.
func (d directory) api(tenant, resource string) (api identity.API, ok bool) {
	d.read(tenant, func(tx store.Reader) {
		application, registered := applicationNamed(tx, tenant, resource)
		if registered {
			describe(tx, tenant, application, &api.App)
			publish(application.JSON, &api)
		}
		principal, there := principalNamed(tx, tenant, resource, api.ID)
		if there {
			embody(tx, tenant, principal, &api.App)
			if !registered {
				api.ID = textOf(principal.JSON, "appId")
				publish(principal.JSON, &api)
			}
		}
		ok = registered || there
	})
	return api, ok
}

// applicationNamed finds the application that a resource names.
func applicationNamed(tx store.Reader, tenant, resource string) (store.Entity, bool) {
	set := root(tenant, "applications")
	if e, ok := graph.ByText(tx, set, "appId", clientIDIn(resource)); ok {
		return e, true
	}
	for _, uri := range []string{resource, resource + "/"} {
		if e, ok := graph.ByText(tx, set, "identifierUris", uri); ok {
			return e, true
		}
	}
	return store.Entity{}, false
}

// principalNamed finds the service principal of an application, or the one that
// a resource names.
func principalNamed(tx store.Reader, tenant, resource, appID string) (store.Entity, bool) {
	set := root(tenant, servicePrincipals)
	if appID != "" {
		return graph.ByText(tx, set, "appId", appID)
	}
	if e, ok := graph.ByText(tx, set, "appId", clientIDIn(resource)); ok {
		return e, true
	}
	return graph.ByText(tx, set, "servicePrincipalNames", resource)
}

func clientIDIn(resource string) string {
	id, _ := strings.CutPrefix(strings.ToLower(resource), "api://")
	return id
}

// publish reads the delegated scopes of an API and who needs no consent to them.
func publish(object []byte, api *identity.API) {
	var p published
	if json.Unmarshal(object, &p) != nil {
		return
	}
	for _, s := range p.scopes() {
		api.Published = append(api.Published, identity.Scope{Name: s.Value, Admin: s.Type == "Admin"})
	}
	names := scopeNames(object)
	for _, client := range p.API.PreAuthorized {
		for _, id := range client.IDs {
			if name := names[strings.ToLower(id)]; name != "" {
				if api.PreAuthorized == nil {
					api.PreAuthorized = map[string][]string{}
				}
				key := strings.ToLower(client.AppID)
				api.PreAuthorized[key] = append(api.PreAuthorized[key], name)
			}
		}
	}
}

// scopes are those that can be asked for, wherever they stand.
func (p *published) scopes() (enabled []publishedScope) {
	for _, s := range append(p.API.Scopes, p.Scopes...) {
		if s.Value != "" && (s.Enabled == nil || *s.Enabled) {
			enabled = append(enabled, s)
		}
	}
	return enabled
}

// scopeNames are the names of the scopes of objects by id.
func scopeNames(objects ...[]byte) map[string]string {
	names := map[string]string{}
	for _, object := range objects {
		var p published
		if json.Unmarshal(object, &p) != nil {
			continue
		}
		for _, s := range p.scopes() {
			names[strings.ToLower(s.ID)] = s.Value
		}
	}
	return names
}

// assigned are the values of the app roles of a service principal that a user,
// by membership of a group too, or another service principal was given. The
// default access has no value, and is an assignment all the same.
func (d directory) assigned(tenant, principal, resource string) (values []string, some bool) {
	d.read(tenant, func(tx store.Reader) {
		api, err := tx.Get(root(tenant, servicePrincipals), resource)
		if err != nil {
			return
		}
		var names map[string]string
		for holder := range holders(tx, tenant, principal) {
			for assignment := range assignments(tx, tenant, holder, api) {
				if some = true; names == nil {
					names = roleNames(tx, tenant, api)
				}
				if value := names[strings.ToLower(textOf(assignment.JSON, "appRoleId"))]; value != "" && !listed(values, value) {
					values = append(values, value)
				}
			}
		}
	})
	return values, some
}

// holders are a principal and the groups that it is a direct member of: roles
// of a group do not pass to the groups in it (D: app roles and groups).
func holders(tx store.Reader, tenant, principal string) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		for _, set := range []string{"users", servicePrincipals} {
			e, err := tx.Get(root(tenant, set), principal)
			if err != nil {
				continue
			}
			if !yield(e) {
				return
			}
			for _, group := range memberOf(tx, e.Ordinal, "groups") {
				if !yield(group) {
					return
				}
			}
		}
	}
}

// assignments are those of a holder on a service principal, wherever they were
// written: a fixture may have them on one side alone.
func assignments(tx store.Reader, tenant string, holder, resource store.Entity) iter.Seq[store.Entity] {
	return func(yield func(store.Entity) bool) {
		for e := range tx.Matches(store.SetKey{Tenant: tenant, Parent: holder.Ordinal, Name: "appRoleAssignments"}, graph.KeyOf("resourceId", resource.ID), 0) {
			if !yield(e) {
				return
			}
		}
		for e := range tx.Matches(store.SetKey{Tenant: tenant, Parent: resource.Ordinal, Name: "appRoleAssignedTo"}, graph.KeyOf("principalId", holder.ID), 0) {
			if !yield(e) {
				return
			}
		}
	}
}

// roleNames are the values of the app roles of a service principal by id: those
// of its application, where the tenant has that, and its own.
func roleNames(tx store.Reader, tenant string, principal store.Entity) map[string]string {
	names := map[string]string{}
	objects := [][]byte{principal.JSON}
	if e, ok := graph.ByText(tx, root(tenant, "applications"), "appId", textOf(principal.JSON, "appId")); ok {
		objects = append(objects, e.JSON)
	}
	for _, object := range objects {
		var p published
		if json.Unmarshal(object, &p) != nil {
			continue
		}
		for _, role := range p.AppRoles {
			if role.Enabled == nil || *role.Enabled {
				names[strings.ToLower(role.ID)] = role.Value
			}
		}
	}
	return names
}
