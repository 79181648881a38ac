package server

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// consent writes down that an application may use scopes of a service
// principal, of Graph's for "", for one user or with "" for all: in the grant
// that is there, or in a new one.
func (d directory) consent(tenant string, app identity.App, resource, user string, scopes []string) error {
	if err := d.plant(tenant); err != nil {
		return err
	}
	return d.store.Update(func(tx store.Writer) error { return d.grantScopes(tx, tenant, app, resource, user, scopes) })
}

func (d directory) grantScopes(tx store.Writer, tenant string, app identity.App, resource, user string, scopes []string) error {
	if err := d.embodied(tx, tenant, app); err != nil {
		return err
	}
	g := newGrant(app.ObjectID, resource, user)
	for e := range tx.Matches(root(tenant, "oauth2PermissionGrants"), graph.KeyOf("clientId", app.ObjectID), 0) {
		old := readGrant(e)
		if strings.EqualFold(old.ConsentType, g.ConsentType) && strings.EqualFold(old.PrincipalID, g.PrincipalID) && old.isOn(tx, tenant, resource) {
			g = old
			break
		}
	}
	names := strings.Fields(g.Scope)
	for _, name := range scopes {
		if !listed(names, name) {
			names = append(names, name)
		}
	}
	g.Scope = strings.Join(names, " ")
	return d.put(tx, tenant, "/oauth2PermissionGrants", g.ID, g)
}

// newGrant is a grant of nothing yet.
func newGrant(client, resource, user string) grant {
	g := grant{ClientID: client, ConsentType: "AllPrincipals", ResourceID: resource}
	if user != "" {
		g.ConsentType, g.PrincipalID = "Principal", user
	}
	if resource == "" {
		g.ResourceID = graphPrincipalID
	}
	g.ID = derivedID("grant\n" + client + "\n" + user + "\n" + resource)
	return g
}

// adminConsent grants all that an application says it requires of Graph and of
// other APIs that are known here.
func (d directory) adminConsent(tenant string, app identity.App) error {
	if err := d.plant(tenant); err != nil {
		return err
	}
	return d.store.Update(func(tx store.Writer) error {
		e, ok := graph.ByText(tx, root(tenant, "applications"), "appId", app.ID)
		if !ok {
			return errors.New("the tenant has no application with appId " + app.ID)
		}
		for _, need := range requirements(e.JSON) {
			if err := d.meet(tx, tenant, app, need); err != nil {
				return err
			}
		}
		return nil
	})
}

// requirement is what an application requires of one API.
type requirement struct {
	AppID  string `json:"resourceAppId"`
	Access []struct {
		ID   string `json:"id"`
		Type string `json:"type"`
	} `json:"resourceAccess"`
}

func requirements(application []byte) []requirement {
	var wire struct {
		Required []requirement `json:"requiredResourceAccess"`
	}
	_ = json.Unmarshal(application, &wire) // what is no list requires nothing
	return wire.Required
}

// required are the delegated scopes that an application says it requires of one
// service principal, of Graph's for "".
func (d directory) required(tenant, clientID, resource string) (scopes []string) {
	d.read(tenant, func(tx store.Reader) {
		application, ok := graph.ByText(tx, root(tenant, "applications"), "appId", clientID)
		if !ok {
			return
		}
		appID, named := identity.GraphAppID, openapi.ScopeNamed
		if resource != "" {
			appID, named = publisher(tx, tenant, resource)
		}
		for _, need := range requirements(application.JSON) {
			if strings.EqualFold(need.AppID, appID) {
				scopes = append(scopes, need.scopes(named)...)
			}
		}
	})
	return scopes
}

// publisher is the client id of an API and how its scopes are named.
func publisher(tx store.Reader, tenant, resource string) (appID string, named func(id string) string) {
	principal, _ := tx.Get(root(tenant, servicePrincipals), resource)
	appID = textOf(principal.JSON, "appId")
	application, _ := graph.ByText(tx, root(tenant, "applications"), "appId", appID)
	names := scopeNames(application.JSON, principal.JSON)
	return appID, func(id string) string { return names[strings.ToLower(id)] }
}

