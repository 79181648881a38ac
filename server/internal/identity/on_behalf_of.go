package identity

import (
	"slices"
	"strings"
)

// onBehalfOf exchanges a user's token for one of another API
// (identity-behaviour §1.6). Outside Strict any JWT tells who the user is.
func (s *Service) onBehalfOf(r tokenRequest) (granted, *oauthError) {
	switch {
	case r.client.method == publicClient:
		return granted{}, errNoCredential()
	case r.form["assertion"] == "":
		return granted{}, errMissing("assertion")
	case !strings.EqualFold(r.form["requested_token_use"], "on_behalf_of"):
		return granted{}, errMissing("requested_token_use")
	}
	claims, fault := s.userAssertion(r, r.form["assertion"])
	if fault != nil {
		return granted{}, fault
	}
	return s.grantFor(r, firstOf(claims.ObjectID, claims.UPN, claims.PreferredUsername, claims.Subject))
}

// userFederated is the grant by which an agent acts for a user whom a
// federated credential names; MSAL Go 1.10 has it.
func (s *Service) userFederated(r tokenRequest) (granted, *oauthError) {
	name := firstOf(r.form["user_id"], r.form["username"])
	switch {
	case r.client.method == publicClient:
		return granted{}, errNoCredential()
	case r.form["user_federated_identity_credential"] == "":
		return granted{}, errMissing("user_federated_identity_credential")
	case name == "":
		return granted{}, errMissing("username")
	}
	if _, _, err := readJWT(r.form["user_federated_identity_credential"]); err != nil {
		return granted{}, errOnBehalfOf("the user_federated_identity_credential is not a well-formed JWT")
	}
	return s.grantFor(r, name)
}

// grantFor signs a user in whom somebody vouched for.
func (s *Service) grantFor(r tokenRequest, name string) (granted, *oauthError) {
	sc, fault := s.scopesOf(r, "")
	if fault != nil {
		return granted{}, fault
	}
	u, fault := s.stillThere(r, name)
	if fault != nil {
		return granted{}, fault
	}
	return s.grantUser(r, u, sc)
}

// userAssertion reads the token that a client acts on: in Strict one of ours,
// for this application, and in its time.
func (s *Service) userAssertion(r tokenRequest, assertion string) (tokenClaims, *oauthError) {
	header, claims, err := readJWT(assertion)
	switch {
	case err != nil:
		return claims, errOnBehalfOf("the assertion is not a well-formed JWT")
	case claims.Kind == "app" || claims.Subject != "" && claims.Subject == claims.ObjectID || claims.Roles != nil && claims.Scopes == nil && claims.UPN == "":
		return claims, errOnBehalfOfApp(r.client.id)
	case claims.ObjectID == "" && claims.UPN == "" && claims.PreferredUsername == "" && claims.Subject == "":
		return claims, errOnBehalfOf("the assertion names no user: it has neither oid nor upn")
	case claims.Expires != nil && !r.now.Before(claims.Expires.time()):
		return claims, errOnBehalfOfExpired()
	case s.config.Mode != Strict:
		return claims, nil
	}
	if reason := s.notOurs(assertion, header, claims); reason != "" {
		return claims, errOnBehalfOf("the key was not found, or the signature is not this server's")
	}
	if !slices.ContainsFunc(claims.Audience, r.client.isAudience) {
		return claims, errOnBehalfOf("the assertion's audience is not the application that sends it")
	}
	return claims, nil
}

// isAudience reports whether a token's audience names the application.
func (c client) isAudience(audience string) bool {
	return strings.EqualFold(audience, c.id) || strings.EqualFold(audience, "api://"+c.id) ||
		slices.Contains(c.app.URIs, strings.TrimSuffix(audience, "/"))
}
