// Package control owns the control plane under /_fake: what a tester asks of a
// fake and does to it while it runs. It answers whoever is on this machine or
// its network, without a password, so it owns the checks that keep web pages
// of strangers away from it too.
//
// It must not know how requests to Graph are served: what it needs of the
// server stands in [Fake]. Its routes are never subject to scenarios, to
// throttling or to Graph's authorization, and leave no entry in the journal.
//
// Start reading at [New] and routes.go; each route is a function from a request
// to a reply, in the file of its name, and guard.go says who is refused.
package control

import (
	"net/http"
	"strings"
	"sync"

	"github.com/gorilla/mux"

	"github.com/fakegraph/fakegraph/fixtures"
	"github.com/fakegraph/fakegraph/scenarios"
	"github.com/fakegraph/fakegraph/server/internal/clock"
	"github.com/fakegraph/fakegraph/server/internal/identity"
	"github.com/fakegraph/fakegraph/server/internal/journal"
)

// DefaultMaxBody is the limit of a request body unless told otherwise: that of
// a fixture file.
const DefaultMaxBody = 16 << 20

// Fake is the server as the control plane sees it. All methods are called by
// many goroutines at once. Where a tenant is named, it is by its id.
type Fake interface {
	// Info is asked for often and has to be cheap.
	Info() Info

	// Ready reports whether Graph's routes are served.
	Ready() bool

	// Reset puts the state of a tenant back to the loaded fixtures, and with it
	// its scenarios' counters, its journal and the clock; of all tenants for "".
	Reset(tenant string) error

	// AddFixtures adds all of a document to a tenant, or nothing of it and says
	// why. The document has been parsed without problems, but not checked.
	AddFixtures(tenant string, d *fixtures.Document) []fixtures.Problem

	// ExportFixtures returns a tenant's state through the eyes of a Graph
	// version that Info names.
	ExportFixtures(tenant, version string) ([]fixtures.Entry, error)

	// Mint signs an access token. An error is the requester's fault.
	Mint(identity.MintRequest) (identity.Minted, error)

	// CA is the certificate that signs the fake's leaf certificates, as PEM;
	// nil when there is none.
	CA() []byte

	// Coverage is a JSON value: per version and area, how many operations have a
	// behaviour of their own, how many are generic, how many refused.
	Coverage() any

	// Document is the OpenAPI document, as JSON, of one Graph path or, for "", of
	// a whole version. An error says which of the two there is not.
	Document(version, path string) ([]byte, error)

	// Postman is a JSON value: a Postman file. An error says what there is not.
	Postman(PostmanRequest) (any, error)
}

// Options is what a control plane is made of. Fake, Journal, Scenarios, Clock,
// Metrics and Origin are needed.
type Options struct {
	Fake          Fake
	Journal       *journal.Journal
	Scenarios     *scenarios.Engine
	Clock         *clock.Clock
	Metrics       Metrics
	Origin        func(*http.Request) string // scheme and host as the client used them
	Pprof         bool                       // profiles of the process are served
	TenantID      func(name string) string   // id of the tenant that a client names, by id or by domain; nil: names are ids
	DefaultTenant string                     // whose fixtures are meant when a request names no tenant
	AllowHosts    []string                   // Host names answered to, beside those that cannot be rebound
	MaxBody       int64                      // bytes of a request body; 0 means DefaultMaxBody
}

// control is the routes with what they work on.
type control struct{ Options }

// New returns the handler of /_fake and everything below it.
func New(o Options) http.Handler {
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.TenantID == nil {
		o.TenantID = func(name string) string { return name }
	}
	c := &control{o}
	router := sync.OnceValue(c.router)
	return newGuard(o.AllowHosts, func(w http.ResponseWriter, r *http.Request) { router().ServeHTTP(w, r) })
}

// tenant is the id of a tenant that a client names; "" for none.
func (c *control) tenant(name string) string {
	if name = strings.TrimSpace(name); name == "" {
		return ""
	}
	return c.TenantID(name)
}

// router is made at the first request: gorilla/mux compiles an expression for
// each route, which costs more than all else in the start of a server
// (performance, goal 7), and most servers in tests are never asked here.
func (c *control) router() http.Handler {
	root := mux.NewRouter().SkipClean(true)
	root.NotFoundHandler = http.HandlerFunc(notFound)
	below := root.PathPrefix(prefix).Subrouter()
	for _, r := range c.routes() {
		below.Path(r.path).Handler(c.adapt(r))
	}
	return root
}
