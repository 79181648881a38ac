package behavior

// Evidence for Microsoft's own applications, of which tenants have principals:
//   - reported (lists of principals published 2019 to 2026): their ids, names and
//     delegated permissions, and the tenant that owns them.
//   - assumed (2026-11): what a permission is called stands for its wording.

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/entity"
)

// microsoftsTenant owns Microsoft's own applications.
const microsoftsTenant = "f8cdef31-a31e-4b4a-93e4-5f571e91255a"

// microsofts are the ids and names of the best known of them.
var microsofts = [...][2]string{
	{"00000002-0000-0000-c000-000000000000", "Windows Azure Active Directory"},
	{"00000009-0000-0000-c000-000000000000", "Power BI Service"},
	{"0000000a-0000-0000-c000-000000000000", "Microsoft Intune"},
	{"00000002-0000-0ff1-ce00-000000000000", "Office 365 Exchange Online"},
	{"00000003-0000-0ff1-ce00-000000000000", "Office 365 SharePoint Online"},
	{"00000004-0000-0ff1-ce00-000000000000", "Skype for Business Online"},
	{"797f4846-ba00-4fd7-ba71-dba1f31b2b18", "Windows Azure Service Management API"},
}

// microsoftsScopes are delegated permissions of theirs: application, id, value, and
// who may consent.
var microsoftsScopes = [...][4]string{
	{"00000003-0000-0ff1-ce00-000000000000", "56680e0d-d2a3-4ae1-80d8-3c4f2100e3d0", "AllSites.FullControl", "Admin"},
	{"00000003-0000-0ff1-ce00-000000000000", "4e0d77b0-96ba-4398-af14-3baa780278f4", "AllSites.Read", "User"},
	{"00000003-0000-0ff1-ce00-000000000000", "640ddd16-e5b7-4d71-9690-3f4022699ee7", "AllSites.Write", "User"},
	{"797f4846-ba00-4fd7-ba71-dba1f31b2b18", "41094075-9dad-400e-a0bd-54e686782033", "user_impersonation", "User"},
}

// isMicrosofts reports whether an application is one of those, which every tenant may
// have principals of: one of the known, or by the form of its id.
func isMicrosofts(id string) bool {
	return microsoftsName(id) != "" || strings.HasSuffix(id, "-0000-c000-000000000000") || strings.HasSuffix(strings.ToLower(id), "-0ff1-ce00-000000000000")
}

// microsoftsName is what one of the known is called, "" for others.
func microsoftsName(id string) string {
	for _, known := range microsofts {
		if strings.EqualFold(known[0], id) {
			return known[1]
		}
	}
	return ""
}

// publishedScopes are the delegated permissions that are known of one, as JSON.
func publishedScopes(id string) string {
	var all []entity.Object
	for _, s := range microsoftsScopes {
		if strings.EqualFold(s[0], id) {
			value := quoted(s[2])
			all = append(all, fields("adminConsentDescription", value, "adminConsentDisplayName", value, "id", quoted(s[1]), "isEnabled", "true",
				"type", quoted(s[3]), "userConsentDescription", "null", "userConsentDisplayName", "null", "value", value))
		}
	}
	return string(arrayOf(all))
}

var _ Planted = ServicePrincipal{}

// Planted implements [Planted].
func (ServicePrincipal) Planted(_ Tx, e *Entity) {
	if id := text(e.Object, "appId"); microsoftsName(id) != "" && !e.Has("oauth2PermissionScopes") {
		fill(e, "oauth2PermissionScopes", publishedScopes(id))
	}
}
