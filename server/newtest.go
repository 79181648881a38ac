package server

import (
	"net/http"
	"sync"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// TB is the part of *testing.T that [NewTest] uses.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
	Failed() bool
	Cleanup(func())
}

// Test is a server that runs for one test.
type Test struct {
	*Server
	URL string // https://127.0.0.1:port, no trailing slash

	t         TB
	transport func() http.RoundTripper

	minting     sync.Mutex // guards the token of a strict server
	minted      string
	mintedUntil time.Time
}

// NewTest starts a server for a test on a free loopback port, with TLS from the
// fake's own CA. It is closed when the test ends; when the test has failed, the
// last calls are logged. What cannot be loaded fails the test.
func NewTest(t TB, options ...Option) *Test {
	t.Helper()
	options = append([]Option{WithAddresses("", "127.0.0.1:0")}, options...)
	s, err := New(options...)
	if err != nil {
		t.Fatalf("fakegraph: %v", err)
		return nil
	}
	if err := s.Listen(); err != nil {
		s.Close()
		t.Fatalf("fakegraph: %v", err)
		return nil
	}
	fake := &Test{Server: s, URL: s.URL(), t: t}
	fake.transport = sync.OnceValue(fake.newTransport)
	t.Cleanup(func() { fake.end(t) })
	return fake
}

// end closes the server, after a failed test with the journal's last calls.
func (f *Test) end(t TB) {
	t.Helper()
	if f.transport != nil {
		f.Client().CloseIdleConnections()
	}
	if t.Failed() {
		for _, e := range f.journal.Requests(journal.Filter{Limit: 20}) {
			t.Logf("fakegraph: %s", e)
		}
	}
	if err := f.Close(); err != nil {
		t.Logf("fakegraph: %v", err)
	}
}

// Client returns an HTTP client that trusts the server's certificate and sends
// a token that may do everything, unless a request brings its own. Requests to
// Graph's and Entra ID's own host names reach the fake as well.
func (f *Test) Client() *http.Client { return &http.Client{Transport: f.transport()} }

func (f *Test) newTransport() http.RoundTripper {
	base := &http.Transport{TLSClientConfig: f.clientTLS(), ForceAttemptHTTP2: true, DialContext: f.dial}
	return authorized{base, f.testToken}
}

// authorized adds a token to requests that have none.
type authorized struct {
	next  *http.Transport
	token func() (string, error)
}

// RoundTrip implements [http.RoundTripper].
func (a authorized) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Authorization") == "" {
		token, err := a.token()
		if err != nil {
			return nil, err
		}
		r = r.Clone(r.Context())
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return a.next.RoundTrip(r)
}

// CloseIdleConnections lets [http.Client.CloseIdleConnections] through.
func (a authorized) CloseIdleConnections() { a.next.CloseIdleConnections() }

// Requests returns what was called so far, oldest first.
func (s *Server) Requests() []Call {
	return s.journal.Requests(journal.Filter{Only: journal.OnlyRequests})
}

// Call is one journalled request with its answer and the reasons for it.
type Call = journal.Entry

// testToken is what [Test.Client] sends: any word outside strict, where an
// opaque token may do everything; a signed one in strict.
func (f *Test) testToken() (string, error) {
	if f.config.auth != string(identity.Strict) {
		return "fakegraph-test", nil
	}
	f.minting.Lock()
	defer f.minting.Unlock()
	if f.minted != "" && f.clock.Now().Before(f.mintedUntil) {
		return f.minted, nil
	}
	m, err := f.identity.Mint(identity.MintRequest{})
	if err != nil {
		return "", err
	}
	f.minted, f.mintedUntil = m.AccessToken, f.clock.Now().Add(time.Duration(m.ExpiresIn)*time.Second/2)
	return f.minted, nil
}
