package server

import (
	"bytes"
	"encoding/json"
	"sync"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/openapi"
	"github.com/fakegraph/fakegraph/server/internal/graph"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/store"
)

// graphPrincipalID is the object id of Microsoft Graph's own service principal,
// in every tenant the same.
const graphPrincipalID = "f4ce0a11-0000-4000-8000-000000000003"

// graphPrincipalText is the name of its standing text: 1,300 permissions, too
// large for every tenant to keep.
const graphPrincipalText = "microsoftGraphServicePrincipal"

const servicePrincipals = "servicePrincipals"

type appRole struct {
	AllowedMemberTypes []string `json:"allowedMemberTypes"`
	Description        string   `json:"description"`
	DisplayName        string   `json:"displayName"`
	ID                 string   `json:"id"`
	IsEnabled          bool     `json:"isEnabled"`
	Origin             string   `json:"origin"`
	Value              string   `json:"value"`
}

type permissionScope struct {
	AdminConsentDescription string  `json:"adminConsentDescription"`
	AdminConsentDisplayName string  `json:"adminConsentDisplayName"`
	ID                      string  `json:"id"`
	IsEnabled               bool    `json:"isEnabled"`
	Type                    string  `json:"type"`
	UserConsentDescription  *string `json:"userConsentDescription"`
	UserConsentDisplayName  *string `json:"userConsentDisplayName"`
	Value                   string  `json:"value"`
}

// graphNames are the names of Graph's service principal.
var graphNames = []string{
	identity.GraphAppID + "/graph.microsoft.com", identity.GraphAppID,
	"https://graph.microsoft.com", "https://graph.microsoft.us", "https://dod-graph.microsoft.us", "https://graph.microsoft.com/",
}

// graphKeys are its keys, without writing its text.
func graphKeys() []store.Key {
	keys := []store.Key{graph.KeyOf("appId", identity.GraphAppID), graph.KeyOf("displayName", "Microsoft Graph")}
	for _, name := range graphNames {
		keys = append(keys, graph.KeyOf("servicePrincipalNames", name))
	}
	return keys
}

// graphPrincipal is Graph's service principal as JSON: what is asked for most
// stands first, because properties are found by scanning.
var graphPrincipal = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	b.WriteString(`{"id":"` + graphPrincipalID + `","appId":"` + identity.GraphAppID + `","displayName":"Microsoft Graph",` +
		`"accountEnabled":true,"appDisplayName":"Microsoft Graph","appOwnerOrganizationId":"f8cdef31-a31e-4b4a-93e4-5f571e91255a",` +
		`"appRoleAssignmentRequired":false,"servicePrincipalType":"Application","signInAudience":"AzureADMultipleOrgs",` +
		`"servicePrincipalNames":` + asJSON(graphNames) + `,` +
		`"createdDateTime":"2020-01-01T00:00:00Z","deletedDateTime":null,"appDescription":null,"applicationTemplateId":null,"description":null,` +
		`"disabledByMicrosoftStatus":null,"homepage":null,"loginUrl":null,"logoutUrl":"https://developer.microsoft.com/graph/logout","notes":null,` +
		`"notificationEmailAddresses":[],"preferredSingleSignOnMode":null,"preferredTokenSigningKeyThumbprint":null,"replyUrls":[],"samlSingleSignOnSettings":null,` +
		`"tags":[],"tokenEncryptionKeyId":null,"verifiedPublisher":{"displayName":null,"verifiedPublisherId":null,"addedDateTime":null},` +
		`"addIns":[],"alternativeNames":[],"customSecurityAttributes":null,"keyCredentials":[],"passwordCredentials":[],"resourceSpecificApplicationPermissions":[],` +
		`"info":{"logoUrl":null,"marketingUrl":null,"privacyStatementUrl":null,"supportUrl":null,"termsOfServiceUrl":null},`)
	roles, scopes := permissionLists()
	b.WriteString(`"appRoles":` + asJSON(roles) + `,"oauth2PermissionScopes":` + asJSON(scopes) + `}`)
	return b.Bytes()
})

// permissionLists are all permissions of Graph with their real ids. Their
// wording is Microsoft's, so the names stand in for it.
func permissionLists() (roles []appRole, scopes []permissionScope) {
	for p := range openapi.PermissionIDs() {
		switch p.Scheme {
		case openapi.SchemeApplication:
			roles = append(roles, appRole{[]string{"Application"}, p.Name, p.Name, p.ID, true, "Application", p.Name})
		case openapi.SchemeDelegatedWork:
			kind := "User"
			if p.Admin {
				kind = "Admin"
			}
			scopes = append(scopes, permissionScope{p.Name, p.Name, p.ID, true, kind, nil, nil, p.Name})
		}
	}
	for _, p := range openIDScopes {
		scopes = append(scopes, permissionScope{p.Name, p.Name, p.ID, true, "User", &p.Name, &p.Name, p.Name})
	}
	return roles, scopes
}

// openIDScopes are no permissions of Graph's operations, but scopes of its
// service principal (identity-behaviour §6.6).
var openIDScopes = []openapi.PermissionID{
	{Name: "openid", ID: "37f7f235-527c-4136-accd-4a02d197296e"},
	{Name: "offline_access", ID: "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"},
	{Name: "email", ID: "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0"},
	{Name: "profile", ID: "14dad69e-099b-42c9-810b-d002981feec1"},
}

func asJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic("server: " + err.Error()) // plain fields: cannot happen
	}
	return string(text)
}

// standing is the text that stores share.
func standing(name string) []byte {
	if name == graphPrincipalText {
		return graphPrincipal()
	}
	return nil
}

// plantGraph gives a tenant Graph's service principal, unless a fixture has
// one of its own.
func plantGraph(tx store.Writer, tenant string) error {
	set := store.SetKey{Tenant: tenant, Name: servicePrincipals}
	if _, ok := graph.ByText(tx, set, "appId", identity.GraphAppID); ok {
		return nil
	}
	_, err := tx.Insert(set, store.Entity{
		ID: graphPrincipalID, JSON: store.Standing(graphPrincipalText),
		Keys: graphKeys(),
	})
	return err
}

// isStanding reports whether an entity is Graph's service principal as it was
// given: an export leaves it out.
func isStanding(path, id string, json []byte) bool {
	return id == graphPrincipalID && path == "/"+servicePrincipals && bytes.Equal(json, graphPrincipal())
}

// idSpace is the namespace of ids that are derived from names.
var idSpace = uuid.MustParse("0b6f2a86-3c0e-5f5a-8d2b-6b2f6f7a9a21")

func derivedID(names string) string { return uuid.NewSHA1(idSpace, []byte(names)).String() }
