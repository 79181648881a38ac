package edge

import (
	"fmt"
	"io"
	"net/http"
	"strings"
)

// Proxy is an HTTP(S) forward proxy that forwards nothing: Microsoft's login
// and Graph hosts are answered by Handler itself, behind CONNECT with a
// certificate from Authority, and every other host is refused. Requests that
// are not meant for a proxy go to Handler, so one port serves both.
type Proxy struct {
	Handler   http.Handler
	Authority *Authority
	// Allowed says which hosts are answered; it gets the host as the client
	// wrote it, in lower case, with the port if there was one. Nil means
	// KnownHost.
	Allowed func(host string) bool
	// Refused is told of every request that was refused; nil for nobody.
	Refused func(method, host string)
}

// ServeHTTP implements http.Handler.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method == http.MethodConnect:
		p.connect(w, r)
	case r.URL.Host != "":
		p.absolute(w, r)
	default:
		p.Handler.ServeHTTP(w, r)
	}
}

// absolute answers "GET http://graph.microsoft.com/v1.0/me HTTP/1.1".
func (p *Proxy) absolute(w http.ResponseWriter, r *http.Request) {
	if !p.serves(r.URL.Host) {
		p.refuse(w, r, r.URL.Host)
		return
	}
	// Meant for the proxy; the credentials among them are none of the fake's.
	delete(r.Header, "Proxy-Authorization")
	delete(r.Header, "Proxy-Connection")
	p.Handler.ServeHTTP(w, r)
}

func (p *Proxy) serves(host string) bool {
	if p.Allowed == nil {
		return KnownHost(host)
	}
	return p.Allowed(strings.ToLower(host))
}

func (p *Proxy) refuse(w http.ResponseWriter, r *http.Request, host string) {
	if p.Refused != nil {
		p.Refused(r.Method, host)
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusForbidden)
	fmt.Fprintf(w, "fakegraph: %s is not served, and nothing is forwarded to a real service.\n"+
		"Served: %s.\nSet NO_PROXY for other hosts.\n", line(host, 260), knownHostNames())
}

// connect answers CONNECT: it ends TLS here and hands the connection back to
// the server that it came through, as one more connection of its own. Timeouts,
// shutdown and the handler are therefore the same as without a tunnel.
func (p *Proxy) connect(w http.ResponseWriter, r *http.Request) {
	if !p.serves(r.Host) {
		p.refuse(w, r, r.Host)
		return
	}
	server, _ := r.Context().Value(http.ServerContextKey).(*http.Server)
	if server == nil || r.ProtoMajor != 1 {
		http.Error(w, "fakegraph: CONNECT needs an HTTP/1.1 connection to the proxy", http.StatusNotImplemented)
		return
	}
	c, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "fakegraph: CONNECT is not possible behind this server: "+err.Error(), http.StatusNotImplemented)
		return
	}
	if _, err := io.WriteString(c, "HTTP/1.1 200 Connection established\r\n\r\n"); err != nil {
		_ = c.Close()
		return
	}
	t := &tunnel{Conn: c, host: hostname(r.Host), early: earlyBytes(buffered.Reader)}
	// Serve returns as soon as it has taken the one connection.
	_ = server.Serve(t.listen(p.Authority.config))
}
