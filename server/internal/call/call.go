// Package call owns the plain values that travel through the request path: the
// [Call] that describes one request, the [Principal] its token speaks for, and
// the [Response] that answers it.
//
// It knows nothing of sockets, stores or rules. Start reading at [Call]: every
// stage of server/pipeline.go sees it, and each field names the stage that
// writes it. After the describe stage a Call is read-only.
package call

import (
	"time"

	"github.com/fakegraph/fakegraph/openapi"
)

// Call is one request to a Graph route, as facts. A missing operation or a bad
// token is a fact too: judging is for the later stages.
type Call struct {
	// Written by edge.Read.

	RequestID       string    // new lower-case GUID
	ClientRequestID string    // the client's own, else RequestID
	Received        time.Time // on the fake's clock
	Method          string    // upper case
	Origin          string    // scheme and host as the client used them, no trailing slash: "https://graph.microsoft.com"
	Version         string    // first path segment as sent: "v1.0", "beta", or whatever stood there
	Path            string    // escaped path below the version, as sent, begins with "/" ("/" for the service root); describe cuts the tenant off that may stand before the resource
	RawQuery        string    // as sent, without "?"
	Header          Header    // as sent
	Body            []byte    // inflated; nil when there was none, or when it is Content
	Content         *Content  // inflated as it is read: what is neither JSON, nor a form, nor short; nil otherwise
	BodyError       error     // *BodyError when the body could not be taken; Body is nil then
	InBatch         bool      // one step of a $batch
	SignIn          bool      // a route of Entra ID; written by the server, which does not describe it

	// Written by describe.

	Catalogue *openapi.Version   // nil when Version is unknown
	Target    openapi.Target     // what the path addresses; zero when ResolveError is set
	Unknown   error              // *openapi.PathError when the path fits nothing
	Operation *openapi.Operation // nil when the method is not offered, or Unknown is set
	Principal Principal
	Tenant    string // tenant id that the call works on, never empty
}

// Header holds header fields under their canonical names, as net/http does.
type Header map[string][]string

// Get returns the first value of a field, or "". The name must be canonical.
func (h Header) Get(name string) string {
	if v := h[name]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// BodyError says why a request body could not be taken.
type BodyError struct {
	Kind string // "too-large", "encoding" (unsupported Content-Encoding), "corrupt" (does not inflate), "read" (connection), "slow" (did not come in time)
	Text string // ours: what, and how to mend
}

func (e *BodyError) Error() string { return e.Text }
