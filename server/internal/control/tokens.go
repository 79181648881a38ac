package control

import (
	"cmp"
	"fmt"
	"net/http"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/identity"
)

// tokenRequest is the body of POST /_fake/tokens. All of it may be absent.
type tokenRequest struct {
	Scopes    []string `json:"scopes"`
	Roles     []string `json:"roles"`
	User      string   `json:"user"`      // user principal name or object id
	Tenant    string   `json:"tenant"`    // "" means that of X-Fake-Tenant, else the default one
	ClientID  string   `json:"clientId"`  // "" means the default application
	ExpiresIn string   `json:"expiresIn"` // duration; "" means an hour; "-1m" is for a token that has expired
}

func (c *control) mintToken(r *request) reply {
	var asked tokenRequest
	if len(r.body) > 0 {
		if err := decode(r.body, &asked); err != nil {
			return problem(http.StatusBadRequest, "%v", err)
		}
	}
	life, err := asked.life()
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	minted, err := c.Fake.Mint(identity.MintRequest{
		Scopes: asked.Scopes, Roles: asked.Roles, User: asked.User,
		Tenant: cmp.Or(c.tenant(asked.Tenant), r.tenant), ClientID: asked.ClientID, ExpiresIn: life,
	})
	if err != nil {
		return problem(http.StatusBadRequest, "%v", err)
	}
	return ok(minted)
}

func (t *tokenRequest) life() (time.Duration, error) {
	if t.ExpiresIn == "" {
		return 0, nil
	}
	life, err := time.ParseDuration(t.ExpiresIn)
	if err != nil || life/time.Second == 0 {
		return 0, fmt.Errorf("expiresIn %q: want a duration of whole seconds, such as 1h or -1m", t.ExpiresIn)
	}
	return life, nil
}
