package behavior

// Evidence for the rules of directory objects (graph-behaviour §12):
//   - documented (create and resource pages, 2021 to 2025): required properties,
//     defaults, which are read-only; uniqueness by public reports.

// profileCardRules: one of them is found by the name of its property (documented,
// page profilecardproperty-get).
var profileCardRules = &Rules{Required: []string{"directoryPropertyName"}, OwnID: "directoryPropertyName"}

var userRules = &Rules{
	Required: []string{"accountEnabled", "displayName", "mailNickname", "passwordProfile", "userPrincipalName"},
	Waived: []Waiver{
		{With: "identities", Not: []string{"accountEnabled", "mailNickname", "passwordProfile", "userPrincipalName"}},
		{With: "identityParentId", Not: []string{"passwordProfile"}}, // an agent's user signs in by its agent
	},
	Defaults: []Default{
		{"userType", `"Member"`}, {"creationType", "null"},
		{"onPremisesExtensionAttributes", extensionAttributes},
	},
	Unique:    []string{"userPrincipalName"},
	Computed:  []string{"deletedDateTime", "createdDateTime", "securityIdentifier", "lastPasswordChangeDateTime"},
	WriteOnly: []string{"passwordProfile"},
	Created:   []string{"createdDateTime", "lastPasswordChangeDateTime", "refreshTokensValidFromDateTime", "signInSessionsValidFromDateTime"},
}

const extensionAttributes = `{"extensionAttribute1":null,"extensionAttribute2":null,"extensionAttribute3":null,"extensionAttribute4":null,` +
	`"extensionAttribute5":null,"extensionAttribute6":null,"extensionAttribute7":null,"extensionAttribute8":null,"extensionAttribute9":null,` +
	`"extensionAttribute10":null,"extensionAttribute11":null,"extensionAttribute12":null,"extensionAttribute13":null,"extensionAttribute14":null,` +
	`"extensionAttribute15":null}`

// Groups are not written back to a directory on premises until somebody asks for it
// (observed: what clients read after a create; a property of beta).
var groupRules = &Rules{
	Required:  []string{"displayName", "mailEnabled", "mailNickname", "securityEnabled"},
	Defaults:  []Default{{"writebackConfiguration", `{"isEnabled":false,"onPremisesGroupType":null}`}},
	Computed:  []string{"deletedDateTime", "createdDateTime", "renewedDateTime", "securityIdentifier"},
	Immutable: []string{"isAssignableToRole"},
	Created:   []string{"createdDateTime", "renewedDateTime"},
}

var deviceRules = &Rules{
	Required: []string{"accountEnabled", "alternativeSecurityIds", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion"},
	Unique:   []string{"deviceId"},
	Created:  []string{"registrationDateTime"},
}

// What only the service makes, changes or takes away.
var (
	roleTemplateRules  = &Rules{Refuses: []string{"POST", "PATCH", "DELETE"}}
	organizationRules  = &Rules{Refuses: []string{"POST", "DELETE"}}
	subscribedSkuRules = &Rules{Refuses: []string{"POST", "PATCH", "DELETE"}}
)

// Both documented in the pages of conditionalAccessPolicy and namedLocation
// (2021 to 2025): what a create needs and the times that the service sets.
var conditionalAccessRules = &Rules{
	Required: []string{"displayName", "state", "conditions"},
	Created:  []string{"createdDateTime"},
	Completed: []string{
		"conditions", "conditions/applications", "conditions/users", "conditions/platforms", "conditions/locations", "grantControls", "sessionControls",
	},
}

var namedLocationRules = &Rules{
	Required: []string{"displayName"},
	Created:  []string{"createdDateTime"}, Modified: []string{"modifiedDateTime"},
}