// scopes are the names of the delegated scopes among what is required.
func (r requirement) scopes(named func(id string) string) (scopes []string) {
	for _, a := range r.Access {
		if name := named(a.ID); a.Type != "Role" && name != "" {
			scopes = append(scopes, name)
		}
	}
	return scopes
}

// meet grants the scopes for everybody, and the roles to the application.
func (d directory) meet(tx store.Writer, tenant string, app identity.App, need requirement) error {
	resource, named, err := d.resource(tx, tenant, need.AppID)
	if err != nil {
		return err
	}
	on := resource.ID
	if strings.EqualFold(need.AppID, identity.GraphAppID) {
		on = ""
	}
	if err := d.grantScopes(tx, tenant, app, on, "", need.scopes(named)); err != nil {
		return err
	}
	for _, a := range need.Access {
		if a.Type != "Role" {
			continue
		}
		if err := d.assign(tx, tenant, app, resource, a.ID); err != nil {
			return err
		}
	}
	return nil
}

// resource is the service principal of an API, made where only its application
// is there, and how its scopes are named.
func (d directory) resource(tx store.Writer, tenant, appID string) (e store.Entity, named func(id string) string, err error) {
	e, there := graph.ByText(tx, root(tenant, servicePrincipals), "appId", appID)
	if strings.EqualFold(appID, identity.GraphAppID) {
		return e, openapi.ScopeNamed, nil
	}
	application, registered := graph.ByText(tx, root(tenant, "applications"), "appId", appID)
	switch {
	case !there && !registered:
		err = errors.New("requiredResourceAccess names " + appID + ", of which the tenant has neither an application nor a service principal")
	case !there:
		app := identity.App{ID: appID, Name: textOf(application.JSON, "displayName"), ObjectID: derivedID("servicePrincipal\n" + strings.ToLower(appID))}
		if err = d.embodied(tx, tenant, app); err == nil {
			e, err = tx.Get(root(tenant, servicePrincipals), app.ObjectID)
		}
	}
	names := scopeNames(application.JSON, e.JSON)
	return e, func(id string) string { return names[strings.ToLower(id)] }, err
}

// assign gives a service principal an app role of another.
func (d directory) assign(tx store.Writer, tenant string, app identity.App, resource store.Entity, role string) error {
	id := derivedID("assignment\n" + app.ObjectID + "\n" + role)
	return d.put(tx, tenant, "/servicePrincipals/"+app.ObjectID+"/appRoleAssignments", id, map[string]any{
		"appRoleId": role, "principalId": app.ObjectID, "principalDisplayName": app.Name, "principalType": "ServicePrincipal",
		"resourceId": resource.ID, "resourceDisplayName": textOf(resource.JSON, "displayName"), "createdDateTime": d.clock.Now().Format("2006-01-02T15:04:05Z"),
	})
}

// enrol gives an application that got a token its service principal, because
// clients look for the oid of their token.
func (d directory) enrol(tenant string, app identity.App) error {
	if err := d.plant(tenant); err != nil {
		return err
	}
	there := false
	d.read(tenant, func(tx store.Reader) {
		_, err := tx.Get(root(tenant, servicePrincipals), app.ObjectID)
		there = err == nil
	})
	if there {
		return nil
	}
	return d.store.Update(func(tx store.Writer) error { return d.embodied(tx, tenant, app) })
}

func (d directory) embodied(tx store.Writer, tenant string, app identity.App) error {
	if _, err := tx.Get(root(tenant, servicePrincipals), app.ObjectID); err == nil {
		return nil
	}
	return d.put(tx, tenant, "/servicePrincipals", app.ObjectID, map[string]any{
		"appId": app.ID, "displayName": app.Name, "appDisplayName": app.Name, "accountEnabled": true,
		"servicePrincipalType": "Application", "servicePrincipalNames": []string{app.ID},
	})
}

// put stores an entity as a fixture would.
func (d directory) put(tx store.Writer, tenant, path, id string, members any) error {
	text, err := json.Marshal(members)
	if err != nil {
		return err
	}
	v := d.catalogue.Version("v1.0")
	if v == nil {
		return nil // served is a description of the user's own: it may not have this
	}
	return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: path, Items: []graph.SeedItem{{ID: id, JSON: text}}}}, nil)
}
