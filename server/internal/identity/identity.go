// Package identity owns the fake Entra ID and Graph's doorkeeping: discovery
// documents, keys and tokens on one side, reading a bearer token and deciding
// whether it is enough on the other.
//
// It must not know sockets, the store or scenarios: requests come in as values
// and answers leave as values. What the directory holds is asked through the
// functions of [Config].
//
// Start reading at [Service]: Handle answers the routes of Entra ID (routes.go
// lists them), Principal reads a token as a fact, Authenticate and Authorize
// judge it.
package identity

import (
	"crypto/rsa"
	"strings"

	"github.com/google/uuid"

	"github.com/fakegraph/fakegraph/server/internal/call"
	"github.com/fakegraph/fakegraph/server/internal/clock"
)

// Mode says how strictly bearer tokens are judged; the flag --auth.
type Mode string

// The modes of --auth.
const (
	Off    Mode = "off"    // no Authorization needed, none judged
	Token  Mode = "token"  // a bearer token is needed; a JWT is held to what it says, any other may do everything
	Strict Mode = "strict" // only unexpired tokens that this server signed, for the Graph audience
)

// DefaultTenantID is the tenant of a server that was told of none.
const DefaultTenantID = "f4ce0a11-0000-4000-8000-000000000001"

// Config is what a Service is made of. The zero value works.
type Config struct {
	Mode          Mode          // "" means Token
	Clock         *clock.Clock  // nil means one that runs with the machine
	NewID         func() string // lower-case GUIDs; nil means random ones
	Cloud         string        // "global", "usgov", "usgovdod", "china"; "" means global
	DefaultTenant string        // GUID; "" means DefaultTenantID
	DefaultApp    string        // client id of minted and managed identity tokens that name none; "" means a stable one

	// Key returns the key that signs tokens. It is called at the first need of
	// it, and once: making RSA costs 80 ms. nil means one key per process.
	Key func() (*rsa.PrivateKey, error)

	// The directory, as far as it is known. A nil function knows nothing, and
	// then nothing is refused for being unknown, except tenants in Strict. All
	// must be safe for concurrent use.

	Tenants func(name string) (Tenant, bool)          // by GUID or verified domain, lower case
	Apps    func(tenant, clientID string) (App, bool) // by tenant id and client id
	Users   func(tenant, name string) (User, bool)    // by tenant id and user principal name or object id; "" asks for the demo user
}

// Tenant is an organization.
type Tenant struct {
	ID      string // GUID, lower case
	Name    string // display name
	Domain  string // default verified domain
	Created int64  // Unix seconds, for xms_tcdt; 0 leaves a constant
}

// App is an application and its service principal in one tenant.
type App struct {
	Name     string
	ObjectID string   // of the service principal; "" means a stable one
	Secrets  []string // values of the password credentials; empty means that any secret will do
	Roles    []string // app roles assigned on Graph; tokens get exactly these
	Scopes   []string // delegated scopes granted on Graph; what .default gives a user token
}

// User is who a delegated token speaks for.
type User struct {
	ID         string // object id
	UPN        string
	Name       string // display name
	GivenName  string
	FamilyName string
	Password   string // "" means that any password will do outside Strict, and none in it
}

// Request is one request to a route of Entra ID.
type Request struct {
	Method    string
	Origin    string // scheme and host as the client used them, no trailing slash
	Path      string // escaped, as sent
	RawQuery  string
	Header    call.Header
	Body      []byte
	RequestID string // GUID; becomes the trace id
}

// Service is the fake Entra ID of one server. It is safe for concurrent use.
type Service struct {
	config Config // complete: no field is empty that has a default
	cloud  cloud
	signer *lazySigner
	tokens tokenCache
}

// New returns a Service. It makes no key and reads nothing.
func New(c Config) *Service {
	if c.Mode == "" {
		c.Mode = Token
	}
	if c.Clock == nil {
		c.Clock = new(clock.Clock)
	}
	if c.NewID == nil {
		c.NewID = uuid.NewString
	}
	c.DefaultTenant = strings.ToLower(c.DefaultTenant)
	if c.DefaultTenant == "" {
		c.DefaultTenant = DefaultTenantID
	}
	if c.DefaultApp == "" {
		c.DefaultApp = stableID("app", c.DefaultTenant)
	}
	return &Service{config: c, cloud: cloudNamed(c.Cloud), signer: newLazySigner(c.Key)}
}

// idSpace is the namespace of ids that are derived from names.
var idSpace = uuid.MustParse("5f3c1a34-6a0e-5d1b-9a53-0d6f2c6f7a10")

// stableID derives a GUID from names, so that the same names always give the
// same one: until an entity says otherwise, an object id must not change
// between runs.
func stableID(names ...string) string {
	return uuid.NewSHA1(idSpace, []byte(strings.ToLower(strings.Join(names, "\n")))).String()
}
