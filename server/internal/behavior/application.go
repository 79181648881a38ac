package behavior

// Evidence for application and servicePrincipal (graph-behaviour §12):
//   - documented: members and defaults set by the service; addPassword answers the
//     secret once, with a hint and an end two years later.
//   - reported: the text for an unknown appId.
//   - assumed (2026-11): a second service principal is 409; a delegated caller
//     owns what it makes; the applications of Microsoft are known by their ids.

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var applicationRules = &Rules{
	Required: []string{"displayName"},
	Defaults: []Default{
		{"signInAudience", `"AzureADMyOrg"`}, {"isFallbackPublicClient", "null"},
		{"api", `{"acceptMappedClaims":null,"knownClientApplications":[],"requestedAccessTokenVersion":2,"oauth2PermissionScopes":[],"preAuthorizedApplications":[]}`},
		{"web", `{"homePageUrl":null,"logoutUrl":null,"redirectUris":[],"implicitGrantSettings":{"enableAccessTokenIssuance":false,"enableIdTokenIssuance":false}}`},
		{"spa", `{"redirectUris":[]}`}, {"publicClient", `{"redirectUris":[]}`},
		{"info", `{"termsOfServiceUrl":null,"supportUrl":null,"privacyStatementUrl":null,"marketingUrl":null,"logoUrl":null}`},
		{"parentalControlSettings", `{"countriesBlockedForMinors":[],"legalAgeGroupRule":"Allow"}`},
		{"verifiedPublisher", `{"displayName":null,"verifiedPublisherId":null,"addedDateTime":null}`},
	},
	Unique: []string{"uniqueName", "identifierUris"},
}

var servicePrincipalRules = &Rules{
	Required: []string{"appId"},
	Waived:   []Waiver{{With: "agentIdentityBlueprintId", Not: []string{"appId"}}},
	Defaults: []Default{
		{"accountEnabled", "true"}, {"servicePrincipalType", `"Application"`}, {"appRoleAssignmentRequired", "false"},
		{"info", `{"termsOfServiceUrl":null,"supportUrl":null,"privacyStatementUrl":null,"marketingUrl":null,"logoUrl":null}`},
	},
}

// Application is given its appId by the service.
type Application struct{}

// ServicePrincipal is an application's presence in the tenant.
type ServicePrincipal struct{}

var (
	_ Creator  = Application{}
	_ Created  = Application{}
	_ Updater  = Application{}
	_ Deleter  = Application{}
	_ Returned = Application{}
	_ Reader   = Application{}
	_ Creator  = ServicePrincipal{}
	_ Reader   = ServicePrincipal{}
)

// Create implements [Creator].
func (Application) Create(tx Tx, e *Entity) *grapherr.Error {
	if !present(e.Object, "appId") {
		e.SetString("appId", tx.NewID())
	}
	e.SetString("createdDateTime", tx.Now().UTC().Format(sevenDigits))
	if !present(e.Object, "publisherDomain") {
		e.SetString("publisherDomain", initialDomain(tx))
	}
	return nil
}

// Created implements [Created].
func (Application) Created(tx Tx, e Entity) *grapherr.Error {
	self, known := tx.Self()
	if !known || !tx.Caller().User {
		return nil
	}
	_, fault := tx.Link(e.Ref, "owners", self.Ref)
	return fault
}

// Computes implements [Computing].
func (Application) Computes() []string { return []string{"passwordCredentials"} }

// Read implements [Reader].
func (Application) Read(_ Tx, e *Entity) { hideSecrets(e) }

// Computes implements [Computing].
func (ServicePrincipal) Computes() []string { return []string{"passwordCredentials"} }

// Read implements [Reader].
func (ServicePrincipal) Read(_ Tx, e *Entity) { hideSecrets(e) }

// hideSecrets leaves of each secret what is told after its creation.
func hideSecrets(e *Entity) {
	secrets := list(e.Object, "passwordCredentials")
	for i := range secrets {
		secrets[i].Set("secretText", json.RawMessage("null"))
	}
	if len(secrets) > 0 {
		e.Set("passwordCredentials", arrayOf(secrets))
	}
}

// Create implements [Creator].
func (ServicePrincipal) Create(tx Tx, e *Entity) *grapherr.Error {
	id := text(e.Object, "appId")
	if _, taken := tx.By(tx.Collection(), "appId", id); taken {
		return grapherr.SameKey("The service principal cannot be created, updated, or restored because the service principal name " + id + " is already in use.")
	}
	app, own := tx.By(Root("applications"), "appId", id)
	if !own && !isMicrosofts(id) {
		return grapherr.Rule("directory", "", "The appId '"+id+"' of the service principal does not reference a valid application object.")
	}
	app.SetString("appId", id) // of one that lives elsewhere that is all there is, but for a name
	if name := microsoftsName(id); name != "" && !own {
		app.SetString("displayName", name)
		app.Set("api", json.RawMessage(`{"oauth2PermissionScopes":`+publishedScopes(id)+`}`))
	}
	for _, m := range mirrored {
		fill(e, m.name, m.from(app.Object))
	}
	if own {
		fill(e, "appOwnerOrganizationId", quoted(tx.Tenant()))
		return nil
	}
	fill(e, "appOwnerOrganizationId", quoted(microsoftsTenant))
	return nil
}

// fill sets a member that an entity lacks.
func fill(e *Entity, name, raw string) {
	if value, ok := e.Get(name); !ok || string(value) == "[]" {
		e.Set(name, json.RawMessage(raw))
	}
}

func addPassword(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	given := inner(p, "passwordCredential")
	sum := sha256.Sum256([]byte(tx.NewID()))
	secret := base64.RawURLEncoding.EncodeToString(sum[:])[:40]
	made := fields("customKeyIdentifier", "null", "displayName", jsonOf(given, "displayName"),
		"endDateTime", or(jsonOf(given, "endDateTime"), quoted(instant(tx.Now().AddDate(2, 0, 0)))), "hint", quoted(secret[:3]),
		"keyId", quoted(tx.NewID()), "secretText", quoted(secret), "startDateTime", or(jsonOf(given, "startDateTime"), quoted(instant(tx.Now()))))
	e.Set("passwordCredentials", arrayOf(append(list(e.Object, "passwordCredentials"), made)))
	return Object(made), nil
}

// removeCredential removes a secret or a key by its keyId.
func removeCredential(member string) invoked {
	return func(_ Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
		id, all := text(p, "keyId"), list(e.Object, member)
		rest := slices.DeleteFunc(all, func(o entity.Object) bool { return strings.EqualFold(text(o, "keyId"), id) })
		if len(rest) == len(list(e.Object, member)) {
			return Result{}, grapherr.Rule("directory", "", "No credential found with keyId '"+id+"'.")
		}
		e.Set(member, arrayOf(rest))
		return Result{}, nil
	}
}

func addKey(tx Tx, e *Entity, p entity.Object) (Result, *grapherr.Error) {
	made := inner(p, "keyCredential")
	if text(made, "key") == "" || text(p, "proof") == "" {
		return Result{}, grapherr.Rule("directory", "", "A keyCredential with a key and a proof are required.")
	}
	made.SetString("keyId", tx.NewID())
	e.Set("keyCredentials", arrayOf(append(list(e.Object, "keyCredentials"), made)))
	return Object(made), nil
}
