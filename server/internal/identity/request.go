package identity

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

// request is a Request with its parts found once.
type request struct {
	Request
	route       *route // nil when none matches
	segments    []string
	query       form
	form        form // of a POST
	now         time.Time
	correlation string
	told        call.SignIn // what is known of the sign-in by now
}

func (s *Service) newRequest(r Request) *request {
	segments, _ := split(r.Path, make([]string, 0, maxSegments))
	req := &request{Request: r, segments: segments, query: parseForm([]byte(r.RawQuery)), now: s.config.Clock.Now()}
	if r.Method == http.MethodPost {
		req.form = parseForm(r.Body)
	}
	req.correlation = firstOf(r.Header.Get("Client-Request-Id"), req.query["client-request-id"], req.form["client-request-id"])
	if req.correlation == "" {
		req.correlation = s.config.NewID()
	}
	return req
}

// tenantName is the first segment as sent.
func (r *request) tenantName() string { return r.segments[0] }

// form holds the parameters of an urlencoded body or query.
type form map[string]string

// parseForm reads urlencoded parameters as tolerantly as a server can: bytes
// that do not decode stand for themselves, so that a secret pasted into curl
// unescaped still arrives. The first of several values counts.
func parseForm(body []byte) form {
	f := form{}
	for pair := range strings.SplitSeq(string(body), "&") {
		name, value, _ := strings.Cut(pair, "=")
		name = unescape(name)
		if _, twice := f[name]; name != "" && !twice {
			f[name] = unescape(value)
		}
	}
	return f
}

func unescape(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// success answers 200: MSAL Go takes any other status as an error.
func success(r *request, document any) call.Response {
	return respond(r, http.StatusOK, document)
}

// respond writes a document with the header fields of every identity route
// (identity-behaviour §1.1).
func respond(r *request, status int, document any) call.Response {
	return call.Response{
		Status: status,
		Body:   encode(document),
		Header: []call.Field{
			{Name: "Content-Type", Value: "application/json; charset=utf-8"},
			{Name: "Cache-Control", Value: "no-store, no-cache"},
			{Name: "Pragma", Value: "no-cache"},
			{Name: "X-Ms-Request-Id", Value: r.RequestID},
			{Name: "Client-Request-Id", Value: r.correlation},
			{Name: "Access-Control-Allow-Origin", Value: "*"},
		},
	}
}

// preflight lets browsers' clients read every identity route.
func preflight(r *request) call.Response {
	return call.Response{
		Status: http.StatusOK,
		Header: []call.Field{
			{Name: "Access-Control-Allow-Origin", Value: "*"},
			{Name: "Access-Control-Allow-Methods", Value: "GET, POST, OPTIONS"},
			{Name: "Access-Control-Allow-Headers", Value: firstOf(r.Header.Get("Access-Control-Request-Headers"), "*")},
			{Name: "Access-Control-Max-Age", Value: "86400"},
		},
	}
}

// encode writes JSON as Entra ID does, without escapes for HTML.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("identity: " + err.Error()) // documents of plain fields: cannot happen
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}
