package identity

// forAPI gives an access token the form that its audience wants. Graph takes
// v1 tokens whichever endpoint issued them; an application of the directory
// says which it takes (identity-behaviour §3.1).
func (s *Service) forAPI(origin string, t Tenant, sc scopes, a accessToken) accessToken {
	if sc.graph || s.config.APIs == nil {
		return a
	}
	api, ok := s.config.APIs(t.ID, sc.resource)
	if !ok || api.TokenVersion != 2 {
		return a
	}
	a.Audience, a.Issuer, a.Version = api.ID, origin+"/"+t.ID+"/v2.0", "2.0"
	a.AuthorizedParty, a.AuthorizedAuth, a.Username = a.AppID, a.AppAuth, a.UPN
	a.AppID, a.AppAuth, a.UPN, a.UniqueName, a.Provider = "", "", "", "", ""
	return a
}
