package identity

import (
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
)

// Fields of the account and consent pages.
const (
	accountField      = "fakegraph_account"
	otherAccountField = "fakegraph_other_account"
	consentField      = "fakegraph_consent"
)

func (s *Service) authorizeV1(r *request) (any, *oauthError) { return s.authorizeEndpoint(r, true) }
func (s *Service) authorizeV2(r *request) (any, *oauthError) { return s.authorizeEndpoint(r, false) }

// authorizeEndpoint signs a user in without anybody at the screen, as far as
// the request leaves no choice (identity-behaviour §1.7).
func (s *Service) authorizeEndpoint(r *request, v1 bool) (any, *oauthError) {
	a, fault := s.readAuthorize(r, v1)
	if fault != nil {
		return s.faultPage(r, fault), nil
	}
	if fault := s.readWishes(a); fault != nil {
		return s.sendBack(a, fault), nil
	}
	u, answer, fault := s.whoSignsIn(a)
	switch {
	case fault != nil:
		a.tellRefused(s, u, fault)
		return s.sendBack(a, fault), nil
	case answer != nil:
		return answer, nil
	}
	if answer, fault = s.askConsent(a, u); fault != nil {
		return s.sendBack(a, fault), nil
	} else if answer != nil {
		return answer, nil
	}
	parameters, fault := s.authorizeAnswer(a, u)
	if fault != nil {
		return s.sendBack(a, fault), nil
	}
	return a.deliver(parameters, ""), nil
}

// whoSignsIn picks the user: the one that the page named, else that of
// login_hint, else the only one there could be. A page asks for it when the
// client wants that, a browser shows it and there is a choice.
func (s *Service) whoSignsIn(a *authorizeRequest) (User, any, *oauthError) {
	chosen := firstOf(a.parameters[otherAccountField], a.parameters[accountField])
	name := firstOf(chosen, a.parameters["login_hint"], a.parameters["username"])
	prompt := strings.Fields(strings.ToLower(a.parameters["prompt"]))
	if chosen == "" && len(prompt) > 0 && prompt[0] != "none" || name == "" && s.config.Mode == Strict {
		if accounts := s.accounts(a.tenant); a.wantsPage() && len(accounts) > 1 && !containsFold(prompt, "none") {
			return User{}, a.accountPage(accounts, name, ""), nil
		}
	}
	u, known := s.signsIn(a.tenant, name)
	switch {
	case !known && s.config.Mode == Strict && containsFold(prompt, "none"), u.UPN == "" && u.ID == "":
		return u, nil, errLoginRequired()
	case !known && s.config.Mode == Strict && a.wantsPage():
		return u, a.accountPage(s.accounts(a.tenant), "", "There is no user "+clip(name)+" in this tenant."), nil
	case !known && s.config.Mode == Strict:
		return u, nil, errUnknownUser(a.tenant.Name)
	}
	return u, nil, s.mayUse(a.tenant, u, a.client)
}

// signsIn is a user by name, or the one who signs in when none is named.
func (s *Service) signsIn(t Tenant, name string) (User, bool) {
	if name != "" {
		return s.user(t, name)
	}
	if s.config.Users == nil {
		return s.user(t, "demo@"+t.Domain)
	}
	if u, ok := s.config.Users(t.ID, ""); ok {
		return u, true
	}
	if s.config.Mode == Strict {
		return User{}, false
	}
	return s.user(t, "demo@"+t.Domain)
}

func (s *Service) accounts(t Tenant) []User {
	if s.config.Accounts == nil {
		return nil
	}
	return s.config.Accounts(t.ID)
}

// authorizeAnswer makes what the response type asks for.
func (s *Service) authorizeAnswer(a *authorizeRequest, u User) (url.Values, *oauthError) {
	v := url.Values{}
	r := a.tokenRequest()
	if a.asks("code") {
		code, fault := s.newCode(a, u)
		if fault != nil {
			return nil, fault
		}
		v.Set("code", code)
		r.code = code
	}
	if a.asks("token") || a.asks("id_token") {
		sc := a.scopes
		sc.refresh = false
		g, fault := s.grantUser(r, u, sc)
		if fault != nil {
			return nil, fault
		}
		if a.asks("token") {
			v.Set("access_token", g.access)
			v.Set("token_type", "Bearer")
			v.Set("expires_in", strconv.FormatInt(g.life.seconds(), 10))
			v.Set("scope", g.scope)
			r.access = g.access
		}
		if a.asks("id_token") {
			if g.id, fault = s.sign(s.toClient(r, u, s.newIDToken(r, u, sc, g.life), a.mode != "form_post")); fault != nil {
				return nil, fault
			}
			v.Set("id_token", g.id)
		}
	}
	if r.clientInfo {
		v.Set("client_info", clientInfo(a.tenant, u))
	}
	v.Set("session_state", stableID("session", a.tenant.ID, u.ID))
	return v, nil
}

// sendBack reports a fault to the redirect URI.
func (s *Service) sendBack(a *authorizeRequest, e *oauthError) any {
	doc := s.errorDocument(a.request, e)
	v := url.Values{"error": {doc.Name}, "error_description": {doc.Description}}
	if doc.URI != "" {
		v.Set("error_uri", doc.URI)
	}
	if doc.Suberror != "" {
		v.Set("error_subcode", doc.Suberror)
	}
	return a.deliver(v, firstOf(e.reason, e.text))
}

// deliver sends parameters to the redirect URI in the mode that was asked.
func (a *authorizeRequest) deliver(v url.Values, reason string) any {
	if state, ok := a.parameters["state"]; ok {
		v.Set("state", state)
	}
	switch a.mode {
	case "form_post":
		return formPost{a.redirect, v, reason}
	case "fragment":
		return redirect{a.redirect + "#" + v.Encode(), reason}
	}
	return redirect{withQuery(a.redirect, v), reason}
}

// withQuery adds parameters to those that an address has.
func withQuery(address string, v url.Values) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + v.Encode()
}

// halfHash is c_hash or at_hash: the left half of the SHA-256 (OpenID Connect
// Core §3.3.2.11).
func halfHash(text string) string {
	if text == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
