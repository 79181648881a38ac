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
	"time"

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

	Tenants  func(name string) (Tenant, bool)                          // by GUID or verified domain, lower case
	Apps     func(tenant, clientID string) (App, bool)                 // by tenant id and client id
	APIs     func(tenant, resource string) (API, bool)                 // by tenant id and application id URI or client id: who a token is for
	Users    func(tenant, name string) (User, bool)                    // by tenant id and user principal name or object id; "" asks for the one who signs in unasked
	Accounts func(tenant string) []User                                // those that the account page offers
	Granted  func(tenant, principal, resource, user string) []string   // delegated scopes that a service principal has on another, on Graph for "", for a user, tenant-wide ones included
	Required func(tenant, clientID, resource string) []string          // delegated scopes that an application says it requires of a service principal, of Graph for ""
	Assigned func(tenant, principal, resource string) ([]string, bool) // values of the app roles of a service principal that a user or another service principal was given, and whether there is any assignment
	Roles    func(tenant, principal string) []string                   // template ids of the directory roles that a user or service principal has
	Groups   func(tenant, user, app string) []Group                    // groups of a user, and whether the service principal gave each a role
	Profile  func(tenant, user string) []byte                          // a user as JSON, member by member as Graph has it
	Holder   func(tenant, objectID, clientID string) (Holder, bool)    // what has become of whom a token speaks for

	// What signing in leaves behind. nil leaves nothing.

	Consent      func(tenant string, app App, resource, user string, scopes []string) error // resource as in Granted; user "" consents for everybody
	AdminConsent func(tenant string, app App) error                                         // all that the application says it requires
	SignedIn     func(call.SignIn)                                                          // a request for a token was granted or refused
	Enrol        func(tenant string, app App) error                                         // an application that the directory does not know got a token: its service principal
}

// Tenant is an organization.
type Tenant struct {
	ID      string // GUID, lower case
	Name    string // display name
	Domain  string // default verified domain
	Created int64  // Unix seconds, for xms_tcdt; 0 leaves a constant

	Country  string // countryLetterCode, for tenant_ctry; "" leaves it out
	Language string // preferredLanguage, for xms_tpl; "" leaves it out
}

// App is an application and its service principal in one tenant.
type App struct {
	ID       string // client id
	Name     string
	ObjectID string // of the service principal; "" means a stable one
	Disabled bool

	// How it proves who it is. Without any of the three every credential will
	// do outside Strict, and none in it.

	Secrets      []Secret
	Certificates []Certificate
	Federated    []FederatedCredential

	Public       bool // may go without a credential
	SingleTenant bool // not for common and its like

	AssignmentRequired bool // only who is assigned to it may sign in, or get tokens for it

	WebRedirects    []string // need a credential
	SPARedirects    []string // need PKCE and give short refresh tokens
	NativeRedirects []string

	Roles  []string // app roles assigned on Graph; tokens get exactly these
	Scopes []string // delegated scopes granted on Graph to every user; what .default gives a user token

	TokenVersion int      // of the access tokens that are for it: 2, or 1 for all else
	URIs         []string // application id URIs
	Claims       Claims
}

// API is an application of the directory as what tokens are for.
type API struct {
	App
	Published     []Scope             // delegated scopes; none published takes any
	PreAuthorized map[string][]string // by client id, lower case: scopes that need no consent
}

// Scope is a delegated scope of an API.
type Scope struct {
	Name  string
	Admin bool // only an administrator may consent to it
}

// Secret is a password credential.
type Secret struct {
	Value   string
	Expires time.Time // zero for never
}

// Certificate is a key credential: the thumbprints by which assertions name it.
type Certificate struct {
	DER     []byte
	Expires time.Time // zero for what the certificate says
}

// FederatedCredential says whose assertions stand in for the application.
type FederatedCredential struct {
	Issuer, Subject string
	Audiences       []string
}

// User is who a delegated token speaks for.
type User struct {
	ID         string // object id
	UPN        string
	Name       string // display name
	GivenName  string
	FamilyName string
	Mail       string
	Password   string // "" means that any password will do outside Strict, and none in it
	MustChange bool   // the password; nobody can do that here, so it does not do in Strict
	Disabled   bool
	Guest      bool
	ValidFrom  time.Time // sessions that began before are revoked

	known bool // the directory has it
}

// Holder is what has become of a user or a service principal since it got a
// token, and of the application that got it for a user.
type Holder struct {
	Disabled       bool
	Deleted        bool // it is among the deleted items
	ClientDisabled bool
	ValidFrom      time.Time // tokens from before are revoked; zero for none
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
	codes  codes
	device deviceCodes

	lockouts lockouts
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
