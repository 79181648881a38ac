package identity

import "strings"

// optionalClaims are the claims that an application may ask for, with what they
// tell; nil for nothing. Those that need what a fake has not, as a network or a
// password that expires, are not told (D: Optional claims reference).
var optionalClaims = map[string]func(tokenContext, OptionalClaim) any{
	"acct":                   ofUser(func(t tokenContext) any { return accountKind(t.user) }),
	"auth_time":              ofUser(func(t tokenContext) any { return t.issued }),
	"ctry":                   ofUser(func(t tokenContext) any { return countryCode(t.profile.text("country")) }),
	"email":                  ofUser(func(t tokenContext) any { return textOrNone(t.user.Mail) }),
	"family_name":            ofUser(func(t tokenContext) any { return textOrNone(t.user.FamilyName) }),
	"given_name":             ofUser(func(t tokenContext) any { return textOrNone(t.user.GivenName) }),
	"login_hint":             ofUser(func(t tokenContext) any { return "O." + digest(43, "login_hint", t.user.ID) }),
	"onprem_sid":             ofUser(func(t tokenContext) any { return textOrNone(t.profile.text("onPremisesSecurityIdentifier")) }),
	"preferred_username":     ofUser(func(t tokenContext) any { return textOrNone(t.user.UPN) }),
	"sid":                    ofUser(func(t tokenContext) any { return stableID("session", t.tenant.ID, t.user.ID) }),
	"tenant_ctry":            func(t tokenContext, _ OptionalClaim) any { return countryCode(t.tenant.Country) },
	"tenant_region_scope":    func(t tokenContext, _ OptionalClaim) any { return textOrNone(t.service.cloud.region) },
	"verified_primary_email": ofUser(func(t tokenContext) any { return listOrNone(t.user.Mail) }),
	"xms_pl":                 ofUser(func(t tokenContext) any { return textOrNone(strings.ToLower(t.profile.text("preferredLanguage"))) }),
	"xms_tpl":                func(t tokenContext, _ OptionalClaim) any { return textOrNone(strings.ToLower(t.tenant.Language)) },
	"idtyp":                  tokenKind,
	"upn":                    userName,
	"aud":                    audienceForm,
}

// ofUser is a claim that tokens of applications lack.
func ofUser(tell func(tokenContext) any) func(tokenContext, OptionalClaim) any {
	return func(t tokenContext, _ OptionalClaim) any {
		if t.user.ID == "" {
			return nil
		}
		return tell(t)
	}
}

// accountKind is acct: 0 for members of the tenant, 1 for guests.
func accountKind(u User) int {
	if u.Guest {
		return 1
	}
	return 0
}

// tokenKind is idtyp: app, and user only where that was asked for.
func tokenKind(t tokenContext, c OptionalClaim) any {
	switch {
	case t.user.ID == "":
		return "app"
	case c.has("include_user_token"):
		return "user"
	}
	return nil
}

// userName is upn. That of a guest as this tenant has it is told only where it
// was asked for.
func userName(t tokenContext, c OptionalClaim) any {
	switch {
	case t.user.ID == "":
		return nil
	case !strings.Contains(t.user.UPN, "#EXT#"), c.has("include_externally_authenticated_upn"):
		return textOrNone(t.user.UPN)
	case c.has("include_externally_authenticated_upn_without_hash"):
		return strings.ReplaceAll(t.user.UPN, "#", "_")
	}
	return nil
}

// audienceForm makes the client id the audience of a v1 token.
func audienceForm(t tokenContext, c OptionalClaim) any {
	if !c.has("use_guid") {
		return nil
	}
	return t.app.ID
}

func textOrNone(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func listOrNone(text string) any {
	if text == "" {
		return nil
	}
	return []string{text}
}

// countryCode is a country where it is a code of two letters.
func countryCode(text string) any {
	if len(text) != 2 {
		return nil
	}
	return strings.ToUpper(text)
}
