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

// consent writes down that an application may use scopes of Graph, for one
// user or with "" for all: in the grant that is there, or in a new one.
func (d directory) consent(tenant string, app identity.App, user string, scopes []string) error {
	if err := d.plant(tenant); err != nil {
		return err
	}
	return d.store.Update(func(tx store.Writer) error { return d.grantScopes(tx, tenant, app, user, scopes) })
}

func (d directory) grantScopes(tx store.Writer, tenant string, app identity.App, user string, scopes []string) error {
	if err := d.embodied(tx, tenant, app); err != nil {
		return err
	}
	g := grant{ClientID: app.ObjectID, ConsentType: "AllPrincipals", ResourceID: graphPrincipalID}
	if user != "" {
		g.ConsentType, g.PrincipalID = "Principal", user
	}
	for e := range tx.Scan(root(tenant, "oauth2PermissionGrants"), 0) {
		old := readGrant(e)
		if strings.EqualFold(old.ClientID, g.ClientID) && strings.EqualFold(old.ConsentType, g.ConsentType) &&
			strings.EqualFold(old.PrincipalID, g.PrincipalID) && old.forGraph(tx, tenant) {
			g = old
			break
		}
	}
	if g.ID == "" {
		g.ID = derivedID("grant\n" + g.ClientID + "\n" + g.PrincipalID)
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

// adminConsent grants all that an application says it requires of Graph.
func (d directory) adminConsent(tenant string, app identity.App) error {
	if err := d.plant(tenant); err != nil {
		return err
	}
	return d.store.Update(func(tx store.Writer) error {
		e, ok := graph.ByText(tx, root(tenant, "applications"), "appId", app.ID)
		if !ok {
			return errors.New("the tenant has no application with appId " + app.ID)
		}
		roles, scopes := required(e.JSON)
		if err := d.grantScopes(tx, tenant, app, "", scopes); err != nil {
			return err
		}
		for _, role := range roles {
			if err := d.assign(tx, tenant, app, role); err != nil {
				return err
			}
		}
		return nil
	})
}

// required are the ids of the roles and the names of the scopes of Graph in
// requiredResourceAccess.
func required(application []byte) (roles, scopes []string) {
	var wire struct {
		Required []struct {
			AppID  string                      `json:"resourceAppId"`
			Access []struct{ ID, Type string } `json:"resourceAccess"`
		} `json:"requiredResourceAccess"`
	}
	_ = json.Unmarshal(application, &wire) // what is no list requires nothing
	for _, resource := range wire.Required {
		if !strings.EqualFold(resource.AppID, identity.GraphAppID) {
			continue
		}
		for _, a := range resource.Access {
			if a.Type == "Role" {
				roles = append(roles, a.ID)
			} else if name := openapi.ScopeNamed(a.ID); name != "" {
				scopes = append(scopes, name)
			}
		}
	}
	return roles, scopes
}

// assign gives a service principal an app role of Graph.
func (d directory) assign(tx store.Writer, tenant string, app identity.App, role string) error {
	id := derivedID("assignment\n" + app.ObjectID + "\n" + role)
	return d.put(tx, tenant, "/servicePrincipals/"+app.ObjectID+"/appRoleAssignments", id, map[string]any{
		"appRoleId": role, "principalId": app.ObjectID, "principalDisplayName": app.Name, "principalType": "ServicePrincipal",
		"resourceId": graphPrincipalID, "resourceDisplayName": "Microsoft Graph", "createdDateTime": d.clock.Now().Format("2006-01-02T15:04:05Z"),
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
	return graph.Plant(tx, tenant, []graph.Seed{{Version: v, Path: path, Items: []graph.SeedItem{{ID: id, JSON: text}}}})
}
