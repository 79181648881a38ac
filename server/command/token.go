package command

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/spf13/cobra"
)

// tokenRequest is what POST /_fake/tokens takes.
type tokenRequest struct {
	Scopes    []string `json:"scopes,omitempty"`
	Roles     []string `json:"roles,omitempty"`
	User      string   `json:"user,omitempty"`
	Tenant    string   `json:"tenant,omitempty"`
	ClientID  string   `json:"clientId,omitempty"`
	ExpiresIn string   `json:"expiresIn,omitempty"`
}

func newToken() *cobra.Command {
	var r tokenRequest
	var url string
	c := &cobra.Command{
		Use: "token", Short: "Mint a signed access token", Args: cobra.NoArgs,
		Long: "Mint an access token, signed by the running server, so that it is accepted with --auth strict too.",
		RunE: func(c *cobra.Command, _ []string) error {
			if (len(r.Scopes) > 0) == (len(r.Roles) > 0) {
				return usagef("token: want either --scopes or --roles")
			}
			token, err := mint(c, url, r)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), token)
			return err
		},
	}
	f := c.Flags()
	f.StringSliceVar(&r.Scopes, "scopes", nil, "delegated scopes, comma-separated")
	f.StringSliceVar(&r.Roles, "roles", nil, "app roles, comma-separated")
	f.StringVar(&r.User, "user", "", "user principal name")
	f.StringVar(&r.Tenant, "tenant", "", "tenant id")
	f.StringVar(&r.ClientID, "client-id", "", "client id of the application")
	f.StringVar(&r.ExpiresIn, "expires-in", "", "lifetime, such as 10m; 1h when empty")
	f.StringVar(&url, "url", runningURL(), "the running server")
	return c
}

func mint(c *cobra.Command, url string, r tokenRequest) (string, error) {
	body, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	answer, err := exchange(c.Context(), http.MethodPost, url+"/_fake/tokens", "", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	var minted struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(answer, &minted); err != nil || minted.AccessToken == "" {
		return "", errors.New("the server answered without a token")
	}
	return minted.AccessToken, nil
}
