package behavior

// Evidence for appRoleAssignment and oauth2PermissionGrant (graph-behaviour
// §3.8, §12):
//   - documented: required members; one assignment is seen from its principal and
//     from its resource; names of both are set by the service; a grant is seen
//     from its client.
//   - reported (issues of clients, 2021 to 2025): the text for a role that the
//     resource has not got.
//   - assumed (2026-11): the form of ids, the texts for duplicates.

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

var appRoleAssignmentRules = &Rules{
	Required: []string{"principalId", "resourceId", "appRoleId"},
	Created:  []string{"createdDateTime"},
	Refuses:  []string{"PATCH"},
}

var permissionGrantRules = &Rules{
	Required:  []string{"clientId", "consentType", "resourceId"},
	Immutable: []string{"clientId", "consentType", "principalId", "resourceId"},
}

// AppRoleAssignment gives a principal a role of an application.
type AppRoleAssignment struct{}

// PermissionGrant gives a client delegated permissions.
type PermissionGrant struct{}

var (
	_ Creator = AppRoleAssignment{}
	_ Created = AppRoleAssignment{}
	_ Deleter = AppRoleAssignment{}
	_ Creator = PermissionGrant{}
	_ Created = PermissionGrant{}
)

// grantID is an id in the form of grants: base64url.
func grantID(tx Tx) string {
	sum := sha256.Sum256([]byte(tx.NewID()))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// Create implements [Creator].
func (AppRoleAssignment) Create(tx Tx, e *Entity) *grapherr.Error {
	e.SetString("id", grantID(tx))
	for other := range tx.All(tx.Collection()) {
		same := true
		for _, name := range []string{"principalId", "resourceId", "appRoleId"} {
			same = same && strings.EqualFold(text(other.Object, name), text(e.Object, name))
		}
		if same {
			return grapherr.Rule("directory", "", "Permission being assigned already exists on the object")
		}
	}
	if principal, ok := tx.Find(text(e.Object, "principalId")); ok {
		e.Set("principalDisplayName", []byte(jsonOf(principal.Object, "displayName")))
		kind := strings.TrimPrefix(principal.Type, "microsoft.graph.")
		e.SetString("principalType", strings.ToUpper(kind[:1])+kind[1:])
	}
	if resource, ok := tx.Find(text(e.Object, "resourceId")); ok {
		e.Set("resourceDisplayName", []byte(jsonOf(resource.Object, "displayName")))
		return roleOf(resource, text(e.Object, "appRoleId"))
	}
	return nil
}

// noRole is assigned where an application has no roles.
const noRole = "00000000-0000-0000-0000-000000000000"

// roleOf refuses a role that the resource has not got. A fixture may leave out which
// it has.
func roleOf(resource Entity, role string) *grapherr.Error {
	if role == noRole || !present(resource.Object, "appRoles") {
		return nil
	}
	for _, r := range list(resource.Object, "appRoles") {
		if strings.EqualFold(text(r, "id"), role) {
			return nil
		}
	}
	return grapherr.Rule("directory", "", "Permission being assigned was not found on application '"+text(resource.Object, "appId")+"'.")
}

// doors are where an assignment is seen: below its principal and its resource.
func doors(tx Tx, e Entity) []Collection {
	var all []Collection
	if principal, ok := tx.Find(text(e.Object, "principalId")); ok {
		all = append(all, Below(principal.Ref, "appRoleAssignments"))
	}
	if resource, ok := tx.Find(text(e.Object, "resourceId")); ok {
		all = append(all, Below(resource.Ref, "appRoleAssignedTo"))
	}
	return all
}

// Created implements [Created].
func (AppRoleAssignment) Created(tx Tx, e Entity) *grapherr.Error {
	for _, door := range doors(tx, e) {
		if door == tx.Home(e.Ref) {
			continue
		}
		if _, fault := tx.Put(door, Entity{ID: e.ID, Object: e.Clone()}); fault != nil {
			return fault
		}
	}
	return nil
}

// Delete implements [Deleter].
func (AppRoleAssignment) Delete(tx Tx, e Entity) (bool, *grapherr.Error) {
	for _, door := range doors(tx, e) {
		if twin, ok := tx.Get(door, e.ID); ok && twin.Ref != e.Ref {
			if fault := tx.Delete(twin.Ref); fault != nil {
				return false, fault
			}
		}
	}
	return false, nil
}

// Create implements [Creator].
func (PermissionGrant) Create(tx Tx, e *Entity) *grapherr.Error {
	kind, principal := text(e.Object, "consentType"), text(e.Object, "principalId")
	switch {
	case kind != "AllPrincipals" && kind != "Principal":
		return grapherr.Invalid("directory", grapherr.Property{Name: "consentType", Kind: "enum", Type: e.Type})
	case kind == "Principal" && principal == "":
		return grapherr.Invalid("directory", grapherr.Property{Name: "principalId", Kind: "required", Type: e.Type})
	}
	e.SetString("id", grantID(tx))
	for other := range tx.All(tx.Collection()) {
		if strings.EqualFold(text(other.Object, "clientId"), text(e.Object, "clientId")) && strings.EqualFold(text(other.Object, "resourceId"), text(e.Object, "resourceId")) &&
			text(other.Object, "consentType") == kind && strings.EqualFold(text(other.Object, "principalId"), principal) {
			return grapherr.SameKey("Permission entry already exists.")
		}
	}
	return nil
}

// Created implements [Created].
func (PermissionGrant) Created(tx Tx, e Entity) *grapherr.Error {
	for _, name := range []string{"clientId", "principalId"} {
		if owner, ok := tx.Find(text(e.Object, name)); ok {
			if _, fault := tx.Link(owner.Ref, "oauth2PermissionGrants", e.Ref); fault != nil {
				return fault
			}
		}
	}
	return nil
}
