package identity

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// MintRequest asks for an access token for Graph without a sign-in:
// POST /_fake/tokens and the command fakegraph token.
type MintRequest struct {
	Scopes    []string      // delegated scopes; not together with Roles
	Roles     []string      // app roles; not together with User
	User      string        // user principal name or object id; "" with Scopes means the demo user
	Tenant    string        // "" means the default tenant
	ClientID  string        // "" means the default application
	ExpiresIn time.Duration // 0 means an hour; a negative one gives a token that has expired
}

// Minted is the answer to a MintRequest.
type Minted struct {
	AccessToken string `json:"access_token"`
	Type        string `json:"token_type"`
	ExpiresIn   int64  `json:"expires_in"` // seconds
}

const mintedLife = time.Hour

// Mint signs an access token for Graph. With neither scopes nor roles it names
// no permissions, and may do everything.
func (s *Service) Mint(m MintRequest) (Minted, error) {
	if err := m.check(); err != nil {
		return Minted{}, err
	}
	tenant, ok := s.Tenant(m.Tenant)
	if !ok {
		return Minted{}, fmt.Errorf("tenant %q: not known, and --auth strict takes no other", clip(m.Tenant))
	}
	c := s.findClient(tenant, firstOf(m.ClientID, s.config.DefaultApp))
	if m.ClientID != "" && s.refuses(c) {
		return Minted{}, fmt.Errorf("clientId %q: no such application, and --auth strict takes no other", clip(m.ClientID))
	}
	c.method = bySecret
	l := m.lifetime(s.config.Clock.Now())
	compact, fault := s.sign(s.mintedToken(m, tenant, c, l))
	if fault != nil {
		return Minted{}, errors.New(fault.reason)
	}
	return Minted{AccessToken: compact, Type: "Bearer", ExpiresIn: int64(m.life() / time.Second)}, nil
}

func (m MintRequest) check() error {
	switch {
	case len(m.Scopes) > 0 && len(m.Roles) > 0:
		return errors.New("scopes and roles exclude each other: a token is a user's (scopes) or an application's (roles)")
	case len(m.Roles) > 0 && m.User != "":
		return errors.New("roles and user exclude each other: an application's token has no user")
	}
	return nil
}

func (m MintRequest) life() time.Duration {
	if m.ExpiresIn == 0 {
		return mintedLife
	}
	return m.ExpiresIn
}

// lifetime puts the issue of a token that has expired before its end.
func (m MintRequest) lifetime(now time.Time) lifetime {
	l := lifetime{issued: now.Unix(), expires: now.Add(m.life()).Unix()}
	if l.expires < l.issued {
		l.issued = l.expires - int64(mintedLife/time.Second)
	}
	return l
}

func (s *Service) mintedToken(m MintRequest, t Tenant, c client, l lifetime) accessToken {
	if len(m.Scopes) == 0 && m.User == "" {
		var roles []string // nil, not empty, when none is asked
		return s.appToken(t, c, s.cloud.graphURL(), l, append(roles, m.Roles...))
	}
	var u User // the demo user, when nobody says who that is, is left out of the token
	if m.User != "" {
		u, _ = s.user(t, m.User)
	} else if s.config.Users != nil {
		u, _ = s.config.Users(t.ID, "")
	}
	var scp *string
	if len(m.Scopes) > 0 {
		text := strings.Join(m.Scopes, " ")
		scp = &text
	}
	return s.userToken(t, c, s.cloud.graphURL(), l, u, scp)
}
