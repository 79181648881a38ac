package command

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

const (
	patience  = 10 * time.Second // that a running server has to answer
	maxAnswer = 1 << 30          // bytes of an answer
)

// running is a server that runs already, asked over HTTP.
type running struct {
	url    string // "" means where this environment's settings say
	tenant string // "" is the default one
}

func (r *running) bind(c *cobra.Command) {
	c.Flags().StringVar(&r.url, "url", "", "`URL` of the running server (default: where FAKEGRAPH_ADDR or fakegraph.yaml says, else http://127.0.0.1:8880)")
}

// find completes the URL from the settings that serve would have here.
func (r *running) find() error {
	if r.url == "" {
		s := newSettings()
		if err := s.resolve(); err != nil {
			return err
		}
		r.url = s.localURL()
	}
	r.url = strings.TrimRight(r.url, "/")
	u, err := url.Parse(r.url)
	if err != nil || u.Scheme != "unix" && (u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return usagef("--url %q: want a URL such as http://127.0.0.1:8880", r.url)
	}
	return nil
}

// localURL is where a server with these settings is reached from the same
// machine: over HTTP where it has that, else over HTTPS.
func (s *settings) localURL() string {
	scheme, addr := "http://", s.addr
	if addr == "" {
		scheme, addr = "https://", s.tlsAddr
	}
	if strings.HasPrefix(addr, "unix:") {
		return addr
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return scheme + addr
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return scheme + net.JoinHostPort(host, port)
}

// get asks for a page.
func (r *running) get(ctx context.Context, path string) ([]byte, error) {
	return r.exchange(ctx, http.MethodGet, path, nil)
}

// exchange sends one request, past any proxy that the environment names.
func (r *running) exchange(ctx context.Context, method, path string, body io.Reader) ([]byte, error) {
	if err := r.find(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	transport := r.transport()
	base := r.url
	if strings.HasPrefix(base, "unix:") {
		base = "http://localhost"
	}
	request, err := http.NewRequestWithContext(ctx, method, base+path, body)
	if err != nil {
		return nil, usagef("--url: %w", err)
	}
	if r.tenant != "" {
		request.Header.Set("X-Fake-Tenant", r.tenant)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return nil, r.silent(err)
	}
	defer response.Body.Close()
	return r.read(response)
}

// transport reaches a socket too. A certificate on loopback is not looked at:
// it is the fake's own, its CA may live in the server's memory alone, and
// whoever can listen there can read this process as well.
func (r *running) transport() *http.Transport {
	t := &http.Transport{DisableKeepAlives: true}
	if path, ok := strings.CutPrefix(r.url, "unix:"); ok {
		t.DialContext = func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		}
		return t
	}
	if u, err := url.Parse(r.url); err == nil && loopback(u.Hostname()) {
		t.TLSClientConfig = &tls.Config{InsecureSkipVerify: true}
	}
	return t
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// silent words the error of a server that does not answer.
func (r *running) silent(err error) error {
	var failed *url.Error
	if errors.As(err, &failed) {
		err = failed.Err
	}
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return fmt.Errorf("no server answers at %s: %w: start one with 'fakegraph serve', or name another with --url", r.url, err)
}

func (r *running) read(response *http.Response) ([]byte, error) {
	answer, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("answer of %s: %w", r.url, err)
	case len(answer) > maxAnswer:
		return nil, fmt.Errorf("answer of %s: more than %d bytes", r.url, maxAnswer)
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("%s answers %s: %s", r.url, response.Status, detail(response, answer))
	}
	return answer, nil
}

// detail is what a refusal says: the control plane's problem, or that somebody
// else answers there.
func detail(response *http.Response, answer []byte) string {
	if !strings.HasPrefix(response.Header.Get("Content-Type"), "application/problem+json") {
		return "is it a fakegraph?"
	}
	return cmp.Or(problemDetail(answer), strings.TrimSpace(string(answer)))
}
