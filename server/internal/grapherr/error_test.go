package grapherr

import (
	"testing"

	"github.com/fakegraph/fakegraph/server/internal/call"
)

func TestBody(t *testing.T) {
	for _, c := range []struct {
		err  Error
		want string
	}{
		{Error{Code: "c", Message: `m "<é`}, `{"error":{"code":"c","message":"m \"\u003cé","innerError":{"date":"2026-01-02T02:04:05","request-id":"r","client-request-id":"c"}}}`},
		{Error{}, `{"error":{"code":"","message":"","innerError":{"date":"2026-01-02T02:04:05","request-id":"r","client-request-id":"c"}}}`},
		{Error{Code: "c", Target: "p", Details: []Detail{{"ObjectConflict", "m", "p"}, {Code: "d"}}, Inner: &Cause{"ic", "im", "429"}},
			`{"error":{"code":"c","message":"","target":"p","details":[{"code":"ObjectConflict","message":"m","target":"p"},{"code":"d","message":""}],` +
				`"innerError":{"code":"ic","message":"im","date":"2026-01-02T02:04:05","request-id":"r","client-request-id":"c","status":"429"}}}`},
		{Error{Code: "c", Extra: map[string]any{"code": "mine", "own": map[string]any{"a": 1}, "date": "then"}},
			`{"error":{"code":"c","message":"","innerError":{"client-request-id":"c","code":"mine","date":"then","own":{"a":1},"request-id":"r"}}}`},
		{Error{Code: "c", Target: "p", Details: []Detail{{Code: "d"}}, Extra: map[string]any{"own": 1}},
			`{"error":{"code":"c","message":"","target":"p","details":[{"code":"d","message":""}],` +
				`"innerError":{"client-request-id":"c","date":"2026-01-02T02:04:05","own":1,"request-id":"r"}}}`},
	} {
		if got := string(c.err.Body(date, "r", "c")); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}

func TestResponse(t *testing.T) {
	e := MethodNotAllowed([]string{"GET"}).With("Content-Type", "application/problem+json")
	r := e.Response(&call.Call{RequestID: "r", ClientRequestID: "c"}, date, "why")
	if r.Status != 405 || r.Reason != "why" || r.Get("Allow") != "GET" || r.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%+v", r)
	}
	if string(r.Body) != string(e.Body(date, "r", "c")) {
		t.Errorf("%s", r.Body)
	}
}

// An error is one answer's own: adding to one changes no other.
func TestErrorsAreNotShared(t *testing.T) {
	ForStatus(outlook, 404).With("Retry-After", "1").Code = "changed"
	if e := ForStatus(outlook, 404); e.Code != "ErrorItemNotFound" || len(e.Header) != 0 {
		t.Errorf("%+v", e)
	}
}
