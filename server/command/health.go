package command

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// patience is how long a running server has to answer.
const patience = 3 * time.Second

func newHealth() *cobra.Command {
	var url string
	c := &cobra.Command{
		Use: "health", Short: "Exit 0 when a running server answers", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			body, err := ask(c.Context(), url+"/_fake/health")
			if err == nil {
				fmt.Fprintln(c.OutOrStdout(), strings.TrimSpace(string(body)))
			}
			return err
		},
	}
	c.Flags().StringVar(&url, "url", runningURL(), "the running server")
	return c
}

// runningURL is where the server of this environment listens: FAKEGRAPH_ADDR,
// seen from the same machine, else the default.
func runningURL() string {
	addr := os.Getenv(variable("addr"))
	if addr == "" {
		addr = "127.0.0.1:8880"
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "http://" + addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// ask gets a page of a running server.
func ask(ctx context.Context, url string) ([]byte, error) { return askTenant(ctx, url, "") }

// askTenant gets a page of one tenant; "" is the default one.
func askTenant(ctx context.Context, url, tenant string) ([]byte, error) {
	return exchange(ctx, http.MethodGet, url, tenant, nil)
}

// exchange sends one request to a running server, past any proxy that the
// environment names.
func exchange(ctx context.Context, method, url, tenant string, body io.Reader) ([]byte, error) {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, usagef("%v", err)
	}
	if tenant != "" {
		r.Header.Set("X-Fake-Tenant", tenant)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("no server answers: %w", err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 64<<20))
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s answered %s: %s", url, response.Status, strings.TrimSpace(string(answer)))
	}
	return answer, nil
}
