package identity

import "strings"

// graphApp is the client id of Graph, which is the same in all tenants (D).
const graphApp = "00000003-0000-0000-c000-000000000000"

// unlogged are refusals that are no sign-in yet: a device code that waits.
var unlogged = map[int]bool{70016: true}

// kindOf says how a grant signs in, and by which protocol.
func kindOf(grantType string) (kind, protocol string) {
	switch grantType {
	case "client_credentials":
		return "servicePrincipal", "oAuth2"
	case "password":
		return "interactiveUser", "ropc"
	case "authorization_code":
		return "interactiveUser", "oAuth2"
	case "device_code", "urn:ietf:params:oauth:grant-type:device_code":
		return "interactiveUser", "deviceCode"
	}
	return "nonInteractiveUser", "oAuth2"
}

// tell hands a request for a token to whoever logs them. What names no tenant or
// no client is none.
func (s *Service) tell(r *request, fault *oauthError) {
	t := r.told
	if s.config.SignedIn == nil || t.Tenant == "" || t.AppID == "" {
		return
	}
	if fault != nil {
		if fault.code == 0 || unlogged[fault.code] {
			return
		}
		t.Code, t.Failure = fault.code, fault.text
	}
	if t.Kind == "" {
		t.Kind, t.Protocol = kindOf(r.form["grant_type"])
	}
	t.At, t.RequestID, t.Correlation, t.Agent = r.now, r.RequestID, r.correlation, r.Header.Get("User-Agent")
	t.Address, _, _ = strings.Cut(r.Header.Get("X-Forwarded-For"), ",")
	s.config.SignedIn(t)
}

func (r *request) tellClient(c client) {
	r.told.AppID, r.told.AppName, r.told.PrincipalID = c.id, c.app.Name, c.app.ObjectID
	r.told.Public = c.method == publicClient
}

func (r *request) tellUser(u User) {
	r.told.UserID, r.told.UserName, r.told.UPN, r.told.Guest = u.ID, u.Name, u.UPN, u.Guest
}

func (r *request) tellResource(sc scopes) {
	r.told.ResourceID, r.told.ResourceName = sc.resource, sc.resource
	switch {
	case sc.api != nil:
		r.told.ResourceID, r.told.ResourceName = sc.api.ID, sc.api.Name
	case sc.graph || sc.resource == "":
		r.told.ResourceID, r.told.ResourceName = graphApp, "Microsoft Graph"
	}
}

// tellRefused logs a user who did not come past the page. Who does is logged with
// the token.
func (a *authorizeRequest) tellRefused(s *Service, u User, fault *oauthError) {
	a.told.Tenant, a.told.Kind, a.told.Protocol = a.tenant.ID, "interactiveUser", "oAuth2"
	a.tellClient(a.client)
	a.tellUser(u)
	a.tellResource(a.scopes)
	s.tell(a.request, fault)
}
