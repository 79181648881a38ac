package edge

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
)

// Transport returns a round tripper that calls handler directly, without
// sockets, for the hosts that hosts accepts; it gets the URL's host in lower
// case, with the port if there was one, and nil means [KnownHost]. A request to
// any other host is an error: nothing is forwarded.
//
// The handler runs in a goroutine of its own and sees a request as net/http's
// server would make it. The answer is there when the handler returns, flushes,
// or has written more than a buffer holds. Faults become the errors that
// net/http's transport reports. It keeps no goroutines, timers or channels
// between requests, so it works in a testing/synctest bubble.
func Transport(handler http.Handler, hosts func(host string) bool) http.RoundTripper {
	if hosts == nil {
		hosts = KnownHost
	}
	return &transport{handler: handler, hosts: hosts, tls: tls.ConnectionState{
		Version:           tls.VersionTLS13,
		HandshakeComplete: true,
	}}
}

type transport struct {
	handler http.Handler
	hosts   func(host string) bool
	tls     tls.ConnectionState // what handlers see of an https request
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	body := &requestBody{ReadCloser: req.Body}
	if err := t.check(req); err != nil {
		_ = body.Close() // the request fails for a better reason
		return nil, err
	}
	ctx, cancel := context.WithCancel(req.Context())
	a := newAnswer(req, cancel)
	go t.serve(a, t.inbound(ctx, req, body), body)
	select {
	case <-a.ready:
		if a.err == nil || req.Context().Err() == nil {
			return a.result()
		}
	case <-req.Context().Done():
	}
	// The handler may still run; it sees its context end and its body closed.
	_ = body.Close()
	cancel()
	return nil, context.Cause(req.Context())
}

func (t *transport) serve(a *answer, r *http.Request, body io.Closer) {
	defer func() {
		a.finish(recover())
		_ = body.Close() // what the handler left of it is of no use
	}()
	t.handler.ServeHTTP(a, r)
}

// check refuses what net/http's transport refuses, and foreign hosts.
func (t *transport) check(req *http.Request) error {
	if err := req.Context().Err(); err != nil {
		return context.Cause(req.Context())
	}
	switch {
	case req.URL == nil:
		return errors.New("in-process transport: request without URL")
	case req.URL.Scheme != "http" && req.URL.Scheme != "https":
		return fmt.Errorf("in-process transport: unsupported protocol scheme %q", req.URL.Scheme)
	case !isToken(req.Method) && req.Method != "":
		return fmt.Errorf("in-process transport: invalid method %q", req.Method)
	case !t.hosts(strings.ToLower(req.URL.Host)):
		return fmt.Errorf("in-process transport: %s is not served, and nothing is forwarded to a real service (served: the fake's own address, %s)",
			req.URL.Host, knownHostNames())
	}
	return checkHeader(req.Header)
}

func checkHeader(h http.Header) error {
	for name, values := range h {
		if !isToken(name) {
			return fmt.Errorf("in-process transport: invalid header field name %q", name)
		}
		for _, value := range values {
			if !isFieldValue(value) { // which may be a token: only the name is told
				return fmt.Errorf("in-process transport: invalid header field value for %q", name)
			}
		}
	}
	return nil
}

// isToken and isFieldValue follow RFC 9110 §5.6.2 and §5.5.
func isToken(s string) bool {
	for i := range len(s) {
		b := s[i]
		if b <= ' ' || b >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, b) >= 0 {
			return false
		}
	}
	return s != ""
}

func isFieldValue(s string) bool {
	for i := range len(s) {
		if b := s[i]; b < ' ' && b != '\t' || b == 0x7f {
			return false
		}
	}
	return true
}

// inbound makes the server's view of req.
func (t *transport) inbound(ctx context.Context, req *http.Request, body *requestBody) *http.Request {
	r := req.WithContext(ctx)
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	if r.Host == "" {
		r.Host = req.URL.Host
	}
	r.URL, r.RequestURI = target(req.URL)
	r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.1", 1, 1
	r.RemoteAddr = "127.0.0.1:0"
	r.TLS = nil
	if req.URL.Scheme == "https" {
		r.TLS = &t.tls
	}
	r.Header = inboundHeader(req.Header)
	r.Body, r.ContentLength = body, req.ContentLength
	switch {
	case req.Body == nil || req.Body == http.NoBody:
		r.Body, r.ContentLength = http.NoBody, 0
	case req.ContentLength == 0:
		r.ContentLength = -1 // a body of unknown length
	}
	r.GetBody, r.Close, r.Response, r.Pattern = nil, false, nil, ""
	r.Form, r.PostForm, r.MultipartForm = nil, nil, nil
	return r
}

// inboundHeader copies the header as it would arrive: names canonical, values
// trimmed. The client may change its own for a retry while the journal still
// holds this one.
func inboundHeader(sent http.Header) http.Header {
	h := make(http.Header, len(sent)+1)
	count := 0
	for _, values := range sent {
		count += len(values)
	}
	f := fields{h, make([]string, 0, count+1)}
	for name, values := range sent {
		for _, value := range values {
			f.add(http.CanonicalHeaderKey(name), textproto.TrimString(value))
		}
	}
	if agent := h["User-Agent"]; len(agent) > 0 && agent[0] == "" {
		delete(h, "User-Agent") // how a client says that it wants none
	} else if _, there := sent["User-Agent"]; !there {
		f.set("User-Agent", "Go-http-client/1.1")
	}
	return h
}

// target is what stands in a request line for u.
func target(u *url.URL) (*url.URL, string) {
	uri := u.RequestURI()
	if u.Opaque != "" {
		if parsed, err := url.ParseRequestURI(uri); err == nil {
			return &url.URL{Path: parsed.Path, RawPath: parsed.RawPath, RawQuery: parsed.RawQuery}, uri
		}
	}
	in := &url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery, ForceQuery: u.ForceQuery}
	if in.Path == "" {
		in.Path = "/"
	}
	if in.RawPath != "" && in.EscapedPath() != in.RawPath {
		in.RawPath = in.EscapedPath() // a RawPath that does not fit Path is not sent
	}
	return in, uri
}

// requestBody closes the client's body once, whoever is first.
type requestBody struct {
	io.ReadCloser // nil when the request has none
	once          sync.Once
}

func (b *requestBody) Close() error {
	var err error
	b.once.Do(func() {
		if b.ReadCloser != nil {
			err = b.ReadCloser.Close()
		}
	})
	return err
}
