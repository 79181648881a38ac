package identity

import (
	"net/http"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

type userInfoDocument struct {
	Subject    string `json:"sub"`
	Name       string `json:"name,omitempty"`
	FamilyName string `json:"family_name,omitempty"`
	GivenName  string `json:"given_name,omitempty"`
	Picture    string `json:"picture"`
	Email      string `json:"email,omitempty"`
}

// userInfo is OpenID Connect's view of the caller. sub is that of the access
// token, as on the real endpoint.
func (s *Service) userInfo(r *request) (any, *oauthError) {
	p := s.Principal(r.Header)
	if s.config.Mode != Off {
		if fault, ok := p.Fault.(*call.TokenFault); ok {
			return nil, invalidToken(fault.Message, fault.Reason)
		}
		if !p.Presented {
			return nil, invalidToken(msgEmpty, noToken)
		}
	}
	if p.Scheme == call.Application {
		return nil, &oauthError{status: http.StatusForbidden, name: "insufficient_scope", text: "The access token is an application's and has no user."}
	}
	t, _ := s.Tenant(p.Tenant)
	u, _ := s.signsIn(t, firstOf(p.ObjectID, p.UPN))
	graphOrigin, _ := s.graphAt(r.Origin)
	return userInfoDocument{Subject: digest(43, "sub", u.ID, s.cloud.graphURL()), Name: u.Name, FamilyName: u.FamilyName, GivenName: u.GivenName,
		Picture: graphOrigin + "/v1.0/me/photo/$value", Email: firstOf(u.Mail, u.UPN)}, nil
}

func invalidToken(text, reason string) *oauthError {
	return &oauthError{status: http.StatusUnauthorized, name: "invalid_token", text: text, reason: reason}
}
