package call

import "time"

// Scheme is the permission scheme a token falls under; identity-behaviour §6.3.
type Scheme string

// The schemes of Graph's permissions.
const (
	DelegatedWork     Scheme = "DelegatedWork"
	DelegatedPersonal Scheme = "DelegatedPersonal"
	Application       Scheme = "Application"
)

// Principal is who a request's bearer token speaks for. The zero value means
// that no Authorization header was sent.
type Principal struct {
	Presented bool     // an Authorization header with a bearer token was there
	Fault     error    // *TokenFault when the token cannot be accepted in the server's mode
	Opaque    bool     // not a JWT of scopes or roles: may do everything outside strict
	Scheme    Scheme   // "" for opaque tokens
	Tenant    string   // tid, "" when the token does not say
	AppID     string   // appid or azp
	AppName   string   // app_displayname
	ObjectID  string   // oid
	UPN       string   // upn or preferred_username
	Scopes    []string // scp, without resource prefixes
	Roles     []string // roles
	IssuedAt  time.Time
	Expires   time.Time // zero for opaque tokens
	TokenID   string    // uti, to find it in the journal; never the token
	Evaluated bool      // the client handles claims challenges: xms_cc has CP1
}

// TokenFault says why Graph's gateway does not accept a token.
type TokenFault struct {
	Message string // Graph's words, identity-behaviour §5.1
	Reason  string // ours
}

func (e *TokenFault) Error() string { return e.Reason }
