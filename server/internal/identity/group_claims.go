package identity

import "strings"

// Group is a group that a user is in, directly or through other groups.
type Group struct {
	ID       string
	Name     string // display name
	Security bool
	Assigned bool // it was given a role of the application, and the user is a direct member

	// Of a group that comes from a directory on premises.
	Account string // onPremisesSamAccountName
	Domain  string // onPremisesDomainName
	NetBIOS string // onPremisesNetBiosName
}

// How many groups a token tells: one in a URL fewer (D: Access token claims
// reference, groups overage claim; configurable by nobody).
const (
	maxGroups      = 200
	maxGroupsInURL = 5
)

// groups tells the groups and directory roles of a user, as an application's
// groupMembershipClaims says; of too many, where to ask for them. An
// application's own tokens have none (D: Configure groups optional claims).
func (t tokenContext) groups(told map[string]any, list []OptionalClaim) {
	kinds := strings.FieldsFunc(t.app.Claims.Groups, func(r rune) bool { return r == ',' || r == ' ' })
	if t.user.ID == "" || len(kinds) == 0 {
		return
	}
	all := listedFold(kinds, "All")
	if all || listedFold(kinds, "DirectoryRole") {
		told["wids"] = t.service.directoryRoles(t.tenant, t.user.ID, userDirectoryRole)
	}
	var form OptionalClaim
	for _, c := range list {
		if c.Name == "groups" {
			form = c
		}
	}
	var names []string
	for _, g := range t.memberships() {
		if all || g.Security && listedFold(kinds, "SecurityGroup") || g.Assigned && listedFold(kinds, "ApplicationGroup") {
			names = append(names, g.told(form, listedFold(kinds, "ApplicationGroup")))
		}
	}
	t.tellGroups(told, names, form)
}

func (t tokenContext) memberships() []Group {
	if t.service.config.Groups == nil {
		return nil
	}
	return t.service.config.Groups(t.tenant.ID, t.user.ID, t.app.ObjectID)
}

// tellGroups tells groups under the claim that was asked for.
func (t tokenContext) tellGroups(told map[string]any, names []string, form OptionalClaim) {
	switch {
	case len(names) == 0:
	case t.short && len(names) > maxGroupsInURL:
		told["hasgroups"] = true
	case len(names) > maxGroups:
		told["_claim_names"] = map[string]string{"groups": "src1"}
		told["_claim_sources"] = map[string]any{"src1": map[string]string{
			"endpoint": "https://graph.windows.net/" + t.tenant.ID + "/users/" + t.user.ID + "/getMemberObjects"}}
	case form.has("emit_as_roles"):
		told["roles"] = names
	default:
		told["groups"] = names
	}
}

// told is a group as a token names it: by its id, unless the form wants the name
// that it has on premises, or that of a group of the cloud alone.
func (g Group) told(form OptionalClaim, ofApplication bool) string {
	for _, property := range form.Properties {
		switch {
		case g.Account == "":
		case property == "sam_account_name":
			return g.Account
		case property == "dns_domain_and_sam_account_name" && g.Domain != "":
			return g.Domain + `\` + g.Account
		case property == "netbios_domain_and_sam_account_name" && g.NetBIOS != "":
			return g.NetBIOS + `\` + g.Account
		}
	}
	if g.Account == "" && ofApplication && form.has("cloud_displayname") {
		return g.Name
	}
	return g.ID
}
