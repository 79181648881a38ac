package server

import (
	"net/url"
	"time"

	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/identity"
)

// signIn is the request path of Entra ID's routes: scenarios may decide about
// them by path, and those requests are in the journal; others are no calls to
// Graph, and a test that counts those is not to find them.
func (s *Server) signIn(c *call.Call, path string) call.Response {
	request := identity.Request{Method: c.Method, Origin: c.Origin, Path: path, RawQuery: c.RawQuery,
		Header: c.Header, Body: c.Body, RequestID: c.RequestID}
	if s.scenarios.Idle() && c.Header.Get("X-Fake-Fault") == "" {
		return s.identity.Handle(request)
	}
	c.SignIn = true
	s.describeSignIn(c)
	record := s.journal.Begin(c)
	d := s.decide(c, record)
	if d == nil {
		return s.identity.Handle(request)
	}
	response, settled := s.enact(c, d)
	if !settled {
		response = s.identity.Handle(request)
	}
	response = s.disturb(c, d, response)
	record.End(&response)
	return response
}

// describeSignIn finds the tenant and the client of a request to Entra ID.
func (s *Server) describeSignIn(c *call.Call) {
	if t, ok := s.identity.Tenant(c.Version); ok {
		c.Tenant = t.ID
	} else {
		c.Tenant = tenantID(c.Version)
	}
	form, _ := url.ParseQuery(string(c.Body)) // what does not parse names no client
	query, _ := url.ParseQuery(c.RawQuery)
	c.Principal.AppID = firstText(form.Get("client_id"), query.Get("client_id"))
	c.Principal.UPN = firstText(form.Get("username"), query.Get("login_hint"))
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// bodyOf is the body as a rule's pointers see it: JSON, or the parameters of a
// form as members.
func bodyOf(c *call.Call) any {
	if !c.SignIn {
		return bodyValue(c.Body)
	}
	form, err := url.ParseQuery(string(c.Body))
	if err != nil {
		return nil
	}
	members := map[string]any{}
	for name, values := range form {
		members[name] = values[0]
	}
	return members
}

// signInFault is a scenario's error in Entra ID's form: code is an AADSTS
// number, or one of OAuth's names.
func (s *Server) signInFault(c *call.Call, want *scenarios.Respond) call.Response {
	var code, message string
	if want.Error != nil {
		code, message = want.Error.Code, want.Error.Message
	}
	return s.identity.Fault(identity.Request{Method: c.Method, Origin: c.Origin, Path: "/" + c.Version + c.Path, RawQuery: c.RawQuery,
		Header: c.Header, Body: c.Body, RequestID: c.RequestID}, want.Status, code, message)
}

// challengeOf reads a claims challenge out of a scenario's 401: its code is one
// of those of continuous access evaluation, or insufficient_claims with
// innerError {acrs: c1} for an authentication context.
func challengeOf(e *scenarios.Error, now time.Time) (identity.ClaimsChallenge, bool) {
	switch e.Code {
	case "insufficient_claims":
		if acrs, ok := e.InnerError["acrs"].(string); ok {
			return identity.AuthenticationContext(acrs), true
		}
		return identity.Revoked("", now), true
	case "TokenIssuedBeforeRevocationTimestamp", "TokenCreatedWithOutdatedPolicies", "LocationConditionEvaluationSatisfied":
		return identity.Revoked(e.Code, now), true
	}
	return identity.ClaimsChallenge{}, false
}

// signedIn keeps a request for a token for the log of sign-ins.
func (s *Server) signedIn(in call.SignIn) { s.graph.SignedIn(in) }
