package identity

import (
	"fmt"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Graph's words for a token that it does not accept (identity-behaviour §5.1).
const (
	msgEmpty     = "Access token is empty."
	msgNoDots    = "IDX14100: JWT is not well formed, there are no dots (.)." + msgCompact
	msgOneDot    = "IDX14120: JWT is not well formed, there is only one dot (.)." + msgCompact
	msgCompact   = "\nThe token needs to be in JWS or JWE Compact Serialization Format. (JWS): 'EncodedHeader.EncodedPayload.EncodedSignature'. (JWE): 'EncodedProtectedHeader.EncodedEncryptedKey.EncodedInitializationVector.EncodedCiphertext.EncodedAuthenticationTag'."
	msgParsing   = "CompactToken parsing failed with error code: 80049217"
	msgSignature = "Signature is invalid."
	msgExpired   = "Lifetime validation failed, the token is expired."
	msgNotYet    = "Access token has expired or is not yet valid."
	msgInvalid   = "Access token validation failure."
	msgAudience  = "Access token validation failure. Invalid audience."
)

// earlyLeeway is how long before its nbf a token is taken. The clock is the
// fake's own and nothing drifts, so exp has none; but the retry after a claims
// challenge asks for an nbf past the present second (identity-behaviour §1.6).
const earlyLeeway = 5 * time.Minute

// token is what was read of one bearer token; all but the lifetime is final.
type token struct {
	principal call.Principal // with a fault that no time mends, if there is one
	notBefore time.Time      // zero when the token does not say
	expires   time.Time
	audience  *call.TokenFault // nil when the token may be for Graph
}

// Principal says who a request's bearer token speaks for, without judging: a
// token that will not do is a fact too, its Fault. The result's lists are
// shared and must not be changed.
func (s *Service) Principal(h call.Header) call.Principal {
	raw, fault := bearer(h)
	if raw == "" {
		return fault
	}
	if s.config.Mode != Strict && strings.Count(raw, ".") != 2 {
		return call.Principal{Presented: true, Opaque: true}
	}
	t := s.tokens.get(raw)
	if t == nil {
		t = s.read(raw)
		s.tokens.put(raw, t)
	}
	return t.at(s.config.Clock.Now())
}

// bearer cuts the token out of the Authorization field. Without one it returns
// the principal that says so.
func bearer(h call.Header) (string, call.Principal) {
	field := strings.TrimSpace(h.Get("Authorization"))
	if field == "" {
		return "", call.Principal{}
	}
	scheme, raw, _ := strings.Cut(field, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", call.Principal{Fault: &call.TokenFault{Message: msgEmpty, Reason: "the Authorization header is not of scheme Bearer"}}
	}
	if raw = strings.TrimSpace(raw); raw == "" {
		return "", call.Principal{Presented: true, Fault: &call.TokenFault{Message: msgEmpty, Reason: "the Authorization header has no token behind Bearer"}}
	}
	return raw, call.Principal{}
}

// read decodes a token, and in Strict verifies it.
func (s *Service) read(raw string) *token {
	header, claims, err := readJWT(raw)
	if err != nil {
		return broken(raw)
	}
	t := &token{principal: claims.principal(), notBefore: claims.NotBefore.time(), expires: claims.Expires.time()}
	t.audience = s.judgeAudience(claims.Audience)
	if s.config.Mode == Strict {
		if reason := s.notOurs(raw, header, claims); reason != "" {
			t.principal.Fault = &call.TokenFault{Message: msgSignature, Reason: reason}
		}
	}
	return t
}

// broken words what is wrong with a token that is no JWT.
func broken(raw string) *token {
	fault := &call.TokenFault{Message: msgParsing, Reason: "the bearer token looks like a JWT, but its parts do not decode"}
	switch dots := strings.Count(raw, "."); {
	case dots == 0:
		fault = &call.TokenFault{Message: msgNoDots, Reason: notSigned}
	case dots == 1:
		fault = &call.TokenFault{Message: msgOneDot, Reason: notSigned}
	case dots > 2:
		fault.Reason = notSigned
	}
	return &token{principal: call.Principal{Presented: true, Fault: fault}}
}

const notSigned = "--auth strict takes only tokens that this server signed: get one from /{tenant}/oauth2/v2.0/token or POST /_fake/tokens"

// notOurs says why a JWT cannot be one of this server's, "" when it is.
func (s *Service) notOurs(raw string, h tokenHeader, c tokenClaims) string {
	if h.Algorithm != "RS256" || h.KeyID == "" || c.Expires == nil {
		return notSigned
	}
	g, err := s.signer.get()
	if err != nil {
		return err.Error()
	}
	if !g.verify(raw) {
		return notSigned
	}
	return ""
}

// judgeAudience finds fault with a token for another API. Strict wants Graph;
// otherwise only what is clearly another API's is refused, because tests make
// tokens with no audience, or any.
func (s *Service) judgeAudience(audience []string) *call.TokenFault {
	var other string
	for _, a := range audience {
		foreign := s.otherCloud(a)
		if !foreign && s.isGraph(strings.TrimRight(a, "/"), "") {
			return nil
		}
		if s.config.Mode == Strict || foreign || namesAPI(a) {
			other = a
		}
	}
	if other == "" && s.config.Mode != Strict {
		return nil
	}
	return &call.TokenFault{Message: msgAudience, Reason: fmt.Sprintf("the token is for audience %q, not for Microsoft Graph (%s)", clip(other), s.cloud.graphURL())}
}

// otherCloud reports whether an audience is the Graph of a cloud that this
// server does not stand for: no cloud takes another's tokens.
func (s *Service) otherCloud(audience string) bool {
	_, name := hostOf(audience)
	for _, c := range clouds {
		if strings.EqualFold(name, c.graph) {
			return !strings.EqualFold(name, s.cloud.graph)
		}
	}
	return false
}

// namesAPI reports whether an audience is an application ID URI or a client
// id, as id tokens have.
func namesAPI(audience string) bool {
	return strings.Contains(audience, "://") || isGUID(audience)
}

// at is the principal at one time: the lifetime is judged on each use, for the
// clock may be moved either way.
func (t *token) at(now time.Time) call.Principal {
	p := t.principal
	switch {
	case p.Fault != nil:
	case !t.expires.IsZero() && !now.Before(t.expires):
		p.Fault = &call.TokenFault{Message: msgExpired, Reason: "the token expired at " + stamp(t.expires) + "; the fake's clock says " + stamp(now)}
	case !t.notBefore.IsZero() && now.Add(earlyLeeway).Before(t.notBefore):
		p.Fault = &call.TokenFault{Message: msgNotYet, Reason: "the token is not valid before " + stamp(t.notBefore) + "; the fake's clock says " + stamp(now)}
	case t.audience != nil:
		p.Fault = t.audience
	}
	return p
}

func stamp(t time.Time) string { return t.Format(time.RFC3339) }

func (d *numericDate) time() time.Time {
	if d == nil {
		return time.Time{}
	}
	return time.Unix(int64(*d), 0).UTC()
}

// principal reads who the claims speak for.
func (c *tokenClaims) principal() call.Principal {
	p := call.Principal{
		Presented: true,
		Opaque:    c.Scopes == nil && c.Roles == nil,
		Tenant:    strings.ToLower(c.TenantID),
		AppID:     firstOf(c.AppID, c.AuthorizedParty),
		AppName:   c.AppName,
		ObjectID:  c.ObjectID,
		UPN:       firstOf(c.UPN, c.PreferredUsername),
		IssuedAt:  c.IssuedAt.time(),
		Expires:   c.Expires.time(),
		TokenID:   firstOf(c.UniqueID, c.JWTID),
		Scheme:    c.scheme(),
		Evaluated: containsFold(c.Capabilities, "CP1"),
	}
	if c.Scopes != nil {
		p.Scopes = bareScopes(*c.Scopes)
	}
	if c.Roles != nil {
		p.Roles = *c.Roles
	}
	return p
}

// scheme is the permission scheme (identity-behaviour §6.3). A token without
// scopes and roles has one when it says whom it is for; then /me is refused to
// an application as ever.
func (c *tokenClaims) scheme() call.Scheme {
	switch {
	case c.Kind == "app", c.Roles != nil && c.Scopes == nil && c.Kind == "":
		return call.Application
	case c.Scopes == nil && c.Roles == nil && c.Kind != "user":
		return ""
	case strings.EqualFold(c.TenantID, personalTenant):
		return call.DelegatedPersonal
	}
	return call.DelegatedWork
}
