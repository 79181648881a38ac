package identity

import "net/url"

// logout ends nothing, for the fake keeps no sessions in browsers; it goes back
// to where the application wants, if that is registered (identity-behaviour
// §1.8).
func (s *Service) logout(r *request) (any, *oauthError) {
	parameters := r.query
	if r.form != nil {
		parameters = r.form
	}
	t, fault := s.tenantOf(r)
	if fault != nil {
		return s.faultPage(r, fault), nil
	}
	back := parameters["post_logout_redirect_uri"]
	done := page{title: "You signed out of your account", body: paragraph("It's a good idea to close all browser windows.")}
	if back == "" {
		return done, nil
	}
	if _, ok := s.redirectOf(s.findClient(t, s.leavingClient(parameters)), back); !ok {
		done.reason = "post_logout_redirect_uri " + clip(back) + " is not registered on the application, so nobody is sent there"
		return done, nil
	}
	if state, ok := parameters["state"]; ok {
		back = withQuery(back, url.Values{"state": {state}})
	}
	return redirect{to: back}, nil
}

// leavingClient is who signs out: said, or the audience of the ID token.
func (s *Service) leavingClient(parameters form) string {
	_, claims, _ := readJWT(parameters["id_token_hint"])
	id := parameters["client_id"]
	if id == "" && len(claims.Audience) > 0 {
		id = claims.Audience[0]
	}
	return id
}
