package identity

import (
	"encoding/json"
	"strings"
)

// Claims is what an application says that its tokens tell beyond the usual: ID
// tokens that it gets, and access tokens that others get for it. Graph's own
// tokens are not changed by any application.
type Claims struct {
	Groups     string // groupMembershipClaims: SecurityGroup, DirectoryRole, ApplicationGroup, All, by commas; "" or None for none
	ID, Access []OptionalClaim
}

// OptionalClaim is one of an application's optionalClaims.
type OptionalClaim struct {
	Name       string   `json:"name"`
	Source     string   `json:"source"` // user for an extension property of the user, by its whole name
	Properties []string `json:"additionalProperties"`
}

// has reports whether the claim is changed in a way.
func (c OptionalClaim) has(property string) bool { return listedFold(c.Properties, property) }

func listedFold(list []string, name string) bool {
	for _, s := range list {
		if strings.EqualFold(s, name) {
			return true
		}
	}
	return false
}

// profile is a user as the directory stores it, member by member.
type profile map[string]json.RawMessage

func (p profile) text(name string) (text string) {
	_ = json.Unmarshal(p[name], &text) // of another kind: no text
	return text
}

// tokenContext knows what the configured claims of one token are about.
type tokenContext struct {
	service *Service
	tenant  Tenant
	app     App  // that configured them
	user    User // without an id for an application's token
	profile profile
	issued  int64
	short   bool // the token travels in a URL
}

// configured are the claims that an application wants in one kind of its tokens,
// by name. They take the place of what the token has under these names.
func (s *Service) configured(t tokenContext, list []OptionalClaim) map[string]any {
	if len(list) == 0 && t.app.Claims.Groups == "" {
		return nil
	}
	t.service = s
	if s.config.Profile != nil && t.user.ID != "" {
		_ = json.Unmarshal(s.config.Profile(t.tenant.ID, t.user.ID), &t.profile)
	}
	told := map[string]any{}
	for _, c := range list {
		switch tell := optionalClaims[c.Name]; {
		case strings.EqualFold(c.Source, "user"):
			t.extension(told, c)
		case tell != nil:
			if value := tell(t, c); value != nil {
				told[c.Name] = value
			}
		}
	}
	t.groups(told, list)
	return told
}

// extension tells an extension property of the user: as extn.NAME, without the
// application that registered it (D: Configure optional claims).
func (t tokenContext) extension(told map[string]any, c OptionalClaim) {
	value := t.profile[c.Name]
	parts := strings.SplitN(c.Name, "_", 3)
	if len(parts) == 3 && parts[0] == "extension" && len(value) > 0 && string(value) != "null" {
		told["extn."+parts[2]] = value
	}
}

// withClaims writes a token with what was configured.
func withClaims(token any, told map[string]any) any {
	if len(told) == 0 {
		return token
	}
	var all map[string]any
	_ = json.Unmarshal(encode(token), &all) // we wrote it
	for name, value := range told {
		all[name] = value
	}
	return all
}
