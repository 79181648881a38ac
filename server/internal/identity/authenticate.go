package identity

import (
	"strings"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// noToken is for the beginner's most frequent failure (identity-behaviour §2.6).
const noToken = "no Authorization header with a bearer token was sent; kiota-based SDKs and microsoft-graph-client leave it out when the host is not among their validHosts or customHosts: use HTTPS_PROXY with the fake's CA, or Transport(), or name the host there"

// Authenticate judges the call's token as Graph's gateway does: nil, 401, or
// 400 for /me without a user. With --auth off nothing is judged.
func (s *Service) Authenticate(c *call.Call) *call.Response {
	if s.config.Mode == Off {
		return nil
	}
	p := &c.Principal
	fault, _ := p.Fault.(*call.TokenFault)
	host, other := s.otherGraph(c.Origin)
	switch {
	case fault != nil:
		return s.unauthenticated(c, fault.Message, fault.Reason)
	case p.Fault != nil:
		return s.unauthenticated(c, msgParsing, p.Fault.Error())
	case !p.Presented:
		return s.unauthenticated(c, msgEmpty, noToken)
	case other:
		return s.unauthenticated(c, msgAudience, s.otherCloudReason(host))
	case p.Scheme == call.Application && isMe(c.Path):
		return refusal(c, grapherr.UserNeeded(), "/me needs a user, and the token is an application's: use /users/{id}, or a delegated token")
	}
	return s.checkHolder(c)
}

// isMe reports whether the first segment is me.
func isMe(path string) bool {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return strings.EqualFold(first, "me")
}

// unauthenticated is Graph's 401 with the challenge that names the authority.
func (s *Service) unauthenticated(c *call.Call, message, reason string) *call.Response {
	return refusal(c, grapherr.Unauthenticated(message, s.challenge(c)), reason)
}

// Bearer is the WWW-Authenticate of a 401 that somebody else gives.
func (s *Service) Bearer(c *call.Call) string { return s.challenge(c) }

// challenge is the value of WWW-Authenticate: the authority is the fake's own
// when the client knows the fake by name.
func (s *Service) challenge(c *call.Call) string {
	authority := c.Origin
	if isMicrosoftHost(c.Origin) {
		authority = "https://" + s.cloud.login
	}
	return `Bearer realm="", authorization_uri="` + authority + `/common/oauth2/authorize", client_id="` + GraphAppID + `"`
}

// refusal turns an error of Graph into the answer to a call.
func refusal(c *call.Call, e *grapherr.Error, reason string) *call.Response {
	response := e.Response(c, c.Received, oneLine(reason))
	return &response
}
