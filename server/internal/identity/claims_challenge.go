package identity

import (
	"encoding/base64"
	"fmt"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/grapherr"
)

// ClaimsChallenge is Graph's demand for another token (identity-behaviour
// §5.1): what it says, and the claims that the client must hand to Entra ID.
type ClaimsChallenge struct {
	Message string
	Claims  string // JSON
}

// Revoked demands a token that is newer than a moment. code is one of
// TokenIssuedBeforeRevocationTimestamp, TokenCreatedWithOutdatedPolicies and
// LocationConditionEvaluationSatisfied; "" is the first.
func Revoked(code string, at time.Time) ClaimsChallenge {
	return ClaimsChallenge{
		Message: "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: " +
			firstOf(code, "TokenIssuedBeforeRevocationTimestamp"),
		Claims: fmt.Sprintf(`{"access_token":{"nbf":{"essential":true, "value":"%d"}}}`, at.Unix()),
	}
}

// AuthenticationContext demands a token with an authentication context such as
// "c1".
func AuthenticationContext(id string) ClaimsChallenge {
	return ClaimsChallenge{
		Message: "Exception of type 'Microsoft.Graph.AGS.Contracts.ClaimsChallengeRequiredException' was thrown.",
		Claims:  `{"access_token":{"acrs":{"essential":true,"value":` + string(encode(id)) + `}}}`,
	}
}

// Challenge answers a call with a claims challenge. A client whose token does
// not say that it handles them gets the plain 401.
func (s *Service) Challenge(c *call.Call, challenge ClaimsChallenge, reason string) *call.Response {
	header := s.challenge(c)
	if c.Principal.Evaluated {
		// Quoted: kiota-http-go breaks on a bare value. Padded, as captured.
		header += `, error="insufficient_claims", claims="` + base64.StdEncoding.EncodeToString([]byte(challenge.Claims)) + `"`
	} else {
		reason += "; no claims challenge is sent, because the token lacks xms_cc CP1"
	}
	return refusal(c, grapherr.Unauthenticated(challenge.Message, header), reason)
}

// checkHolder asks what has become of the user or the service principal since
// the token was issued: in Strict for every token, else for those whose client
// takes part in continuous access evaluation.
func (s *Service) checkHolder(c *call.Call) *call.Response {
	p := &c.Principal
	if s.config.Holder == nil || p.ObjectID == "" || s.config.Mode != Strict && !p.Evaluated {
		return nil
	}
	h, known := s.config.Holder(c.Tenant, p.ObjectID, p.AppID)
	switch {
	case h.ClientDisabled:
		return s.unauthenticated(c, msgInvalid, "the service principal of "+p.AppID+" is disabled: its accountEnabled is false")
	case !known:
	case h.Deleted:
		return s.unauthenticated(c, msgInvalid, "the account "+firstOf(p.UPN, p.ObjectID)+" is deleted: it is among directory/deletedItems")
	case h.Disabled:
		return s.unauthenticated(c, msgInvalid, "the account "+firstOf(p.UPN, p.ObjectID)+" is disabled: its accountEnabled is false")
	case p.IssuedAt.Before(h.ValidFrom):
		return s.Challenge(c, Revoked("", h.ValidFrom), "the user's sessions were revoked: signInSessionsValidFromDateTime is "+
			stamp(h.ValidFrom)+", and the token was issued at "+stamp(p.IssuedAt))
	}
	return nil
}
