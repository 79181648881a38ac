package edge

import (
	"crypto/tls"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// Reader makes calls of HTTP requests. It is safe for concurrent use and must
// not be copied.
type Reader struct {
	// MaxBody limits a JSON body, after inflating, in bytes. 0 means 4 MiB,
	// what Graph takes on most JSON APIs.
	MaxBody int64
	// MaxContent limits any other body, after inflating: file content and the
	// fragments of an upload session, which are read as they come. 0 means
	// 16 GiB, so that a client gone mad does not fill the disk.
	MaxContent int64
	// NewID makes a lower-case GUID.
	NewID func() string
	// TrustProxy takes scheme and host from Forwarded or X-Forwarded-Proto and
	// its siblings. Without it they are ignored, since any client can send them.
	TrustProxy bool

	inflaters sync.Pool
	last      atomic.Pointer[origin]
}

// Read makes the call that r asks for and reads its body. It fills the fields
// that [call.Call] assigns to it; whatever cannot be read is a fact in
// BodyError, never a failure. The call shares r's header map. Received is the
// fake's time.
func (rd *Reader) Read(r *http.Request, received time.Time) *call.Call {
	c := rd.Head(r, received)
	c.Body, c.Content, c.BodyError = rd.body(r)
	return c
}

// Head is [Reader.Read] without the body, for a call that is turned away.
func (rd *Reader) Head(r *http.Request, received time.Time) *call.Call {
	c := &call.Call{
		RequestID: rd.NewID(),
		Received:  received,
		Method:    r.Method,
		Origin:    rd.Origin(r),
		RawQuery:  r.URL.RawQuery,
		Header:    call.Header(r.Header),
	}
	c.ClientRequestID = clientRequestID(c.Header.Get("Client-Request-Id"), c.RequestID)
	c.Version, c.Path = splitVersion(sentPath(r))
	return c
}

// sentPath returns the path with its escapes as the client wrote them. RawPath
// is only there when the usual escaping of Path would give something else.
func sentPath(r *http.Request) string {
	switch {
	case r.URL.RawPath != "":
		return r.URL.RawPath
	case plain(r.URL.Path):
		return r.URL.Path
	}
	return r.URL.EscapedPath()
}

// plain reports whether a path has nothing to escape: most have not, and it
// takes a fraction of the time of escaping to see.
func plain(path string) bool {
	for i := range len(path) {
		if c := path[i]; (c < 'a' || c > 'z') && (c < '-' || c > '9') && (c < 'A' || c > 'Z') && c != '_' {
			return false
		}
	}
	return path != "" && path != "*"
}

// splitVersion cuts "/v1.0/users" into "v1.0" and "/users". The path it
// returns always begins with a slash.
func splitVersion(path string) (version, rest string) {
	path = strings.TrimPrefix(path, "/")
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return path, "/"
	}
	return path[:i], path[i:]
}

// Origin tells scheme and host as the client used them. Behind CONNECT the
// connection is TLS and Host is the tunnel's; an absolute-form request brings
// its own scheme.
func (rd *Reader) Origin(r *http.Request) string {
	scheme, host := r.URL.Scheme, r.Host
	if scheme == "" {
		scheme = schemeOf(r.TLS)
	}
	if rd.TrustProxy {
		scheme, host = forwarded(r.Header, scheme, host)
	}
	if host == "" {
		host = localHost(r)
	}
	return rd.origin(scheme, host)
}

// origin joins scheme and host. Most requests have those of the one before.
func (rd *Reader) origin(scheme, host string) string {
	if last := rd.last.Load(); last != nil && last.host == host && last.scheme == scheme {
		return last.origin
	}
	host = strings.Clone(host) // not the request that it came with
	made := &origin{scheme, host, scheme + "://" + host}
	rd.last.Store(made)
	return made.origin
}

// origin is a scheme, a host, and both.
type origin struct{ scheme, host, origin string }

func schemeOf(state *tls.ConnectionState) string {
	if state != nil {
		return "https"
	}
	return "http"
}

// localHost stands in for the Host that an HTTP/1.0 request need not have.
func localHost(r *http.Request) string {
	if addr, ok := r.Context().Value(http.LocalAddrContextKey).(interface{ String() string }); ok {
		return addr.String()
	}
	return "localhost"
}

// maxClientRequestID is far above the GUID that clients send.
const maxClientRequestID = 256

// clientRequestID returns what the answer echoes: sent, if it can stand in a
// header, without the bytes that cannot; else requestID.
func clientRequestID(sent, requestID string) string {
	if len(sent) > maxClientRequestID {
		sent = sent[:maxClientRequestID]
	}
	if !printable(sent) {
		sent = strings.Map(func(r rune) rune {
			if r < ' ' || r > '~' {
				return -1
			}
			return r
		}, sent)
	}
	if sent = strings.TrimSpace(sent); sent == "" {
		return requestID
	}
	return sent
}
