package command

import (
	"bytes"
	"context"
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
	var asked tokenRequest
	var at running
	c := &cobra.Command{
		Use: "token --scopes A,B | --roles A,B", Short: "Mint a signed access token", Args: noArgs,
		Long: "Mint an access token, signed by the running server, so that it is accepted with --auth strict too:\n" +
			"with delegated scopes for a user, or with app roles for an application.",
		RunE: func(c *cobra.Command, _ []string) error {
			if (len(asked.Scopes) > 0) == (len(asked.Roles) > 0) {
				return usagef("token: want either --scopes or --roles, as in --roles CloudPC.ReadWrite.All")
			}
			if asked.User != "" && len(asked.Roles) > 0 {
				return usagef("token: --user goes with --scopes: app roles are an application's")
			}
			token, err := mint(c.Context(), &at, asked)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), token)
			return err
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringSliceVar(&asked.Scopes, "scopes", nil, "delegated `SCOPES`, comma-separated")
	f.StringSliceVar(&asked.Roles, "roles", nil, "app `ROLES`, comma-separated")
	f.StringVar(&asked.User, "user", "", "`UPN` of the user; the demo user when empty")
	f.StringVar(&asked.Tenant, "tenant", "", "tenant `ID`; the default tenant when empty")
	f.StringVar(&asked.ClientID, "client-id", "", "client `ID` of the application")
	f.StringVar(&asked.ExpiresIn, "expires-in", "", "`LIFETIME` such as 10m, or -1m for a token that has expired; 1h when empty")
	at.bind(c)
	return c
}

func mint(ctx context.Context, at *running, asked tokenRequest) (string, error) {
	body, err := json.Marshal(asked)
	if err != nil {
		return "", err
	}
	answer, err := at.exchange(ctx, http.MethodPost, "/_fake/tokens", bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	var minted struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(answer, &minted); err != nil || minted.AccessToken == "" {
		return "", errors.New("the server answered without a token: is it a fakegraph?")
	}
	return minted.AccessToken, nil
}

// problemDetail is the detail of an RFC 9457 problem; "" when there is none.
func problemDetail(answer []byte) string {
	var problem struct {
		Detail string `json:"detail"`
	}
	_ = json.Unmarshal(answer, &problem) // the caller shows the answer itself then
	return problem.Detail
}
